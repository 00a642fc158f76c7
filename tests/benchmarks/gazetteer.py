"""How fast known names are found: `python -m tests.benchmarks.gazetteer CORPUS`.

12,000 names: those that KazNERD marks, then pairs of words of its text. Read are
`tengrinews_leads` in a new process, then `newsdev2019` with its new words, then the
first as many times as make a million tokens. One thread of Polars.
"""

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("POLARS_MAX_THREADS", "1")

import orjson
import polars as pl

from transforms.kazakh.gazetteer import Gazetteer
from transforms.kazakh.tokens import tokenise

NAMES = 12_000
TOKENS = 1_000_000


def rows(path: Path) -> list[dict]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def names(corpus: Path) -> pl.DataFrame:
    sentences = rows(corpus / "kaznerd_valid.jsonl")
    marked = [
        entity["text"]
        for sentence in sentences
        for entity in sentence["entities"]
        if entity["text"][0].isalpha()
    ]
    pairs = [
        f"{one} {other}"
        for sentence in sentences
        for one, other in zip(
            sentence["tokens"][::2], sentence["tokens"][1::2], strict=False
        )
        if one.isalpha() and other.isalpha()
    ]
    found = list(dict.fromkeys(marked + pairs))[:NAMES]
    return pl.DataFrame(
        {"phrase": found, "phrase_no": range(len(found)), "needs": "capital"},
        schema_overrides={"phrase_no": pl.UInt32},
    ).with_columns(
        needs=pl.when(pl.col("phrase").str.contains(r"^\p{Lu}{2,}$"))
        .then(pl.lit("exact"))
        .otherwise("needs"),
        derives=True,
    )


def words(texts: list[str]) -> pl.DataFrame:
    return tokenise(pl.DataFrame({"text": texts})).select(
        pl.col("row").cast(pl.Int32).alias("row_id"),
        pl.lit(value=False).alias("in_title"),
        pl.lit(0, dtype=pl.Int32).alias("sentence_no"),
        "token",
        pl.col("token").alias("form"),
        "start_char",
        "end_char",
    )


def measure(corpus: Path) -> None:
    phrases = names(corpus)
    news = words([row["text"] for row in rows(corpus / "tengrinews_leads.jsonl")])
    lines = (corpus / "newsdev2019.kk.txt").read_text("utf-8").splitlines()
    many = pl.concat([news] * (TOKENS // news.height + 1))
    started = time.process_time()
    gazetteer = Gazetteer(phrases)
    built = time.process_time() - started
    print(f"{phrases.height} names taken in: {built:.2f} s")
    batches = {"all words new": news, "a new text": words(lines), "warm": many}
    for what, batch in batches.items():
        started = time.process_time()
        found = gazetteer.find(batch)
        seconds = time.process_time() - started
        print(
            f"{what}: {batch.height / seconds:,.0f} tokens/s "
            f"({batch.height} tokens, {batch['form'].n_unique()} distinct, "
            f"{found.height} matches)"
        )


if __name__ == "__main__":
    measure(Path(sys.argv[1]))
