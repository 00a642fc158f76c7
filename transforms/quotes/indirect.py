"""Indirect speech: «… екенін айтты», «… деп санайды», «Тоқаевтың айтуынша, …»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.quotes.clause_subjects import Subjects
from transforms.quotes.quotation import WORD, Quote, trim
from transforms.quotes.speakers import is_source
from transforms.quotes.speech import Verb, verb_at
from transforms.quotes.vocabulary import (
    ACCORDING,
    ACCORDING_BEFORE,
    AFTER_ACCORDING,
    CELEBRATED,
    DASHES,
    DATA,
    FINITE,
    HIS,
    HOLDS,
    MARKS,
    NOTES,
    OBJECT,
    OBJECT_CLAUSE,
    OBJECT_CLAUSE_DATIVE,
    REPORT,
    REPORTER,
    SAID,
    TAKES_CLAUSE,
    THAT,
    THAT_NOUN,
    VERB_FORMS,
    is_speaker_noun,
)

if TYPE_CHECKING:
    from transforms.quotes.parts import Part, Sentence

SURE = {"clause": 0.85, "that": 0.8, "according": 0.9, "note": 0.75}
#: What is retold has so many words at least, and so many before a bare predicate.
_FEWEST, _FEWEST_BEFORE = 2, 3
#: «деп» and its verb stand no farther apart, in words; a narrator's words are used
#: up to that many words before its verb.
_FAR, _NARRATED = 8, 14
#: «қашан басталатынын айтты» tells what was spoken of, not what was said.
_ASKED = frozenset(
    {"қашан", "қалай", "қандай", "неліктен", "неге", "қанша", "кім", "кімнің", "кімдер",
     "не", "қайда", "қайсысы", "кімді", "нені", "қаншаға", "қаншадан", "қаншасы",
     "неше", "кімге", "кімнен", "кіммен", "неден", "немен", "неде", "қайдан",
     "қашаннан", "қайсысын", "қаншалықты", "кімдерге", "кімдерді"}
)  # fmt: skip
#: What an utterance begins with before it says anything.
_LEADING = re.compile(
    r"(?i)(?:өз\s+(?:сөзінде|кезегінде)|сонымен\s+(?:қатар|бірге)|сондай-ақ|бұл\s+ретте|"
    r"бұл\s+туралы|атап\s+айтқанда|оның\s+ішінде|жиында|кездесуде|сөз\s+сөйлеп|"
    r"отырыста|брифингте|осы\s+ретте|(?:бұдан|одан)\s+бөлек|бұған\s+қоса|"
    r"сонымен\s+қоса)\b[\s,]*"
)
_REPORTED_BY = re.compile(r"\s*[,–—-]+\s*(?:деп|дейді|деді)\s.*$", re.DOTALL)
_PARTICIPLE = re.compile("(?:[ғқ]ан|[гк]ен)$")
_QUESTION = frozenset({"ма", "ме", "ба", "бе", "па", "пе"})
_PRESENT = re.compile("(?:[аеи]д[ыі]|йд[ыі])$")
_PRESS = "баспасөз"
_TELLING = SAID | VERB_FORMS.keys() | ACCORDING.keys() | ACCORDING_BEFORE.keys()
#: «деген пікір білдірді», «деген ойын айтты».
_OF_NOUN = ("білдір", "айт", "бөліс", "жаса")
#: An outlet's name stands so near to «мәліметінше», in characters.
_NEAR = 20


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
        last = at
        while last < len(taken) and taken[last][0] < sentence.end:
            last += 1
        near = taken[at:last]
        if _TELLING.isdisjoint(sentence.forms):
            continue
        if any(start <= sentence.start and sentence.end <= end for start, end in near):
            continue
        found += _Clauses(part, sentence, near, used).find()
    return found


class _Clauses(Subjects):
    """The indirect speech of one sentence."""

    def __init__(
        self,
        part: Part,
        sentence: Sentence,
        near: list[tuple[int, int]],
        used: set[int],
    ) -> None:
        """Take a sentence, what is quoted in it, and which verbs that used."""
        super().__init__(part, sentence)
        self.near = near
        self.used = used
        self.past = sentence.start
        self.found: list[Quote] = []

    def find(self) -> list[Quote]:
        """Read every verb of the sentence, in order."""
        forms, starts = self.sentence.forms, self.sentence.starts
        for at, form in enumerate(forms):
            if form not in _TELLING:
                continue
            if any(start <= starts[at] < end for start, end in self.near):
                continue
            if form in ACCORDING or form in ACCORDING_BEFORE:
                if self.according(at):
                    break
            elif form in SAID:
                self.said(at)
            elif (verb := verb_at(forms, at)) and not self.is_used(verb):
                self.clause(verb) or self.that(verb)
        return self.found

    def is_used(self, verb: Verb) -> bool:
        """Whether a verb is the narrator's of a quotation."""
        near = range(max(0, verb.begin - _NARRATED), verb.last + 1)
        return any(self.sentence.starts[at] in self.used for at in near)

    def take(self, quote: Quote) -> bool:
        """Keep a quotation, if its words are enough and nobody's yet."""
        text = self.part.text
        start, end = trim(text, quote.start, quote.end)
        leading = _LEADING.match(text, start, end)
        if leading and leading.end() < end:
            start = leading.end()
        words = len(WORD.findall(text[start:end]))
        if words < _FEWEST or any(a < end and start < b for a, b in self.near):
            return False
        quote.pieces = [(start, end)]
        self.found.append(quote)
        return True

    # «… екенін айтты»

    def clause(self, verb: Verb) -> bool:
        """Take the clause or the thing that is the verb's object."""
        last, subject = self.before_verb(verb.begin - 1)
        method = _object_of(verb, self.sentence.forms[last]) if last >= 0 else None
        if method is None or (method == "note" and not last):
            return False
        sentence = self.sentence
        begin, end = self.clause_begin(last), sentence.ends[last]
        if subject is None and (found := self.first_subject(begin, end)):
            subject, begin = found, found[1]
        if self.asks(begin, end):
            return False
        self.past = sentence.ends[verb.last]
        return self.take(
            Quote(
                "indirect",
                [(begin, end)],
                verb.lemma,
                method,
                place=sentence.starts[verb.begin],
                before=subject,
                after=None if subject else self.following(verb),
            )
        )

    def clause_begin(self, last: int) -> int:
        """Where a clause may begin: a title is of several sentences at times."""
        begin = self.past
        if self.part.in_title:
            for form, end in zip(
                self.sentence.forms[:last], self.sentence.ends, strict=False
            ):
                begin = max(begin, end) if form in {".", "!", "?"} else begin
        return begin

    def asks(self, begin: int, end: int) -> bool:
        """Whether a clause tells what was spoken of, not what was said."""
        sentence = self.sentence
        return any(
            form in _ASKED and begin <= start < end
            for form, start in zip(sentence.forms, sentence.starts, strict=True)
        )

    def following(self, verb: Verb) -> tuple[int, int] | None:
        """A subject right after the verb: «… екенін айтты министр»."""
        sentence = self.sentence
        at = verb.last + 1
        if at >= len(sentence.forms) or sentence.forms[at] in {",", ".", *DASHES}:
            return None
        return sentence.starts[at], sentence.end

    # «… деп санайды», «… деді»

    def that(self, verb: Verb) -> bool:
        """Take the clause before «деп» or «деген»."""
        forms, sentence = self.sentence.forms, self.sentence
        at = _that_before(forms, verb)
        if at is None or not at:
            return False
        last, apart = _past_comma(forms, at - 1)
        if forms[last] in MARKS or not _is_predicate(forms, last, verb):
            return False
        tail = (sentence.ends[at], sentence.end)
        if apart and verb.lemma in REPORT:
            is_now = bool(_PRESENT.search(forms[verb.last]))
            if self.is_report(*tail, is_now=is_now):
                return False
        return self.said_clause(verb, last, sentence.starts[at], apart=apart)

    def is_report(self, start: int, end: int, *, is_now: bool) -> bool:
        """Whether what follows «деп» is where the news come from.

        «деп хабарлайды Жаңа заман»: who reports now is an outlet, not one who spoke.
        """
        return (
            is_source(self.part, start, end)
            or _PRESS in self.part.text[start:end].lower()
            or not any(
                mention.is_subject and not (is_now and mention.kind == "organisation")
                for mention in self.part.mentions_in(start, end)
            )
        )

    def said(self, at: int) -> None:
        """Take the clause of «Ол жоба аяқталады деді»."""
        forms = self.sentence.forms
        if not at or self.sentence.starts[at] in self.used:
            return
        apart = forms[at - 1] == ","
        last = at - 1 - apart
        if last >= 0 and FINITE.search(forms[last]):
            place = self.sentence.starts[at]
            self.said_clause(Verb(at, at, "де"), last, place, apart=apart)

    def said_clause(self, verb: Verb, last: int, place: int, *, apart: bool) -> bool:
        """Take a clause that stands as it was said; a comma parts it from the verb."""
        sentence = self.sentence
        begin, end = self.past, sentence.ends[last]
        subject = None
        if not apart:
            subject = self.first_subject(place, sentence.starts[verb.begin])
            if subject is None and (subject := self.first_subject(begin, end)):
                begin = subject[1]
        self.past = sentence.ends[verb.last]
        return self.take(
            Quote(
                "indirect",
                [(begin, end)],
                verb.lemma,
                "that",
                place=place,
                before=subject,
                after=None if subject else (place, sentence.end),
            )
        )

    # «Тоқаевтың айтуынша, …»

    def according(self, at: int) -> bool:
        """Take what follows «айтуынша», or what stands before where nothing does."""
        sentence, forms = self.sentence, self.sentence.forms
        last = at if forms[at] in ACCORDING else at + 1
        lemma = ACCORDING.get(forms[at]) or ACCORDING_BEFORE[forms[at]]
        if not at or last >= len(forms) or sentence.starts[at] in self.used:
            return False
        if last > at and forms[last] not in AFTER_ACCORDING:
            return False
        owner = (sentence.start, sentence.ends[at - 1])
        if not self.may_own(lemma, at, owner):
            return False
        begin, end = sentence.ends[last], sentence.end
        rest = _REPORTED_BY.sub("", self.part.text[begin:end]).rstrip(" .!?…")
        end = begin + len(rest)
        if not rest.strip(" ,"):
            begin, end = sentence.start, sentence.starts[at]
            for mention in self.part.mentions_in(*owner):
                if mention.end == owner[1]:
                    end = mention.start
        return self.take(
            Quote(
                "indirect",
                [(begin, end)],
                lemma,
                "according",
                place=sentence.starts[at],
                owner=owner,
            )
        )

    def may_own(self, lemma: str, at: int, owner: tuple[int, int]) -> bool:
        """Whether words are someone's; data are only where it is said whose."""
        near = self.part.text[max(owner[0], owner[1] - _NEAR) : owner[1]]
        if REPORTER.search(near):
            return False
        word = self.sentence.forms[at - 1]
        if lemma not in DATA or word in HIS or is_speaker_noun(word, whole=False):
            return True
        mentions = self.part.mentions_in(*owner)
        return any(mention.end == owner[1] for mention in mentions)


def _object_of(verb: Verb, word: str) -> str | None:
    """What the word before a verb makes its object: a clause, a thing, or none."""
    is_clause = OBJECT_CLAUSE.search(word) or (
        verb.lemma != "айт" and OBJECT_CLAUSE_DATIVE.search(word)
    )
    if verb.lemma in TAKES_CLAUSE and is_clause:
        return "clause"
    is_thing = OBJECT.search(word) and not CELEBRATED.search(word)
    return "note" if verb.lemma in NOTES and is_thing else None


def _that_before(forms: list[str], verb: Verb) -> int | None:
    """The «деп» or «деген» of a verb."""
    for at in range(verb.begin - 1, max(-1, verb.begin - _FAR - 1), -1):
        if forms[at] == THAT:
            return at
        if forms[at] == THAT_NOUN:
            is_noun = verb.lemma.endswith(_OF_NOUN) and at == verb.begin - 1
            return at if is_noun else None
        if _PARTICIPLE.search(forms[at]):
            return None
    return None


def _past_comma(forms: list[str], last: int) -> tuple[int, bool]:
    """The word before a comma and a dash, and whether there are any."""
    at = last
    while at > 0 and (forms[at] == "," or forms[at] in DASHES):
        at -= 1
    return at, at < last


def _is_predicate(forms: list[str], last: int, verb: Verb) -> bool:
    if forms[last] in _QUESTION:
        last -= 1
    if verb.lemma in HOLDS and last > _FEWEST_BEFORE:
        return True
    return bool(FINITE.search(forms[last]))
