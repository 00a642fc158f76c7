"""Find the named entities among tokens.

Runs on the tokens of sentences (``tokens.sentence_tokens``) with a trained model. A
sentence is labelled by itself, so its entities depend on it and the model only.
"""

from __future__ import annotations

from itertools import pairwise
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

#: Tokens labelled together: enough to share the steps, few enough for memory.
_BATCH = 60_000
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


def tag(tokens: pl.DataFrame, model: Model | Scorer) -> pl.DataFrame:
    """Find the named entities among tokens.

    Args:
        tokens: ``article_id``, ``version``, ``sentence_no``, ``token``,
            ``start_char`` and ``end_char``, the tokens of a sentence together and in
            order; ``form`` too where the token is to be read as another word, as with
            Latin script.
        model: a model, or a scorer that keeps what it learns about words from call to
            call.

    Returns:
        One row an entity, in order: the three keys, ``entity_type``, ``start_char``,
        ``end_char`` (Int32) and ``confidence`` (Float64, the share that is right among
        spans of this class and chance).
    """
    scorer = model if isinstance(model, Scorer) else Scorer(model)
    starts = sentence_starts(tokens)
    # Whole sentences, up to a number of tokens.
    targets = np.arange(_BATCH, tokens.height, _BATCH)
    cuts = np.unique(np.searchsorted(starts, targets))
    edges = [0, *starts[cuts[cuts < len(starts)]].tolist(), tokens.height]
    found = [
        _tag_batch(tokens[first:last], scorer)
        for first, last in pairwise(edges)
        if last > first
    ]
    return pl.concat(found) if found else _tag_batch(tokens.clear(), scorer)


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


def label(tokens: pl.DataFrame, scorer: Scorer) -> Labelled:
    """Label tokens.

    Args:
        tokens: as for ``tag``.
        scorer: of the model.

    Returns:
        The labels with the scores that they come from.
    """
    starts = sentence_starts(tokens)
    forms = tokens["form" if "form" in tokens.columns else "token"]
    coded = forms.cast(pl.Categorical(pl.Categories.random()))
    words, types = _number(coded)
    rows = scorer.rows_of(words)
    context = look_around(types, starts[:-1], words)
    emissions = scorer.emissions(types, context, rows)
    return Labelled(
        emissions, starts, best_labels(emissions, starts, scorer.model.moves)
    )


def _number(coded: pl.Series) -> tuple[pl.Series, NDArray[np.int32]]:
    codes = coded.to_physical().to_numpy()
    present, types = np.unique(codes, return_inverse=True)
    first = np.zeros(len(present), dtype=np.int64)
    first[types[::-1]] = np.arange(len(codes))[::-1]
    return coded.gather(first).cast(pl.String), types.astype(np.int32)


def spans_of(labels: NDArray[np.int16], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the spans that labels say: first token, token after the last, class."""
    begins = np.flatnonzero((labels >= BEGIN.start) & (labels < BEGIN.stop))
    goes_on = labels >= INSIDE.start
    goes_on[starts[:-1][starts[:-1] < len(labels)]] = False
    stops = np.append(np.flatnonzero(~goes_on), len(labels))
    ends = stops[np.searchsorted(stops, begins, side="right")]
    return np.stack([begins, ends, labels[begins] - BEGIN.start], axis=1)


def _tag_batch(tokens: pl.DataFrame, scorer: Scorer) -> pl.DataFrame:
    if tokens.height == 0:
        spans, confidence = np.zeros((0, 3), dtype=np.int64), np.zeros(0)
    else:
        emissions, starts, labels = label(tokens, scorer)
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
