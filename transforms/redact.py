"""Cuts single records out of an input's bytes, for the raw zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from transforms.readers import read_content
from transforms.records import InputError

if TYPE_CHECKING:
    from collections.abc import Collection

    from transforms.readers import FieldNames


def redact_content(
    content: bytes,
    *,
    path: str,
    file_format: str,
    field_names: FieldNames,
    record_nos: Collection[int],
) -> bytes:
    """The input without some of its records, as JSON lines under our field names.

    Every other record keeps its number: it stands on the line of that number. What
    was no record (broken lines, markup around) is not kept.

    Args:
        content: the bytes as they came.
        path: the input's path, by which its reader may go.
        file_format: its reader.
        field_names: the mapping of outlets' field names to ours.
        record_nos: the records to cut out.

    Returns:
        Bytes for the reader of JSON lines; none if nothing is left.
    """
    try:
        result = read_content(
            content, path=path, file_format=file_format, field_names=field_names
        )
    except InputError:
        return b""
    kept = {
        record["record_no"]: {
            name: value for name, value in record.items() if name != "record_no"
        }
        for record in result.records
        if record["record_no"] not in record_nos
    }
    lines = (
        orjson.dumps(kept[number]) if number in kept else b""
        for number in range(1, max(kept, default=0) + 1)
    )
    return b"\n".join(lines)
