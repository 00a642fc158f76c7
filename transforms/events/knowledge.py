"""Types of events and the words that tell of them, ready to be looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from transforms.entities.names import place_rows
from transforms.events.verbs import how_it_speaks
from transforms.kazakh.analyses import suffixes_after

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Words whose readings are kept.
_KEPT_WORDS = 200_000
_LONGEST_WORD = 40
#: Words are told apart by so many of their first letters before they are read.
_PREFIX = 3
#: What a word can be: a part of a noun, or a form of a verb.
NOUN = 1
VERB = 2
#: A verb that tells of an event by itself.
ALONE = 4
#: A noun that does.
NAMED = 8


class Trigger(NamedTuple):
    """One way to tell of an event.

    Attributes:
        event_type: its type.
        actors: how those who took part are named; see `transforms.events.frames`.
        noun: its words, or empty.
        verb: the bare stem, or empty.
    """

    event_type: str
    actors: str
    noun: tuple[str, ...]
    verb: str


class Word(NamedTuple):
    """What a word is read as.

    Attributes:
        bits: sum of NOUN, VERB, ALONE, NAMED.
        nouns: words of nouns that it is a form of -> its suffixes.
        verbs: stems that it is a form of -> how it speaks.
    """

    bits: int
    nouns: dict[str, tuple[str, ...]]
    verbs: dict[str, str]


_NOTHING = Word(0, {}, {})


class EventKnowledge:
    """What is looked for, and what is known of places and of those who act.

    One serves a whole run: it keeps what words were read as, which changes nothing but
    the time.
    """

    def __init__(self, tables: Mapping[str, pl.DataFrame]) -> None:
        """Take the reference tables in.

        Args:
            tables: event_triggers, places and entities, every column a string.
        """
        columns = ("event_type", "actors", "noun", "verb")
        self.triggers = [
            Trigger(kind, actors, tuple((noun or "").split()), verb or "")
            for kind, actors, noun, verb in tables["event_triggers"]
            .select(columns)
            .iter_rows()
        ]
        self.place_ids = frozenset(place_rows(tables["places"])["place_id"])
        entities = tables["entities"].drop_nulls("country_code")
        self.homes = {
            (kind, name): code
            for kind, name, code in entities.select(
                "entity_type", "name", "country_code"
            ).iter_rows()
        }
        self._bits: dict[tuple[str, bool], int] = {}
        self._stems: dict[str, dict[tuple[str, bool], None]] = {}
        for trigger in self.triggers:
            for word in trigger.noun:
                bit = NOUN if trigger.verb else NOUN | NAMED
                self._add(word, bit, is_verb=False)
            if trigger.verb:
                bit = VERB if trigger.noun else VERB | ALONE
                self._add(trigger.verb, bit, is_verb=True)
        self._read: dict[str, Word] = {}
        #: Triggers by their verb; those without a verb by the last word of their noun.
        self.by_verb: dict[str, list[Trigger]] = {}
        self.by_noun: dict[str, list[Trigger]] = {}
        for trigger in self.triggers:
            index = self.by_verb if trigger.verb else self.by_noun
            index.setdefault(trigger.verb or trigger.noun[-1], []).append(trigger)

    def _add(self, stem: str, bits: int, *, is_verb: bool) -> None:
        self._bits[stem, is_verb] = self._bits.get((stem, is_verb), 0) | bits
        self._stems.setdefault(stem[: _PREFIX - 1], {})[stem, is_verb] = None

    def make_room(self) -> None:
        """Forget what words were read as, where it is too much."""
        if len(self._read) > _KEPT_WORDS:
            self._read.clear()

    def word(self, form: str) -> Word:
        """Read a word in lower case."""
        known = self._read.get(form)
        if known is None:
            known = self._read[form] = self._look_at(form)
        return known

    def _look_at(self, form: str) -> Word:
        stems = self._stems.get(form[: _PREFIX - 1])
        if not stems or len(form) > _LONGEST_WORD:
            return _NOTHING
        bits, nouns, verbs = 0, {}, {}
        for stem, is_verb in stems:
            if is_verb:
                speaks = how_it_speaks(stem, form)
                if speaks:
                    verbs[stem] = speaks
                    bits |= self._bits[stem, True]
            else:
                suffixes = _suffixes(stem, form)
                if suffixes is not None:
                    nouns[stem] = suffixes
                    bits |= self._bits[stem, False]
        return Word(bits, nouns, verbs) if bits else _NOTHING


def _suffixes(base: str, form: str) -> tuple[str, ...] | None:
    if form == base:
        return ()
    found = suffixes_after(base, form)
    if found is None and base[-1] in "ыі":
        found = suffixes_after(base, form, possessed=True)
    return found


def dimension_of_event_types(types: pl.DataFrame) -> pl.DataFrame:
    """The rows of dim_event_type: the reference table without its source."""
    return types.drop("source", strict=False)
