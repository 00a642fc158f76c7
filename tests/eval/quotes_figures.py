"""The figures of quotations that are kept, their floors, and how they are made.

python -m tests.eval.quotes_figures          prints the table and dev's mistakes
python -m tests.eval.quotes_figures write    also writes the figures and the floors

Spans are compared without the punctuation at their ends: direct speech and answers
must begin and end with the same words. Of indirect speech, where a clause may begin
with or without «жиында» or «бүгін», four fifths of the words must be shared; the
strict figure stands beside. Speakers are judged on the quotations that were found.
"""

import re
import sys
from datetime import date
from pathlib import Path

import orjson
import polars as pl

from tests.conftest import ROOT
from tests.eval import floors
from tests.eval.names_figures import MODEL, TABLES
from transforms.articles import make_sentences
from transforms.entities import read_names
from transforms.entities.names import Names
from transforms.entities.words import read_words
from transforms.kazakh.language import detect_language
from transforms.quotes import find_quotes

GOLD = ROOT / "tests/gold/quotes.jsonl"
FIGURES = Path(__file__).with_name("quotes.json")
KINDS = ("direct", "indirect", "answer")
_SHARED = 0.8
_WORD = re.compile(r"\w+")


def gold_hash() -> str:
    """SHA-256 of the gold file: figures belong to what they were measured on."""
    return floors.hash_of(GOLD)


def read_gold(path: Path = GOLD) -> list[dict]:
    """Read the gold articles: id, half, form, title, text, is_interview, quotes.

    A quote has kind, speaker (name of the entity, or null), in_title and parts, each
    the place where it begins and its words.
    """
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def gold_spans(gold: list[dict]) -> list[dict]:
    """One row a gold quote: row_id, kind, in_title, start, end, text, speaker."""
    return [
        {
            "row_id": row,
            "kind": quote["kind"],
            "in_title": quote["in_title"],
            "start": quote["parts"][0][0],
            "end": quote["parts"][-1][0] + len(quote["parts"][-1][1]),
            "text": " ".join(" ".join(part.split()) for _, part in quote["parts"]),
            "speaker": quote["speaker"],
        }
        for row, article in enumerate(gold)
        for quote in article["quotes"]
    ]


def gold_articles(gold: list[dict]) -> pl.DataFrame:
    """The gold articles as a batch."""
    return pl.DataFrame(
        [
            {"row_id": row, "article_id": row}
            | {key: article[key] for key in ("title", "text", "is_interview")}
            | {"published_date": date.fromisoformat(article["published_date"])}
            for row, article in enumerate(gold)
        ],
        schema_overrides={"row_id": pl.Int32, "article_id": pl.Int64},
    ).pipe(detect_language, "text")


def known_names() -> Names:
    """The names that ship, with the model."""
    tables = {
        name: pl.read_csv(ROOT / "seeds" / f"{name}.csv", infer_schema=False)
        for name in TABLES
    }
    return Names(MODEL.read_bytes(), tables)


def evaluate(gold: list[dict]) -> list[dict]:
    """Find the quotes of the gold articles as a load does: rows as of `gold_spans`."""
    articles = gold_articles(gold)
    sentences = make_sentences(articles)
    read = read_names(articles, sentences, known_names())
    found = find_quotes(
        read_words(articles, sentences), sentences, articles, read.mentions
    )
    names = dict(read.mentions.select("entity_id", "name").drop_nulls().iter_rows())
    return [
        {
            "row_id": row["row_id"],
            "kind": row["quote_kind"],
            "in_title": row["in_title"],
            "start": row["start_char"],
            "end": row["end_char"],
            "text": row["text"],
            "speaker": names.get(row["speaker_id"]),
            "method": row["method"],
            "surface": row["surface"],
        }
        for row in found.iter_rows(named=True)
    ]


def paired(found: list[dict], gold: list[dict], *, strict: bool) -> list[tuple]:
    """Pair what was found with gold quotes: (found, gold), None where alone."""
    left = gold_spans(gold)
    pairs: list[tuple] = []
    for row in found:
        same = [other for other in left if _same(row, other, strict=strict)]
        pairs.append((row, same[0] if same else None))
        if same:
            left.remove(same[0])
    return pairs + [(None, other) for other in left]


def _same(row: dict, other: dict, *, strict: bool) -> bool:
    keys = ("row_id", "kind", "in_title")
    if any(row[key] != other[key] for key in keys):
        return False
    words = [_WORD.findall(one["text"].lower()) for one in (row, other)]
    if strict or row["kind"] != "indirect":
        return words[0] == words[1]
    if row["start"] >= other["end"] or other["start"] >= row["end"]:
        return False
    shared = len(set(words[0]) & set(words[1]))
    return shared >= _SHARED * len(set(words[0]) | set(words[1]))


def measure(found: list[dict], gold: list[dict]) -> pl.DataFrame:
    """Figures of both halves: half, measure, count, precision, recall, f1."""
    rows = []
    for half in ("dev", "held"):
        own = {row for row, article in enumerate(gold) if article["half"] == half}
        for name, strict in (("", False), (" strictly", True)):
            pairs = [
                pair
                for pair in paired(found, gold, strict=strict)
                if (pair[0] or pair[1])["row_id"] in own
            ]
            for kind in KINDS:
                if strict and kind != "indirect":
                    continue
                ofkind = [p for p in pairs if (p[0] or p[1])["kind"] == kind]
                rows.append(_figures(half, f"{kind} spans{name}", ofkind))
                if not strict:
                    rows.append(_speakers(half, f"{kind} speakers", ofkind))
    return pl.DataFrame(rows, infer_schema_length=None)


def _figures(half: str, measure_: str, pairs: list[tuple]) -> dict:
    both = sum(one is not None and other is not None for one, other in pairs)
    found = sum(one is not None for one, _ in pairs)
    wanted = sum(other is not None for _, other in pairs)
    precision = both / found if found else 0.0
    recall = both / wanted if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if both else 0.0
    return {
        "half": half, "measure": measure_, "count": wanted,
        "precision": precision, "recall": recall, "f1": f1,
    }  # fmt: skip


def _speakers(half: str, measure_: str, pairs: list[tuple]) -> dict:
    met = [(one, other) for one, other in pairs if one and other]
    right = sum(one["speaker"] == other["speaker"] for one, other in met)
    share = right / len(met) if met else 0.0
    return {
        "half": half, "measure": measure_, "count": len(met),
        "precision": share, "recall": None, "f1": None,
    }  # fmt: skip


def floors_of(frame: pl.DataFrame) -> dict[str, float]:
    """What is held to a floor: half and measure → F1, or the right speakers."""
    return {
        f"{row['half']} {row['measure']}": floors.cut(row["f1"] or row["precision"])
        for row in frame.iter_rows(named=True)
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
    for one, other in paired(found, gold, strict=False):
        article = gold[(one or other)["row_id"]]
        if article["half"] != half:
            continue
        if one is None or other is None:
            row = one or other
            what = "missed" if one is None else f"too many ({one['method']})"
            said.append(f"{article['id']} {row['kind']} {what}: {row['text'][:150]}")
        elif one["speaker"] != other["speaker"]:
            said.append(
                f"{article['id']} {one['kind']} speaker {one['speaker']}, "
                f"not {other['speaker']}: {one['text'][:80]}"
            )
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
