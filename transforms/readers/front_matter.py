"""The block of fields at the top of a text file: YAML between ``---``, TOML in ``+++``.

Of YAML this reads what front matter is written with: scalars, quoted strings, inline
and block lists, block scalars and one level of nesting. Anchors, tags and flow
mappings stay unread on purpose: such a block counts as text, and nothing is lost.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

#: Lines after which an unclosed block is no front matter.
_MAX_LINES = 200

_ENTRY = re.compile(r"(\S(?:.*?\S)?)\s*:(?:\s+(.*))?")
_BLOCK_SCALAR = re.compile(r"([|>])[+-]?\d?")
_COMMENT = re.compile(r"\s+#.*")
_QUOTES = ('"', "'")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/"}
_ESCAPE = re.compile(r'\\([nt"\\/])')


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Split a text into its front matter and the rest.

    Args:
        text: with line feeds for line ends.

    Returns:
        The fields as the file names them and the text below; no fields and the whole
        text where there is no such block or it cannot be read.
    """
    if not text.startswith(("---", "+++")):
        return {}, text
    first, *lines = text.split("\n", _MAX_LINES)
    fence = first.rstrip()
    closing = {"+++"} if fence == "+++" else {"---", "..."}
    end = next((i for i, line in enumerate(lines) if line.rstrip() in closing), None)
    if fence not in {"---", "+++"} or end is None:
        return {}, text
    block = lines[:end]
    fields = _read_toml(block) if fence == "+++" else _read_mapping(block)
    if not fields:
        return {}, text
    return fields, "\n".join(lines[end + 1 :])


def _read_toml(lines: list[str]) -> dict[str, Any] | None:
    try:
        return tomllib.loads("\n".join(lines))
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _read_mapping(lines: list[str], *, nested: bool = False) -> dict[str, Any] | None:
    """Read ``key: value`` lines; None where any line is something else."""
    fields: dict[str, Any] = {}
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if not line.strip() or line.startswith("#"):
            continue
        entry = _ENTRY.fullmatch(line.rstrip())
        if entry is None or line[0].isspace() or line.startswith("- "):
            return None
        start = at
        while at < len(lines) and _belongs_above(lines[at]):
            at += 1
        inner = lines[start:at]
        key = _unquoted(entry[1])
        fields[key] = _read_value((entry[2] or "").strip(), inner, nested=nested)
    return fields


def _belongs_above(line: str) -> bool:
    return not line.strip() or line[0].isspace() or line.startswith("- ")


def _read_value(first: str, inner: list[str], *, nested: bool) -> Any:
    """Read one value: what stands after the colon, and the indented lines below."""
    inner = [line for line in inner if line.strip()] if first else inner
    block = _BLOCK_SCALAR.fullmatch(first)
    if block:
        glue = "\n" if block[1] == "|" else " "
        return glue.join(line.strip() for line in inner).strip()
    if first:
        return _read_scalar(" ".join([first, *(line.strip() for line in inner)]))
    stripped = [line.strip() for line in inner if line.strip()]
    if all(line.startswith("-") for line in stripped):
        return [_read_scalar(line[1:].strip()) for line in stripped]
    return None if nested else _read_mapping(stripped, nested=True)


def _read_scalar(value: str) -> Any:
    if value.startswith("[") and value.endswith("]"):
        return [_read_scalar(item.strip()) for item in _list_items(value[1:-1])]
    if not value.startswith(_QUOTES):
        value = _COMMENT.sub("", value)
    return None if value in _NULLS else _unquoted(value)


def _list_items(inside: str) -> list[str]:
    """Split an inline list at its commas, not at those inside quotes."""
    return re.findall(r"\"[^\"]*\"|'[^']*'|[^,\s][^,]*", inside)


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in _QUOTES:
        inside = value[1:-1]
        if value[0] == "'":
            return inside.replace("''", "'")
        return _ESCAPE.sub(lambda match: _ESCAPES[match[1]], inside)
    return value
