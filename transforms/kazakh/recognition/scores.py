"""Score tokens: sums of what the words around each add (see ``rows``).

Rows are sums of whole numbers, so scores do not depend on order, batch or thread, and
what is kept, and when it is dropped, changes no label.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from transforms.kazakh.recognition.context import FIXED
from transforms.kazakh.recognition.labels import LABELS
from transforms.kazakh.recognition.model import STEP
from transforms.kazakh.recognition.rows import LIMIT, Recipe, Rows, in_blocks, in_steps

if TYPE_CHECKING:
    from concurrent.futures import Executor

    import polars as pl
    from numpy.typing import NDArray

    from transforms.kazakh.recognition.context import Context
    from transforms.kazakh.recognition.model import Model

    Floats = NDArray[np.float32]
    Steps = NDArray[np.int16]

#: Tokens summed in one go, so that the rows stay near the processor.
_TOKENS = 2_048
#: Types kept before all are dropped; they take 4 KB each with two networks.
KEPT_TYPES = 50_000


class Scorer:
    """Scores tokens with one model; keeps what words add. Threads may share it."""

    def __init__(self, model: Model, kept_types: int = KEPT_TYPES) -> None:
        """Start with nothing kept.

        Args:
            model: the weights.
            kept_types: how many types to keep before all are dropped.
        """
        self.model = model
        self._most = kept_types
        self._recipe = Recipe(model)
        places = np.hstack([model.places, model.hidden_places])
        self._places = in_steps(places / np.float32(STEP))
        self._rows = Rows(self._recipe, kept_types)
        self._lock = Lock()

    def rows_of(
        self, words: pl.Series, pool: Executor | None = None
    ) -> tuple[Rows, NDArray[np.int32]]:
        """Give each word its row, after working out those not met before.

        Args:
            words: any number of times each.
            pool: threads to work out new words with.

        Returns:
            What is kept, and the row of each word in it.
        """
        with self._lock:
            found = self._rows.of(words, pool)
            if len(found) < len(words):
                room = max(self._most, words.n_unique())
                self._rows = Rows(self._recipe, room)
                found = self._rows.of(words, pool)
            return self._rows, found

    def emissions(
        self, rows: Rows, types: NDArray[np.int32], context: Context
    ) -> Floats:
        """Score each token.

        Args:
            rows: what is kept of the words.
            types: the row of each token.
            context: what stands around it, in rows.

        Returns:
            Tokens by labels.
        """
        count, outputs = len(types), self.model.outputs
        scores = np.empty((in_blocks(count), LABELS), np.float32)
        around = np.vstack([types, context.neighbours]).astype(np.intp)
        sums, more = np.empty((2, _TOKENS, self._recipe.columns), np.int16)
        hidden = np.zeros((_TOKENS, len(outputs)), np.float32)
        # NumPy compares with a row many times faster than with one number.
        nothing = np.zeros((1, len(outputs)), np.float32)
        for first in range(0, count, _TOKENS):
            at = slice(first, min(first + _TOKENS, count))
            many = at.stop - first
            some = sums[:many]
            # "clip" spares NumPy a copy; the rows are all there.
            np.take(self._places, context.place[at], axis=0, out=some, mode="clip")
            for side, table in enumerate(rows.at):
                np.take(table, around[side, at], axis=0, out=more[:many], mode="clip")
                some += more[:many]
            self._add_quotations(some, rows, around[FIXED + 1 :, at])
            np.copyto(hidden[:many], some[:, LABELS:])
            np.maximum(hidden[:many], nothing, out=hidden[:many])
            padded = slice(first, first + in_blocks(many))
            np.matmul(hidden[: in_blocks(many)], outputs, out=scores[padded])
            scores[at] += some[:, :LABELS]
        scores *= np.float32(STEP)
        return scores[:count]

    def _add_quotations(
        self, sums: Steps, rows: Rows, around: NDArray[np.intp]
    ) -> None:
        """Add what the words before and after a quotation add to those in it.

        Few tokens stand in one; the others have "no word" there, which the classes of
        position hold already.
        """
        for side, beside in enumerate(around):
            some = np.flatnonzero(beside)
            if some.size:
                words = beside[some]
                inputs = self._recipe.inputs[:, FIXED + 1 + side]
                apart = self._recipe.hidden(
                    rows.vectors[words] - rows.vectors[0], inputs
                )
                labels = rows.quoted[words, side] - rows.quoted[0, side]
                sums[some, :LABELS] += np.clip(labels, -LIMIT, LIMIT)
                sums[some, LABELS:] += in_steps(apart).reshape(some.size, -1)
