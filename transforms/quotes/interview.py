"""Answers of an interview: what stands between two questions."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from transforms.quotes.quotation import Quote, trim

if TYPE_CHECKING:
    from transforms.quotes.parts import Part

SURE = {"interview": 0.9}
_DASHED = re.compile(r"\s*[–—-]\s*[\w«\"“„]")
_LABEL_ASKS = re.compile(r"(?i)\s*(?:сұрақ|тілші|журналист|вопрос|q)\s*[:.–—-]\s*\S")
_LABEL_ANSWERS = re.compile(r"(?i)\s*(?:жауап|ответ|a)\s*[:.–—-]\s*")
_REQUEST = re.compile(
    r"(?i)(?:с[еа]ң[іы]з(?:ші|дер)?|[ыі]ң[ыі]з(?:шы|ші)|айтыңыз|беріңіз|болады ма)"
    r"\s*[.…!]*$"
)
_THANKS = re.compile(r"(?i)ра[қх]мет|алғыс айт")
_ENDED = '.!?…:;»”"'
_MOST_HEADING_WORDS = 9
#: «… берген сұхбаты» stands after its giver.
_INTERVIEW = re.compile(r"(?i)сұхбат|интервью|әңгіме")


class _Line(NamedTuple):
    start: int
    end: int
    asks: bool
    dashed: bool


def find_answers(part: Part) -> tuple[list[Quote], list[tuple[int, int]]]:
    """Find the answers of an interview.

    Returns:
        The answers, one for what stands between two questions, headings left out; and
        the stretches of the whole conversation, in which nothing else is a quote.
    """
    lines = _lines(part.text)
    if not any(line.asks for line in lines):
        return [], []
    first = next(at for at, line in enumerate(lines) if line.asks)
    person = _interviewee(part, lines[first].start)
    answers: list[Quote] = []
    block: list[_Line] = []
    for line in [*lines[first:], None]:
        if line is not None and not line.asks:
            block.append(line)
            continue
        pieces = _pieces(part, block)
        if pieces:
            answers.append(
                Quote(
                    "answer",
                    pieces,
                    None,
                    "interview",
                    place=pieces[0][0],
                    entity_id=person,
                )
            )
        block = []
    return answers, [(lines[first].start, len(part.text))]


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    place = 0
    for raw in text.split("\n"):
        if raw.strip():
            dashed = bool(_DASHED.match(raw))
            found.append(_Line(place, place + len(raw), asks=False, dashed=dashed))
        place += len(raw) + 1
    both = _answers_are_dashed(text, found)
    return [line._replace(asks=_asks(text, line, both=both)) for line in found]


def _answers_are_dashed(text: str, lines: list[_Line]) -> bool:
    """Whether answers begin with a dash too: dashed lines without a question do."""
    after_question = plain = 0
    asked = False
    for line in lines:
        question = "?" in text[line.start : line.end]
        if asked:
            after_question += line.dashed and not question
            plain += not line.dashed
        asked = line.dashed and question
    return after_question > plain


def _asks(text: str, line: _Line, *, both: bool) -> bool:
    raw = text[line.start : line.end].rstrip()
    if _LABEL_ASKS.match(raw):
        return True
    if not line.dashed:
        return False
    if not both:
        return True
    return raw.endswith("?") or bool(
        _REQUEST.search(raw) or (_THANKS.search(raw) and len(raw.split()) <= 8)  # noqa: PLR2004
    )


def _pieces(part: Part, block: list[_Line]) -> list[tuple[int, int]]:
    """The stretches of an answer, without headings."""
    stretches: list[tuple[int, int]] = []
    for line in block:
        start, end = line.start, line.end
        label = _LABEL_ANSWERS.match(part.text, start, end)
        if label:
            start = label.end()
        if _is_heading(part.text[start:end]) and not line.dashed:
            continue
        stretches.append((start, _without_heading(part.text, start, end)))
    joined: list[tuple[int, int]] = []
    for start, end in stretches:
        trimmed = trim(part.text, start, end)
        if trimmed[0] >= trimmed[1]:
            continue
        if joined and not part.text[joined[-1][1] : trimmed[0]].strip(" \n\t\u00a0–—-"):
            joined[-1] = (joined[-1][0], trimmed[1])
        else:
            joined.append(trimmed)
    return joined


def _is_heading(raw: str) -> bool:
    bare = raw.strip()
    return bare[-1:] not in _ENDED and len(bare.split()) <= _MOST_HEADING_WORDS


def _without_heading(text: str, start: int, end: int) -> int:
    """Cut a heading that was run on to the end of a paragraph."""
    bare = text[start:end].rstrip()
    if bare[-1:] in _ENDED:
        return start + len(bare)
    last = max(bare.rfind(mark) for mark in ".!?…")
    if last > 0 and _is_heading(bare[last + 1 :]):
        return start + last + 1
    return start + len(bare)


def _interviewee(part: Part, first_question: int) -> int | None:
    """Who gives the interview: named in the title or lead, else named most there."""
    counted: Counter[int] = Counter()
    for where, end in ((part.title, None), (part, first_question)):
        if where is None:
            continue
        stop = len(where.text) if end is None else end
        for mention in where.mentions_in(0, stop):
            if mention.kind == "organisation" or mention.entity_id is None:
                continue
            following = where.text[mention.end : mention.end + 160]
            if _INTERVIEW.search(following.split(".")[0]) and mention.kind == "person":
                return mention.entity_id
            counted[mention.entity_id] += 1
    return counted.most_common(1)[0][0] if counted else None
