"""Find the best labelling of each sentence.

Moves into O and B cost nothing and I follows its own B or I only. A step therefore
needs the best label before it and, for each class, whether to go on from B or from I:
it costs as much as there are labels, not their square. All sentences of a batch take
their steps together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from transforms.kazakh.recognition.labels import BEGIN, COUNT, INSIDE, LABELS, OUTSIDE

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NEVER = np.float32(-1e30)


def best_labels(
    emissions: NDArray[np.float32],
    starts: NDArray[np.int64],
    moves: NDArray[np.float32],
) -> NDArray[np.int16]:
    """Find the best labelling of each sentence.

    Args:
        emissions: score of each token and label (see ``labels``).
        starts: where each sentence begins among the tokens, and the end; none empty.
        moves: scores of B to I and of I to I, one row each, a column a class.

    Returns:
        The label of each token. Of equal scores the smaller label wins.
    """
    labels = np.zeros(len(emissions), dtype=np.int16)
    if labels.size == 0:
        return labels
    lengths = np.diff(starts)
    order = np.argsort(-lengths, kind="stable")
    lengths, firsts = lengths[order], starts[:-1][order]
    active = np.searchsorted(-lengths, -np.arange(int(lengths[0])), side="left")
    # All first tokens, then all second ones: each step has its rows together.
    edges = np.concatenate(([0], np.cumsum(active)))
    steps = np.repeat(np.arange(len(active)), active)
    tokens = firsts[np.arange(len(labels)) - edges[steps]] + steps
    scores = np.take(emissions, tokens, axis=0)
    best = np.zeros(len(labels), dtype=np.int16)
    from_inside = np.zeros((len(labels), COUNT), dtype=bool)
    now = scores[: active[0]]
    now[:, INSIDE] = _NEVER
    winner = now.argmax(axis=1)
    best[: active[0]] = winner
    for step in range(1, len(active)):
        many, at = active[step], slice(edges[step], edges[step + 1])
        past, winner = now[:many], winner[:many]
        begun, gone_on = past[:, BEGIN] + moves[0], past[:, INSIDE] + moves[1]
        np.greater(gone_on, begun, out=from_inside[at])
        np.maximum(begun, gone_on, out=gone_on)
        # Scores are kept relative to the best, so that they never grow.
        gone_on -= past[np.arange(many), winner][:, None]
        now = scores[at]
        now[:, INSIDE] += gone_on
        winner = now.argmax(axis=1)
        best[at] = winner
    labels[tokens] = _walk_back(best, from_inside, edges)
    return labels


def _walk_back(
    best: NDArray[np.int16], from_inside: NDArray[np.bool_], edges: NDArray[np.int64]
) -> NDArray[np.int16]:
    """Give the labels, step by step as their best ones come in."""
    labels = best.copy()
    for step in range(len(edges) - 2, 0, -1):
        first, last = edges[step], edges[step + 1]
        kind = labels[first:last] - INSIDE.start
        inside = np.flatnonzero(kind >= 0)
        kind = kind[inside]
        went_on = from_inside[first + inside, kind]
        labels[edges[step - 1] + inside] = (
            np.where(went_on, INSIDE.start, BEGIN.start) + kind
        )
    return labels


def best_labels_plain(
    emissions: NDArray[np.float32], moves: NDArray[np.float32]
) -> list[int]:
    """Find the best labelling of one sentence the textbook way, for comparison.

    Args:
        emissions: score of each token and label.
        moves: scores of B to I and of I to I.

    Returns:
        The label of each token.
    """
    table = np.full((LABELS, LABELS), _NEVER)
    table[:, : INSIDE.start] = 0
    for kind in range(INSIDE.stop - INSIDE.start):
        table[BEGIN.start + kind, INSIDE.start + kind] = moves[0, kind]
        table[INSIDE.start + kind, INSIDE.start + kind] = moves[1, kind]
    scores = emissions[0].astype(np.float64)
    scores[INSIDE] = _NEVER
    back = []
    for emission in emissions[1:]:
        candidates = scores[:, None] + table
        back.append(candidates.argmax(axis=0))
        scores = candidates.max(axis=0) + emission
    labels = [int(scores.argmax())]
    for choice in reversed(back):
        labels.append(int(choice[labels[-1]]))
    return labels[::-1] if len(emissions) else [OUTSIDE][:0]
