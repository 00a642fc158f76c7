"""A quotation on its way: its stretches, its verb, and where its speaker stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from transforms.quotes.vocabulary import FINITE, MARKS

#: Fewer words in marks are a name, unless «деді» follows.
FEWEST_WORDS, FEWEST_SAID = 4, 2
WORD = re.compile(r"\w[\w'’-]*")
_TRIMMED = " \t\r\n\u00a0,:–—―−-"


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
        used: where the narrators' words begin that belong to it.
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
    used: list[int] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Where the first stretch begins."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Where the last stretch ends."""
        return self.pieces[-1][1]


def is_clause(
    text: str, pieces: list[tuple[int, int]], fewest: int = FEWEST_WORDS
) -> bool:
    """Whether words make a clause: so many of them, or a finite verb at the end."""
    words = [word for start, end in pieces for word in WORD.findall(text[start:end])]
    if len(words) >= fewest:
        return True
    return len(words) > 1 and bool(FINITE.search(words[-1]))


def tidy(text: str, quote: Quote) -> Quote:
    """Leave out the marks, dashes and commas around each stretch."""
    pieces = []
    for start, end in quote.pieces:
        stretch = trim(text, start, end)
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
        if inner[:1] in MARKS and (_is_wrapped(inner) or not _is_paired(inner)):
            start += 1
        inner = text[start:end]
        if inner[-1:] in MARKS and not _is_paired(inner):
            end -= 1
        if (start, end) == before:
            return before


def _is_paired(inner: str) -> bool:
    """Whether the mark at an end has its pair inside."""
    return _count(inner) % 2 == 0


def _is_wrapped(inner: str) -> bool:
    """Whether one pair of marks stands around everything."""
    return inner[-1:] in MARKS and _count(inner) == len("«»")


def _count(inner: str) -> int:
    return sum(inner.count(mark) for mark in MARKS)
