"""Score tokens: all that belongs to one word type is worked out once and kept.

A type adds to the scores of its own token and of its neighbours, and to the hidden
units of the networks at each place of the window. A token's scores are then sums of
rows. Kept rows depend on nothing but the word and the model, so what is kept, and when
it is dropped, changes no label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from transforms.kazakh.recognition.context import FIXED, NEIGHBOURS
from transforms.kazakh.recognition.features import word_features
from transforms.kazakh.recognition.labels import LABELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from transforms.kazakh.recognition.context import Context
    from transforms.kazakh.recognition.model import Model

    Floats = NDArray[np.float32]
    Whole = NDArray[np.int64]

#: Types scored in one go, so that their feature rows stay small in memory.
_TYPES = 1_000
#: Tokens summed in one go, so that the rows stay near the processor.
_TOKENS = 2_048
#: Types kept before all are dropped; they take 6 KB each for each network.
KEPT_TYPES = 50_000


class _Rows(NamedTuple):
    """What is kept of each type, a row each; row 0 is "no word".

    Attributes:
        at: for the word's own place and each fixed neighbour's, what it adds to the
            labels and, side by side, to the hidden units.
        quoted: what it adds to the labels as the word before or after a quotation.
        vectors: its embeddings, for what it adds to the hidden units there.
    """

    at: tuple[Floats, ...]
    quoted: Floats
    vectors: Floats


class Scorer:
    """Scores tokens with one model; keeps the rows of the types that it has seen."""

    def __init__(self, model: Model, kept_types: int = KEPT_TYPES) -> None:
        """Start with nothing kept.

        Args:
            model: the weights.
            kept_types: how many types to keep before all are dropped.
        """
        self.model = model
        self._most = kept_types
        self._places = np.hstack([model.places, model.hidden_places])
        self._forget()

    def _forget(self) -> None:
        model = self.model
        self._numbers: dict[str, int] = {}
        near = model.near_none[None]
        own = np.zeros((1, LABELS), np.float32)
        self._rows = self._put_together(own, near, model.no_word[None])

    def rows_of(self, words: pl.Series) -> Whole:
        """Give each word type its row, after scoring those not met before.

        Args:
            words: distinct words.

        Returns:
            A row number for each, and as the last that of "no word".
        """
        listed = words.to_list()
        new = [word for word in listed if word not in self._numbers]
        if new and len(self._numbers) + len(new) > self._most:
            self._forget()
            new = listed
        if new:
            begin = len(self._numbers) + 1
            self._make_room(begin + len(new))
            for first in range(0, len(new), _TYPES):
                some = new[first : first + _TYPES]
                scored = self._score(pl.Series(some, dtype=pl.String))
                at = slice(begin + first, begin + first + len(some))
                for kept, rows in zip(
                    _tables(self._rows), _tables(scored), strict=True
                ):
                    kept[at] = rows
            self._numbers |= {word: begin + i for i, word in enumerate(new)}
        return np.array([*map(self._numbers.__getitem__, listed), 0], dtype=np.int64)

    def _make_room(self, needed: int) -> None:
        room = len(self._rows.vectors)
        if needed <= room:
            return
        size = max(needed, min(2 * room, self._most + 1))
        grown = [
            np.empty((size, *t.shape[1:]), np.float32) for t in _tables(self._rows)
        ]
        for new, old in zip(grown, _tables(self._rows), strict=True):
            new[:room] = old
        self._rows = _Rows(tuple(grown[:-2]), *grown[-2:])

    def _score(self, words: pl.Series) -> _Rows:
        model, count = self.model, len(words)
        found = word_features(words)
        owners = np.repeat(np.arange(count), np.diff(found.bounds))
        own = _sum(model.own_hashes, model.own, found.hashes, owners, count)
        vectors = _sum(
            model.network_hashes, model.embeddings, found.hashes, owners, count
        )
        hashes, owners = found.hashes[found.is_near], owners[found.is_near]
        near = _sum(model.near_hashes, model.near, hashes, owners, count)
        return self._put_together(own, near, vectors)

    def _put_together(self, own: Floats, near: Floats, vectors: Floats) -> _Rows:
        sides = near.reshape(len(near), len(NEIGHBOURS), LABELS)
        labels = [own, *(sides[:, side] for side in range(FIXED))]
        at = tuple(
            np.hstack([part, self._project(vectors, place)])
            for place, part in enumerate(labels)
        )
        return _Rows(at, sides[:, FIXED:], vectors)

    def _project(self, vectors: Floats, place: int) -> Floats:
        """Give what words with these vectors add to the hidden units at a place."""
        inputs = self.model.inputs
        nets, _, width, units = inputs.shape
        hidden = np.empty((len(vectors), nets * units), np.float32)
        for net in range(nets):
            part = vectors[:, net * width : (net + 1) * width]
            hidden[:, net * units : (net + 1) * units] = part @ inputs[net, place]
        return hidden

    def emissions(
        self, types: NDArray[np.int32], context: Context, rows: Whole
    ) -> Floats:
        """Score each token.

        Args:
            types: the type of each token.
            context: what stands around it, in types.
            rows: as ``rows_of`` gave them for these types.

        Returns:
            Tokens by labels.
        """
        scores = np.empty((len(types), LABELS), np.float32)
        around = np.concatenate([rows[types][None], rows[context.neighbours].T])
        width = self._rows.at[0].shape[1]
        sums, more = np.empty((2, _TOKENS, width), np.float32)
        for first in range(0, len(types), _TOKENS):
            at = slice(first, first + _TOKENS)
            place = context.place[at]
            count = len(place)
            self._sum_up(sums[:count], more[:count], around[:, at], place)
            labels, hidden = sums[:count, :LABELS], sums[:count, LABELS:]
            np.maximum(hidden, 0, out=hidden)
            np.matmul(hidden, self.model.outputs, out=scores[at])
            scores[at] += labels
        return scores

    def _sum_up(
        self, sums: Floats, more: Floats, around: Whole, place: NDArray[np.int16]
    ) -> None:
        # "clip" spares NumPy a copy; the rows are all there.
        kept = self._rows
        np.take(self._places, place, axis=0, out=sums, mode="clip")
        for side, table in enumerate(kept.at):
            np.take(table, around[side], axis=0, out=more, mode="clip")
            sums += more
        for side in range(FIXED, len(NEIGHBOURS)):
            # Few tokens stand in quotations; the others have "no word" there, which
            # the weights of the places hold already.
            beside = around[side + 1]
            some = np.flatnonzero(beside)
            if some.size:
                beside = beside[some]
                quoted = kept.quoted[:, side - FIXED]
                apart = kept.vectors[beside] - kept.vectors[0]
                sums[some, :LABELS] += quoted[beside] - quoted[0]
                sums[some, LABELS:] += self._project(apart, side + 1)


def _tables(rows: _Rows) -> tuple[Floats, ...]:
    return (*rows.at, rows.quoted, rows.vectors)


def _sum(
    known: NDArray[np.uint32],
    weights: Floats,
    hashes: NDArray[np.uint32],
    owners: Whole,
    count: int,
) -> Floats:
    """Add up the weights of each type's known features."""
    total = np.zeros((count, weights.shape[1]), np.float32)
    if known.size == 0:
        return total
    index = np.searchsorted(known, hashes)
    np.minimum(index, known.size - 1, out=index)
    is_known = known[index] == hashes
    index, owners = index[is_known], owners[is_known]
    if index.size == 0:
        return total
    # Types with most features first: each turn adds one feature to those that have it.
    counts = np.bincount(owners, minlength=count)
    order = np.argsort(-counts, kind="stable")
    firsts = (np.cumsum(counts) - counts)[order]
    left = np.searchsorted(-counts[order], -np.arange(counts.max()), side="left")
    added = np.empty_like(total)
    ordered = np.zeros_like(total)
    for turn, many in enumerate(left):
        rows = index[firsts[:many] + turn]
        np.take(weights, rows, axis=0, out=added[:many], mode="clip")
        ordered[:many] += added[:many]
    total[order] = ordered
    return total
