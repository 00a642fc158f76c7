"""Indirect speech: «… екенін айтты», «… деп санайды», «Тоқаевтың айтуынша, …»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.quotes.direct import Quote, trim
from transforms.quotes.speakers import is_source
from transforms.quotes.speech import Verb, verb_at
from transforms.quotes.vocabulary import (
    ACCORDING,
    ACCORDING_BEFORE,
    AFTER_ACCORDING,
    BETWEEN,
    CELEBRATED,
    DASHES,
    FINITE,
    HOLDS,
    HE,
    MARKS,
    NOTES,
    OBJECT,
    OBJECT_CLAUSE,
    OBJECT_CLAUSE_DATIVE,
    REPORT,
    REPORTER,
    SAID,
    SPEAKER_NOUN,
    TAKES_CLAUSE,
    THAT,
    THAT_NOUN,
    owns_next,
)

if TYPE_CHECKING:
    from transforms.quotes.parts import Part, Sentence

SURE = {"clause": 0.85, "that": 0.8, "according": 0.9, "note": 0.75}
_FEWEST_WORDS = 3
#: Words between a clause and its verb, the subject among them.
_MOST_BETWEEN = 10
_WORD = re.compile(r"\w[\w'’-]*")
#: «қашан басталатынын айтты» tells what was spoken of, not what was said.
_ASKED = frozenset(
    {"қашан", "қалай", "қандай", "неліктен", "неге", "қанша", "кім", "кімнің", "кімдер",
     "не", "қайда", "қайсысы", "кімді", "нені"}
)  # fmt: skip
#: What an utterance begins with before it says anything.
_LEADING = re.compile(
    r"(?i)(?:өз\s+(?:сөзінде|кезегінде)|сонымен\s+(?:қатар|бірге)|сондай-ақ|бұл\s+ретте|"
    r"бұл\s+туралы|атап\s+айтқанда|оның\s+ішінде|жиында|кездесуде|сөз\s+сөйлеп|"
    r"отырыста|брифингте|өз\s+кезегінде|осы\s+ретте)\b[\s,]*"
)
_REPORTED_BY = re.compile(r"\s*[,–—-]+\s*(?:деп|дейді|деді)\s.*$", re.DOTALL)
_PARTICIPLE = re.compile("(?:[ғқ]ан|[гк]ен)$")
_QUESTION = frozenset({"ма", "ме", "ба", "бе", "па", "пе"})
_DATA = frozenset({"мәлімет", "дерек"})


def find_indirect(
    part: Part, closed: list[tuple[int, int]], used: set[int]
) -> list[Quote]:
    """Find indirect speech.

    Args:
        part: a title or text.
        closed: stretches that are quoted already.
        used: where verbs begin that belong to a quotation already.
    """
    found: list[Quote] = []
    taken = sorted(closed)
    at = 0
    for sentence in part.sentences:
        while at < len(taken) and taken[at][1] <= sentence.start:
            at += 1
        near = []
        for span in taken[at:]:
            if span[0] >= sentence.end:
                break
            near.append(span)
        if any(start <= sentence.start and sentence.end <= end for start, end in near):
            continue
        found += _Clauses(part, sentence, near, used).find()
    return found


class _Clauses:
    """The indirect speech of one sentence."""

    def __init__(
        self,
        part: Part,
        sentence: Sentence,
        near: list[tuple[int, int]],
        used: set[int],
    ) -> None:
        self.part = part
        self.sentence = sentence
        self.near = near
        self.used = used
        self.past = sentence.start
        self.found: list[Quote] = []

    def find(self) -> list[Quote]:
        forms = self.sentence.forms
        for at in range(len(forms)):
            start = self.sentence.starts[at]
            if any(a <= start < b for a, b in self.near):
                continue
            if self.according(at):
                break
            if forms[at] in SAID:
                self.said(Verb(at, at, "де", "past"))
                continue
            verb = verb_at(forms, at)
            if verb and not self.is_used(verb):
                self.clause(verb) or self.that(verb)
        return self.found

    def is_used(self, verb: Verb) -> bool:
        starts = self.sentence.starts
        near = range(max(0, verb.begin - 14), verb.last + 1)
        return any(starts[at] in self.used for at in near)

    def take(
        self,
        start: int,
        end: int,
        verb: str,
        method: str,
        place: int,
        **where: tuple[int, int] | None,
    ) -> bool:
        start, end = self.without_leading(*trim(self.part.text, start, end))
        words = _WORD.findall(self.part.text[start:end])
        if len(words) < _FEWEST_WORDS and method not in {"note", "according"}:
            return False
        if len(words) < 2 or any(a < end and start < b for a, b in self.near):  # noqa: PLR2004
            return False
        self.found.append(
            Quote("indirect", [(start, end)], verb, method, place=place, **where)
        )
        return True

    def without_leading(self, start: int, end: int) -> tuple[int, int]:
        leading = _LEADING.match(self.part.text, start, end)
        if leading and leading.end() < end:
            return leading.end(), end
        return start, end

    # «… екенін айтты»

    def clause(self, verb: Verb) -> bool:
        forms = self.sentence.forms
        last, subject = self.before_verb(verb.begin - 1)
        if last < 0:
            return False
        if verb.lemma in TAKES_CLAUSE and (
            OBJECT_CLAUSE.search(forms[last])
            or (verb.lemma not in {"айт"} and OBJECT_CLAUSE_DATIVE.search(forms[last]))
        ):
            method = "clause"
        elif (
            verb.lemma in NOTES
            and OBJECT.search(forms[last])
            and last > 0
            and not CELEBRATED.search(forms[last])
        ):
            method = "note"
        else:
            return False
        return self.taken_clause(verb, last, subject, method)

    def taken_clause(
        self,
        verb: Verb,
        last: int,
        subject: tuple[int, int] | None,
        method: str,
    ) -> bool:
        sentence = self.sentence
        end = sentence.ends[last]
        begin = self.past
        if self.part.in_title:
            # A title is one stretch, of several sentences at times.
            for at in range(last):
                if sentence.forms[at] in {".", "!", "?"}:
                    begin = max(begin, sentence.ends[at])
        if subject is None:
            found = self.first_subject(begin, end)
            if found:
                subject, begin = found, found[1]
            elif self.found:
                subject = None
        words = {
            form
            for form, start in zip(sentence.forms, sentence.starts, strict=True)
            if begin <= start < end
        }
        if words & _ASKED:
            return False
        before = subject or (sentence.start, begin)
        self.past = sentence.ends[verb.last]
        return self.take(
            begin, end, verb.lemma, method, sentence.starts[verb.begin],
            before=before if subject or not self.found else None,
            after=self.following(verb),
        )  # fmt: skip

    def following(self, verb: Verb) -> tuple[int, int] | None:
        """A subject right after the verb: «… екенін айтты министр»."""
        sentence = self.sentence
        at = verb.last + 1
        if at >= len(sentence.forms) or sentence.forms[at] in {",", ".", *DASHES}:
            return None
        return sentence.starts[at], sentence.end

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
        form = self.part.text[start:end].lower()
        if form in HE:
            return start, end
        for mention in self.part.mentions_in(max(0, start - 150), end):
            if mention.end == end and mention.is_subject:
                return mention.start, end
        return (start, end) if SPEAKER_NOUN.fullmatch(form) else None

    def first_subject(self, start: int, end: int) -> tuple[int, int] | None:
        """The first who may speak in a stretch: a name, an office, «ол», a noun."""
        options = []
        people = [m for m in self.part.mentions_in(start, end) if m.is_subject]
        for mention in people:
            if mention.kind == "organisation":
                if owns_next(self.part.text[mention.end : mention.end + 60]):
                    continue
            options.append((mention.start, self.with_name(mention.end)))
            break
        sentence = self.sentence
        for at, form in enumerate(sentence.forms):
            place = sentence.starts[at]
            if not start <= place < end:
                continue
            if form in HE or form == "олар":
                options.append((place, sentence.ends[at]))
                break
            if SPEAKER_NOUN.fullmatch(form) and not owns_next(
                self.part.text[sentence.ends[at] : sentence.ends[at] + 30]
            ):
                options.append(
                    (self.with_owner(at, start), self.with_name(sentence.ends[at]))
                )
                break
        return min(options, default=None)

    def with_owner(self, at: int, start: int) -> int:
        """The begin of a noun's owner: «министрдің бірінші орынбасары»."""
        sentence = self.sentence
        place = sentence.starts[at]
        for mention in self.part.mentions_in(max(start, place - 150), place):
            if not self.part.text[mention.end : place].strip():
                return mention.start
        for before in range(at - 1, max(-1, at - 4), -1):
            if sentence.forms[before] in {",", *DASHES}:
                break
            if sentence.forms[before].endswith(
                ("ның", "нің", "дың", "дің", "тың", "тің")
            ):
                return sentence.starts[before]
        return sentence.starts[at]

    def with_name(self, end: int) -> int:
        """The end of the name that stands right after an office."""
        for mention in self.part.mentions_in(end, end + 80):
            gap = self.part.text[end : mention.start]
            if (
                mention.kind == "person"
                and mention.is_subject
                and not gap.strip(" –—-,")
            ):
                return mention.end
        return end

    # «… деп санайды», «… деді»

    def that(self, verb: Verb) -> bool:
        forms, sentence = self.sentence.forms, self.sentence
        low = max(0, verb.begin - 8)
        at = next(
            (n for n in range(verb.begin - 1, low - 1, -1)
             if forms[n] in {THAT, THAT_NOUN}), None
        )  # fmt: skip
        if at is None or at == 0:
            return False
        if forms[at] == THAT_NOUN and (
            at != verb.begin - 1 or not verb.lemma.endswith(("білдір", "айт", "бөліс"))
        ):
            return False
        if any(_PARTICIPLE.search(form) for form in forms[at + 1 : verb.begin]):
            return False
        place = sentence.starts[at]
        last = at - 1
        apart = forms[last] == "," or forms[last] in DASHES
        while last > 0 and (forms[last] == "," or forms[last] in DASHES):
            last -= 1
        if forms[last] in MARKS or not self.is_predicate(last, verb):
            return False
        tail = (sentence.starts[at + 1] if at + 1 < len(forms) else place, sentence.end)
        if (
            verb.lemma in REPORT
            and (
                is_source(self.part, *tail)
                or "баспасөз" in self.part.text[tail[0] : tail[1]].lower()
                or not any(m.is_subject for m in self.part.mentions_in(*tail))
            )
            and apart
        ):
            return False
        if verb.lemma == "ойла" and forms[verb.last].endswith("мын"):
            return False
        return self.said_clause(verb, last, place, apart=apart)

    def is_predicate(self, last: int, verb: Verb) -> bool:
        forms = self.sentence.forms
        if forms[last] in _QUESTION:
            last -= 1
        return (verb.lemma in HOLDS and last > _FEWEST_WORDS) or bool(
            FINITE.search(forms[last])
        )

    def said(self, verb: Verb) -> None:
        """«Ол жоба аяқталады деді»."""
        at = verb.begin
        forms = self.sentence.forms
        if at == 0 or self.sentence.starts[at] in self.used:
            return
        last = at - 1
        apart = forms[last] == ","
        if apart:
            last -= 1
        if last < 0 or not FINITE.search(forms[last]) or forms[last] in DASHES | MARKS:
            return
        self.said_clause(verb, last, self.sentence.starts[at], apart=apart)

    def said_clause(self, verb: Verb, last: int, place: int, *, apart: bool) -> bool:
        sentence = self.sentence
        begin, end = self.past, sentence.ends[last]
        after = (place, sentence.end)
        subject = None
        if not apart:
            middle = sentence.starts[verb.begin]
            inner = self.first_subject(place, middle)
            subject = self.first_subject(begin, end) if inner is None else inner
            if subject and subject[1] <= end:
                begin = subject[1]
        self.past = sentence.ends[verb.last]
        return self.take(
            begin, end, verb.lemma, "that", place,
            before=subject if not apart else None,
            after=after,
        )  # fmt: skip

    # «Тоқаевтың айтуынша, …»

    def according(self, at: int) -> bool:
        sentence, forms = self.sentence, self.sentence.forms
        lemma = ACCORDING.get(forms[at])
        last = at
        if lemma is None and forms[at] in ACCORDING_BEFORE:
            if forms[at + 1 : at + 2] and forms[at + 1] in AFTER_ACCORDING:
                lemma, last = ACCORDING_BEFORE[forms[at]], at + 1
        if lemma is None or sentence.starts[at] in self.used or at == 0:
            return False
        begin = sentence.ends[last]
        owner = (sentence.start, sentence.ends[at - 1])
        if lemma in _DATA and not self.has_owner(at):
            return False
        if REPORTER.search(self.part.text[max(owner[0], owner[1] - 20) : owner[1]]):
            return False
        rest = self.part.text[begin : sentence.end]
        rest = _REPORTED_BY.sub("", rest)
        if not rest.strip(" ,.!?…"):
            begin, rest = sentence.start, ""
            end = sentence.starts[at]
            for mention in self.part.mentions_in(*owner):
                if mention.end == owner[1]:
                    end = mention.start
            return self.take(begin, end, lemma, "according", sentence.starts[at],
                             owner=owner)  # fmt: skip
        stop = begin + len(rest.rstrip(" .!?…"))
        return self.take(
            begin, stop, lemma, "according", sentence.starts[at], owner=owner
        )

    def has_owner(self, at: int) -> bool:
        """Whether data are someone's: «Министрліктің мәліметінше»."""
        before = self.sentence.ends[at - 1]
        if self.sentence.forms[at - 1] in {"оның"}:
            return True
        return any(
            mention.end == before
            for mention in self.part.mentions_in(self.sentence.start, before)
        ) or bool(SPEAKER_NOUN.match(self.sentence.forms[at - 1]))
