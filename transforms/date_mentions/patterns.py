"""The shapes of Kazakh dates, as regular expressions over kinds of words.

Each shape has a pattern over the kinds of `transforms.date_mentions.vocabulary` and a
function that turns a match into readings. Where several shapes fit at a place, the
longest is taken; one without readings stands for what looks like a date and is none
(«1 мамыр көшесі», «2000 жылдан астам»).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from transforms.date_mentions import (
    day_shapes,
    month_shapes,
    relative_shapes,
    year_shapes,
)
from transforms.date_mentions.atoms import cut
from transforms.date_mentions.matches import Match, nothing
from transforms.date_mentions.readings import Found

if TYPE_CHECKING:
    from collections.abc import Callable

    from transforms.date_mentions.atoms import Atom
    from transforms.date_mentions.matches import Piece

#: The year in front of a month or day: «2025 жылғы», «2025 ж.», «өткен жылдың», «биыл».
_YEAR = r"(?P<{0}>Y2?-?[yv]|Y-?j\.?|[PQFCG][yv]|Uy?|Hy)"
_FRONT = "(?:" + _YEAR.format("year") + ",?)?"
_FRONT_NEEDED = _YEAR.format("year") + ",?"
_SECOND = "(?:" + _YEAR.format("second_year") + ",?)?"
#: The year after a day, its month in the nominative: «9 қазан 2025 жыл».
_AFTER = r",?(?P<late>Y)(?:-?[yvV]|-?j\.?)?"
_DAY, _OTHER_DAY = r"(?P<day>D)[23]?", r"(?P<other_day>D)[23]?"
_MONTH, _OTHER_MONTH = r"-?(?P<month>M)", r"-?(?P<other_month>M)"
_COUNT = r"(?P<count>WW|W|D|N|J)"
_ORDINAL = r"(?P<ordinal>WO|O|R|D2?|A|L)-?"
_NO_COUNT = r"(?<![DNWYJ?2PQFCHGUH\-/])"
_WEEKDAY = r"(?:bk|B)"


class _Shape(NamedTuple):
    pattern: re.Pattern[str]
    read: Callable[[Match], list[Piece] | None]


def _shapes() -> tuple[_Shape, ...]:
    before, after = rf"(?:{_WEEKDAY},?)?", rf"(?:,?\(?{_WEEKDAY}\)?)?"
    day = _DAY + _MONTH + "k?"
    span = r"(?:-|(?P<needs_between>m)|(?P<needs_until>))"
    days = _DAY + span + _OTHER_DAY + _MONTH + "[k+]?"
    far_days = _DAY + _MONTH + span + _SECOND + _OTHER_DAY + _OTHER_MONTH + "[k+]?"
    until = "(?P<between>r)?(?P<until>i)?"
    table: list[tuple[str, Callable[[Match], list[Piece] | None]]] = [
        # What is no date.
        (r'"?D[23]?-?M"?!', nothing),
        (r"(?:N-?M|D-?Y-?M)", nothing),
        (r"Y2?-?[vVy](?:x|u)", nothing),
        (r"Z[.i]*(?:[YNDROW][12]?-?){1,4}[a-zA-Z]?", nothing),
        (r'"T"|T-T', nothing),
        (r"E[bB]k?|[bB]k?E|[bB]-[bB]k?", nothing),
        (r"№(?:#|Y[yvV]?)", nothing),
        # Days.
        (r"#(?:-?[yvV]|j\.?)?", day_shapes.printed_day),
        (r"(?P<day>#)-(?P<other_day>#)r?", day_shapes.printed_days),
        (before + _FRONT + day + after, day_shapes.day),
        (before + day + _AFTER + after, day_shapes.day),
        (
            _FRONT
            + r"(?P<month>M)(?P<whose>a)?"
            + r"(?:(?P<day>D)(?:[13]k?|k)|(?P<spelled>W?K)k?)",
            day_shapes.day_of_month,
        ),
        (_FRONT + days + until, day_shapes.days),
        (days + _AFTER + until, day_shapes.days),
        (_FRONT + far_days + until, day_shapes.days),
        (far_days + _AFTER + until, day_shapes.days),
        (
            _FRONT + r"(?P<month>M)a?(?P<day>D)1(?P<other_day>D)1(?P<until>i)",
            day_shapes.days,
        ),
        (
            _FRONT + r"(?P<days>D(?:,D){0,5}&D|D(?:,D){1,5})" + _MONTH + "[k+]?",
            day_shapes.listed_days,
        ),
        # Months.
        (_FRONT_NEEDED + r"(?P<month>M)a?", month_shapes.month),
        (r"(?P<month>M)a", month_shapes.month),
        (
            r"(?P<month>M)(?=(?P<edge>g)|(?P<since>X)|(?P<till>[iI]))?",
            month_shapes.bare_month,
        ),
        (
            _FRONT + r"(?P<month>M)a?(?P<ordinal>O|R|D2)(?P<unit>[56])",
            month_shapes.month_part,
        ),
        (r"(?P<which>[PFC])(?P<month>M)a?", month_shapes.named_month_from),
        (
            _FRONT + r"(?P<month>M)" + span + r"(?P<other_month>M)(?P<whose>a)?"
            r"(?P<between>r)?(?P<until>i)?",
            month_shapes.months,
        ),
        (
            _FRONT + r"(?P<months>M(?:,M){0,5}[&m]M)(?P<whose>a)?",
            month_shapes.listed_months,
        ),
        (
            _FRONT_NEEDED + "[AP]?" + _COUNT + r"(?P<unit>[ea])",
            month_shapes.first_months,
        ),
        (_FRONT_NEEDED + r"(?P<which>[AL])a", month_shapes.edge_month),
        (r"(?P<which>[PQFC])(?P<unit>e)", month_shapes.month_from),
        (
            r"(?P<which>[PFC])(?P<unit>e)(?:(?P<day>D)(?:[13]k?|k)|(?P<spelled>W?K)k?)",
            month_shapes.day_of_month_from,
        ),
        # Parts of years.
        (_FRONT_NEEDED + r"(?P<season>[sS])l?", month_shapes.season),
        (
            r"(?P<first>Y)[-/](?P<year_after>Y)y(?P<season>[sS])",
            month_shapes.long_winter,
        ),
        (r"(?P<which>[PFC])(?P<season>[sS])", month_shapes.season_from),
        (r"(?P<season>S)", month_shapes.bare_season),
        (_FRONT + _ORDINAL + r"(?P<school>t)?(?P<unit>q)", month_shapes.quarter),
        (_FRONT + _ORDINAL + r"(?P<unit>h)", month_shapes.half),
        (_FRONT_NEEDED + r"AJ[vV]", month_shapes.first_half),
        # Years.
        (r"(?P<year>Y2?-?[yvV]|Y-?j\.?)", year_shapes.year),
        (r"(?P<year>[PQFCG][yvV]|Uy?)", year_shapes.year),
        (r"(?P<number>N)(?P<unit>y)", year_shapes.old_year),
        (r"(?P<number>Y)2?-?p", year_shapes.decade),
        (
            r"(?P<first>Y)-(?P<end>[YDN])[23]?-?(?P<unit>[yvVp]|j\.?)r?",
            year_shapes.years,
        ),
        (r"\((?P<first>Y)-(?P<end>Y)(?=\))", year_shapes.years),
        (
            r"(?P<first>Y)(?:[yv]|j\.?)?(?:-|m)(?P<end>Y)(?:[yvVp]|j\.?)r",
            year_shapes.years,
        ),
        (r"(?P<first>Y)(?:[yv]|j\.?)-(?P<end>Y)(?:[yvVp]|j\.?)r?", year_shapes.years),
        (r"(?P<first>Y)(?:V|3|p)(?P<end>Y)[Vp]i", year_shapes.years),
        (r"(?P<first>Y)[-/](?P<end>[YDN])ty", year_shapes.school_year),
        (r"(?P<years>Y(?:,Y){0,5}&Y|Y(?:,Y){1,5})2?-?[pyvV]", year_shapes.listed_years),
        (r"(?<![DN]-)(?P<number>[DN])(?:-|2-?)?(?P<unit>p)", year_shapes.short_decade),
        (r"(?P<first>[DN])-(?P<end>[DN])2?-?p", year_shapes.short_decades),
        (r"(?P<spelled>O)p", year_shapes.spelled_decade),
        # Centuries.
        (r"(?P<ordinal>WO|O|R|D2?)(?P<hyphen>-)?z", year_shapes.century),
        (r"(?P<first>[RD])-(?P<end>[RD])2?-?z", year_shapes.centuries),
        (r"(?P<which>[PC])z", year_shapes.century_from),
        (
            r"(?P<century>WO|O|R|D2?|P)-?(?P<unit>z)(?P<number>[DN])2?-?p",
            year_shapes.decade_of_century,
        ),
        # Days, weeks and stretches counted from publication.
        (r"(?P<day>T)", relative_shapes.today),
        (r"(?P<which>[QG])k", relative_shapes.two_days_ago),
        (r"(?P<which>[PFC])?(?P<weekday>B|bk|b(?=c))", relative_shapes.weekday),
        (r"(?P<which>[PFC])(?P<weekday>b)", relative_shapes.weekday),
        (r"(?P<which>[PQFC])(?P<unit>w)", relative_shapes.week),
        (
            r"(?P<which>[LPF])" + _COUNT + r"(?P<unit>[vVyewf])n?",
            relative_shapes.window,
        ),
        (r"[LPFA][DWN]+-[DWN]+[vVyewf]", nothing),
        (
            r"(?<![vVewfDWNYJ?\-])(?<![DN],)o?" + _COUNT + r"(?P<unit>[vewf])u",
            relative_shapes.ago,
        ),
        (
            r"(?<![vVewfDWNYJ?\-])(?<![DN],)o?" + _COUNT + r"(?P<unit>[Vewf])d",
            relative_shapes.ahead,
        ),
        (_NO_COUNT + r"(?P<unit>[vye])(?P<edge>g)(?P<till>i)?", relative_shapes.edge),
    ]
    return tuple(_Shape(re.compile(pattern), read) for pattern, read in table)


_SHAPES = _shapes()
#: All shapes in one: where it does not fit, none of them is tried.
_ANY = re.compile(
    "|".join(re.sub(r"\?P<\w+>", "?:", shape.pattern.pattern) for shape in _SHAPES)
)


def find_in_words(words: list[str], joined: list[bool]) -> list[Found]:
    """Find the dates in a stretch of words.

    Args:
        words: as they stand, in Cyrillic.
        joined: whether each follows the one before without a space.

    Returns:
        Dates that do not overlap, in order.
    """
    atoms = cut(words, joined)
    kinds = "".join(atom.sense.kind for atom in atoms)
    found: list[Found] = []
    at = 0
    while at < len(kinds):
        longest = at
        pieces: list[Piece] = []
        begins_word = at == 0 or atoms[at - 1].last != atoms[at].first
        if begins_word and _ANY.match(kinds, at):
            longest, pieces = _longest(kinds, atoms, at)
        found += [
            Found(
                atoms[piece.first].first,
                atoms[piece.last].last,
                atoms[longest - 1].last,
                piece.reading,
            )
            for piece in pieces
        ]
        at = max(longest, at + 1)
    return found


def _longest(kinds: str, atoms: list[Atom], at: int) -> tuple[int, list[Piece]]:
    longest = at
    best: list[Piece] = []
    for shape in _SHAPES:
        match = shape.pattern.match(kinds, at)
        if match is None or match.end() <= longest:
            continue
        end = match.end()
        if end < len(kinds) and atoms[end].first == atoms[end - 1].last:
            # The date would end inside a word.
            continue
        pieces = shape.read(Match(match, atoms))
        if pieces is not None:
            longest, best = end, pieces
    return longest, best
