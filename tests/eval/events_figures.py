"""The figures of events that are kept, their floors, and how they are made.

python -m tests.eval.events_figures          prints the table and dev's mistakes
python -m tests.eval.events_figures write    also writes figures and floors

An event is right where its type, all its actors and its date are those of the gold
article. Statements of one event in one article count once, as they do in the warehouse.
A document is right with its title and what was done with it.
"""

import sys
from datetime import date
from functools import cache
from pathlib import Path

import orjson
import polars as pl

from tests.conftest import ROOT
from tests.eval import floors
from tests.eval.names_figures import MODEL
from transforms.articles import make_sentences
from transforms.enrichment import Known, enrich
from transforms.entities import read_names
from transforms.kazakh.language import detect_language

GOLD = ROOT / "tests/gold/events.jsonl"
FIGURES = Path(__file__).with_name("events.json")


def gold_hash() -> str:
    """SHA-256 of the gold file: figures belong to what they were measured on."""
    return floors.hash_of(GOLD)


def read_gold(path: Path = GOLD) -> list[dict]:
    """Read the gold articles: id, half, title, text, published_date, events, documents.

    An event has type, actors (names of entities, in order) and date (null where the
    article does not tell); a document has title and action.
    """
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


@cache
def known() -> Known:
    """The packaged model and reference tables."""
    tables = {
        path.stem: pl.read_csv(path, infer_schema=False)
        for path in (ROOT / "seeds").glob("*.csv")
    }
    return Known(MODEL.read_bytes(), tables)


def as_batch(gold: list[dict]) -> pl.DataFrame:
    """Articles with title, text and published_date as a batch."""
    return pl.DataFrame(
        [
            {"row_id": row, "article_id": row, "is_interview": False}
            | {key: article[key] for key in ("title", "text")}
            | {"published_date": date.fromisoformat(article["published_date"])}
            for row, article in enumerate(gold)
        ],
        schema_overrides={"row_id": pl.Int32, "article_id": pl.Int64},
    ).pipe(detect_language, "text")


def evaluate(gold: list[dict]) -> list[dict]:
    """Read the gold articles as a load does: events and documents of each."""
    articles = as_batch(gold)
    sentences = make_sentences(articles)
    details = enrich(articles, sentences, known()).details
    mentions = read_names(articles, sentences, known().names).mentions
    names = dict(mentions.select("entity_id", "name").drop_nulls().iter_rows())
    found: list[dict] = [{"events": [], "documents": []} for _ in gold]
    for row in details["fact_event_statement"].iter_rows(named=True):
        event = {
            "type": row["event_type"],
            "actors": sorted(names[one["entity_id"]] for one in row["actors"]),
            "date": row["event_date"] and row["event_date"].isoformat(),
        }
        if event not in found[row["row_id"]]["events"]:
            found[row["row_id"]]["events"].append(event)
    for row in details["fact_document"].iter_rows(named=True):
        document = {"title": row["title"], "action": row["action"]}
        found[row["row_id"]]["documents"].append(document)
    return found


def measure(found: list[dict], gold: list[dict]) -> pl.DataFrame:
    """Figures of both halves: half, measure, count, precision, recall, f1."""
    rows = []
    for half in ("dev", "held"):
        own = [
            (one, other)
            for one, other in zip(found, gold, strict=True)
            if other["half"] == half
        ]
        for what in ("events", "documents"):
            both = sum(item in b[what] for a, b in own for item in a[what])
            told = sum(len(a[what]) for a, _ in own)
            wanted = sum(len(b[what]) for _, b in own)
            precision = both / told if told else 0.0
            recall = both / wanted if wanted else 0.0
            f1 = 2 * precision * recall / (precision + recall) if both else 0.0
            rows.append(
                {
                    "half": half, "measure": what, "count": wanted,
                    "precision": precision, "recall": recall, "f1": f1,
                }
            )  # fmt: skip
    return pl.DataFrame(rows)


def floors_of(frame: pl.DataFrame) -> dict[str, float]:
    """What is held to a floor: half, measure and figure → precision or recall."""
    return {
        f"{row['half']} {row['measure']} {name}": floors.cut(row[name])
        for row in frame.iter_rows(named=True)
        for name in ("precision", "recall")
    }


def falls_short(frame: pl.DataFrame, figures: dict) -> list[str]:
    """Say which measures are below their floor."""
    return floors.short_of(floors_of(frame), figures["floors"])


def read_figures() -> dict:
    """Read the figures: gold_sha256, floors, figures."""
    return floors.read_figures(FIGURES)


def mistakes(found: list[dict], gold: list[dict], half: str = "dev") -> list[str]:
    """Say what is wrong in one half; what the held half gets wrong is not looked at."""
    said = []
    for one, other in zip(found, gold, strict=True):
        if other["half"] != half:
            continue
        for what in ("events", "documents"):
            said += [
                f"{other['id']} too many: {item}"
                for item in one[what]
                if item not in other[what]
            ]
            said += [
                f"{other['id']} missed: {item}"
                for item in other[what]
                if item not in one[what]
            ]
    return said


def main(arguments: list[str]) -> None:
    """Print the dev half's mistakes and the table; on `write`, keep the figures."""
    gold = read_gold()
    found = evaluate(gold)
    frame = measure(found, gold)
    print("\n".join(mistakes(found, gold)))
    with pl.Config(tbl_rows=-1, fmt_str_lengths=60, tbl_hide_column_data_types=True):
        print(frame)
    if "write" in arguments:
        floors.write_figures(
            FIGURES,
            gold_hash(),
            floors_of(frame),
            floors.rounded(frame.to_dicts()),
            lower="lower" in arguments,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
