"""The linear part labels as CRFsuite does, which was written by others."""

import numpy as np
import pycrfsuite

from tests.benchmarks.crfsuite_file import (
    Attributes,
    crfsuite_file,
    label_name,
    linear_part,
)
from tests.transforms.kazakh.recognition.random_model import random_model
from tests.transforms.kazakh.recognition.test_recognition import WORDS, in_sentences
from transforms.kazakh.recognition.context import look_around, signs_of
from transforms.kazakh.recognition.scores import Scorer
from transforms.kazakh.recognition.tag import label


def test_the_linear_part_labels_as_crfsuite_does(tmp_path):
    chance = np.random.default_rng(5)
    sentences = [
        chance.choice(WORDS, size).tolist() for size in chance.integers(1, 12, 60)
    ]
    model = linear_part(random_model(WORDS))
    path = tmp_path / "model"
    path.write_bytes(crfsuite_file(model))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    tokens = in_sentences(sentences)
    ours = label(tokens, Scorer(model))
    words = tokens["token"].unique(maintain_order=True)
    numbers = {word: number for number, word in enumerate(words)}
    types = np.array([numbers[word] for word in tokens["token"]], np.int32)
    context = look_around(types, ours.starts[:-1], signs_of(words), len(words))
    attributes = Attributes().of(words, types, context)
    theirs = []
    for first, last in zip(ours.starts, ours.starts[1:], strict=False):
        theirs += tagger.tag(attributes[first:last])
    assert theirs == [label_name(number) for number in ours.labels]
    assert len(set(theirs)) > 10
