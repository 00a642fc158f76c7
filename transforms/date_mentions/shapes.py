"""From a match of a shape to what the date says, or to nothing.

Every function takes a match and gives the dates in it, an empty list where it is no
date after all, or null where the shape does not fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from transforms.date_mentions.atoms import Atom, day_of
from transforms.date_mentions.readings import NEAR, NO_YEAR, Reading

if TYPE_CHECKING:
    import re

    from transforms.date_mentions.readings import Part, Year

_MONTHS, _QUARTERS, _HALVES = 12, 4, 2
_JUNE = 6
#: Months whose names are also a holiday's and a town's, if written with a capital.
NAMES_TOO = {3, 10}
#: A leap year: what it has not, no year has.
_LEAP = 2024
#: An earlier year that stands with жыл alone may be a duration: «1500 жыл».
_FIRST_BARE_YEAR = 1800
#: Three digits and жылы: «751 жылы».
_FIRST_OLD_YEAR = 200
_LAST_CENTURY = 22
#: A century in digits without a hyphen: «5 ғасыр» is five centuries.
_FIRST_BARE_CENTURY = 10
_MOST_YEARS_AGO = 500


class Piece(NamedTuple):
    """A date and the atoms where it begins and ends."""

    first: int
    last: int
    reading: Reading


class Match(NamedTuple):
    """A match of a pattern over the kinds of atoms."""

    found: re.Match[str]
    atoms: list[Atom]

    def has(self, name: str) -> bool:
        """Whether the pattern has the group and it took part."""
        return self.found.groupdict().get(name) is not None

    def text(self, name: str) -> str:
        """The kinds of a group; nothing where it took no part."""
        return self.found.groupdict().get(name) or ""

    def own(self, name: str) -> list[Atom]:
        """The atoms of a group."""
        return self.atoms[self.found.start(name) : self.found.end(name)]

    def value(self, name: str) -> int:
        """The number that the atoms of a group are together: «он бес»."""
        return sum(atom.sense.value for atom in self.own(name))

    def case(self, name: str) -> str:
        """The case of a group's last word."""
        return self.own(name)[-1].sense.case

    def year(self, name: str = "year") -> Year:
        """The year that a group says."""
        kinds = self.text(name)
        if not kinds:
            return NEAR
        first = self.own(name)[0].sense
        if first.kind == "Y":
            return ("at", first.value)
        return ("same", 0) if first.kind == "H" else ("from", first.value)

    def dated(self) -> Year:
        """The year before or after a day."""
        if self.has("late"):
            return ("at", self.value("late"))
        return self.year()

    def one(self, method: str, part: Part, year: Year = NO_YEAR) -> list[Piece]:
        """The whole match is this date."""
        return [
            Piece(self.found.start(), self.found.end() - 1, Reading(method, part, year))
        ]


def nothing(_: Match) -> list[Piece]:
    """What only looks like a date."""
    return []


def printed_day(match: Match) -> list[Piece]:
    """«09.10.2025»."""
    day = match.atoms[match.found.start()].day
    if day is None:
        return []
    return match.one("full_date", ("day", day.month, day.day), ("at", day.year))


def printed_days(match: Match) -> list[Piece]:
    """«09.10.2025-12.10.2025»."""
    days = [match.own(name)[0].day for name in ("day", "other_day")]
    if days[0] is None or days[1] is None or days[0] >= days[1]:
        return []
    numbers = [number for day in days if day for number in (day.month, day.day)]
    if days[0].year == days[1].year:
        return match.one("day_range", ("days", *numbers), ("at", days[0].year))
    return match.one(
        "day_range", ("far_days", days[1].year, *numbers), ("at", days[0].year)
    )


def day(match: Match) -> list[Piece] | None:
    """«2025 жылғы 9 қазанда», «9 қазан 2025 жыл», «9-қазан күні»."""
    if match.has("year") and match.has("late"):
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


def _day_method(year: Year) -> str:
    return "full_date" if year[0] in {"at", "from"} else "day_month"


def days(match: Match) -> list[Piece] | None:
    """«12–14 маусым аралығында», «28 қыркүйек – 2 қазан», «9-ы мен 12-сі»."""
    if match.has("year") and match.has("late"):
        return None
    if match.has("needs_between") and not match.has("between"):
        return None
    if match.text("needs_until") == "" and match.has("needs_until"):
        if not match.has("until"):
            return None
        if match.has("other_month") and match.case("month") != "abl":
            return None
    months = [match.value("month")]
    months.append(match.value("other_month") if match.has("other_month") else months[0])
    numbers = (months[0], match.value("day"), months[1], match.value("other_day"))
    year = match.dated()
    if match.has("second_year"):
        second = match.year("second_year")
        if year[0] != "at" or second[0] != "at":
            return None
        return match.one("day_range", ("far_days", second[1], *numbers), year)
    is_backwards = months[0] == months[1] and numbers[1] >= numbers[3]
    if is_backwards or not all(
        day_of(_LEAP, *pair) for pair in (numbers[:2], numbers[2:])
    ):
        return None
    return match.one("day_range", ("days", *numbers), year)


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
        Piece(first, last, Reading(method, ("day", month, number), year))
        for first, last, number in zip(
            firsts, ends, (match.atoms[at].sense.value for at in places), strict=True
        )
        if day_of(_LEAP, month, number)
    ]


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
    if not 1 <= number <= (4 if is_week else 3) or match.case("month") != "gen":
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
    if not match.has("whose") and not match.has("year"):
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
            Reading("month", ("month", match.atoms[place].sense.value), match.year()),
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
    if years[1] != years[0] + 1 or match.value("season") != 4:  # noqa: PLR2004
        return None
    return match.one("season", ("season", 4), ("at", years[1]))


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


def year(match: Match) -> list[Piece] | None:
    """«1992 жылы», «2025 ж.», «биыл», «өткен жылы»."""
    said = match.year()
    if (
        said[0] == "at"
        and said[1] < _FIRST_BARE_YEAR
        and "v" in match.text("year").lower()
    ):
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
    reading = Reading("year_range", ("years", first, last))
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
            Reading("year", ("year",), ("at", match.atoms[first].sense.value)),
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


#: Kind of a unit -> days, or months.
DAY, WEEK, MONTH, YEAR = 0, 1, 2, 3
_UNITS = {"f": DAY, "w": WEEK, "e": MONTH, "v": YEAR, "V": YEAR, "y": YEAR}


def _counted(match: Match) -> tuple[int, int] | None:
    """How many of which unit; half a year is six months."""
    unit = _UNITS[match.text("unit")]
    if match.text("count") == "J":
        return (6, MONTH) if unit == YEAR else None
    count = match.value("count")
    return (count, unit) if 1 <= count <= _MOST_YEARS_AGO else None


def edge(match: Match) -> list[Piece] | None:
    """«жыл басынан бері», «жыл соңына дейін», «ай соңында», «жылдың соңында»."""
    if match.text("unit") == "y" and match.case("unit") != "gen":
        return None
    unit = MONTH if match.text("unit") == "e" else YEAR
    which, case = match.value("edge"), match.case("edge")
    if match.has("till"):
        if case != "dat" or which not in _ENDS:
            return None
        return match.one("window", ("rest_of", unit))
    if case == "abl" and which == _BEGINNING:
        return match.one("window", ("so_far", unit))
    if case not in {"loc", "adj", "dat"}:
        return None
    if unit == MONTH:
        return match.one("relative", ("month_from", 0))
    return match.one("relative", ("year",), ("from", 0))


#: басы, соңы, аяғы, ортасы in `transforms.date_mentions.vocabulary`.
_BEGINNING, _ENDS = 0, {1, 2}
