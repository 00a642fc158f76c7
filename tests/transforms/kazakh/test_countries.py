"""Countries are found in every form of their names, and only countries."""

import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from transforms.kazakh.countries import find_countries
from transforms.kazakh.country_names import CountryNames

PARTS = [
    *("Қазақстан", "ның", "АҚШ", "-тағы", "Ресей", "-", "Қырғыз", "тарапы", "қазақ"),
    *("😀", "\u0001", "\u0002", "\u0003", "\u00a0", "Оңтүстік", "Корея", "ҚР", "."),
    *("«Жапония»", "Латын", "Америкасы\n", "sh", "Shveitsariia"),
]


def seed(name):
    return pl.read_csv(ROOT / "seeds" / f"{name}.csv", infer_schema=False)


NAMES = CountryNames(seed("countries"), seed("blocs"))
GOLD = [
    line.split("\t")
    for line in (ROOT / "tests/gold/countries.tsv").read_text("utf-8").splitlines()
]


def find(*texts, script="cyrillic"):
    articles = pl.DataFrame(
        {"article_id": range(len(texts)), "text": texts},
        schema={"article_id": pl.Int64, "text": pl.String},
    )
    return find_countries(
        articles.with_columns(version=1, script=pl.lit(script)), NAMES
    )


def written(mentions):
    return ";".join(
        f"{row['surface']}={row['country_code']}:{row['kind']}"
        for row in mentions.iter_rows(named=True)
    )


@pytest.mark.parametrize(("sentence", "expected"), GOLD)
def test_a_sentence_names_these_countries_and_no_others(sentence, expected):
    assert written(find(sentence)) == expected


def test_texts_together_give_what_each_gives_alone():
    sentences = [sentence for sentence, _ in GOLD]
    together = find(*sentences)
    for number, sentence in enumerate(sentences):
        alone = find(sentence).drop("article_id")
        assert together.filter(article_id=number).drop("article_id").equals(alone)


def test_the_real_articles_name_the_countries_of_the_gold_answers(
    shared_articles, shared_gold
):
    gold = json.loads((shared_gold / "articles.json").read_text(encoding="utf-8"))
    texts = [(shared_articles / each["file"]).read_text("utf-8") for each in gold]
    found = find(*texts)
    for number, answer in enumerate(gold):
        codes = set(found.filter(article_id=number)["country_code"])
        assert set(answer["countries"]) <= codes <= set(answer["countries_allowed"])


@pytest.mark.parametrize(
    ("text", "surface", "code"),
    [
        ("Qazaqstannyñ eksporty ösedı.", "Qazaqstannyñ", "KZ"),
        ("Büğın Şvesiia men Frantsiiadağy sailau.", "Frantsiiadağy", "FR"),
        ("Keşe Chehiiada jauyn jaudy.", "Chehiiada", "CZ"),
    ],
)
def test_latin_script_keeps_the_offsets_of_the_original(text, surface, code):
    rows = find(text, script="latin").filter(country_code=code).rows(named=True)
    assert [row["surface"] for row in rows] == [surface]
    assert text[rows[0]["start_char"] : rows[0]["end_char"]] == surface


@given(
    st.lists(
        st.sampled_from(PARTS),
        max_size=12,
    ),
    st.sampled_from(["", " "]),
)
def test_every_offset_gives_back_its_surface(parts, glue):
    text = glue.join(parts)
    for script in ("cyrillic", "latin"):
        for row in find(text, script=script).iter_rows(named=True):
            assert text[row["start_char"] : row["end_char"]] == row["surface"]


def test_a_text_without_countries_gives_no_rows_and_the_same_columns():
    assert find("Ауа райы жылы.").schema == find("Қазақстан").schema
    assert find().is_empty()


def test_every_country_s_own_name_is_found():
    table = seed("countries")
    found = find(*table["name_kk"])
    codes = found.sort("article_id")["country_code"].to_list()
    assert codes == table["country_code"].to_list()


def test_no_name_belongs_to_two_countries():
    names = pl.concat(
        seed("countries")
        .select("country_code", pl.col(column).str.split(";").alias("name"))
        .explode("name")
        for column in ("name_kk", "other_names", "abbreviations")
    ).drop_nulls("name")
    assert names.filter(pl.col("name").n_unique() != pl.len()).is_empty()
    assert names["name"].is_unique().all()


def test_blocs_are_no_countries():
    blocs = seed("blocs")
    assert find(*blocs["name_kk"]).is_empty()
