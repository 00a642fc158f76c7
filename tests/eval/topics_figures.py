"""How well topics are found, the floors of it, and how the figures are made.

python -m tests.eval.topics_figures          prints the figures and the dev mistakes
python -m tests.eval.topics_figures write    also writes the figures and the floors

Three sets:

- ``leads``: 150 news leads of the corpus, first-level topics labelled by hand
  (`tests/gold/topic_labels.csv`, by id; the texts stay in the corpus). 110 were drawn
  by the hash of their ids, 40 chosen by their titles so that rare topics have some. A
  label in brackets is a side topic that may be found or not.
- ``own``: sentences of our own (`tests/gold/topics.jsonl`), with the same meaning of
  ``labels`` and ``optional``, and the strongest second-level topic in ``topic``.
- ``sib200``: the Kazakh dev part of sib200, each sentence given the category that most
  of its topics' weight maps to (`topic_sib200.csv`); a sentence without a topic counts
  as the commonest category of the train part. Terms and mapping were chosen with the
  train part in view, never the dev part.
"""

import os
import sys
from pathlib import Path

import orjson
import polars as pl

from tests.conftest import ROOT
from tests.eval import floors
from transforms.articles import make_sentences
from transforms.entities.words import read_words
from transforms.topics import Topics, TopicsFound, find_topics

GOLD = ROOT / "tests" / "gold"
LABELS, OWN = GOLD / "topic_labels.csv", GOLD / "topics.jsonl"
FIGURES = Path(__file__).with_name("topics.json")
MAPPING = Path(__file__).with_name("topic_sib200.csv")
_COMMONEST = "science/technology"
_SCHEMA = {
    "measure": pl.String,
    "count": pl.Int64,
    "figure": pl.Float64,
}


def packaged_topics() -> Topics:
    """The packaged taxonomy and terms."""
    tables = [
        pl.read_csv(ROOT / "seeds" / f"{name}.csv", infer_schema=False)
        for name in ("topics", "topic_terms")
    ]
    return Topics(*tables)


def find(texts: pl.DataFrame, topics: Topics | None = None) -> TopicsFound:
    """Find the topics of texts: title, text and maybe script, in order of row_id."""
    articles = texts.select(
        row_id=pl.int_range(pl.len(), dtype=pl.Int32),
        article_id=pl.int_range(pl.len(), dtype=pl.Int64),
        title="title",
        text="text",
        language=pl.lit("kk"),
        script="script" if "script" in texts.columns else pl.lit("cyrillic"),
    )
    words = read_words(articles, make_sentences(articles))
    return find_topics(words, topics or packaged_topics(), articles)


def gold_hash() -> str:
    """SHA-256 of both gold files and the mapping, together."""
    return floors.hash_of(LABELS, OWN, MAPPING)


def read_leads(corpus: Path) -> pl.DataFrame:
    """The labelled leads: id, half, title, text, labels, optional."""
    lines = (corpus / "tengrinews_leads.jsonl").read_bytes().splitlines()
    texts = pl.DataFrame(
        [
            {name: lead[name] for name in ("id", "title", "text")}
            for lead in map(orjson.loads, lines)
        ]
    ).unique("id", keep="last", maintain_order=True)
    split = pl.col("labels").str.split(";")
    is_side = pl.element().str.starts_with("(")
    return (
        pl.read_csv(LABELS)
        .join(texts, on="id", maintain_order="left")
        .with_columns(
            labels=split.list.eval(pl.element().filter(~is_side)),
            optional=split.list.eval(
                pl.element().filter(is_side).str.strip_chars("()")
            ),
        )
    )


def read_own() -> pl.DataFrame:
    """Our own sentences: id, half, title, text, script, labels, optional, topic."""
    lines = [orjson.loads(line) for line in OWN.read_bytes().splitlines()]
    lists = dict.fromkeys(("labels", "optional"), pl.List(pl.String))
    return pl.DataFrame(lines, schema_overrides=lists)


def judge(gold: pl.DataFrame, found: TopicsFound) -> pl.DataFrame:
    """Judge first-level topics: id, half, topic, is_gold, is_found.

    Side topics are neither right nor wrong.
    """
    rows = gold.with_row_index("row_id").with_columns(pl.col("row_id").cast(pl.Int32))
    first = pl.col("topic_code").str.split(".").list.first()
    said = found.bridge.select("row_id", topic=first, is_found=True).unique()
    right = rows.explode("labels").select("row_id", topic="labels", is_gold=True)
    side = rows.explode("optional").select("row_id", topic="optional")
    keys = ["row_id", "topic"]
    return (
        right.drop_nulls("topic")
        .join(said, on=keys, how="full", coalesce=True)
        .with_columns(pl.col("is_gold", "is_found").fill_null(value=False))
        .join(side.drop_nulls(), on=keys, how="anti")
        .join(rows.select("row_id", "id", "half"), on="row_id")
        .drop("row_id")
        .sort("id", "topic")
    )


def measure_labels(name: str, gold: pl.DataFrame, found: TopicsFound) -> list[dict]:
    """F1 of each half: the mean over the topics (macro), and of all together."""
    judged = judge(gold, found)
    both = (pl.col("is_gold") & pl.col("is_found")).sum()
    f1 = 2 * both / (pl.col("is_gold").sum() + pl.col("is_found").sum())
    rows = []
    for half in ("dev", "held"):
        own = judged.filter(half=half)
        by_topic = own.group_by("topic").agg(f1=f1)["f1"]
        figures = {"macro": by_topic.mean(), "micro": own.select(f1).item()}
        rows += [
            {
                "measure": f"{name} {half} {kind}-F1",
                "count": gold.filter(half=half).height,
                "figure": figure,
            }
            for kind, figure in figures.items()
        ]
    return rows


def measure_strongest(gold: pl.DataFrame, found: TopicsFound) -> list[dict]:
    """Share of our own sentences whose strongest topic is right on the second level."""
    strongest = found.bridge.group_by("row_id", maintain_order=True).first()
    joined = (
        gold.with_row_index("row_id")
        .with_columns(pl.col("row_id").cast(pl.Int32))
        .drop_nulls("topic")
        .join(strongest, on="row_id", how="left")
        .with_columns(is_right=pl.col("topic_code").eq_missing(pl.col("topic")))
    )
    return [
        {
            "measure": f"own {half} second level",
            "count": part.height,
            "figure": part["is_right"].mean(),
        }
        for half in ("dev", "held")
        for part in [joined.filter(half=half)]
    ]


def measure_sib200(corpus: Path, part: str = "dev") -> list[dict]:
    """Accuracy and macro-F1 on a part of sib200."""
    gold = pl.read_csv(corpus / "sib200" / "kaz_Cyrl" / f"{part}.tsv", separator="\t")
    found = find(gold.select("text", title=pl.lit("")))
    said = categories(found).rename({"category": "said"})
    judged = (
        gold.with_row_index("row_id")
        .with_columns(pl.col("row_id").cast(pl.Int32))
        .join(said, on="row_id", how="left")
        .with_columns(pl.col("said").fill_null(_COMMONEST))
    )
    is_right = judged["category"] == judged["said"]
    counts = [
        judged[column]
        .value_counts(name=name)
        .rename({column: "category"}, strict=False)
        for column, name in (("category", "gold"), ("said", "found"))
    ]
    right = judged.filter(is_right)["category"].value_counts(name="right")
    f1 = (
        counts[0]
        .join(counts[1], on="category", how="full", coalesce=True)
        .join(right, on="category", how="left")
        .fill_null(0)
        .select(2 * pl.col("right") / (pl.col("gold") + pl.col("found")))
        .to_series()
    )
    figures = {"accuracy": is_right.mean(), "macro-F1": f1.mean()}
    return [
        {"measure": f"sib200 {part} {name}", "count": judged.height, "figure": figure}
        for name, figure in figures.items()
    ]


def categories(found: TopicsFound) -> pl.DataFrame:
    """Give each text the sib200 category that most of its weight maps to."""
    mapping = pl.read_csv(MAPPING)
    topics, names = mapping["topic_code"], mapping["category"]
    first = pl.col("topic_code").str.split(".").list.first()
    mapped = [
        code.replace_strict(topics, names, default=None)
        for code in (pl.col("topic_code"), first)
    ]
    return (
        found.bridge.with_columns(category=pl.coalesce(mapped))
        .group_by("row_id", "category")
        .agg(pl.col("weight").sum())
        .sort("row_id", -pl.col("weight"), "category")
        .group_by("row_id", maintain_order=True)
        .agg(pl.col("category").first())
    )


def measure(corpus: Path | None) -> pl.DataFrame:
    """Measure every set that is there: measure, count, figure."""
    own = read_own()
    found = find(own)
    rows = measure_labels("own", own, found) + measure_strongest(own, found)
    if corpus is not None:
        leads = read_leads(corpus)
        rows += measure_labels("leads", leads, find(leads)) + measure_sib200(corpus)
    return pl.DataFrame(rows, schema=_SCHEMA)


def read_figures() -> dict:
    """Read the figures: gold_sha256, floors, figures."""
    return floors.read_figures(FIGURES)


def falls_short(frame: pl.DataFrame, figures: dict) -> list[str]:
    """Say which of the measures are below their floor."""
    now = floors_of(frame)
    held = {name: figures["floors"][name] for name in now}
    return floors.short_of(now, held)


def floors_of(frame: pl.DataFrame) -> dict[str, float]:
    """Measure → its figure."""
    return {
        name: floors.cut(figure)
        for name, figure in frame.select("measure", "figure").iter_rows()
    }


def main(arguments: list[str]) -> None:
    """Print the figures and the dev mistakes; on `write`, keep the figures."""
    folder = os.environ.get("QOIMA_CORPUS", ROOT.parent / "shared" / "corpus")
    corpus = Path(folder)
    gold = [read_own(), read_leads(corpus)]
    frame = measure(corpus)
    wrong = pl.col("is_gold") != pl.col("is_found")
    with pl.Config(tbl_rows=-1, fmt_str_lengths=60, tbl_width_chars=120):
        for part in gold:
            print(judge(part, find(part)).filter(wrong, half="dev"))
        print(frame)
    if arguments == ["write"]:
        floors.write_figures(
            FIGURES, gold_hash(), floors_of(frame), floors.rounded(frame.to_dicts())
        )


if __name__ == "__main__":
    main(sys.argv[1:])
