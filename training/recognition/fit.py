"""Fit a whole model and write it as the package reads it."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from training.recognition.linear import Task, train_linear
from training.recognition.matrix import token_matrix
from training.recognition.network import NetworkPlan, Surroundings, train_network
from transforms.kazakh.recognition.context import NEIGHBOURS, PLACES
from transforms.kazakh.recognition.labels import COUNT, LABELS
from transforms.kazakh.recognition.model import FLOATS, FORMAT, LABEL_STEPS, STEP

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.recognition.corpus import Corpus
    from training.recognition.matrix import Design
    from training.recognition.network import Network

#: A feature seen fewer times than this is left out.
LEAST = 2
#: Networks averaged.
NETWORKS = 2
#: The share of the linear part in the scores; the networks have the rest.
LINEAR_SHARE = 0.4
#: n-grams of these lengths have embeddings, beside words, shapes and affixes.
EMBEDDED = (0, 3, 4)


@dataclass(frozen=True)
class Fitted:
    """The arrays of a model before rounding, under the names of ``Model``."""

    arrays: dict[str, Any]


def fit(corpus: Corpus, design: Design, sentences: NDArray[np.int64]) -> Fitted:
    """Fit the linear part and the networks, and average them.

    Args:
        corpus: the sentences.
        design: their features.
        sentences: which to learn from.

    Returns:
        The model's arrays, without calibration.
    """
    arrays = _fit_linear(corpus, design, sentences)
    arrays |= _fit_networks(corpus, design, sentences)
    arrays["moves"] = LINEAR_SHARE * arrays.pop("linear_moves") + (
        1 - LINEAR_SHARE
    ) * arrays.pop("network_moves")
    # The bias of the labels joins the classes of position, which all tokens have.
    arrays["places"] = arrays["places"] + arrays.pop("output_bias")
    return Fitted(arrays)


def _chosen(corpus: Corpus, sentences: NDArray[np.int64]) -> NDArray[np.bool_]:
    is_chosen = np.zeros(len(corpus.variants), dtype=bool)
    is_chosen[sentences] = True
    tokens: NDArray[np.bool_] = np.repeat(is_chosen, np.diff(corpus.starts))
    return tokens


def _fit_linear(
    corpus: Corpus, design: Design, sentences: NDArray[np.int64]
) -> dict[str, Any]:
    chosen = _chosen(corpus, sentences)
    matrix, _ = token_matrix(design, corpus.types, chosen, LEAST)
    task = Task(corpus.starts, corpus.labels, sentences)
    weights, moves = train_linear(matrix, task, seed=0)
    weights *= LINEAR_SHARE
    owns, nears = len(design.own_hashes), len(design.near_hashes)
    near = weights[owns : owns + len(NEIGHBOURS) * (nears + 1)]
    near = near.reshape(len(NEIGHBOURS), nears + 1, LABELS).transpose(1, 0, 2)
    near = near.reshape(nears + 1, -1)
    places = weights[-PLACES:].copy()
    for side in (4, 5):
        places += near[-1].reshape(len(NEIGHBOURS), LABELS)[side]
    return {
        "own_hashes": design.own_hashes,
        "own": weights[:owns],
        "near_hashes": design.near_hashes,
        "near": near[:-1],
        "near_none": near[-1],
        "places": places,
        "linear_moves": moves,
    }


def _fit_networks(
    corpus: Corpus, design: Design, sentences: NDArray[np.int64]
) -> dict[str, Any]:
    plan = NetworkPlan()
    chosen = _chosen(corpus, sentences)
    own = design.own
    counts = np.bincount(own[corpus.types[chosen]].indices, minlength=own.shape[1])
    is_embedded = np.isin(design.sizes, EMBEDDED)
    is_embedded |= np.isin(design.own_hashes, design.near_hashes)
    columns = np.flatnonzero(is_embedded & (counts >= LEAST))
    matrix = with_no_word(own[:, columns])
    window = np.hstack([design.neighbours, corpus.types[:, None]])
    read = Surroundings(matrix, window, design.place)
    task = Task(corpus.starts, corpus.labels, sentences)
    nets = [train_network(read, task, seed, plan) for seed in range(1, NETWORKS + 1)]
    share = np.float32((1 - LINEAR_SHARE) / NETWORKS)
    parts = [_arrange(net, plan) for net in nets]
    embeddings = np.hstack([net.embeddings for net in nets])
    return {
        "network_hashes": design.own_hashes[columns],
        "embeddings": embeddings[:-1],
        "no_word": embeddings[-1],
        "inputs": np.stack([inputs for inputs, _ in parts]),
        "hidden_places": np.hstack([places for _, places in parts]),
        "outputs": np.vstack([net.outputs for net in nets]) * share,
        "output_bias": sum(net.output_bias for net in nets) * share,
        "network_moves": sum(net.moves for net in nets) / np.float32(NETWORKS),
    }


def with_no_word(matrix: sparse.csr_array) -> sparse.csr_array:
    """Add a row for "no word" with a feature of its own, the last."""
    types, features = matrix.shape
    wide = sparse.csr_array(matrix)
    wide.resize((types + 1, features + 1))
    one = (np.ones(1, np.float32), ([types], [features]))
    return sparse.csr_array(wide + sparse.csr_array(one, shape=wide.shape))


def _arrange(
    net: Network, plan: NetworkPlan
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Put the word itself first; what is the same for a place goes into one row."""
    blocks = net.inputs[:-PLACES].reshape(-1, plan.width, plan.hidden)
    inputs = np.concatenate([blocks[-1:], blocks[:-1]])
    places = net.inputs[-PLACES:] + net.bias
    for side in (-2, -1):
        places = places + net.embeddings[-1] @ inputs[side]
    return inputs, places


def pack(fitted: Fitted, calibration: NDArray[np.float32]) -> bytes:
    """Write a model as the bytes of its file; the same model gives the same bytes.

    Weights of features are rounded to a byte; features whose weights all round to
    nothing are left out.

    Args:
        fitted: the arrays.
        calibration: shares that are right, classes by evenly spaced chances.

    Returns:
        A compressed NumPy archive.
    """
    arrays = fitted.arrays | {"calibration": calibration}
    unit = LABEL_STEPS * STEP
    labels, near = (_to_bytes(arrays[name], unit) for name in ("own", "near"))
    scales = np.abs(arrays["embeddings"]).max(axis=0) / 127
    scales[scales == 0] = 1
    embeddings = _to_bytes(arrays["embeddings"], scales)
    hashes = arrays["own_hashes"]
    own = np.zeros((len(hashes), LABELS + embeddings.shape[1]), np.int8)
    own[:, :LABELS] = labels
    own[np.searchsorted(hashes, arrays["network_hashes"]), LABELS:] = embeddings
    reaching = np.zeros((len(hashes), near.shape[1]), np.int8)
    reaching[np.searchsorted(hashes, arrays["near_hashes"])] = near
    reaches = reaching.any(axis=1)
    order = np.concatenate(
        [np.flatnonzero(reaches), np.flatnonzero(~reaches & own.any(axis=1))]
    )
    arrays["embedding_scales"] = scales
    arrays["no_word"] = arrays["no_word"] / scales
    packed: dict[str, Any] = {
        name: arrays[name].astype(np.float16 if name == "inputs" else np.float32)
        for name in FLOATS
    }
    packed["hashes"] = np.diff(hashes[order], prepend=np.uint32(0))
    packed["own"], packed["near"] = own[order], reaching[reaches]
    digest = hashlib.sha256()
    for name in sorted(packed):
        digest.update(name.encode() + packed[name].tobytes())
    packed["format"] = np.array(FORMAT)
    packed["version"] = np.array(f"kaznerd-{digest.hexdigest()[:12]}")
    file = io.BytesIO()
    np.savez_compressed(file, **packed)
    return file.getvalue()


def _to_bytes(
    weights: NDArray[np.float32], scale: float | NDArray[np.float32]
) -> NDArray[np.int8]:
    rounded: NDArray[np.int8] = np.clip(np.rint(weights / scale), -127, 127).astype(
        np.int8
    )
    return rounded


def no_calibration() -> NDArray[np.float32]:
    """Give the table that leaves chances as they are."""
    return np.tile(np.array([0, 1], dtype=np.float32), (COUNT, 1))
