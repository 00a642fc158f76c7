"""Hold the trained weights and read them from the bytes of their file."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: What the file must say about itself to be read by this code.
FORMAT = "qoima-recognition-1"
#: Arrays kept as differences, as bytes with a scale a column, and as they are.
HASHES = ("own_hashes", "near_hashes", "network_hashes")
ROUNDED = ("own", "near", "embeddings")
PLAIN = (
    "near_none", "places", "no_word", "inputs", "hidden_places", "outputs", "moves",
    "calibration",
)  # fmt: skip


@dataclass(frozen=True)
class Model:
    """The trained weights, ready for use.

    Attributes:
        version: name and hash of the model.
        own_hashes: hashes of a word's own features, ascending.
        own: their weights, features by labels.
        near_hashes: hashes of the features that reach the neighbours, ascending.
        near: their weights, features by (neighbours by labels).
        near_none: the weights of "no word".
        places: weights of the classes of position, with "no word" around quotations.
        network_hashes: hashes of the features that have embeddings, ascending.
        embeddings: their embeddings, those of all networks side by side.
        no_word: the embeddings of "no word".
        inputs: networks by window (the word itself first) by embedding by units.
        hidden_places: what each class of position adds to the hidden units.
        outputs: hidden units of all networks by labels.
        moves: scores of B to I and of I to I, one row each, a column a class.
        calibration: see ``confidence.calibrate``.
    """

    version: str
    own_hashes: NDArray[np.uint32]
    own: Floats
    near_hashes: NDArray[np.uint32]
    near: Floats
    near_none: Floats
    places: Floats
    network_hashes: NDArray[np.uint32]
    embeddings: Floats
    no_word: Floats
    inputs: Floats
    hidden_places: Floats
    outputs: Floats
    moves: Floats
    calibration: Floats


def _unpack(packed: NDArray[np.int8], scales: NDArray[np.float32]) -> Floats:
    """Undo the rounding to bytes; one scale a column of the last axis."""
    weights: Floats = packed.astype(np.float32) * scales
    return weights


def load_model(content: bytes) -> Model:
    """Read a model from the bytes of its file.

    Args:
        content: a compressed NumPy archive as the trainer writes it.

    Returns:
        The model.

    Raises:
        ValueError: the file is of another format.
    """
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        found = str(archive["format"])
        if found != FORMAT:
            message = (
                f"The recognition model is of format {found!r}, this version reads "
                f"{FORMAT!r}. Install the package again, or train the model anew."
            )
            raise ValueError(message)
        arrays: dict[str, Any] = {
            name: np.cumsum(archive[name], dtype=np.uint32) for name in HASHES
        }
        for name in ROUNDED:
            arrays[name] = _unpack(archive[name], archive[f"{name}_scales"])
        for name in PLAIN:
            arrays[name] = archive[name].astype(np.float32)
        return Model(version=str(archive["version"]), **arrays)
