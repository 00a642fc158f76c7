"""Whom «ол», «сарапшы» or a surname means at a place of an article."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transforms.quotes.parts import Part

#: How sure it is whom «ол» means, and who speaks where nobody is named.
BY_PRONOUN, UNNAMED = 0.85, 0.7
#: A noun or a surname means no one who was named more characters before.
_FAR = 6000
#: A noun before a name stands within so many characters.
_NEAR = 40
_SHORTEST_NOUN, _LONGEST_ENDING = 3, 2
WORD_BEFORE = re.compile(r"([\w-]+)[\s,–—-]*$")


class Topics:
    """Whom «ол» means at a place: the last speaker, or the last subject."""

    def __init__(self, part: Part, quoted: list[tuple[int, int]]) -> None:
        """Take the first subject of each sentence outside quotations."""
        self._part = part
        self._topics: list[tuple[int, int, int]] = []
        self._others: list[tuple[int, int]] = []
        self._bodies = {
            mention.entity_id
            for mention in part.mentions
            if mention.kind == "organisation"
        }
        last_no: object = object()
        spans = iter(sorted(quoted))
        span = next(spans, None)
        for mention in part.mentions:
            while span and span[1] <= mention.start:
                span = next(spans, None)
            if (span and span[0] <= mention.start) or mention.entity_id is None:
                continue
            if mention.kind == "organisation":
                continue
            self._others.append((mention.start, mention.entity_id))
            if mention.is_subject and mention.sentence_no != last_no:
                self._topics.append((mention.start, 0, mention.entity_id))
                last_no = mention.sentence_no
        self._topics.sort()

    def speaks(self, place: int, entity_id: int) -> None:
        """Note that someone speaks at a place."""
        insort(self._topics, (place, 1, entity_id))

    def at(
        self, place: int, *, since: int = 0, is_person: bool = False
    ) -> tuple[int | None, float]:
        """Whom «ол» means at a place, and how sure that is.

        Args:
            place: where it stands.
            since: where the words begin in which the person must have been named.
            is_person: whether no organisation is meant: «ол».
        """
        for topics, sure in ((self._topics, BY_PRONOUN), (self._others, UNNAMED)):
            before = bisect_left(topics, (place,)) - 1
            while is_person and before >= 0 and topics[before][-1] in self._bodies:
                before -= 1
            if before >= 0 and topics[before][0] >= since:
                return topics[before][-1], sure
        if not since and self._part.title and not self._part.in_title:
            for mention in self._part.title.mentions:
                if mention.kind == "person" and mention.entity_id is not None:
                    return mention.entity_id, UNNAMED
        return None, 1.0

    def last_speaker(self, place: int) -> int | None:
        """The person who spoke last before a place, if nobody was named since."""
        before = bisect_left(self._topics, (place,)) - 1
        if before < 0 or not self._topics[before][1]:
            return None
        since, _, entity = self._topics[before]
        if entity in self._bodies:
            return None
        first, last = (bisect_left(self._others, (at,)) for at in (since, place))
        named = {other for _, other in self._others[first:last]}
        return entity if named <= {entity} else None

    def called(self, noun: str, place: int) -> int | None:
        """The person before whose name a noun stood: «сарапшы Айгүл Сейітова»."""
        near = self._part.mentions_in(max(0, place - _FAR), place)
        for mention in reversed(near):
            if mention.kind != "person" or mention.entity_id is None:
                continue
            before = self._part.text[max(0, mention.start - _NEAR) : mention.start]
            word = WORD_BEFORE.search(before)
            if word and _same_noun(word[1].lower(), noun):
                return mention.entity_id
        return None

    def surnamed(self, surname: str, place: int) -> int | None:
        """The one person of a surname who was named before a place."""
        stem = surname.lower()
        found = {
            mention.entity_id
            for mention in self._part.mentions_in(max(0, place - _FAR), place)
            if mention.kind == "person" and mention.entity_id is not None
            and any(
                word.lower().startswith(stem)
                for word in self._part.text[mention.start : mention.end].split()
            )
        }  # fmt: skip
        return found.pop() if len(found) == 1 else None


def _same_noun(word: str, noun: str) -> bool:
    short, long = sorted((word, noun), key=len)
    return (
        len(short) >= _SHORTEST_NOUN
        and long.startswith(short)
        and len(long) - len(short) <= _LONGEST_ENDING
    )
