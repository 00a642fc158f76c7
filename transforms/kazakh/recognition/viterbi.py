"""Find the best labelling of each sentence.

Moves into O and B cost nothing and I follows its own B or I only. A step therefore
needs the best label before it and, for each class, whether to go on from B or from I:
it costs as much as there are labels, not their square. All sentences of a batch take
their steps together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from transforms.kazakh.recognition.labels import BEGIN, INSIDE, LABELS, OUTSIDE

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
    best_before = np.zeros(len(emissions), dtype=np.int16)
    from_inside = np.zeros((len(emissions), INSIDE.stop - INSIDE.start), dtype=bool)
    now = emissions[firsts]
    now[:, INSIDE] = _NEVER
    for step in range(1, int(lengths[0])):
        many = active[step]
        past, at = now[:many], firsts[:many] + step
        winner = past.argmax(axis=1)
        best = past[np.arange(many), winner]
        begun, gone_on = past[:, BEGIN] + moves[0], past[:, INSIDE] + moves[1]
        best_before[at] = winner
        from_inside[at] = gone_on > begun
        np.maximum(begun, gone_on, out=gone_on)
        # Scores are kept relative to the best, so that they never grow.
        gone_on -= best[:, None]
        ended = now[many:]
        labels[firsts[many : len(now)] + step - 1] = ended.argmax(axis=1)
        now = emissions[at]
        now[:, INSIDE] += gone_on
    labels[firsts[: len(now)] + int(lengths[0]) - 1] = now.argmax(axis=1)
    _walk_back(labels, firsts, active, (best_before, from_inside))
    return labels


def _walk_back(
    labels: NDArray[np.int16],
    firsts: NDArray[np.int64],
    active: NDArray[np.int64],
    choices: tuple[NDArray[np.int16], NDArray[np.bool_]],
) -> None:
    best_before, from_inside = choices
    for step in range(len(active) - 1, 0, -1):
        at = firsts[: active[step]] + step
        label = labels[at]
        kind = label - INSIDE.start
        is_inside = kind >= 0
        went_on = from_inside[at, np.maximum(kind, 0)]
        before = np.where(went_on, label, kind + BEGIN.start)
        labels[at - 1] = np.where(is_inside, before, best_before[at])


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
