"""What a row of corrections.csv or fixes.csv must hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from transforms.corrections import EXPECTED, FIELDS
from transforms.fixes import KINDS, SCOPES

if TYPE_CHECKING:
    from flows.reference_rules import Faults, Tables

#: Titles and passages of a text may be long.
LONGEST_PASSAGE = 2_000
_ARTICLE = (
    "article must be the article's address, its outlet's code and own id like "
    "baq:12345, or its article_id"
)
_IS_ARTICLE = r"^(?:https?://\S+|-?\d+|[^\s:/]+:\S+|[^\s/]+\.[^\s/]+/\S*)$"
_DAY = r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$"
_TIME = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:[+-]\d{2}:\d{2}|Z)$"


def corrections(tables: Tables) -> Faults:
    """Faults of corrections.csv."""
    field, wrong, right = (pl.col(name) for name in ("field", "wrong", "right"))
    day = (right + "-01-01").str.head(10).str.to_date("%Y-%m-%d", strict=False)
    is_time = pl.all_horizontal(
        cell.is_null()
        | (
            cell.str.contains(_TIME)
            & cell.str.to_datetime("%Y-%m-%dT%H:%M:%S%z", strict=False).is_not_null()
        )
        for cell in (wrong, right)
    )
    codes = tables["outlets"]["source_code"]
    return {
        _ARTICLE: ~pl.col("article").str.contains(_IS_ARTICLE),
        f"field must be one of {', '.join(FIELDS)}": ~field.is_in(FIELDS),
        f"expected must be one of {', '.join(EXPECTED)}, or empty": ~pl.col(
            "expected"
        ).is_in(EXPECTED),
        "right is what wrong is": wrong.eq_missing(right),
        "a title, a source, a time and a passage of text must not be empty": (
            field.is_in(["title", "source", "text", "published_at"]) & right.is_null()
        )
        | ((field == "text") & wrong.is_null()),
        "a language is two or three small letters": (field == "language")
        & ~right.str.contains("^[a-z]{2,3}$").fill_null(value=False),
        "a source is a source_code of outlets.csv": (field == "source")
        & ~right.is_in(codes.implode()),
        "a published_date is like 2026-01-31, 2026-01 or 2026, or empty": (
            (field == "published_date")
            & right.is_not_null()
            & (day.is_null() | ~right.str.contains(_DAY))
        ),
        "the wrong published_date is like 2026-01-31, or empty": (
            (field == "published_date")
            & wrong.is_not_null()
            & wrong.str.to_date("%Y-%m-%d", strict=False).is_null()
        ),
        "a published_at is like 2026-01-31T09:30:00+05:00": (field == "published_at")
        & ~is_time,
    }


def fixes(tables: Tables) -> Faults:
    """Faults of fixes.csv."""
    kind, right = pl.col("kind"), pl.col("right")
    start, end = (
        pl.col(name).cast(pl.Int32, strict=False) for name in ("start_char", "end_char")
    )
    codes = tables["countries"]["country_code"]
    return {
        _ARTICLE: ~pl.col("article").str.contains(_IS_ARTICLE),
        f"kind must be one of {', '.join(KINDS)}": ~kind.is_in(KINDS),
        "in_title must be true or false": ~pl.col("in_title").is_in(["true", "false"]),
        "start_char and end_char must be whole numbers, the first the smaller": (
            start.is_null() | end.is_null() | (start < 0) | (end <= start)
        ),
        f"scope must be one of {', '.join(SCOPES)}, or empty": ~pl.col("scope").is_in(
            SCOPES
        ),
        "an entity needs its name in right": (kind == "entity") & right.is_null(),
        "right must be a country_code of countries.csv, or empty": (
            (kind == "country") & ~right.is_in(codes.implode())
        ),
        "right must be empty": kind.is_in(["not_a_quote", "not_a_mention"])
        & right.is_not_null(),
    }
