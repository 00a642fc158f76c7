"""Values of record fields, as sources write them, to strings and lists of strings.

JSON, front matter and page metadata give the same few things in many shapes: an
author is a name, a list of names or an object with a name; a date is a string or
seconds since 1970; a text is plain or HTML. Every function here takes any value and
gives null for what says nothing.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from math import isfinite
from typing import TYPE_CHECKING, Any

from transforms.readers.markup import inline_to_text, markup_to_text

if TYPE_CHECKING:
    from collections.abc import Callable

#: Keys under which an object keeps what it would be as a plain value, best first.
_NAME_KEYS = ("name", "title", "label", "value", "rendered", "text", "@value")
_TEXT_KEYS = ("rendered", "text", "content", "value", "html", "body", "data")
_DATE_KEYS = ("$date", "value", "@value", "iso", "rendered")

#: What a list of parts of one text is joined by, and a list of names.
_PARAGRAPH = "\n"
_NAMES = "; "

#: How deep objects and lists inside one value are followed.
_MAX_LEVELS = 6

#: Moments that a number may mean: news kept by machines, 1990 to 2100, in seconds.
_EPOCH_FROM, _EPOCH_TO = 631_152_000, 4_102_444_800

#: Seconds, milliseconds, microseconds, nanoseconds since 1970.
_EPOCH_SCALES = (1, 1_000, 1_000_000, 1_000_000_000)

_EPOCH = re.compile(r"\d{9,19}(?:\.\d+)?")
_TAG_SEPARATOR = re.compile(r"[,;\n|]")
_SPACES = re.compile(r"\s+")


def line_value(value: Any) -> str | None:
    """Read a one-line text: a title, a section, a name of a source."""
    return _joined(value, _NAME_KEYS, _NAMES, _to_line)


def text_value(value: Any) -> str | None:
    """Read a text of paragraphs; HTML is reduced to text, parts are joined."""
    return _joined(value, _TEXT_KEYS, _PARAGRAPH, markup_to_text)


def names_value(value: Any) -> str | None:
    """Read the names of people or outlets, joined by ``; ``."""
    return line_value(value)


def tags_value(value: Any) -> list[str] | None:
    """Read tags: a list, or a string with commas or semicolons; each once."""
    parts = _strings(value, _NAME_KEYS, _MAX_LEVELS)
    lines = (_to_line(piece) for part in parts for piece in _TAG_SEPARATOR.split(part))
    tags = (line.removeprefix("#").strip() for line in lines)
    return list(dict.fromkeys(tag for tag in tags if tag)) or None


def date_value(value: Any) -> str | None:
    """Read a date: strings stand as they are, moments since 1970 become ISO UTC.

    The unit of a number (s, ms, µs, ns) is the one that puts it between 1990 and
    2100. Any other number stays as printed: ``20251219`` is a date to be parsed.
    """
    found = next(iter(_strings(value, _DATE_KEYS, _MAX_LEVELS)), "")
    line = _to_line(found)
    return _from_epoch(line) or line or None


def _from_epoch(digits: str) -> str | None:
    if not _EPOCH.fullmatch(digits):
        return None
    for scale in _EPOCH_SCALES:
        seconds = float(digits) / scale
        if _EPOCH_FROM <= seconds < _EPOCH_TO:
            moment = datetime.fromtimestamp(int(seconds), UTC)
            return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return None


def _to_line(text: str) -> str:
    """Reduce to one line: markup off, whitespace to single spaces."""
    return _SPACES.sub(" ", inline_to_text(text)).strip()


def _joined(
    value: Any, keys: tuple[str, ...], glue: str, clean: Callable[[str], str]
) -> str | None:
    if isinstance(value, str):
        return clean(value).strip() or None
    parts = (clean(part).strip() for part in _strings(value, keys, _MAX_LEVELS))
    return glue.join(dict.fromkeys(part for part in parts if part)) or None


def _strings(value: Any, keys: tuple[str, ...], levels: int) -> list[str]:
    """Flatten a value to the strings in it."""
    if levels == 0:
        return []
    if isinstance(value, list | tuple):
        return [part for item in value for part in _strings(item, keys, levels - 1)]
    if isinstance(value, dict):
        found = next((value[key] for key in keys if value.get(key)), None)
        return _strings(found, keys, levels - 1)
    scalar = _scalar(value)
    return [] if scalar is None else [scalar]


def _scalar(value: Any) -> str | None:
    """Write one plain value; yes, no, NaN and infinity say nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        if not isfinite(value):
            return None
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.isoformat() if isinstance(value, date | time) else None


#: Canonical field -> how its values are read.
READ_VALUE: dict[str, Callable[[Any], str | list[str] | None]] = {
    "title": line_value,
    "text": text_value,
    "lead": line_value,
    "published": date_value,
    "modified": date_value,
    "source": names_value,
    "author": names_value,
    "url": line_value,
    "section": line_value,
    "tags": tags_value,
    "photo_credit": line_value,
    "outlet_key": line_value,
}
