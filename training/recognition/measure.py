"""Measure recognition on folds of the corpus that training has not seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from training.recognition.corpus import folds, read_corpus
from training.recognition.fit import fit, no_calibration, pack
from training.recognition.matrix import lay_out
from transforms.kazakh.recognition.confidence import calibrate
from transforms.kazakh.recognition.labels import CLASSES
from transforms.kazakh.recognition.model import Model, load_model
from transforms.kazakh.recognition.tag import tag

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from training.recognition.corpus import Corpus

FOLDS = 5
#: Chances at which the calibration is kept, evenly spaced from 0 to 1.
_GRID = 11
#: A class is drawn towards all classes together with the weight of this many spans.
_SHARED = 20
_SPAN = ["row", "entity_type", "start_char", "end_char"]


def found_in_fold(corpus: Corpus, fold: int) -> pl.DataFrame:
    """Train on the other folds and find the entities of this one.

    Args:
        corpus: all sentences.
        fold: the number of the fold held out.

    Returns:
        One row a span found: ``row`` (the sentence), ``entity_type``, ``start_char``,
        ``end_char``, ``confidence`` (the chance, not calibrated), ``fold`` and
        ``is_right``.
    """
    numbers = folds(corpus.variants, FOLDS)
    fitted = fit(corpus, lay_out(corpus), np.flatnonzero(numbers != fold))
    model = load_model(pack(fitted, no_calibration()))
    return found_with(model, corpus, np.flatnonzero(numbers == fold)).with_columns(
        pl.lit(fold).alias("fold")
    )


def found_in_fold_of(path: Path, fold: int) -> pl.DataFrame:
    """Do as ``found_in_fold`` with the corpus in a file, for a process of its own."""
    return found_in_fold(read_corpus(path), fold)


def found_with(
    model: Model, corpus: Corpus, sentences: NDArray[np.int64]
) -> pl.DataFrame:
    """Find the entities of some sentences and say which are right."""
    tokens = corpus.tokens.filter(
        pl.col("row").is_in(pl.Series(sentences, dtype=pl.UInt32).implode())
    ).with_columns(
        pl.col("row").alias("article_id"),
        pl.lit(1).alias("version"),
        pl.lit(1).alias("sentence_no"),
    )
    gold = corpus.entities.with_columns(pl.lit(value=True).alias("is_right"))
    return (
        tag(tokens, model)
        .rename({"article_id": "row"})
        .drop("version", "sentence_no")
        .join(gold.unique(_SPAN), on=_SPAN, how="left", maintain_order="left")
        .with_columns(pl.col("is_right").fill_null(value=False))
    )


def class_table(found: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """Give precision, recall, F1 and count of each class and of all together."""
    right = pl.col("is_right").sum()
    by_class = (
        pl.DataFrame({"class": list(CLASSES)})
        .join(
            _counted(found, right.alias("right"), pl.len().alias("found")),
            "class",
            "left",
        )
        .join(_counted(entities, pl.len().alias("count")), on="class", how="left")
        .fill_null(0)
    )
    total = by_class.select(pl.lit("all").alias("class"), pl.exclude("class").sum())
    return (
        pl.concat([by_class.sort("count", descending=True), total])
        .with_columns(
            (pl.col("right") / pl.max_horizontal("found", 1)).alias("precision"),
            (pl.col("right") / pl.max_horizontal("count", 1)).alias("recall"),
            (
                2
                * pl.col("right")
                / pl.max_horizontal(pl.col("found") + pl.col("count"), 1)
            ).alias("f1"),
        )
        .select("class", pl.col("precision", "recall", "f1").round(4), "count")
    )


def _counted(spans: pl.DataFrame, *what: pl.Expr) -> pl.DataFrame:
    return spans.group_by(pl.col("entity_type").alias("class")).agg(*what)


def calibration_of(found: pl.DataFrame) -> NDArray[np.float32]:
    """Learn which share is right at each chance, rising with it, for each class.

    Args:
        found: spans with their chance as ``confidence``, and ``is_right``.

    Returns:
        Classes by evenly spaced chances.
    """
    everything = _shares(found, np.linspace(0, 1, _GRID), _SHARED)
    table = [
        _shares(found.filter(pl.col("entity_type") == name), everything, _SHARED)
        for name in CLASSES
    ]
    return np.stack(table).astype(np.float32)


def _shares(
    found: pl.DataFrame, prior: NDArray[np.float64], weight: float
) -> NDArray[np.float64]:
    chances = found["confidence"].to_numpy()
    right = found["is_right"].to_numpy().astype(np.float64)
    places = np.linspace(0, 1, _GRID)
    near = np.maximum(0, 1 - np.abs(chances[:, None] - places) * (_GRID - 1))
    weights = near.sum(axis=0) + weight / _GRID
    return _rising((near.T @ right + weight / _GRID * prior) / weights, weights)


def _rising(
    shares: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give the nearest shares that never fall: neighbours that fall are pooled."""
    blocks: list[tuple[float, float, int]] = []
    for share, weight in zip(shares, weights, strict=True):
        blocks.append((share, weight, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (left, many, wide), (right, more, width) = blocks[-2:]
            both = many + more
            pooled = (left * many + right * more) / both
            blocks[-2:] = [(pooled, both, wide + width)]
    return np.concatenate([np.full(width, share) for share, _, width in blocks])


def band_table(found: pl.DataFrame) -> pl.DataFrame:
    """Give the share that is right in each band of confidence.

    The calibration of each fold is learned on the others.
    """
    parts = []
    for fold in found["fold"].unique().sort():
        table = calibration_of(found.filter(pl.col("fold") != fold))
        part = found.filter(pl.col("fold") == fold)
        kinds = part["entity_type"].replace_strict(
            list(CLASSES), list(range(len(CLASSES))), return_dtype=pl.Int64
        )
        chances = part["confidence"].to_numpy()
        sure = calibrate(chances, kinds.to_numpy(), table)
        parts.append(part.with_columns(pl.Series("confidence", sure)))
    edges = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95]
    return (
        pl.concat(parts)
        .with_columns(pl.col("confidence").cut(edges, left_closed=True).alias("band"))
        .group_by("band")
        .agg(
            pl.col("confidence").mean().round(3).alias("said"),
            pl.col("is_right").mean().round(3).alias("right"),
            pl.len().alias("count"),
        )
        .sort("said")
    )
