"""What a reprocess does again, by what it reads: texts, copies, words of search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

import polars as pl

from flows.amendments import Recorrected, correct_loaded, with_load, write_steps
from flows.copies import finish_links, signature_rows
from flows.prepare import CORES
from flows.search import SEARCH, index_articles
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
    from datetime import date

    from flows.reprocessing.loads import Again

#: The step that finds copies and stories.
COPIES = "copies"


class Part(Protocol):
    """One part of a reprocess.

    Attributes:
        cause: why the numbers that it changes do change: a code of fact_restatement.
    """

    cause: ClassVar[str] = "reprocess"

    def behind(self, step: str, since: date | None, source: str | None) -> pl.DataFrame:
        """Article versions that it has to do again."""
        ...

    def redo(self, versions: pl.DataFrame) -> None:
        """Do these again, in the transaction of a load."""
        ...


@dataclass(frozen=True)
class Reading(Part):
    """Names and everything else that is read out of one article."""

    again: Again

    def behind(self, step: str, since: date | None, source: str | None) -> pl.DataFrame:
        """What any step that reads texts has left behind."""
        steps = self.again.known.step_versions
        behind = self.again.behind(step, steps, since, source)
        amended = self.again.amended(step, since, source)
        return behind.join(amended, on=["article_id", "version"], how="anti").sort(
            "article_id", "version"
        )

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


@dataclass(frozen=True)
class Amending(Reading):
    """The same, of articles whose corrections or fixes have changed."""

    cause: ClassVar[str] = "correction"

    def behind(self, step: str, since: date | None, source: str | None) -> pl.DataFrame:
        """Articles whose corrections or fixes are others now."""
        return self.again.amended(step, since, source).sort("article_id", "version")


@dataclass(frozen=True)
class Linking(Part):
    """Copies and stories, which are found among all articles."""

    again: Again

    def behind(self, step: str, since: date | None, source: str | None) -> pl.DataFrame:
        """Current versions whose copies were looked for otherwise."""
        return self.again.behind(
            step, {COPIES: COPIES_VERSION}, since, source, are_current=True
        )

    def redo(self, versions: pl.DataFrame) -> None:
        """Find copies and stories anew."""
        connection = self.again.connection
        articles, _ = read_articles(connection, versions)
        replace_signatures(
            connection, versions, signature_rows(articles), {COPIES: COPIES_VERSION}
        )
        finish_links(connection)


@dataclass(frozen=True)
class Searching(Part):
    """The words by which search finds articles."""

    again: Again

    def behind(self, step: str, since: date | None, source: str | None) -> pl.DataFrame:
        """Current versions whose words were made otherwise."""
        return self.again.behind(
            step, {SEARCH: SEARCH_VERSION}, since, source, are_current=True
        )

    def redo(self, versions: pl.DataFrame) -> None:
        """Make the words of search anew."""
        replace_steps(self.again.connection, versions, {SEARCH: SEARCH_VERSION})
        index_articles(self.again.connection, is_anew=True)
