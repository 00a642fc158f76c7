"""Marks what was read out of a text, in the text, as HTML.

Spans may overlap anyhow. The text is cut wherever one of them, a sentence or a
paragraph begins or ends; each piece says all the names that cover it. Paragraphs hold
sentences, sentences hold quotes and events, and these hold everything smaller.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from warehouse.definitions import LANGUAGES
from warehouse.site.markup import plain
from warehouse.site.texts import site_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Kinds whose spans hold others.
WIDE = ("quote", "event")
KINDS = ("person", "organisation", "place", "position", "name", "amount", "date", *WIDE)


class Mark(NamedTuple):
    """A span and what it is; offsets count code points of the text."""

    kind: str
    start: int
    end: int
    names: tuple[str, str, str]
    path: str | None = None


@dataclass
class _Open:
    """Elements that are open at a point of the text."""

    paragraph: int = -1
    sentence: int = -1
    wide: tuple[Mark, ...] = ()


def mark_text(
    text: str,
    sentences: Sequence[tuple[int, int]],
    marks: Iterable[Mark],
    anchors: Iterable[int],
    prefix: str = "c",
) -> Markup:
    """The text as paragraphs with its spans marked.

    Args:
        text: the text.
        sentences: their spans, in order.
        marks: what was read.
        anchors: offsets that links lead to; each gets the id `prefix` + offset.
        prefix: c in the text, t in the title.
    """
    size = len(text)
    kept = [
        mark
        for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end))
        if 0 <= mark.start < mark.end <= size
    ]
    wanted = {offset for offset in anchors if 0 <= offset < size}
    wanted |= {mark.start for mark in kept} | {start for start, _ in sentences}
    paragraph_of = _paragraphs(text)
    cuts = {0, size} | wanted
    cuts |= {mark.end for mark in kept}
    cuts |= {end for _, end in sentences if end <= size}
    cuts |= {edge for start, end, _ in paragraph_of for edge in (start, end)}
    points = sorted(cuts)
    out: list[str] = []
    state, given = _Open(), set[int]()
    active: list[Mark] = []
    marks_at = sentence_at = paragraph_at = 0
    for start, end in pairwise(points):
        while marks_at < len(kept) and kept[marks_at].start <= start:
            active.append(kept[marks_at])
            marks_at += 1
        active = [mark for mark in active if mark.end > start]
        while (
            paragraph_at < len(paragraph_of) and paragraph_of[paragraph_at][1] <= start
        ):
            paragraph_at += 1
        is_inside = (
            paragraph_at < len(paragraph_of) and paragraph_of[paragraph_at][0] <= start
        )
        if not is_inside:
            continue
        while sentence_at < len(sentences) and sentences[sentence_at][1] <= start:
            sentence_at += 1
        in_sentence = (
            sentence_at
            if sentence_at < len(sentences) and sentences[sentence_at][0] <= start
            else -1
        )
        is_gap = text[start:end].isspace()
        wide = () if is_gap and in_sentence < 0 else _wide(active)
        _turn(out, state, paragraph_at, in_sentence, wide)
        anchor = f"{prefix}{start}" if start in wanted - given else None
        given.add(start)
        out.append(_piece(plain(text[start:end]), active, anchor))
    _turn(out, state, -1, -1, ())
    return Markup("".join(out))  # noqa: S704 - every piece is escaped below


def _paragraphs(text: str) -> list[tuple[int, int, int]]:
    """Lines that hold something: start, end, number."""
    found, start = [], 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            found.append((start, start + len(line), number))
        start += len(line) + 1
    return found


def _wide(active: list[Mark]) -> tuple[Mark, ...]:
    return tuple(mark for mark in active if mark.kind in WIDE)


def _turn(
    out: list[str],
    state: _Open,
    paragraph: int,
    sentence: int,
    wide: tuple[Mark, ...],
) -> None:
    """Close what ends here and open what begins."""
    is_new_paragraph = paragraph != state.paragraph
    is_new_sentence = is_new_paragraph or sentence != state.sentence
    if not is_new_sentence and wide == state.wide:
        return
    if state.wide:
        out.append("</span>")
    if is_new_sentence and state.sentence >= 0:
        out.append("</span>")
    if is_new_paragraph and state.paragraph >= 0:
        out.append("</p>")
    if is_new_paragraph and paragraph >= 0:
        out.append("<p>")
    if is_new_sentence and sentence >= 0:
        out.append('<span class="s">')
    if wide:
        kinds = " ".join(dict.fromkeys(mark.kind for mark in wide))
        out.append(f'<span class="w {kinds}"{_named(wide)} tabindex="0">')
    state.paragraph, state.sentence, state.wide = paragraph, sentence, wide


def _piece(text: str, active: list[Mark], anchor: str | None) -> str:
    narrow = sorted(
        (mark for mark in active if mark.kind not in WIDE),
        key=lambda mark: mark.end - mark.start,
    )
    shown = escape(text)
    if not narrow:
        return f'<a class="at" id="{anchor}"></a>{shown}' if anchor else shown
    identity = f' id="{anchor}"' if anchor else ""
    kinds = narrow[0].kind if len(narrow) == 1 else f"{narrow[0].kind} many"
    path = next((mark.path for mark in narrow if mark.path), None)
    attributes = f'class="m {kinds}"{identity}{_named(narrow)}'
    if path:
        return f'<a {attributes} href="{escape(path)}">{shown}</a>'
    return f'<span {attributes} tabindex="0">{shown}</span>'


def _named(marks: Sequence[Mark]) -> str:
    """What the spans name, as attributes that the page's style shows.

    Of a single one the style adds the kind; of several each name has it.
    """
    names = [
        _all_names(marks, place) if len(marks) > 1 else plain(marks[0].names[place])
        for place in range(len(LANGUAGES))
    ]
    kazakh, *others = names
    attributes = f' data-n="{escape(kazakh)}"'
    for language, name in zip(LANGUAGES[1:], others, strict=True):
        if name != kazakh:
            attributes += f' data-{language}="{escape(name)}"'
    return attributes + (" data-many" if len(marks) > 1 else "")


def _all_names(marks: Sequence[Mark], place: int) -> str:
    kinds = site_texts()["kinds"]
    language = LANGUAGES[place]
    return "; ".join(
        dict.fromkeys(
            f"{kinds[mark.kind][language]}: {plain(mark.names[place])}"
            for mark in marks
        )
    )
