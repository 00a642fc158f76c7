"""Find what articles say happened: trigger, actors, day and place of each statement.

Sentences are chosen by whole columns; only those that hold a word of an event are read
one by one. What is planned, wished for, denied or asked is not told to have happened.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from transforms.event_evidence import DOCUMENT_SCHEMA, EVENT_SCHEMA
from transforms.events.actors import DATIVE, LOCATIVE
from transforms.events.documents import Paper, documents_in
from transforms.events.frames import Actor, Name, cast_of, names_in
from transforms.events.sentences import Day, Sentence, telling_sentences
from transforms.events.verbs import is_future, is_past

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from transforms.events.knowledge import EventKnowledge, Trigger

METHOD = "trigger"
#: Words between the noun and the verb of a trigger at most.
_GAP = 4
#: Words after a verb of speech in which its speaker is named at most.
_LATER = 8
#: Sureness of the type, by what the trigger is.
_BY_VERB = 0.95
_BY_BOTH = 0.93
_BY_NOUN = 0.75
#: Sureness of the day, by where it is from.
_STATED = 1.0
_OF_TITLE = 0.92
_NEARBY = 0.88
_PUBLISHED = 0.85
_UNDATED = 0.8
#: A day that sentences shortly before speak of is that of the news.
_RECENT_DAYS = 7
#: Longer ranges are periods, not the days of a meeting.
_MOST_DAYS = 10
_NOT_SO = frozenset(
    [
        "емес",
        "жоқ",
        "мүмкін",
        "керек",
        "тиіс",
        "болар",
        "еді-ау",
        "ма",
        "ме",
        "ба",
        "бе",
        "па",
        "пе",
        "сияқты",
        "секілді",
        "болса",
        "болмады",
        "дейді-мыс",
        "жоспарланып",
        "жоспарлануда",
        "жоспарланған",
        "көзделген",
        "көзделіп",
        "күтілуде",
        "ниетті",
        "дайын",
        "деген",
    ]
)
_IF = frozenset({"егер", "егерде"})
_EARLIER = frozenset(
    ["бұрын", "дейін", "еске", "бұған", "осыған", "кезінде", "былтыр", "жақында"]
)
_AFTER_PERFECT = frozenset({"болатын", "еді", "екен", "."})
_SINCE = frozenset({"бастап", "дейін"})
_COMMAS = frozenset({",", ";"})
_FULL = re.compile(r".*жылғы")
_WHICH = re.compile(r".*[дт][ае]ғ?г?[ыі]")
_DOCUMENT = re.compile(r"(?:жарлы[қғ]|қаулы|заң|келісім|шарт|бұйры[қғ]|өкім).*")
_TRADE = re.compile(r"(?:сауда|экспорт|импорт|кеден)\w*")
_TRANSPORT = re.compile(
    r"(?:көлік|тасымал|транзит|теміржол|логистика|авиация|авиақатынас|автокөлік)\w*"
)
_RUMOUR = re.compile(r"(?:ақпарат|қауесет|әңгіме|сыбыс|алыпқашпа).*")
#: A fighter's record, and words of bouts and matches.
_RECORD = re.compile(r"\( ?\d{1,3} ?[-–] ?\d{1,3}\b")
_SPORT = re.compile(
    r"(?:финал|жартылай|ширек|жекпе-жек|раунд|матч|нокаут|ракетка|плей-офф)"
    r"(?!.*сөз).*"
)
_OPENING = "«“„"
_CLOSING = "»”"


class EventsFound(NamedTuple):
    """What was found in a batch.

    Attributes:
        events: `transforms.event_evidence.EVENT_SCHEMA`.
        documents: `transforms.event_evidence.DOCUMENT_SCHEMA`.
    """

    events: pl.DataFrame
    documents: pl.DataFrame


class _Statement(NamedTuple):
    row_id: int
    event_type: str
    event_date: date | None
    precision: str
    place_id: int | None
    actors: tuple[Actor, ...]
    in_title: bool
    sentence_no: int | None
    start: int
    end: int
    confidence: float
    is_stated: bool


#: An article's text, title and day of publication.
_Texts = dict[int, tuple[str, str, "date | None"]]


class _When(NamedTuple):
    day: date | None
    precision: str
    sureness: float

    @property
    def is_stated(self) -> bool:
        """Whether the sentence itself gives the day."""
        return self.sureness == _STATED


#: A document, its sentence, and the first statement of it.
_Told = tuple[Sentence, Paper, int | None]


def find_events(  # noqa: PLR0913, PLR0917 - what was read before
    words: pl.DataFrame,
    articles: pl.DataFrame,
    mentions: pl.DataFrame,
    roles: pl.DataFrame,
    dates: pl.DataFrame,
    quotes: pl.DataFrame,
    known: EventKnowledge,
) -> EventsFound:
    """Find the events and documents that articles tell of.

    Every article is read by itself.

    Args:
        words: as `transforms.entities.words.read_words` gives them.
        articles: ``row_id``, ``title``, ``text``, ``published_date``.
        mentions: as `transforms.entities.reading.MENTION_SCHEMA`.
        roles: ``row_id``, ``entity_id``, ``country_code``: who acts for which country.
        dates: as `transforms.evidence.DATE_SCHEMA`.
        quotes: as `transforms.evidence.QUOTE_SCHEMA`; what is told in direct speech
            is no news of the article's own.
        known: what is looked for.
    """
    texts = {
        row: (text or "", title or "", published)
        for row, text, title, published in articles.select(
            "row_id", "text", "title", "published_date"
        ).iter_rows()
    }
    spoken = _spoken(quotes)
    title_days = _title_days(dates, articles)
    statements: list[_Statement] = []
    papers: list[_Told] = []
    for sentence in telling_sentences(words, mentions, dates, roles, known):
        published = texts[sentence.row_id][2]
        said = spoken.get((sentence.row_id, sentence.in_title), [])
        found = _read_sentence(
            sentence, known, said, published, title_days.get(sentence.row_id, [])
        )
        text = _text(texts, sentence.row_id, in_title=sentence.in_title)
        papers += [
            (sentence, paper, len(statements) if found else None)
            for paper in documents_in(sentence, text)
            if not _is_within(paper.start, said)
        ]
        statements += found
    kept = _told_together(_with_stated_days(statements))
    return EventsFound(
        _event_frame(kept, texts), _document_frame(papers, statements, texts)
    )


def _text(texts: _Texts, row: int, *, in_title: bool) -> str:
    text, title, _ = texts[row]
    return title if in_title else text


def _spoken(quotes: pl.DataFrame) -> dict[tuple[int, bool], list[tuple[int, int]]]:
    found = defaultdict(list)
    for row, in_title, start, end in (
        quotes.filter(pl.col("quote_kind") != "indirect")
        .select("row_id", "in_title", "start_char", "end_char")
        .iter_rows()
    ):
        found[row, in_title].append((start, end))
    return found


def _title_days(dates: pl.DataFrame, articles: pl.DataFrame) -> dict[int, list[date]]:
    """The days that titles name; one after publication is not that of the news."""
    found = defaultdict(list)
    is_to_come = pl.col("start_date") > pl.col("published_date")
    for row, first in (
        dates.filter(pl.col("in_title") & (pl.col("precision") == "day"))
        .drop_nulls("start_date")
        .join(articles.select("row_id", "published_date"), on="row_id")
        .filter(~is_to_come.fill_null(value=False))
        .select("row_id", "start_date")
        .iter_rows()
    ):
        found[row].append(first)
    return found


def _is_within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _read_sentence(
    sentence: Sentence,
    known: EventKnowledge,
    said: list[tuple[int, int]],
    published: date | None,
    title_days: list[date],
) -> list[_Statement]:
    """The statements of one sentence, one a type."""
    if not _IF.isdisjoint(sentence.forms) or sentence.forms[-1] == "?":
        return []
    best: dict[str, _Statement] = {}
    for at, trigger, noun_at, speaks in _triggers(sentence, known):
        if _is_within(sentence.starts[at], said) or _is_quoted(sentence, at):
            continue
        if not _happened(sentence, at, speaks):
            continue
        if trigger.event_type == "meeting" and _is_bout(sentence):
            continue
        begin = _clause_begin(sentence, min(at, noun_at))
        edge = sentence.starts[noun_at] if trigger.noun else sentence.starts[at]
        names = names_in(sentence, sentence.starts[begin], edge)
        # «қабылдау» of a person needs no noun; names between noun and verb act too.
        names += names_in(sentence, sentence.ends[noun_at], sentence.starts[at])
        later_end = sentence.ends[min(at + _LATER, len(sentence.ends) - 1)]
        later = names_in(sentence, sentence.ends[at], later_end)
        cast = cast_of(trigger.actors, sentence, names, later, trigger.verb)
        if cast is None:
            continue
        kind = _agreement(sentence, begin, at, trigger)
        when = _when(sentence, at, speaks, published, title_days)
        sure = _BY_VERB if not trigger.noun else _BY_BOTH if trigger.verb else _BY_NOUN
        statement = _Statement(
            sentence.row_id,
            kind,
            when.day,
            when.precision,
            _place(names, trigger.actors),
            tuple(cast.actors),
            sentence.in_title,
            sentence.no,
            sentence.starts[begin],
            sentence.ends[_clause_end(sentence, at)],
            sure * cast.sureness * when.sureness,
            when.is_stated,
        )
        if kind not in best or statement.confidence > best[kind].confidence:
            best[kind] = statement
    return list(best.values())


def _triggers(
    sentence: Sentence, known: EventKnowledge
) -> Iterator[tuple[int, Trigger, int, str]]:
    """The triggers in a sentence: place, trigger, place of its noun, how it speaks."""
    nouns = {noun for word in sentence.words.values() for noun in word.nouns}
    for at, word in sentence.words.items():
        for verb, speaks in word.verbs.items():
            for trigger in known.by_verb[verb]:
                if not trigger.noun:
                    yield at, trigger, at, speaks
                    continue
                # Most triggers of a verb have a noun that is nowhere near.
                if not nouns.issuperset(trigger.noun):
                    continue
                noun_at = _noun_before(sentence, at, trigger.noun)
                if noun_at is not None:
                    yield at, trigger, noun_at, speaks
        for noun, suffixes in word.nouns.items():
            for trigger in known.by_noun.get(noun, ()):
                if "poss3" in suffixes:
                    yield at, trigger, at, "noun"


def _noun_before(sentence: Sentence, at: int, noun: tuple[str, ...]) -> int | None:
    """Where the noun of a trigger begins, shortly before its verb."""
    for last in range(at - 1, max(-1, at - _GAP - 2), -1):
        if sentence.forms[last] in _COMMAS:
            return None
        first = last - len(noun) + 1
        if first < 0:
            return None
        words = (sentence.words.get(place) for place in range(first, last + 1))
        if all(
            word is not None and part in word.nouns
            for word, part in zip(words, noun, strict=True)
        ):
            return first
    return None


def _is_quoted(sentence: Sentence, at: int) -> bool:
    """Whether a word stands between quotation marks."""
    depth = 0
    for form in sentence.forms[:at]:
        if form in _OPENING:
            depth += 1
        elif form in _CLOSING:
            depth = max(0, depth - 1)
    return depth > 0 and any(form in _CLOSING for form in sentence.forms[at:])


def _happened(sentence: Sentence, at: int, speaks: str) -> bool:
    """Whether a form of a verb in its place says that something happened."""
    following = sentence.forms[at + 1 : at + 4]
    near = []
    for form in following:
        if form in _COMMAS or form == ".":
            break
        near.append(form)
    if not _NOT_SO.isdisjoint(near):
        return False
    if speaks == "past":
        return True
    if speaks == "perfect":
        return not near or near[0] in _AFTER_PERFECT
    rest = [form for form in sentence.forms[at + 1 :] if form[0].isalpha()]
    if not rest or is_future(rest[-1]) or not _NOT_SO.isdisjoint(rest[-3:]):
        return False
    if speaks == "reported":
        return not _is_rumour(near)
    return is_past(rest[-1])


def _is_rumour(near: list[str]) -> bool:
    """Whether word of it only goes round: «тағайындалғаны туралы ақпарат тарады»."""
    return near[:1] == ["туралы"] and bool(_RUMOUR.fullmatch("".join(near[1:2])))


def _is_bout(sentence: Sentence) -> bool:
    """Whether who meets is at a sport: «Перестің (25-9) қарсыласы», «финалда»."""
    return bool(_RECORD.search(" ".join(sentence.forms))) or any(
        _SPORT.fullmatch(form) for form in sentence.forms
    )


def _clause_begin(sentence: Sentence, at: int) -> int:
    """The first word of the clause: after a comma that follows a finite verb."""
    for place in range(at - 1, 0, -1):
        form = sentence.forms[place]
        before = sentence.forms[place - 1]
        if form in _COMMAS and is_past(before) and not _is_named(sentence, place - 1):
            return place + 1
    return 0


def _clause_end(sentence: Sentence, at: int) -> int:
    last = len(sentence.forms) - 1
    for place in range(at + 1, last):
        if sentence.forms[place] in _COMMAS and is_past(sentence.forms[place - 1]):
            return place - 1
    return last


def _is_named(sentence: Sentence, at: int) -> bool:
    start = sentence.starts[at]
    return any(one.start <= start < one.end for one in sentence.mentions)


def _agreement(sentence: Sentence, begin: int, at: int, trigger: Trigger) -> str:
    """What an agreement is on, where its name tells."""
    if trigger.event_type != "signing":
        return trigger.event_type
    subject = [
        form
        for place, form in enumerate(sentence.forms[begin:at], begin)
        if not _is_named(sentence, place)
    ]
    if any(_TRANSPORT.fullmatch(form) for form in subject):
        return "transport_agreement"
    if any(_TRADE.fullmatch(form) for form in subject):
        return "trade_agreement"
    return "signing"


def _when(
    sentence: Sentence,
    at: int,
    speaks: str,
    published: date | None,
    title_days: list[date],
) -> _When:
    """The day of an event, as the sentence, the title or the publication gives it."""
    stated = [day for day in sentence.days if not _is_not_of_event(sentence, day)]
    before = [day for day in stated if day.start < sentence.starts[at]]
    for day in reversed(before or stated):
        read = _read_day(day, published)
        if read is not None:
            return read
    if not _EARLIER.isdisjoint(sentence.forms) or speaks == "perfect":
        return _When(None, "unknown", _UNDATED)
    if title_days:
        return _When(title_days[0], "day", _OF_TITLE)
    if published is None:
        return _When(None, "unknown", _UNDATED)
    for day in sentence.recent:
        near = timedelta(0) <= published - day.first <= timedelta(_RECENT_DAYS)
        if day.precision == "day" and day.first == day.last and near:
            return _When(day.first, "day", _NEARBY)
    return _When(published, "day", _PUBLISHED)


def _read_day(day: Day, published: date | None) -> _When | None:
    if published is not None and day.first > published:
        return None
    if (day.last - day.first).days < _MOST_DAYS and day.precision in {"day", "range"}:
        return _When(day.first, "day", _STATED)
    if (day.first.year, day.first.month) == (day.last.year, day.last.month):
        return _When(day.first.replace(day=1), "month", _STATED)
    if day.first.year == day.last.year:
        return _When(day.first.replace(month=1, day=1), "year", _STATED)
    return None


def _is_not_of_event(sentence: Sentence, day: Day) -> bool:
    """Whether a date is a document's: «2015 жылғы келісім», «1 қаңтардан бастап»."""
    if _FULL.fullmatch(day.form) and day.precision == "year":
        return True
    following = [
        form
        for form, start in zip(sentence.forms, sentence.starts, strict=True)
        if start >= day.end
    ][:2]
    if not _SINCE.isdisjoint(following[:1]):
        return True
    return bool(_WHICH.fullmatch(day.form)) and (
        "№" in following or any(_DOCUMENT.fullmatch(form) for form in following)
    )


def _place(names: list[Name], frame: str) -> int | None:
    cases = {LOCATIVE, DATIVE} if frame == "guest" else {LOCATIVE}
    for name in reversed(names):
        if name.mention.place_id is not None and name.case in cases:
            return name.mention.place_id
    return None


def _with_stated_days(statements: list[_Statement]) -> list[_Statement]:
    """Give statements without a day the one that the article states for the event.

    A title has seldom a day; the sentence below that tells the same has.
    """
    stated: dict[tuple[int, str], list[_Statement]] = defaultdict(list)
    for one in statements:
        if one.is_stated:
            stated[one.row_id, one.event_type].append(one)
    dated = []
    for one in statements:
        same = {
            (other.event_date, other.precision)
            for other in stated.get((one.row_id, one.event_type), [])
            if _is_same_event(one, other)
        }
        if not one.is_stated and len(same) == 1:
            day, precision = same.pop()
            dated.append(one._replace(event_date=day, precision=precision))
        else:
            dated.append(one)
    return dated


def _is_same_event(one: _Statement, other: _Statement) -> bool:
    ids = [{actor.entity_id for actor in each.actors} for each in (one, other)]
    if not ids[0] and not ids[1]:
        return one.place_id == other.place_id
    return ids[0] <= ids[1] or ids[1] <= ids[0]


def _told_together(statements: list[_Statement]) -> list[_Statement]:
    """Give short statements the actors of the full one of the same article and day.

    A title names one side of a meeting and the text both: one event, not two.
    """
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(statements):
        groups[one.row_id, one.event_type, one.event_date, one.precision].append(number)
    told = list(statements)
    for numbers in groups.values():
        if len(numbers) < 2:  # noqa: PLR2004
            continue
        ids = {
            number: frozenset(actor.entity_id for actor in statements[number].actors)
            for number in numbers
        }
        for number in numbers:
            wider = {ids[other] for other in numbers if ids[number] < ids[other]}
            widest = {one for one in wider if not any(one < other for other in wider)}
            if len(widest) != 1 or not ids[number]:
                continue
            actors = widest.pop()
            source = next(other for other in numbers if ids[other] == actors)
            told[number] = statements[number]._replace(actors=statements[source].actors)
    return told


def _event_frame(statements: list[_Statement], texts: _Texts) -> pl.DataFrame:
    rows = [
        {
            "row_id": one.row_id,
            "event_at": number,
            "event_type": one.event_type,
            "event_date": one.event_date,
            "event_precision": one.precision,
            "place_id": one.place_id,
            "actors": [
                {
                    "entity_id": actor.entity_id,
                    "actor_role": actor.role,
                    "country_code": actor.country_code,
                }
                for actor in one.actors
            ],
            "surface": _text(texts, one.row_id, in_title=one.in_title)[
                one.start : one.end
            ],
            "in_title": one.in_title,
            "sentence_no": one.sentence_no,
            "start_char": one.start,
            "end_char": one.end,
            "confidence": one.confidence,
            "method": METHOD,
        }
        for number, one in enumerate(statements)
    ]
    return pl.DataFrame(rows, schema=EVENT_SCHEMA)


def _document_frame(
    papers: list[_Told], statements: list[_Statement], texts: _Texts
) -> pl.DataFrame:
    rows = []
    for sentence, paper, first in papers:
        rows.append(
            {
                "row_id": sentence.row_id,
                "event_at": _event_of(sentence, first, statements),
                "title": paper.title,
                "action": paper.action,
                "surface": _text(texts, sentence.row_id, in_title=sentence.in_title)[
                    paper.start : paper.end
                ],
                "in_title": sentence.in_title,
                "sentence_no": sentence.no,
                "start_char": paper.start,
                "end_char": paper.end,
                "confidence": paper.confidence,
                "method": "title",
            }
        )
    return pl.DataFrame(rows, schema=DOCUMENT_SCHEMA)


_OF_DOCUMENTS = frozenset(
    {"signing", "trade_agreement", "transport_agreement", "decision"}
)


def _event_of(
    sentence: Sentence, first: int | None, statements: list[_Statement]
) -> int | None:
    """The statement of the same sentence at which a document was signed."""
    if first is None:
        return None
    for number in range(first, len(statements)):
        one = statements[number]
        same = (one.row_id, one.in_title, one.sentence_no)
        if same != (sentence.row_id, sentence.in_title, sentence.no):
            return None
        if one.event_type in _OF_DOCUMENTS:
            return number
    return None
