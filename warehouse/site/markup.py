"""Templates, and how values are written in a page."""

from __future__ import annotations

import json
import math
import re
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import jinja2
from babel.dates import format_date
from markupsafe import Markup, escape

from warehouse.definitions import LANGUAGES
from warehouse.site.texts import in_all, site_texts, text, value_texts, words

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Between thousands: readers of all three languages know it.
_THIN = "\N{NARROW NO-BREAK SPACE}"
_GROUPED = 10_000
#: Letters that turn the direction of a line around, break it, or cannot be seen.
_ODD = re.compile(
    "[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)


@cache
def environment() -> jinja2.Environment:
    """The site's templates; everything is escaped unless it is markup already."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("warehouse.site", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        t=text,
        words=words,
        value=value,
        languages=LANGUAGES,
        kinds=site_texts()["kinds"],
    )
    made.filters.update(
        number=number,
        day=day,
        long_day=long_day,
        plain=plain,
        three=three,
        safe_json=script_json,
    )
    return made


def render(template: str, **values: Any) -> str:
    """A page from its template."""
    return environment().get_template(template).render(**values)


def plain(value: Any) -> str:
    """A text from an article, letters that would disturb the page made visible."""
    return _ODD.sub("\ufffd", str(value))


def three(texts: Mapping[str, Any]) -> Markup:
    """A text in every language, its letters made harmless."""
    return in_all({language: plain(text) for language, text in texts.items() if text})


def value(column: str, code: str) -> Markup:
    """What a code means to readers, by the column it stands in."""
    return three(value_texts(column, code) or {"kk": code})


def clean(value: Any) -> Markup:
    """A text from an article, escaped."""
    return escape(plain(value))


def number(value: float | None) -> str:
    """A number with its thousands apart, at most two decimal places."""
    if value is None:
        return ""
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        value = round(value, 2)
        if value.is_integer():
            value = int(value)
    grouping = "," if abs(value) >= _GROUPED else ""
    return f"{value:{grouping}}".replace(",", _THIN)


def day(value: date | datetime | None) -> str:
    """A day, or a time of day with it, the same in every language."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat()


@cache
def long_day(value: date | None) -> Markup:
    """A day in words."""
    if value is None:
        return text("undated")
    return in_all({name: format_date(value, "long", locale=name) for name in LANGUAGES})


def script_json(value: Any) -> Markup:
    """JSON that cannot end the script element it stands in."""
    dumped = json.dumps(value, ensure_ascii=False, default=str, separators=(",", ":"))
    for letter, code in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        dumped = dumped.replace(letter, code)
    for letter, code in (("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        dumped = dumped.replace(letter, code)
    return Markup(dumped)  # noqa: S704 - every letter of markup is escaped above
