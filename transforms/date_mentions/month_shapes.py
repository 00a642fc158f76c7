"""Shapes of months and of parts of years: from matches to readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.date_mentions.matches import Match, Piece
from transforms.date_mentions.readings import NEAR, Part, Reading

if TYPE_CHECKING:
    from transforms.date_mentions.readings import Year

_MONTHS, _QUARTERS, _HALVES, _WINTER = 12, 4, 2, 4
_WEEKS, _THIRDS = 4, 3
_JUNE = 6
#: Months whose names are also a holiday's and a town's, if written with a capital.
NAMES_TOO = {3, 10}


def month(match: Match) -> list[Piece] | None:
    """«2025 жылғы қазанда», «келесі жылы мамыр айында», «наурыз айында».

    «2025 жылғы маусымның» is a season of sport.
    """
    if match.atoms[match.found.end() - 1].sense[:] == ("M", _JUNE, "gen"):
        return None
    return match.one("month", ("month", match.value("month")), _year_or_near(match))


def _year_or_near(match: Match) -> Year:
    return match.year() if "year" in match.found.re.groupindex else NEAR


def bare_month(match: Match) -> list[Piece] | None:
    """«қарашада», «ақпанның соңында», «қыркүйектен бастап».

    «маусымда» is more often a season of sport.
    """
    number, case = match.value("month"), match.case("month")
    if number == _JUNE:
        return None
    is_dated = (
        case in {"loc", "adj"}
        or (case in {"gen", "nom"} and match.has("edge"))
        or (case == "abl" and match.has("since"))
        or (case == "dat" and match.has("till"))
    )
    if not is_dated:
        return None
    return match.one("bare_month", ("month", number), NEAR)


def month_part(match: Match) -> list[Piece] | None:
    """«қарашаның бірінші аптасында»: the 1st to 7th; «екінші онкүндігінде»."""
    number = match.value("ordinal")
    is_week = match.text("unit") == "5"
    if (
        not 1 <= number <= (_WEEKS if is_week else _THIRDS)
        or match.case("month") != "gen"
    ):
        return None
    name = "month_week" if is_week else "month_third"
    return match.one("month", (name, match.value("month"), number), match.year())


def named_month_from(match: Match) -> list[Piece]:
    """«өткен қазанда», «алдағы қаңтар»."""
    numbers = (match.value("month"), match.value("which"))
    return match.one("relative", ("named_month_from", *numbers))


def months(match: Match) -> list[Piece] | None:
    """«қаңтар-қыркүйекте», «2025 жылғы мамыр мен тамыз аралығында»."""
    if match.has("needs_between") and not match.has("between"):
        return None
    if match.has("needs_until") and not (
        match.has("until") and match.case("month") == "abl"
    ):
        return None
    numbers = (match.value("month"), match.value("other_month"))
    if numbers[0] == numbers[1]:
        return None
    return match.one("month_range", ("months", *numbers), match.year())


def listed_months(match: Match) -> list[Piece] | None:
    """«қазан және қараша айларында»: a date each."""
    if not match.has("whose"):
        return None
    places = [
        place
        for place in range(*match.found.span("months"))
        if match.atoms[place].sense.kind == "M"
    ]
    firsts = [match.found.start(), *places[1:]]
    ends = [*places[:-1], match.found.end() - 1]
    return [
        Piece(
            first,
            last,
            Reading(
                "month", Part("month", (match.atoms[place].sense.value,)), match.year()
            ),
        )
        for first, last, place in zip(firsts, ends, places, strict=True)
    ]


def first_months(match: Match) -> list[Piece] | None:
    """«2025 жылдың алғашқы тоғыз айында», «биылғы сегіз айда»."""
    count = match.value("count")
    is_said = match.case("unit") in {"loc", "adj", "gen", "ins"}
    if match.text("count") == "J" or not 1 < count < _MONTHS or not is_said:
        return None
    if match.case("year") == "loc":
        # «2025 жылы 9 айға сотталды» is a duration.
        return None
    return match.one("month_range", ("months", 1, count), match.year())


def edge_month(match: Match) -> list[Piece]:
    """«2025 жылдың соңғы айында»."""
    number = _MONTHS if match.text("which") == "L" else 1
    return match.one("month", ("month", number), match.year())


def month_from(match: Match) -> list[Piece]:
    """«өткен айда»."""
    return match.one("relative", ("month_from", match.value("which")))


def day_of_month_from(match: Match) -> list[Piece] | None:
    """«осы айдың 15-інде»."""
    if match.case("unit") != "gen":
        return None
    number = match.value("spelled" if match.has("spelled") else "day")
    return match.one("relative", ("day_of_month_from", match.value("which"), number))


def season(match: Match) -> list[Piece]:
    """«2024 жылдың жазында», «биыл көктемде»."""
    return match.one("season", ("season", match.value("season")), match.year())


def long_winter(match: Match) -> list[Piece] | None:
    """«2025/2026 жылғы қыс»: the winter between."""
    years = (match.value("first"), match.value("year_after"))
    if years[1] != years[0] + 1 or match.value("season") != _WINTER:
        return None
    return match.one("season", ("season", _WINTER), ("at", years[1]))


def season_from(match: Match) -> list[Piece]:
    """«өткен қыста», «келесі көктемде», «осы жазда»."""
    numbers = (match.value("season"), match.value("which"))
    return match.one("relative", ("season_from", *numbers))


def bare_season(match: Match) -> list[Piece] | None:
    """«күзде», where the verb says whether it is past or to come."""
    if match.case("season") not in {"loc", "adj"}:
        return None
    return match.one("bare_season", ("season", match.value("season")), NEAR)


def quarter(match: Match) -> list[Piece] | None:
    """«2024 жылдың бірінші тоқсанында», «3-тоқсанда», «ІІ тоқсан».

    «бірінші оқу тоқсаны», «бірінші тоқсан басталды» are terms of schools.
    """
    number = _ordinal(match, _QUARTERS)
    is_said = match.has("year") or match.case("unit") in {"loc", "adj"}
    if number is None or match.has("school") or not is_said:
        return []
    return match.one("quarter", ("quarter", number), match.year())


def half(match: Match) -> list[Piece] | None:
    """«2024 жылдың бірінші жартыжылдығында», «жылдың екінші жартысында»."""
    number = _ordinal(match, _HALVES)
    is_of_a_game = match.value("unit") == 1 and not match.has("year")
    if number is None or is_of_a_game:
        return []
    return match.one("half_year", ("half", number), match.year())


def _ordinal(match: Match, highest: int) -> int | None:
    """Which part of the year; the first and the last only where the year is said."""
    kinds = match.text("ordinal")
    if kinds in {"A", "L"}:
        number = 1 if kinds == "A" else highest
        return number if match.has("year") else None
    number = match.value("ordinal")
    return number if 1 <= number <= highest else None


def first_half(match: Match) -> list[Piece]:
    """«2025 жылдың алғашқы жарты жылында»."""
    return match.one("half_year", ("half", 1), match.year())
