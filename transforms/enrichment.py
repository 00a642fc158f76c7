"""Everything that is read out of articles: the extractors, one entry each.

Names come first, since the others build on them; then `EXTRACTORS`, in order. To add
an extractor, add its entry there: reading, loading, reprocessing and the versions in
article_step follow.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from transforms.amounts import Units, find_amounts
from transforms.date_mentions import find_dates
from transforms.entities import NamesRead, read_names
from transforms.entities.names import ENTITY_SCHEMA, Names
from transforms.entities.reading import each_once
from transforms.event_evidence import document_rows, event_rows
from transforms.events import EventKnowledge, dimension_of_event_types, find_events
from transforms.evidence import (
    ALIAS_SCHEMA,
    amount_rows,
    country_rows,
    date_rows,
    mention_rows,
    quote_rows,
    role_rows,
    topic_mention_rows,
    topic_rows,
)
from transforms.fixes import Fixer
from transforms.keys import digests
from transforms.quotes import find_quotes
from transforms.topics import Topics, dimension_of_topics, find_topics

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    #: Reference tables by name, every column a string.
    Tables = Mapping[str, pl.DataFrame]
    #: Table of the warehouse to rows.
    Rows = Mapping[str, pl.DataFrame]

#: The step that reads names, and the reference tables that say something of them.
NAMES = "names"
_NAME_TABLES = ("countries", "blocs", "places", "entities", "aliases", "offices")


class Batch(NamedTuple):
    """What an extractor may look at.

    Attributes:
        articles: ``row_id``, ``article_id``, ``title``, ``text``, ``language``,
            ``script``, ``published_date``, ``published_at``, ``is_interview``.
        sentences: ``row_id``, ``sentence_no``, ``start_char``, ``end_char``.
        names: the words of the Kazakh parts, and the names in them.
        found: the rows that the extractors before it have made, by table.
    """

    articles: pl.DataFrame
    sentences: pl.DataFrame
    names: NamesRead
    found: Rows


def _nothing_to_know(_: Tables) -> None:
    return None


def _no_dimensions(_: Tables) -> Rows:
    return {}


@dataclass(frozen=True)
class Extractor:
    """One kind of thing that is read out of articles.

    Attributes:
        step: its name in article_step.
        version: of its code; a change of its results raises it.
        read: makes the rows of its tables from a batch and from what it knows: row_id
            and the table's columns but article_id and version. Every table stands in
            the answer, also where there is no row. Articles do not depend on their
            neighbours in the batch.
        tables: the reference tables that it knows; they are part of its version.
        know: what `read` needs of these tables, made once a run.
        dimensions: the rows of the tables of the warehouse that are these tables.
    """

    step: str
    version: str
    read: Callable[[Batch, Any], Rows]
    tables: tuple[str, ...] = ()
    know: Callable[[Tables], Any] = _nothing_to_know
    dimensions: Callable[[Tables], Rows] = _no_dimensions

    def full_version(self, tables: Tables) -> str:
        """The version of code and reference tables together."""
        if not self.tables:
            return self.version
        contents = "".join(tables[name].write_csv() for name in sorted(self.tables))
        return f"{self.version}+{digests([contents])[0][:12]}"


def _read_quotes(batch: Batch, _: None) -> Rows:
    names = batch.names
    found = find_quotes(names.words, batch.sentences, batch.articles, names.mentions)
    return {"fact_quote": quote_rows(found)}


def _know_units(tables: Tables) -> Units:
    return Units(tables["units"])


def _read_amounts(batch: Batch, units: Units) -> Rows:
    found = find_amounts(batch.names.words, batch.articles, units)
    return {"fact_amount": amount_rows(found)}


def _unit_dimension(tables: Tables) -> Rows:
    return {
        "dim_unit": tables["units"].select(
            "unit_code",
            "name_kk",
            "name_ru",
            "name_en",
            "kind",
            "currency_code",
            pl.col("base_code").alias("base_unit_code"),
            pl.col("factor").cast(pl.Float64),
        )
    }


def _read_dates(batch: Batch, _: None) -> Rows:
    return {
        "fact_date_mention": date_rows(find_dates(batch.names.words, batch.articles))
    }


def _know_topics(tables: Tables) -> Topics:
    return Topics(tables["topics"], tables["topic_terms"])


def _read_topics(batch: Batch, topics: Topics) -> Rows:
    found = find_topics(batch.names.words, topics, batch.articles)
    ids = topics.terms.select("topic_code", "topic_id").unique()
    return {
        "bridge_article_topic": topic_rows(found.bridge),
        "fact_topic_mention": topic_mention_rows(
            found.evidence.join(ids, on="topic_code", maintain_order="left")
        ),
    }


def _topic_dimension(tables: Tables) -> Rows:
    return {"dim_topic": dimension_of_topics(tables["topics"])}


def _read_events(batch: Batch, known: EventKnowledge) -> Rows:
    names = batch.names
    found = find_events(
        names.words,
        batch.articles,
        names.mentions,
        names.roles,
        batch.found["fact_date_mention"],
        batch.found["fact_quote"],
        known,
    )
    return {
        "fact_event_statement": event_rows(found.events),
        "fact_document": document_rows(found.documents, found.events),
    }


def _event_type_dimension(tables: Tables) -> Rows:
    return {"dim_event_type": dimension_of_event_types(tables["event_types"])}


#: In the order in which they run: quotes, amounts, dates, topics, then events, which
#: look at what was found before. Each gives the rows of its tables by the functions of
#: `transforms.evidence` and `transforms.event_evidence`.
EXTRACTORS: tuple[Extractor, ...] = (
    Extractor(step="quotes", version="2", read=_read_quotes),
    Extractor(
        step="amounts",
        version="1",
        read=_read_amounts,
        tables=("units",),
        know=_know_units,
        dimensions=_unit_dimension,
    ),
    Extractor(step="dates", version="1", read=_read_dates),
    Extractor(
        step="topics",
        version="1",
        read=_read_topics,
        tables=("topics", "topic_terms"),
        know=_know_topics,
        dimensions=_topic_dimension,
    ),
    Extractor(
        step="events",
        version="2",
        read=_read_events,
        tables=("event_types", "event_triggers", "places", "entities", "outlets"),
        know=EventKnowledge,
        dimensions=_event_type_dimension,
    ),
)


class Known:
    """What is known before an article is read; one serves a whole run.

    Attributes:
        names: known names and the trained model.
        parts: step to what its extractor knows.
        step_versions: step to its version, the reference tables' included.
        dimensions: table of the warehouse to its rows, where it is a reference table;
            those of names are with ``names``.
    """

    def __init__(
        self,
        model: bytes,
        tables: Tables,
        extractors: tuple[Extractor, ...] = EXTRACTORS,
    ) -> None:
        """Put the model and the reference tables together.

        Args:
            model: the trained model as it ships.
            tables: every reference table.
            extractors: those to run after names.
        """
        self.extractors = extractors
        self.names = Names(model, {name: tables[name] for name in _NAME_TABLES})
        self.parts = {one.step: one.know(tables) for one in extractors}
        self.step_versions = {NAMES: self.names.version} | {
            one.step: one.full_version(tables) for one in extractors
        }
        self.dimensions = {
            table: rows
            for one in extractors
            for table, rows in one.dimensions(tables).items()
        }


class Enriched(NamedTuple):
    """What was read out of a batch.

    Attributes:
        details: table to its rows: row_id and the table's columns but article_id and
            version.
        entities: the entities that were learned, `ENTITY_SCHEMA`.
        aliases: entity_id, alias: spellings that were met.
    """

    details: Rows
    entities: pl.DataFrame
    aliases: pl.DataFrame


def nothing_enriched() -> Enriched:
    """What is read where there is nothing to read."""
    return Enriched({}, pl.DataFrame(schema=ENTITY_SCHEMA), ALIAS_SCHEMA.to_frame())


def steps(extractors: tuple[Extractor, ...] = EXTRACTORS) -> tuple[str, ...]:
    """The steps in order."""
    return (NAMES, *(one.step for one in extractors))


def _untimed(_: str) -> AbstractContextManager[None]:
    return nullcontext()


def enrich(  # noqa: PLR0913 - most by keyword
    articles: pl.DataFrame,
    sentences: pl.DataFrame,
    known: Known,
    *,
    fixes: pl.DataFrame | None = None,
    around: Callable[[str], AbstractContextManager[None]] = _untimed,
    workers: int = 1,
) -> Enriched:
    """Read everything out of a batch of articles.

    Args:
        articles: as in `Batch`.
        sentences: as in `Batch`.
        known: what is known.
        fixes: analysts' fixes of these articles, as `transforms.fixes.Fixer` takes
            them; their rows stand in the answer as fact_fix.
        around: called with the name of each step; the step runs inside what it gives,
            so that it can be timed.
        workers: threads that share a large batch; any number reads the same.
    """
    fixer = None
    if fixes is not None and fixes.height:
        fixer = Fixer(fixes, articles, sentences, known.names)
    with around(NAMES):
        names = read_names(articles, sentences, known.names, workers)
        names = fixer.names(names) if fixer else names
        details = {
            "fact_mention": mention_rows(names.mentions),
            "fact_role_mention": role_rows(names.roles),
            "bridge_article_country": country_rows(names.countries),
        }
    for one in known.extractors:
        batch = Batch(articles, sentences, names, details)
        with around(one.step):
            made = dict(one.read(batch, known.parts[one.step]))
            if fixer and "fact_quote" in made:
                made["fact_quote"] = fixer.quotes(made["fact_quote"])
            details = details | made
    if fixer is None:
        return Enriched(details, names.entities, names.aliases)
    return Enriched(
        details | {"fact_fix": fixer.rows()},
        each_once(pl.concat([names.entities, fixer.entities])),
        names.aliases,
    )
