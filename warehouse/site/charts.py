"""Charts: which rows of an answer are drawn, and what their codes are called."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from warehouse.definitions import LANGUAGES
from warehouse.site.chart_spec import chart_spec
from warehouse.site.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from warehouse.definitions import Chart
    from warehouse.query import Answer
    from warehouse.site.names import Names
    from warehouse.site.texts import Texts

#: Bars that one looks at; further rows are in the table.
_MOST_BARS = 24
_MOST_POINTS = 2000
_MOST_COLORS = 7
_MOST_CELLS = 26
_BAR_HEIGHT = 22
#: So few bars in a row do not fill the page.
_FEW_BARS, _WIDE_BAR = 8, 84
_HEIGHT = 210
_NUMBERS = ("INT", "DOUBLE", "DECIMAL", "FLOAT", "NUMBER")
_OTHERS = "\x00others"
#: How much of its day or week a bar covers.
_COVERED = 0.86


@dataclass(frozen=True)
class Drawn:
    """A chart of a page.

    Attributes:
        payload: what the page's script draws: spec, titles and texts by field.
        shown: rows of the answer that it shows.
        total: rows of the answer.
    """

    payload: dict[str, Any]
    shown: int
    total: int


def draw(
    chart: Chart | None, answer: Answer, label: Callable[[str], Texts], names: Names
) -> Drawn | None:
    """A chart of an answer; None where there is nothing to draw.

    Args:
        chart: which columns go where.
        answer: the rows.
        label: a column's name to its texts.
        names: what codes are called.
    """
    if chart is None or not answer.rows:
        return None
    fields = {"x": chart.x, "y": chart.y} | (
        {"color": chart.color} if chart.color else {}
    )
    if not set(fields.values()) <= set(answer.columns):
        return None
    at = {channel: answer.columns.index(name) for channel, name in fields.items()}
    kinds = {channel: _kind(answer.types[place]) for channel, place in at.items()}
    rows = [
        {channel: _plain(row[place]) for channel, place in at.items()}
        for row in answer.rows
        if row[at["x"]] is not None and row[at["y"]] is not None
    ]
    rows = _limited(chart.kind, kinds, rows)
    if not rows:
        return None
    shown = len(rows)
    kinds["x"] = _axis_kind(chart.kind, kinds["x"], rows)
    if kinds["x"] == "temporal":
        days = 7 if "week" in chart.x else 1
        if chart.kind in {"line", "area"}:
            rows = _filled(rows, days)
        rows = _timed(rows, days)
    spec = copy.deepcopy(
        chart_spec(
            chart.kind,
            kinds["x"],
            kinds["y"],
            kinds.get("color"),
            _height(chart.kind, kinds, rows),
        )
    )
    for channel in ("x", "y"):
        values = [row[channel] for row in rows]
        if kinds[channel] == "quantitative" and all(
            isinstance(value, int) for value in values
        ):
            spec["encoding"][channel]["axis"] |= {"tickMinStep": 1}
    columns = len({row["x"] for row in rows})
    if chart.kind == "bar" and kinds["x"] == "ordinal" and columns <= _FEW_BARS:
        spec["width"] = {"step": _WIDE_BAR}
    spec["data"] = {"values": rows}
    if kinds["x"] == "temporal":
        spec["data"]["format"] = {"parse": {"x": "date", "x_end": "date"}}
    payload = {
        "spec": spec,
        "order": _color_order(kinds, rows),
        "titles": {channel: label(name) for channel, name in fields.items()},
        "texts": {
            channel: _texts(names, name, answer)
            for channel, name in fields.items()
            if kinds[channel] == "nominal"
        },
    }
    return Drawn(payload, shown, len(answer.rows))


def _kind(kind: str) -> str:
    if any(mark in kind for mark in _NUMBERS):
        return "quantitative"
    return "temporal" if kind.startswith(("DATE", "TIMESTAMP")) else "nominal"


def _axis_kind(chart: str, kind: str, rows: list[dict[str, Any]]) -> str:
    """Days are a scale of time; times of day, and cells, stand in a row."""
    if kind != "temporal":
        return kind
    has_times = any(len(row["x"]) > len("2026-01-31") for row in rows)
    return "ordinal" if has_times or chart == "heatmap" else kind


def _timed(rows: list[dict[str, Any]], days: int) -> list[dict[str, Any]]:
    """Rows with the end of what a bar covers, and the day as it is shown."""
    return [
        row
        | {
            "x_end": (
                datetime.fromisoformat(row["x"]) + timedelta(days=days * _COVERED)
            ).isoformat(timespec="minutes")
            + "Z",
            "x_day": row["x"],
        }
        for row in rows
    ]


def _filled(rows: list[dict[str, Any]], days: int) -> list[dict[str, Any]]:
    """Rows with zeros for days without any, where counts are drawn as a line."""
    if not all(isinstance(row["y"], int) for row in rows):
        return rows
    first, last = (
        date.fromisoformat(edge(row["x"] for row in rows)) for edge in (min, max)
    )
    steps = [
        (first + timedelta(days=place)).isoformat()
        for place in range(0, (last - first).days + 1, days)
    ]
    colors = list(dict.fromkeys(row.get("color") for row in rows))
    if len(steps) * len(colors) > _MOST_POINTS:
        return rows
    there = {(row["x"], row.get("color")) for row in rows}
    zeros = [
        {"x": step, "y": 0} | ({} if color is None else {"color": color})
        for step in steps
        for color in colors
        if (step, color) not in there
    ]
    return sorted(rows + zeros, key=lambda row: str(row["x"]))


def _color_order(kinds: dict[str, str], rows: list[dict[str, Any]]) -> list[Any]:
    """Colours in the order of what they stand for: the largest first, others last."""
    if kinds.get("color") != "nominal":
        return []
    measure = next((name for name in ("y", "x") if kinds[name] == "quantitative"), None)
    weights: dict[Any, float] = {}
    for row in rows:
        weights[row["color"]] = weights.get(row["color"], 0) + (
            abs(row[measure]) if measure else 1
        )
    return sorted(
        weights, key=lambda value: (value == _OTHERS, -weights[value], str(value))
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return value if isinstance(value, int | float | str) else str(value)


def _limited(
    chart: str, kinds: dict[str, str], rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """As many rows as one can look at, and few colours: the largest."""
    measure = next((name for name in ("y", "x") if kinds[name] == "quantitative"), None)
    if kinds.get("color") == "nominal" and measure:
        rows = _few_colors(rows, measure)
    for channel in ("y", "x"):
        if kinds[channel] == "nominal":
            most = _MOST_BARS if chart == "bar" else _MOST_CELLS
            kept = _largest(rows, channel, measure, most)
            rows = [row for row in rows if row[channel] in kept]
    return rows[:_MOST_POINTS]


def _largest(
    rows: list[dict[str, Any]], channel: str, measure: str | None, most: int
) -> set[Any]:
    weights: dict[Any, float] = {}
    for row in rows:
        weight = row[measure] if measure else row.get("color", 1)
        weights[row[channel]] = weights.get(row[channel], 0) + (
            abs(weight) if isinstance(weight, int | float) else 1
        )
    return set(sorted(weights, key=lambda value: -weights[value])[:most])


def _few_colors(rows: list[dict[str, Any]], measure: str) -> list[dict[str, Any]]:
    kept = _largest(rows, "color", measure, _MOST_COLORS)
    if len({row["color"] for row in rows}) <= _MOST_COLORS + 1:
        return rows
    summed: dict[tuple[Any, ...], dict[str, Any]] = {}
    other = "x" if measure == "y" else "y"
    for row in rows:
        color = row["color"] if row["color"] in kept else _OTHERS
        same = summed.setdefault(
            (row[other], color), {other: row[other], "color": color, measure: 0}
        )
        same[measure] += row[measure]
    return list(summed.values())


def _texts(names: Names, column: str, answer: Answer) -> dict[str, Texts]:
    """What the values of a column are called; names may stand in columns beside it."""
    found = {_OTHERS: words("others")}
    at = {name: place for place, name in enumerate(answer.columns)}
    beside = [at.get(f"{column}_{language}") for language in LANGUAGES[1:]]
    family = next(
        (name for name in ("country", "source") if column == "name" and name in at),
        column,
    )
    for row in answer.rows:
        value = row[at[column]]
        texts, _ = names.shown(family, str(value))
        if texts is None and None not in beside:
            others = [row[place] for place in beside if place is not None]
            texts = dict(
                zip(
                    LANGUAGES,
                    [value, *(other or value for other in others)],
                    strict=True,
                )
            )
        if texts and value is not None:
            found[str(value)] = {name: texts[name] for name in LANGUAGES}
    return found


def _height(chart: str, kinds: dict[str, str], rows: list[dict[str, Any]]) -> int:
    if chart in {"bar", "heatmap"} and kinds["y"] == "nominal":
        return max(60, _BAR_HEIGHT * len({row["y"] for row in rows}))
    return _HEIGHT
