"""Who speaks: the subject of a verb of speech, by name, office, pronoun or noun."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from transforms.quotes.bodies import body_called
from transforms.quotes.epithets import by_epithet, by_office
from transforms.quotes.mentions import joined_to
from transforms.quotes.roles import BESIDE, role_beside
from transforms.quotes.vocabulary import (
    HE,
    OBLIQUE,
    PASSIVE,
    PLURAL,
    PRESS_SERVICE,
    REPORTER,
    SAID,
    SOURCE,
    THAT,
    THEY,
    VERB_FORMS,
    WRITTEN,
    is_speaker_at,
    owns_next,
)

if TYPE_CHECKING:
    from transforms.quotes.mentions import Mention
    from transforms.quotes.parts import Part
    from transforms.quotes.topics import Topics

#: How sure a speaker is that is named; meant by an office or a noun.
NAMED, BY_OFFICE = 1.0, 0.95
#: Longer stretches are no words that name a speaker.
_LONGEST_SURFACE = 120
_MOST_PHRASE_WORDS = 6
#: «Ә. Оқапов», «Динара Молдабаева».
_NAME = re.compile(r"(?:[А-ЯЁӘҒҚҢӨҰҮҺІA-Z][\w-]*\.?\s*){1,3}(?<!\s)")
_TELLING = VERB_FORMS.keys() | SAID | WRITTEN | {THAT}
_SPOKESMEN = re.compile(r"(?i)\s*(?:баспасөз[\s-]+(?:қызмет|хатшы)\w*|өкіл\w*)")


class Speaker(NamedTuple):
    """Who speaks.

    Attributes:
        start: where the words that name the speaker begin; None if none do.
        end: where they end.
        entity_id: the entity, None if unknown.
        role_start: where the words of the office begin; None if none are given.
        role_end: where they end.
        sure: how sure the entity is.
    """

    start: int | None
    end: int | None
    entity_id: int | None
    role_start: int | None
    role_end: int | None
    sure: float


NOBODY = Speaker(None, None, None, None, None, 1.0)


def find_speaker(
    part: Part, start: int, end: int, topics: Topics, *, after: bool
) -> Speaker | None:
    """Find the subject between two places.

    Args:
        part: the title or text.
        start: where to look from.
        end: where to look to.
        topics: whom «ол» means.
        after: whether these are a narrator's words after the verb, which are about
            little else than the speaker.

    Returns:
        The speaker; None where no words name one.
    """
    mentions = part.mentions_in(start, end)
    people = [
        mention
        for mention in mentions
        if mention.is_subject and mention.kind != "organisation"
    ]
    pronoun = _pronoun(part, start, end)
    first = _first_subject(part, people)
    if pronoun and (first is None or pronoun[0] < first.start):
        entity, sure = (
            topics.at(pronoun[0], is_person=True) if pronoun[2] else (None, 1.0)
        )
        return Speaker(pronoun[0], pronoun[1], entity, None, None, sure)
    if first and (other := joined_to(part, first)):
        return Speaker(first.start, other.end, None, None, None, 1.0)
    if first:
        return _by_mention(part, first, mentions, topics)
    return (
        _organisation(part, mentions)
        or _noun(part, start, end, topics, after=after)
        or (_unknown(part, start, end, topics) if after else None)
    )


def is_source(part: Part, start: int, end: int) -> bool:
    """Whether a narrator's words name an outlet, and no one who speaks."""
    told = part.text[start : min(end, start + 300)]
    if REPORTER.search(told[:80]):
        return True
    for mention in part.mentions_in(start, end):
        if mention.kind == "person" and mention.is_subject:
            return False
        if mention.kind == "position" and mention.is_subject:
            surface = part.text[mention.start : mention.end]
            if not SOURCE.search(surface):
                return False
    return bool(SOURCE.search(told))


def _first_subject(part: Part, people: list[Mention]) -> Mention | None:
    for mention in people:
        surface = part.text[mention.start : mention.end]
        if mention.kind == "position" and (
            SOURCE.search(surface) or _before_another(part, mention)
        ):
            continue
        other = joined_to(part, mention)
        if other is None or other.is_subject:
            return mention
    return None


def _before_another(part: Part, position: Mention) -> bool:
    """Whether an office is that of a name in another case: «министр Х-пен бірге»."""
    return any(
        other.kind == "person"
        and not other.is_subject
        and not part.text[position.end : other.start].strip()
        for other in part.mentions_in(position.end, position.end + 80)
    )


def _by_mention(
    part: Part, first: Mention, mentions: list[Mention], topics: Topics
) -> Speaker:
    if first.kind == "position":
        for other in mentions:
            gap = part.text[first.end : other.start] if other.start > first.end else "x"
            if other.kind == "person" and other.is_subject and BESIDE.fullmatch(gap):
                return Speaker(
                    other.start, other.end, other.entity_id, first.start, first.end,
                    NAMED,
                )  # fmt: skip
        entity, sure = first.entity_id, BY_OFFICE
        if entity is None:
            last = part.text[first.start : first.end].split()[-1].lower()
            entity = topics.called(last, first.start) or by_office(part, first)
        return Speaker(
            first.start, first.end, entity, first.start, first.end,
            sure if entity is not None else 1.0,
        )  # fmt: skip
    role = role_beside(part, first)
    return Speaker(first.start, first.end, first.entity_id, *role, NAMED)


def _pronoun(part: Part, start: int, end: int) -> tuple[int, int, bool] | None:
    """«ол» between two places, and whether it means one."""
    sentence = part.sentence_at(start)
    if sentence is None:
        return None
    for at in sentence.words(start, end):
        form = sentence.forms[at]
        if form in HE or form == THEY:
            following = sentence.forms[at + 1 : at + 2]
            if following and following[0] in {"жерде", "жақта", "кезде"}:
                continue
            return sentence.starts[at], sentence.ends[at], form != THEY
    return None


def _organisation(part: Part, mentions: list[Mention]) -> Speaker | None:
    """An organisation that speaks itself or through its press service."""
    for mention in mentions:
        if mention.kind != "organisation":
            continue
        surface = part.text[mention.start : mention.end]
        if SOURCE.search(surface):
            continue
        following = part.text[mention.end : mention.end + 40]
        spokesmen = _SPOKESMEN.match(following)
        if spokesmen or PRESS_SERVICE.match(following):
            end = mention.end + (spokesmen.end() if spokesmen else 0)
            return Speaker(mention.start, end, mention.entity_id, None, None, BY_OFFICE)
        if mention.is_subject and not owns_next(following):
            return Speaker(
                mention.start, mention.end, mention.entity_id, None, None, BY_OFFICE
            )
    return None


def _noun(
    part: Part, start: int, end: int, topics: Topics, *, after: bool
) -> Speaker | None:
    """«деді сарапшы», «Мамандар … екенін айтты»."""
    sentence = part.sentence_at(start)
    if sentence is None:
        return None
    for at in sentence.words(start, end):
        form = sentence.forms[at]
        begin, finish = sentence.starts[at], sentence.ends[at]
        if not is_speaker_at(sentence.forms, at):
            continue
        if not after and owns_next(part.text[finish : finish + 30], words=1):
            continue
        if body := _body_ending(part, start, finish):
            return Speaker(body.start, finish, body.entity_id, None, None, BY_OFFICE)
        entity = None
        if not PLURAL.search(form):
            entity = (
                topics.called(form, begin)
                or body_called(part, sentence, at)
                or by_epithet(part, form, begin, topics)
            )
        first = sentence.starts[_phrase_begin(sentence.forms, at)]
        return Speaker(
            max(first, start), finish, entity, None, None, BY_OFFICE if entity else 1.0
        )
    return None


def _body_ending(part: Part, start: int, end: int) -> Mention | None:
    """The organisation whose name ends with a noun: «Бас прокуратура»."""
    for mention in part.mentions_in(start, end):
        if mention.kind == "organisation" and mention.end == end:
            return mention if mention.is_subject else None
    return None


def _phrase_begin(forms: list[str], at: int) -> int:
    """Where the words begin that a noun is said with: «қалалық әкімдік өкілдері»."""
    first = at
    while first > max(0, at - _MOST_PHRASE_WORDS):
        word = forms[first - 1]
        if word in _TELLING or PASSIVE.search(word) or not word[0].isalpha():
            # «2 қаңтарда полицейлер»: the month goes with its number.
            return min(at, first + word[0].isdigit())
        first -= 1
    return at if first else first


def _unknown(part: Part, start: int, end: int, topics: Topics) -> Speaker | None:
    """A name that no mention covers: «деді Д. Молдаханова»."""
    sentence = part.sentence_at(start)
    if sentence is None:
        return None
    for at in sentence.words(start, end):
        form = sentence.forms[at]
        if form in VERB_FORMS or form in SAID:
            start = sentence.ends[at]
            break
    words = part.text[start:end].strip(" ,.–—-")
    name = _NAME.match(words)
    if not name or OBLIQUE.search(name[0]):
        return None
    begin = part.text.index(words, start)
    surname = name[0].replace(".", " ").split()[-1]
    entity = topics.surnamed(surname, begin)
    if entity is None and len(re.findall(r"\w+", name[0])) < 2:  # noqa: PLR2004
        return None
    return Speaker(
        begin, begin + len(name[0]), entity, None, None, BY_OFFICE if entity else 1.0
    )


def cut_surface(text: str, start: int | None, end: int | None) -> str | None:
    """The words that name a speaker, unless they are too many for that."""
    if start is None or end is None or end - start > _LONGEST_SURFACE:
        return None
    return text[start:end] or None
