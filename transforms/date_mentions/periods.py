"""Parts of a given year, and stretches of years, as days.

Ranges are closed. Winter belongs to the year of its January.
"""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from transforms.date_mentions.atoms import day_of

if TYPE_CHECKING:
    from collections.abc import Callable

WINTER = 4
_LAST_THIRD = 3


class Range(NamedTuple):
    """Days from the first to the last, both of them included."""

    start: date
    end: date


def day_in(year: int, month: int, number: int) -> Range | None:
    """One day, if that year has it."""
    day = day_of(year, month, number)
    return None if day is None else Range(day, day)


def _days(year: int, month: int, first: int, other: int, last: int) -> Range | None:
    """«28 желтоқсан – 5 қаңтар» goes over into the next year."""
    end_year = year + 1 if other < month else year
    return _far_days(year, end_year, month, first, other, last)


def _far_days(  # noqa: PLR0913, PLR0917 - two days are six numbers
    year: int, end_year: int, month: int, first: int, other: int, last: int
) -> Range | None:
    start, end = day_of(year, month, first), day_of(end_year, other, last)
    return Range(start, end) if start and end and start < end else None


def month_in(year: int, month: int) -> Range:
    """One month."""
    return _months(year, month, month)


def _months(year: int, first: int, last: int) -> Range:
    end_year = year + 1 if last < first else year
    return Range(date(year, first, 1), _month_end(end_year, last))


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _month_week(year: int, month: int, week: int) -> Range:
    return Range(date(year, month, 7 * week - 6), date(year, month, 7 * week))


def _month_third(year: int, month: int, third: int) -> Range:
    end = (
        _month_end(year, month)
        if third == _LAST_THIRD
        else date(year, month, 10 * third)
    )
    return Range(date(year, month, 10 * third - 9), end)


def season_in(year: int, season: int) -> Range:
    """Spring (1) to winter (4)."""
    if season == WINTER:
        return Range(date(year - 1, 12, 1), _month_end(year, 2))
    return _months(year, 3 * season, 3 * season + 2)


def _quarter(year: int, quarter: int) -> Range:
    return _months(year, 3 * quarter - 2, 3 * quarter)


def _half(year: int, half: int) -> Range:
    return _months(year, 6 * half - 5, 6 * half)


def year_in(year: int) -> Range:
    """The whole year."""
    return Range(date(year, 1, 1), date(year, 12, 31))


def _years(first: int, last: int) -> Range:
    return Range(date(first, 1, 1), date(last, 12, 31))


def decades(first: int, last: int) -> Range:
    """Decades by the years in which they begin."""
    return _years(first, last + 9)


def centuries(first: int, last: int) -> Range:
    """Centuries by their numbers; the 21st begins with 2001."""
    return _years(100 * first - 99, 100 * last)


#: Part of a year -> its days, given the year and the part's numbers.
IN_YEAR: dict[str, Callable[..., Range | None]] = {
    "day": day_in,
    "days": _days,
    "far_days": _far_days,
    "month": month_in,
    "months": _months,
    "month_week": _month_week,
    "month_third": _month_third,
    "season": season_in,
    "quarter": _quarter,
    "half": _half,
    "year": year_in,
}
#: Stretch of years -> its days.
FIXED: dict[str, Callable[..., Range | None]] = {
    "years": _years,
    "decades": decades,
    "centuries": centuries,
}
