"""What a date says, before it is known when the article was published."""

from __future__ import annotations

from typing import NamedTuple

#: How the year is said: ``at`` (printed), ``from`` (counted from publication's),
#: ``near`` (not said), ``same`` (the year spoken of before: «сол жылдың»).
Year = tuple[str, int]

NEAR: Year = ("near", 0)
#: Of what needs no year: «кеше», «1990-жылдары».
NO_YEAR: Year = ("at", 0)

#: Units that are counted.
DAY, WEEK, MONTH, YEAR = 0, 1, 2, 3


class Part(NamedTuple):
    """What of the year, or what counted from publication.

    Attributes:
        name: of a rule of `transforms.date_mentions.resolution`.
        numbers: its numbers.
    """

    name: str
    numbers: tuple[int, ...] = ()


class Reading(NamedTuple):
    """A date as it is said.

    Attributes:
        method: which kind of expression it is.
        part: name of a rule of `transforms.date_mentions.resolution` and its numbers.
        year: of which year.
    """

    method: str
    part: Part
    year: Year = NO_YEAR


class Found(NamedTuple):
    """A date in a stretch of words.

    Attributes:
        first: its first word in the stretch.
        last: its last word.
        end: the last word of the list that it stands in: «16, 17 және 18 мамырда».
        reading: what it says.
    """

    first: int
    last: int
    end: int
    reading: Reading
