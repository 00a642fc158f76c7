"""Read KazNERD as the package's own tokens, with a label each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import orjson
import polars as pl

from transforms.kazakh.recognition.labels import CLASSES
from transforms.kazakh.tokens import tokenise

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


@dataclass(frozen=True)
class Corpus:
    """Sentences as tokens with labels.

    Attributes:
        words: the token types.
        types: the type of each token.
        starts: where each sentence begins among the tokens, and the end.
        labels: the label of each token (see ``labels``).
        variants: one number a sentence, the same for variants of one sentence.
        tokens: the frame of tokens (row, token, start_char, end_char).
        entities: the frame of entities (row, entity_type, start_char, end_char).
    """

    words: pl.Series
    types: NDArray[np.int32]
    starts: NDArray[np.int64]
    labels: NDArray[np.int16]
    variants: NDArray[np.int64]
    tokens: pl.DataFrame
    entities: pl.DataFrame


def read_corpus(path: Path) -> Corpus:
    """Read the sentences, cut them into tokens and give each token its label.

    A token that an entity covers in part belongs to it.

    Args:
        path: the validation part of KazNERD, one JSON object a line.

    Returns:
        The corpus, in the order of the file.
    """
    records = [orjson.loads(line) for line in path.read_bytes().splitlines()]
    tokens = tokenise(pl.DataFrame({"text": [record["text"] for record in records]}))
    entities = pl.DataFrame(
        [
            (row, entity["type"].lower(), entity["start"], entity["end"])
            for row, record in enumerate(records)
            for entity in record["entities"]
        ],
        schema={
            "row": pl.UInt32,
            "entity_type": pl.String,
            "start_char": pl.Int32,
            "end_char": pl.Int32,
        },
        orient="row",
    )
    words = tokens["token"].unique(maintain_order=True)
    numbers = pl.DataFrame({"token": words}).with_row_index("type")
    types = tokens.join(numbers, on="token", how="left", maintain_order="left")["type"]
    rows = tokens["row"].to_numpy()
    return Corpus(
        words=words,
        types=types.to_numpy().astype(np.int32),
        starts=np.searchsorted(rows, np.arange(len(records) + 1)),
        labels=_labels(tokens, entities),
        variants=np.array([int(record["id"][3:]) for record in records]),
        tokens=tokens,
        entities=entities,
    )


def _labels(tokens: pl.DataFrame, entities: pl.DataFrame) -> NDArray[np.int16]:
    count = len(CLASSES)
    wide = 1 << 20
    begins = tokens["row"].to_numpy().astype(np.int64) * wide
    ends = begins + tokens["end_char"].to_numpy()
    begins = begins + tokens["start_char"].to_numpy()
    rows = entities["row"].to_numpy().astype(np.int64) * wide
    lefts = np.searchsorted(ends, rows + entities["start_char"].to_numpy(), "right")
    rights = np.searchsorted(begins, rows + entities["end_char"].to_numpy(), "left")
    labels = np.zeros(tokens.height, dtype=np.int16)
    numbers = [CLASSES.index(name) for name in entities["entity_type"]]
    for left, right, number in zip(lefts, rights, numbers, strict=True):
        labels[left:right] = 1 + count + number
        labels[left] = 1 + number
    return labels


def folds(variants: NDArray[np.int64], count: int = 5) -> NDArray[np.int64]:
    """Put each sentence into one fold; variants of a sentence share one.

    The number is mixed, so that neighbours in the source spread over all folds.
    """
    mixed = variants.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return ((mixed >> np.uint64(33)) % np.uint64(count)).astype(np.int64)
