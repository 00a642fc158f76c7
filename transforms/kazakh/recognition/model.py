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
FORMAT = "qoima-recognition-2"
#: Scores are counted in steps: sums of whole numbers are exact in any order.
STEP = 1 / 256
#: Weights of features for labels are whole multiples of this many steps.
LABEL_STEPS = 2
BYTES = ("own", "near")
FLOATS = (
    "near_none", "places", "no_word", "embedding_scales", "inputs", "hidden_places",
    "outputs", "moves", "calibration",
)  # fmt: skip


@dataclass(frozen=True)
class Model:
    """The trained weights, ready for use.

    Attributes:
        version: name and hash of the model.
        hashes: hashes of the features, those that reach the neighbours first.
        own: what each feature adds to the labels of its word, in ``LABEL_STEPS``, and,
            side by side, to its embeddings in all networks, in ``embedding_scales``.
        near: what the first features add to the labels of the neighbours, in
            ``LABEL_STEPS``: features by (neighbours by labels).
        near_none: the same for "no word".
        places: weights of the classes of position for the labels, with "no word"
            around quotations.
        no_word: the embeddings of "no word", in ``embedding_scales``.
        embedding_scales: what one stands for in each column of the embeddings.
        inputs: networks by window (the word itself first) by embedding by units.
        hidden_places: what each class of position adds to the hidden units.
        outputs: hidden units of all networks by labels.
        moves: scores of B to I and of I to I, one row each, a column a class.
        calibration: see ``confidence.calibrate``.
    """

    version: str
    hashes: NDArray[np.uint32]
    own: NDArray[np.int8]
    near: NDArray[np.int8]
    near_none: Floats
    places: Floats
    no_word: Floats
    embedding_scales: Floats
    inputs: Floats
    hidden_places: Floats
    outputs: Floats
    moves: Floats
    calibration: Floats


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
        arrays: dict[str, Any] = {name: archive[name] for name in BYTES}
        # Kept as differences, each part ascending; sums run over at the second part.
        arrays["hashes"] = np.cumsum(archive["hashes"], dtype=np.uint32)
        for name in FLOATS:
            arrays[name] = archive[name].astype(np.float32)
        return Model(version=str(archive["version"]), **arrays)
