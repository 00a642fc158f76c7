"""What a reprocess does again, by what it reads: texts, copies, words of search."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import polars as pl

from flows.amendments import Recorrected, correct_loaded, with_load, write_steps
from flows.copies import finish_links, signature_rows
from flows.parts import CORES
from flows.search import SEARCH, index_articles
from flows.versions import COPIES
from transforms.copies import COPIES_VERSION
from transforms.enrichment import enrich
from transforms.search_words import SEARCH_VERSION
from warehouse.entities import drop_unmentioned, merge_names
from warehouse.events import rebuild_events
from warehouse.reprocess import (
    read_articles,
    replace_details,
    replace_signatures,
    replace_steps,
    touch_again,
)
from warehouse.roles import rebuild_roles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType
    from typing import Self

    from checks.results import CheckResult
    from flows.reprocessing.loads import Again

#: Article versions read again in one transaction.
BATCH = 2_000


class Part:
    """One part of a reprocess; it is entered while it works.

    Attributes:
        name: what it reads again.
        cause: why the numbers that it changes do change: a code of fact_restatement.
        results: of rules on records, of the batch at hand.
        broken: records of the batch that broke such a rule: file_id, record_no,
            rule_id.
    """

    name: ClassVar[str]
    cause: ClassVar[str] = "reprocess"

    def __init__(self, again: Again) -> None:
        """Take what the parts share."""
        self.again = again
        self.results: list[CheckResult] = []
        self.broken: pl.DataFrame | None = None

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End."""

    def behind(self) -> pl.DataFrame:
        """Article versions that it has to do again: article_id, version."""
        raise NotImplementedError

    def batches(self, behind: pl.DataFrame) -> Iterator[pl.DataFrame]:
        """Cut what is behind into the batches of one transaction each."""
        yield from behind.iter_slices(BATCH)

    def redo(self, versions: pl.DataFrame) -> None:
        """Do these again, in the transaction of a load.

        Args:
            versions: row_id, article_id, version.
        """
        raise NotImplementedError

    def spare(self, stopped: Sequence[CheckResult], load_id: str) -> bool:
        """Whether the batch may be tried again without what breaks these rules."""
        del stopped, load_id
        return False

    def written(self, load_id: str) -> int:
        """How many article versions name the load as theirs, before `finish`."""
        del load_id
        return 0

    def finish(self, load_id: str) -> int:
        """Do what comes after the rules; returns how many versions the load brings."""
        del load_id
        return 0


class Reading(Part):
    """Names and everything else that is read out of one article."""

    name = "texts"

    def behind(self) -> pl.DataFrame:
        """What any step that reads texts has left behind."""
        behind = self.again.behind(self.again.known.step_versions)
        return behind.join(
            self.again.amended(), on=["article_id", "version"], how="anti"
        ).sort("article_id", "version")

    def redo(self, versions: pl.DataFrame) -> None:
        """Read them whole, by all steps: they build on each other."""
        connection, known = self.again.connection, self.again.known
        load_id = self.again.done.load_ids[-1]
        articles, sentences = read_articles(connection, versions)
        done = correct_loaded(
            self.again.amendments, connection, versions, articles, sentences
        )
        found = enrich(
            done.articles, done.sentences, known, fixes=done.fixes, workers=CORES
        )
        details = with_load(found.details, load_id) | done.details(load_id)
        replace_details(connection, versions, details, known.step_versions)
        write_steps(connection, versions, done.steps)
        merge_names(connection, found.entities, found.aliases)
        rebuild_roles(connection)
        rebuild_events(connection)
        drop_unmentioned(connection)
        self._link_changed(versions, done)
        # Search knows whom articles name.
        index_articles(connection, is_anew=True)

    def _link_changed(self, versions: pl.DataFrame, done: Recorrected) -> None:
        """Find copies and stories anew of articles whose own values changed."""
        connection = self.again.connection
        changed = done.articles.filter(
            pl.col("row_id").is_in(done.changed.implode()), pl.col("is_current")
        )
        if changed.is_empty():
            return
        replace_signatures(
            connection,
            versions.join(changed, on="row_id", how="semi"),
            signature_rows(changed),
            {COPIES: COPIES_VERSION},
        )
        finish_links(connection)
        touch_again(connection, versions)


class Amending(Reading):
    """The same, of articles whose corrections or fixes have changed."""

    name = "corrections and fixes"
    cause: ClassVar[str] = "correction"

    def behind(self) -> pl.DataFrame:
        """Articles whose corrections or fixes are others now."""
        return self.again.amended().sort("article_id", "version")


class Linking(Part):
    """Copies and stories, which are found among all articles."""

    name = "copies"

    def behind(self) -> pl.DataFrame:
        """Current versions whose copies were looked for otherwise."""
        return self.again.behind({COPIES: COPIES_VERSION}, are_current=True)

    def redo(self, versions: pl.DataFrame) -> None:
        """Find copies and stories anew."""
        connection = self.again.connection
        articles, _ = read_articles(connection, versions)
        replace_signatures(
            connection, versions, signature_rows(articles), {COPIES: COPIES_VERSION}
        )
        finish_links(connection)


class Searching(Part):
    """The words by which search finds articles."""

    name = "words of search"

    def behind(self) -> pl.DataFrame:
        """Current versions whose words were made otherwise."""
        return self.again.behind({SEARCH: SEARCH_VERSION}, are_current=True)

    def redo(self, versions: pl.DataFrame) -> None:
        """Make the words of search anew."""
        replace_steps(self.again.connection, versions, {SEARCH: SEARCH_VERSION})
        index_articles(self.again.connection, is_anew=True)
