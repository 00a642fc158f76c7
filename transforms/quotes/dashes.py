"""Paragraphs that a dash opens: «– …, – деді ол.»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.quotes.gathering import LONGEST, Speech
from transforms.quotes.quotation import FEWEST_SAID, WORD, Quote, is_clause
from transforms.quotes.speakers import is_source
from transforms.quotes.speech import saying_at
from transforms.quotes.vocabulary import DASHES, REPORT

if TYPE_CHECKING:
    from transforms.quotes.parts import Part, Sentence

#: Fewer words after a dash are no quotation unless someone is said to say them.
_FEWEST_ALONE = 6
#: So many words may stand before a colon and a dash.
_LONGEST_LABEL = 14


class Dashes(Speech):
    """Direct speech that dashes open."""

    def dashes(self) -> None:
        """Take the quotation of each line that a dash opens."""
        part = self.part
        lines = [
            (sentence, at)
            for sentence in part.sentences
            if (at := _dash_that_opens(part, sentence)) is not None
        ]
        self.waiting: list[tuple[int, int]] = []
        for number, (sentence, at) in enumerate(lines):
            start = sentence.starts[at + 1]
            following = number + 1 < len(lines)
            end = lines[number + 1][0].start if following else len(part.text)
            if not self.is_taken(start, start + 1):
                self.dash(sentence, start, min(end, start + LONGEST))

    def dash(self, sentence: Sentence, start: int, block_end: int) -> None:
        """Take the quotation of one line, or of lines up to its narrator."""
        part = self.part
        waiting, self.waiting = self.waiting, []
        line_end = part.line_end(start)
        for narrator in self.between(start + 1, block_end):
            same_line = narrator.verb_at < line_end
            if not same_line and (narrator.after_mark or not narrator.is_dashed):
                continue
            quote = self.with_narrators(start, narrator, "dash", None)
            is_news = narrator.lemma in REPORT and is_source(
                part, narrator.verb_at, narrator.end
            )
            goes_on = same_line or _may_go_on(part, start, narrator.cut)
            if goes_on and not is_news:
                quote.pieces = [*self.just_before(waiting, sentence), *quote.pieces]
                if is_clause(part.text, quote.pieces, FEWEST_SAID):
                    self.take(quote)
            return
        self.undecided_dash(sentence, start, line_end)

    def just_before(
        self, waiting: list[tuple[int, int]], sentence: Sentence
    ) -> list[tuple[int, int]]:
        """Paragraphs right before a line that each began with a dash as well."""
        last = self.part.last_before(sentence.start)
        return waiting if waiting and waiting[-1][1] == last + 1 else []

    def undecided_dash(self, sentence: Sentence, start: int, line_end: int) -> None:
        """A dash without a narrator after it: one before it may end in a colon."""
        part = self.part
        text = part.text[start:line_end].rstrip()
        last = part.last_before(sentence.start)
        before = part.text[last : last + 1] if last >= 0 else ""
        if text[-1:] in ";,:" or len(WORD.findall(text)) < _FEWEST_ALONE:
            return
        previous = self.speaking_before(sentence.start)
        if previous is None:
            if text[-1:] in ".!…":
                self.waiting = [(start, start + len(text))]
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
            )
        )


def _dash_that_opens(part: Part, sentence: Sentence) -> int | None:
    """The dash that opens a quotation: the first of a line, or after «Министр:»."""
    forms = sentence.forms
    at = 0
    if forms[0] not in DASHES:
        if ":" not in forms[:_LONGEST_LABEL]:
            return None
        at = forms.index(":") + 1
    if at + 1 >= len(forms) or forms[at] not in DASHES or forms[at + 1] in DASHES:
        return None
    if not part.begins_line(sentence.start) and not at:
        return None
    return at if saying_at(forms, at + 1, dashed=True) is None else None


def _may_go_on(part: Part, start: int, cut: int) -> bool:
    """Whether a dash's quotation may go over these lines."""
    return not any(
        line.strip().endswith((";", ":")) for line in part.text[start:cut].split("\n")
    )
