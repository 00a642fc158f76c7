"""From a string that is a date, in any of its forms, to its parts.

Whole strings only: «2025 жылғы 9 қазан» is a date, a sentence that holds one is not.
The month's word must be a real form of a month (`transforms.kazakh.calendar`), and a
day that the calendar does not have (31 ақпан) is no date: nothing is guessed.
"""

from __future__ import annotations

import polars as pl

from transforms.kazakh.calendar import YEAR_WORD, month_number

#: Dates outside these years are misread numbers; the oldest Kazakh newspapers in
#: digital archives are of the 1880s.
FIRST_YEAR, LAST_YEAR = 1880, 2100

_TIME = (
    r"(?:[\s,t|·–—-]+(?:сағат\s+|в\s+|at\s+)?"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>am|pm)?\s*(?P<zone>z|utc|gmt|[+-]\d{2}(?::?\d{2})?)?(?:\s*\(.*\))?)?"
)
_YEAR = r"(?P<year>\d{4})(?:" + YEAR_WORD + r")?"
_NAMED = r"(?P<name>\p{L}{3,14})"
_END = r"[\s.,;]*$"
_YEAR_TIME = _YEAR + _TIME + _END
_ENGLISH_DAY = r"\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_COMPACT_TIME = r"(?:t?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})(?P<zone>z)?)?$"

#: Year first with digits only: what metadata nearly always holds, so tried first.
_ISO = (r"^(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _TIME + _END,)
_OTHERS = (
    r"^(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.]" + _YEAR + _TIME + _END,
    r"^(?:\p{L}+,\s*)?(?P<day>\d{1,2})[\s-]+" + _NAMED + r"[.,]?[\s-]+" + _YEAR_TIME,
    r"^" + _YEAR + r",?\s+(?P<day>\d{1,2})[\s-]+" + _NAMED + _TIME + _END,
    r"^(?:\p{L}+,\s*)?" + _NAMED + _ENGLISH_DAY + r",?\s+" + _YEAR_TIME,
    r"^(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})" + _COMPACT_TIME,
    r"^(?P<day>\d{1,2})[\s-]+" + _NAMED + _TIME + _END,
    r"^" + _NAMED + r",?\s+" + _YEAR + _END,
    r"^" + _YEAR + r",?\s+" + _NAMED + _END,
    r"^(?P<year>\d{4})-(?P<month>\d{2})$",
    r"^" + _YEAR + _END,
)
_FIELDS = (
    "year", "month", "day", "name", "hour", "minute", "second", "half", "zone",
)  # fmt: skip


def read_date_strings(raw: pl.Series) -> pl.DataFrame:
    """Read the date that each string is.

    Args:
        raw: Strings, any of ISO 8601, RFC 2822, day-first digits, Kazakh, Russian and
            English printed dates, seconds or milliseconds since 1970. A time may
            stand before or after.

    Returns:
        One row a distinct string that is a date, with ``raw``; ``date`` (the day as
        printed, the first of the month or year at a coarser precision; null where no
        year is printed); ``month`` and ``day``; ``time`` (Duration since midnight,
        null where not printed); ``offset`` (Duration east of UTC, null where no zone
        is printed); ``precision`` (minute, day, month, year).
    """
    strings = (
        pl.DataFrame({"raw": raw.drop_nulls().unique(maintain_order=True)})
        .filter(pl.col("raw").str.contains(r"\d"))
        .with_columns(text=pl.col("raw").str.to_lowercase().str.strip_chars(" \t[]()"))
        .with_columns(
            # «14:17, 8 қазан 2015»: the time is put where the patterns expect it.
            text=pl.col("text").str.replace(
                r"^(\d{1,2}:\d{2}(?::\d{2})?)[\s,|·–—-]+(.*\D.*)$", "$2 $1"
            )
        )
    )
    iso = _match(strings, _ISO)
    rest = _match(iso.filter(pl.col("year").is_null()).select("raw", "text"), _OTHERS)
    matched = pl.concat([iso.filter(pl.col("year").is_not_null()), rest])
    epochs = _epochs(strings)
    return pl.concat([_parts(matched), epochs]).unique("raw", maintain_order=True)


def _match(strings: pl.DataFrame, patterns: tuple[str, ...]) -> pl.DataFrame:
    """Try the patterns in order; the first that fits gives every field."""
    found: list[pl.DataFrame] = []
    waiting = strings
    for pattern in patterns:
        if waiting.is_empty() and found:
            # Compiling the further patterns would cost more than all else here.
            break
        group = pl.col("text").str.extract_groups(pattern)
        names = [name for name in _FIELDS if f"(?P<{name}>" in pattern]
        fields = waiting.with_columns(group=group).with_columns(
            pl.col("group").struct.field(name)
            if name in names
            else pl.lit(None, dtype=pl.String).alias(name)
            for name in _FIELDS
        )
        # Every pattern but one has a day or a month that it cannot match without.
        fits = pl.any_horizontal(pl.col(name).is_not_null() for name in names)
        found.append(fields.filter(fits).drop("group"))
        waiting = fields.filter(~fits).select("raw", "text")
    nothing = [pl.lit(None, dtype=pl.String).alias(name) for name in _FIELDS]
    return pl.concat([*found, waiting.with_columns(nothing)])


def _parts(matched: pl.DataFrame) -> pl.DataFrame:
    """From matched fields to checked dates."""
    number = pl.col("month").cast(pl.Int8, strict=False)
    day = pl.col("day").cast(pl.Int8, strict=False)
    swapped = (number > 12) & (day <= 12)  # noqa: PLR2004 - months in a year
    return (
        matched.with_columns(
            month=pl.when(pl.col("name").is_not_null())
            .then(month_number(pl.col("name")))
            .when(swapped)
            .then(day)
            .otherwise(number),
            day=pl.when(swapped).then(number).otherwise(day),
            year=pl.col("year").cast(pl.Int16, strict=False),
            named=pl.col("name").is_not_null(),
            **_clock(),
        )
        .filter(
            # A word in the month's place that is no month: not a date at all.
            ~(pl.col("named") & pl.col("month").is_null()),
            pl.col("year").is_null() | pl.col("year").is_between(FIRST_YEAR, LAST_YEAR),
        )
        .with_columns(date=_calendar_day())
        .filter(_is_possible())
        .select(
            "raw",
            "date",
            "month",
            "day",
            "time",
            "offset",
            precision=pl.when(pl.col("time").is_not_null())
            .then(pl.lit("minute"))
            .when(pl.col("day").is_not_null())
            .then(pl.lit("day"))
            .when(pl.col("month").is_not_null())
            .then(pl.lit("month"))
            .otherwise(pl.lit("year")),
        )
    )


def _calendar_day() -> pl.Expr:
    """The printed day; null where the calendar does not have it."""
    return pl.format(
        "{}-{}-{}",
        pl.col("year"),
        pl.col("month").fill_null(1).cast(pl.String).str.zfill(2),
        pl.col("day").fill_null(1).cast(pl.String).str.zfill(2),
    ).str.to_date("%Y-%m-%d", strict=False)


def _is_possible() -> pl.Expr:
    """Whether the day exists; without a year, whether it exists in a leap year."""
    leap = pl.format(
        "2024-{}-{}",
        pl.col("month").cast(pl.String).str.zfill(2),
        pl.col("day").cast(pl.String).str.zfill(2),
    ).str.to_date("%Y-%m-%d", strict=False)
    return pl.col("date").is_not_null() | (
        pl.col("year").is_null() & leap.is_not_null()
    )


def _clock() -> dict[str, pl.Expr]:
    """Time of day and offset from UTC; an impossible time is no time."""
    hour = pl.col("hour").cast(pl.Int64, strict=False)
    hour = (
        pl.when(pl.col("half") == "pm")
        .then(hour % 12 + 12)
        .when(pl.col("half") == "am")
        .then(hour % 12)
        .otherwise(hour)
    )
    minute = pl.col("minute").cast(pl.Int64, strict=False)
    second = pl.col("second").cast(pl.Int64, strict=False).fill_null(0)
    possible = (hour < 24) & (minute < 60)  # noqa: PLR2004 - hours, minutes
    sign = pl.when(pl.col("zone").str.starts_with("-")).then(-1).otherwise(1)
    digits = pl.col("zone").str.replace_all(r"\D", "")
    minutes = digits.str.slice(0, 2).cast(pl.Int64, strict=False).fill_null(
        0
    ) * 60 + digits.str.slice(2, 2).cast(pl.Int64, strict=False).fill_null(0)
    return {
        "time": pl.when(possible).then(
            pl.duration(hours=hour, minutes=minute, seconds=second, time_unit="us")
        ),
        "offset": pl.when(pl.col("zone").is_not_null()).then(
            pl.duration(minutes=sign * minutes, time_unit="us")
        ),
    }


def _epochs(strings: pl.DataFrame) -> pl.DataFrame:
    """Seconds or milliseconds since 1970, of ten or thirteen digits."""
    number = pl.col("text").cast(pl.Int64, strict=False)
    moment = (
        pl.when(pl.col("text").str.len_bytes() > 10)  # noqa: PLR2004 - digits
        .then(number * 1000)
        .otherwise(number * 1_000_000)
        .cast(pl.Datetime("us"))
    )
    return (
        strings.filter(pl.col("text").str.contains(r"^[1-3]\d{9}(?:\d{3})?$"))
        .with_columns(moment=moment)
        .select(
            "raw",
            date=pl.col("moment").dt.date(),
            month=pl.col("moment").dt.month(),
            day=pl.col("moment").dt.day(),
            time=pl.col("moment") - pl.col("moment").dt.truncate("1d"),
            offset=pl.duration(minutes=0, time_unit="us"),
            precision=pl.lit("minute"),
        )
    )
