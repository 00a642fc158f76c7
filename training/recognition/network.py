"""Train the network part: a small perceptron over a window of summed embeddings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from training.recognition.chain import gradients
from training.recognition.linear import Task, batches
from transforms.kazakh.recognition.labels import COUNT, LABELS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    Floats = NDArray[np.float32]


@dataclass(frozen=True)
class NetworkPlan:
    """How to train the network.

    Attributes:
        width: length of an embedding.
        hidden: units of the hidden layer.
        epochs: passes over the sentences.
        averaged_from: weights are averaged over the passes from this one on.
        batch: sentences a step.
        rate: the step of Adam.
        feature_dropout: the share of a word's features left out.
        type_dropout: the share of words of which nothing is shown, at each step.
        dropout: the share of window inputs and of hidden units left out.
        decay: pull of each weight towards zero, a step.
    """

    width: int = 64
    hidden: int = 128
    epochs: int = 16
    averaged_from: int = 8
    batch: int = 64
    rate: float = 3e-3
    feature_dropout: float = 0.3
    type_dropout: float = 0.05
    dropout: float = 0.4
    decay: float = 1e-4


class Network(NamedTuple):
    """Weights of the network.

    Attributes:
        embeddings: features by width; the last row stands for no word.
        inputs: neighbours and the word itself (the last block), then places, by
            hidden units.
        bias: of the hidden units.
        outputs: hidden units by labels.
        output_bias: of the labels.
        moves: scores of B to I and of I to I.
    """

    embeddings: Floats
    inputs: Floats
    bias: Floats
    outputs: Floats
    output_bias: Floats
    moves: Floats


def _begin(features: int, window: int, plan: NetworkPlan, seed: int) -> Network:
    chance = np.random.default_rng(seed)

    def normal(rows: int, columns: int, spread: float) -> Floats:
        return (chance.standard_normal((rows, columns)) * spread).astype(np.float32)

    size = window * plan.width + 32
    return Network(
        normal(features, plan.width, 0.1),
        normal(size, plan.hidden, float(np.sqrt(2 / size))),
        np.zeros(plan.hidden, np.float32),
        normal(plan.hidden, LABELS, float(np.sqrt(1 / plan.hidden))),
        np.zeros(LABELS, np.float32),
        np.zeros((2, COUNT), np.float32),
    )


class _Adam:
    """Adam; of the embeddings only the rows in use move."""

    def __init__(self, weights: Network, plan: NetworkPlan) -> None:
        self.first = [np.zeros_like(weight) for weight in weights]
        self.second = [np.zeros_like(weight) for weight in weights]
        self.plan, self.steps = plan, 0

    def move(
        self,
        weights: Network,
        slopes: list[Floats],
        used: NDArray[np.int64],
        rate: float,
    ) -> None:
        self.steps += 1
        one = 1 - 0.9**self.steps
        two = 1 - 0.999**self.steps
        for number, (weight, slope) in enumerate(zip(weights, slopes, strict=True)):
            rows = used if number == 0 else slice(None)
            first = 0.9 * self.first[number][rows] + 0.1 * slope
            second = 0.999 * self.second[number][rows] + 0.001 * slope * slope
            self.first[number][rows], self.second[number][rows] = first, second
            step = first / one / (np.sqrt(second / two) + 1e-8)
            weight[rows] -= rate * (step + self.plan.decay * weight[rows])


class Surroundings(NamedTuple):
    """What the network reads.

    Attributes:
        matrix: types by embedding features; the last row is no word.
        window: the types around each token and its own.
        place: the class of position of each token.
    """

    matrix: sparse.csr_array
    window: NDArray[np.int32]
    place: NDArray[np.int16]

    def of(self, tokens: NDArray[np.int64]) -> Surroundings:
        """Give those of some tokens."""
        return Surroundings(self.matrix, self.window[tokens], self.place[tokens])


def train_network(
    read: Surroundings,
    task: Task,
    seed: int,
    plan: NetworkPlan | None = None,
) -> Network:
    """Train on the sentences given.

    Args:
        read: what the network reads, of all tokens.
        task: what to learn from.
        seed: of the first weights, the random order and dropout.
        plan: how to train.

    Returns:
        The averaged weights.
    """
    plan = plan or NetworkPlan()
    chance = np.random.default_rng(seed)
    net = _begin(read.matrix.shape[1], read.window.shape[1], plan, seed)
    mean = [np.zeros_like(weight) for weight in net]
    adam = _Adam(net, plan)
    for epoch in range(plan.epochs):
        rate = plan.rate * min(1.0, 2 * (1 - epoch / plan.epochs))
        for tokens, bounds in batches(task, plan.batch, chance):
            around, labels = read.of(tokens), task.labels[tokens]
            slopes, used = _slopes(net, around, bounds, labels, (plan, chance))
            adam.move(net, slopes, used, rate)
        if epoch >= plan.averaged_from:
            for total, weight in zip(mean, net, strict=True):
                np.add(total, weight, out=total)
    passes = np.float32(plan.epochs - plan.averaged_from)
    return Network(*(total / passes for total in mean))


def _slopes(
    net: Network,
    around: Surroundings,
    bounds: NDArray[np.int64],
    labels: NDArray[np.int16],
    noise: tuple[NetworkPlan, np.random.Generator],
) -> tuple[list[Floats], NDArray[np.int64]]:
    """Go forwards and back over one batch; give each weight's gradient."""
    plan, chance = noise
    matrix, window, place = around

    def mask(shape: tuple[int, ...], share: float) -> Floats:
        kept = chance.random(shape, dtype=np.float32) >= share
        return kept.astype(np.float32) / np.float32(1 - share)

    types, index = np.unique(window, return_inverse=True)
    part = matrix[types]
    used, columns = np.unique(part.indices, return_inverse=True)
    part = type(part)(
        (part.data, columns.astype(np.int32), part.indptr),
        shape=(len(types), len(used)),
    )
    part.data = part.data * mask(part.data.shape, plan.feature_dropout)
    shown = (chance.random(len(types)) >= plan.type_dropout).astype(np.float32)
    part.data *= np.repeat(shown, np.diff(part.indptr))
    vectors = part @ net.embeddings[used]
    count, width = len(labels), vectors.shape[1]
    index = index.reshape(window.shape)
    joined = vectors[index].reshape(count, -1)
    spot = np.zeros((count, 32), np.float32)
    spot[np.arange(count), place] = 1
    keep_inputs = mask(joined.shape, plan.dropout)
    inputs = np.hstack([joined * keep_inputs, spot])
    hidden = np.maximum(inputs @ net.inputs + net.bias, 0)
    keep_hidden = mask(hidden.shape, plan.dropout)
    kept = hidden * keep_hidden
    emissions = kept @ net.outputs + net.output_bias
    _, by_emission, by_move = gradients(emissions, bounds, labels, net.moves)
    by_emission /= plan.batch
    by_hidden = (by_emission @ net.outputs.T) * keep_hidden * (hidden > 0)
    by_joined = (by_hidden @ net.inputs[: joined.shape[1]].T) * keep_inputs
    by_vector = np.zeros_like(vectors)
    flat = index.ravel()
    order = np.argsort(flat, kind="stable")
    firsts = np.searchsorted(flat[order], np.arange(len(types)))
    by_vector = np.add.reduceat(by_joined.reshape(-1, width)[order], firsts)
    slopes = [
        part.T @ by_vector, inputs.T @ by_hidden, by_hidden.sum(axis=0),
        kept.T @ by_emission, by_emission.sum(axis=0), by_move / plan.batch,
    ]  # fmt: skip
    return slopes, used
