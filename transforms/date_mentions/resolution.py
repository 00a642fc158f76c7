"""From what a date says to the days that it covers.

Ranges are closed. Weeks begin on Monday. Winter belongs to the year of its January,
but «биылғы қыс» is the nearest and «былтырғы қыс» the last one over.
A day, month or season without a year is the nearest to publication, or the nearest
before or after it where the verb tells. «соңғы бес жылда» ends on the day of
publication and begins five years earlier.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from transforms.date_mentions.atoms import day_of
from transforms.date_mentions.shapes import DAY, MONTH, WEEK

if TYPE_CHECKING:
    from collections.abc import Callable

    from transforms.date_mentions.readings import Part, Reading

_MONTHS = 12
_WEEK = 7
_WINTER = 4
#: A day so near publication is meant whatever the verb: «18 қарашада» printed on the
#: 17th is not last year's.
_CERTAINLY_NEAR = timedelta(30)
#: Figures of these are reported afterwards, if no verb says otherwise.
_REPORTED = {"quarter", "half", "months"}


class Range(NamedTuple):
    """Days from the first to the last, both of them included."""

    start: date
    end: date


#: Rule of a part -> precision.
PRECISIONS: dict[str, str] = {
    "day": "day",
    "days": "range",
    "far_days": "range",
    "month": "month",
    "months": "range",
    "month_week": "week",
    "month_third": "range",
    "named_month_from": "month",
    "season": "season",
    "quarter": "quarter",
    "half": "half",
    "year": "year",
    "years": "range",
    "decades": "decade",
    "centuries": "century",
    "month_from": "month",
    "day_of_month_from": "day",
    "season_from": "season",
    "century_from": "century",
    "decade_of_century_from": "decade",
    "day_from": "day",
    "weekday": "day",
    "weekday_from": "day",
    "week_from": "week",
    "window": "range",
    "rest_of": "range",
    "so_far": "range",
}
_UNIT_PRECISIONS = ("day", "week", "month", "year")


def precision_of(part: Part) -> str:
    """How exact a date is.

    Returns:
        day, week, month, quarter, half, season, year, decade, century, or range where
        it goes from one of these to another.
    """
    if part[0] == "ago":
        return _UNIT_PRECISIONS[part[2]]
    if part[0] in {"decades", "centuries"} and part[1] != part[2]:
        return "range"
    return PRECISIONS[part[0]]


def resolve(
    reading: Reading, published: date | None, tense: str | None, same: int | None
) -> Range | None:
    """Find the days that a date covers.

    Args:
        reading: what it says.
        published: when the article was published, if known.
        tense: ``past`` or ``future`` where the verb says so.
        same: the year that was spoken of before, if any.

    Returns:
        Null where it cannot be told, or where the calendar has no such days.
    """
    try:
        return _resolve(reading, published, tense, same)
    except (ValueError, OverflowError):
        # Before the year 1 or after 9999.
        return None


def _resolve(
    reading: Reading, published: date | None, tense: str | None, same: int | None
) -> Range | None:
    name, *numbers = reading.part
    kind, number = reading.year
    in_year = _IN_YEAR.get(name)
    if in_year is not None:
        if kind == "at":
            return in_year(number, *numbers)
        if kind == "same" or (kind == "near" and same is not None):
            return None if same is None else in_year(same, *numbers)
        if published is None:
            return None
        if name == "season" and numbers[0] == _WINTER and kind == "from" and number < 1:
            return _season_from(published, _WINTER, number)
        if kind == "from":
            return in_year(published.year + number, *numbers)
        if tense is None and name in _REPORTED:
            tense, margin = "past", timedelta(0)
        else:
            margin = _CERTAINLY_NEAR
        return _nearest(reading.part, published, tense, margin)
    if name in _FIXED:
        return _FIXED[name](*numbers)
    if published is None:
        return None
    if name == "weekday":
        return _weekday(published, numbers[0], tense)
    return _FROM[name](published, *numbers)


def _nearest(
    part: Part, published: date, tense: str | None, margin: timedelta
) -> Range | None:
    name, *numbers = part
    found: list[tuple[timedelta, Range]] = []
    for year in range(published.year - 4, published.year + 5):
        days = _IN_YEAR[name](year, *numbers)
        if days is None:
            continue
        ahead, ago = days.start - published, published - days.end
        if tense == "past" and ahead > margin:
            continue
        if tense == "future" and ago > margin:
            continue
        found.append((max(ahead, ago, timedelta(0)), days))
    return min(found)[1] if found else None


def _day(year: int, month: int, number: int) -> Range | None:
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


def _month(year: int, month: int) -> Range:
    return _months(year, month, month)


def _months(year: int, first: int, last: int) -> Range:
    end_year = year + 1 if last < first else year
    return Range(date(year, first, 1), _month_end(end_year, last))


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _month_week(year: int, month: int, week: int) -> Range:
    return Range(date(year, month, 7 * week - 6), date(year, month, 7 * week))


def _month_third(year: int, month: int, third: int) -> Range:
    end = _month_end(year, month) if third == 3 else date(year, month, 10 * third)  # noqa: PLR2004
    return Range(date(year, month, 10 * third - 9), end)


def _season(year: int, season: int) -> Range:
    if season == _WINTER:
        return Range(date(year - 1, 12, 1), _month_end(year, 2))
    return _months(year, 3 * season, 3 * season + 2)


def _quarter(year: int, quarter: int) -> Range:
    return _months(year, 3 * quarter - 2, 3 * quarter)


def _half(year: int, half: int) -> Range:
    return _months(year, 6 * half - 5, 6 * half)


def _year(year: int) -> Range:
    return Range(date(year, 1, 1), date(year, 12, 31))


def _years(first: int, last: int) -> Range:
    return Range(date(first, 1, 1), date(last, 12, 31))


def _decades(first: int, last: int) -> Range:
    return _years(first, last + 9)


def _centuries(first: int, last: int) -> Range:
    return _years(100 * first - 99, 100 * last)


def _century_from(published: date, offset: int) -> Range:
    number = (published.year - 1) // 100 + 1 + offset
    return _centuries(number, number)


def _decade_of_century_from(published: date, offset: int, decade: int) -> Range:
    first = ((published.year - 1) // 100 + offset) * 100 + decade
    return _decades(first, first)


def _month_from(published: date, offset: int) -> Range:
    moved = _moved(published.replace(day=1), offset, MONTH)
    return _month(moved.year, moved.month)


def _day_of_month_from(published: date, offset: int, number: int) -> Range | None:
    moved = _moved(published.replace(day=1), offset, MONTH)
    return _day(moved.year, moved.month, number)


def _season_from(published: date, season: int, offset: int) -> Range | None:
    """The one that publication lies in, else of its year; the last one over; the next."""
    around = [_season(published.year + years, season) for years in (-1, 0, 1)]
    if offset < 0:
        return max(days for days in around if days.end < published)
    if offset > 0:
        return min(days for days in around if days.start > published)
    return _nearest(("season", season), published, None, _CERTAINLY_NEAR)


def _named_month_from(published: date, month: int, offset: int) -> Range | None:
    """The last one over, the next to begin, or the nearest."""
    around = [_month(published.year + years, month) for years in (-1, 0, 1)]
    if offset < 0:
        return max(days for days in around if days.end < published)
    if offset > 0:
        return min(days for days in around if days.start > published)
    return _nearest(("month", month), published, None, _CERTAINLY_NEAR)


def _day_from(published: date, offset: int) -> Range:
    day = published + timedelta(offset)
    return Range(day, day)


def _weekday(published: date, weekday: int, tense: str | None) -> Range:
    """The day of publication or, where the verb says to come, after, else before."""
    ahead = (weekday - published.weekday()) % _WEEK
    if ahead and tense != "future":
        ahead -= _WEEK
    return _day_from(published, ahead)


def _weekday_from(published: date, weekday: int, offset: int) -> Range:
    """«осы сенбіде» is in the week of publication."""
    ahead = (weekday - published.weekday()) % _WEEK
    if offset > 0:
        return _day_from(published, ahead or _WEEK)
    if offset < 0:
        return _day_from(published, ahead - _WEEK)
    return _day_from(published, weekday - published.weekday())


def _week_from(published: date, offset: int) -> Range:
    monday = published + timedelta(_WEEK * offset - published.weekday())
    return Range(monday, monday + timedelta(_WEEK - 1))


def _window(published: date, count: int, unit: int) -> Range:
    other = _moved(published, count, unit)
    return Range(min(published, other), max(published, other))


def _ago(published: date, count: int, unit: int) -> Range:
    """The day, week, month or year that is so far away."""
    moved = _moved(published, count, unit)
    if unit == DAY:
        return Range(moved, moved)
    if unit == WEEK:
        return _week_from(moved, 0)
    return _month(moved.year, moved.month) if unit == MONTH else _year(moved.year)


def _moved(day: date, count: int, unit: int) -> date:
    """A day moved by days, weeks, months or years; 31 becomes the month's last."""
    if unit in {DAY, WEEK}:
        return day + timedelta(count * (_WEEK if unit == WEEK else 1))
    months = day.year * _MONTHS + day.month - 1
    months += count * (1 if unit == MONTH else _MONTHS)
    year, month = divmod(months, _MONTHS)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _whole(published: date, unit: int) -> Range:
    if unit == MONTH:
        return _month(published.year, published.month)
    return _year(published.year)


def _rest_of(published: date, unit: int) -> Range:
    return Range(published, _whole(published, unit).end)


def _so_far(published: date, unit: int) -> Range:
    return Range(_whole(published, unit).start, published)


_IN_YEAR: dict[str, Callable[..., Range | None]] = {
    "day": _day,
    "days": _days,
    "far_days": _far_days,
    "month": _month,
    "months": _months,
    "month_week": _month_week,
    "month_third": _month_third,
    "season": _season,
    "quarter": _quarter,
    "half": _half,
    "year": _year,
}
_FIXED: dict[str, Callable[..., Range | None]] = {
    "years": _years,
    "decades": _decades,
    "centuries": _centuries,
}
_FROM: dict[str, Callable[..., Range | None]] = {
    "month_from": _month_from,
    "day_of_month_from": _day_of_month_from,
    "season_from": _season_from,
    "named_month_from": _named_month_from,
    "century_from": _century_from,
    "decade_of_century_from": _decade_of_century_from,
    "day_from": _day_from,
    "weekday_from": _weekday_from,
    "week_from": _week_from,
    "window": _window,
    "ago": _ago,
    "rest_of": _rest_of,
    "so_far": _so_far,
}

#: Parts that a printed year makes certain days.
ABSOLUTE = frozenset([*_IN_YEAR, *_FIXED])
