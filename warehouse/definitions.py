"""How a report is shown: its titles, its columns' names and its chart."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LANGUAGES = ("kk", "ru", "en")
#: English limits are the comment at the head of the report's SQL.
LIMITS_LANGUAGES = ("kk", "ru")
CHART_KINDS = frozenset({"bar", "line", "area", "heatmap", "point"})

Texts = dict[str, str]


class DefinitionError(Exception):
    """A definition is not complete; the message names the file and what is missing."""


@dataclass(frozen=True)
class Chart:
    """A chart of a report.

    Attributes:
        kind: one of `CHART_KINDS`.
        x: the column along the chart.
        y: the column up the chart.
        color: the column that its colours tell apart.
    """

    kind: str
    x: str
    y: str
    color: str | None = None


@dataclass(frozen=True)
class Definition:
    """How a report is shown.

    Attributes:
        name: the report.
        position: its place in lists.
        title: language to its title.
        question: language to the question that it answers.
        limits: language to its known limits; the English ones stand in its SQL.
        columns: names of its own columns: column to language to name.
        chart: None where the table says it better.
        key: the columns that name a row, by which two answers are compared; none where
            the report is about loads, which are never the same twice.
        aside: columns left aside then: about the last load, or following from others.
    """

    name: str
    position: int
    title: Texts
    question: Texts
    limits: Texts
    columns: Mapping[str, Texts]
    chart: Chart | None
    key: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()

    def column(self, name: str, language: str) -> str:
        """What readers see above a column.

        Raises:
            DefinitionError: neither this report nor `columns.toml` names it.
        """
        texts = self.columns.get(name) or shared_columns().get(name)
        if texts is None:
            message = (
                f"{self.name}: column {name!r} has no name. "
                "Add it to warehouse/reports/columns.toml."
            )
            raise DefinitionError(message)
        return texts[language]


def load_definitions() -> dict[str, Definition]:
    """Every report's definition, by name, in the order of lists.

    Raises:
        DefinitionError: a text is missing, or a chart is of no known kind.
    """
    folder = resources.files("warehouse") / "reports"
    found = [
        _parse(entry.name.removesuffix(".toml"), entry.read_text(encoding="utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".toml") and entry.name != "columns.toml"
    ]
    found.sort(key=lambda definition: (definition.position, definition.name))
    return {definition.name: definition for definition in found}


def _parse(name: str, text: str) -> Definition:
    read = tomllib.loads(text)
    columns = read.get("columns", {})
    for where, texts in (
        ("title", read.get("title")),
        ("question", read.get("question")),
        *((f"columns.{column}", texts) for column, texts in columns.items()),
    ):
        _require_texts(f"{name}.toml: [{where}]", texts)
    limits = read.get("limits", {})
    _require_texts(f"{name}.toml: [limits]", limits, LIMITS_LANGUAGES)
    return Definition(
        name=name,
        position=read["position"],
        title=read["title"],
        question=read["question"],
        limits=limits,
        columns=columns,
        chart=_chart(name, read["chart"]) if "chart" in read else None,
        key=tuple(read.get("key", ())),
        aside=tuple(read.get("aside", ())),
    )


def _chart(name: str, read: dict[str, str]) -> Chart:
    if read.get("kind") not in CHART_KINDS:
        message = f"{name}.toml: the chart is one of {', '.join(sorted(CHART_KINDS))}."
        raise DefinitionError(message)
    return Chart(**read)


def _require_texts(
    where: str, texts: Any, languages: Iterable[str] = LANGUAGES
) -> None:
    missing = [language for language in languages if not (texts or {}).get(language)]
    if missing:
        message = f"{where} lacks {', '.join(missing)}."
        raise DefinitionError(message)


@cache
def shared_columns() -> dict[str, Texts]:
    """What readers see above columns of several reports, by column."""
    path = resources.files("warehouse") / "reports" / "columns.toml"
    shared: dict[str, Texts] = tomllib.loads(path.read_text(encoding="utf-8"))
    for column, texts in shared.items():
        _require_texts(f"columns.toml: [{column}]", texts)
    return shared
