"""How well search finds what people judged relevant, and the floors of that.

56 queries by people over 799 news items, of the corpus. Half of them, by a hash of the
query, were looked at while weights were chosen; the others are set aside for this.

python -m tests.eval.search_figures          prints the figures
python -m tests.eval.search_figures write    also writes the figures and the floors
"""

import hashlib
import json
import os
import sys
from pathlib import Path

import orjson

from tests.conftest import ROOT
from tests.warehouse.copy_batches import article
from tests.warehouse.search_batches import find, load_read, new_warehouse

FIGURES = Path(__file__).with_name("search.json")
FILES = ("search_queries.jsonl", "tengrinews_leads.jsonl")
DEPTH = 10
#: On the same work: the stemmer of pg_kazsearch with plain BM25, which is the best
#: known, no stemming, and words cut to four letters.
OTHERS = {
    "pg_kazsearch": {"recall": 0.801, "mrr": 0.768},
    "no stemming": {"recall": 0.590, "mrr": 0.608},
    "four letters": {"recall": 0.749, "mrr": 0.764},
}


def rows_of(corpus: Path, name: str) -> list[dict]:
    """One row a line."""
    with (corpus / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def half_of(query: str) -> str:
    """Which half a query is in; the same on every machine."""
    number = int(hashlib.sha256(query.encode()).hexdigest(), 16)
    return "set aside" if number % 2 else "tuned"


def measure(found: list[str], relevant: set[str]) -> tuple[float, float]:
    """Recall among the first ten, and one over the rank of the first that is right."""
    first = found[:DEPTH]
    recall = len(relevant & set(first)) / len(relevant)
    ranks = [rank for rank, url in enumerate(first, 1) if url in relevant]
    return recall, 1 / ranks[0] if ranks else 0.0


def measure_all(corpus: Path) -> dict[str, dict[str, float]]:
    """Part of the queries to its number, recall and mean reciprocal rank."""
    connection = new_warehouse()
    load_read(
        connection,
        *(
            article(
                row["id"],
                row["text"],
                title=row["title"],
                url=row["url"],
                lead=row["text"],
            )
            for row in rows_of(corpus, FILES[1])
        ),
    )
    measured: dict[str, list] = {"all": [], "tuned": [], "set aside": []}
    for row in rows_of(corpus, FILES[0]):
        found = find(connection, row["query"], "url", max_rows=DEPTH)
        values = measure(found, set(row["relevant_urls"]))
        measured["all"].append(values)
        measured[half_of(row["query"])].append(values)
    connection.close()
    return {
        part: {
            "queries": len(values),
            "recall": sum(recall for recall, _ in values) / len(values),
            "mrr": sum(rank for _, rank in values) / len(values),
        }
        for part, values in measured.items()
    }


def gold_hash(corpus: Path) -> str:
    """SHA-256 of the queries and the items."""
    contents = b"".join((corpus / name).read_bytes() for name in FILES)
    return hashlib.sha256(contents).hexdigest()


def falls_short(figures: dict, kept: dict) -> list[str]:
    """Say which measures are below their floor."""
    return [
        f"{part} {name}: {figures[part][name]} against the floor {floor}"
        for part, floors in kept["floors"].items()
        for name, floor in floors.items()
        if figures[part][name] < floor
    ]


def write_figures(figures: dict, digest: str) -> None:
    """Write figures and floors; floors only rise while the corpus is the same."""
    old = orjson.loads(FIGURES.read_bytes()) if FIGURES.exists() else {}
    before = old.get("floors", {}) if old.get("gold_sha256") == digest else {}
    floors = {
        part: {
            # Cut, not rounded: a floor above its own figure would fail at once.
            name: max(
                int(values[name] * 1000) / 1000, before.get(part, {}).get(name, 0)
            )
            for name in ("recall", "mrr")
        }
        for part, values in figures.items()
    }
    content = {
        "gold_sha256": digest,
        "floors": floors,
        "figures": figures,
        "others": OTHERS,
    }
    FIGURES.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n")


def main(arguments: list[str]) -> None:
    """Print the figures; on `write`, keep them."""
    corpus = Path(os.environ.get("QOIMA_CORPUS", ROOT.parent / "shared" / "corpus"))
    if not corpus.is_dir():
        print(f"{corpus} is absent: set QOIMA_CORPUS to the corpus")
        return
    figures = measure_all(corpus)
    for part, values in figures.items():
        print(part, {name: round(value, 3) for name, value in values.items()})
    if arguments == ["write"]:
        write_figures(figures, gold_hash(corpus))


if __name__ == "__main__":
    main(sys.argv[1:])
