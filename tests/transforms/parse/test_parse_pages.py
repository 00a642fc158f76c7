"""How much of saved pages is taken for the article, and how much of it is theirs.

The pages are of our own making, after the looks of outlets of ``seeds/outlets.csv``:
menus, boxes, share buttons, related links, comments, notices. ``corpus`` is a real
agency's pages, as lines.
"""

import csv
import datetime as dt
import json
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from transforms.articles import make_articles, read_records
from transforms.parse.chrome import mark_chrome
from transforms.readers import FieldNames, format_of
from transforms.readers.markup import element_text, parse_html

ROOT = Path(__file__).resolve().parents[3]
PAGES = ROOT / "tests" / "gold" / "pages"
GOLD = json.loads((PAGES / "pages.json").read_text(encoding="utf-8"))
CORPUS = Path(os.environ.get("QOIMA_CORPUS", ROOT.parent / "shared" / "corpus"))

#: Floors; they only rise. A leak is a word of the text that is not the article's.
HTML_RECALL, HTML_LEAK = 0.999, 0.02
COPIED_RECALL, COPIED_LEAK = 0.999, 0.11


def words(text):
    return Counter(re.findall(r"\w+", text.lower()))


def as_saved(page):
    return page, (PAGES / page).read_bytes()


def as_copied(page):
    """The page as text, as «select all» and «copy» give it."""
    body = parse_html((PAGES / page).read_text(encoding="utf-8")).find("body")
    return page.replace(".html", ".txt"), element_text(body).encode()


@cache
def articles_of(kind):
    pages = [kind(gold["file"]) for gold in GOLD]
    files = pl.DataFrame(
        {
            "file_id": range(len(pages)),
            "path": [name for name, _ in pages],
            "format": [format_of(name) for name, _ in pages],
            "content": [content for _, content in pages],
            "arrived_at": [dt.datetime(2026, 11, 1, tzinfo=dt.UTC)] * len(pages),
        },
        schema_overrides={"arrived_at": pl.Datetime("us", "UTC")},
    )
    with (ROOT / "seeds" / "field_names.csv").open(encoding="utf-8") as file:
        rows = [(row["field_name"], row["field"]) for row in csv.DictReader(file)]
    outlets = pl.read_csv(ROOT / "seeds" / "outlets.csv", infer_schema=False)
    records = read_records(files, FieldNames.from_rows(rows)).records
    return make_articles(records, files=files.drop("content"), outlets=outlets)


@pytest.mark.parametrize(
    ("kind", "recall_floor", "leak_ceiling"),
    [(as_saved, HTML_RECALL, HTML_LEAK), (as_copied, COPIED_RECALL, COPIED_LEAK)],
)
def test_pages_give_their_articles_and_little_else(kind, recall_floor, leak_ceiling):
    found = wanted = leaked = taken = 0
    for gold, text in zip(GOLD, articles_of(kind)["text"], strict=True):
        want, got = words(" ".join(gold["paragraphs"])), words(text)
        found, wanted = found + (want & got).total(), wanted + want.total()
        leaked, taken = leaked + (got - want).total(), taken + got.total()
    assert found / wanted >= recall_floor
    assert leaked / taken <= leak_ceiling


@pytest.mark.parametrize("number", range(len(GOLD)), ids=[g["file"] for g in GOLD])
def test_a_saved_page_keeps_its_title_and_its_paragraphs(number):
    gold = GOLD[number]
    article = articles_of(as_saved).row(number, named=True)
    assert article["title"] == gold["title"]
    lines = article["text"].split("\n")
    assert [line for line in lines if line in gold["paragraphs"]] == gold["paragraphs"]
    outlet = gold["file"].removesuffix(".html")
    assert article["source_code"] == {"24.kz": "khabar24"}.get(outlet, outlet)


@pytest.fixture
def agency():
    folder = CORPUS / "kazinform_2015"
    if not folder.is_dir():
        pytest.skip(f"the corpus is not at {CORPUS}")
    return folder


def marked(lines):
    lines = [line.strip() for line in lines if line.strip()]
    frame = mark_chrome(pl.DataFrame({"row": range(len(lines)), "line": lines}))
    return dict(zip(lines, frame["is_chrome"], strict=True)), lines


def test_no_sentence_of_the_agencys_articles_is_removed(agency):
    texts = (agency / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    lines = [
        line
        for text in map(json.loads, texts)
        for line in text["text_raw"].split("\n")
        # Keywords and the byline before them are no sentences of the article.
        if "Басты сөздер:" not in line
    ]
    is_chrome, lines = marked(lines)
    assert len(lines) > 150
    assert [line for line in lines if is_chrome[line]] == []


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("inform-kaz-370.lines.txt", 1.0),
        ("inform-rus.lines.txt", 1.0),
        ("primeminister-kaz-860.lines.txt", 0.84),
    ],
)
def test_lines_that_come_back_on_the_agencys_pages_are_removed(agency, name, floor):
    lines = (agency / name).read_text(encoding="utf-8").splitlines()
    is_chrome, lines = marked(lines)
    # What stands on three pages and more belongs to the site.
    counts = Counter(lines)
    repeated = [line for line in lines if counts[line] > 2]
    assert sum(is_chrome[line] for line in repeated) / len(repeated) >= floor


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("kaznerd_valid.jsonl", "text"),
        ("tengrinews_leads.jsonl", "title"),
        ("kyrgyz_news.jsonl", "text"),
        ("russian_news.jsonl", "title"),
    ],
)
def test_no_sentence_of_other_news_is_removed(name, key):
    path = CORPUS / name
    if not path.is_file():
        pytest.skip(f"the corpus is not at {CORPUS}")
    with path.open(encoding="utf-8") as file:
        texts = [json.loads(line) for line in file]
    is_chrome, lines = marked(line for t in texts for line in t[key].split("\n"))
    assert [line for line in lines if is_chrome[line]] == []
