"""Paragraphs that a dash opens: «– …, – деді ол.»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.quotes.gathering import LONGEST, Speech
from transforms.quotes.quotation import WORD, Quote, is_clause
from transforms.quotes.speakers import is_source
from transforms.quotes.speech import saying_at
from transforms.quotes.vocabulary import DASHES, REPORT

if TYPE_CHECKING:
    from transforms.quotes.parts import Part, Sentence

#: Fewer words after a dash are no quotation unless someone is said to say them.
_FEWEST_ALONE = 6


class Dashes(Speech):
    """Direct speech that dashes open."""

    def dashes(self) -> None:
        """Take the quotation of each line that a dash opens."""
        part = self.part
        lines = [s for s in part.sentences if _opens_with_dash(part, s)]
        for at, sentence in enumerate(lines):
            start = sentence.starts[1]
            following = lines[at + 1].start if at + 1 < len(lines) else len(part.text)
            block_end = min(following, start + LONGEST)
            if self.is_taken(start, start + 1):
                continue
            self.dash(sentence, start, block_end)

    def dash(self, sentence: Sentence, start: int, block_end: int) -> None:
        """Take the quotation of one line, or of lines up to its narrator."""
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
            if is_clause(part.text, quote.pieces):
                self.take(quote)
            return
        self.undecided_dash(sentence, start, line_end)

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
