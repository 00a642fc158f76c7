"""Work out what a word adds to scores, once, and keep it.

A word adds to the scores of its own token and of its neighbours, and to the hidden
units of the networks at each place of the window. All is kept in whole steps of 16
bits. What is kept of a word depends on nothing but the word and the model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from transforms.kazakh.recognition.context import FIXED, NEIGHBOURS, Signs, signs_of
from transforms.kazakh.recognition.features import word_features
from transforms.kazakh.recognition.labels import LABELS
from transforms.kazakh.recognition.model import LABEL_STEPS, STEP
from transforms.kazakh.recognition.vocabulary import Vocabulary

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from transforms.kazakh.recognition.model import Model

    Floats = NDArray[np.float32]
    Steps = NDArray[np.int16]
    Whole = NDArray[np.int64]

#: What a word adds anywhere stays within this, so that eight words never overflow.
LIMIT = 4095
_MOST = LIMIT // LABEL_STEPS
#: Words worked out in one go, so that their rows stay small in memory.
_WORDS = 1_024
#: Matrix products take their rows by so many: BLAS treats the rest of a block in
#: another way, and what is left of a word must not depend on its company.
BLOCK = 128


def in_steps(values: Floats) -> Steps:
    """Round scores that are counted in steps to whole ones within the limit."""
    rounded = np.rint(values)
    return np.clip(rounded, -LIMIT, LIMIT, out=rounded).astype(np.int16)


def in_blocks(count: int) -> int:
    """Round a number of rows up to whole blocks."""
    return -(-count // BLOCK) * BLOCK


class Recipe:
    """A model in the form in which words are worked out."""

    def __init__(self, model: Model) -> None:
        """Bring the weights into steps."""
        self.model = model
        self.vocabulary = Vocabulary(model.hashes)
        nets, _, width, units = model.inputs.shape
        self.networks, self.width, self.units = nets, width, units
        scales = model.embedding_scales.reshape(nets, 1, width, 1) / np.float32(STEP)
        #: Embeddings to hidden units at all places of the window, a network each.
        self.inputs: Floats = model.inputs * scales
        fixed = self.inputs[:, : FIXED + 1].transpose(0, 2, 1, 3)
        self.fixed_inputs: Floats = np.ascontiguousarray(
            fixed.reshape(nets, width, (FIXED + 1) * units)
        )
        self.columns = LABELS + nets * units

    def hidden(self, vectors: Steps, inputs: Floats) -> Floats:
        """Give what words add to hidden units.

        Args:
            vectors: their embeddings.
            inputs: networks by embedding by what is wanted.

        Returns:
            Words by networks by what is wanted, not rounded.
        """
        count, nets, width = len(vectors), self.networks, self.width
        padded = np.zeros((nets, in_blocks(count), width), np.float32)
        padded[:, :count] = vectors.reshape(count, nets, width).transpose(1, 0, 2)
        wanted: Floats = np.matmul(padded, inputs)[:, :count].transpose(1, 0, 2)
        return wanted


class Rows:
    """What is kept of words, a row each; row 0 is "no word".

    Attributes:
        at: for the word's own place and each fixed neighbour's, what it adds to the
            labels and, side by side, to the hidden units.
        quoted: what it adds to the labels as the word before or after a quotation.
        vectors: its embeddings, for what it adds to the hidden units there.
        signs: what it shows at a glance.
    """

    def __init__(self, recipe: Recipe, words: int) -> None:
        """Make room for a number of words; memory is taken as rows are filled."""
        self._recipe, self._room = recipe, words
        # Polars forgets categories that no series uses.
        self._words = pl.Series([], dtype=pl.Categorical(pl.Categories.random()))
        self._row_of = np.zeros(words, np.int32)
        self._count = 0
        nets, width = recipe.networks, recipe.width
        self.at = np.empty((FIXED + 1, words + 1, recipe.columns), np.int16)
        self.quoted = np.empty((words + 1, 2, LABELS), np.int16)
        self.vectors = np.empty((words + 1, nets * width), np.int16)
        self.signs = Signs(np.zeros(words + 1, np.int8), np.zeros(words + 1, np.uint8))
        self._fill(
            slice(0, 1),
            np.zeros((1, LABELS), np.int16),
            in_steps(recipe.model.near_none[None] / np.float32(STEP)),
            in_steps(recipe.model.no_word[None]),
        )

    def of(self, words: pl.Series, pool: Executor | None = None) -> NDArray[np.int32]:
        """Give each word its row, after working out those not met before.

        Not to be called by two threads at once.

        Args:
            words: any number of times each.
            pool: threads to work out new words with.

        Returns:
            The row of each, or nothing where there is no room for the new ones.
        """
        codes = words.cast(self._words.dtype).to_physical().to_numpy()
        if codes.size == 0:
            return np.zeros(0, np.int32)
        highest = int(codes.max())
        if highest >= len(self._row_of):
            grown = np.zeros(max(highest + 1, 2 * len(self._row_of)), np.int32)
            grown[: len(self._row_of)] = self._row_of
            self._row_of = grown
        rows: NDArray[np.int32] = self._row_of[codes]
        is_new = np.flatnonzero(rows == 0)
        if is_new.size:
            new, first = np.unique(codes[is_new], return_index=True)
            if self._count + len(new) > self._room:
                return np.zeros(0, np.int32)
            self._learn(words.gather(is_new[first]), pool)
            self._row_of[new] = np.arange(self._count + 1, self._count + len(new) + 1)
            self._count += len(new)
            rows = self._row_of[codes]
        return rows

    def _learn(self, words: pl.Series, pool: Executor | None) -> None:
        parts = [words[i : i + _WORDS] for i in range(0, len(words), _WORDS)]
        begins = range(self._count + 1, self._count + 1 + len(words), _WORDS)
        run = pool.map if pool else map
        for _ in run(self._work_out, parts, begins):
            pass

    def _work_out(self, words: pl.Series, begin: int) -> None:
        recipe, count = self._recipe, len(words)
        model = recipe.model
        at = slice(begin, begin + count)
        found = word_features(words)
        numbers = recipe.vocabulary.find(found.hashes)
        owners = np.repeat(np.arange(count), np.diff(found.bounds))
        known = np.flatnonzero(numbers >= 0)
        own = _sum(model.own, numbers[known], owners[known], count)
        reaching = known[found.is_near[known] & (numbers[known] < len(model.near))]
        near = _sum(model.near, numbers[reaching], owners[reaching], count)
        for labels in (own[:, :LABELS], near):
            np.clip(labels, -_MOST, _MOST, out=labels)
            np.multiply(labels, LABEL_STEPS, out=labels)
        self._fill(at, own[:, :LABELS], near, own[:, LABELS:])
        for kept, seen in zip(self.signs, signs_of(words), strict=True):
            kept[at] = seen

    def _fill(self, at: slice, own: Steps, near: Steps, vectors: Steps) -> None:
        recipe, count = self._recipe, len(own)
        nets, units = recipe.networks, recipe.units
        sides = near.reshape(count, len(NEIGHBOURS), LABELS)
        hidden = in_steps(recipe.hidden(vectors, recipe.fixed_inputs))
        hidden = hidden.reshape(count, nets, FIXED + 1, units)
        for place in range(FIXED + 1):
            kept = self.at[place, at]
            kept[:, :LABELS] = sides[:, place - 1] if place else own
            for net in range(nets):
                start = LABELS + net * units
                kept[:, start : start + units] = hidden[:, net, place]
        self.quoted[at] = sides[:, FIXED:]
        self.vectors[at] = vectors


def _sum(
    weights: NDArray[np.int8], features: NDArray[np.int32], owners: Whole, count: int
) -> Steps:
    """Add up the weights of each word's features; those of one word are together."""
    total = np.zeros((count, weights.shape[1]), np.int16)
    if features.size == 0:
        return total
    # Words with most features first: each turn adds one feature to those that have it.
    counts = np.bincount(owners, minlength=count)
    order = np.argsort(-counts, kind="stable")
    firsts = (np.cumsum(counts) - counts)[order]
    left = np.searchsorted(-counts[order], -np.arange(counts.max()), side="left")
    added = np.empty(total.shape, np.int8)
    ordered = np.zeros_like(total)
    for turn, many in enumerate(left):
        chosen = features[firsts[:many] + turn]
        # "clip" spares NumPy a copy; the rows are all there.
        np.take(weights, chosen, axis=0, out=added[:many], mode="clip")
        ordered[:many] += added[:many]
    total[order] = ordered
    return total
