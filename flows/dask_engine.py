"""The engine of Dask: a batch is cut into parts, and workers do them."""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from flows import dask_worker
from flows.dask_cluster import ClusterError
from flows.dask_part import Part
from flows.known import OF_NO_WORDS
from flows.parts import join_made, join_understood, make_part
from flows.work import LocalWork
from transforms.articles import rejection, rejection_frame
from transforms.readers import FieldNames

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from flows.dask_cluster import Cluster
    from flows.parts import Around, Made, Understood
    from flows.references import References

#: A part of long texts holds fewer of them.
_MOST_BYTES = 4_000_000


@dataclass(frozen=True)
class DaskWork(LocalWork):
    """Has the work of a run done by the workers of a cluster.

    Attributes:
        cluster: the cluster.
        most_rows: most files or articles in a part.
        paths: file_id to path, of the files that were read.
    """

    cluster: Cluster
    most_rows: int
    paths: dict[int, str] = field(default_factory=dict)

    def make(
        self, inputs: pl.DataFrame, around: Around, on_file: Callable[[], None]
    ) -> Made:
        """As here, as the step ``read`` alone."""
        if inputs.is_empty():
            return super().make(inputs, around, on_file)
        wanted = inputs.select("file_id", "path", "format", "content", "arrived_at")
        self.paths.update(wanted.select("file_id", "path").iter_rows())
        parts = self._cut(wanted, wanted["content"].bin.size())
        with around("read"):
            made = self.cluster.spread("read", dask_worker.make, parts, self._refuse)
        for _ in range(wanted.height):
            on_file()
        return join_made(made)

    def understand(
        self, articles: pl.DataFrame, fixes: pl.DataFrame, around: Around
    ) -> Understood:
        """As here, as the step ``enrich`` alone."""
        if articles.is_empty():
            return super().understand(articles, fixes, around)
        sizes = articles["text"].str.len_bytes()
        parts = [
            replace(
                part,
                more=(fixes.join(part.frame, on="row_id", how="semi"),),
            )
            for part in self._cut(articles, sizes)
        ]
        with around("enrich"):
            return join_understood(
                self.cluster.spread(
                    "enrich", dask_worker.understand, parts, _give_up_on_article
                )
            )

    def _refuse(self, part: Part) -> Made:
        """A file that ends every process that reads it goes to quarantine."""
        file_id = part.frame["file_id"][0]
        detail = "every process that read it was ended by it"
        refused = rejection(file_id, None, "read", "reader_error", detail)
        names = FieldNames.from_rows(self.references.field_names.rows())
        nothing = make_part(part.frame.clear(), names, self.references.outlets)
        outcome = replace(nothing.outcome, rejections=rejection_frame([refused]))
        return nothing._replace(outcome=outcome)

    def _cut(self, frame: pl.DataFrame, sizes: pl.Series) -> list[Part]:
        """A frame in parts of bounded rows and bytes, in its order."""
        parts: list[Part] = []
        first = held = 0
        for row, size in enumerate(sizes.fill_null(0)):
            is_full = row - first >= self.most_rows or held + size > _MOST_BYTES
            if row > first and is_full:
                parts.append(self._part(frame[first:row]))
                first, held = row, 0
            held += size
        return [*parts, self._part(frame[first:])]

    def _part(self, frame: pl.DataFrame) -> Part:
        return Part(frame, tuple(self.paths.get(id_, "?") for id_ in frame["file_id"]))


def shared_of(references: References) -> dask_worker.Shared:
    """What all parts need: the tables that say something of words."""
    blank = {name: getattr(references, name).clear() for name in OF_NO_WORDS}
    kept = replace(references, **blank)
    tables = [getattr(kept, one.name) for one in fields(kept)]
    digest = hashlib.sha256(pickle.dumps(tables, protocol=5)).hexdigest()
    return dask_worker.Shared(digest, kept)


def _give_up_on_article(part: Part) -> Any:
    message = (
        f"{part.names[0]}: every process that read an article of this file was ended "
        "by it. Take the file away and run again."
    )
    raise ClusterError(message)
