"""A landing folder for passes that are cut off: samples, news, copies, faults."""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path

from tests.benchmarks import news
from tests.benchmarks.generate import SAMPLES, sample_sentences

#: Short articles: the passes are many, and each step is passed all the same.
_WORDS = 60
#: The samples are long, and slow to read: one of so many will do.
_EACH_SAMPLE = 4
_FAULTS = {
    "broken.json": b'{"title": ',
    "nothing.txt": b"",
    "noise.txt": b"\x00\x01" * 90,
}
_OLD = 1_700_000_000


def write_pile(landing: Path, articles: int) -> int:
    """Write so many articles, and files that are refused; returns how many files.

    Among them are samples in their formats, copies, articles that changed, a file
    that lies there twice, and files that are refused.
    """
    samples = [path for path in sorted(SAMPLES.rglob("*")) if path.is_file()]
    for path in samples[::_EACH_SAMPLE]:
        target = landing / "samples" / path.relative_to(SAMPLES)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    there = len(samples[::_EACH_SAMPLE])
    sentences = sample_sentences()
    kept, news.WORDS_AN_ARTICLE = news.WORDS_AN_ARTICLE, _WORDS
    for number in range(max(0, articles - there)):
        title, text, day = news.news_article(number, sentences)
        record = {
            "title": title,
            "text": text,
            "date": day.isoformat(),
            "url": f"https://{('baq.kz', 'inform.kz')[number % 2]}/{number}",
        }
        _put(landing / f"{number % 7}" / f"{number:04d}.json", json.dumps(record))
        if number % 20 == 0:
            changed = {
                "text": f"{text}\nКейін толықтырылды.",
                "modified": f"{day}T20:00:00Z",
            }
            _put(
                landing / f"{number % 7}" / f"{number:04d}-b.json",
                json.dumps(record | changed),
            )
    news.WORDS_AN_ARTICLE = kept
    for name, content in _FAULTS.items():
        (landing / name).write_bytes(content)
    shutil.copy(landing / "0" / "0000.json", landing / "again.json")
    files = sorted(path for path in landing.rglob("*") if path.is_file())
    luck = random.Random(1)  # noqa: S311 - repeatable, not secret
    for path in files:
        when = _OLD + luck.randrange(10**6)
        os.utime(path, (when, when))
    return len(files)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
