"""The figures of events that are kept, their floors, and how they are made.

python -m tests.eval.events_figures          prints the table and dev's mistakes
python -m tests.eval.events_figures write    also writes figures and floors

An event is right where its type, all its actors and its date are those of the gold
article. Statements of one event in one article count once, as they do in the warehouse.
A document is right with its title and what was done with it.
"""

import hashlib
import sys
from datetime import date
from functools import cache
from pathlib import Path

import orjson
import polars as pl

from tests.conftest import ROOT
from tests.eval.names_figures import MODEL
from transforms.articles import make_sentences
from transforms.enrichment import Known, enrich
from transforms.entities import read_names
from transforms.kazakh.language import detect_language

GOLD = ROOT / "tests/gold/events.jsonl"
FIGURES = Path(__file__).with_name("events.json")


def gold_hash(path: Path = GOLD) -> str:
    """SHA-256 of the file: figures belong to the articles they were measured on."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


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
    # Cut, not rounded: a floor above its own figure would fail at once.
    return {
        f"{row['half']} {row['measure']} {name}": int(row[name] * 1000) / 1000
        for row in frame.iter_rows(named=True)
        for name in ("precision", "recall")
    }


def falls_short(frame: pl.DataFrame, figures: dict) -> list[str]:
    """Say which measures are below their floor."""
    now = floors_of(frame)
    return [
        f"{name}: {now.get(name)} against the floor {floor}"
        for name, floor in figures["floors"].items()
        if now.get(name, 0.0) < floor
    ]


def read_figures(path: Path = FIGURES) -> dict:
    """Read the figures: gold_sha256, floors, figures."""
    return orjson.loads(path.read_bytes())


def write_figures(
    frame: pl.DataFrame, sha256: str, path: Path = FIGURES, *, lower: bool = False
) -> None:
    """Write figures and floors; floors of the same gold set only rise."""
    floors = floors_of(frame)
    old = read_figures(path) if path.exists() else {"floors": {}, "gold_sha256": ""}
    if not lower and old["gold_sha256"] == sha256:
        floors = {
            name: max(figure, old["floors"].get(name, 0.0))
            for name, figure in floors.items()
        }
    content = {
        "gold_sha256": sha256,
        "floors": floors,
        "figures": frame.with_columns(pl.selectors.float().round(4)).to_dicts(),
    }
    path.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n")


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
        write_figures(frame, gold_hash(), lower="lower" in arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
