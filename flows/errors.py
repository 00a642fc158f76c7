"""What a user can mend: told in one line, exit code 2, no traceback."""

from __future__ import annotations


class UserError(Exception):
    """Something a user got wrong; the message says what, where and what to do."""
