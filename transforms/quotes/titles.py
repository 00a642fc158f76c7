"""Quotations that make a title: «Тоқаев: …», «… – Н. Назарбаев»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.quotes.quotation import Quote, trim
from transforms.quotes.vocabulary import DASHES, FINITE, MARKS, is_speaker_noun

if TYPE_CHECKING:
    from transforms.quotes.parts import Part

SURE = {"title": 0.85}
_FEWEST_WORDS = 4
_WORD = re.compile(r"\w[\w'’-]*")
#: Words before a colon that name what follows, not who says it.
_LONGEST_LABEL = 14
_FEWEST_OF_PHRASE = 3
_JOINING = frozenset({"және", "мен", "пен", "бен", "әрі"})
_ASKING = frozenset(
    {"кім", "кімдер", "кімді", "кімге", "не", "нені", "қалай", "қашан", "қандай",
     "неге", "қайда", "қанша", "неліктен", "қай"}
)  # fmt: skip


def find_in_title(part: Part) -> list[Quote]:
    """Find the quotation that a title is, if it is one."""
    if not part.sentences:
        return []
    sentence = part.sentences[0]
    forms = sentence.forms
    if ":" in forms:
        at = forms.index(":")
        if 0 < at <= _LONGEST_LABEL and _is_label(part, forms, sentence.ends[at - 1]):
            return _quote(
                part, sentence.ends[at], len(part.text), (0, sentence.starts[at])
            )
        return []
    dashes = [at for at, form in enumerate(forms) if form in DASHES]
    if dashes:
        at = dashes[-1]
        end = sentence.starts[at]
        speaker = (sentence.ends[at], len(part.text))
        last = next((form for form in forms[:at][::-1] if form not in MARKS), "")
        is_said = FINITE.search(last) or last in {"!", "?"}
        if is_said and _is_speaker(part, *speaker):
            return _quote(part, 0, end, speaker)
    return []


def _is_label(part: Part, forms: list[str], end: int) -> bool:
    """Whether the words to a colon say who speaks, and the rest what is said."""
    at = forms.index(":")
    label, rest = forms[:at], forms[at + 1 :]
    if sum(form in MARKS for form in label) % 2 or not _names_speaker(part, end):
        return False
    names = [m for m in part.mentions_in(0, end) if m.kind == "person" and m.is_subject]
    if len(names) != 1 and {",", *_JOINING} & set(label):
        return False
    if rest[-1:] == ["?"] and not MARKS & set(rest) and _ASKING & set(rest):
        return False
    # «Мас күйде көлік айдаған судья: министрлік жауап берді» is said of the one.
    is_phrase = not names and len(label) >= _FEWEST_OF_PHRASE
    return not is_phrase or not _begins_with_name(part, end)


def _begins_with_name(part: Part, colon: int) -> bool:
    """Whether a name in the nominative stands right after a colon."""
    for mention in part.mentions_in(colon, len(part.text)):
        before = part.text[colon : mention.start].strip(" :")
        return not before and mention.kind != "position" and mention.is_subject
    return False


def _names_speaker(part: Part, end: int) -> bool:
    """Whether one who may speak stands right before a colon."""
    for mention in part.mentions_in(0, end):
        if mention.end == end and mention.is_subject:
            return True
    last = part.text[:end].split()[-1].lower()
    return is_speaker_noun(last)


def _is_speaker(part: Part, start: int, end: int) -> bool:
    """Whether a stretch is nothing but a speaker's name or office."""
    found = [m for m in part.mentions_in(start, end) if m.is_subject]
    if not found:
        return False
    last = found[-1]
    return not part.text[last.end : end].strip(" .") and last.kind != "organisation"


def _quote(part: Part, start: int, end: int, speaker: tuple[int, int]) -> list[Quote]:
    start, end = trim(part.text, start, end)
    words = _WORD.findall(part.text[start:end])
    if len(words) < _FEWEST_WORDS and not (len(words) > 1 and FINITE.search(words[-1])):
        return []
    return [Quote("direct", [(start, end)], None, "title", place=start, before=speaker)]
