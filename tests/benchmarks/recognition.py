"""`make bench`: how fast recognition is, beside python-crfsuite's tagger.

Both read the same text on one core, in one run, and times count from tokens to labels,
features included. python-crfsuite gets the linear part of our model as a file of its
own, the same features and weights; the run shows that it finds the same labels. It is
then also timed without the features, on attributes made before, where nothing but its
own code counts. Text of a new subject is read after the training sentences, so that
their words are known, and read again once its own words are.
"""

from __future__ import annotations

import os
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pycrfsuite

from tests.benchmarks.crfsuite_file import (
    Attributes,
    crfsuite_file,
    label_name,
    linear_part,
)
from tests.conftest import ROOT
from training.recognition.__main__ import MODEL
from training.recognition.corpus import read_corpus
from transforms.kazakh.recognition.context import look_around, signs_of
from transforms.kazakh.recognition.model import load_model
from transforms.kazakh.recognition.scores import Scorer
from transforms.kazakh.recognition.tag import label, sentence_starts, tag
from transforms.kazakh.sentences import split_sentences
from transforms.kazakh.tokens import sentence_tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from transforms.kazakh.recognition.model import Model

CORPUS = Path(os.environ.get("QOIMA_CORPUS", ROOT.parent / "shared" / "corpus"))
#: Each known text is read so many times; the best counts.
_TIMES = 3


def main() -> None:
    if not CORPUS.is_dir():
        print(f"{CORPUS} is absent: set QOIMA_CORPUS to the corpus")
        return
    known = read_corpus(CORPUS / "kaznerd_valid.jsonl").tokens.select(
        pl.col("row").alias("article_id"),
        pl.lit(1).alias("version"),
        pl.lit(1).alias("sentence_no"),
        pl.exclude("row"),
    )
    lines = (CORPUS / "newsdev2019.kk.txt").read_text("utf-8").splitlines()
    texts = pl.DataFrame({"article_id": range(len(lines)), "version": 1, "text": lines})
    begin = time.process_time()
    tokens = sentence_tokens(texts, split_sentences(texts))
    report("sentences and tokens", tokens.height / (time.process_time() - begin))
    begin = time.process_time()
    model = load_model(MODEL.read_bytes())
    scorer = Scorer(model)
    print(f"{'loading the model':<48}{time.process_time() - begin:>10.2f} s")
    report("labels, every word new", speed(lambda: label(known, scorer), known.height))
    new, warm = fresh_and_known(lambda: label(tokens, scorer), tokens.height)
    report("labels, text of a new subject", new)
    report("labels, all words known", warm)
    _, warm = fresh_and_known(lambda: tag(tokens, scorer), tokens.height)
    report("spans with confidence, all words known", warm)
    beside_crfsuite(model, known, tokens)
    both_cores(scorer, tokens)


def speed(work: Callable[[], object], tokens: int) -> float:
    """Give tokens a second of this process's time."""
    begin = time.process_time()
    work()
    return tokens / (time.process_time() - begin)


def fresh_and_known(work: Callable[[], object], tokens: int) -> tuple[float, float]:
    return speed(work, tokens), known_speed(work, tokens)


def known_speed(work: Callable[[], object], tokens: int) -> float:
    return max(speed(work, tokens) for _ in range(_TIMES))


def report(name: str, tokens: float, beside: float | None = None) -> None:
    ratio = f"  {tokens / beside:6.1f} times" if beside else ""
    print(f"{name:<48}{tokens:>10,.0f} tokens/s{ratio}")


def beside_crfsuite(model: Model, known: pl.DataFrame, tokens: pl.DataFrame) -> None:
    linear = linear_part(model)
    ours, theirs = Scorer(linear), Crfsuite(linear)
    label(known, ours)
    theirs.attributes.learn(known["token"].unique(maintain_order=True))
    new, warm = fresh_and_known(lambda: label(tokens, ours), tokens.height)
    their_new = speed(lambda: theirs.label(tokens), tokens.height)
    sentences = theirs.describe(tokens)
    sequences = [pycrfsuite.ItemSequence(sentence) for sentence in sentences]
    found = theirs.tag(sequences)
    their_warm = known_speed(lambda: theirs.label(tokens), tokens.height)
    alone = known_speed(lambda: theirs.tag(sequences), tokens.height)
    print("the linear part alone, the same model for both")
    report("  python-crfsuite, text of a new subject", their_new)
    report("  ours, text of a new subject", new, their_new)
    report("  python-crfsuite, all words known", their_warm)
    report("  ours, all words known", warm, their_warm)
    report("  python-crfsuite, attributes ready", alone)
    labels = [label_name(number) for number in label(tokens, ours).labels]
    same = sum(one == other for one, other in zip(labels, found, strict=True))
    print(f"  the same labels for {same:,} of {len(labels):,} tokens")


class Crfsuite:
    """python-crfsuite with the linear part of a model."""

    def __init__(self, linear: Model) -> None:
        self.attributes = Attributes()
        self.tagger = pycrfsuite.Tagger()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model"
            path.write_bytes(crfsuite_file(linear))
            self.tagger.open(str(path))

    def describe(self, tokens: pl.DataFrame) -> list[list[list[str]]]:
        """Give the attributes of each token, by sentence."""
        starts = sentence_starts(tokens)
        words = tokens["token"].unique(maintain_order=True)
        numbers = {word: number for number, word in enumerate(words)}
        types = np.array([numbers[word] for word in tokens["token"]], np.int32)
        context = look_around(types, starts[:-1], signs_of(words), len(words))
        found = self.attributes.of(words, types, context)
        return [found[i:j] for i, j in pairwise(starts)]

    def tag(self, sentences: list) -> list[str]:
        return [name for sentence in sentences for name in self.tagger.tag(sentence)]

    def label(self, tokens: pl.DataFrame) -> list[str]:
        return self.tag(self.describe(tokens))


def both_cores(scorer: Scorer, tokens: pl.DataFrame) -> None:
    """Time a large batch by the clock; needs idle cores to mean anything."""
    many = pl.concat(
        [
            tokens.with_columns(pl.col("article_id") + part * 1_000_000)
            for part in range(10)
        ]
    )
    print("by the clock, ten times the text")
    for workers in (1, 2):
        best = min(_clock(many, scorer, workers) for _ in range(_TIMES))
        report(f"  spans with confidence, {workers} workers", many.height / best)


def _clock(tokens: pl.DataFrame, scorer: Scorer, workers: int) -> float:
    begin = time.perf_counter()
    tag(tokens, scorer, workers)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
