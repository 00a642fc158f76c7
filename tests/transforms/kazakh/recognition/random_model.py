"""A small model of random weights, and its scores worked out word by word."""

import numpy as np
import polars as pl

from transforms.kazakh.recognition.context import (
    NEIGHBOURS,
    PLACES,
    look_around,
    signs_of,
)
from transforms.kazakh.recognition.features import word_features
from transforms.kazakh.recognition.labels import COUNT, LABELS
from transforms.kazakh.recognition.model import LABEL_STEPS, STEP, Model

WIDTH, UNITS, NETWORKS = 4, 6, 2


def random_model(words: list[str], seed: int = 0) -> Model:
    chance = np.random.default_rng(seed)

    def normal(*shape):
        return chance.standard_normal(shape).astype(np.float32)

    def whole(*shape):
        return chance.integers(-127, 128, shape, dtype=np.int8)

    found = word_features(pl.Series(words))
    near = np.unique(found.hashes[found.is_near])
    others = np.setdiff1d(found.hashes, near)
    # Some features are not in the model, some that could reach neighbours do not.
    hashes = np.concatenate([near[::2], np.union1d(others, near[1::4])])
    grid = np.linspace(0, 1, 11, dtype=np.float32)
    return Model(
        version="random",
        hashes=hashes,
        own=whole(len(hashes), LABELS + NETWORKS * WIDTH),
        near=whole(len(near[::2]), len(NEIGHBOURS) * LABELS),
        near_none=normal(len(NEIGHBOURS) * LABELS),
        places=normal(PLACES, LABELS),
        no_word=normal(NETWORKS * WIDTH) * 100,
        embedding_scales=np.abs(normal(NETWORKS * WIDTH)) / 400,
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
        (weights[row[0]].astype(float) for row in rows if row.size),
        np.zeros(weights.shape[1]),
    )


def plain_emissions(model: Model, sentence: list[str]) -> np.ndarray:
    """Score one sentence token by token, straight from the model's definition."""
    words = pl.Series(sentence).unique(maintain_order=True)
    listed = words.to_list()
    types = np.array([listed.index(word) for word in sentence], dtype=np.int32)
    none = len(words)
    context = look_around(types, np.zeros(1, np.int64), signs_of(words), none)
    unit = LABEL_STEPS * STEP

    def described(kind):
        """Give a word's own scores, embeddings, and scores for its neighbours."""
        if kind == none:
            return None, np.rint(model.no_word), model.near_none
        hashes = features_of(listed[kind], near=False)
        both = summed(model.hashes, model.own, hashes)
        hashes = features_of(listed[kind], near=True)
        near = summed(model.hashes[: len(model.near)], model.near, hashes) * unit
        return both[:LABELS] * unit, both[LABELS:], near

    scores = []
    for at in range(len(sentence)):
        place = context.place[at]
        score = model.places[place].astype(np.float64)
        score += described(types[at])[0]
        hidden = model.hidden_places[place].astype(np.float64)
        for side in range(-1, len(NEIGHBOURS)):
            beside = types[at] if side < 0 else context.neighbours[side, at]
            _, vector, near = described(beside)
            # "No word" around a quotation is part of the classes of position.
            if side >= 4:
                _, no_vector, no_near = described(none)
                vector, near = vector - no_vector, near - no_near
            if side >= 0:
                score += near.reshape(len(NEIGHBOURS), LABELS)[side]
            vector = vector * model.embedding_scales
            for net in range(NETWORKS):
                part = vector[net * WIDTH : (net + 1) * WIDTH]
                units = slice(net * UNITS, (net + 1) * UNITS)
                hidden[units] += part @ model.inputs[net, side + 1]
        scores.append(score + np.maximum(hidden, 0) @ model.outputs)
    return np.array(scores)
