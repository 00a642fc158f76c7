"""Days counted from publication: «кеше», «өткен аптада», «соңғы бес жылда»."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING

from transforms.date_mentions.periods import (
    Range,
    centuries,
    day_in,
    decades,
    month_in,
    season_in,
    year_in,
)
from transforms.date_mentions.readings import DAY, MONTH, WEEK

if TYPE_CHECKING:
    from collections.abc import Callable

_MONTHS = 12
_WEEK = 7
#: A winter is of the year of its January, so that in December the next but one is
#: two years on.
_AROUND = (-1, 0, 1, 2)


def _century_from(published: date, offset: int) -> Range:
    number = (published.year - 1) // 100 + 1 + offset
    return centuries(number, number)


def _decade_of_century_from(published: date, offset: int, decade: int) -> Range:
    first = ((published.year - 1) // 100 + offset) * 100 + decade
    return decades(first, first)


def _month_from(published: date, offset: int) -> Range:
    moved = _moved(published.replace(day=1), offset, MONTH)
    return month_in(moved.year, moved.month)


def _day_of_month_from(published: date, offset: int, number: int) -> Range | None:
    moved = _moved(published.replace(day=1), offset, MONTH)
    return day_in(moved.year, moved.month, number)


def season_from(published: date, season: int, offset: int) -> Range:
    """The last season over, the nearest, or the next to begin."""
    around = [season_in(published.year + years, season) for years in _AROUND]
    return _chosen(around, published, offset)


def _named_month_from(published: date, month: int, offset: int) -> Range:
    around = [month_in(published.year + years, month) for years in _AROUND]
    return _chosen(around, published, offset)


def _chosen(around: list[Range], published: date, offset: int) -> Range:
    if offset < 0:
        return max(days for days in around if days.end < published)
    if offset > 0:
        return min(days for days in around if days.start > published)
    return min(
        around, key=lambda days: max(days.start - published, published - days.end)
    )


def _day_from(published: date, offset: int) -> Range:
    day = published + timedelta(offset)
    return Range(day, day)


def weekday(published: date, number: int, tense: str | None) -> Range:
    """The day of publication or, where the verb says to come, after, else before."""
    ahead = (number - published.weekday()) % _WEEK
    if ahead and "future" not in (tense or ""):
        ahead -= _WEEK
    return _day_from(published, ahead)


def _weekday_from(published: date, number: int, offset: int) -> Range:
    """«осы сенбіде» is in the week of publication."""
    ahead = (number - published.weekday()) % _WEEK
    if offset > 0:
        return _day_from(published, ahead or _WEEK)
    if offset < 0:
        return _day_from(published, ahead - _WEEK)
    return _day_from(published, number - published.weekday())


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
    return month_in(moved.year, moved.month) if unit == MONTH else year_in(moved.year)


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
        return month_in(published.year, published.month)
    return year_in(published.year)


def _rest_of(published: date, unit: int) -> Range:
    return Range(published, _whole(published, unit).end)


def _so_far(published: date, unit: int) -> Range:
    return Range(_whole(published, unit).start, published)


#: Name of a part -> its days, given publication and the part's numbers.
FROM_PUBLICATION: dict[str, Callable[..., Range | None]] = {
    "month_from": _month_from,
    "named_month_from": _named_month_from,
    "day_of_month_from": _day_of_month_from,
    "season_from": season_from,
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
