"""Sentences that may tell of an event, with the names and days in them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from transforms.events.actors import Mention, case_of
from transforms.events.knowledge import ALONE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from transforms.events.knowledge import EventKnowledge, Word

#: Longer sentences are lists and tables; only so many of their words are read.
MOST_WORDS = 200
_KINDS = ("person", "position", "organisation", "gpe")
#: A sentence of its article: row_id, in_title, sentence_no.
_Key = tuple[int, bool, int | None]


class Day(NamedTuple):
    """A date that a sentence names: its place, its days and how exact it is."""

    start: int
    end: int
    first: date
    last: date
    precision: str
    form: str


@dataclass
class Sentence:
    """A sentence or a title.

    Attributes:
        row_id: the article.
        in_title: whether it is the title.
        no: its number; None in a title.
        tokens: its words as they stand, in Cyrillic.
        forms: the same in lower case.
        starts: where each begins.
        ends: where each ends.
        words: what those that tell of events are read as, by their place.
        mentions: names in it, in order.
        days: dates in it, in order.
        before: the names of the sentence before it.
        recent: days that the sentences shortly before it name.
    """

    row_id: int
    in_title: bool
    no: int | None
    tokens: list[str]
    forms: list[str]
    starts: list[int]
    ends: list[int]
    words: dict[int, Word] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    before: list[Mention] = field(default_factory=list)
    recent: list[Day] = field(default_factory=list)


def telling_sentences(
    words: pl.DataFrame,
    mentions: pl.DataFrame,
    dates: pl.DataFrame,
    roles: pl.DataFrame,
    known: EventKnowledge,
) -> Iterator[Sentence]:
    """Cut out the sentences with words of an event, in order of place."""
    known.make_room()
    told = _chosen(words, known)
    if told.is_empty():
        return
    rows = told["row_id"].unique().implode()
    named = _mentions(mentions.filter(pl.col("row_id").is_in(rows)), roles, known)
    days = _days(dates.filter(pl.col("row_id").is_in(rows)))
    columns = ("row_id", "in_title", "sentence_no", "form", "lower")
    places = ("start_char", "end_char")
    for key, group in groupby(
        told.select(*columns, *places).iter_rows(), key=lambda row: row[:3]
    ):
        found = list(group)
        row, in_title, no = key
        sentence = Sentence(
            row,
            in_title,
            no,
            [one[3] for one in found],
            [one[4] for one in found],
            [one[5] for one in found],
            [one[6] for one in found],
            mentions=named.get(key, []),
            days=days.get(key, []),
        )
        if no is not None:
            sentence.before = named.get((row, in_title, no - 1), [])
            for back in range(1, 4):
                sentence.recent += days.get((row, in_title, no - back), [])
        for at, form in enumerate(sentence.forms):
            word = known.word(form)
            if word.nouns or word.verbs:
                sentence.words[at] = word
        yield sentence


def _chosen(words: pl.DataFrame, known: EventKnowledge) -> pl.DataFrame:
    """Keep the words of sentences that have both a noun and a verb, or one alone."""
    place = ["row_id", "in_title", "sentence_no"]
    is_new = pl.any_horizontal(
        pl.col(name).ne_missing(pl.col(name).shift(1)) for name in place
    )
    numbered = words.select(
        *place,
        "form",
        "start_char",
        "end_char",
        sentence=is_new.fill_null(value=True).cum_sum(),
    )
    distinct = words["form"].unique()
    read = [known.word(form) for form in distinct.str.to_lowercase()]
    telling = pl.DataFrame(
        {
            "form": distinct,
            "as_noun": pl.Series([word.as_noun for word in read], dtype=pl.Int64),
            "as_verb": pl.Series([word.as_verb for word in read], dtype=pl.Int64),
        }
    ).filter((pl.col("as_noun") | pl.col("as_verb")) != 0)
    noun, verb = pl.col("as_noun").bitwise_or(), pl.col("as_verb").bitwise_or()
    chosen = (
        numbered.select("sentence", "form")
        .join(telling, on="form")
        .group_by("sentence")
        .agg(tells=(noun & verb) | ((noun | verb) & ALONE))
        .filter(pl.col("tells") != 0)
    )
    return (
        numbered.filter(pl.col("sentence").is_in(chosen["sentence"].implode()))
        .filter(pl.int_range(pl.len()).over("sentence") < MOST_WORDS)
        .with_columns(lower=pl.col("form").str.to_lowercase())
    )


def _mentions(
    mentions: pl.DataFrame, roles: pl.DataFrame, known: EventKnowledge
) -> dict[_Key, list[Mention]]:
    """The linked names by sentence, longer ones before those inside them left out."""
    spoken = mentions.filter(
        pl.col("entity_type").is_in(_KINDS), pl.col("entity_id").is_not_null()
    ).sort("row_id", ~pl.col("in_title"), "start_char", -pl.col("end_char"))
    acts_for = {
        (row, entity): code
        for row, entity, code in roles.select("row_id", "entity_id", "country_code")
        .drop_nulls()
        .sort(pl.all(), descending=True)
        .iter_rows()
    }
    columns = (
        "row_id", "in_title", "sentence_no", "start_char", "end_char", "entity_type",
        "entity_id", "country_code", "form", "normal_form", "name",
    )  # fmt: skip
    found: dict[_Key, list[Mention]] = defaultdict(list)
    for (
        row,
        in_title,
        no,
        start,
        end,
        kind,
        entity,
        code,
        form,
        base,
        name,
    ) in spoken.select(columns).iter_rows():
        listed = found[row, in_title, no]
        if listed and start < listed[-1].end:
            continue
        country = code
        if kind != "gpe":
            home = known.homes.get(("person" if kind == "position" else kind, name))
            country = home or acts_for.get((row, entity)) or code
        listed.append(
            Mention(
                start, end, kind, entity, country,
                kind == "gpe" and code is not None,
                entity if kind == "gpe" and entity in known.place_ids else None,
                case_of(form, base),
                entity in known.outlet_ids,
            )
        )  # fmt: skip
    return found


def _days(dates: pl.DataFrame) -> dict[_Key, list[Day]]:
    columns = (
        "row_id", "in_title", "sentence_no", "start_char", "end_char", "start_date",
        "end_date", "precision", "surface",
    )  # fmt: skip
    found: dict[_Key, list[Day]] = defaultdict(list)
    for row, in_title, no, start, end, first, last, precision, surface in (
        dates.drop_nulls("start_date")
        .sort("row_id", "in_title", "start_char")
        .select(columns)
        .iter_rows()
    ):
        found[row, in_title, no].append(
            Day(start, end, first, last or first, precision, surface.lower())
        )
    return found
