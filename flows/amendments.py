"""Corrections and analysts' fixes at work: which articles they mean, and applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from transforms.articles import make_sentences
from transforms.corrections import (
    CORRECTIONS,
    CORRECTIONS_VERSION,
    Corrected,
    canonical_targets,
    correct_articles,
    steps_of,
    targets_of,
)
from transforms.fixes import FIX_SCHEMA, FIXES, FIXES_VERSION
from warehouse.amendments import (
    note_targets,
    read_corrections,
    replace_step,
    resolve_targets,
    rewrite_articles,
    source_codes,
    versions_behind,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from flows.references import References
    from warehouse.behind import Scope

#: The steps that single articles have, beside those that all have.
STEPS = (CORRECTIONS, FIXES)
_VERSIONS = {CORRECTIONS: CORRECTIONS_VERSION, FIXES: FIXES_VERSION}
_STEP_SCHEMA = pl.Schema(
    {"row_id": pl.Int32, "step": pl.String, "step_version": pl.String}
)


@dataclass(frozen=True)
class Amendments:
    """The rows of corrections.csv and fixes.csv.

    Attributes:
        tables: step to its rows, with ``target``: the article as it is known by.
    """

    tables: dict[str, pl.DataFrame]

    @classmethod
    def of(cls, references: References) -> Amendments:
        """Take them from the reference tables."""
        fixes = canonical_targets(references.fixes).with_columns(
            pl.col("in_title") == "true",
            pl.col("start_char", "end_char").cast(pl.Int32),
        )
        return cls(
            {CORRECTIONS: canonical_targets(references.corrections), FIXES: fixes}
        )

    def behind(
        self,
        connection: duckdb.DuckDBPyConnection,
        steps: tuple[str, ...],
        scope: Scope,
    ) -> pl.DataFrame:
        """Article versions that were read with other rows: article_id, version."""
        empty = pl.DataFrame(schema={"article_id": pl.Int64, "version": pl.Int32})
        found = [empty]
        for step in steps:
            rows = self._of_articles(connection, step)
            wanted = _with_version(steps_of(rows, "article_id"), step)
            found.append(versions_behind(connection, step, wanted, scope=scope))
        return pl.concat(found).unique().sort("article_id", "version")

    def meant(
        self, connection: duckdb.DuckDBPyConnection, articles: pl.DataFrame, step: str
    ) -> pl.DataFrame:
        """The rows that mean the articles of a batch, with their row_id.

        Args:
            connection: the warehouse.
            articles: row_id, article_id, url, source_code (as they came), outlet_key.
            step: corrections or fixes.
        """
        table = self.tables[step]
        if table.is_empty() or articles.is_empty():
            return table.with_columns(row_id=pl.lit(None, pl.Int32)).clear()
        known = resolve_targets(connection, table["target"]).join(
            articles.select("article_id", "row_id"), on="article_id"
        )
        targets = pl.concat(
            [targets_of(articles), known.select("target", "row_id")]
        ).unique()
        return table.join(targets, on="target").sort(
            "row_id", *table.columns, nulls_last=False
        )

    def note(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Tell the rules which articles the rows mean, and which mean none."""
        listed = pl.concat(
            [
                pl.Series("target", [], pl.String)
                .to_frame()
                .with_columns(file_name=pl.lit("", pl.String)),
                *(
                    table.select("target", file_name=pl.lit(f"{step}.csv"))
                    for step, table in self.tables.items()
                ),
            ]
        ).unique()
        known = (
            resolve_targets(connection, listed["target"])
            if listed.height
            else pl.DataFrame(schema={"target": pl.String, "article_id": pl.Int64})
        )
        note_targets(connection, listed.join(known, on="target", how="left"))

    def _of_articles(
        self, connection: duckdb.DuckDBPyConnection, step: str
    ) -> pl.DataFrame:
        table = self.tables[step]
        if table.is_empty():
            return table.with_columns(article_id=pl.lit(None, pl.Int64))
        return table.join(resolve_targets(connection, table["target"]), on="target")


def correct_batch(
    amendments: Amendments,
    connection: duckdb.DuckDBPyConnection,
    articles: pl.DataFrame,
) -> tuple[Corrected, pl.DataFrame]:
    """Correct the articles of a load.

    Returns:
        What was corrected, and the rows that mean these articles.
    """
    rows = amendments.meant(connection, articles, CORRECTIONS)
    return correct_articles(articles, rows), rows


def detail_rows(
    corrected: Corrected,
    corrections: pl.DataFrame,
    fixes: pl.DataFrame,
    load_id: str,
) -> dict[str, pl.DataFrame]:
    """Table to the rows that corrections and fixes add to a load's new versions.

    Args:
        corrected: the articles.
        corrections: the rows of the reference table that mean them.
        fixes: likewise.
        load_id: the load.
    """
    return {
        "fact_correction": corrected.rows.with_columns(load_id=pl.lit(load_id)),
        "article_step": step_rows(corrections, fixes),
    }


def with_load(details: Mapping[str, pl.DataFrame], load_id: str) -> dict[str, Any]:
    """The rows that were read out of articles, those of fact_fix with their load."""
    fixes = details.get("fact_fix", FIX_SCHEMA.to_frame())
    return {**details, "fact_fix": fixes.with_columns(load_id=pl.lit(load_id))}


def step_rows(corrections: pl.DataFrame, fixes: pl.DataFrame) -> pl.DataFrame:
    """The rows of article_step that they add: row_id, step, step_version."""
    parts = [
        _with_version(steps_of(rows, "row_id"), step).with_columns(
            step=pl.lit(step), row_id=pl.col("row_id").cast(pl.Int32)
        )
        for step, rows in ((CORRECTIONS, corrections), (FIXES, fixes))
        if rows.height
    ]
    chosen = [part.select(_STEP_SCHEMA.names()) for part in parts]
    return pl.concat([_STEP_SCHEMA.to_frame(), *chosen])


@dataclass(frozen=True)
class Recorrected:
    """Loaded articles with the corrections of now.

    Attributes:
        articles: their rows, corrected.
        sentences: of these articles.
        changed: row_id of those whose corrections changed something, or had.
        rows: of fact_correction, but its load_id.
        steps: as `step_rows`.
        fixes: the fixes that mean them.
    """

    articles: pl.DataFrame
    sentences: pl.DataFrame
    changed: pl.Series
    rows: pl.DataFrame
    steps: pl.DataFrame
    fixes: pl.DataFrame

    def details(self, load_id: str) -> dict[str, pl.DataFrame]:
        """Table to rows, to stand in the place of those that there are."""
        return {"fact_correction": self.rows.with_columns(load_id=pl.lit(load_id))}


def correct_loaded(
    amendments: Amendments,
    connection: duckdb.DuckDBPyConnection,
    versions: pl.DataFrame,
    articles: pl.DataFrame,
    sentences: pl.DataFrame,
) -> Recorrected:
    """Correct articles that are loaded, and write down what changed of them.

    Args:
        amendments: the corrections and fixes.
        connection: the warehouse, in a transaction.
        versions: row_id, article_id, version.
        articles: as `warehouse.reprocess.read_articles` gives them.
        sentences: likewise.
    """
    before = read_corrections(connection, versions)
    coded = articles.join(
        source_codes(connection), on="source_id", how="left", maintain_order="left"
    )
    came = before.filter(field="source", state="applied").select(
        "row_id", came_from="found_value"
    )
    called = coded.join(
        came.unique("row_id"), on="row_id", how="left", maintain_order="left"
    ).with_columns(source_code=pl.coalesce("came_from", "source_code"))
    rows = amendments.meant(connection, called, CORRECTIONS)
    fixes = amendments.meant(connection, called, FIXES)
    done = correct_articles(coded, rows, before=before)
    corrected = done.articles.drop("source_code")
    is_changed = pl.col("row_id").is_in(done.changed.implode())
    if done.changed.len():
        some = corrected.filter(is_changed)
        anew = make_sentences(some)
        sentences = pl.concat(
            [sentences.filter(~is_changed), anew.select(sentences.columns)]
        ).sort("row_id", "sentence_no")
        placed = anew.join(versions, on="row_id", maintain_order="left")
        rewrite_articles(connection, some, placed.drop("row_id"))
    return Recorrected(
        articles=corrected,
        sentences=sentences,
        changed=done.changed,
        rows=done.rows,
        steps=step_rows(rows, fixes),
        fixes=fixes,
    )


def write_steps(
    connection: duckdb.DuckDBPyConnection, versions: pl.DataFrame, steps: pl.DataFrame
) -> None:
    """Write down by which corrections and fixes versions were read again."""
    for step in STEPS:
        of_step = steps.filter(step=step).select("row_id", "step_version")
        rows = versions.join(of_step, on="row_id", how="left", maintain_order="left")
        replace_step(connection, step, rows.drop("row_id"))


def _with_version(steps: pl.DataFrame, step: str) -> pl.DataFrame:
    version = pl.concat_str(pl.lit(f"{_VERSIONS[step]}+"), "step_version")
    return steps.with_columns(step_version=version)
