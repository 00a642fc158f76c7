"""Direct speech: paragraphs that a dash opens, and words in quotation marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.quotes.quotation import Quote, tidy
from transforms.quotes.quoted import Quoted

if TYPE_CHECKING:
    from transforms.quotes.parts import Part

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


def find_direct(part: Part, closed: list[tuple[int, int]]) -> list[Quote]:
    """Find direct speech.

    Args:
        part: a title or text.
        closed: stretches that are quoted already (answers of an interview).
    """
    speech = Quoted(part, closed)
    speech.dashes()
    speech.marks()
    return [tidy(part.text, quote) for quote in speech.quotes]
