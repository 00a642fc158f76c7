"""What articles are about: topics by the terms that stand in them.

A topic is found by words and phrases that speak of it, in every form; each has a
weight. What made an article's topics can be shown: the evidence holds every term that
counted, where it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from transforms.kazakh.gazetteer import Gazetteer
from transforms.keys import keys

if TYPE_CHECKING:
    from collections.abc import Iterable

BRIDGE_SCHEMA: dict[str, Any] = {
    "row_id": pl.Int32,
    "topic_id": pl.Int64,
    "topic_code": pl.String,
    "weight": pl.Float64,
    "mention_count": pl.Int32,
}
EVIDENCE_SCHEMA: dict[str, Any] = {
    "row_id": pl.Int32,
    "topic_code": pl.String,
    "in_title": pl.Boolean,
    "sentence_no": pl.Int32,
    "start_char": pl.Int32,
    "end_char": pl.Int32,
    "surface": pl.String,
    "term": pl.String,
    "confidence": pl.Float64,
    "method": pl.String,
}

#: A word of the title counts as much as so many of the text.
_TITLE = 3.0
#: A word far down counts so much, one of the first sentence this and _EARLY more.
_LATE = 0.5
_EARLY = 1.0
#: A first-level topic with a smaller part of the strongest one's score is dropped.
#: Chosen on the dev half of tests/gold/topic_labels.csv.
_LEAST_OF_STRONGEST = 0.5
#: A second-level topic with a smaller share of the article is dropped, unless it is the
#: strongest of its parent.
_LEAST_SHARE = 0.08
#: Capitals, digits and signs alone: «АЭС», «COVID-19», «5G».
_ABBREVIATION = r"^[\p{Lu}\p{N}+&.-]{2,}$"
_CAPITAL = r"^\p{Lu}"
_PLACE = ("row_id", "in_title", "sentence_no", "start_char", "end_char")


class TopicsFound(NamedTuple):
    """The topics of a batch.

    Attributes:
        bridge: `BRIDGE_SCHEMA`, in order of article, weight (the largest first), code.
        evidence: `EVIDENCE_SCHEMA`, in order of article, title first, and place.
    """

    bridge: pl.DataFrame
    evidence: pl.DataFrame


class Topics:
    """The taxonomy and its terms, ready to be looked for.

    One serves a whole run: it keeps what words were read as, which changes nothing but
    the time.
    """

    def __init__(self, topics: pl.DataFrame, terms: pl.DataFrame) -> None:
        """Take the reference tables in.

        Args:
            topics: ``topic_code`` and ``parent_code`` (null for the first level).
            terms: ``topic_code``, ``term`` (nominative) and ``weight`` (a whole number
                as a string or number). A term that begins with a capital letter must
                stand so in the text, an abbreviation with all its letters as given. A
                term of weight 0 is only there to hide shorter ones inside it; one
                below 0 speaks against its topic.
        """
        folded = terms.select(
            "topic_code", "term", pl.col("weight").cast(pl.Float64)
        ).unique(["topic_code", "term"], keep="first", maintain_order=True)
        spelled = folded.select("term").unique(maintain_order=True)
        self.terms = folded.join(
            spelled.with_row_index("phrase_no"), on="term", maintain_order="left"
        )
        parent = pl.coalesce("parent_code", "topic_code")
        codes = topics["topic_code"]
        self.topics = topics.select("topic_code", parent_code=parent).with_columns(
            topic_id=keys("topic\x1f" + codes)
        )
        needs = (
            pl.when(pl.col("term").str.contains(_ABBREVIATION))
            .then(pl.lit("exact"))
            .when(pl.col("term").str.contains(_CAPITAL))
            .then(pl.lit("capital"))
            .otherwise(pl.lit("any"))
        )
        self.gazetteer = Gazetteer(
            spelled.with_row_index("phrase_no").select(
                "phrase_no", phrase="term", needs=needs
            )
        )


def dimension_of_topics(topics: pl.DataFrame) -> pl.DataFrame:
    """The rows of dim_topic: topic_id, topic_code, parent_id and names.

    Args:
        topics: the reference table.
    """
    return topics.select(
        keys("topic\x1f" + topics["topic_code"]).alias("topic_id"),
        "topic_code",
        keys("topic\x1f" + topics["parent_code"]).alias("parent_id"),
        "name_kk",
        "name_ru",
        "name_en",
    )


def no_topics() -> TopicsFound:
    """What is found where there is nothing to read."""
    return TopicsFound(
        pl.DataFrame(schema=BRIDGE_SCHEMA), pl.DataFrame(schema=EVIDENCE_SCHEMA)
    )


def find_topics(
    words: pl.DataFrame, topics: Topics, articles: pl.DataFrame
) -> TopicsFound:
    """Find the topics of a batch of articles.

    Every article is read by itself. A term counts by its weight and by where it stands:
    in the title most, in early sentences more than in late ones; again and again ever
    less. Weak topics are dropped. An article without a term has no topic.

    Args:
        words: as `transforms.entities.words.read_words` gives them.
        topics: what is looked for.
        articles: ``row_id``, ``title`` and ``text``, for the surfaces.

    Returns:
        The bridge has the finest topics that the terms name: of the second level, or of
        the first where a term speaks of no part of it alone. Its weights sum to 1 an
        article; those of a first-level topic are its own and its children's together.
        ``mention_count`` counts the rows of evidence. The evidence has the terms of
        the topics that stay; its confidence says how surely the term alone tells.
    """
    found = _matches(words, topics)
    if found.is_empty():
        return no_topics()
    weights = _weigh(_score(found), topics)
    kept = found.filter(pl.col("weight") > 0).join(
        weights.select("row_id", "topic_code"), on=["row_id", "topic_code"], how="semi"
    )
    counts = kept.group_by("row_id", "topic_code").agg(mention_count=pl.len())
    bridge = (
        weights.join(counts, on=["row_id", "topic_code"])
        .select(pl.col(name).cast(kind) for name, kind in BRIDGE_SCHEMA.items())
        .sort("row_id", -pl.col("weight"), "topic_code")
    )
    evidence = (
        kept.sort("row_id", ~pl.col("in_title"), "start_char", "end_char", "topic_code")
        .with_columns(confidence=_sureness(pl.col("weight")), method=pl.lit("term"))
        .pipe(_add_surfaces, articles)
        .select(pl.col(name).cast(kind) for name, kind in EVIDENCE_SCHEMA.items())
    )
    return TopicsFound(bridge, evidence)


def _matches(words: pl.DataFrame, topics: Topics) -> pl.DataFrame:
    """Find the terms: their places, topic_code, term, weight; a row a topic."""
    found = topics.gazetteer.find(words)
    at = found["first"]
    places = words.select(
        pl.col(name).gather(at) for name in ("row_id", "in_title", "sentence_no")
    )
    return (
        found.select("phrase_no", "start_char", "end_char")
        .hstack(places)
        # Spellings that differ in their capitals alone are one term at one place.
        .join(topics.terms, on="phrase_no", maintain_order="left")
        .unique([*_PLACE, "topic_code"], keep="first", maintain_order=True)
    )


def _score(found: pl.DataFrame) -> pl.DataFrame:
    """Sum up the terms of each topic: row_id, topic_code, score."""
    far = (pl.col("sentence_no") - 1).clip(lower_bound=0)
    place = pl.when("in_title").then(_TITLE).otherwise(_LATE + _EARLY / (1 + far / 2))
    # Said four times, a term counts twice.
    counted = pl.col("weight").first() * place.pow(2).sum().sqrt()
    return (
        found.group_by("row_id", "topic_code", "term")
        .agg(score=counted)
        # In a fixed order: sums of fractions depend on it.
        .sort("row_id", "topic_code", "term")
        .group_by("row_id", "topic_code", maintain_order=True)
        .agg(pl.col("score").sum())
        .filter(pl.col("score") > 0)
    )


def _weigh(scores: pl.DataFrame, topics: Topics) -> pl.DataFrame:
    """Drop weak topics: row_id, topic_code, topic_id and the weight of those left."""
    family = pl.col("score").sum().over("row_id", "parent_code")
    is_strong = family >= _LEAST_OF_STRONGEST * family.max().over("row_id")
    share = pl.col("score") / pl.col("score").sum().over("row_id")
    is_first = pl.col("score") == pl.col("score").max().over("row_id", "parent_code")
    return (
        scores.join(topics.topics, on="topic_code", maintain_order="left")
        .filter(is_strong)
        .filter((share >= _LEAST_SHARE) | is_first)
        .with_columns(weight=share)
    )


def _sureness(weight: pl.Expr) -> pl.Expr:
    return (weight / (weight + 1)).round(2)


def _add_surfaces(evidence: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Add the characters of each term as they stand.

    Python's slices take the time of the slice, those of a column that of the text.
    """
    texts = {
        row: (text or "", title or "")
        for row, text, title in articles.select("row_id", "text", "title").iter_rows()
    }
    bounds: Iterable[tuple[int, bool, int, int]] = evidence.select(
        "row_id", "in_title", "start_char", "end_char"
    ).iter_rows()
    return evidence.with_columns(
        surface=pl.Series(
            [texts[row][in_title][start:end] for row, in_title, start, end in bounds],
            dtype=pl.String,
        )
    )
