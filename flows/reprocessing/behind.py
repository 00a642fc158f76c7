"""What is behind, by step and outlet: how much a reprocess has to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from flows.amendments import STEPS as AMENDMENTS
from flows.reprocessing.loads import ALL
from flows.reprocessing.rereading import Rereading
from flows.search import SEARCH
from flows.versions import COPIES, load_versions
from warehouse.behind import count_behind, sources_of

if TYPE_CHECKING:
    from flows.reprocessing.loads import Again

_SCHEMA = {"step": pl.String, "source": pl.String, "articles": pl.Int64}


@dataclass(frozen=True)
class Behind:
    """What is behind.

    Attributes:
        rows: step, source, articles (versions), in the order of steps.
        articles: versions that any step has left behind.
        from_raw: those of them that are read again from raw bytes.
        without_raw: those that a step reading raw bytes has left behind, and that
            stay so, as these are gone.
    """

    rows: pl.DataFrame
    articles: int
    from_raw: int
    without_raw: int


def behind_by_step(again: Again) -> Behind:
    """Count what is behind, of the steps and articles that are asked for.

    Args:
        again: the reprocess, before anything was done.
    """
    every = load_versions(again.references, again.known)
    asked = {
        step: version for step, version in every.items() if again.step in {ALL, step}
    }
    found = [
        count_behind(
            again.connection,
            step,
            version,
            scope=again.scope,
            are_current=step in {COPIES, SEARCH},
        ).select(pl.lit(step).alias("step"), "source", "articles")
        for step, version in asked.items()
    ]
    amended = again.amended()
    if amended.height:
        found.append(
            sources_of(again.connection, amended).select(
                pl.lit(" and ".join(AMENDMENTS)).alias("step"), "source", "articles"
            )
        )
    rows = pl.concat([pl.DataFrame(schema=_SCHEMA), *found])
    raw = Rereading(again)
    from_raw = raw.behind()
    current = {step: asked[step] for step in (COPIES, SEARCH) if step in asked}
    texts = {step: asked[step] for step in asked if step not in {COPIES, SEARCH}}
    versions = pl.concat(
        [again.behind(texts), again.behind(current, are_current=True), amended]
    ).unique()
    return Behind(rows, versions.height, from_raw.height, again.done.without_raw)
