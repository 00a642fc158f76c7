"""Shapes of single days and stretches of them: from matches to readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.date_mentions.atoms import day_of
from transforms.date_mentions.matches import Match, Piece
from transforms.date_mentions.readings import Part, Reading

if TYPE_CHECKING:
    from transforms.date_mentions.readings import Year

#: A leap year: what it has not, no year has.
_LEAP = 2024


def printed_day(match: Match) -> list[Piece]:
    """«09.10.2025»."""
    day = match.atoms[match.found.start()].day
    if day is None:
        return []
    return match.one("full_date", ("day", day.month, day.day), ("at", day.year))


def printed_days(match: Match) -> list[Piece]:
    """«09.10.2025-12.10.2025»."""
    first, last = match.own("day")[0].day, match.own("other_day")[0].day
    if first is None or last is None or first >= last:
        return []
    days = (first.month, first.day, last.month, last.day)
    return match.one("day_range", ("far_days", last.year, *days), ("at", first.year))


def day(match: Match) -> list[Piece] | None:
    """«2025 жылғы 9 қазанда», «9 қазан 2025 жыл», «9-қазан күні»."""
    if _is_parted(match, "month"):
        return None
    return _day(match, match.value("month"), match.value("day"))


def day_of_month(match: Match) -> list[Piece] | None:
    """«қазанның 9-ында», «қазан айының тоғызы», «қазан айының 9 күні»."""
    if not match.has("whose") and match.case("month") != "gen":
        return None
    number = match.value("spelled" if match.has("spelled") else "day")
    return _day(match, match.value("month"), number)


def _day(match: Match, month: int, number: int) -> list[Piece]:
    if day_of(_LEAP, month, number) is None:
        return []
    year = match.dated()
    if year[0] == "at" and day_of(year[1], month, number) is None:
        return []
    return match.one(_day_method(year), ("day", month, number), year)


def _is_parted(match: Match, month: str) -> bool:
    """Whether the year after is another date's: «9 қазанда 2025 жылғы»."""
    return match.has("late") and match.case(month) != "nom"


def _day_method(year: Year) -> str:
    return "full_date" if year[0] in {"at", "from"} else "day_month"


def days(match: Match) -> list[Piece] | None:
    """«12–14 маусым аралығында», «28 қыркүйек – 2 қазан», «9-ынан 15-іне дейін»."""
    if not _holds_together(match):
        return None
    months = [match.value("month")] * 2
    if match.has("other_month"):
        months[1] = match.value("other_month")
    first, last = (months[0], match.value("day")), (months[1], match.value("other_day"))
    year = match.dated()
    if match.has("second_year"):
        second = match.year("second_year")
        if year[0] != "at" or second[0] != "at":
            return None
        return match.one("day_range", ("far_days", second[1], *first, *last), year)
    if (months[0] == months[1] and first >= last) or not (
        day_of(_LEAP, *first) and day_of(_LEAP, *last)
    ):
        return None
    return match.one("day_range", ("days", *first, *last), year)


def _holds_together(match: Match) -> bool:
    """Whether what stands between two days and after them makes one stretch of both.

    «9 мен 12 мамыр» needs аралығында, «9-нан 12 мамырға» needs дейін.
    """
    if _is_parted(match, "other_month" if match.has("other_month") else "month"):
        return False
    if match.has("needs_between"):
        return match.has("between")
    if match.has("needs_until"):
        is_from = not match.has("other_month") or match.case("month") == "abl"
        return match.has("until") and is_from
    return True


def listed_days(match: Match) -> list[Piece]:
    """«15 және 20 қазанда»: a date each, the last with the month."""
    places = [
        place
        for place in range(*match.found.span("days"))
        if match.atoms[place].sense.kind == "D"
    ]
    year, month = match.year(), match.value("month")
    method = _day_method(year)
    ends = [*places[:-1], match.found.end() - 1]
    firsts = [match.found.start(), *places[1:]]
    return [
        Piece(first, last, Reading(method, Part("day", (month, number)), year))
        for first, last, number in zip(
            firsts, ends, (match.atoms[at].sense.value for at in places), strict=True
        )
        if day_of(_LEAP, month, number)
    ]
