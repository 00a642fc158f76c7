"""The figures of names that are kept, their floors, and how they are made.

python -m tests.eval.names_figures          prints the table and the mistakes
python -m tests.eval.names_figures write    also writes the figures and the floors
"""

import sys
from pathlib import Path

import polars as pl

from tests.conftest import ROOT
from tests.eval import floors
from tests.eval.names import (
    Found,
    judged_countries,
    judged_links,
    judged_roles,
    judged_spans,
    measure,
    print_table,
    violations,
)
from tests.eval.names_gold import Gold, gold_hash, read_gold
from transforms.articles import make_sentences
from transforms.kazakh.language import detect_language
from transforms.kazakh.mixed_script import fold_mixed_words

FIGURES = Path(__file__).with_name("names.json")
MODEL = ROOT / "transforms/kazakh/model/recognition.npz"
TABLES = ("entities", "aliases", "offices", "countries", "blocs", "places")
#: What is measured by a count of errors, which may only fall.
_COUNTED = "must_not_be_persons"


def evaluate(gold: Gold) -> Found:
    """Read the names of the gold articles as a load does, with the packaged tables."""
    from transforms.entities import read_names
    from transforms.entities.names import Names

    tables = {
        name: pl.read_csv(ROOT / "seeds" / f"{name}.csv", infer_schema=False)
        for name in TABLES
    }
    # What cleaning and parsing do before names are read; folding keeps the offsets.
    folded = [
        pl.col(name).map_elements(fold_mixed_words, return_dtype=pl.String)
        for name in ("title", "text")
    ]
    articles = (
        gold.articles.drop("id", "half", "language", "script")
        .with_columns(*folded, article_id=pl.col("row_id").cast(pl.Int64))
        .pipe(detect_language, "text")
    )
    sentences = make_sentences(articles)
    return read_names(articles, sentences, Names(MODEL.read_bytes(), tables))


def floors_of(frame: pl.DataFrame) -> dict[str, float]:
    """What is held to a floor: half and measure → F1, or the share, or the count."""
    is_counted = pl.col("measure") == _COUNTED
    held = frame.with_columns(
        figure=pl.when(is_counted)
        .then(pl.col("count").cast(pl.Float64))
        .when(~pl.col("measure").str.starts_with("confidence"))
        .then(pl.coalesce("f1", "recall", pl.lit(0.0)))
    ).drop_nulls("figure")
    names = held["half"] + " " + held["measure"]
    return dict(zip(names, map(floors.cut, held["figure"]), strict=True))


def falls_short(frame: pl.DataFrame, figures: dict) -> list[str]:
    """Say which measures are below their floor (a count of errors: above it)."""
    return floors.short_of(floors_of(frame), figures["floors"], worse=_is_worse)


def read_figures() -> dict:
    """Read the figures: gold_sha256, floors, figures."""
    return floors.read_figures(FIGURES)


def mistakes(found: Found, gold: Gold, half: str = "dev") -> pl.DataFrame:
    """List what is wrong in one half: id, measure, what, surface, entity, name.

    The held half is for measuring; what it gets wrong is not to be looked at.
    """
    own = gold.articles.filter(half=half).select("row_id", "id")
    wrong = pl.col("is_gold") != pl.col("is_found")
    what = pl.when("is_gold").then(pl.lit("missed")).otherwise(pl.lit("too many"))
    spans = judged_spans(found, gold).filter(wrong)
    links = [
        judged_links(found, gold, entity_types)
        .filter(~pl.col("is_right"))
        .select("row_id", "surface", "entity", "name", measure=pl.lit(name))
        for name, entity_types in {
            "persons linked": ["person", "position"],
            "organisations linked": ["organisation"],
        }.items()
    ]
    countries = judged_countries(found, gold).filter(wrong)
    roles = judged_roles(found, gold).filter(wrong)
    listed = [
        spans.select("row_id", "surface", measure="kind", what=what),
        *(frame.with_columns(what=pl.lit("wrong entity")) for frame in links),
        countries.select(
            "row_id", surface="country_code", measure=pl.lit("countries"), what=what
        ),
        violations(found, gold).select(
            "row_id", "surface", measure=pl.lit(_COUNTED), what=pl.lit("too many")
        ),
        roles.select(
            "row_id",
            surface=pl.format("{} {}", "role", pl.col("country_code").fill_null("-")),
            name="person",
            measure=pl.lit("roles"),
            what=what,
        ),
    ]
    columns = ["id", "measure", "what", "surface", "entity", "name"]
    return (
        pl.concat(listed, how="diagonal")
        .join(own, on="row_id", maintain_order="left")
        .select(columns)
    )


def _is_worse(name: str, figure: float, floor: float) -> bool:
    return figure > floor if name.endswith(_COUNTED) else figure < floor


def main(arguments: list[str]) -> None:
    """Print the table and the dev half's mistakes; on `write`, keep the figures."""
    gold = read_gold()
    found = evaluate(gold)
    frame = measure(found, gold)
    with pl.Config(tbl_rows=-1, fmt_str_lengths=60, tbl_width_chars=200):
        print(mistakes(found, gold))
    print_table(frame)
    if arguments == ["write"]:
        floors.write_figures(
            FIGURES,
            gold_hash(),
            floors_of(frame),
            floors.rounded(frame.to_dicts()),
            worse=_is_worse,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
