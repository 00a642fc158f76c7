"""`make bench-backfill`: peak memory of a backfill of few and of many articles.

The same articles as files and as one dump of JSON lines. Each backfill is a process of
its own, so that the peak is its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.generate import make_article, sample_sentences

_FEWER = 4
#: How much more the larger archive may take.
MOST = 1.25
_COMMAND = [sys.executable, "-m", "flows.cli", "backfill"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    count = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as name:
        for make in (write_files, write_dump):
            peaks = [
                measure(Path(name), make, number) for number in (count // _FEWER, count)
            ]
            print(f"  peak grows by {peaks[1] / peaks[0]:.2f} (goal: {MOST})")


def write_files(folder: Path, count: int) -> None:
    """One file an article, in a folder a month."""
    sentences = sample_sentences()
    for number in range(count):
        text = make_article(number, sentences)
        shelf = folder / text[6:10] / text[11:13]
        shelf.mkdir(parents=True, exist_ok=True)
        (shelf / f"{number:07d}.txt").write_text(text, encoding="utf-8")


def write_dump(folder: Path, count: int) -> None:
    """All in one file of JSON lines, the oldest first."""
    folder.mkdir()
    sentences = sample_sentences()
    with (folder / "dump.jsonl").open("w", encoding="utf-8") as dump:
        for number in sorted(range(count), key=lambda one: one % 2400):
            header, _, text = make_article(number, sentences).partition("\n")
            fields = {"date": header[6:16], "title": header[17:], "text": text}
            dump.write(json.dumps(fields, ensure_ascii=False) + "\n")


def measure(folder: Path, make, count: int) -> float:
    """Peak memory of a backfill, in MB; a second one must find nothing to do."""
    archive = folder / f"{make.__name__}-{count}"
    data = folder / f"data-{make.__name__}-{count}"
    make(archive, count)
    size = sum(path.stat().st_size for path in archive.rglob("*.*"))
    first = run(archive, data)
    again = run(archive, data)
    assert first["articles_loaded"] == count, first
    assert again["articles_loaded"] == again["records_read"] == 0, again
    print(
        f"{count:>7} articles, {make.__name__}, {size / 1e6:.0f} MB: "
        f"peak {first['peak']:.0f} MB, {len(first['load_ids'])} loads, "
        f"{first['processor']:.0f} s of processor, {first['wall']:.0f} s; "
        f"a second start {again['wall']:.1f} s",
        flush=True,
    )
    return float(first["peak"])


def run(archive: Path, data: Path) -> dict:
    """Make a backfill, and say what it cost."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [*_COMMAND, archive, "--data", data, "--json"],
        stdout=subprocess.PIPE,
    )
    output = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, status
    return json.loads(output) | {
        "peak": used.ru_maxrss / 1000,
        "processor": used.ru_utime + used.ru_stime,
        "wall": time.perf_counter() - begun,
    }


if __name__ == "__main__":
    main()
