"""The figures of dates: how they are made, and their floors.

`tests/gold/dates.jsonl` holds a text of our own writing a line, with the day of
publication and the dates that must be found: the span to the character, the first and
last day (null where only publication would tell), the precision.

python -m tests.eval.dates          prints the figures and the dev half's mistakes
python -m tests.eval.dates write    also writes the figures and the floors
"""

import sys
from datetime import date
from pathlib import Path

import orjson
import polars as pl

from tests.eval import floors
from transforms.articles import make_sentences
from transforms.date_mentions import find_dates
from transforms.entities.words import read_words

GOLD = Path(__file__).resolve().parent.parent / "gold" / "dates.jsonl"
FIGURES = Path(__file__).with_name("dates.json")
HALVES = {"dev": ["dev"], "held": ["held"], "all": ["dev", "held"]}
_SPAN = ["row_id", "start_char", "end_char"]
#: Measure -> what must be right.
MEASURES = {
    "span": _SPAN,
    "span and days": [*_SPAN, "start_date", "end_date"],
    "span, days and precision": [*_SPAN, "start_date", "end_date", "precision"],
}


def gold_hash() -> str:
    """SHA-256 of the gold file: figures belong to what they were measured on."""
    return floors.hash_of(GOLD)


def read_gold(path: Path = GOLD) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Read the gold texts and their dates, numbered by row_id."""
    records = [orjson.loads(line) for line in path.read_bytes().splitlines()]
    texts = pl.DataFrame(
        [
            (number, record["id"], record["half"], record["text"],
             _day(record["published_date"]))
            for number, record in enumerate(records)
        ],
        schema={"row_id": pl.Int32, "id": pl.String, "half": pl.String,
                "text": pl.String, "published_date": pl.Date},
        orient="row",
    )  # fmt: skip
    dates = pl.DataFrame(
        [
            (number, *(found[name] for name in ("start_char", "end_char", "surface")),
             _day(found["start_date"]), _day(found["end_date"]), found["precision"])
            for number, record in enumerate(records)
            for found in record["dates"]
        ],
        schema={"row_id": pl.Int32, "start_char": pl.Int32, "end_char": pl.Int32,
                "surface": pl.String, "start_date": pl.Date, "end_date": pl.Date,
                "precision": pl.String},
        orient="row",
    )  # fmt: skip
    return texts, dates


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def articles_of(texts: pl.DataFrame) -> pl.DataFrame:
    """Texts as a batch of Kazakh articles without titles."""
    return texts.with_columns(
        pl.col("row_id").cast(pl.Int64).alias("article_id"),
        title=pl.lit(""),
        language=pl.lit("kk"),
        script=pl.lit("cyrillic"),
    )


def found_in(articles: pl.DataFrame) -> pl.DataFrame:
    """The dates of a batch of articles."""
    return find_dates(read_words(articles, make_sentences(articles)), articles)


def judged(found: pl.DataFrame, gold: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Dates found, right or missed: the keys, surface, is_gold, is_found."""
    right = gold.select(*keys, "surface", is_gold=pl.lit(value=True))
    said = found.select(*keys, said="surface", is_found=pl.lit(value=True))
    return (
        right.join(said, on=keys, how="full", coalesce=True, nulls_equal=True)
        .with_columns(
            pl.col("is_gold", "is_found").fill_null(value=False),
            surface=pl.coalesce("surface", "said"),
        )
        .drop("said")
    )


def measure(found: pl.DataFrame, gold: pl.DataFrame, texts: pl.DataFrame) -> dict:
    """Half and measure -> count, precision, recall, f1."""
    figures = {}
    for half, members in HALVES.items():
        rows = texts.filter(pl.col("half").is_in(members))["row_id"].implode()
        for name, keys in MEASURES.items():
            own = judged(found, gold, keys).filter(pl.col("row_id").is_in(rows))
            both = own.filter("is_gold", "is_found").height
            said, right = own["is_found"].sum(), own["is_gold"].sum()
            figures[f"{half} {name}"] = {
                "count": right,
                "precision": round(both / said, 4) if said else 0.0,
                "recall": round(both / right, 4),
                "f1": round(2 * both / (said + right), 4),
            }
    return figures


def mistakes(found: pl.DataFrame, gold: pl.DataFrame, half: str = "dev") -> list[str]:
    """What is wrong in one half; the held one is for measuring only."""
    texts, _ = read_gold()
    own = texts.filter(half=half)
    wrong = judged(found, gold, MEASURES["span, days and precision"]).filter(
        pl.col("is_gold") != pl.col("is_found")
    )
    joined = wrong.join(own, on="row_id").sort("id", "start_char")
    return [
        f"{row['id']} {'missed' if row['is_gold'] else 'too many'}: {row['surface']} "
        f"{row['start_date']} {row['end_date']} {row['precision']} | {row['text']}"
        for row in joined.iter_rows(named=True)
    ]


def read_figures() -> dict:
    """Read the figures: gold_sha256, floors, figures."""
    return floors.read_figures(FIGURES)


def floors_of(figures: dict) -> dict[str, float]:
    """Half and measure → F1."""
    return {name: floors.cut(row["f1"]) for name, row in figures.items()}


def main(arguments: list[str]) -> None:
    """Print the figures and the dev half's mistakes; on `write`, keep the figures."""
    texts, gold = read_gold()
    found = found_in(articles_of(texts))
    figures = measure(found, gold, texts)
    for line in mistakes(found, gold):
        print(line)
    for name, row in figures.items():
        print(f"{name:<32}", *(f"{key} {value}" for key, value in row.items()))
    if arguments == ["write"]:
        floors.write_figures(FIGURES, gold_hash(), floors_of(figures), figures)


if __name__ == "__main__":
    main(sys.argv[1:])
