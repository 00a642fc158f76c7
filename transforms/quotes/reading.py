"""Read the quotations of a batch of articles: what is said, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from transforms.evidence import CONFIDENCE_DIGITS, QUOTE_SCHEMA
from transforms.quotes import direct, indirect, interview, titles
from transforms.quotes.announcers import find_announcer, named_in_document
from transforms.quotes.direct import find_direct
from transforms.quotes.indirect import find_indirect
from transforms.quotes.interview import find_answers
from transforms.quotes.owners import find_owner
from transforms.quotes.parts import Part, make_parts
from transforms.quotes.speakers import (
    NOBODY,
    Speaker,
    cut_surface,
    find_speaker,
)
from transforms.quotes.speech import BY_DOCUMENT
from transforms.quotes.titles import find_in_title
from transforms.quotes.topics import UNNAMED, Topics
from transforms.quotes.vocabulary import GENITIVE, GOES_ON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from transforms.quotes.quotation import Quote

_SURE = {
    "direct": direct.SURE | titles.SURE,
    "indirect": indirect.SURE,
    "answer": interview.SURE,
}


def find_quotes(
    words: pl.DataFrame,
    sentences: pl.DataFrame,
    articles: pl.DataFrame,
    mentions: pl.DataFrame,
) -> pl.DataFrame:
    """Find the quotations of a batch of articles.

    Direct speech stands in paragraphs that a dash opens and in quotation marks, with a
    verb of speech; indirect speech in clauses of such verbs and after «айтуынша»; the
    answers of an interview belong to who gives it. Outlets that report are no
    speakers, and names in quotation marks no quotations.

    Args:
        words: as `transforms.entities.words.read_words` gives them.
        sentences: ``row_id``, ``sentence_no``, ``start_char``, ``end_char``.
        articles: ``row_id``, ``title``, ``text``, ``is_interview``.
        mentions: as `transforms.entities.read_names` gives them.

    Returns:
        The columns of `QUOTE_SCHEMA`, in order of article, title first, and place.
        ``speaker_id`` is null where nobody is named whom the article knows.
    """
    rows = [
        row
        for part in make_parts(words, articles, mentions)
        for row in _read_part(part)
    ]
    found = pl.DataFrame(rows, schema=QUOTE_SCHEMA, orient="row")
    return _with_sentences(found, sentences).sort(
        "row_id", ~pl.col("in_title"), "start_char", "end_char", "quote_kind"
    )


def _read_part(part: Part) -> Iterator[tuple[Any, ...]]:
    quotes: list[Quote] = []
    closed: list[tuple[int, int]] = []
    if part.in_title:
        quotes = find_in_title(part)
        closed = [(0, len(part.text))] if quotes else []
    elif part.is_interview:
        quotes, closed = find_answers(part)
    said = find_direct(part, closed)
    used = {place for quote in said for place in quote.used}
    spans = closed + [(quote.start, quote.end) for quote in said]
    quotes = quotes + said + find_indirect(part, spans, used)
    # Who is named in what is said is not whom «ол» means after it.
    topics = Topics(part, [(quote.start, quote.end) for quote in quotes] + closed)
    for quote in sorted(quotes, key=lambda quote: quote.place):
        speaker = _speaker(part, quote, topics)
        if speaker.entity_id is not None:
            topics.speaks(quote.place, speaker.entity_id)
        yield _row(part, quote, speaker)


def _speaker(part: Part, quote: Quote, topics: Topics) -> Speaker:
    if quote.kind == "answer":
        return NOBODY._replace(entity_id=quote.entity_id)
    if quote.owner:
        return find_owner(part, *quote.owner, topics) or NOBODY
    if quote.verb == BY_DOCUMENT and (body := named_in_document(part, quote)):
        return body
    for where, after in ((quote.after, True), (quote.before, False)):
        if where:
            found = find_speaker(part, *where, topics, after=after)
            if found:
                return found
    if quote.verb == BY_DOCUMENT:
        return find_announcer(part, quote, topics) or NOBODY
    return _unnamed(part, quote, topics)


def _unnamed(part: Part, quote: Quote, topics: Topics) -> Speaker:
    """Who goes on speaking where no words say who does."""
    if quote.after and _tells_whose(part, *quote.after):
        return NOBODY
    if quote.kind == "direct" and quote.after and _is_cut(part, quote.after[1]):
        return NOBODY
    since, place = 0, quote.place
    if quote.kind == "indirect":
        # Who is named inside what is said is spoken of.
        since, place = _goes_on_from(part, quote), min(place, quote.start)
    entity, sure = topics.at(place, since=since)
    return NOBODY._replace(entity_id=entity, sure=min(sure, UNNAMED))


def _is_cut(part: Part, end: int) -> bool:
    """Whether a text breaks off where a narrator may be about to name someone."""
    rest = part.text[end : end + len(" \n\n")]
    return (
        not rest.strip()
        and part.text[end - 1 : end].isalnum()
        and (end + len(rest) == len(part.text))
    )


def _tells_whose(part: Part, start: int, end: int) -> bool:
    """Whether a narrator names one who is not understood: «деді мэрдің орынбасары»."""
    return any(
        GENITIVE.search(part.text[mention.start : mention.end])
        for mention in part.mentions_in(start, end)
    )


def _goes_on_from(part: Part, quote: Quote) -> int:
    """Where the sentence begins that one without a subject takes it from."""
    own = part.sentence_at(quote.place)
    if own is None:
        return quote.place
    if own.forms[0] not in GOES_ON or own.start == 0:
        return own.start + 1
    earlier = part.sentence_at(part.last_before(own.start))
    return earlier.start if earlier else own.start + 1


def _row(part: Part, quote: Quote, speaker: Speaker) -> tuple[Any, ...]:
    text = part.text
    pieces = (" ".join(text[start:end].split()) for start, end in quote.pieces)
    start, end = quote.start, quote.end
    return (
        part.row_id,
        quote.kind,
        speaker.entity_id,
        cut_surface(text, speaker.start, speaker.end),
        cut_surface(text, speaker.role_start, speaker.role_end),
        text[start:end],
        " ".join(pieces),
        quote.verb,
        part.in_title,
        None,
        start,
        end,
        round(_SURE[quote.kind][quote.method] * speaker.sure, CONFIDENCE_DIGITS),
        quote.method,
    )


def _with_sentences(found: pl.DataFrame, sentences: pl.DataFrame) -> pl.DataFrame:
    """Add the sentence in which each begins."""
    begins = sentences.select("row_id", "start_char", number="sentence_no").sort(
        "row_id", "start_char"
    )
    numbered = found.sort("row_id", "start_char").join_asof(
        begins, on="start_char", by="row_id", check_sortedness=False
    )
    number = pl.when(~pl.col("in_title")).then("number").cast(pl.Int32)
    return numbered.with_columns(sentence_no=number).select(*QUOTE_SCHEMA)
