"""Write the linear part of a model as a file of CRFsuite, so that both do one task.

The layout is that of CRFsuite 0.12 (``crf1d_model.c``, ``cqdb.c``): a header, two
dictionaries (names to numbers and back), for each label and each attribute the list of
its features, and the features, a label and a weight each. All names have eleven
letters, which makes each a twelve-byte key.
"""

from dataclasses import replace

import numpy as np
import polars as pl

from transforms.kazakh.recognition.context import FIXED, NEIGHBOURS, PLACES, Context
from transforms.kazakh.recognition.features import word_features
from transforms.kazakh.recognition.labels import BEGIN, COUNT, INSIDE, LABELS
from transforms.kazakh.recognition.model import LABEL_STEPS, STEP, Model

SIDES = ("l2:", "l1:", "r1:", "r2:", "qb:", "qa:")
OWN, PLACE = "ow:", "at:"
NONE = "-" * 8
NEVER = -1e6
_TABLES = 256
_HEADER, _CHUNK = 48, 12


def linear_part(model: Model) -> Model:
    """Leave the networks out: a linear chain over the same features."""
    nothing = np.zeros(0, np.float32)
    return replace(
        model,
        own=np.ascontiguousarray(model.own[:, :LABELS]),
        no_word=nothing,
        embedding_scales=nothing,
        inputs=np.zeros((0, 1 + len(NEIGHBOURS), 0, 0), np.float32),
        hidden_places=np.zeros((PLACES, 0), np.float32),
        outputs=np.zeros((0, LABELS), np.float32),
    )


def label_name(label: int) -> str:
    return f"label{label:06d}"


def crfsuite_file(model: Model) -> bytes:
    """Give the bytes of a CRFsuite model that labels as the linear part does."""
    names, weights = _attributes(model)
    attribute, label = np.nonzero(weights)
    moves = np.full((LABELS, COUNT), NEVER)
    kinds = np.arange(COUNT)
    moves[BEGIN.start + kinds, kinds] = model.moves[0]
    moves[INSIDE.start + kinds, kinds] = model.moves[1]
    before, kind = np.nonzero(moves)
    features = np.zeros(
        len(before) + len(attribute),
        [("type", "<u4"), ("from", "<u4"), ("to", "<u4"), ("weight", "<f8")],
    )
    cut = len(before)
    features["type"][:cut] = 1
    features["from"][:cut], features["to"][:cut] = before, INSIDE.start + kind
    features["weight"][:cut] = moves[before, kind]
    features["from"][cut:], features["to"][cut:] = attribute, label
    features["weight"][cut:] = weights[attribute, label]
    labels = [label_name(number) for number in range(LABELS)]
    by_label = np.bincount(before, minlength=LABELS)
    by_attribute = np.bincount(attribute, minlength=len(names))
    content = bytearray(_HEADER)
    offsets = []
    for part in (
        lambda _: _dictionary(labels),
        lambda _: _dictionary(names),
        lambda begin: _references(b"LFRF", by_label, 0, begin),
        lambda begin: _references(b"AFRF", by_attribute, cut, begin),
        lambda _: _chunk(b"FEAT", len(features), features.tobytes()),
    ):
        offsets.append(len(content))
        content += part(len(content))
        content += bytes(-len(content) % 4)
    counts = (len(features), len(labels), len(names), offsets[-1], *offsets[:-1])
    content[:_HEADER] = b"lCRF" + _words(len(content)) + b"FOMC" + _words(100, *counts)
    return bytes(content)


def _attributes(model: Model) -> tuple[list[str], np.ndarray]:
    """Give the names of all attributes and their weights for each label."""
    unit = LABEL_STEPS * STEP
    hashes = [f"{number:08x}" for number in model.hashes.tolist()]
    near = model.near.reshape(-1, len(NEIGHBOURS), LABELS) * unit
    none = _in_steps(model.near_none).reshape(len(NEIGHBOURS), LABELS)
    names = [OWN + name for name in hashes]
    weights = [model.own[:, :LABELS] * unit]
    for side, mark in enumerate(SIDES):
        names += [mark + name for name in hashes[: len(near)]] + [mark + NONE]
        # "No word" around quotations is part of the places.
        extra = none[side] if side < FIXED else -none[side]
        weights += [near[:, side], extra[None]]
    places = _in_steps(model.places)
    # The odd ones begin a sentence.
    places[1::2, INSIDE] = NEVER
    names += [f"{PLACE}{place:08x}" for place in range(PLACES)]
    return names, np.concatenate([*weights, places]).astype(np.float64)


def _in_steps(weights: np.ndarray) -> np.ndarray:
    return np.rint(weights.astype(np.float64) / STEP) * STEP


def _words(*numbers: int) -> bytes:
    return np.array(numbers, "<u4").tobytes()


def _chunk(name: bytes, count: int, content: bytes) -> bytes:
    return name + _words(_CHUNK + len(content), count) + content


def _references(name: bytes, counts: np.ndarray, first: int, begin: int) -> bytes:
    """Give each item the numbers of its features, which lie together in order."""
    sizes = 1 + counts
    ends = np.cumsum(sizes)
    body = np.zeros(int(ends[-1]), "<u4")
    starts = ends - sizes
    owners = np.repeat(np.arange(len(counts)), counts)
    body[starts] = counts
    features = np.arange(int(counts.sum()))
    body[features + owners + 1] = features + first
    offsets = (begin + _CHUNK + 4 * len(counts) + 4 * starts).astype("<u4")
    return _chunk(name, len(counts), offsets.tobytes() + body.tobytes())


def _dictionary(names: list[str]) -> bytes:
    """Write a CQDB: records, 256 hash tables, and the way from numbers to records."""
    keys = np.array([name.encode() + b"\0" for name in names])
    records = np.zeros(len(names), [("id", "<u4"), ("size", "<u4"), ("key", "S12")])
    records["id"], records["size"] = np.arange(len(names)), 12
    records["key"] = keys
    begin = 24 + 8 * _TABLES
    places = begin + records.itemsize * np.arange(len(names))
    hashes = _hash(records["key"])
    tables, references, at = [], [], begin + records.nbytes
    for number in range(_TABLES):
        chosen = np.flatnonzero(hashes % _TABLES == number)
        size = 2 * len(chosen)
        table = np.zeros((size, 2), "<u4")
        for hashed, place in zip(
            hashes[chosen].tolist(), places[chosen].tolist(), strict=True
        ):
            slot = (hashed >> 8) % size
            while table[slot, 1]:
                slot = (slot + 1) % size
            table[slot] = hashed, place
        tables.append(table.tobytes())
        references += [at if size else 0, size]
        at += table.nbytes
    size = at + 4 * len(names)
    head = b"CQDB" + _words(size, 0, 0x62445371, len(names), at, *references)
    return head + records.tobytes() + b"".join(tables) + _words(*places)


def _hash(keys: np.ndarray) -> np.ndarray:
    """Hash keys of twelve bytes by lookup3 of Bob Jenkins, as CQDB does."""
    parts = np.frombuffer(keys.astype("S12").tobytes(), "<u4").reshape(-1, 3)
    a, b, c = (parts + np.uint32(0xDEADBEEF + 12)).T
    spread = ((2, 1, 14), (0, 2, 11), (1, 0, 25), (2, 1, 16), (0, 2, 4), (1, 0, 14),
              (2, 1, 24))  # fmt: skip
    state = [a, b, c]
    for changed, by, turn in spread:
        other = state[by]
        turned = (other << np.uint32(turn)) | (other >> np.uint32(32 - turn))
        state[changed] = (state[changed] ^ other) - turned
    return state[2].astype(np.int64)


class Attributes:
    """Makes the attributes of tokens; keeps those of words met before."""

    def __init__(self) -> None:
        self.kept: dict[str, list[list[str]]] = {}

    def learn(self, words: pl.Series) -> None:
        new = [word for word in words.to_list() if word not in self.kept]
        if not new:
            return
        found = word_features(pl.Series(new))
        names = [f"{number:08x}" for number in found.hashes.tolist()]
        nears, bounds = found.is_near.tolist(), found.bounds.tolist()
        for word, first, last in zip(new, bounds, bounds[1:], strict=False):
            own = names[first:last]
            near = [names[i] for i in range(first, last) if nears[i]]
            self.kept[word] = [
                [OWN + name for name in own],
                *([mark + name for name in near] for mark in SIDES),
            ]

    def of(self, words: pl.Series, types: np.ndarray, context: Context) -> list:
        """Give the attributes of each token."""
        self.learn(words)
        rows = [self.kept[word] for word in words.to_list()]
        absent = [None, *([mark + NONE] for mark in SIDES)]
        neighbours = context.neighbours.T.tolist()
        tokens = []
        for here, beside, place in zip(
            types.tolist(), neighbours, context.place.tolist(), strict=True
        ):
            token = [*rows[here][0], f"{PLACE}{place:08x}"]
            for side, other in enumerate(beside, start=1):
                is_word = other < len(rows)
                if is_word:
                    token += rows[other][side]
                if is_word == (side > FIXED):
                    token += absent[side]
            tokens.append(token)
        return tokens
