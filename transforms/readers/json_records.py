"""JSON files: one article, an array of them, or an object around them; JSON lines.

A line of a ``.jsonl`` file that cannot be read costs only itself; a ``.json`` file is
one value and is read whole or not at all.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

import orjson

from transforms.readers.encoding import decode
from transforms.readers.fields import FieldNames, make_record, map_fields
from transforms.readers.refusal import refuse
from transforms.records import InputError, ReadResult, RecordError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Keys under which exports keep their list of articles, folded, likeliest first.
_LIST_KEYS = (
    "articles",
    "items",
    "news",
    "posts",
    "data",
    "results",
    "records",
    "entries",
    "documents",
    "docs",
    "hits",
    "response",
    "payload",
    "rows",
    "list",
    "мақалалар",
    "жаңалықтар",
)

#: Keys under which an item of a list keeps the article itself: search engines write
#: ``_source``, JSON:API ``attributes``, GraphQL ``node``.
_ITEM_KEYS = ("_source", "attributes", "node", "article", "item", "fields", "doc")

#: How many objects may stand around a list.
_MAX_LEVELS = 4

_BLANK = b" \t\r\n"
_UTF8_MARK = b"\xef\xbb\xbf"


def read_json(content: bytes, *, path: str, field_names: FieldNames) -> ReadResult:
    """Read a ``.json`` file; ``record_no`` is the position in its list.

    Raises:
        InputError: ``broken_json`` with line and column, ``too_deep``,
            ``no_records``, or the bytes are no text.
    """
    del path
    data, encoding = _as_utf8(content)
    try:
        value = parse_json(data)
    except InputError:
        if holds_lines(data):
            return _read_lines(data, field_names, encoding)
        raise
    return _read_value(value, field_names, encoding)


def read_json_lines(
    content: bytes, *, path: str, field_names: FieldNames
) -> ReadResult:
    """Read a ``.jsonl`` file; ``record_no`` is the line's number, blank lines count.

    Raises:
        InputError: ``no_records``, or no line can be read because the bytes are no
            text.
    """
    del path
    undecodable: InputError | None = None
    try:
        data, encoding = _as_utf8(content)
    except InputError as error:
        if error.reason_code != "undecodable":
            raise
        # One bad byte must not cost the other lines.
        undecodable, data, encoding = error, content.removeprefix(_UTF8_MARK), "utf-8"
    result = _read_lines(data, field_names, encoding)
    if result.records:
        return result
    if undecodable:
        raise undecodable
    if not result.errors:
        refuse("no_records", "every line is blank")
    return _read_mislabelled(data, field_names, encoding) or result


def parse_json(data: bytes) -> Any:
    """Parse JSON; what orjson refuses but readers agree on (NaN, raw tabs) passes.

    Raises:
        InputError: ``broken_json`` with line and column; ``too_deep``.
    """
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        strict = error
    try:
        value = json.loads(data, strict=False)
        # Half of a surrogate pair is no character; no store would take it.
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        refuse("too_deep", "nested more than 1,000 levels deep")
    except UnicodeEncodeError:
        _refuse_json("half a surrogate pair", strict)
    except json.JSONDecodeError as error:
        _refuse_json(error.msg, error)
    except ValueError as error:  # bad UTF-8; a number of thousands of digits
        _refuse_json(str(error), strict)
    return value


def _refuse_json(message: str, error: json.JSONDecodeError) -> NoReturn:
    place = f"line {error.lineno}, column {error.colno}"
    refuse("broken_json", f"{place}: {message}")


def _as_utf8(content: bytes) -> tuple[bytes, str]:
    """Give the content as UTF-8 without a mark, and the encoding that it came in."""
    text, encoding = decode(content)
    if encoding == "utf-8":
        return content.removeprefix(_UTF8_MARK), encoding
    return text.encode(), encoding


def _read_lines(data: bytes, names: FieldNames, encoding: str) -> ReadResult:
    records, errors = _collect(_parsed_lines(data), names)
    return ReadResult(records, errors, encoding)


def _parsed_lines(data: bytes) -> Iterator[tuple[int, Any]]:
    """Yield line number and value; a `RecordError` in place of a broken line's."""
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line or line.isspace():
            continue
        try:
            yield number, orjson.loads(line)
        except orjson.JSONDecodeError:
            yield number, _parse_again(number, line)


def _parse_again(number: int, line: bytes) -> Any:
    try:
        return parse_json(line)
    except InputError as error:
        detail = error.detail.removeprefix("line 1, ")
        return RecordError(number, error.reason_code, detail)


def find_items(value: Any, names: FieldNames) -> list[Any] | None:
    """Find the articles in a parsed JSON value; None where it has no list of them."""
    return _find_items(value, names, _MAX_LEVELS)


def _read_value(value: Any, names: FieldNames, encoding: str) -> ReadResult:
    items = find_items(value, names)
    if not items:
        refuse("no_records", f"no list of articles, but {_kind(value)}")
    records, errors = _collect(enumerate(items, start=1), names)
    return ReadResult(records, errors, encoding)


def _read_mislabelled(
    data: bytes, names: FieldNames, encoding: str
) -> ReadResult | None:
    """Read a ``.jsonl`` whose lines are parts of one JSON value, if it is one."""
    try:
        return _read_value(parse_json(data), names, encoding)
    except InputError:
        return None


def holds_lines(data: bytes) -> bool:
    """Say whether a ``.json`` file is JSON lines: its first line is a whole object."""
    first, _, rest = data.lstrip(_BLANK).partition(b"\n")
    if not rest.strip(_BLANK):
        return False
    try:
        return isinstance(orjson.loads(first), dict)
    except orjson.JSONDecodeError:
        return False


def _find_items(value: Any, names: FieldNames, levels: int) -> list[Any] | None:
    """Find the articles in a value: its own list, itself, or a list that it wraps."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or levels == 0:
        return None
    own = map_fields(value, names)
    if "text" in own:
        return [value]
    folded = {names.fold(key): inner for key, inner in value.items()}
    for key in _LIST_KEYS:
        if isinstance(folded.get(key), list | dict):
            found = _find_items(folded[key], names, levels - 1)
            if found is not None:
                return found
    if "title" in own:
        return [value]
    lists = [inner for inner in value.values() if _is_list_of_objects(inner)]
    return lists[0] if len(lists) == 1 else [value]


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _collect(
    items: Iterable[tuple[int, Any]], names: FieldNames
) -> tuple[list[dict[str, Any]], list[RecordError]]:
    records, errors = [], []
    for number, item in items:
        record = _read_item(number, item, names)
        if isinstance(record, RecordError):
            errors.append(record)
        else:
            records.append(record)
    return records, errors


def _read_item(
    number: int, item: Any, names: FieldNames
) -> dict[str, Any] | RecordError:
    if isinstance(item, RecordError):
        return item
    if not isinstance(item, dict):
        return RecordError(number, "not_an_object", f"it is {_kind(item)}")
    try:
        fields = map_fields(item, names)
        if "text" not in fields:
            fields = {**fields, **map_fields(_article_inside(item), names)}
    except InputError as error:  # HTML in a field, nested beyond reading
        return RecordError(number, error.reason_code, error.detail)
    return make_record(number, fields)


def _article_inside(item: dict[str, Any]) -> dict[str, Any]:
    """Find the object in which an item keeps its article; empty where there is none."""
    inner = (item.get(key) for key in _ITEM_KEYS)
    return next((value for value in inner if isinstance(value, dict)), {})


def _kind(value: Any) -> str:
    """Name a JSON value as its format does."""
    kinds = {list: "an array", dict: "an object", str: "a string", bool: "a boolean"}
    return kinds.get(type(value), "null" if value is None else "a number")
