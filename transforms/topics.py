"""What articles are about: topics by the terms that stand in them.

A topic is found by words and phrases that speak of it, in every form; each has a
weight. What made an article's topics can be shown: the evidence holds every term that
counted, where it stands.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import polars as pl

from transforms.kazakh.gazetteer import Gazetteer
from transforms.keys import keys
from transforms.surfaces import add_surfaces

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
        #: topic_no, topic_code, parent (its own code on the first level), topic_id
        self.topics = topics.select(
            "topic_code",
            parent=pl.coalesce("parent_code", "topic_code"),
            topic_id=keys("topic\x1f" + topics["topic_code"]),
        ).with_row_index("topic_no")
        spelled = terms.select(term=pl.col("term").unique(maintain_order=True))
        #: term_no, phrase_no, term, weight, topic_no, topic_code, parent, topic_id
        self.terms = (
            terms.select("topic_code", "term", pl.col("weight").cast(pl.Float64))
            .join(spelled.with_row_index("phrase_no"), on="term", maintain_order="left")
            .join(self.topics, on="topic_code", maintain_order="left")
            .with_row_index("term_no")
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
        The bridge has topics of the second level, and one of the first only where no
        term names a part of it. Its weights sum to 1 an article; that of a first-level
        topic is its own or its children's together. ``mention_count`` counts the rows
        of evidence with this very topic. The evidence has the terms of the topics that
        stay, general ones of their parents too («команда» beside «футбол»); its
        confidence says how surely the term alone tells.
    """
    found = _matches(words, topics)
    if found.is_empty():
        return no_topics()
    weights = _weigh(_score(found, topics))
    evidence = _kept(found, weights, topics)
    said = ["row_id", "topic_code"]
    counts = evidence.group_by(said).agg(mention_count=pl.len())
    bridge = (
        weights.join(counts, on=said)
        .select(pl.col(name).cast(kind) for name, kind in BRIDGE_SCHEMA.items())
        .sort("row_id", -pl.col("weight"), "topic_code")
    )
    return TopicsFound(
        bridge,
        add_surfaces(evidence, articles).select(
            pl.col(name).cast(kind) for name, kind in EVIDENCE_SCHEMA.items()
        ),
    )


def _matches(words: pl.DataFrame, topics: Topics) -> pl.DataFrame:
    """Find the terms: where each stands and its term_no, one row for each topic."""
    found = topics.gazetteer.find(words)
    at = found["first"]
    places = words.select(pl.col("row_id", "in_title", "sentence_no").gather(at))
    return (
        found.select("phrase_no", "start_char", "end_char")
        .hstack(places)
        .join(
            topics.terms.select("phrase_no", "term_no", "topic_no"),
            on="phrase_no",
            maintain_order="left",
        )
        # Where a form belongs to two terms of a topic («туристер», «турист»), one.
        .unique(
            ["row_id", "in_title", "start_char", "end_char", "topic_no"],
            keep="first",
            maintain_order=True,
        )
        .drop("phrase_no", "topic_no")
    )


def _score(found: pl.DataFrame, topics: Topics) -> pl.DataFrame:
    """Sum up the terms of each topic: row_id, topic_code, parent, topic_id, score."""
    far = (pl.col("sentence_no") - 1).clip(lower_bound=0)
    place = pl.when("in_title").then(_TITLE).otherwise(_LATE + _EARLY / (1 + far / 2))
    topic = ["topic_code", "parent", "topic_id"]
    return (
        found.group_by("row_id", "term_no", maintain_order=True)
        # Said four times, a term counts twice.
        .agg(place=place.pow(2).sum().sqrt())
        # In a fixed order: sums of fractions depend on it.
        .sort("row_id", "term_no")
        .join(
            topics.terms.select("term_no", "weight", *topic),
            on="term_no",
            maintain_order="left",
        )
        .group_by("row_id", *topic, maintain_order=True)
        .agg(score=(pl.col("weight") * pl.col("place")).sum())
        .filter(pl.col("score") > 0)
    )


def _kept(found: pl.DataFrame, weights: pl.DataFrame, topics: Topics) -> pl.DataFrame:
    """Keep the terms that speak for a topic that stays, or for its parent as a whole.

    Returns:
        The evidence without its surfaces, in order.
    """
    said = ["row_id", "topic_code"]
    parents = weights.select("row_id", topic_code="parent")
    stay = pl.concat([weights.select(said), parents]).unique()
    return (
        found.join(
            topics.terms.filter(pl.col("weight") > 0).select(
                "term_no", "topic_code", "term", confidence=_sureness()
            ),
            on="term_no",
        )
        .join(stay, on=said, how="semi")
        .sort("row_id", ~pl.col("in_title"), "start_char", "end_char", "term_no")
        .with_columns(method=pl.lit("term"))
    )


def _weigh(scores: pl.DataFrame) -> pl.DataFrame:
    """Drop weak topics and share articles out: the topics' weights sum to 1."""
    family = ["row_id", "parent"]
    is_strong = pl.col("family") >= _LEAST_OF_STRONGEST * pl.col("family").max().over(
        "row_id"
    )
    share = pl.col("score") / pl.col("score").sum().over("row_id")
    is_first = pl.col("score") == pl.col("score").max().over(family)
    return (
        scores.pipe(_hand_down)
        .with_columns(family=pl.col("score").sum().over(family))
        .filter(is_strong)
        .filter((share >= _LEAST_SHARE) | is_first)
        .with_columns(weight=share)
    )


def _hand_down(scores: pl.DataFrame) -> pl.DataFrame:
    """Give the score of a first-level topic to those of its children that are named.

    «Команда» and «финал» speak of sport, and beside «футбол» of football.
    """
    family = ["row_id", "parent"]
    is_general = pl.col("topic_code") == pl.col("parent")
    general = pl.col("score").filter(is_general).sum().over(family)
    named = pl.col("score").filter(~is_general).sum().over(family)
    return scores.with_columns(
        score=pl.when(named == 0)
        .then("score")
        .when(~is_general)
        .then(pl.col("score") * (1 + general / named))
        .otherwise(0)
    ).filter(pl.col("score") > 0)


def _sureness() -> pl.Expr:
    """How often a term of this weight speaks of one of its article's topics.

    Counted on the dev half of tests/gold/topic_labels.csv, terms of dropped topics
    among them: 0.35, 0.72, 0.86, 0.97 and 1.0 for weights of 1 to 5.
    """
    return pl.col("weight").replace_strict(
        {1: 0.35, 2: 0.7, 3: 0.85, 4: 0.95, 5: 0.98}, default=0.98
    )
