"""Direct speech: paragraphs that a dash opens, and words in quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from transforms.quotes.marks import Pair, pair_marks
from transforms.quotes.speakers import is_source
from transforms.quotes.speech import Narrator, narrators, saying_at, verb_at
from transforms.quotes.vocabulary import (
    ACCORDING,
    AFTER_ACCORDING,
    DASHES,
    FINITE,
    MARKS,
    REPORT,
)

if TYPE_CHECKING:
    from transforms.quotes.parts import Part, Sentence

#: How sure each way of quoting is, chosen on articles of our own.
SURE = {
    "dash": 0.95,
    "marks": 0.95,
    "colon": 0.9,
    "according": 0.85,
    "open": 0.6,
    "alone": 0.7,
    "half": 0.5,
}
#: A dash's quotation goes over so many characters at most.
_LONGEST = 8000
_FEWEST_WORDS, _FEWEST_ALONE = 4, 6
_WORD = re.compile(r"\w[\w'’-]*")
_TRIMMED = " \t\r\n\u00a0,–—―−-"
_LABELS = frozenset({"былай", "сөзі", "сөзінде", "пікірі", "жауабы", "сөздер", "дей"})


@dataclass
class Quote:
    """A quotation before its speaker is known.

    Attributes:
        kind: direct, indirect or answer.
        pieces: the quoted stretches, in order.
        verb: lemma of the verb of speech, None without one.
        method: how it was found.
        place: where the narrator speaks, for order.
        after: the narrator's words after the verb.
        before: words before the quotation that may name the speaker.
        owner: words before «айтуынша».
        entity_id: the speaker where the kind tells it at once.
        needs_source: whether the narrator must not be an outlet.
    """

    kind: str
    pieces: list[tuple[int, int]]
    verb: str | None
    method: str
    place: int
    after: tuple[int, int] | None = None
    before: tuple[int, int] | None = None
    owner: tuple[int, int] | None = None
    entity_id: int | None = None
    carried: bool = True
    used: list[int] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Where the first stretch begins."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Where the last stretch ends."""
        return self.pieces[-1][1]


def find_direct(part: Part, closed: list[tuple[int, int]]) -> list[Quote]:
    """Find direct speech.

    Args:
        part: a title or text.
        closed: stretches that are quoted already (answers of an interview).
    """
    found: list[Narrator] = []
    for sentence in part.sentences:
        found += narrators(part, sentence)
    speech = _Speech(part, found, closed)
    speech.dashes()
    speech.marks()
    return [_tidy(part, quote) for quote in speech.quotes]


class _Speech:
    """The direct speech of one part, gathered step by step."""

    def __init__(
        self, part: Part, found: list[Narrator], closed: list[tuple[int, int]]
    ) -> None:
        self.part = part
        self.narrators = found
        self.places = [narrator.verb_at for narrator in found]
        self.quotes: list[Quote] = []
        self.closed = list(closed)
        self.numbers = {s.start: at for at, s in enumerate(part.sentences)}
        self.ends_of_quotes: dict[int, Quote] = {}

    def between(self, start: int, end: int) -> list[Narrator]:
        first = bisect_left(self.places, start)
        return self.narrators[first : bisect_right(self.places, end)]

    def next_narrator(self, start: int, end: int) -> Narrator | None:
        for at in range(bisect_left(self.places, start), len(self.places)):
            narrator = self.narrators[at]
            if narrator.verb_at > end:
                break
            if narrator.is_dashed or narrator.after_mark:
                return narrator
        return None

    def is_taken(self, start: int, end: int) -> bool:
        return any(a < end and start < b for a, b in self.closed[-60:])

    def take(self, quote: Quote) -> None:
        self.quotes.append(quote)
        self.closed.append((quote.start, quote.end))

    # Paragraphs that a dash opens.

    def dashes(self) -> None:
        part = self.part
        lines = [s for s in part.sentences if _opens_with_dash(part, s)]
        for at, sentence in enumerate(lines):
            start = sentence.starts[1]
            following = lines[at + 1].start if at + 1 < len(lines) else len(part.text)
            block_end = min(following, start + _LONGEST)
            if self.is_taken(start, start + 1):
                continue
            self.dash(sentence, start, block_end)

    def dash(self, sentence: Sentence, start: int, block_end: int) -> None:
        part = self.part
        line_end = part.line_end(start)
        for narrator in self.between(start + 1, block_end):
            same_line = narrator.verb_at < line_end
            if not same_line and (narrator.after_mark or not narrator.is_dashed):
                continue
            if narrator.lemma in REPORT and is_source(
                part, narrator.verb_at, narrator.end
            ):
                return
            if not same_line and not _may_go_on(part, start, narrator.cut):
                return
            quote = self.with_narrators(start, narrator, "dash", None)
            if _is_clause(part, quote.pieces):
                self.take(quote)
            return
        self.undecided_dash(sentence, start, line_end)

    def undecided_dash(self, sentence: Sentence, start: int, line_end: int) -> None:
        """A dash without a narrator after it: one before it may end in a colon."""
        part = self.part
        text = part.text[start:line_end].rstrip()
        before = part.text[: sentence.start].rstrip()[-1:] if sentence.start else ""
        if text[-1:] in ";,:" or len(_WORD.findall(text)) < _FEWEST_ALONE:
            return
        previous = self.speaking_before(sentence.start - 1)
        if previous is None:
            return
        method = "colon" if before == ":" else "open"
        if method == "open" and text[-1:] not in ".!?…":
            return
        self.take(
            Quote(
                "direct",
                [(start, start + len(text))],
                previous[1],
                method,
                place=start,
                before=previous[0],
            )  # fmt: skip
        )

    def with_narrators(
        self, start: int, narrator: Narrator, method: str, limit: int | None
    ) -> Quote:
        """Join what stands before, between and after the narrator's words."""
        part = self.part
        pieces = [(start, narrator.cut)]
        used = [narrator.verb_at]
        last = narrator
        while last.resumes is not None and (limit is None or last.resumes < limit):
            line_end = part.line_end(last.resumes)
            stop = line_end if limit is None else limit
            following = self.next_narrator(last.resumes + 1, stop)
            if following:
                pieces.append((last.resumes, following.cut))
                last = following
                used.append(last.verb_at)
                continue
            pieces.append((last.resumes, stop))
            break
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
        text = self.part.text
        while place > 0 and text[place].isspace():
            place -= 1
        sentence = self.part.sentence_at(place - 1) or self.part.sentence_at(place)
        if sentence is None:
            return None
        span = (sentence.start, sentence.end)
        lemma = _reports(sentence)
        if lemma is not None:
            return span, lemma
        if sentence.forms[-1] == ":" and _LABELS & set(sentence.forms):
            return span, None
        if sentence.forms[-1] == ":" and self.part.mentions_in(*span):
            return span, None
        return None

    # Words in quotation marks.

    def marks(self) -> None:
        marked = pair_marks(self.part)
        for pair in marked.pairs:
            opened = pair.earlier[0] if pair.earlier else pair.opened
            if not self.is_taken(opened.place, pair.closed.place):
                self.mark(pair)
        for mark in marked.unopened:
            self.half(mark.sentence, mark.at)

    def mark(self, pair: Pair) -> None:
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
        pieces = [
            (mark.place + 1, self.part.line_end(mark.place)) for mark in pair.earlier
        ]
        return [*pieces, (pair.opened.place + 1, pair.closed.place)]

    def after_marks(self, pair: Pair) -> Quote | None:
        """«…», – деді ол; «…» деп жазды ол."""
        pieces = self.pieces(pair)
        closed = pair.closed
        sentence, at, dashed, comma = _after(self.part, closed.sentence, closed.at)
        if sentence is None:
            return None
        verb = saying_at(sentence.forms, at, dashed=dashed)
        if verb is None or not _is_clause(self.part, pieces):
            return None
        if not (
            dashed or comma or sentence.forms[at] in {"деп", "деді", "дейді", "дей"}
        ):
            return None
        verb_place = sentence.starts[at]
        narrator = next(iter(self.between(verb_place, verb_place)), None)
        end = narrator.end if narrator else sentence.end
        if verb.lemma in REPORT and is_source(self.part, verb_place, end):
            return None
        if sentence.forms[at] == "деп" and not dashed and not comma:
            # «…» деп Президент атап өтті: or the subject stands before.
            end = sentence.end
        used = [verb_place]
        joined = self.inside_pieces(pair, pieces)
        return Quote(
            "direct", joined, verb.lemma, "marks", place=verb_place,
            after=(verb_place, end),
            before=self.before_of(pieces[0][0]),
            used=used,
        )  # fmt: skip

    def inside_pieces(
        self, pair: Pair, pieces: list[tuple[int, int]]
    ) -> list[tuple[int, int]]:
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
        sentence, at = opened.sentence, opened.at
        pieces = self.pieces(pair)
        if not _is_clause(self.part, pieces):
            return None
        if at == 0:
            return None
        before = (sentence.start, opened.place)
        word = sentence.forms[at - 1]
        if word in DASHES and at > 1:
            at -= 1
            word = sentence.forms[at - 1]
        forms = sentence.forms[: at - 1]
        follows = pair.closed.sentence.forms[pair.closed.at + 1 :][:1]
        is_whole = not follows or follows[0] in {".", ",", "!", "?", "…"} | DASHES
        if (
            word == ","
            and is_whole
            and forms
            and (forms[-1] in ACCORDING or forms[-1] in AFTER_ACCORDING)
        ):
            lemma = ACCORDING.get(forms[-1], "айт")
            back = 1 if forms[-1] in ACCORDING else 2
            return Quote(
                "direct", pieces, lemma, "according", place=opened.place,
                owner=(sentence.start, sentence.ends[max(0, len(forms) - back - 1)]),
                used=[sentence.starts[len(forms) - 1]],
            )  # fmt: skip
        if word != ":":
            return None
        lemma = _last_verb(forms)
        named = any(
            self.part.text[m.end : opened.place].strip(" :–—-") == ""
            for m in self.part.mentions_in(*before)
        )
        about = forms[-1:] == ["туралы"] or forms[-2:] == ["қатысты"]
        if lemma is None and not named and not about and not (_LABELS & set(forms)):
            return None
        return Quote(
            "direct", pieces, lemma, "colon", place=opened.place, before=before
        )

    def alone(self, pair: Pair) -> Quote | None:
        """A paragraph or sentences in marks right after someone was said to speak."""
        opened = pair.earlier[0] if pair.earlier else pair.opened
        closed = pair.closed
        if opened.at or any(
            form not in {".", "!", "?", "…", ","} | MARKS
            for form in closed.sentence.forms[closed.at + 1 :]
        ):
            return None
        pieces = self.pieces(pair)
        if not _is_clause(self.part, pieces):
            return None
        text = self.part.text
        words = sum(len(_WORD.findall(text[start:end])) for start, end in pieces)
        previous = text[: opened.place].rstrip()
        if not previous:
            return None
        before = self.part.sentence_at(len(previous) - 1)
        earlier = self.ends_of_quotes.get(before.start) if before else None
        if earlier and "\n" not in text[len(previous) : opened.place]:
            # «…», – деді ол. «…»: one quotation in two parts.
            earlier.pieces += pieces
            self.closed.append(pieces[0])
            return None
        found = self.speaking_before(len(previous))
        if found is None or words < _FEWEST_ALONE:
            return None
        return Quote(
            "direct", pieces, found[1], "alone", place=opened.place, before=found[0]
        )

    def half(self, sentence: Sentence, at: int) -> None:
        """A closing mark whose opening one is lost: «…», – деді ол."""
        after, verb_at_, dashed, comma = _after(self.part, sentence, at)
        if after is None or not (dashed or comma):
            return
        verb = saying_at(after.forms, verb_at_, dashed=dashed)
        place = sentence.starts[at]
        start = self.part.text.rfind("\n", 0, place) + 1
        if verb is None or place - start > _LONGEST:
            return
        pieces = [(start, place)]
        verb_place = after.starts[verb_at_]
        if self.is_taken(start, place) or not _is_clause(self.part, pieces):
            return
        if verb.lemma in REPORT and is_source(self.part, verb_place, after.end):
            return
        self.take(
            Quote(
                "direct",
                pieces,
                verb.lemma,
                "half",
                place=verb_place,
                after=(verb_place, after.end),
                used=[verb_place],
            )  # fmt: skip
        )


def _opens_with_dash(part: Part, sentence: Sentence) -> bool:
    """Whether a sentence is the first of a line that a dash opens."""
    forms = sentence.forms
    if len(forms) < 2 or forms[0] not in DASHES:  # noqa: PLR2004 - a dash and a word
        return False
    if not part.begins_line(sentence.start) or forms[1] in DASHES:
        return False
    return saying_at(forms, 1, dashed=True) is None


def _may_go_on(part: Part, start: int, cut: int) -> bool:
    """Whether a dash's quotation may go over these lines."""
    return not any(
        line.strip().endswith((";", ":")) for line in part.text[start:cut].split("\n")
    )


def _after(
    part: Part, sentence: Sentence, closed_at: int
) -> tuple[Sentence | None, int, bool, bool]:
    """The word after a closing mark, past its comma and dash."""
    forms = sentence.forms
    at = closed_at + 1
    dashed = comma = False
    while at < len(forms) and (
        forms[at] in DASHES or forms[at] in {",", ".", "!", "?", "…"} | MARKS
    ):
        dashed |= forms[at] in DASHES
        comma |= forms[at] == ","
        at += 1
    if at < len(forms):
        return sentence, at, dashed, comma
    # The narrator may stand on a line of its own: «- деп жазды ол».
    place = sentence.end
    while place < len(part.text) and part.text[place].isspace():
        place += 1
    following = part.sentence_at(place)
    if following and following.forms[0] in DASHES and len(following.forms) > 1:
        return following, 1, True, comma
    return None, 0, False, False


def _is_clause(part: Part, pieces: list[tuple[int, int]]) -> bool:
    """Whether words make a clause: four of them, or a finite verb at the end."""
    words = [
        word for start, end in pieces for word in _WORD.findall(part.text[start:end])
    ]
    if len(words) >= _FEWEST_WORDS:
        return True
    return len(words) > 1 and bool(FINITE.search(words[-1]))


def _reports(sentence: Sentence) -> str | None:
    """The verb of a sentence that reports someone's words."""
    forms = sentence.forms
    for form in forms:
        if form in ACCORDING:
            return ACCORDING[form]
    return _last_verb(forms)


def _last_verb(forms: list[str]) -> str | None:
    for at in range(len(forms) - 1, -1, -1):
        verb = verb_at(forms, at)
        if verb:
            return verb.lemma
        if forms[at] in {"деді", "дейді", "дегенді"}:
            return "де"
    return None


def _tidy(part: Part, quote: Quote) -> Quote:
    """Leave out the marks, dashes and commas around each stretch."""
    pieces = []
    for start, end in quote.pieces:
        stretch = trim(part.text, start, end)
        if stretch[0] < stretch[1]:
            pieces.append(stretch)
    quote.pieces = pieces or quote.pieces
    return quote


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out spaces, dashes and commas around a stretch, and marks without pair."""
    while True:
        before = start, end
        while start < end and text[start] in _TRIMMED:
            start += 1
        while start < end and text[end - 1] in _TRIMMED:
            end -= 1
        inner = text[start:end]
        if inner[:1] in MARKS and (_is_wrapped(inner) or not _is_paired(inner, 0)):
            start += 1
        inner = text[start:end]
        if inner[-1:] in MARKS and not _is_paired(inner, -1):
            end -= 1
        if (start, end) == before:
            return before


def _is_paired(inner: str, at: int) -> bool:
    """Whether the mark at an end has its pair inside."""
    marks = sum(inner.count(mark) for mark in MARKS)
    return marks % 2 == 0 and marks > 0


def _is_wrapped(inner: str) -> bool:
    return (
        inner[-1:] in MARKS and sum(inner.count(mark) for mark in MARKS) == 2  # noqa: PLR2004 - one pair
    )
