"""`make bench`: what reading everything out of an article costs one core.

Every extractor is timed by itself, on generated news with people, quotes, amounts and
dates as thick as in real news. Processor time, the best of several rounds: other work
on the machine makes it longer, never shorter.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import fields
from importlib import resources
from typing import TYPE_CHECKING

import polars as pl

from flows.references import load_references
from tests.benchmarks.generate import sample_sentences
from tests.benchmarks.news import news_article
from transforms.articles import make_sentences
from transforms.copies import read_signatures
from transforms.enrichment import Known, enrich
from transforms.kazakh.language import detect_language

if TYPE_CHECKING:
    from collections.abc import Iterator

MODEL = resources.files("transforms") / "kazakh/model/recognition.npz"
#: All extractors together may take so long for an article.
TARGET_MS = 4.0
#: The first round learns the words.
_ROUNDS = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    count = parser.parse_args().articles
    references = load_references(None)
    tables = {
        field.name: getattr(references, field.name) for field in fields(references)
    }
    known = Known(MODEL.read_bytes(), tables)
    articles, sentences = generated(count)
    best: dict[str, float] = {}
    for number in range(_ROUNDS):
        spent, rows = one_round(articles, sentences, known)
        for step, seconds in spent.items():
            if number:
                best[step] = min(best.get(step, seconds), seconds)
    words = articles["text"].str.count_matches(r"\S+").mean()
    print(
        f"enrichment of {count} articles of {words:.0f} words, one core; an article has"
    )
    print("  " + ", ".join(f"{rows[t] / count:.1f} {t}" for t in rows if rows[t]))
    everything = sum(best.values())
    for step, seconds in [*best.items(), ("all", everything)]:
        print(
            f"    {step:<10} {seconds / count * 1000:6.2f} ms an article "
            f"{seconds / everything:5.0%}  {count / seconds:8.0f} articles/s"
        )
    ratio = everything / count * 1000 / TARGET_MS
    print(f"  target {TARGET_MS:.0f} ms an article: this is {ratio:.2f} of it")


def generated(count: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Articles and their sentences, as `transforms.enrichment.Batch` has them."""
    samples = sample_sentences()
    rows = [news_article(number, samples) for number in range(count)]
    articles = (
        pl.DataFrame(rows, schema=["title", "text", "published_date"], orient="row")
        .with_row_index("row_id")
        .cast({"row_id": pl.Int32})
        .with_columns(
            article_id=pl.col("row_id").cast(pl.Int64) + 1,
            published_at=pl.lit(None, pl.Datetime("us", "UTC")),
            published_precision=pl.lit("day"),
            is_interview=pl.lit(value=False),
        )
        .pipe(detect_language, "text")
    )
    return articles, make_sentences(articles)


def one_round(
    articles: pl.DataFrame, sentences: pl.DataFrame, known: Known
) -> tuple[Counter[str], dict[str, int]]:
    """Seconds of the processor by step, and the number of rows by table."""
    spent: Counter[str] = Counter()

    @contextmanager
    def timed(step: str) -> Iterator[None]:
        begun = time.process_time()
        yield
        spent[step] += time.process_time() - begun

    found = enrich(articles, sentences, known, around=timed)
    with timed("copies"):
        read_signatures(articles)
    return spent, {table: rows.height for table, rows in found.details.items()}


if __name__ == "__main__":
    main()
