"""Say how sure each span is.

The chance of a span is worked out exactly within its near surroundings: of all
labellings of its tokens and one more on either side, the share that has just this span
there. What lies further away hardly moves it, and only tokens of spans cost anything.
A table learned on sentences that training had not seen turns the chance into the share
that is right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from transforms.kazakh.recognition.labels import BEGIN, COUNT, INSIDE

if TYPE_CHECKING:
    from numpy.typing import NDArray


def span_chances(
    emissions: NDArray[np.float32],
    moves: NDArray[np.float32],
    spans: NDArray[np.int64],
    bounds: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Give the chance of each span in its near surroundings.

    Args:
        emissions: score of each token and label.
        moves: scores of B to I and of I to I, one row each, a column a class.
        spans: one row a span: first token, token after the last, class.
        bounds: one row a span: first token of its sentence, token after the last.

    Returns:
        Chances from 0 to 1.
    """
    chances = np.zeros(len(spans))
    widths = spans[:, 1] - spans[:, 0]
    factor = np.exp(moves.astype(np.float64))
    for width in np.unique(widths):
        rows = np.flatnonzero(widths == width)
        chances[rows] = _same_width(emissions, factor, spans[rows], bounds[rows])
    return chances


def _same_width(
    emissions: NDArray[np.float32],
    factor: NDArray[np.float64],
    spans: NDArray[np.int64],
    bounds: NDArray[np.int64],
) -> NDArray[np.float64]:
    count, width = len(spans), int(spans[0, 1] - spans[0, 0])
    each, kinds = np.arange(count), spans[:, 2]
    everything: NDArray[np.float64] | None = None
    just_this = np.ones(count)
    for step in range(-1, width + 1):
        at = spans[:, 0] + step
        is_there = (at >= bounds[:, 0]) & (at < bounds[:, 1])
        scores = emissions[np.where(is_there, at, spans[:, 0])].astype(np.float64)
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        scores[~is_there] = 0
        scores[~is_there, 0] = 1
        free = scores[:, : INSIDE.start].sum(axis=1)
        if step in {-1, width}:
            just_this *= free if step == width else scores.sum(axis=1)
        elif step == 0:
            just_this *= scores[each, BEGIN.start + kinds]
        else:
            move = factor[0 if step == 1 else 1, kinds]
            just_this *= scores[each, INSIDE.start + kinds] * move
        if everything is None:
            everything = scores
        else:
            total = everything.sum(axis=1, keepdims=True)
            into = everything[:, BEGIN] * factor[0] + everything[:, INSIDE] * factor[1]
            now = scores.copy()
            now[:, : INSIDE.start] *= total
            now[:, INSIDE] *= into
            scale = now.sum(axis=1, keepdims=True)
            everything = now / scale
            just_this /= scale[:, 0]
        # A step's scores and the sum over all labellings share one scale.
    if everything is None:
        return just_this
    chances: NDArray[np.float64] = just_this / everything.sum(axis=1)
    return np.clip(chances, 0.0, 1.0)


def calibrate(
    chances: NDArray[np.float64],
    kinds: NDArray[np.int64],
    table: NDArray[np.float32],
) -> NDArray[np.float64]:
    """Turn chances into the shares that were right among unseen sentences.

    Args:
        chances: of each span.
        kinds: its class.
        table: for each class, the share at evenly spaced chances from 0 to 1.

    Returns:
        Confidences, rounded to two places.
    """
    grid = np.linspace(0, 1, table.shape[1])
    confidence = np.zeros(len(chances))
    for kind in range(COUNT):
        rows = kinds == kind
        confidence[rows] = np.interp(chances[rows], grid, table[kind])
    return np.round(confidence, 2)
