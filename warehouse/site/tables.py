"""Answers as tables of a page: cells with links, sortable, with their evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from warehouse.definitions import LANGUAGES
from warehouse.query import EVIDENCE
from warehouse.site.markup import clean, day, number, plain
from warehouse.site.sparks import spark
from warehouse.site.texts import in_all, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from warehouse.query import Answer
    from warehouse.site.names import Names
    from warehouse.site.places import Place, Places
    from warehouse.site.texts import Texts

#: Most rows of one table in a page; the CSV file has all.
MOST_ROWS = 400
#: Places that the rows of one table show together, and those of one row at least.
_ALL_PLACES = 2400
_LEAST_PLACES = 3
MOST_PLACES = 50
#: A text that is longer gets room.
_LONG = 48
_NUMBERS = ("INT", "DOUBLE", "DECIMAL", "FLOAT", "NUMBER")
#: Columns that lead somewhere, or tell rows apart, and are not read themselves.
_HIDDEN = frozenset({"version", "url", EVIDENCE})
#: Keys that readers know by their words.
_TOLD = frozenset({"load_id", "rule_id"})
#: Codes that stand beside what they are called.
_CODES = {"speaker_kind": "name", "event_type": "event"}


@dataclass(frozen=True)
class Column:
    """A column that readers see; kind is number, date, text, long or spark."""

    name: str
    label: Markup
    kind: str


@dataclass(frozen=True)
class Cell:
    """What stands in a row and column, and by what it is sorted."""

    html: Markup
    sort: str


@dataclass(frozen=True)
class Row:
    """Cells, the places behind them, and how many places there are in all."""

    cells: list[Cell]
    places: tuple[Place, ...]
    place_count: int


@dataclass(frozen=True)
class Table:
    """A table of a page.

    Attributes:
        name: tells tables of a page apart.
        columns: what readers see.
        rows: at most `MOST_ROWS`.
        total: how many rows the answer has.
        has_evidence: whether rows lead to places.
    """

    name: str
    columns: list[Column]
    rows: list[Row]
    total: int
    has_evidence: bool


@dataclass(frozen=True)
class Making:
    """What every table needs.

    Attributes:
        names: names and pages.
        places: where cited places are noted.
        root: from the page to the site's folder: "" or "../".
    """

    names: Names
    places: Places
    root: str = ""

    def below(self) -> Making:
        """The same for pages in a folder of the site."""
        return replace(self, root="../")


def make_table(  # noqa: PLR0913 - a page chooses each of these
    making: Making,
    name: str,
    answer: Answer,
    label: Callable[[str], Texts],
    *,
    most_rows: int = MOST_ROWS,
    keep_empty: bool = True,
) -> Table:
    """Make an answer into a table, and note the places that its rows lead to.

    Args:
        making: names, pages and places.
        name: tells tables of a page apart.
        answer: rows of a report or of one of the site's questions.
        label: a column's name to what readers see above it.
        most_rows: further rows are left out.
        keep_empty: show columns without any value too.
    """
    places_of_answer = {column: at for at, column in enumerate(answer.columns)}
    shown = [
        column for column in answer.columns if not _is_hidden(column, answer.columns)
    ]
    rows = [
        dict(zip(answer.columns, row, strict=True)) for row in answer.rows[:most_rows]
    ]
    columns = [
        Column(
            column,
            in_all(label(column)),
            _kind(
                answer.types[places_of_answer[column]], [row[column] for row in rows]
            ),
        )
        for column in shown
    ]
    if not keep_empty:
        columns = [
            column
            for column in columns
            if any(row[column.name] not in (None, []) for row in rows)
        ]
    has_evidence = EVIDENCE in answer.columns
    most = max(_LEAST_PLACES, min(MOST_PLACES, _ALL_PLACES // max(1, len(rows))))
    made = [
        Row(
            [_cell(making, column, row) for column in columns],
            making.places.cite(row.get(EVIDENCE), most),
            len(row.get(EVIDENCE) or ()),
        )
        for row in rows
    ]
    return Table(name, columns, made, len(answer.rows), has_evidence)


def _is_hidden(column: str, columns: list[str]) -> bool:
    """Keys, and names in a language that stand beside those in Kazakh."""
    if column in _HIDDEN or column.endswith(("_id", "_ids")):
        return column not in _TOLD
    base, _, language = column.rpartition("_")
    if language in {"ru", "en"} and (base in columns or f"{base}_kk" in columns):
        return True
    if column == "name":
        return "source" in columns or "country" in columns
    return _CODES.get(column) in columns


def _kind(kind: str, values: list[Any]) -> str:
    if kind.endswith("[]"):
        is_life = any(mark in kind for mark in _NUMBERS) and "STRUCT" not in kind
        return "spark" if is_life else "text"
    if any(mark in kind for mark in _NUMBERS):
        return "number"
    if kind.startswith(("DATE", "TIMESTAMP")):
        return "date"
    longest = max((len(value) for value in values if isinstance(value, str)), default=0)
    return "long" if longest > _LONG else "text"


def _cell(making: Making, column: Column, row: dict[str, Any]) -> Cell:
    value = row[column.name]
    if value is None or (isinstance(value, list) and not value):
        return Cell(Markup(""), "")
    if isinstance(value, bool | date | datetime | int | float):
        return _figure(value)
    if column.kind == "spark":
        return Cell(spark(value), str(sum(item or 0 for item in value)))
    if isinstance(value, list):
        parts = [_words(making, column.name, item, row) for item in value]
        return Cell(Markup(", ").join(parts), plain(value[0])[:80])
    return Cell(_words(making, column.name, value, row), plain(value)[:80])


def _figure(value: Any) -> Cell:
    """A truth, a day, a time or a number."""
    if isinstance(value, bool):
        return Cell(text("yes") if value else text("no"), str(int(value)))
    if isinstance(value, date):
        written = day(value)
        return Cell(Markup("<time>{}</time>").format(written), written)
    return Cell(Markup("{}").format(number(value)), str(float(value)))


def _words(making: Making, column: str, value: Any, row: dict[str, Any]) -> Markup:
    """A name or a text, in every language that it has, with the page it leads to."""
    if isinstance(value, dict):
        return Markup(" ").join(
            clean(part) for part in value.values() if part is not None
        )
    texts, path = making.names.shown(column, str(value))
    if texts is None:
        texts = _beside(column, row)
    shown = (
        in_all({language: plain(texts[language]) for language in LANGUAGES})
        if texts
        else clean(value)
    )
    path = _own_page(making, column, row) or path
    if path is None:
        return shown
    return Markup('<a href="{}{}">{}</a>').format(making.root, path, shown)


def _beside(column: str, row: dict[str, Any]) -> Texts | None:
    """Names in Russian and English that stand in columns beside the Kazakh one."""
    base = column.removesuffix("_kk")
    beside = {language: row.get(f"{base}_{language}") for language in ("ru", "en")}
    if not any(isinstance(value, str) for value in beside.values()):
        return None
    kazakh = row[column]
    return {"kk": kazakh} | {key: value or kazakh for key, value in beside.items()}


def _own_page(making: Making, column: str, row: dict[str, Any]) -> str | None:
    """The page that a row's own key leads to, from the column that names it."""
    if column == "title":
        if "article_id" not in row and "story_id" not in row:
            cited = {given["article_id"] for given in row.get(EVIDENCE) or ()}
            return f"article/{cited.pop()}.html" if len(cited) == 1 else None
        if isinstance(row.get("article_id"), int):
            making.places.articles.add(row["article_id"])
            return f"article/{row['article_id']}.html"
        if row.get("story_id") in making.names.story_pages:
            return f"story/{row['story_id']}.html"
    key = row.get("person_id" if column == "person" else f"{column}_id")
    if column == "name" and key is None:
        key = row.get("entity_id")
    if isinstance(key, int) and key in making.names.person_pages:
        return f"person/{key}.html"
    return None
