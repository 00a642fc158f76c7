"""From what a date says to the days that it covers.

A day, month or season without a year is the nearest to publication, or the nearest
before or after it where the verb tells. «соңғы бес жылда» ends on the day of
publication and begins five years earlier. Weeks begin on Monday. «биылғы қыс» is the
nearest winter, «былтырғы қыс» the last one over.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from transforms.date_mentions.from_publication import FROM_PUBLICATION, season_from
from transforms.date_mentions.from_publication import weekday as nearest_weekday
from transforms.date_mentions.periods import FIXED, IN_YEAR, WINTER, Range

if TYPE_CHECKING:
    from transforms.date_mentions.readings import Part, Reading

#: A day so near publication is meant whatever the verb: «18 қарашада» printed on the
#: 17th is not last year's.
_CERTAINLY_NEAR = timedelta(30)
#: Right before the verb it is taken at its word; clocks and editors differ by a day.
_TODAY = timedelta(1)
_SOMETIME = timedelta(0)
#: Figures of these are reported afterwards, if no verb says otherwise.
_REPORTED = {"quarter", "half", "months"}

#: Name of a part -> precision, where it is not the name itself.
_PRECISIONS: dict[str, str] = {
    "days": "range",
    "far_days": "range",
    "months": "range",
    "month_week": "week",
    "month_third": "range",
    "years": "range",
    "decades": "decade",
    "centuries": "century",
    "month_from": "month",
    "named_month_from": "month",
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

#: Parts that a printed year makes certain days.
ABSOLUTE = frozenset([*IN_YEAR, *FIXED])


def precision_of(part: Part) -> str:
    """How exact a date is.

    Returns:
        day, week, month, quarter, half, season, year, decade, century, or range where
        it goes from one of these to another.
    """
    if part.name == "ago":
        return _UNIT_PRECISIONS[part.numbers[1]]
    if part.name in {"decades", "centuries"} and part.numbers[0] != part.numbers[1]:
        return "range"
    return _PRECISIONS.get(part.name, part.name)


def resolve(
    reading: Reading, published: date | None, tense: str | None, same: int | None
) -> Range | None:
    """Find the days that a date covers.

    Args:
        reading: what it says.
        published: when the article was published, if known.
        tense: ``past`` or ``future`` where the verb says so; ``surely past`` or
            ``surely future`` where it stands right after the date.
        same: the year that was spoken of before, if any.

    Returns:
        Null where it cannot be told, or where the calendar has no such days.
    """
    name, numbers = reading.part
    try:
        if name in IN_YEAR:
            return _in_year(reading, published, tense, same)
        if name in FIXED:
            return FIXED[name](*numbers)
        if published is None:
            return None
        if name == "weekday":
            return nearest_weekday(published, numbers[0], tense)
        return FROM_PUBLICATION[name](published, *numbers)
    except (ValueError, OverflowError):
        # Before the year 1 or after 9999.
        return None


def _in_year(
    reading: Reading, published: date | None, tense: str | None, same: int | None
) -> Range | None:
    name, numbers = reading.part
    kind, number = reading.year
    year = number if kind == "at" else same
    if year is not None and kind != "from":
        return IN_YEAR[name](year, *numbers)
    if published is None or kind == "same":
        return None
    if kind == "near":
        return _nearest(reading.part, published, tense)
    if reading.part == ("season", (WINTER,)) and number < 1:
        return season_from(published, WINTER, number)
    return IN_YEAR[name](published.year + number, *numbers)


def _nearest(part: Part, published: date, tense: str | None) -> Range | None:
    """The nearest one that the verb allows; 29 ақпан may be years away."""
    margin, verb = _CERTAINLY_NEAR, (tense or "").removeprefix("surely ")
    if tense is None and part.name in _REPORTED:
        verb, margin = "past", _SOMETIME
    elif tense is not None and tense != verb:
        margin = _TODAY
    for reach in (1, 8):
        found: list[tuple[timedelta, Range]] = []
        for year in range(published.year - reach, published.year + reach + 1):
            days = IN_YEAR[part.name](year, *part.numbers)
            if days is None:
                continue
            ahead, ago = days.start - published, published - days.end
            wrong = {"past": ahead, "future": ago}.get(verb, _SOMETIME)
            if wrong <= margin:
                found.append((max(ahead, ago, _SOMETIME), days))
        if found:
            return min(found)[1]
    return None
