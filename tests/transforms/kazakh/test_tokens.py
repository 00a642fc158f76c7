"""Tokens with their places."""

import json

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from transforms.kazakh.sentences import split_sentences
from transforms.kazakh.tokens import sentence_tokens, tokenise


def words(text):
    return tokenise(pl.DataFrame({"text": [text]}))["token"].to_list()


def test_endings_after_hyphens_and_apostrophes_stay_with_their_word():
    assert words("БАҚ-тағы 2025-2030 News-ке «Air Astana’ның»") == [
        "БАҚ-тағы", "2025-2030", "News-ке", "«", "Air", "Astana’ның", "»",
    ]  # fmt: skip


def test_marks_stand_apart_and_a_percent_sign_keeps_its_ending():
    assert words("Баға 2,5%-ға (е.ж.) өсті!") == [
        "Баға", "2", ",", "5", "%-ға", "(", "е", ".", "ж", ".", ")", "өсті", "!",
    ]  # fmt: skip


def test_a_blank_text_has_no_tokens():
    assert tokenise(pl.DataFrame({"text": [None, "", " \n "]})).height == 0


@given(st.lists(st.text() | st.text(alphabet="аӘb1-’%«». \n😀"), max_size=4))
def test_offsets_give_back_tokens_and_nothing_but_white_space_is_left_out(texts):
    tokens = tokenise(pl.DataFrame({"text": texts}, schema={"text": pl.String}))
    left = [list(text) for text in texts]
    for row, token, start, end in tokens.iter_rows():
        assert texts[row][start:end] == token
        left[row][start:end] = " " * (end - start)
    assert all(not "".join(rest).strip() for rest in left)


def test_kaznerd_is_cut_as_its_annotators_cut_it(corpus):
    path = corpus / "kaznerd_valid.jsonl"
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    tokens = tokenise(pl.DataFrame({"text": [record["text"] for record in records]}))
    cut = tokens.group_by("row", maintain_order=True).agg("token")["token"]
    same = sum(
        ours == record["tokens"]
        for ours, record in zip(cut.to_list(), records, strict=True)
    )
    assert same / len(records) >= 0.999


def test_each_token_knows_its_sentence():
    articles = pl.DataFrame(
        {
            "article_id": [7, 8],
            "version": [1, 1],
            "text": ["Қар жауды. Жол ашық.", "Бір сөйлем"],
        }
    )
    tokens = sentence_tokens(articles, split_sentences(articles))
    assert tokens.select("article_id", "sentence_no", "token").rows() == [
        (7, 1, "Қар"), (7, 1, "жауды"), (7, 1, "."),
        (7, 2, "Жол"), (7, 2, "ашық"), (7, 2, "."),
        (8, 1, "Бір"), (8, 1, "сөйлем"),
    ]  # fmt: skip
