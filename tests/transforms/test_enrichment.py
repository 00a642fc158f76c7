"""Extractors of one list: each entry is read, versioned and timed."""

from contextlib import contextmanager
from dataclasses import fields
from importlib import resources

import polars as pl
import pytest

from flows.references import load_references
from transforms.articles import make_sentences
from transforms.enrichment import (
    EXTRACTORS,
    Extractor,
    Known,
    enrich,
    nothing_enriched,
    steps,
)

MODEL = (resources.files("transforms") / "kazakh/model/recognition.npz").read_bytes()


def read_lengths(batch, known):
    """A toy: one row a word that is as long as the table says."""
    words = batch.names.words.filter(pl.col("form").str.len_chars() == known)
    return {"fact_toy": words.select("row_id", "form")}


def read_counts(batch, _):
    """A toy that builds on the one before it."""
    return {"fact_toy_count": batch.found["fact_toy"].group_by("row_id").len()}


LENGTHS = Extractor(
    step="lengths",
    version="3",
    read=read_lengths,
    tables=("blocs",),
    know=lambda tables: 6 if tables["blocs"].height else 0,
    dimensions=lambda tables: {"dim_toy": tables["blocs"]},
)
COUNTS = Extractor(step="counts", version="1", read=read_counts)


@pytest.fixture(scope="module")
def tables():
    references = load_references(None)
    return {field.name: getattr(references, field.name) for field in fields(references)}


@pytest.fixture(scope="module")
def known(tables):
    return Known(MODEL, tables, (LENGTHS, COUNTS))


@pytest.fixture(scope="module")
def articles():
    texts = ["Ақан Астанада дос тапты.", "Дос көңілі. Жаңа күнде."]
    return pl.DataFrame(
        {
            "row_id": [0, 1],
            "article_id": [10, 11],
            "title": ["Астана жаңалығы", "Достық"],
            "text": texts,
            "language": "kk",
            "script": "cyrillic",
            "published_date": None,
            "published_at": None,
            "is_interview": False,
        },
        schema_overrides={"row_id": pl.Int32, "published_date": pl.Date},
    )


def test_every_extractor_has_its_rows_and_may_look_at_those_before_it(known, articles):
    begun = []

    @contextmanager
    def around(step):
        begun.append(step)
        yield
        begun.append(f"{step} done")

    found = enrich(articles, make_sentences(articles), known, around=around)
    assert begun == [
        part for step in steps((LENGTHS, COUNTS)) for part in (step, f"{step} done")
    ]
    assert found.details["fact_toy"].rows() == [
        (0, "Астана"),
        (1, "Достық"),
        (1, "көңілі"),
    ]
    assert sorted(found.details["fact_toy_count"].rows()) == [(0, 1), (1, 2)]
    assert not found.details["fact_mention"].is_empty()


def test_a_step_is_versioned_with_the_tables_that_it_reads(known, tables):
    changed = Known(
        MODEL, tables | {"blocs": tables["blocs"].head(3)}, (LENGTHS, COUNTS)
    )
    assert list(known.step_versions) == ["names", "lengths", "counts"]
    assert known.step_versions["lengths"].startswith("3+")
    assert known.step_versions["lengths"] != changed.step_versions["lengths"]
    assert known.step_versions["counts"] == changed.step_versions["counts"] == "1"


def test_reference_tables_of_an_extractor_become_tables_of_the_warehouse(known, tables):
    assert list(known.dimensions) == ["dim_toy"]
    assert known.dimensions["dim_toy"].equals(tables["blocs"])


def test_the_steps_have_names_of_their_own():
    assert len(set(steps())) == len(EXTRACTORS) + 1
    assert nothing_enriched().entities.is_empty()
