"""Direct speech of one title or text, gathered step by step."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from typing import TYPE_CHECKING

from transforms.quotes.quotation import Quote
from transforms.quotes.speech import Narrator, narrators, verb_at
from transforms.quotes.vocabulary import ACCORDING, SAID

if TYPE_CHECKING:
    from transforms.quotes.parts import Part, Sentence

#: A quotation has no more characters; a dash left alone must not run on for ever.
LONGEST = 8000
#: Words before a colon that announce a quotation: «былай деді:», «сөзінде:».
LABELS = frozenset({"былай", "сөзі", "сөзінде", "пікірі", "жауабы", "сөздер", "дей"})


class Speech:
    """The direct speech of one part: what is found, and what is taken."""

    def __init__(self, part: Part, closed: list[tuple[int, int]]) -> None:
        """Find the narrators of a part.

        Args:
            part: a title or text.
            closed: stretches that are quoted already.
        """
        self.part = part
        self.narrators = [
            narrator
            for sentence in part.sentences
            for narrator in narrators(part, sentence)
        ]
        self.places = [narrator.verb_at for narrator in self.narrators]
        self.quotes: list[Quote] = []
        self.closed = sorted(closed)

    def between(self, start: int, end: int) -> list[Narrator]:
        """The narrators whose words begin between two places, both included."""
        first = bisect_left(self.places, start)
        return self.narrators[first : bisect_right(self.places, end)]

    def next_narrator(self, start: int, end: int) -> Narrator | None:
        """The first narrator after a dash or a mark between two places."""
        for at in range(bisect_left(self.places, start), len(self.places)):
            narrator = self.narrators[at]
            if narrator.verb_at > end:
                break
            if narrator.is_dashed or narrator.after_mark:
                return narrator
        return None

    def is_taken(self, start: int, end: int) -> bool:
        """Whether a stretch shares a place with a quotation; those share none."""
        at = bisect_left(self.closed, (start, start))
        near = self.closed[max(0, at - 1) : at + 1]
        return any(a < end and start < b for a, b in near)

    def take(self, quote: Quote) -> None:
        """Keep a quotation; its stretch is taken."""
        self.quotes.append(quote)
        insort(self.closed, (quote.start, quote.end))

    def with_narrators(
        self, start: int, narrator: Narrator, method: str, limit: int | None
    ) -> Quote:
        """Join what stands before, between and after the narrator's words."""
        part = self.part
        pieces = [(start, narrator.cut)]
        used = [narrator.verb_at]
        last = narrator
        while (begin := last.resumes) is not None and begin < (limit or begin + 1):
            stop = part.line_end(begin) if limit is None else limit
            following = self.next_narrator(begin + 1, stop)
            pieces.append((begin, following.cut if following else stop))
            if following is None:
                break
            last = following
            used.append(last.verb_at)
        return Quote(
            "direct", pieces, narrator.lemma, method, place=narrator.verb_at,
            after=(narrator.verb_at, narrator.end),
            before=self.before_of(start), used=used,
        )  # fmt: skip

    def before_of(self, start: int) -> tuple[int, int] | None:
        """Words before a quotation in its own sentence."""
        sentence = self.part.sentence_at(start)
        if sentence is None or sentence.starts[0] >= start - 3:
            return None
        return sentence.start, start

    def speaking_before(self, place: int) -> tuple[tuple[int, int], str | None] | None:
        """The sentence before a place, if it reports speech: its place, its verb."""
        sentence = self.part.sentence_at(self.part.last_before(place))
        if sentence is None:
            return None
        span = (sentence.start, sentence.end)
        lemma = reports(sentence)
        announces = sentence.forms[-1] == ":" and (
            LABELS & set(sentence.forms) or self.part.mentions_in(*span)
        )
        return (span, lemma) if lemma is not None or announces else None


def reports(sentence: Sentence) -> str | None:
    """The verb of a sentence that reports someone's words."""
    forms = sentence.forms
    for form in forms:
        if form in ACCORDING:
            return ACCORDING[form]
    return last_verb(forms)


def last_verb(forms: list[str]) -> str | None:
    """The last verb of speech among words."""
    for at in range(len(forms) - 1, -1, -1):
        verb = verb_at(forms, at)
        if verb:
            return verb.lemma
        if forms[at] in SAID:
            return "де"
    return None
