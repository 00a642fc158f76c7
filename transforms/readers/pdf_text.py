"""Lines of print on a PDF's pages to paragraphs.

A PDF knows letters and places, no paragraphs. A line goes on in the next one unless
something says that a paragraph ends: a gap, an indent, another size of print, a line
that stops early, or a list's mark.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True)
class Line:
    """A line of print: its text, page (from 0), place and size in points.

    ``y`` grows upwards, as PDF counts.
    """

    text: str
    page: int
    x: float
    y: float
    size: float


#: A heading is larger than the text by this factor; a paragraph's size varies less.
_HEADING_FACTOR = 1.15
_SIZE_TOLERANCE = 0.04

#: A gap of more than this many usual line distances stands between paragraphs.
_GAP_FACTOR = 1.3

#: An indent of more than this many sizes of print begins a paragraph.
_INDENT_FACTOR = 0.5

#: Shares of the usual length below which a line stops early: for certain, and where
#: it ends as a sentence does.
_SHORT, _SHORTISH = 0.6, 0.9

#: From this share of lines that end with a hyphen on, words were divided.
_DIVIDED_SHARE = 0.05

#: Lines at a page's top and bottom that may be running heads or page numbers.
_EDGE_LINES = 2
_LONGEST_RUNNING_HEAD = 120

_SENTENCE_END = re.compile(r"[.!?…:;][»\"”)]*$|[»\"”]$")
_BEGINS_ANEW = re.compile(r"[«\"“(–—-]?\s*(?:[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]|\d)")
_LIST_MARK = re.compile(
    r"(?:\d{1,2}[.)]\s|[•▪●■◦·]\s?|[а-яәғқңөұүһі]\)\s|[–—-]\s+[«\"]?[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])"
)
_LIST_BEFORE = re.compile(r"[.;:!?…»\"]$")
_PAGE_NUMBER = re.compile(r"[–—-]?\s*(?:\d{1,4}|[IVXivx]{1,5})\s*[–—-]?")
_HYPHENS = ("-", "\u2010", "\u00ad", "¬")
_SURE_HYPHENS = ("\u00ad", "¬")
_WORD_END = re.compile(r"[^\W\d_]+$")
_WORD_START = re.compile(r"[^\W\d_]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def page_lines(page: Any, number: int) -> list[Line]:
    """Take the lines of print off a page, in the order of its content.

    Args:
        page: a page of pypdf.
        number: the page's number, from 0.
    """
    pieces: list[tuple[str, float, float, float]] = []

    def collect(text: str, outer: Any, inner: Any, _font: Any, size: float) -> None:
        if text:
            x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
            y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            scale = abs(inner[3] * outer[3]) or 1.0
            pieces.append((text, x, y, size * scale))

    page.extract_text(visitor_text=collect)
    return list(_lines_of(pieces, number))


def _lines_of(
    pieces: list[tuple[str, float, float, float]], number: int
) -> Iterator[Line]:
    """Put pieces of text together until a line's end."""
    text = ""
    place = (0.0, 0.0, 0.0)
    for piece, *where in (*pieces, ("\n", 0.0, 0.0, 0.0)):
        for index, part in enumerate(piece.split("\n")):
            if index:
                line = " ".join(_CONTROLS.sub("\ufffd", text).split())
                if line:
                    yield Line(line, number, *place)
                text = ""
            if part.strip() and not text.strip():
                place = (where[0], where[1], where[2])
            text += part


def take_heading(lines: Sequence[Line]) -> tuple[str | None, list[Line]]:
    """Take off what the first page prints larger than the text, as the title.

    Returns:
        The title, if there is one above the text, and the other lines, without
        running heads and page numbers.
    """
    lines = _without_running_heads(lines)
    size = _text_size(lines)
    large = [
        at
        for at, line in enumerate(lines)
        if line.page == lines[0].page and line.size > size * _HEADING_FACTOR
    ]
    if not large:
        return None, lines
    largest = max(lines[at].size for at in large)
    first = next(at for at in large if lines[at].size >= largest - _slack(largest))
    after = first
    while after < len(lines) and abs(lines[after].size - largest) <= _slack(largest):
        after += 1
    above = sum(len(line.text) for line in lines[:first])
    title = " ".join(line.text for line in lines[first:after])
    if above > len(title) + 200 or len(title) > 300:  # noqa: PLR2004 - a label above
        return None, lines
    return title, [*lines[:first], *lines[after:]]


def paragraphs_of(lines: Sequence[Line]) -> list[str]:
    """Join lines to paragraphs, words that were divided at a line's end to words."""
    if not lines:
        return []
    breaks = _Breaks(lines)
    keeps_hyphen = _hyphen_rule([line.text for line in lines])
    paragraphs = [lines[0].text]
    for before, line in pairwise(lines):
        if breaks.between(before, line):
            paragraphs.append(line.text)
        elif before.text.endswith(_HYPHENS):
            joined = paragraphs[-1]
            if not keeps_hyphen(before.text, line.text):
                joined = joined[:-1]
            paragraphs[-1] = joined + line.text
        else:
            paragraphs[-1] += " " + line.text
    return [paragraph for paragraph in paragraphs if paragraph.strip()]


class _Breaks:
    """Tells where a paragraph ends, by what is usual in the document."""

    def __init__(self, lines: Sequence[Line]) -> None:
        size = _text_size(lines)
        usual = [line for line in lines if abs(line.size - size) <= _slack(size)]
        lengths = sorted(len(line.text) for line in usual)
        self.length = lengths[int(len(lengths) * 0.9)] if lengths else 0
        distances = [
            a.y - b.y
            for a, b in pairwise(usual)
            if a.page == b.page and 0 < a.y - b.y < 4 * (size or 1)
        ]
        self.distance = median(distances) if distances else 0.0
        lefts = Counter((line.page, round(line.x)) for line in usual)
        # Of the usual places the leftmost is the margin: indents stand to its right.
        self.margins = {
            page: min(x for (p, x), n in lefts.items() if p == page and n >= most / 4)
            for page, most in _most_by_page(lefts).items()
        }

    def between(self, before: Line, line: Line) -> bool:
        """Say whether a paragraph ends between two lines."""
        if abs(before.size - line.size) > _slack(before.size):
            return True
        if before.text.endswith(_HYPHENS):
            return False
        if _LIST_MARK.match(line.text) and _LIST_BEFORE.search(before.text):
            return True
        if before.page == line.page and self.distance:
            gap = before.y - line.y
            if gap > self.distance * _GAP_FACTOR:
                return True
        return self._is_indented(before, line) or self._stops(before, line)

    def _is_indented(self, before: Line, line: Line) -> bool:
        indent = line.x - self.margins.get(line.page, line.x)
        if indent <= _INDENT_FACTOR * line.size:
            return False
        goes_in = line.x - before.x > _INDENT_FACTOR * line.size
        ends = _SENTENCE_END.search(before.text) is not None
        if before.page != line.page:  # margins differ from page to page
            return ends
        return goes_in or ends

    def _stops(self, before: Line, line: Line) -> bool:
        if not _BEGINS_ANEW.match(line.text):
            return False
        length = len(before.text)
        if length < self.length * _SHORT:
            return True
        ends = _SENTENCE_END.search(before.text) is not None
        return ends and length < self.length * _SHORTISH


def _most_by_page(lefts: Counter[tuple[int, int]]) -> dict[int, int]:
    most: dict[int, int] = {}
    for (page, _), count in lefts.items():
        most[page] = max(count, most.get(page, 0))
    return most


def _hyphen_rule(texts: Sequence[str]) -> Any:
    """Make the rule whether a hyphen at a line's end belongs to the word.

    A word that stands elsewhere in one of the two ways is written that way;
    otherwise it counts whether the document divides words at all.
    """
    words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(texts).casefold()))
    ending = sum(text.endswith(_HYPHENS) for text in texts)
    divides = ending > _DIVIDED_SHARE * len(texts)

    def keeps(before: str, after: str) -> bool:
        if before.endswith(_SURE_HYPHENS):
            return False
        start, end = _WORD_END.search(before[:-1]), _WORD_START.match(after)
        if not start or not end:
            return True
        first, second = start[0].casefold(), end[0].casefold()
        if f"{first}-{second}" in words:
            return True
        return not (first + second in words or divides) or end[0][0].isupper()

    return keeps


def _without_running_heads(lines: Sequence[Line]) -> list[Line]:
    """Leave out page numbers and what stands at the edges of several pages."""
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    edges: list[Line] = []
    for page in by_page.values():
        ordered = sorted(page, key=lambda line: line.y)
        edges += [*ordered[:_EDGE_LINES], *ordered[_EDGE_LINES:][-_EDGE_LINES:]]
    pages_with = Counter(
        masked for masked, _ in {(_masked(line), line.page) for line in edges}
    )
    dropped = {
        id(line)
        for line in edges
        if _PAGE_NUMBER.fullmatch(line.text)
        or (pages_with[_masked(line)] > 1 and len(line.text) <= _LONGEST_RUNNING_HEAD)
    }
    kept = [line for line in lines if id(line) not in dropped]
    return kept or list(lines)


def _masked(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _text_size(lines: Sequence[Line]) -> float:
    """The size in which most of the text is printed."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _slack(size: float) -> float:
    return max(size * _SIZE_TOLERANCE, 0.05)
