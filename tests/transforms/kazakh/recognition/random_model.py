"""A small model of random weights, and its scores worked out word by word."""

import numpy as np
import polars as pl

from transforms.kazakh.recognition.context import NEIGHBOURS, PLACES, look_around
from transforms.kazakh.recognition.features import word_features
from transforms.kazakh.recognition.labels import COUNT, LABELS
from transforms.kazakh.recognition.model import Model

WIDTH, UNITS, NETWORKS = 4, 6, 2


def random_model(words: list[str], seed: int = 0) -> Model:
    chance = np.random.default_rng(seed)

    def normal(*shape):
        return chance.standard_normal(shape).astype(np.float32)

    found = word_features(pl.Series(words))
    own = np.unique(found.hashes)
    near = np.unique(found.hashes[found.is_near])
    embedded = own[::2]
    grid = np.linspace(0, 1, 11, dtype=np.float32)
    return Model(
        version="random",
        own_hashes=own,
        own=normal(len(own), LABELS),
        near_hashes=near,
        near=normal(len(near), len(NEIGHBOURS) * LABELS),
        near_none=normal(len(NEIGHBOURS) * LABELS),
        places=normal(PLACES, LABELS),
        network_hashes=embedded,
        embeddings=normal(len(embedded), NETWORKS * WIDTH),
        no_word=normal(NETWORKS * WIDTH),
        inputs=normal(NETWORKS, len(NEIGHBOURS) + 1, WIDTH, UNITS),
        hidden_places=normal(PLACES, NETWORKS * UNITS),
        outputs=normal(NETWORKS * UNITS, LABELS),
        moves=normal(2, COUNT),
        calibration=np.tile(grid, (COUNT, 1)),
    )


def features_of(word: str, *, near: bool) -> list[int]:
    found = word_features(pl.Series([word]))
    return found.hashes[found.is_near].tolist() if near else found.hashes.tolist()


def summed(known, weights, hashes):
    rows = [np.flatnonzero(known == np.uint32(value)) for value in hashes]
    return sum(
        (weights[row[0]] for row in rows if row.size), np.zeros(weights.shape[1])
    )


def plain_emissions(model: Model, sentence: list[str]) -> np.ndarray:
    """Score one sentence token by token, straight from the model's definition."""
    words = pl.Series(sentence).unique(maintain_order=True)
    listed = words.to_list()
    types = np.array([listed.index(word) for word in sentence], dtype=np.int32)
    context = look_around(types, np.zeros(1, np.int64), words)
    scores = []
    for at, word in enumerate(sentence):
        place = context.place[at]
        score = model.places[place].astype(np.float64)
        score += summed(model.own_hashes, model.own, features_of(word, near=False))
        hidden = model.hidden_places[place].astype(np.float64)
        for side in range(-1, len(NEIGHBOURS)):
            beside = types[at] if side < 0 else context.neighbours[at, side]
            if beside == len(words):
                vector, near = model.no_word, model.near_none
            else:
                other = listed[beside]
                vector = summed(
                    model.network_hashes,
                    model.embeddings,
                    features_of(other, near=False),
                )
                near = summed(
                    model.near_hashes, model.near, features_of(other, near=True)
                )
            # "No word" around a quotation is part of the classes of position.
            if side >= 4:
                if beside == len(words):
                    continue
                vector, near = vector - model.no_word, near - model.near_none
            if side >= 0:
                score += near.reshape(len(NEIGHBOURS), LABELS)[side]
            for net in range(NETWORKS):
                part = vector[net * WIDTH : (net + 1) * WIDTH]
                units = slice(net * UNITS, (net + 1) * UNITS)
                hidden[units] += part @ model.inputs[net, side + 1]
        scores.append(score + np.maximum(hidden, 0) @ model.outputs)
    return np.array(scores)
