"""Whose message it is: the sentence before «…», – делінген хабарламада»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.quotes.bodies import cited_body, document_body, own_verb
from transforms.quotes.owners import find_owner
from transforms.quotes.speakers import (
    BY_OFFICE,
    Speaker,
    find_speaker,
)
from transforms.quotes.speech import verb_at
from transforms.quotes.topics import UNNAMED
from transforms.quotes.vocabulary import ACCORDING, DASHES, MARKS, SAY, SEVERAL

if TYPE_CHECKING:
    from transforms.quotes.mentions import Mention
    from transforms.quotes.parts import Part, Sentence
    from transforms.quotes.quotation import Quote
    from transforms.quotes.topics import Topics

#: «Бұл туралы министр мәлімдеді. «…»»: only so is a message that of a person.
_ABOUT_THIS = (["бұл", "туралы"], ["бұл", "жөнінде"], ["ол", "туралы"])
_LEMMAS = SAY | {lemma for words in SEVERAL.values() for lemma in words.values()}


def named_in_document(part: Part, quote: Quote) -> Speaker | None:
    """The organisation whose message it is by its own words.

    Args:
        part: the title or text.
        quote: what a document says.
    """
    body = document_body(part, *quote.after) if quote.after else None
    return _by_body(body, BY_OFFICE) if body else None


def find_announcer(part: Part, quote: Quote, topics: Topics) -> Speaker | None:
    """Who announced what a document says, by the sentence before it.

    «Бұл туралы ТЖМ баспасөз қызметі хабарлады.», «ІІМ мәліметінше, …», «…, – деп
    хабарлайды тілшіміз Ақордаға сілтеме жасап».

    Args:
        part: the title or text.
        quote: what the document says.
        topics: whom «ол» means.
    """
    place = part.last_before(quote.start)
    while place >= 0 and (part.text[place] in MARKS or part.text[place] in DASHES):
        place = part.last_before(place)
    sentence = part.sentence_at(place) if place >= 0 else None
    if sentence is None or sentence.end > quote.start:
        return None
    if body := cited_body(part, sentence):
        return _by_body(body, UNNAMED)
    found = _teller(part, sentence, topics)
    if found is None or (
        sentence.forms[:2] not in _ABOUT_THIS and _is_person(part, found)
    ):
        return None
    return found._replace(sure=min(found.sure, UNNAMED))


def _teller(part: Part, sentence: Sentence, topics: Topics) -> Speaker | None:
    """Who speaks in a sentence, if it tells of nothing else."""
    for at, form in enumerate(sentence.forms):
        if form in ACCORDING and at:
            return find_owner(part, sentence.start, sentence.ends[at - 1], topics)
    last = own_verb(sentence)
    verb = None if last is None else verb_at(sentence.forms, last)
    if verb is None or verb.lemma not in _LEMMAS:
        return None
    end = sentence.starts[verb.begin]
    return find_speaker(part, sentence.start, end, topics, after=False)


def _is_person(part: Part, speaker: Speaker) -> bool:
    if speaker.start is None or speaker.end is None:
        return True
    named = part.mentions_in(speaker.start, speaker.end)
    return any(mention.kind != "organisation" for mention in named)


def _by_body(body: Mention, sure: float) -> Speaker:
    return Speaker(body.start, body.end, body.entity_id, None, None, sure)
