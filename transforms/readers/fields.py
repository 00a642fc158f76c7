"""From the names that sources give their fields to the canonical ones.

The table ``seeds/field_names.csv`` says which name means which field; it enters as an
argument, so that a user may extend it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from transforms.readers.values import READ_VALUE
from transforms.records import RECORD_SCHEMA, RecordError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import polars as pl

#: The fields that a name may stand for.
CANONICAL_FIELDS = frozenset(RECORD_SCHEMA) - {"file_id", "record_no"}

#: A text longer than this is no article but a book or a data dump.
MAX_TEXT_CHARS = 5_000_000

_SEPARATORS = re.compile(r"[_\-\s]+")

#: Names remembered per table; a hostile file may have a new name in every record.
_MAX_REMEMBERED = 10_000

#: Levels of objects that a dotted name may reach into, as ``_id.$oid`` does.
_MAX_PATH = 4


def fold_name(name: str) -> str:
    """Fold ``published_at``, ``publishedAt`` and ``Published-At`` into one."""
    return _SEPARATORS.sub("", name).casefold()


@dataclass(frozen=True)
class FieldNames:
    """The table of field names, ready to look up.

    Attributes:
        ranked: folded name -> (field, position in the table); an earlier row wins
            where several keys of a record mean one field.
        branches: folded beginnings of dotted names, up to each dot.
    """

    ranked: Mapping[str, tuple[str, int]]
    branches: frozenset[str]
    _folded: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[str, str | None]]) -> Self:
        """Build the table from (field_name, field) pairs, the first to win.

        A pair without a field hides its name, so that a workspace can switch a
        packaged row off.

        Raises:
            ValueError: rows name fields that do not exist.
        """
        ranked: dict[str, tuple[str, int]] = {}
        unknown = []
        for rank, (name, canonical) in enumerate(rows):
            if canonical and canonical not in CANONICAL_FIELDS:
                unknown.append(canonical)
            ranked.setdefault(fold_name(name), (canonical or "", rank))
        if unknown:
            message = (
                f"field_names.csv: unknown fields {sorted(set(unknown))}. "
                f"Use one of {sorted(CANONICAL_FIELDS)}."
            )
            raise ValueError(message)
        ranked = {name: entry for name, entry in ranked.items() if entry[0]}
        return cls(ranked, frozenset(_branches_of(ranked)))

    @classmethod
    def from_frame(cls, frame: pl.DataFrame) -> Self:
        """Build the table from a frame with ``field_name`` and ``field``."""
        return cls.from_rows(frame.select("field_name", "field").iter_rows())

    def fold(self, name: str) -> str:
        """Fold a name, remembering the answer: files repeat the same few names."""
        folded = self._folded.get(name)
        if folded is None:
            folded = fold_name(name)
            if len(self._folded) < _MAX_REMEMBERED:
                self._folded[name] = folded
        return folded


def _branches_of(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        at = name.find(".")
        while at > 0:
            yield name[:at]
            at = name.find(".", at + 1)


def map_fields(source: Mapping[str, Any], names: FieldNames) -> dict[str, Any]:
    """Take the canonical fields out of one object of a source.

    Args:
        source: an object with the source's own names; values may be anything that
            JSON or TOML knows. Keys that the table does not know are ignored.
        names: the table.

    Returns:
        Canonical field -> string (``tags``: list of strings), stripped, without the
        fields that are empty.
    """
    best: dict[str, tuple[int, Any]] = {}
    for canonical, rank, raw in _known_values(source, names, "", 1):
        if canonical in best and best[canonical][0] <= rank:
            continue
        value = READ_VALUE[canonical](raw)
        if value:
            best[canonical] = (rank, value)
    return {canonical: value for canonical, (_, value) in best.items()}


def _known_values(
    source: Mapping[str, Any], names: FieldNames, prefix: str, level: int
) -> Iterator[tuple[str, int, Any]]:
    """Yield (field, rank, raw value) of every key that the table knows."""
    for key, value in source.items():
        if value is None:
            continue
        path = prefix + names.fold(str(key))
        entry = names.ranked.get(path)
        if entry:
            yield (*entry, value)
        if path in names.branches and level < _MAX_PATH:
            for part in value if isinstance(value, list) else (value,):
                if isinstance(part, dict):
                    yield from _known_values(part, names, f"{path}.", level + 1)


def make_record(
    record_no: int, fields: Mapping[str, Any]
) -> dict[str, Any] | RecordError:
    """Number a record, or say why it is none.

    Returns:
        The record for `ReadResult.records`; a `RecordError` with ``no_text`` where
        both text and title are missing, or ``record_too_large``.
    """
    text = fields.get("text")
    if not text and not fields.get("title"):
        found = ", ".join(sorted(fields)) or "none"
        return RecordError(record_no, "no_text", f"known fields found: {found}")
    if text and len(text) > MAX_TEXT_CHARS:
        detail = f"{len(text)} characters, at most {MAX_TEXT_CHARS} are read"
        return RecordError(record_no, "record_too_large", detail)
    return {"record_no": record_no, **fields}
