"""The work of a batch that needs neither warehouse nor folder: any process can do it.

A batch is made into articles, and then read, part by part: what comes of an article
depends on it alone, so parts are done in any order, anywhere, and put together in the
order of the batch. `flows.work` does them here; `flows.dask_engine` has them done
by the workers of a cluster.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from flows.copies import signature_rows
from transforms.articles import (
    ReadOutcome,
    make_articles,
    make_sentences,
    read_records,
    rejection,
)
from transforms.enrichment import Enriched, enrich
from transforms.entities.reading import each_once

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from transforms.enrichment import Known
    from transforms.readers import FieldNames

    #: Times a step, as `flows.context.Load.step` does for its observer.
    Around = Callable[[str], AbstractContextManager[None]]

#: Rows below which a part costs more than it saves.
_WORTHWHILE_ROWS = 500
#: So many records that the transforms fail on are odd; more are a fault of ours.
_MOST_FAULTS = 20
#: Threads that share a batch.
CORES = min(os.cpu_count() or 1, 8)


class Made(NamedTuple):
    """What a batch of inputs was made into.

    Attributes:
        outcome: what the readers said; of the records at least file_id and record_no.
        articles: as `transforms.articles.make_articles` gives them.
        faults: rejections of records that the transforms failed on.
    """

    outcome: ReadOutcome
    articles: pl.DataFrame
    faults: list[dict[str, Any]]


class Understood(NamedTuple):
    """What is known of the articles of a batch once they were read.

    Attributes:
        sentences: of every article.
        enriched: what was read out of those that the warehouse has not got.
        signatures: table to its rows.
    """

    sentences: pl.DataFrame
    enriched: Enriched
    signatures: dict[str, pl.DataFrame]


def make_part(
    inputs: pl.DataFrame, field_names: FieldNames, outlets: pl.DataFrame
) -> Made:
    """What `flows.work.LocalWork.make` does, of a part, in one thread.

    Of the records only their keys are kept: their words are in the articles.
    """
    outcome = read_records(inputs, field_names)
    faults: list[dict[str, Any]] = []
    articles = articles_of(outcome.records, inputs, outlets, faults)
    keys = outcome.records.select("file_id", "record_no")
    return Made(replace(outcome, records=keys), articles, faults)


def understand_part(
    articles: pl.DataFrame, fixes: pl.DataFrame, known: Known
) -> Understood:
    """What `flows.work.LocalWork.understand` does, of a part, in one thread."""
    sentences = make_sentences(articles)
    enriched = enrich_new(articles, sentences, fixes, known)
    return Understood(sentences, enriched, signature_rows(articles))


def join_made(parts: Sequence[Made]) -> Made:
    """Put the parts of a batch together, in their order.

    Raises:
        RuntimeError: the transforms failed on more records than a few odd ones.
    """
    faults = [fault for part in parts for fault in part.faults]
    if len(faults) > _MOST_FAULTS:
        message = f"{len(faults)} records could not be parsed: {faults[0]['detail']}"
        raise RuntimeError(message)
    rejections = pl.concat(part.outcome.rejections for part in parts)
    return Made(
        ReadOutcome(
            records=pl.concat(part.outcome.records for part in parts),
            rejections=rejections.unique("rejection_id", maintain_order=True),
            encodings=pl.concat(part.outcome.encodings for part in parts),
        ),
        pl.concat(part.articles for part in parts),
        faults,
    )


def join_understood(parts: Sequence[Understood]) -> Understood:
    """Put the parts of a batch together, in their order."""
    return Understood(
        pl.concat(part.sentences for part in parts),
        join_enriched([part.enriched for part in parts]),
        _join_tables([part.signatures for part in parts]),
    )


def join_enriched(parts: Sequence[Enriched]) -> Enriched:
    """Put together what was read out of parts of a batch; learned entities once."""
    aliases = pl.concat(part.aliases for part in parts).unique()
    return Enriched(
        _join_tables([dict(part.details) for part in parts]),
        each_once(pl.concat(part.entities for part in parts)),
        aliases.sort(pl.all()),
    )


def _join_tables(parts: Sequence[dict[str, pl.DataFrame]]) -> dict[str, pl.DataFrame]:
    """Rows by table; a part may lack a table that it has no rows of."""
    tables = dict.fromkeys(table for part in parts for table in part)
    return {
        table: pl.concat(part[table] for part in parts if table in part)
        for table in tables
    }


def enrich_new(
    articles: pl.DataFrame,
    sentences: pl.DataFrame,
    fixes: pl.DataFrame,
    known: Known,
    around: Around | None = None,
) -> Enriched:
    """Read the articles that the warehouse has not got in this very version.

    With ``around``, on every core.
    """
    new = articles.filter("is_new")
    options: dict[str, Any] = {"around": around, "workers": CORES} if around else {}
    return enrich(
        new,
        sentences.join(new, on="row_id", how="semi"),
        known,
        fixes=fixes.join(new, on="row_id", how="semi", maintain_order="left"),
        **options,
    )


def in_parts(
    frame: pl.DataFrame, transform: Callable[[pl.DataFrame], pl.DataFrame]
) -> pl.DataFrame:
    """Apply a transform whose rows do not depend on each other, on every core.

    Most of the time goes into regular expressions over one column at a time, which
    Polars runs on one core; parts of the frame run side by side, without the
    interpreter's lock. A small frame is not worth cutting.
    """
    workers = min(CORES, frame.height // _WORTHWHILE_ROWS)
    if workers < 2:  # noqa: PLR2004 - one worker is no worker
        return transform(frame)
    size = -(-frame.height // workers)
    with ThreadPoolExecutor(workers) as pool:
        return pl.concat(pool.map(transform, frame.iter_slices(size)))


def articles_of(
    records: pl.DataFrame,
    inputs: pl.DataFrame,
    outlets: pl.DataFrame,
    faults: list[dict[str, Any]],
) -> pl.DataFrame:
    """The articles of records; those that the transforms fail on become faults."""
    files = inputs.select("file_id", "path", "format", "arrived_at")
    return _make_or_refuse(
        records,
        lambda some: make_articles(some, files=files, outlets=outlets),
        faults,
    )


def _make_or_refuse(
    records: pl.DataFrame,
    make: Callable[[pl.DataFrame], pl.DataFrame],
    faults: list[dict[str, Any]],
) -> pl.DataFrame:
    """Make articles of records; one that the transforms fail on is refused alone.

    A failing frame is halved until the record is found, so a single odd one costs
    some repeated work and no other record its place. Many of them fail the load.
    """
    try:
        return make(records)
    except (Exception, pl.exceptions.PanicException) as error:
        if records.height == 0 or len(faults) >= _MOST_FAULTS:
            raise
        if records.height == 1:
            file_id, record_no = records.select("file_id", "record_no").row(0)
            detail = f"{type(error).__name__}: {error}"[:500]
            faults.append(rejection(file_id, record_no, "read", "parser_error", detail))
            return make(records.clear())
        middle = records.height // 2
        return pl.concat(
            _make_or_refuse(half, make, faults)
            for half in (records[:middle], records[middle:])
        )
