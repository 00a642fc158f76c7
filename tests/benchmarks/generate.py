"""Generates articles for load tests: sentences of the samples, shuffled, renumbered.

The same seed gives the same articles. They read as nonsense, but their letters,
words, lengths and shapes are those of the samples.
"""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "seeds" / "articles"
WORDS_AN_ARTICLE = 450
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_NUMBER = re.compile(r"\d+")
#: The Latin-script sample and the scans are odd on purpose; a load is not made of them.
_ODD = re.compile(r"[ıöñşğüäū©]|[A-Za-z][а-яәғқңөұүһі]|[а-яәғқңөұүһі][A-Za-z]")


def sample_sentences() -> list[str]:
    """Sentences of ordinary length from the Kazakh text samples, in a fixed order."""
    sentences: list[str] = []
    for path in sorted(SAMPLES.rglob("*.txt")):
        text = path.read_text(encoding="utf-8-sig")
        for line in text.splitlines()[1:]:
            sentences += [
                part
                for part in _SENTENCE.split(line.strip())
                if 40 <= len(part) <= 300
                and not part.startswith(("-", "—", "–"))
                and not _ODD.search(part)
            ]
    return sentences


def write_articles(folder: Path, count: int, *, first: int = 0) -> None:
    """Write so many articles as text files, a thousand a folder."""
    sentences = sample_sentences()
    for number in range(first, first + count):
        shelf = folder / f"{number // 1000:04d}"
        shelf.mkdir(parents=True, exist_ok=True)
        (shelf / f"{number:07d}.txt").write_text(
            make_article(number, sentences), encoding="utf-8"
        )


def make_article(number: int, sentences: list[str]) -> str:
    """One article of about 450 words, with a header, a dateline and paragraphs."""
    luck = random.Random(number)  # noqa: S311 - repeatable, not secret
    day = date(2020, 1, 1) + timedelta(days=number % 2400)
    title = " ".join(luck.choice(sentences).split()[:8]).rstrip(".,:;")
    lines = [f" date {day} {title} {number}"]
    words, paragraph = 0, ["АСТАНА. KAZINFORM –"]
    while words < WORDS_AN_ARTICLE:
        sentence = _NUMBER.sub(
            lambda _: str(luck.randrange(2, 900)), luck.choice(sentences)
        )
        words += len(sentence.split())
        paragraph.append(sentence)
        if luck.random() < 0.4:
            lines.append(" ".join(paragraph))
            paragraph = []
    lines.append(" ".join(paragraph))
    return "\n".join(lines) + "\n"
