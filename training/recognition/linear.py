"""Train the linear part: a conditional random field over hashed features."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from training.recognition.chain import gradients
from transforms.kazakh.recognition.labels import COUNT, LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from scipy import sparse


@dataclass(frozen=True)
class Plan:
    """How to train the linear part.

    Attributes:
        epochs: passes over the sentences.
        averaged_from: weights are averaged over the passes from this one on.
        batch: sentences a step.
        rate: the step of AdaGrad.
        dropout: the share of features left out at each sight.
        decay: pull of each weight towards zero, a step.
    """

    epochs: int = 12
    averaged_from: int = 5
    batch: int = 32
    rate: float = 0.12
    dropout: float = 0.2
    decay: float = 1e-5


class Task(NamedTuple):
    """What to learn from.

    Attributes:
        starts: where each sentence begins among the tokens, and the end.
        labels: the label of each token.
        sentences: which sentences to learn from.
    """

    starts: NDArray[np.int64]
    labels: NDArray[np.int16]
    sentences: NDArray[np.int64]


def batches(
    task: Task, size: int, chance: np.random.Generator
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Give the tokens of some sentences, and where each begins, in random order."""
    starts, shuffled = task.starts, chance.permutation(task.sentences)
    for first in range(0, len(shuffled), size):
        some = shuffled[first : first + size]
        tokens = np.concatenate([np.arange(starts[i], starts[i + 1]) for i in some])
        bounds = np.concatenate(([0], np.cumsum(starts[some + 1] - starts[some])))
        yield tokens, bounds


def train_linear(
    matrix: sparse.csr_array,
    task: Task,
    seed: int,
    plan: Plan | None = None,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Train on the sentences given.

    Args:
        matrix: tokens by features.
        task: what to learn from.
        seed: of the random order and dropout.
        plan: how to train.

    Returns:
        Weights (features by labels) and moves (see ``viterbi``), averaged.
    """
    plan = plan or Plan()
    chance = np.random.default_rng(seed)
    weights = np.zeros((matrix.shape[1], LABELS), dtype=np.float32)
    squares = np.full_like(weights, 1e-2)
    moves = np.zeros((2, COUNT), dtype=np.float32)
    move_squares = np.full_like(moves, 1e-2)
    mean, mean_moves = np.zeros_like(weights), np.zeros_like(moves)
    for epoch in range(plan.epochs):
        for tokens, bounds in batches(task, plan.batch, chance):
            part = matrix[tokens]
            used, columns = np.unique(part.indices, return_inverse=True)
            part = type(part)(
                (part.data, columns.astype(np.int32), part.indptr),
                shape=(len(tokens), len(used)),
            )
            seen = chance.random(part.data.size, dtype=np.float32) >= plan.dropout
            part.data = part.data * seen / np.float32(1 - plan.dropout)
            _, by_emission, by_move = gradients(
                part @ weights[used], bounds, task.labels[tokens], moves
            )
            slope = part.T @ by_emission
            slope += plan.decay * len(tokens) * weights[used]
            squares[used] += slope * slope
            weights[used] -= plan.rate * slope / np.sqrt(squares[used])
            move_squares += by_move * by_move
            moves -= plan.rate * by_move / np.sqrt(move_squares)
        if epoch >= plan.averaged_from:
            mean += weights
            mean_moves += moves
    for total in (mean, mean_moves):
        np.divide(total, np.float32(plan.epochs - plan.averaged_from), out=total)
    return mean, mean_moves
