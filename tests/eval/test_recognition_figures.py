"""The shipped recognition model: its figures are its own; it reads our sentences."""

import hashlib

import orjson
import polars as pl
import pytest

from tests.conftest import ROOT
from training.recognition.__main__ import CORPUS_FILE, FIGURES, MODEL, code_hash
from transforms.kazakh.recognition.model import load_model
from transforms.kazakh.recognition.scores import Scorer
from transforms.kazakh.recognition.tag import tag
from transforms.kazakh.sentences import split_sentences
from transforms.kazakh.tokens import sentence_tokens

#: Sentences of our own, with what must be found in each; spans as KazNERD draws them.
GOLD = [
    ("Астанада Қазақстан Президенті Қасым-Жомарт Тоқаев кеңес өткізді.",
     [("gpe", "Астанада"), ("position", "Қазақстан Президенті"),
      ("person", "Қасым-Жомарт Тоқаев")]),
    ("Жиынға Түркия мен Жапонияның өкілдері келді.",
     [("gpe", "Түркия"), ("gpe", "Жапонияның")]),
    ("Кәсіпорын 2024 жылы 15 пайызға көп өнім шығарды.",
     [("date", "2024 жылы"), ("percentage", "15 пайызға")]),
    ("Бағдарламаға 3 миллиард теңге бөлінді.", [("money", "3 миллиард теңге")]),
    ("Алматы қаласында жаңа мектеп ашылды.", [("gpe", "Алматы")]),
    ("Кездесуге министр Ғани Бейсембаев қатысты.", [("person", "Ғани Бейсембаев")]),
    ("Ол бүгін ағылшын тілінде сөйледі.",
     [("date", "бүгін"), ("language", "ағылшын тілінде")]),
    ("Ауданда 12 үй салынды.", [("cardinal", "12")]),
]  # fmt: skip


@pytest.fixture(scope="module")
def figures():
    return orjson.loads(FIGURES.read_bytes())


@pytest.fixture(scope="module")
def model():
    return load_model(MODEL.read_bytes())


def test_the_figures_belong_to_this_model_and_this_code(figures, model):
    content = MODEL.read_bytes()
    assert figures["model_sha256"] == hashlib.sha256(content).hexdigest()
    assert figures["model_version"] == model.version
    assert figures["code_sha256"] == code_hash(), (
        "Recognition or its training changed: run `make eval` and commit the model."
    )


def test_the_figures_belong_to_this_corpus(figures, corpus):
    content = (corpus / CORPUS_FILE).read_bytes()
    assert figures["corpus_sha256"] == hashlib.sha256(content).hexdigest()


def test_the_floor_holds(figures):
    assert figures["micro_f1"] >= figures["floor"] >= 0.875


def test_confidence_is_near_the_share_that_is_right(figures):
    for band in figures["bands"]:
        right = band["right"]
        by_chance = 2 * (right * (1 - right) / band["count"]) ** 0.5
        assert abs(band["said"] - right) < 0.03 + by_chance, band


def test_entities_of_our_own_sentences_are_found(model):
    articles = pl.DataFrame(
        {
            "article_id": range(len(GOLD)),
            "version": [1] * len(GOLD),
            "text": [text for text, _ in GOLD],
        }
    )
    tokens = sentence_tokens(articles, split_sentences(articles))
    found = {number: set() for number in range(len(GOLD))}
    for span in tag(tokens, Scorer(model)).iter_rows(named=True):
        text = GOLD[span["article_id"]][0]
        surface = text[span["start_char"] : span["end_char"]]
        found[span["article_id"]].add((span["entity_type"], surface))
        assert 0 < span["confidence"] <= 1
    missing = {
        GOLD[number][0]: (set(wanted) - found[number], found[number])
        for number, (_, wanted) in enumerate(GOLD)
        if set(wanted) - found[number]
    }
    assert not missing


def test_the_source_is_named_beside_the_model():
    named = (ROOT / "transforms/kazakh/model/ATTRIBUTION.md").read_text("utf-8")
    assert "KazNERD" in named
    assert "CC BY 4.0" in named
