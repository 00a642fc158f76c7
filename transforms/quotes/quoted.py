"""Words in quotation marks that someone says: ««…», – деді ол», «Ол: «…»»."""

from __future__ import annotations

from bisect import insort
from typing import TYPE_CHECKING, NamedTuple

from transforms.quotes.dashes import Dashes
from transforms.quotes.gathering import LABELS, LONGEST, last_verb
from transforms.quotes.marks import Mark, Pair, pair_marks
from transforms.quotes.quotation import (
    FEWEST_SAID,
    FEWEST_WORDS,
    WORD,
    Quote,
    is_clause,
)
from transforms.quotes.speakers import is_source
from transforms.quotes.speech import Narrator, Verb, saying_at
from transforms.quotes.vocabulary import (
    ACCORDING,
    AFTER_ACCORDING,
    DASHES,
    MARKS,
    REPORT,
)

if TYPE_CHECKING:
    from transforms.quotes.parts import Part, Sentence

#: Shorter sentences in marks that nobody says are names and slogans.
_FEWEST_ALONE = 6
_ENDS = frozenset({".", "!", "?", "…"})
_PASSED = DASHES | MARKS | _ENDS | {","}
#: What may follow a mark with neither comma nor dash between.
_BARE = frozenset({"деп", "деді", "дейді", "дей"})
#: «Тоқаев білім туралы: «…»».
_ABOUT = frozenset({"туралы", "қатысты", "жайлы", "жөнінде"})


class Quoted(Dashes):
    """Direct speech in quotation marks, after what dashes open."""

    def marks(self) -> None:
        """Take what is said in each pair of marks."""
        self.ends_of_quotes: dict[int, Quote] = {}
        marked = pair_marks(self.part)
        for pair in marked.pairs:
            opened = pair.earlier[0] if pair.earlier else pair.opened
            if not self.is_taken(opened.place, pair.closed.place):
                self.mark(pair)
        for mark in marked.unopened:
            self.half(mark.sentence, mark.at)

    def mark(self, pair: Pair) -> None:
        """Take what is said in one pair, if it is said."""
        quote = (
            self.after_marks(pair)
            or self.inside_marks(pair)
            or self.before_marks(pair)
            or self.alone(pair)
        )
        if quote is None:
            return
        self.take(quote)
        self.ends_of_quotes[pair.closed.sentence.start] = quote

    def pieces(self, pair: Pair) -> list[tuple[int, int]]:
        """What stands in a pair, and in the paragraphs opened before it."""
        pieces = [
            (mark.place + 1, self.part.line_end(mark.place)) for mark in pair.earlier
        ]
        return [*pieces, (pair.opened.place + 1, pair.closed.place)]

    def narrator_after(
        self, sentence: Sentence, closed_at: int
    ) -> tuple[Verb, tuple[int, int]] | None:
        """The verb after a closing mark, and the narrator's words; no outlet's."""
        following = _after(self.part, sentence, closed_at)
        if following is None:
            return None
        verb = saying_at(
            following.sentence.forms, following.at, dashed=following.dashed
        )
        first = following.sentence.forms[following.at]
        if verb is None or not (following.apart or first in _BARE):
            return None
        place = following.sentence.starts[following.at]
        narrator = next(iter(self.between(place, place)), None)
        end = narrator.end if narrator else following.sentence.end
        if verb.lemma in REPORT and is_source(self.part, place, end):
            return None
        return verb, (place, end)

    def after_marks(self, pair: Pair) -> Quote | None:
        """«…», – деді ол; «…» деп жазды ол."""
        pieces = self.pieces(pair)
        found = self.narrator_after(pair.closed.sentence, pair.closed.at)
        if found is None:
            return None
        verb, after = found
        fewest = FEWEST_SAID if verb.lemma == "де" else FEWEST_WORDS
        if not is_clause(self.part.text, pieces, fewest):
            return None
        return Quote(
            "direct", self.inside_pieces(pieces), verb.lemma, "marks", place=after[0],
            after=after, before=self.before_of(pieces[0][0]), used=[after[0]],
        )  # fmt: skip

    def inside_pieces(self, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Part what is quoted where a narrator speaks inside the marks."""
        start, end = pieces[-1]
        inner = self.inner_narrators(start, end)
        if not inner:
            return pieces
        return [
            *pieces[:-1],
            *self.with_narrators(start, inner[0], "marks", end).pieces,
        ]

    def inner_narrators(self, start: int, end: int) -> list[Narrator]:
        """Narrators inside marks after whom the quotation goes on."""
        return [
            narrator
            for narrator in self.between(start + 1, end - 1)
            if narrator.is_dashed
            and not narrator.after_mark
            and narrator.resumes is not None
            and narrator.resumes < end
        ]

    def inside_marks(self, pair: Pair) -> Quote | None:
        """«…, – деді ол. – …»: the narrator speaks inside the marks only."""
        start, end = pair.opened.place + 1, pair.closed.place
        inner = self.inner_narrators(start, end)
        if not inner or pair.earlier:
            return None
        return self.with_narrators(start, inner[0], "marks", end)

    def before_marks(self, pair: Pair) -> Quote | None:
        """Министр: «…»; Тоқаевтың айтуынша, «…»."""
        opened = pair.earlier[0] if pair.earlier else pair.opened
        pieces = self.pieces(pair)
        at = opened.at - 1
        if at < 1 or not is_clause(self.part.text, pieces):
            return None
        forms = opened.sentence.forms
        if forms[at] in DASHES:
            at -= 1
        if forms[at] == ",":
            return self.according(pair, pieces, opened, at - 1)
        if forms[at] != ":" or not self.announces(opened, at):
            return None
        return Quote(
            "direct", pieces, last_verb(forms[:at]), "colon", place=opened.place,
            before=(opened.sentence.start, opened.place),
        )  # fmt: skip

    def according(
        self, pair: Pair, pieces: list[tuple[int, int]], opened: Mark, last: int
    ) -> Quote | None:
        """Тоқаевтың айтуынша, «…»: where nothing but the quotation follows."""
        sentence = opened.sentence
        follows = pair.closed.sentence.forms[pair.closed.at + 1 :][:1]
        word = sentence.forms[last]
        is_whole = not follows or follows[0] in {",", *_ENDS, *DASHES}
        if not is_whole or (word not in ACCORDING and word not in AFTER_ACCORDING):
            return None
        first = last if word in ACCORDING else last - 1
        return Quote(
            "direct", pieces, ACCORDING.get(word, "айт"), "according",
            place=opened.place,
            owner=(sentence.start, sentence.ends[max(0, first - 1)]),
            used=[sentence.starts[max(0, first)]],
        )  # fmt: skip

    def announces(self, opened: Mark, colon: int) -> bool:
        """Whether the words before a colon say who speaks, or that someone does."""
        sentence = opened.sentence
        forms = sentence.forms[:colon]
        if last_verb(forms) or LABELS & set(forms):
            return True
        end = sentence.ends[colon - 1]
        return forms[-1] in _ABOUT or any(
            mention.end == end for mention in self.part.mentions_in(sentence.start, end)
        )

    def alone(self, pair: Pair) -> Quote | None:
        """Sentences in marks right after someone was said to speak."""
        opened = pair.earlier[0] if pair.earlier else pair.opened
        closed, text = pair.closed, self.part.text
        rest = closed.sentence.forms[closed.at + 1 :]
        last = self.part.last_before(opened.sentence.start)
        pieces = self.pieces(pair)
        first = opened.sentence.forms[: opened.at]
        if last < 0 or not {",", *_ENDS, *MARKS}.issuperset(rest):
            return None
        if first and (len(first) > 1 or first[0] not in DASHES):
            return None
        if not is_clause(text, pieces):
            return None
        before = self.part.sentence_at(last)
        earlier = self.ends_of_quotes.get(before.start) if before else None
        if earlier and "\n" not in text[last : opened.place]:
            # «…», – деді ол. «…»: one quotation in two parts.
            earlier.pieces += pieces
            insort(self.closed, (pieces[0][0], pieces[-1][1]))
            return None
        found = self.speaking_before(opened.sentence.start)
        words = sum(len(WORD.findall(text[start:end])) for start, end in pieces)
        if found is None or words < _FEWEST_ALONE:
            return None
        return Quote(
            "direct", pieces, found[1], "alone", place=opened.place, before=found[0]
        )

    def half(self, sentence: Sentence, at: int) -> None:
        """Take what stands before a mark whose opening one is lost: …», – деді ол."""
        found = self.narrator_after(sentence, at)
        place = sentence.starts[at]
        start = self.part.text.rfind("\n", max(0, place - LONGEST), place) + 1
        apart = sentence.forms[at + 1 : at + 2]
        if found is None or not apart or apart[0] not in {",", *DASHES}:
            return
        if place - start > LONGEST or self.is_taken(start, place):
            return
        verb, after = found
        if is_clause(self.part.text, [(start, place)]):
            self.take(
                Quote(
                    "direct",
                    [(start, place)],
                    verb.lemma,
                    "half",
                    place=after[0],
                    after=after,
                    used=[after[0]],
                )
            )


class _Following(NamedTuple):
    """The word after a closing mark, and whether a comma or a dash stands between."""

    sentence: Sentence
    at: int
    dashed: bool
    apart: bool


def _after(part: Part, sentence: Sentence, closed_at: int) -> _Following | None:
    """The word after a closing mark, past its comma and dash."""
    forms = sentence.forms
    at = closed_at + 1
    dashed = apart = False
    while at < len(forms) and forms[at] in _PASSED:
        dashed |= forms[at] in DASHES
        apart |= forms[at] == "," or forms[at] in DASHES
        at += 1
    if at < len(forms):
        return _Following(sentence, at, dashed, apart)
    # The narrator may stand on a line of its own: «- деп жазды ол».
    place = sentence.end
    while place < len(part.text) and part.text[place].isspace():
        place += 1
    following = part.sentence_at(place)
    if following and following.forms[0] in DASHES and len(following.forms) > 1:
        return _Following(following, 1, dashed=True, apart=True)
    return None
