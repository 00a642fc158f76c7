"""Lay the features of tokens out as sparse matrices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from transforms.kazakh.recognition.context import (
    NEIGHBOURS,
    PLACES,
    look_around,
    signs_of,
)
from transforms.kazakh.recognition.features import word_features

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.recognition.corpus import Corpus


@dataclass(frozen=True)
class Design:
    """The features of all tokens of a corpus, by type.

    Attributes:
        own_hashes, near_hashes: which feature each column of ``own`` and ``near`` is.
        own: types by features of the word itself, how often each has it.
        near: types by features that reach the neighbours; the last row, no word, is
            empty but for a column of its own, the last.
        neighbours: the types of each token's neighbours.
        place: the class of position of each token.
        sizes: n-gram length of each column of ``own``.
    """

    own_hashes: NDArray[np.uint32]
    near_hashes: NDArray[np.uint32]
    own: sparse.csr_array
    near: sparse.csr_array
    neighbours: NDArray[np.int32]
    place: NDArray[np.int16]
    sizes: NDArray[np.int8]


def _by_type(
    hashes: NDArray[np.uint32], owners: NDArray[np.int64], types: int
) -> tuple[NDArray[np.uint32], sparse.csr_array]:
    known, columns = np.unique(hashes, return_inverse=True)
    shape = (types, len(known))
    ones = np.ones(len(hashes), dtype=np.float32)
    matrix = sparse.csr_array((ones, (owners, columns)), shape=shape)
    matrix.sum_duplicates()
    return known, matrix


def lay_out(corpus: Corpus) -> Design:
    """Find the features of all tokens."""
    found = word_features(corpus.words)
    types = len(corpus.words)
    owners = np.repeat(np.arange(types), np.diff(found.bounds))
    own_hashes, own = _by_type(found.hashes, owners, types)
    sizes = np.zeros(len(own_hashes), dtype=np.int8)
    sizes[np.searchsorted(own_hashes, found.hashes)] = found.size
    near_hashes, near = _by_type(
        found.hashes[found.is_near], owners[found.is_near], types
    )
    nothing = sparse.csr_array(
        (np.ones(1, np.float32), ([types], [len(near_hashes)])),
        shape=(types + 1, len(near_hashes) + 1),
    )
    near.resize((types + 1, len(near_hashes) + 1))
    around = look_around(
        corpus.types, corpus.starts[:-1], signs_of(corpus.words), none=types
    )
    return Design(
        own_hashes, near_hashes, own, (near + nothing).tocsr(),
        around.neighbours.T, around.place, sizes,
    )  # fmt: skip


def token_matrix(
    design: Design, types: NDArray[np.int32], chosen: NDArray[np.bool_], least: int
) -> tuple[sparse.csr_array, NDArray[np.bool_]]:
    """Give tokens by features: the word's, each neighbour's, and the place.

    Args:
        design: the features by type.
        types: the type of each token.
        chosen: the tokens to learn from.
        least: a feature that fewer of these have is left out.

    Returns:
        The matrix, all features side by side, those left out empty; and which are
        kept.
    """
    parts = [design.own[types]]
    parts += [design.near[design.neighbours[:, k]] for k in range(len(NEIGHBOURS))]
    ones = np.ones(len(types), dtype=np.float32)
    rows = np.arange(len(types))
    parts.append(
        sparse.csr_array((ones, (rows, design.place)), shape=(len(types), PLACES))
    )
    matrix = sparse.hstack(parts, format="csr", dtype=np.float32)
    counts = np.bincount(matrix[chosen].indices, minlength=matrix.shape[1])
    kept = counts >= least
    keep = sparse.diags_array(kept.astype(np.float32), format="csr")
    matrix = (matrix @ keep).tocsr()
    matrix.eliminate_zeros()
    return matrix, kept
