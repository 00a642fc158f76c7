"""Read texts in which mentions are marked, and run offices over them.

``<p name>…</p>`` is a person, ``<o name>`` an organisation, ``<c KZ>`` a country,
``<r>`` a position as recognition would give it; without a name the surface is it.
"""

import datetime as dt
import json
import re

import polars as pl

from tests.conftest import ROOT
from transforms.entities.offices import find_roles, link_positions, read_phrases
from transforms.kazakh.sentences import split_sentences
from transforms.kazakh.tokens import sentence_tokens
from transforms.keys import key

KINDS = {"p": "person", "o": "organisation", "c": "gpe", "r": "position"}
TAG = re.compile("<(/?)([pocr])(?: ([^>]*))?>")
MENTION = {
    "row_id": pl.Int32,
    "in_title": pl.Boolean,
    "sentence_no": pl.Int32,
    "entity_type": pl.String,
    "surface": pl.String,
    "form": pl.String,
    "start_char": pl.Int32,
    "end_char": pl.Int32,
    "confidence": pl.Float64,
    "method": pl.String,
    "entity_id": pl.Int64,
    "name": pl.String,
    "country_code": pl.String,
}
OFFICES = pl.DataFrame(
    [
        ("Президент", "KZ", "Нұрсұлтан Назарбаев", "1991-12-16", "2019-03-19"),
        ("Президент", "KZ", "Қасым-Жомарт Тоқаев", "2019-03-20", ""),
        ("Премьер-министр", "KZ", "Олжас Бектенов", "2024-02-06", ""),
        ("Президент", "RU", "Владимир Путин", "2012-05-07", ""),
        ("Президент", "US", "Дональд Трамп", "2025-01-20", ""),
        ("Президент", "TR", "Режеп Тайып Ердоған", "2014-08-28", ""),
    ],
    schema=["role", "country_code", "person", "valid_from", "valid_to"],
    orient="row",
)


COUNTRIES = dict(
    pl.read_csv(ROOT / "seeds" / "countries.csv", infer_schema=False)
    .select("country_code", "name_kk")
    .iter_rows()
)


def person_id(name):
    return key("entity", "person", name.lower())


PERSON_IDS = pl.DataFrame(
    {"name": OFFICES["person"], "entity_id": map(person_id, OFFICES["person"])},
    schema={"name": pl.String, "entity_id": pl.Int64},
).unique()


def read_gold():
    lines = (ROOT / "tests/gold/offices.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def parse(marked):
    """Give the plain text and its mentions."""
    text, opened, found, last = "", [], [], 0
    for tag in TAG.finditer(marked):
        text += marked[last : tag.start()]
        last = tag.end()
        if not tag[1]:
            opened.append((tag[2], tag[3], len(text)))
            continue
        kind, label, start = opened.pop()
        surface = text[start:]
        code = label if kind == "c" else None
        name = COUNTRIES[code] if code else label or surface
        has_id = kind != "r"
        linked = key("entity", KINDS[kind], name.lower()) if has_id else None
        found.append(
            (
                *(KINDS[kind], surface, surface, start, len(text)),
                *(0.9, "model", linked, name if has_id else None, code),
            )
        )
    return text + marked[last:], found


def frames(marked, titles=None, dates=None):
    """Make articles, words and mentions of marked texts."""
    titles = titles or [""] * len(marked)
    plain, mentions, words = [], [], []
    for row, (title, text) in enumerate(zip(titles, marked, strict=True)):
        both = [parse(title), parse(text)]
        plain.append([part[0] for part in both])
        for in_title, (content, found) in zip((True, False), both, strict=True):
            one = pl.DataFrame({"article_id": [row], "version": 1, "text": [content]})
            tokens = sentence_tokens(one, split_sentences(one))
            words.append(
                tokens.with_columns(
                    pl.when(not in_title).then("sentence_no").alias("sentence_no")
                ).select(
                    pl.lit(row, pl.Int32).alias("row_id"),
                    pl.lit(in_title).alias("in_title"),
                    "sentence_no",
                    "token",
                    pl.col("token").alias("form"),
                    "start_char",
                    "end_char",
                )
            )
            numbers = dict(tokens.select("start_char", "sentence_no").iter_rows())
            mentions += [
                (row, in_title, None if in_title else numbers.get(each[3], 1), *each)
                for each in sorted(found, key=lambda each: (each[3], -each[4]))
            ]
    articles = pl.DataFrame(
        {
            "row_id": range(len(marked)),
            "title": [title for title, _ in plain],
            "text": [text for _, text in plain],
            "published_date": dates or [dt.date(2026, 3, 10)] * len(marked),
            "script": "cyrillic",
        },
        schema_overrides={"row_id": pl.Int32, "published_date": pl.Date},
    )
    return (
        pl.DataFrame(mentions, schema=MENTION, orient="row"),
        pl.concat(words).cast({"sentence_no": pl.Int32}),
        articles,
    )


def run(marked, titles=None, dates=None):
    """Give the roles and the linked mentions of marked texts."""
    mentions, words, articles = frames(marked, titles, dates)
    reading = read_phrases(mentions, words)
    roles = find_roles(reading, articles, offices=OFFICES, person_ids=PERSON_IDS)
    linked = link_positions(mentions, reading, roles, articles, OFFICES, PERSON_IDS)
    return roles, linked, articles
