"""Sum over all labellings of many sentences at once.

Moves into O and B cost nothing and I follows its own B or I only, so one step costs as
much as there are labels, not their square.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from transforms.kazakh.recognition.labels import BEGIN, COUNT, INSIDE, LABELS

if TYPE_CHECKING:
    from numpy.typing import NDArray


def gradients(
    emissions: NDArray[np.float32],
    starts: NDArray[np.int64],
    labels: NDArray[np.int16],
    moves: NDArray[np.float32],
) -> tuple[float, NDArray[np.float32], NDArray[np.float32]]:
    """Give the loss (minus log likelihood) and its gradients.

    Args:
        emissions: score of each token and label.
        starts: where each sentence begins among the tokens, and the end.
        labels: the right label of each token.
        moves: scores of B to I and of I to I, one row each, a column a class.

    Returns:
        The loss, its gradient by emission, and by move.
    """
    lengths = np.diff(starts)
    order = np.argsort(-lengths, kind="stable")
    lengths, firsts = lengths[order], starts[:-1][order]
    active = [int(np.sum(lengths > step)) for step in range(int(lengths[0]))]
    top = emissions.max(axis=1, keepdims=True)
    scores = np.exp(emissions - top)
    factor = np.exp(moves)
    forward = np.empty_like(scores)
    scale = np.empty(len(scores), dtype=np.float32)
    for step, many in enumerate(active):
        at = firsts[:many] + step
        now = scores[at]
        if step:
            past = forward[at - 1]
            now[:, INSIDE] *= past[:, BEGIN] * factor[0] + past[:, INSIDE] * factor[1]
        else:
            now[:, INSIDE] = 0
        total = now.sum(axis=1)
        scale[at] = total
        forward[at] = now / total[:, None]
    backward = np.ones_like(scores)
    move_gradient = np.zeros((2, COUNT), dtype=np.float32)
    for step in range(len(active) - 1, 0, -1):
        at = firsts[: active[step]] + step
        later = scores[at] * backward[at] / scale[at][:, None]
        free = later[:, : 1 + COUNT].sum(axis=1, keepdims=True)
        held = later[:, INSIDE]
        earlier = np.empty((len(at), LABELS), dtype=np.float32)
        earlier[:, :1] = free
        earlier[:, BEGIN] = free + factor[0] * held
        earlier[:, INSIDE] = free + factor[1] * held
        backward[at - 1] = earlier
        past = forward[at - 1]
        move_gradient[0] += (past[:, BEGIN] * held).sum(axis=0) * factor[0]
        move_gradient[1] += (past[:, INSIDE] * held).sum(axis=0) * factor[1]
    gradient = forward * backward
    everyone = np.arange(len(labels))
    loss = float(np.log(scale).sum() + top.sum() - emissions[everyone, labels].sum())
    gradient[everyone, labels] -= 1
    inside = labels >= INSIDE.start
    kinds = labels[inside] - INSIDE.start
    after_begin = labels[np.flatnonzero(inside) - 1] < INSIDE.start
    np.subtract.at(move_gradient, (np.where(after_begin, 0, 1), kinds), 1)
    loss -= float(moves[np.where(after_begin, 0, 1), kinds].sum())
    return loss, gradient, move_gradient
