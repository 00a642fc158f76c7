"""The figures of copies and stories that are kept, and their floors.

python -m tests.eval.copies_figures          prints them and the mistakes
python -m tests.eval.copies_figures write    also writes the figures and the floors
"""

import json
import sys
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from tests.conftest import ROOT
from tests.eval import floors
from tests.eval.changed_copies import (
    changed_copies,
    corpus_articles,
    filled_forms,
    on_one_subject,
    whole_articles,
)
from tests.warehouse.copy_batches import article, load, new_warehouse

FIGURES = Path(__file__).with_name("copies.json")
NATURAL = ROOT / "tests/gold/natural_copies.csv"
PAIR = ["article_id", "other_article_id"]


def found_pairs(articles: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Load article_id, title, text, day; return fact_duplicate and story_link."""
    connection = new_warehouse()
    load(
        connection,
        *(
            article(row["article_id"], row["text"], row["day"], title=row["title"])
            for row in articles.iter_rows(named=True)
        ),
    )
    found = tuple(
        connection.execute(f"from {table}").pl()
        for table in ("fact_duplicate", "story_link")
    )
    connection.close()
    return found


def measure_made(articles: pl.DataFrame, seed: int) -> dict[str, float]:
    """Recall and precision on changed copies among articles that are none.

    Two of the articles that were near-equal before anything was made of them, and what
    was made of two such ones, are not counted.
    """
    count = articles.height
    texts = pl.concat(
        [
            articles,
            changed_copies(articles, seed).drop("how"),
            on_one_subject(articles, seed + 1),
            filled_forms(seed + 2),
        ]
    ).with_row_index("article_id")
    found, _ = found_pairs(texts.with_columns(day=pl.lit("2026-01-01")))
    before, _ = found_pairs(
        articles.with_row_index("article_id").with_columns(day=pl.lit("2026-01-01"))
    )
    known = {frozenset(pair) for pair in before.select(PAIR).rows()}
    right = wrong = copies = 0
    for one, other, is_copy in found.select(*PAIR, "is_copy").rows():
        of_one, of_other = one % count, other % count
        if max(one, other) < 2 * count and of_one == of_other:
            right += 1
            copies += is_copy
        elif max(one, other) >= 3 * count or frozenset((of_one, of_other)) not in known:
            wrong += 1
    return {
        "pairs": count,
        "recall": right / count,
        "precision": right / max(right + wrong, 1),
        "called copies": copies / max(right, 1),
        "wrong": wrong,
    }


def measure_natural(path: Path) -> tuple[dict[str, float], pl.DataFrame]:
    """Against the pairs of news items judged by hand; and the mistakes."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    first, start = rows[0]["id"], date(2025, 9, 16)
    # The items are undated: their numbers grow by about 21 a day.
    articles = pl.DataFrame(
        [
            {
                "article_id": row["id"],
                "title": row["title"],
                "text": row["text"],
                "day": str(start + timedelta(days=(row["id"] - first) // 21)),
            }
            for row in rows
        ]
    )
    duplicates, links = found_pairs(articles)
    gold = pl.read_csv(NATURAL)
    of_one = ["copy", "rewrite", "story"]
    figures, mistakes = {}, []
    for name, found, verdicts in (
        ("copies", duplicates, ["copy", "rewrite"]),
        ("stories", pl.concat([duplicates.select(PAIR), links]), of_one),
    ):
        wanted = gold.filter(pl.col("verdict").is_in(verdicts))
        both = wanted.join(found, on=PAIR, how="semi")
        figures |= {
            f"{name} listed": wanted.height,
            f"{name} recall": both.height / wanted.height,
            f"{name} precision": both.height / max(found.height, 1),
        }
        mistakes += [
            judged.select(*PAIR, what=pl.lit(what))
            for judged, what in (
                (wanted.join(found, on=PAIR, how="anti"), "missed"),
                (found.join(wanted, on=PAIR, how="anti"), "wrong"),
            )
        ]
    return figures, pl.concat(mistakes).unique()


def measure_all(corpus: Path | None) -> dict[str, dict[str, float]]:
    """Every figure; those of the corpus only where it is there."""
    figures = {"kazakh": measure_made(whole_articles(), 1)}
    if corpus:
        russian = corpus_articles(corpus / "russian_news.jsonl")
        figures["russian"] = measure_made(russian, 5)
        figures["natural"] = measure_natural(corpus / "tengrinews_leads.jsonl")[0]
    return figures


def gold_hash() -> str:
    """SHA-256 of the pairs judged by hand."""
    return floors.hash_of(NATURAL)


def falls_short(figures: dict, kept: dict) -> list[str]:
    """Say which measures are below their floor."""
    now = floors_of(figures)
    held = {
        name: floor
        for name, floor in kept["floors"].items()
        if name.partition(" ")[0] in figures
    }
    return floors.short_of(now, held)


def floors_of(figures: dict) -> dict[str, float]:
    """Part and measure → recall or precision."""
    return {
        f"{part} {name}": floors.cut(value)
        for part, measures in figures.items()
        for name, value in measures.items()
        if name.endswith(("recall", "precision"))
    }


def main(arguments: list[str]) -> None:
    """Print the figures and the mistakes; on `write`, keep the figures."""
    corpus = ROOT.parent / "shared" / "corpus"
    figures = measure_all(corpus if corpus.is_dir() else None)
    if corpus.is_dir():
        with pl.Config(tbl_rows=-1):
            print(measure_natural(corpus / "tengrinews_leads.jsonl")[1])
    for part, measures in figures.items():
        print(part, {name: round(value, 4) for name, value in measures.items()})
    if arguments == ["write"]:
        floors.write_figures(FIGURES, gold_hash(), floors_of(figures), figures)


if __name__ == "__main__":
    main(sys.argv[1:])
