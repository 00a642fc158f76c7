"""Types of events and the words that tell of them, ready to be looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from transforms.entities.names import place_rows
from transforms.entities.people import entity_ids
from transforms.entities.spelling import name_key
from transforms.events.verbs import how_it_speaks
from transforms.kazakh.analyses import suffixes_after

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Words whose readings are kept.
_KEPT_WORDS = 200_000
_LONGEST_WORD = 40
#: Words are told apart by so many of their first letters before they are read.
_PREFIX = 3
#: A word has a bit for each noun that it is a form of, or that it is a verb of; the
#: last bit is of words that tell of an event by themselves.
_NOUN_BITS = 60
ALONE = 1 << _NOUN_BITS


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
        as_noun: bits of the nouns that it is a form of.
        as_verb: bits of the nouns that it is a verb of.
        nouns: words of nouns that it is a form of -> its suffixes.
        verbs: stems that it is a form of -> how it speaks.
    """

    as_noun: int
    as_verb: int
    nouns: dict[str, tuple[str, ...]]
    verbs: dict[str, str]


_NOTHING = Word(0, 0, {}, {})


class EventKnowledge:
    """What is looked for, and what is known of places and of those who act.

    One serves a whole run: it keeps what words were read as, which changes nothing but
    the time.
    """

    def __init__(self, tables: Mapping[str, pl.DataFrame]) -> None:
        """Take the reference tables in.

        Args:
            tables: event_triggers, places, entities and outlets, every column a
                string.
        """
        columns = ("event_type", "actors", "noun", "verb")
        self.triggers = [
            Trigger(kind, actors, tuple((noun or "").split()), verb or "")
            for kind, actors, noun, verb in tables["event_triggers"]
            .select(columns)
            .iter_rows()
        ]
        self.place_ids = frozenset(place_rows(tables["places"])["place_id"])
        self.outlet_ids = _outlet_ids(tables["outlets"])
        entities = tables["entities"].drop_nulls("country_code")
        self.homes = {
            (kind, name): code
            for kind, name, code in entities.select(
                "entity_type", "name", "country_code"
            ).iter_rows()
        }
        self._bits: dict[tuple[str, bool], int] = {}
        self._stems: dict[str, dict[tuple[str, bool], None]] = {}
        bits: dict[str, int] = {}
        for trigger in self.triggers:
            bit = ALONE
            if trigger.noun and trigger.verb:
                bit = 1 << bits.setdefault(trigger.noun[-1], len(bits) % _NOUN_BITS)
            for word in trigger.noun[:-1]:
                self._add(word, 0, is_verb=False)
            for word in trigger.noun[-1:]:
                self._add(word, bit, is_verb=False)
            if trigger.verb:
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
        nouns, verbs = {}, {}
        as_noun = as_verb = 0
        for stem, is_verb in stems:
            if is_verb:
                speaks = how_it_speaks(stem, form)
                if speaks:
                    verbs[stem] = speaks
                    as_verb |= self._bits[stem, True]
            else:
                suffixes = _suffixes(stem, form)
                if suffixes is not None:
                    nouns[stem] = suffixes
                    as_noun |= self._bits[stem, False]
        return Word(as_noun, as_verb, nouns, verbs) if nouns or verbs else _NOTHING


def _suffixes(base: str, form: str) -> tuple[str, ...] | None:
    if form == base:
        return ()
    # Only the last letter of a base changes before a suffix.
    if not form.startswith(base[:-1]):
        return None
    found = suffixes_after(base, form)
    if found is None and base[-1] in "ыі":
        found = suffixes_after(base, form, possessed=True)
    return found


def _outlet_ids(outlets: pl.DataFrame) -> frozenset[int]:
    """The entities that outlets are, by every spelling of theirs."""
    names = outlets.select(
        pl.concat_list(
            "name",
            "name_kk",
            "name_ru",
            "name_en",
            *(pl.col(name).str.split(";") for name in ("spellings", "domains")),
        )
        .explode()
        .alias("name")
    ).drop_nulls()
    keys = names.select(name_key(pl.col("name"))).to_series()
    return frozenset(entity_ids("organisation", keys.filter(keys != "")))


def dimension_of_event_types(types: pl.DataFrame) -> pl.DataFrame:
    """The rows of dim_event_type: the reference table without its source."""
    return types.drop("source", strict=False)
