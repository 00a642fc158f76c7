"""Reading again from the raw zone: articles whose parser, tables or rules changed."""

from __future__ import annotations

import tempfile
from concurrent.futures import Future
from contextlib import ExitStack
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from checks.process import CheckProcess
from flows.context import Load, LoadContext
from flows.copies import finish_links, signature_rows
from flows.inputs import inputs_from_raw
from flows.prepare import Prepared, prepare, read_again
from flows.reprocessing.files import together
from flows.reprocessing.parts import BATCH, Part
from flows.rows import batch_rows
from flows.run import STAGE, Engine
from flows.search import index_articles
from flows.set_aside import find_odd_records, without_records
from flows.versions import load_versions, raw_versions
from flows.work import open_work
from transforms.readers import FieldNames
from warehouse import replacing, reread_files
from warehouse.entities import drop_unmentioned, merge_names
from warehouse.events import rebuild_events
from warehouse.lineage import merge_rejections
from warehouse.load import merge_articles
from warehouse.reprocess import read_articles
from warehouse.roles import rebuild_roles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType
    from typing import Any

    from checks.results import CheckResult
    from flows.reprocessing.loads import Again

_PLACE = ["file_id", "record_no"]
_KEY = ["article_id", "version"]


class Rereading(Part):
    """Everything, from the bytes on.

    A file is read again whole. The versions that its records made before give way to
    those that they make now, in one transaction: an article that is another one by the
    rules of now (its address was found, say) leaves under its old key and is there
    under its new one. Of a file whose bytes are gone nothing changes.
    """

    name = "raw bytes"

    def __init__(self, again: Again) -> None:
        """Take what the parts share."""
        super().__init__(again)
        self._stack = ExitStack()
        self._context: LoadContext | None = None
        self._files = pl.DataFrame()
        self._prepared: Prepared | None = None
        self._odd: pl.DataFrame | None = None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the check process."""
        self._stack.close()

    def behind(self) -> pl.DataFrame:
        """What is behind on a step that reads raw bytes, and has them.

        Counts the rest as ``without_raw``.
        """
        behind = self.again.behind(raw_versions(self.again.references))
        kept = self._files_of(behind).select(_KEY).unique()
        self.again.done.without_raw = behind.height - kept.height
        return kept.sort(_KEY)

    def batches(self, behind: pl.DataFrame) -> Iterator[pl.DataFrame]:
        """Whole files, those that share an article together."""
        found = self._files_of(behind)
        files = found.drop(_KEY).unique("file_id", maintain_order=True)
        shared = reread_files.shared_articles(self.again.connection)
        for batch in together(
            files,
            shared,
            most_records=BATCH,
            most_bytes=self.again.settings.load_max_bytes,
        ):
            self._files, self._prepared, self._odd = batch, None, None
            yield (
                found.join(batch, on="file_id", how="semi")
                .unique(_KEY, maintain_order=True)
                .select(_KEY)
            )

    def redo(self, versions: pl.DataFrame) -> None:
        """Read the batch's files, and put what they hold in the old ones' place."""
        del versions
        connection, context = self.again.connection, self._begun()
        now = datetime.now(UTC)
        load = Load(self.again.done.load_ids[-1], now)
        judged = self._inputs()
        replacing.take_out(connection, judged["file_id"])
        prepared = self._prepare(context, load, judged)
        articles, details = batch_rows(prepared, load.load_id)
        merge_articles(
            connection,
            articles,
            details,
            load_versions(self.again.references, self.again.known),
            load.load_id,
            is_replacing=True,
        )
        found = prepared.enriched
        merge_names(connection, found.entities, found.aliases)
        rebuild_roles(connection)
        rebuild_events(connection)
        drop_unmentioned(connection)
        self._link()
        index_articles(connection)
        files = _file_rows(prepared)
        reread_files.replace_files(connection, files, prepared.records, load.load_id)
        merge_rejections(
            connection,
            prepared.rejections,
            read_again=files["file_id"].to_list(),
            load_id=load.load_id,
            now=now,
        )
        self.results, self.broken = prepared.results, prepared.broken

    def spare(self, stopped: Sequence[CheckResult], load_id: str) -> bool:
        """Try again without the few records that break a rule, as a load does."""
        if self._prepared is None:
            return False
        self._odd = find_odd_records(
            self.again.connection, stopped, self._prepared, load_id
        )
        return self._odd is not None

    def written(self, load_id: str) -> int:
        """Every version of the batch, until `finish` names their loads again."""
        return replacing.count_written(self.again.connection, load_id)

    def finish(self, load_id: str) -> int:
        """Versions keep the load that brought them; the others are the load's own."""
        again = self.again
        if self._prepared is not None:
            had = replacing.replaced_records(again.connection)
            again.done.refused += (
                self._prepared.rejections.select(_PLACE)
                .unique()
                .join(had, on=_PLACE, how="semi")
                .height
            )
            again.read_anew.append(self._prepared.articles["article_id"])
        return replacing.give_back_loads(again.connection, load_id)

    def _files_of(self, versions: pl.DataFrame) -> pl.DataFrame:
        """Files of these versions that the raw zone has."""
        found = reread_files.files_of_versions(self.again.connection, versions)
        data = self.again.settings.data
        names = found["raw_file"].drop_nulls().unique()
        there = [name for name in names if (data / name).is_file()]
        return found.filter(pl.col("raw_file").is_in(there))

    def _inputs(self) -> pl.DataFrame:
        """The files' bytes, as a load takes them."""
        known = self._files.select("file_id", "raw_file", "arrived_at")
        return (
            inputs_from_raw(self.again.settings.data, self._files)
            .drop("arrived_at")
            .join(known, on="file_id", maintain_order="left")
            .with_columns(
                judgement=pl.lit("new"), duplicate_of=pl.lit(None, dtype=pl.Int64)
            )
        )

    def _prepare(
        self, context: LoadContext, load: Load, judged: pl.DataFrame
    ) -> Prepared:
        if self._prepared is None:
            self._prepared = prepare(context, load, judged)
        elif self._odd is not None:
            rest = without_records(self._prepared, self._odd)
            self._prepared = read_again(context, load, rest)
        return self._prepared

    def _link(self) -> None:
        """Find copies and stories among what was taken out and what came."""
        connection = self.again.connection
        lacking = replacing.begin_new_links(connection)
        if lacking.height:
            articles, _ = read_articles(connection, lacking)
            replacing.insert_signatures(connection, lacking, signature_rows(articles))
        replacing.note_buckets(connection)
        finish_links(connection)

    def _begun(self) -> LoadContext:
        """What loads share, made for the first batch."""
        if self._context is None:
            again = self.again
            known: Future[Any] = Future()
            known.set_result(again.known)
            stage = again.settings.data / STAGE
            stage.mkdir(exist_ok=True)
            folder = tempfile.TemporaryDirectory(dir=stage, prefix="batch-")
            scratch = Path(self._stack.enter_context(folder)).resolve()
            work = open_work(again.settings, Engine(), again.references, known, scratch)
            self._context = LoadContext(
                data=again.settings.data,
                run_id=again.done.run_id,
                trigger="reprocess",
                code_version=metadata.version("qoima"),
                accepted=frozenset(),
                is_dry_run=again.is_trial,
                connection=again.connection,
                references=again.references,
                field_names=FieldNames.from_rows(again.references.field_names.rows()),
                checker=again.checker or self._stack.enter_context(CheckProcess()),
                observer=again.observer,
                scratch=scratch,
                call=lambda _, step, *arguments: step(*arguments),
                known=known,
                work=self._stack.enter_context(work),
                waivers=again.waivers,
                amendments=again.amendments,
            )
        return self._context


def _file_rows(prepared: Prepared) -> pl.DataFrame:
    """file_id, format, encoding, record_count, status of the files read again."""
    counts = prepared.record_counts
    return (
        prepared.judged.select("file_id", "format")
        .join(prepared.encodings, on="file_id", how="left", maintain_order="left")
        .join(counts, on="file_id", how="left", maintain_order="left")
        .select(
            "file_id",
            "format",
            "encoding",
            pl.col("record_count").fill_null(0),
            pl.when(pl.col("accepted_count").fill_null(0) > 0)
            .then(pl.lit("loaded"))
            .otherwise(pl.lit("quarantined"))
            .alias("status"),
        )
    )
