import json

import polars as pl
import pytest
from article_rows import ARRIVED, BODY, parse, parse_one
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

SNIPPETS = st.sampled_from(
    ["\n", "\n\n", " date 2025-12-19 ", "АСТАНА. KAZINFORM – ", "Сурет: ", "- Қалай?",
     "Асан СЕРІКҰЛЫ,", "31 ақпан 2025", "Тағы оқыңыз:", "халық-\n\nаралық", "12",
     "деп хабарлайды BAQ.KZ", "9 қазан 2025", "\x1e", "\x1d", "Сөйлем бітті. ", "¬",
     "Басты сөздер: а, б", "қа3ақ", "\t", "99999", "0000-00-00"]
)  # fmt: skip
TEXTS = st.lists(SNIPPETS | st.text(max_size=12), max_size=14).map("".join)
MAYBE = st.none() | TEXTS
RECORDS = st.fixed_dictionaries(
    {
        "title": MAYBE, "text": MAYBE, "lead": MAYBE, "published": MAYBE,
        "modified": MAYBE, "source": MAYBE, "author": MAYBE, "url": MAYBE,
        "tags": st.none() | st.lists(st.none() | TEXTS, max_size=3),
    }
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(RECORDS, min_size=1, max_size=4))
def test_nothing_raises_and_every_record_is_one_article(records):
    articles = parse(*records)
    assert articles["file_id"].to_list() == list(range(len(records)))
    required = ["text", "published_precision", "published_basis", "source_code"]
    assert articles.select(required).null_count().sum_horizontal().item() == 0
    known = articles["published_date"].is_not_null()
    assert (known == (articles["published_precision"] != "unknown")).all()
    inferred = articles.filter(pl.col("published_basis") == "inferred")
    assert (inferred["published_date"] <= ARRIVED.date()).all()


@settings(max_examples=25, deadline=None)
@given(TEXTS)
def test_the_text_gains_no_characters(text):
    article = parse_one(text)
    left = list(text)
    for character in article["text"]:
        if not character.isspace():
            left.remove(character)


def test_an_article_does_not_depend_on_its_neighbours():
    records = [
        f" date 2025-12-19 Тақырып\n{BODY}",
        f"Тақырып\nАСТАНА. 8 қазан. ҚазАқпарат - {BODY}\nСурет: gov.kz",
        "\n\nТақырып осы\n\nСөйлем бітпей\n\nқалды.\n\nАсан СЕРІКҰЛЫ,\nсарапшы",
        {"title": "Т", "text": BODY, "published": "2025-10-09T10:00:00Z"},
        {
            "title": "Т",
            "text": f"{BODY}\nТағы оқыңыз:\nКөпір салынды",
            "source": "BAQ.KZ",
        },
        {"title": None, "text": None},
        "Жалғыз жол",
    ]
    together = parse(*records).drop("file_id")
    backwards = parse(*reversed(records)).drop("file_id").reverse()
    alone = pl.concat(parse(record) for record in records).drop("file_id")
    assert_frame_equal(together, alone)
    assert_frame_equal(together, backwards)


def test_no_records_are_no_articles_with_all_columns():
    one = parse(BODY)
    none = parse()
    assert none.is_empty()
    assert none.schema == one.schema


def test_the_columns_and_types_are_the_contracts():
    schema = parse(BODY).schema
    assert schema["published_at"] == schema["modified_at"] == pl.Datetime("us", "UTC")
    assert schema["published_date"] == pl.Date
    assert schema["tags"] == pl.List(pl.String)
    assert schema["is_interview"] == schema["has_scan_noise"] == pl.Boolean


def test_the_shared_articles_agree_with_their_gold(shared_articles, shared_gold):
    gold = json.loads((shared_gold / "articles.json").read_text("utf-8"))
    texts = [(shared_articles / item["file"]).read_text("utf-8") for item in gold]
    for item, article in zip(gold, parse(*texts).iter_rows(named=True), strict=True):
        assert article["title"] == item["title"]
        assert article["published_date"].isoformat() == item["published_on"]
        assert item["source"] in {None, article["source_code"]}
        assert article["dateline_place"] == item["dateline"]
        assert article["author"] == item["author"]
        assert article["has_scan_noise"] == item["scan_noise"]
        assert article["is_interview"] == ("interview" in item)
        assert item.get("photo_credit") == article["photo_credit"]


@pytest.mark.parametrize("column", ["title", "dateline_place", "published_at"])
def test_agency_pages_of_2015_are_read(corpus, column):
    path = corpus / "kazinform_2015" / "articles.jsonl"
    items = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    articles = parse(*[f"{item['raw_first_line']}\n{item['text']}" for item in items])
    expected = {
        "title": [item["title"] for item in items],
        "dateline_place": [item["dateline_city"].title() for item in items],
        "published_at": [item["date"] for item in items],
    }
    found = articles[column]
    if column == "published_at":
        local = found.dt.convert_time_zone("Asia/Almaty")
        found = local.dt.strftime("%Y-%m-%dT%H:%M")
    assert found.to_list() == expected[column]
