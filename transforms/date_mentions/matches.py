"""A shape found among the kinds of words, and what it makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from transforms.date_mentions.readings import NEAR, NO_YEAR, Part, Reading

if TYPE_CHECKING:
    import re

    from transforms.date_mentions.atoms import Atom
    from transforms.date_mentions.readings import Year

    Said = tuple[str, *tuple[int, ...]]


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

    def one(self, method: str, part: Said, year: Year = NO_YEAR) -> list[Piece]:
        """The whole match is this date: the name of its part and its numbers."""
        reading = Reading(method, Part(part[0], part[1:]), year)
        return [Piece(self.found.start(), self.found.end() - 1, reading)]


def nothing(_: Match) -> list[Piece]:
    """What only looks like a date."""
    return []
