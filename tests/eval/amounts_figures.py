"""How well amounts are found in the gold sentences; the figures kept, their floors.

python -m tests.eval.amounts_figures          prints the table and dev's mistakes
python -m tests.eval.amounts_figures write    also writes the figures and the floors

`tests/gold/amounts.jsonl` holds one text of our own writing a line, with every amount
in it. An amount is right if its span, value, the end of its range, unit, currency and
approximation are all right. Kind, direction and the noun counted are measured on the
amounts that are right. The held half is for measuring: what it gets wrong is not to be
looked at.
"""

import sys
from pathlib import Path

import orjson
import polars as pl

from tests.conftest import ROOT
from tests.eval import floors
from transforms.amounts import Units, find_amounts
from transforms.articles import make_sentences
from transforms.entities.words import read_words

GOLD = ROOT / "tests/gold/amounts.jsonl"
FIGURES = Path(__file__).with_name("amounts.json")
_SPAN = ["row_id", "start_char", "end_char"]
_RIGHT = [*_SPAN, "value", "value_max", "unit_code", "currency_code", "approximation"]
_FURTHER = ["kind", "direction", "counted"]
_GOLD = {
    "row_id": pl.Int32,
    "half": pl.String,
    "surface": pl.String,
    "start_char": pl.Int32,
    "end_char": pl.Int32,
    "value": pl.Float64,
    "value_max": pl.Float64,
    "kind": pl.String,
    "unit_code": pl.String,
    "currency_code": pl.String,
    "approximation": pl.String,
    "direction": pl.String,
    "counted": pl.String,
}


def read_units() -> Units:
    """The packaged table of units."""
    return Units(pl.read_csv(ROOT / "seeds/units.csv", infer_schema=False))


def gold_hash() -> str:
    """SHA-256 of the gold file: figures belong to what they were measured on."""
    return floors.hash_of(GOLD)


def read_gold() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Texts (row_id, id, half, title, text, language, script) and their amounts."""
    records = [orjson.loads(line) for line in GOLD.read_bytes().splitlines()]
    texts = pl.DataFrame(
        [
            {"row_id": row, "title": "", "language": "kk"}
            | {key: record[key] for key in ("id", "half", "text", "script")}
            for row, record in enumerate(records)
        ],
        schema_overrides={"row_id": pl.Int32},
    )
    amounts = [
        {
            "row_id": row,
            "half": record["half"],
            "surface": amount["surface"],
            "start_char": amount["start"],
            "end_char": amount["start"] + len(amount["surface"]),
            "value": amount["value"],
            "value_max": amount.get("value_max"),
            "kind": amount["kind"],
            "unit_code": amount.get("unit"),
            "currency_code": amount.get("currency"),
            "approximation": amount["approximation"],
            "direction": amount.get("direction"),
            "counted": amount.get("counted"),
        }
        for row, record in enumerate(records)
        for amount in record["amounts"]
    ]
    return texts, pl.DataFrame(amounts, schema=_GOLD)


def find(texts: pl.DataFrame) -> pl.DataFrame:
    """The amounts of texts, as a load finds them."""
    articles = texts.with_columns(article_id=pl.col("row_id").cast(pl.Int64))
    words = read_words(articles, make_sentences(articles))
    return find_amounts(words, articles, read_units())


def measure(texts: pl.DataFrame, gold: pl.DataFrame, found: pl.DataFrame) -> list[dict]:
    """Figures: half, measure, count, precision, recall, f1 (or share, in recall)."""
    found = found.join(texts.select("row_id", "half"), on="row_id", how="left")
    rows = []
    for half in ("dev", "held"):
        right, mine = gold.filter(half=half), found.filter(half=half)
        for name, keys in {"spans": _SPAN, "amounts": _RIGHT}.items():
            hits = right.join(mine, on=keys, how="semi", nulls_equal=True).height
            precision, recall = hits / mine.height, hits / right.height
            rows.append(
                {
                    "half": half,
                    "measure": name,
                    "count": right.height,
                    "precision": precision,
                    "recall": recall,
                    "f1": 2 * hits / (mine.height + right.height),
                }
            )
        met = right.join(mine, on=_RIGHT, nulls_equal=True, suffix="_found")
        rows += [
            {
                "half": half,
                "measure": name,
                "count": met.height,
                "precision": None,
                "recall": met[name].eq_missing(met[f"{name}_found"]).mean(),
                "f1": None,
            }
            for name in _FURTHER
        ]
    return rows


def floors_of(rows: list[dict]) -> dict[str, float]:
    """Half and measure → the figure held."""
    return {
        f"{row['half']} {row['measure']}": floors.cut(row["f1"] or row["recall"])
        for row in rows
    }


def read_figures() -> dict:
    """Read the figures: gold_sha256, floors, figures."""
    return floors.read_figures(FIGURES)


def mistakes(
    texts: pl.DataFrame, gold: pl.DataFrame, found: pl.DataFrame
) -> pl.DataFrame:
    """What is wrong in the dev half."""
    own = texts.filter(half="dev").select("row_id", "text")
    columns = [*_RIGHT, "surface", *_FURTHER]
    wrong = [
        left.join(right, on=[*_RIGHT, "direction", "counted"], how="anti",
                  nulls_equal=True)
        .select(columns).with_columns(what=pl.lit(what))
        for left, right, what in ((gold, found, "missed"), (found, gold, "too many"))
    ]  # fmt: skip
    return pl.concat(wrong).join(own, on="row_id").sort("row_id", "start_char", "what")


def main(arguments: list[str]) -> None:
    """Print the table and dev's mistakes; on `write`, keep the figures."""
    texts, gold = read_gold()
    found = find(texts)
    for row in mistakes(texts, gold, found).iter_rows(named=True):
        print(row["what"], "|", row["text"])
        print("   ", *(row[key] for key in ["surface", *_RIGHT[3:], *_FURTHER]))
    rows = measure(texts, gold, found)
    with pl.Config(tbl_rows=-1):
        print(pl.DataFrame(rows))
    if arguments == ["write"]:
        floors.write_figures(
            FIGURES, gold_hash(), floors_of(rows), floors.rounded(rows)
        )


if __name__ == "__main__":
    main(sys.argv[1:])
