"""Charts: Vega-Lite specifications by Altair, in the site's own look.

Colours are the page's CSS variables, so that a chart follows light, dark and print by
itself. Titles and codes are put in by the page's script, in its language.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import altair as alt

from warehouse.definitions import LANGUAGES
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
_PALETTE = [f"var(--c{number})" for number in range(1, 9)]
_NUMBERS = ("INT", "DOUBLE", "DECIMAL", "FLOAT", "NUMBER")
_OTHERS = "\x00others"
#: The page's own; Vega measures labels with it.
_FONT = (
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", '
    "sans-serif"
)
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
        _spec(
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


@cache
def _spec(
    chart: str, x_kind: str, y_kind: str, color_kind: str | None, height: int
) -> dict[str, Any]:
    """The specification without its data."""
    base = alt.Chart({"values": []})
    marked = {
        "bar": lambda: base.mark_bar(color=_PALETTE[0]),
        "line": lambda: base.mark_line(
            point=alt.OverlayMarkDef(size=28), strokeWidth=2, color=_PALETTE[0]
        ),
        "area": lambda: base.mark_area(
            line=color_kind is None,
            opacity=0.85 if color_kind else 0.35,
            color=_PALETTE[0],
            interpolate="monotone",
        ),
        "heatmap": lambda: base.mark_rect(color=_PALETTE[0], cornerRadius=2),
        "point": lambda: base.mark_circle(size=70, opacity=0.75, color=_PALETTE[0]),
    }[chart]()
    channels: dict[str, Any] = {
        "x": _position("x", chart, x_kind, other=y_kind),
        "y": _position("y", chart, y_kind, other=x_kind),
    }
    if chart == "bar" and x_kind == "temporal":
        channels["x2"] = alt.X2("x_end:T")
        marked.mark.orient = "vertical"
    tips = [_tip("x", x_kind), _tip("y", y_kind)]
    if color_kind:
        channels |= _colored(color_kind)
        tips.append(_tip("color", color_kind))
    made: dict[str, Any] = (
        marked.encode(**channels, tooltip=tips)
        .properties(width="container", height=height)
        .configure(**_look())
        .to_dict()
    )
    made.pop("datasets", None)
    return made


#: 1.2M where a number is long, and as people write it where it is not.
_AXIS_NUMBER = (
    "datum.value >= 10000 ? format(datum.value, '~s') : format(datum.value, '~f')"
)


def _position(name: str, chart: str, kind: str, *, other: str) -> Any:
    channel = alt.X if name == "x" else alt.Y
    if kind == "quantitative":
        return channel(
            f"{name}:Q",
            stack="zero" if chart in {"bar", "area"} else None,
            axis=alt.Axis(labelExpr=_AXIS_NUMBER, tickCount=5, grid=True),
        )
    if kind == "temporal":
        return channel(
            f"{name}:T",
            scale=alt.Scale(type="utc"),
            axis=alt.Axis(format="%d.%m.%Y", labelOverlap=True, grid=False),
        )
    if kind == "ordinal":
        axis = alt.Axis(grid=False, labelOverlap=True, labelAngle=0)
        return channel(f"{name}:O", sort="ascending", axis=axis)
    axis = alt.Axis(grid=False, labelLimit=230)
    if name == "x":
        axis.labelAngle = -30
    by_size = chart == "bar" and other == "quantitative"
    sort = f"-{'x' if name == 'y' else 'y'}" if by_size else None
    return channel(f"{name}:N", sort=sort, axis=axis)


def _colored(kind: str) -> dict[str, Any]:
    """Colour by kind; strength of one colour by number."""
    if kind == "quantitative":
        strength = alt.Scale(range=[0.06, 1.0])
        return {
            "opacity": alt.Opacity("color:Q", scale=strength, legend=None),
            "color": alt.value(_PALETTE[0]),
        }
    legend = alt.Legend(orient="top", columns=4, labelLimit=280)
    scale = alt.Scale(range=_PALETTE)
    return {"color": alt.Color("color:N", scale=scale, legend=legend)}


def _tip(name: str, kind: str) -> Any:
    if kind == "temporal":
        return alt.Tooltip(f"{name}_day:N")
    return alt.Tooltip(f"{name}:{'Q' if kind == 'quantitative' else 'N'}")


def _look() -> dict[str, Any]:
    quiet = {
        "labelColor": "var(--ink-2)",
        "titleColor": "var(--ink-2)",
        "labelFont": _FONT,
        "titleFont": _FONT,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    }
    return {
        "background": "transparent",
        "font": _FONT,
        "view": {"stroke": None},
        "axis": quiet
        | {
            "domain": False,
            "ticks": False,
            "gridColor": "var(--line)",
            "labelPadding": 8,
            "titlePadding": 12,
        },
        "legend": quiet | {"symbolType": "square", "titleOrient": "left"},
        "bar": {"discreteBandSize": {"band": 0.72}},
    }
