"""Small drawings inside tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEIGHT = 20
_STEP = 5
_MOST = 60


def spark(values: Sequence[float | None]) -> Markup:
    """A row of bars, one a value; the numbers stand in its title."""
    shown = [float(value or 0) for value in values][-_MOST:]
    top = max([*shown, 1.0])
    bars = Markup("").join(
        Markup('<rect x="{}" y="{:.1f}" width="{}" height="{:.1f}"/>').format(
            at * _STEP, _HEIGHT - height, _STEP - 1, height
        )
        for at, value in enumerate(shown)
        for height in [max(0.5, _HEIGHT * value / top)]
    )
    numbers = ", ".join(f"{value:g}" for value in shown)
    width = max(1, len(shown) * _STEP)
    return Markup(
        '<svg class="spark" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
        'role="img"><title>{numbers}</title>{bars}</svg>'
    ).format(w=width, h=_HEIGHT, numbers=numbers, bars=bars)
