"""Vega-Lite specifications by Altair, in the site's own look.

Colours are the page's CSS variables, so that a chart follows light, dark and print by
itself. Titles and codes are put in by the page's script, in its language.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt

_PALETTE = [f"var(--c{number})" for number in range(1, 9)]
#: The page's own; Vega measures labels with it.
_FONT = (
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", '
    "sans-serif"
)


@cache
def chart_spec(
    chart: str, x_kind: str, y_kind: str, color_kind: str | None, height: int
) -> dict[str, Any]:
    """A specification without its data.

    Args:
        chart: one of `CHART_KINDS`.
        x_kind: quantitative, temporal, ordinal or nominal.
        y_kind: likewise.
        color_kind: likewise; None without colours.
        height: pixels.
    """
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
