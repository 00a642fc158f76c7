"""Loads of several machines at once: what another has committed is looked at again.

Inputs are judged and prepared side by side. Then a load waits for its turn, and judges
anew if the lake has changed: a file that another load has just taken in is no longer
new. On a warehouse file nobody else writes, so there is nothing to look at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from flows.inputs import order_arrivals
from transforms.pickup import judge_inputs
from warehouse.forget import forgotten_among
from warehouse.lake_writer import is_lake, turn_of
from warehouse.ledger import known_files
from warehouse.raw import drop_contents, raw_name

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb

    from flows.context import Load, LoadContext
    from flows.prepare import Prepared

#: How often a load steps back to prepare anew before it does so within its turn.
_STEPS_BACK = 3


@dataclass
class Inputs:
    """The inputs of one load, which can be judged again."""

    context: LoadContext
    load: Load
    inputs: pl.DataFrame
    replay: frozenset[int]

    def judge(self) -> pl.DataFrame:
        """What is to be done with each input, as the warehouse is now."""
        connection = self.context.connection
        known = known_files(connection, self.inputs)
        again = pl.col("file_id").is_in(list(self.replay))
        known = known.with_columns(
            pl.when(again).then(pl.lit("held")).otherwise("status").alias("status")
        )
        return judge_inputs(order_arrivals(self.inputs, self.load.started_at), known)

    def moved(self, judged: pl.DataFrame) -> pl.DataFrame:
        """Those of judged inputs that are judged otherwise now: judgement before.

        Returns:
            The rows of now, in the order of ``judged``, with ``judgement_before``.
        """
        if not is_lake(self.context.connection):
            return judged.clear().with_columns(judgement_before="judgement")
        before = judged.select(
            "file_id", judgement_before="judgement", of_before="duplicate_of"
        )
        return (
            self.judge()
            .join(before, on="file_id", maintain_order="right")
            .filter(
                (pl.col("judgement") != pl.col("judgement_before"))
                | pl.col("duplicate_of").ne_missing(pl.col("of_before"))
            )
            .drop("of_before")
        )

    def step_back(self, judged: pl.DataFrame, moved: pl.DataFrame) -> pl.DataFrame:
        """The judged inputs, those that moved by what is known of them now.

        Their bytes, which this load has put into the raw zone, go: those of the other
        load are the ones that count.

        Raises:
            RuntimeError: the file that an input repeats has gone meanwhile.
        """
        lost = moved.filter(
            (pl.col("judgement") == "new") & pl.col("raw_file").is_null()
        )
        if not lost.is_empty():
            paths = ", ".join(lost["path"].head(3))
            message = f"{paths}: what it repeats was removed meanwhile. Run again."
            raise RuntimeError(message)
        mine = raw_name(self.load.load_id)
        kept = judged.join(moved, on="file_id", how="anti", maintain_order="left")
        anew = pl.concat([point_to(moved, kept, mine), moved.select(judged.columns)])
        not_mine = judged.filter(pl.col("raw_file") == mine).join(
            anew.filter(pl.col("raw_file") == mine), on="content_hash", how="anti"
        )
        if not not_mine.is_empty():
            drop_contents(self.context.data, mine, not_mine["content_hash"].to_list())
        return anew


def point_to(moved: pl.DataFrame, kept: pl.DataFrame, mine: str) -> pl.DataFrame:
    """Inputs with the bytes of one that moved: where the other load keeps these."""
    theirs = (
        moved.filter(pl.col("raw_file") != mine)
        .select("content_hash", theirs="raw_file")
        .unique("content_hash", keep="first", maintain_order=True)
    )
    pointer = pl.coalesce("theirs", "raw_file")
    return (
        kept.join(theirs, on="content_hash", how="left", maintain_order="left")
        .with_columns(
            raw_file=pl.when(raw_file=mine).then(pointer).otherwise("raw_file")
        )
        .drop("theirs")
    )


def commit_in_turn(
    batch: Inputs,
    judged: pl.DataFrame,
    prepared: Prepared,
    prepare_again: Callable[[pl.DataFrame], Prepared],
    commit: Callable[[Prepared], None],
) -> None:
    """Commit a load once what it was prepared for is still so.

    Args:
        batch: its inputs.
        judged: as they were judged before it was prepared.
        prepared: the load.
        prepare_again: prepares it anew from inputs that are judged otherwise.
        commit: merges and commits, or blocks.
    """
    connection = batch.context.connection
    for _ in range(_STEPS_BACK):
        with turn_of(connection):
            moved = batch.moved(judged)
            if moved.is_empty() and not _is_forgotten(connection, prepared):
                commit(prepared)
                return
        judged = batch.step_back(judged, moved)
        prepared = prepare_again(judged)
    with turn_of(connection):
        judged = batch.step_back(judged, batch.moved(judged))
        commit(prepare_again(judged))


def _is_forgotten(connection: duckdb.DuckDBPyConnection, prepared: Prepared) -> bool:
    """Whether an article was to be kept out since; only a lake's can be."""
    return (
        is_lake(connection)
        and not prepared.articles.is_empty()
        and bool(forgotten_among(connection, prepared.articles["article_id"]))
    )
