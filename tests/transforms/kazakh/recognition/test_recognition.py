"""Recognition: scores, labels and spans, on random weights."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise, repeat

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.kazakh.recognition.random_model import (
    plain_emissions,
    random_model,
)
from transforms.kazakh.recognition.confidence import span_chances
from transforms.kazakh.recognition.labels import BEGIN, COUNT, INSIDE, LABELS
from transforms.kazakh.recognition.model import load_model
from transforms.kazakh.recognition.scores import Scorer
from transforms.kazakh.recognition.tag import label, sentence_starts, spans_of, tag
from transforms.kazakh.recognition.viterbi import best_labels, best_labels_plain
from transforms.kazakh.recognition.vocabulary import Vocabulary
from transforms.kazakh.sentences import split_sentences
from transforms.kazakh.tokens import sentence_tokens

WORDS = ["Астана", "қаласында", "«", "Ақ", "жол", "»", '"', "2025", "A", "болды", "."]
MODEL = random_model(WORDS[:8])


def tokens_of(*texts: str) -> pl.DataFrame:
    articles = pl.DataFrame(
        {
            "article_id": range(len(texts)),
            "version": [1] * len(texts),
            "text": list(texts),
        }
    )
    return sentence_tokens(articles, split_sentences(articles))


def in_sentences(sentences: list[list[str]]) -> pl.DataFrame:
    rows = [
        (i, 1, 1, word, 0, 0) for i, words in enumerate(sentences) for word in words
    ]
    names = ["article_id", "version", "sentence_no", "token", "start_char", "end_char"]
    return pl.DataFrame(rows, schema=names, orient="row")


@given(
    lengths=st.lists(st.integers(1, 12), min_size=1, max_size=8),
    seed=st.integers(0, 1000),
)
def test_labels_equal_those_of_the_plain_decoder(lengths, seed):
    chance = np.random.default_rng(seed)
    emissions = chance.standard_normal((sum(lengths), LABELS)).astype(np.float32)
    # Inside labels would seldom win among as many by chance.
    emissions[:, INSIDE] += 1
    moves = chance.standard_normal((2, COUNT)).astype(np.float32)
    starts = np.concatenate(([0], np.cumsum(lengths)))
    plain = [
        label
        for first, last in pairwise(starts.tolist())
        for label in best_labels_plain(emissions[first:last], moves)
    ]
    assert best_labels(emissions, starts, moves).tolist() == plain


@settings(max_examples=30)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9), min_size=1))
def test_scores_equal_those_worked_out_word_by_word(sentences):
    found = label(in_sentences(sentences), Scorer(MODEL))
    plain = np.concatenate([plain_emissions(MODEL, words) for words in sentences])
    np.testing.assert_allclose(found.emissions, plain, rtol=0, atol=0.05)


def test_what_is_kept_of_words_changes_no_label():
    tokens = in_sentences([WORDS, WORDS[::-1], WORDS[3:7]])
    small = Scorer(MODEL, kept_types=len(WORDS))
    tag(in_sentences([["Бөтен", "сөз"]]), small)
    assert tag(tokens, small).equals(tag(tokens, MODEL))


def test_a_sentence_is_labelled_the_same_in_any_company():
    many = [WORDS[i % 7 :] for i in range(50)]
    together = tag(in_sentences(many), MODEL)
    for number, words in enumerate(many):
        alone = tag(in_sentences([words]), MODEL).drop("article_id")
        there = together.filter(pl.col("article_id") == number).drop("article_id")
        assert there.equals(alone)


def test_scores_of_a_sentence_are_to_the_last_bit_the_same_in_any_company():
    many = [WORDS[i % 7 :] for i in range(500)]
    together, alone = (
        label(in_sentences(part), Scorer(MODEL)) for part in (many, many[5:6])
    )
    first = together.starts[5]
    there = together.emissions[first : first + len(many[5])]
    assert np.array_equal(there, alone.emissions)


@pytest.mark.parametrize("kept_types", [10, 200, 10_000])
def test_any_number_of_workers_finds_the_same(kept_types):
    chance = np.random.default_rng(6)
    names = [f"{word}{chance.integers(100)}" for word in WORDS * 300]
    words = chance.permutation(WORDS * 1000 + names).tolist()
    tokens = in_sentences([words[i : i + 13] for i in range(0, len(words), 13)])
    one = tag(tokens, MODEL)
    assert one.height > 1000
    for workers in (2, 3):
        assert tag(tokens, Scorer(MODEL, kept_types), workers).equals(one)


def test_threads_may_share_a_scorer():
    shared = Scorer(MODEL, kept_types=60)
    parts = [
        in_sentences([[f"{word}{i}" for word in WORDS], WORDS] * 20) for i in range(40)
    ]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(tag, parts, repeat(shared)))
    for part, there in zip(parts, found, strict=True):
        assert there.equals(tag(part, MODEL))


@given(
    known=st.lists(st.integers(0, 2**32 - 1), unique=True),
    sought=st.lists(st.integers(0, 2**32 - 1)),
    near=st.integers(0, 2**32 - 1),
)
def test_a_feature_is_found_by_its_hash(known, sought, near):
    # Many that want the same slot, at the very end of the table too.
    known = list(dict.fromkeys([*known, *range(near, min(near + 50, 2**32))]))
    sought = [*sought, *known, 0, 2**32 - 1, near - 1 if near else 0]
    hashes = np.array(known, dtype=np.uint32)
    found = Vocabulary(hashes).find(np.array(sought, dtype=np.uint32))
    numbers = {value: number for number, value in enumerate(known)}
    assert found.tolist() == [numbers.get(value, -1) for value in sought]


def test_spans_end_with_their_sentence_and_class():
    begin, inside = BEGIN.start, INSIDE.start
    labels = np.array([begin, inside, begin, begin + 1, inside + 1, 0], dtype=np.int16)
    spans = spans_of(labels, np.array([0, 2, 6]))
    assert spans.tolist() == [[0, 2, 0], [2, 3, 0], [3, 5, 1]]


def test_chances_of_all_readings_of_one_token_sum_to_one():
    chance = np.random.default_rng(3)
    emissions = chance.standard_normal((1, LABELS)).astype(np.float32)
    spans = np.array([[0, 1, kind] for kind in range(COUNT)])
    bounds = np.tile([0, 1], (COUNT, 1))
    moves = np.zeros((2, COUNT), np.float32)
    total = span_chances(emissions, moves, spans, bounds).sum()
    free = np.exp(emissions[0, : INSIDE.start].astype(float))
    # A sentence cannot begin inside an entity.
    assert total == pytest.approx(free[BEGIN].sum() / free.sum())


def test_the_chance_of_a_span_is_its_share_of_all_labellings():
    chance = np.random.default_rng(4)
    emissions = chance.standard_normal((3, LABELS)).astype(np.float32)
    moves = chance.standard_normal((2, COUNT)).astype(np.float32)
    found = span_chances(emissions, moves, np.array([[0, 2, 5]]), np.array([[0, 3]]))
    assert found[0] == pytest.approx(enumerated_share(emissions, moves, 5))


def enumerated_share(emissions, moves, kind):
    """Go through every labelling of three tokens."""
    scores, factor = np.exp(emissions.astype(float)), np.exp(moves.astype(float))

    def move(left, right):
        if right < INSIDE.start:
            return 1.0
        same = right - INSIDE.start
        if left == BEGIN.start + same:
            return factor[0, same]
        return factor[1, same] if left == right else 0.0

    table = np.array([[move(i, j) for j in range(LABELS)] for i in range(LABELS)])
    first = scores[0].copy()
    first[INSIDE] = 0
    everything = (((first @ table) * scores[1]) @ table) * scores[2]
    begin, inside = BEGIN.start + kind, INSIDE.start + kind
    this = first[begin] * table[begin, inside] * scores[1, inside]
    this *= scores[2, : INSIDE.start].sum()
    return this / everything.sum()


def test_no_tokens_give_an_empty_frame_of_the_same_columns():
    nothing = tag(tokens_of(""), MODEL)
    assert nothing.height == 0
    assert nothing.schema == tag(tokens_of("Астана қаласында болды."), MODEL).schema


def test_a_form_is_read_in_place_of_the_token():
    latin = tokens_of("Astana qalasynda boldy.")
    forms = tokens_of("Астана қаласында болды.")["token"]
    spans = tag(latin.with_columns(forms.alias("form")), MODEL)
    assert spans.equals(tag(tokens_of("Астана қаласында болды."), MODEL))


def test_long_sentences_are_labelled_in_parts():
    tokens = in_sentences([["сөз"] * 450, ["сөз"] * 3])
    assert sentence_starts(tokens).tolist() == [0, 200, 400, 450, 453]


def test_a_model_of_another_format_is_refused(tmp_path):
    path = tmp_path / "other.npz"
    np.savez_compressed(path, format=np.array("other"))
    with pytest.raises(ValueError, match="Install the package again"):
        load_model(path.read_bytes())


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Астана қаласында 2025 жылы «Ақ жол» болды. " * 110_000, id="5 MB"
        ),
        pytest.param("қала" * 25_000, id="one word"),
        pytest.param("сөз\n" * 50_000, id="one-word lines"),
        pytest.param("сөз " * 200_000, id="no sentence end"),
    ],
)
def test_time_grows_no_faster_than_the_text(text):
    def seconds(part: str) -> float:
        begin = time.process_time()
        tag(tokens_of(part), replace(MODEL))
        return time.process_time() - begin

    seconds(text[:1000])
    half, whole = seconds(text[: len(text) // 2]), seconds(text)
    assert whole < 3 * half + 0.5
    assert whole < 60
