"""Who speaks in a sentence that retells: its subject, wherever it stands."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from transforms.quotes.mentions import joined_to
from transforms.quotes.vocabulary import (
    BETWEEN,
    DASHES,
    GENITIVE,
    HE,
    MARKS,
    THEY,
    is_speaker_at,
    is_speaker_noun,
    owns_next,
)

if TYPE_CHECKING:
    from transforms.quotes.mentions import Mention
    from transforms.quotes.parts import Part, Sentence

#: Words between a clause and its verb, the subject among them.
_MOST_BETWEEN = 10
#: So many characters before or after a place tell what stands there.
_LONGEST_NAME, _FOLLOWING = 150, 80
_CALLING = re.compile(r",\s+(?:[\w-]+\s+){0,2}([\w-]+)\s+")


class Subjects:
    """The subjects of one sentence."""

    def __init__(self, part: Part, sentence: Sentence) -> None:
        """Take a sentence of a part."""
        self.part = part
        self.sentence = sentence

    def before_verb(self, at: int) -> tuple[int, tuple[int, int] | None]:
        """The last word of the clause before a verb, and a subject between them."""
        sentence = self.sentence
        subject = None
        if at > 0 and sentence.forms[at] in MARKS:
            at -= 1
        for _ in range(_MOST_BETWEEN):
            if at < 0:
                break
            start, end = sentence.starts[at], sentence.ends[at]
            form = sentence.forms[at]
            if form in BETWEEN:
                at -= 1
                continue
            found = self.subject_ending(start, end)
            if found is None:
                break
            subject = found
            while at >= 0 and sentence.starts[at] >= found[0]:
                at -= 1
        return at, subject

    def subject_ending(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the subject begins and ends that these words end."""
        form = self.part.text[start:end].lower()
        if form in HE:
            return start, end
        for mention in self.part.mentions_in(max(0, start - _LONGEST_NAME), end):
            if mention.end == end and mention.is_subject:
                return mention.start, end
        return (start, end) if is_speaker_noun(form) else None

    def first_subject(self, start: int, end: int) -> tuple[int, int] | None:
        """The first who may speak in a stretch: a name, an office, «ол», a noun."""
        options = []
        people = [m for m in self.part.mentions_in(start, end) if m.is_subject]
        for mention, later in zip_longest(people, people[1:]):
            if other := joined_to(self.part, mention):
                if not other.is_subject:
                    continue
                options.append((mention.start, self.with_name(other.end)))
                break
            if mention.kind != "organisation" or not self.is_owner(mention, later):
                options.append((mention.start, self.with_name(mention.end)))
                break
        if noun := self.first_noun(start, end):
            options.append(noun)
        return min(options, default=None)

    def is_owner(self, body: Mention, later: Mention | None) -> bool:
        """Whether an organisation only tells of what follows it.

        «БҰҰ превентивті дипломатия жөніндегі орталығының басшысы Х»: the genitive
        joins it to the office of a later subject.
        """
        text = self.part.text
        if owns_next(text[body.end : body.end + _FOLLOWING]):
            return True
        if later is None or later.kind == "organisation":
            return False
        is_beside = not text[body.end : later.start].strip(' "»”“')
        if later.kind == "position" and is_beside and text[later.end - 1] in "ыі":
            return True
        between = text[body.end : min(later.end, body.end + _LONGEST_NAME)]
        words = between.split()[:-1]
        if "," in between:
            return False
        before = text[body.end : later.start].lower().split()[-1:]
        # «"Ақ бидай" компаниясының» and «"Ақ бидай" басқарма төрағасы» alike.
        return any(GENITIVE.search(word) for word in words) or (
            later.kind == "person"
            and any(is_speaker_noun(word) and word[-1] in "ыі" for word in before)
        )

    def first_noun(self, start: int, end: int) -> tuple[int, int] | None:
        """The first «ол» or noun of one who may speak."""
        sentence, text = self.sentence, self.part.text
        for at in sentence.words(start, end):
            form = sentence.forms[at]
            place, stop = sentence.starts[at], sentence.ends[at]
            if form in HE or form == THEY:
                return place, stop
            if is_speaker_at(sentence.forms, at) and not owns_next(
                text[stop : stop + _FOLLOWING], words=1
            ):
                return self.with_owner(at, start), self.with_name(stop)
        return None

    def with_owner(self, at: int, start: int) -> int:
        """The begin of a noun's owner: «министрдің бірінші орынбасары»."""
        sentence = self.sentence
        place = sentence.starts[at]
        begin, end = max(start, place - _LONGEST_NAME), sentence.ends[at]
        for mention in self.part.mentions_in(begin, end):
            # The noun may be the end of a name: «Бас прокуратура».
            if mention.end == end and mention.start < place:
                return mention.start
            if mention.end <= place and not self.part.text[mention.end : place].strip():
                return mention.start
        for before in range(at - 1, max(-1, at - 4), -1):
            if sentence.forms[before] in {",", *DASHES}:
                break
            if GENITIVE.search(sentence.forms[before]):
                return sentence.starts[before]
        return sentence.starts[at]

    def with_name(self, end: int) -> int:
        """The end of the name that stands right after an office."""
        for mention in self.part.mentions_in(end, end + _FOLLOWING):
            gap = self.part.text[end : mention.start]
            if mention.kind != "person" or not mention.is_subject:
                continue
            # «алқа төрағасы, ақын Х»: two callings of one.
            calling = _CALLING.fullmatch(gap)
            if not gap.strip(" –—-,") or (
                calling and is_speaker_noun(calling[1].lower())
            ):
                return mention.end
        return end
