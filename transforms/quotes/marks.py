"""Pair quotation marks, nested ones and those over several lines among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from transforms.quotes.vocabulary import CLOSING, DASHES, EITHER, MARKS, OPENING

if TYPE_CHECKING:
    from transforms.quotes.parts import Part, Sentence

#: A quotation has no more characters; a mark left open must not run on for ever.
LONGEST = 8000
#: Marks deeper than this are scan noise or a hostile text.
_DEEPEST = 12
_GOES_BEFORE = frozenset(" \n\t\u00a0([{" + "".join(DASHES))


class Mark(NamedTuple):
    """A quotation mark: its place, its sentence and which word of it it is."""

    place: int
    sentence: Sentence
    at: int
    family: str


class Pair(NamedTuple):
    """Two marks and the earlier ones that open the paragraphs of one quotation."""

    opened: Mark
    closed: Mark
    earlier: tuple[Mark, ...]
    depth: int


class Marked(NamedTuple):
    """The pairs of a part, outer ones first, and marks that close nothing."""

    pairs: list[Pair]
    unopened: list[Mark]


def pair_marks(part: Part) -> Marked:
    """Pair the quotation marks of a part.

    A straight mark opens or closes by what stands around it. Where every paragraph of
    a quotation is opened anew and only the last one closed, the earlier openings
    belong to the pair.
    """
    stack: list[Mark] = []
    pairs: list[Pair] = []
    unopened: list[Mark] = []
    left_open: list[Mark] = []
    for mark, tells in _marks(part):
        is_open = any(open_.family == mark.family for open_ in stack[-2:])
        if tells or (tells is None and not is_open):
            stack.append(mark)
            if len(stack) > _DEEPEST:
                left_open.append(stack.pop(0))
            continue
        at = len(stack) - 1
        while at >= 0 and stack[at].family != mark.family:
            at -= 1
        if at < 0:
            unopened.append(mark)
            continue
        left_open += stack[at + 1 :]
        opened = stack[at]
        del stack[at:]
        if _may_pair(part, opened, mark):
            pairs.append(Pair(opened, mark, (), len(stack)))
        else:
            unopened.append(mark)
    pairs = _with_earlier(part, pairs, sorted([*left_open, *stack]))
    pairs.sort(key=lambda pair: (pair.opened.place, -pair.closed.place))
    return Marked(pairs, unopened)


def _marks(part: Part) -> list[tuple[Mark, bool | None]]:
    found: list[tuple[Mark, bool | None]] = []
    text = part.text
    for sentence in part.sentences:
        if MARKS.isdisjoint(sentence.forms):
            continue
        for at, form in enumerate(sentence.forms):
            if form not in MARKS:
                continue
            place = sentence.starts[at]
            family = "either" if form in EITHER else "angle"
            mark = Mark(place, sentence, at, family)
            if form in OPENING or form in CLOSING:
                found.append((mark, form in OPENING))
                continue
            free_before = place == 0 or text[place - 1] in _GOES_BEFORE | OPENING
            free_after = place + 1 >= len(text) or not text[place + 1].isalnum()
            opens = None if free_before == free_after else free_before
            found.append((mark, opens))
    return found


def _may_pair(part: Part, opened: Mark, closed: Mark) -> bool:
    """Over several lines only what begins a sentence is a quotation."""
    if closed.place - opened.place > LONGEST:
        return False
    if closed.sentence.no == opened.sentence.no:
        return True
    before = opened.sentence.forms[opened.at - 1] if opened.at else ""
    begins = not opened.at or before in {":", ",", ".", "-", "–", "—"}
    return begins or "\n" not in part.text[opened.place : closed.place]


def _with_earlier(part: Part, pairs: list[Pair], left_open: list[Mark]) -> list[Pair]:
    """Give pairs the marks that open the paragraphs before theirs."""
    starts = {pair.opened.place: at for at, pair in enumerate(pairs)}
    for mark in reversed(left_open):
        if not part.begins_line(mark.place):
            continue
        next_line = part.line_end(mark.place)
        while part.text[next_line : next_line + 1].isspace():
            next_line += 1
        at = starts.get(next_line)
        if at is None:
            continue
        pair = pairs[at]
        first = pair.earlier[0] if pair.earlier else pair.opened
        if first.family == mark.family and pair.closed.place - mark.place <= LONGEST:
            pairs[at] = pair._replace(earlier=(mark, *pair.earlier))
            del starts[next_line]
            starts[mark.place] = at
    return pairs
