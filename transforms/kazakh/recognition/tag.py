"""Find the named entities among tokens.

Runs on the tokens of sentences (``tokens.sentence_tokens``) with a trained model. A
sentence is labelled by itself, so its entities depend on it and the model only.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from transforms.kazakh.recognition.confidence import calibrate, span_chances
from transforms.kazakh.recognition.context import look_around
from transforms.kazakh.recognition.labels import BEGIN, CLASSES, COUNT, INSIDE
from transforms.kazakh.recognition.scores import Scorer
from transforms.kazakh.recognition.viterbi import best_labels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from transforms.kazakh.recognition.model import Model
    from transforms.kazakh.recognition.rows import Rows

    #: What is kept of words, and the row of each token's word in it.
    Numbered = tuple[Rows, NDArray[np.int32]]

#: Tokens labelled together: enough to share the steps, few enough for memory.
_BATCH = 60_000
#: Fewer tokens are not worth another thread.
_LEAST = 5_000
#: A longer sentence (a table, a list without line ends) is labelled in parts, so that
#: the number of steps stays bounded.
LONGEST = 200
_KEYS = ("article_id", "version", "sentence_no")


class Labelled(NamedTuple):
    """The labelling of tokens.

    Attributes:
        emissions: score of each token and label.
        starts: where each sentence, or part of one, begins, and the end.
        labels: the label of each token.
    """

    emissions: NDArray[np.float32]
    starts: NDArray[np.int64]
    labels: NDArray[np.int16]


def tag(tokens: pl.DataFrame, model: Model | Scorer, workers: int = 1) -> pl.DataFrame:
    """Find the named entities among tokens.

    Args:
        tokens: ``article_id``, ``version``, ``sentence_no``, ``token``,
            ``start_char`` and ``end_char``, the tokens of a sentence together and in
            order; ``form`` too where the token is to be read as another word, as with
            Latin script.
        model: a model, or a scorer that keeps what it learns about words from call to
            call.
        workers: threads that share the work; any number finds the same.

    Returns:
        One row an entity, in order: the three keys, ``entity_type``, ``start_char``,
        ``end_char`` (Int32) and ``confidence`` (Float64, the share that is right among
        spans of this class and chance).
    """
    scorer = model if isinstance(model, Scorer) else Scorer(model)
    batches = [tokens[first:last] for first, last in pairwise(_edges(tokens, workers))]
    if workers == 1 or len(batches) == 1:
        return pl.concat([_tag_batch(batch, scorer) for batch in batches])
    with ThreadPoolExecutor(workers) as pool:
        found: list[pl.DataFrame] = []
        for first in range(0, len(batches), workers):
            some = batches[first : first + workers]
            # Words new to all of them are worked out once, by all threads.
            rows, types = scorer.rows_of(pl.concat(map(_forms, some)), pool)
            ends = np.cumsum([batch.height for batch in some])
            parts = np.split(types, ends[:-1])
            found += pool.map(
                _tag_batch, some, repeat(scorer), zip(repeat(rows), parts)
            )
        return pl.concat(found)


def _edges(tokens: pl.DataFrame, workers: int) -> list[int]:
    """Cut tokens into batches of whole sentences, at least one for each thread."""
    starts, count = sentence_starts(tokens), tokens.height
    size = min(_BATCH, max(_LEAST, -(-count // workers)))
    targets = np.arange(size, count, size)
    cuts = np.unique(np.searchsorted(starts, targets))
    inner = starts[cuts[starts[cuts] < count]].tolist()
    return [0, *inner, count]


def sentence_starts(tokens: pl.DataFrame) -> NDArray[np.int64]:
    """Tell where sentences begin; long ones are cut into parts."""
    if tokens.height == 0:
        return np.zeros(1, dtype=np.int64)
    changes = np.zeros(tokens.height, dtype=bool)
    changes[0] = True
    for key in _KEYS:
        values = tokens[key].to_numpy()
        changes[1:] |= values[1:] != values[:-1]
    starts = np.flatnonzero(changes)
    within = np.arange(tokens.height) - starts[np.cumsum(changes) - 1]
    return np.append(np.flatnonzero(within % LONGEST == 0), tokens.height)


def label(
    tokens: pl.DataFrame, scorer: Scorer, numbered: Numbered | None = None
) -> Labelled:
    """Label tokens.

    Args:
        tokens: as for ``tag``.
        scorer: of the model.
        numbered: what it keeps of their words, where that is at hand.

    Returns:
        The labels with the scores that they come from.
    """
    rows, types = numbered or scorer.rows_of(_forms(tokens))
    starts = sentence_starts(tokens)
    context = look_around(types, starts[:-1], rows.signs, none=0)
    emissions = scorer.emissions(rows, types, context)
    return Labelled(
        emissions, starts, best_labels(emissions, starts, scorer.model.moves)
    )


def _forms(tokens: pl.DataFrame) -> pl.Series:
    return tokens["form" if "form" in tokens.columns else "token"]


def spans_of(labels: NDArray[np.int16], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the spans that labels say: first token, token after the last, class."""
    begins = np.flatnonzero((labels >= BEGIN.start) & (labels < BEGIN.stop))
    goes_on = labels >= INSIDE.start
    goes_on[starts[:-1][starts[:-1] < len(labels)]] = False
    stops = np.append(np.flatnonzero(~goes_on), len(labels))
    ends = stops[np.searchsorted(stops, begins, side="right")]
    return np.stack([begins, ends, labels[begins] - BEGIN.start], axis=1)


def _tag_batch(
    tokens: pl.DataFrame, scorer: Scorer, numbered: Numbered | None = None
) -> pl.DataFrame:
    if tokens.height == 0:
        spans, confidence = np.zeros((0, 3), dtype=np.int64), np.zeros(0)
    else:
        emissions, starts, labels = label(tokens, scorer, numbered)
        spans = spans_of(labels, starts)
        at = np.searchsorted(starts, spans[:, 0], side="right")
        bounds = np.stack([starts[at - 1], starts[at]], axis=1)
        chances = span_chances(emissions, scorer.model.moves, spans, bounds)
        confidence = calibrate(chances, spans[:, 2], scorer.model.calibration)
    kinds = pl.Series("entity_type", spans[:, 2]).replace_strict(
        list(range(COUNT)), list(CLASSES), return_dtype=pl.String
    )
    return (
        tokens[spans[:, 0]]
        .select(*_KEYS, "start_char")
        .with_columns(
            tokens["end_char"].gather(spans[:, 1] - 1).alias("end_char"),
            kinds,
            pl.Series("confidence", confidence),
        )
        .select(*_KEYS, "entity_type", "start_char", "end_char", "confidence")
    )
