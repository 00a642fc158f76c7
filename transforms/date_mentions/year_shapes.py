"""Shapes of years, decades and centuries: from matches to readings."""

from __future__ import annotations

from transforms.date_mentions.matches import Match, Piece
from transforms.date_mentions.readings import Part, Reading

#: An earlier year that stands with жыл alone may be a duration: «1500 жыл».
_FIRST_BARE_YEAR = 1800
#: Three digits and жылы: «751 жылы».
_FIRST_OLD_YEAR = 200
_LAST_CENTURY = 22
#: A century in digits without a hyphen: «5 ғасыр» is five centuries.
_FIRST_BARE_CENTURY = 10


def year(match: Match) -> list[Piece] | None:
    """«1992 жылы», «2025 ж.», «биыл», «өткен жылы»."""
    said = match.year()
    is_bare = "v" in match.text("year").lower()
    if said[0] == "at" and said[1] < _FIRST_BARE_YEAR and is_bare:
        return []
    return match.one("year" if said[0] == "at" else "relative", ("year",), said)


def old_year(match: Match) -> list[Piece] | None:
    """«751 жылы»."""
    number = match.value("number")
    if number < _FIRST_OLD_YEAR or match.case("unit") not in {"loc", "adj"}:
        return None
    return match.one("year", ("year",), ("at", number))


def decade(match: Match) -> list[Piece]:
    """«1990-жылдары»; «2023 жылдары» is a year."""
    number = match.value("number")
    if number % 10:
        return match.one("year", ("year",), ("at", number))
    return match.one("decade", ("decades", number, number))


def years(match: Match) -> list[Piece] | None:
    """«2019-2021 жылдар аралығында», «2025-26 жылдары», «(1905–1985)»."""
    first, end = match.value("first"), match.value("end")
    is_short = match.text("end") != "Y"
    if is_short and (first % 100 >= end or end > 99):  # noqa: PLR2004
        return None
    last = first // 100 * 100 + end if is_short else end
    if first >= last:
        return []
    if is_short and "p" in match.text("unit") and not (first % 10 or last % 10):
        return match.one("decade", ("decades", first, last))
    begin = match.found.start() + (match.atoms[match.found.start()].sense.kind == "(")
    reading = Reading("year_range", Part("years", (first, last)))
    return [Piece(begin, match.found.end() - 1, reading)]


def school_year(match: Match) -> list[Piece] | None:
    """«2025-2026 оқу жылы»: from September to August."""
    first, end = match.value("first"), match.value("end")
    if end % 100 != (first + 1) % 100:
        return None
    return match.one("year_range", ("far_days", first + 1, 9, 1, 8, 31), ("at", first))


def listed_years(match: Match) -> list[Piece] | None:
    """«2019 және 2021 жылдары»: a year each."""
    places = [
        place
        for place in range(*match.found.span("years"))
        if match.atoms[place].sense.kind == "Y"
    ]
    numbers = [match.atoms[place].sense.value for place in places]
    if min(numbers) < _FIRST_BARE_YEAR:
        # «2024 жылы 1015, 2025 жылы 332».
        return None
    ends = [*places[:-1], match.found.end() - 1]
    return [
        Piece(
            first,
            last,
            Reading("year", Part("year"), ("at", match.atoms[first].sense.value)),
        )
        for first, last in zip(places, ends, strict=True)
    ]


def short_decade(match: Match) -> list[Piece] | None:
    """«90-жылдары»."""
    number = match.value("number")
    if not _is_decade(number):
        return None
    return match.one("decade", ("decades", 1900 + number, 1900 + number))


def short_decades(match: Match) -> list[Piece] | None:
    """«70-80-жылдары»."""
    first, end = match.value("first"), match.value("end")
    if not (_is_decade(first) and _is_decade(end) and first < end):
        return []
    return match.one("decade", ("decades", 1900 + first, 1900 + end))


def spelled_decade(match: Match) -> list[Piece] | None:
    """«тоқсаныншы жылдары»."""
    number = match.value("spelled")
    if not _is_decade(number):
        return None
    return match.one("decade", ("decades", 1900 + number, 1900 + number))


def _is_decade(number: int) -> bool:
    """Twenties to nineties: 2010s are said in full."""
    return number in range(20, 100, 10)


def century(match: Match) -> list[Piece] | None:
    """«XXI ғасырда», «21-ғасыр», «жиырма бірінші ғасыр»."""
    number = match.value("ordinal")
    is_bare = match.text("ordinal") == "D" and not match.has("hyphen")
    if not 1 <= number <= _LAST_CENTURY or (is_bare and number < _FIRST_BARE_CENTURY):
        return None
    return match.one("century", ("centuries", number, number))


def centuries(match: Match) -> list[Piece] | None:
    """«XVIII-XIX ғасырларда»."""
    first, end = match.value("first"), match.value("end")
    if not 1 <= first < end <= _LAST_CENTURY:
        return []
    return match.one("century", ("centuries", first, end))


def century_from(match: Match) -> list[Piece]:
    """«өткен ғасырда»."""
    return match.one("relative", ("century_from", match.value("which")))


def decade_of_century(match: Match) -> list[Piece] | None:
    """«XIX ғасырдың 60-жылдары», «өткен ғасырдың 90-жылдары»."""
    number = match.value("number")
    if match.case("unit") != "gen" or number not in range(10, 100, 10):
        return None
    if match.text("century") == "P":
        return match.one("relative", ("decade_of_century_from", -1, number))
    century = match.value("century")
    if not 1 <= century <= _LAST_CENTURY:
        return []
    first = (century - 1) * 100 + number
    return match.one("decade", ("decades", first, first))
