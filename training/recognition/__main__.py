"""Train and measure: ``python -m training.recognition CORPUS``.

Trains on four fifths of the corpus five times and measures each on the fifth left out,
learns from these what the chances are worth, then trains on everything and writes the
model that the package ships, and the figures with the hashes of what they come from.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

# Sums in the same order on every machine of a kind; read when NumPy is imported.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
import orjson
import polars as pl

from training.recognition.corpus import read_corpus
from training.recognition.fit import fit, pack
from training.recognition.matrix import lay_out
from training.recognition.measure import (
    FOLDS,
    band_table,
    calibration_of,
    class_table,
    found_in_fold_of,
)
from transforms.kazakh.recognition.model import load_model

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "transforms" / "kazakh" / "model" / "recognition.npz"
FIGURES = ROOT / "tests" / "eval" / "recognition.json"
CORPUS_FILE = "kaznerd_valid.jsonl"
#: How far another run may fall below the measured figure by chance.
_LEEWAY = 0.005


def code_hash() -> str:
    """Hash everything that a trained model depends on but the corpus."""
    files = [
        *(ROOT / "training" / "recognition").glob("*.py"),
        *(ROOT / "transforms" / "kazakh" / "recognition").glob("*.py"),
        ROOT / "transforms" / "kazakh" / "tokens.py",
    ]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def main() -> None:
    """Train, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="folder of the corpus")
    parser.add_argument("--jobs", type=int, default=1, help="folds trained at once")
    chosen = parser.parse_args()
    path = chosen.corpus / CORPUS_FILE
    corpus = read_corpus(path)
    # Polars' threads do not live through a fork.
    with ProcessPoolExecutor(chosen.jobs, get_context("spawn")) as pool:
        found = pl.concat(pool.map(found_in_fold_of, [path] * FOLDS, range(FOLDS)))
    table, bands = class_table(found, corpus.entities), band_table(found)
    with pl.Config(tbl_rows=-1, tbl_hide_dataframe_shape=True):
        sys.stdout.write(f"{table}\n{bands}\n")
    everything = np.arange(len(corpus.variants))
    content = pack(fit(corpus, lay_out(corpus), everything), calibration_of(found))
    MODEL.parent.mkdir(exist_ok=True)
    MODEL.write_bytes(content)
    _write_figures(path, content, table, bands)


def _write_figures(
    path: Path, content: bytes, table: pl.DataFrame, bands: pl.DataFrame
) -> None:
    """Write the figures; the floor only rises."""
    before = orjson.loads(FIGURES.read_bytes()) if FIGURES.exists() else {}
    micro = table.filter(pl.col("class") == "all")["f1"].item()
    figures = {
        "micro_f1": micro,
        "floor": max(before.get("floor", 0.0), round(micro - _LEEWAY, 3)),
        "model_version": load_model(content).version,
        "corpus_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "code_sha256": code_hash(),
        "model_sha256": hashlib.sha256(content).hexdigest(),
        "classes": table.to_dicts(),
        "bands": bands.with_columns(pl.col("band").cast(pl.String)).to_dicts(),
    }
    FIGURES.write_bytes(orjson.dumps(figures, option=orjson.OPT_INDENT_2) + b"\n")


if __name__ == "__main__":
    main()
