"""The office or the calling that stands beside a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.quotes.topics import WORD_BEFORE
from transforms.quotes.vocabulary import is_speaker_noun

if TYPE_CHECKING:
    from transforms.quotes.mentions import Mention
    from transforms.quotes.parts import Part

BESIDE = re.compile(r"[\s,–—-]*")


def role_beside(part: Part, person: Mention) -> tuple[int | None, int | None]:
    """The office before a name, or between commas after it."""
    near = part.mentions_in(max(0, person.start - 200), person.end + 200)
    for mention in near:
        if mention.kind != "position":
            continue
        before = part.text[mention.end : person.start]
        after = part.text[person.end : mention.start]
        if mention.end <= person.start and BESIDE.fullmatch(before):
            return mention.start, mention.end
        if mention.start >= person.end and re.fullmatch(r"\s*[,–—(-]\s*", after):
            return mention.start, mention.end
    begin = max(0, person.start - 40)
    word = WORD_BEFORE.search(part.text[begin : person.start])
    if word and is_speaker_noun(word[1].lower()):
        return begin + word.start(1), begin + word.end(1)
    return None, None
