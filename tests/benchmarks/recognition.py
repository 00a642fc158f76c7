"""`make bench`: how fast recognition is, beside python-crfsuite's tagger.

Both read the same text on one core, in one run, and both times count from tokens to
labels, features included. python-crfsuite gets the linear part's features (word, shape,
character n-grams, affixes of the neighbours) and weights trained in a few passes: what
it finds is not compared, and more weights would only slow it down.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import polars as pl
import pycrfsuite

from tests.conftest import ROOT
from training.recognition.__main__ import MODEL
from training.recognition.corpus import Corpus, read_corpus
from transforms.kazakh.recognition.model import load_model
from transforms.kazakh.recognition.scores import Scorer
from transforms.kazakh.recognition.tag import label, tag
from transforms.kazakh.sentences import split_sentences
from transforms.kazakh.tokens import sentence_tokens

CORPUS = Path(os.environ.get("QOIMA_CORPUS", ROOT.parent / "shared" / "corpus"))


def main() -> None:
    if not CORPUS.is_dir():
        print(f"{CORPUS} is absent: set QOIMA_CORPUS to the corpus")
        return
    known = read_corpus(CORPUS / "kaznerd_valid.jsonl")
    lines = (CORPUS / "newsdev2019.kk.txt").read_text("utf-8").splitlines()
    texts = pl.DataFrame({"article_id": range(len(lines)), "version": 1, "text": lines})
    begin = time.process_time()
    tokens = sentence_tokens(texts, split_sentences(texts))
    report("sentences and tokens", tokens.height, begin)
    model = load_model(MODEL.read_bytes())
    scorer = Scorer(model)
    kept = known.tokens.select(
        pl.col("row").alias("article_id"),
        pl.lit(1).alias("version"),
        pl.lit(1).alias("sentence_no"),
        pl.exclude("row"),
    )
    begin = time.process_time()
    label(kept, scorer)
    report("labels, every word new", kept.height, begin)
    for name in ("labels, text of a new subject", "labels, all words known"):
        begin = time.process_time()
        label(tokens, scorer)
        report(name, tokens.height, begin)
    begin = time.process_time()
    tag(tokens, scorer)
    report("spans with confidence, all words known", tokens.height, begin)
    time_crfsuite(known, tokens)


def report(name: str, tokens: int, begin: float) -> None:
    seconds = time.process_time() - begin
    print(f"{name:<45}{tokens / seconds:>12,.0f} tokens/s")


def time_crfsuite(known: Corpus, tokens: pl.DataFrame) -> None:
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"max_iterations": 10, "feature.minfreq": 2})
    words = known.tokens["token"].to_list()
    for first, last in zip(known.starts[:3000], known.starts[1:3001], strict=True):
        labels = [str(number) for number in known.labels[first:last]]
        trainer.append(features(words[first:last]), labels)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        sentences = (
            tokens.group_by("article_id", "sentence_no", maintain_order=True)
            .agg("token")["token"]
            .to_list()
        )
        begin = time.process_time()
        for sentence in sentences:
            tagger.tag(features(sentence))
        report("python-crfsuite", tokens.height, begin)


def features(words: list[str]) -> list[list[str]]:
    bordered = [f"<{word.lower()}>" for word in words]
    affixes = [
        [word, *(word[:n] for n in range(2, 6)), *(word[-n:] for n in range(2, 6))]
        for word in bordered
    ]
    rows = []
    for at, word in enumerate(bordered):
        row = [words[at], f"shape={words[at].istitle()}{words[at].isdigit()}"]
        row += [word[i : i + n] for n in range(2, 6) for i in range(len(word) - n + 1)]
        for step in (-2, -1, 1, 2):
            if 0 <= at + step < len(words):
                row += [f"{step}{affix}" for affix in affixes[at + step]]
        rows.append(row)
    return rows


if __name__ == "__main__":
    main()
