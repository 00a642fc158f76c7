"""Refusing an input, with its reason."""

from __future__ import annotations

from typing import NoReturn

from transforms.records import InputError


def refuse(reason_code: str, detail: str) -> NoReturn:
    """Raise `InputError`, without the chain of what led to it: the detail tells it.

    Args:
        reason_code: a key of `transforms.records.REASONS`.
        detail: what was found, and where.

    Raises:
        InputError: always.
    """
    raise InputError(reason_code, detail) from None
