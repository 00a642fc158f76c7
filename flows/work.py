"""Who does the work of a batch: this process, or the workers of a Dask cluster."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flows.copies import signature_rows
from flows.parts import Made, Understood, articles_of, enrich_new, in_parts
from transforms.articles import make_sentences, read_records
from transforms.readers import FieldNames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

    import polars as pl

    from flows.parts import Around
    from flows.references import References
    from flows.run import Engine
    from flows.settings import Settings
    from transforms.enrichment import Known


@dataclass(frozen=True)
class LocalWork:
    """Does the work of a run in this process, on its cores.

    Attributes:
        references: the reference tables.
        know: gives the model and what is known of names; called when it is needed.
    """

    references: References
    know: Callable[[], Known]

    def make(
        self, inputs: pl.DataFrame, around: Around, on_file: Callable[[], None]
    ) -> Made:
        """Read a batch of inputs and make its records into articles.

        Args:
            inputs: file_id, path, format, content, arrived_at.
            around: times the steps.
            on_file: called after each input.
        """
        with around("read"):
            names = FieldNames.from_rows(self.references.field_names.rows())
            outcome = read_records(inputs, names, on_file)
        with around("parse"):
            faults: list[dict[str, Any]] = []
            articles = in_parts(
                outcome.records,
                lambda records: articles_of(
                    records, inputs, self.references.outlets, faults
                ),
            )
        return Made(outcome, articles, faults)

    def understand(
        self, articles: pl.DataFrame, fixes: pl.DataFrame, around: Around
    ) -> Understood:
        """Cut a batch into sentences, read everything out of it, and sign it.

        Args:
            articles: with ``is_new``: whether the warehouse has not got this version.
            fixes: analysts' fixes of these articles.
            around: times the steps.
        """
        with around("sentences"):
            sentences = in_parts(articles, make_sentences)
        enriched = enrich_new(articles, sentences, fixes, self.know(), around)
        with around("signatures"):
            signatures = signature_rows(articles)
        return Understood(sentences, enriched, signatures)


@contextmanager
def open_work(
    settings: Settings,
    engine: Engine,
    references: References,
    known: Future[Known],
    scratch: Path,
) -> Iterator[LocalWork]:
    """Whoever does the work of a run, as the setting ``engine`` says.

    Args:
        settings: ``engine`` and what belongs to it.
        engine: what runs the steps; parts become tasks where steps are.
        references: the reference tables.
        known: what is known of names, being loaded.
        scratch: a folder of this run.

    Raises:
        UserError: the cluster cannot be used; nothing was begun.
    """
    here = LocalWork(references, known.result)
    if settings.engine == "local":
        yield here
        return
    from flows.dask_cluster import open_cluster
    from flows.dask_engine import DaskWork, shared_of

    cluster = open_cluster(
        settings, shared_of(references), scratch, as_tasks=engine.makes_tasks
    )
    with cluster as opened:
        yield DaskWork(references, known.result, opened, settings.dask_part_articles)
