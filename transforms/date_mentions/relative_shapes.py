"""Shapes of what is counted from publication: from matches to readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.date_mentions.readings import DAY, MONTH, NEAR, WEEK, YEAR

if TYPE_CHECKING:
    from transforms.date_mentions.matches import Match, Piece

#: Kind of a unit -> unit.
_UNITS = {"f": DAY, "w": WEEK, "e": MONTH, "v": YEAR, "V": YEAR, "y": YEAR}
_MOST_COUNTED = 500
#: басы, соңы, аяғы in `transforms.date_mentions.vocabulary`.
_BEGINNING, _ENDS = 0, {1, 2}


def today(match: Match) -> list[Piece]:
    """«бүгін», «кеше», «ертең»."""
    return match.one("relative", ("day_from", match.value("day")))


def two_days_ago(match: Match) -> list[Piece]:
    """«алдыңғы күні», «арғы күні»."""
    return match.one("relative", ("day_from", -2))


def weekday(match: Match) -> list[Piece]:
    """«сенбі күні», «жұмада», «өткен жексенбіде», «сенбі кешке»."""
    number = match.own("weekday")[0].sense.value
    if match.has("which"):
        return match.one("relative", ("weekday_from", number, match.value("which")))
    return match.one("weekday", ("weekday", number), NEAR)


def week(match: Match) -> list[Piece]:
    """«өткен аптада»."""
    return match.one("relative", ("week_from", match.value("which")))


def window(match: Match) -> list[Piece] | None:
    """«соңғы бес жылда», «алдағы үш айда», «соңғы жарты жылда»."""
    if match.text("unit") == "y" and match.case("unit") != "gen":
        return None
    counted = _counted(match)
    if counted is None:
        return None
    sign = 1 if match.text("which") == "F" else -1
    return match.one("window", ("window", sign * counted[0], counted[1]))


def ago(match: Match) -> list[Piece] | None:
    """«екі күн бұрын», «осыдан он жыл бұрын»."""
    counted = _counted(match)
    if counted is None or match.case("unit") != "nom":
        return None
    return match.one("ago", ("ago", -counted[0], counted[1]))


def ahead(match: Match) -> list[Piece] | None:
    """«екі күннен кейін», where the verb says that it is to come."""
    counted = _counted(match)
    if counted is None or match.case("unit") != "abl":
        return None
    return match.one("ahead", ("ago", *counted))


def _counted(match: Match) -> tuple[int, int] | None:
    """How many of which unit; half a year is six months."""
    unit = _UNITS[match.text("unit")]
    if match.text("count") == "J":
        return (6, MONTH) if unit == YEAR else None
    count = match.value("count")
    return (count, unit) if 1 <= count <= _MOST_COUNTED else None


def edge(match: Match) -> list[Piece] | None:
    """«жыл басынан бері», «жыл соңына дейін», «ай соңында», «жылдың соңында»."""
    if match.text("unit") == "y" and match.case("unit") != "gen":
        return None
    unit = MONTH if match.text("unit") == "e" else YEAR
    which, case = match.value("edge"), match.case("edge")
    if match.has("till"):
        is_end = case == "dat" and which in _ENDS
        return match.one("window", ("rest_of", unit)) if is_end else None
    if case == "abl" and which == _BEGINNING:
        return match.one("window", ("so_far", unit))
    if case not in {"loc", "adj", "dat"}:
        return None
    if unit == MONTH:
        return match.one("relative", ("month_from", 0))
    return match.one("relative", ("year",), ("from", 0))
