"""Find features by their hashes, many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Slots for each feature, so that most lie in the slot where they are looked for.
_ROOM = 4
_BITS = 32


class Vocabulary:
    """A table from hashes to numbers.

    A feature lies in the slot that the first bits of its hash say, or, where that is
    taken, in the next one free. A search reads on until it meets the hash or an empty
    slot; nearly all end at once.
    """

    def __init__(self, hashes: NDArray[np.uint32]) -> None:
        """Lay out the table.

        Args:
            hashes: distinct; the number of each is its place among them.
        """
        order = np.argsort(hashes, kind="stable")
        bits = max(1, int(_ROOM * len(hashes)).bit_length())
        self._shift = np.uint32(_BITS - bits)
        wanted = (hashes[order] >> self._shift).astype(np.int64)
        # Hashes ascend and slots with them: each goes where it wants to, or right
        # after the one before it.
        steps = np.arange(len(hashes))
        slots = steps + np.maximum.accumulate(wanted - steps)
        # The last slots have no slot to flow over to; the end must stay empty.
        size = max(1 << bits, int(slots[-1]) + 1 if len(slots) else 0) + 1
        self._hashes = np.zeros(size, np.uint32)
        self._numbers = np.full(size, -1, np.int32)
        self._hashes[slots] = hashes[order]
        self._numbers[slots] = order

    def find(self, hashes: NDArray[np.uint32]) -> NDArray[np.int32]:
        """Give the number of each hash, -1 where it is not known."""
        slots = (hashes >> self._shift).astype(np.int64)
        numbers = self._numbers[slots]
        going = np.flatnonzero((self._hashes[slots] != hashes) & (numbers >= 0))
        while going.size:
            slots[going] += 1
            at = slots[going]
            numbers[going] = found = self._numbers[at]
            going = going[(self._hashes[at] != hashes[going]) & (found >= 0)]
        return numbers
