"""The order in which an archive is loaded: by what is known of each input's day.

The day is looked for in the path, then in the first bytes of the input, then it is the
day of its last change. It decides in which load an input comes, and nothing else: what
an article's own date is, its reader says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from flows.archives import BROKEN, ArchiveReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flows.landing import Found, Root

_YEAR = r"(?P<year>19[89]\d|20\d\d)"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_MARK = r"(?P<mark>[-/._ ])"
#: 2019/03/05, 2019-03-05, 2019_3_5; 20190305; 05.03.2019; 2019/03, 2019-03; a folder
#: 2019: in a file's name a number alone is rarely a year.
_PATTERNS = tuple(
    re.compile(rf"(?<!\d){pattern}(?!\d)")
    for pattern in (
        rf"{_YEAR}{_MARK}{_MONTH}(?P=mark){_DAY}",
        rf"{_YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])",
        rf"{_DAY}{_MARK}{_MONTH}(?P=mark){_YEAR}",
        rf"{_YEAR}[-/._ ](?P<month>0[1-9]|1[0-2])",
        rf"(?<![^/:]){_YEAR}(?=/)",
    )
)
#: Only whole days are looked for in contents: other numbers look like years.
_DAYS = _PATTERNS[0], _PATTERNS[2]
#: Bytes looked at for a date: a header, or the first fields of a record.
_HEAD = 2048
#: Inputs whose first bytes are text.
_TEXTS = (".txt", ".text", ".md", ".markdown", ".json", ".jsonl", ".ndjson")
_NOT_READ = (OSError, NotImplementedError, *BROKEN)


#: Inputs that may hold many articles, and about how many bytes each of them has.
_OF_MANY = (".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".rss", ".atom", ".xml")
_BYTES_AN_ARTICLE = 4096


@dataclass(frozen=True, slots=True)
class Dated:
    """One input with its root and its day."""

    day: date
    root: Root
    found: Found

    @property
    def articles(self) -> int:
        """How many articles it may hold, about."""
        if self.found.path.lower().endswith(_OF_MANY):
            return max(1, self.found.size_bytes // _BYTES_AN_ARTICLE)
        return 1


def day_of_path(path: str) -> date | None:
    """The day, or the first day of the month or year, that a path names.

    The most exact one counts, and of several the last: folders hold years.
    """
    for pattern in _PATTERNS:
        for match in reversed(list(pattern.finditer(path))):
            day = _as_day(match)
            if day is not None:
                return day
    return None


def day_of_head(head: bytes) -> date | None:
    """The first day that stands in the beginning of a text."""
    text = head.decode("utf-8", "ignore")
    matches = (match for pattern in _DAYS for match in pattern.finditer(text))
    days = ((match.start(), _as_day(match)) for match in matches)
    return min(((at, day) for at, day in days if day), default=(0, None))[1]


def put_in_order(root: Root, found: Iterable[Found], *, today: date) -> Iterator[Dated]:
    """Give each input its day; reads the first bytes of those whose path has none.

    Args:
        root: where they were found.
        found: inputs, the members of an archive one after the other.
        today: days after it are taken for no days.
    """
    reader = ArchiveReader()
    try:
        for entry in found:
            day = day_of_path(entry.path)
            if day is None or day > today:
                day = _look_inside(entry, reader)
            if day is None or day > today:
                day = datetime.fromtimestamp(entry.modified_ns / 1e9, UTC).date()
            yield Dated(day, root, entry)
    finally:
        reader.close()


def cut_by_month(
    inputs: Iterable[Dated], most_articles: int, most_bytes: int
) -> Iterator[list[Dated]]:
    """Cut inputs, the oldest first, into loads.

    A load holds whole months of one year as long as they fit; a month that does not fit
    alone is cut.

    Args:
        inputs: in any order.
        most_articles: articles in one load, about; a larger input stands alone.
        most_bytes: the same of bytes.
    """
    months: dict[tuple[int, int], list[Dated]] = {}
    for one in inputs:
        months.setdefault((one.day.year, one.day.month), []).append(one)
    load = _Load(most_articles, most_bytes)
    for key in sorted(months):
        month = months.pop(key)
        is_next_year = bool(load.inputs) and load.inputs[0].day.year != key[0]
        if load.inputs and (is_next_year or not load.fits(month)):
            yield load.take()
        # Stable, so that members of a packed archive stay in their order.
        month.sort(key=lambda one: one.root.root_id)
        for one in month:
            if load.inputs and not load.fits([one]):
                yield load.take()
            load.add(one)
    if load.inputs:
        yield load.take()


@dataclass
class _Load:
    most_articles: int
    most_bytes: int
    inputs: list[Dated] = field(default_factory=list)
    articles: int = 0
    size: int = 0

    def fits(self, more: list[Dated]) -> bool:
        articles = self.articles + sum(one.articles for one in more)
        size = self.size + sum(one.found.size_bytes for one in more)
        return articles <= self.most_articles and size <= self.most_bytes

    def add(self, one: Dated) -> None:
        self.inputs.append(one)
        self.articles += one.articles
        self.size += one.found.size_bytes

    def take(self) -> list[Dated]:
        taken, self.inputs, self.articles, self.size = self.inputs, [], 0, 0
        return taken


def _look_inside(entry: Found, reader: ArchiveReader) -> date | None:
    if entry.reason_code is not None or not entry.path.lower().endswith(_TEXTS):
        return None
    try:
        if entry.member_no is not None:
            return day_of_head(reader.read(entry, _HEAD))
        with open(entry.location, "rb", buffering=0) as file:  # noqa: PTH123 - many
            return day_of_head(file.read(_HEAD))
    except _NOT_READ:
        return None


def _as_day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    try:
        return date(
            int(parts["year"]), int(parts.get("month") or 1), int(parts.get("day") or 1)
        )
    except ValueError:  # 31 February
        return None
