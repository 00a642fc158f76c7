"""Pairs of articles made for measuring: copies as outlets and scanners change them.

A copy is made of an article by one or several of: sentences dropped, added (of other
articles) or put in another order, other punctuation, letters of another script that
look alike, and 3 % of letters misread by a scan. The same seed gives the same pairs.
"""

import json
import random
import re
from pathlib import Path

import polars as pl

from tests.benchmarks.generate import make_article, sample_sentences
from tests.conftest import ROOT
from transforms.kazakh.letters import TO_LATIN

SCAN_NOISE = 0.03
#: What a scan reads in place of a letter.
_MISREAD = {
    "ң": "нц", "қ": "кх", "ғ": "гт", "ү": "уv", "ұ": "уy", "ө": "оe", "ә": "аэ",
    "і": "il1", "ш": "щи", "н": "пи", "п": "nн", "л": "пд", "о": "0с", "е": "cс",
    "т": "гm", "ы": "ьі", "а": "ao", "р": "pг", "с": "eо", "к": "xн", "0": "оО",
    "1": "l7", "5": "S6", "8": "В3",
}  # fmt: skip
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_PUNCTUATION = {
    "«": '"', "»": '"', "—": "-", "–": "-", "…": "...", '"': "“", ";": ",", "-": " — ",
}  # fmt: skip


def sample_articles() -> pl.DataFrame:
    """Our own articles long enough to be copied, and generated ones: title, text."""
    texts = [
        path.read_text(encoding="utf-8-sig")
        for path in sorted((ROOT / "seeds/articles").rglob("*"))
        if path.suffix in {".txt", ".md"}
    ]
    sentences = sample_sentences()
    texts += [make_article(number, sentences) for number in range(150)]
    rows = [text.strip().partition("\n") for text in texts]
    return pl.DataFrame(
        [
            {"title": re.sub(r"^date \S+ ", "", title.strip()), "text": text.strip()}
            for title, _, text in rows
            if len(text) > 600
        ]
    )


def gold_articles(path: Path) -> pl.DataFrame:
    """Whole articles of a JSON lines file: title, text."""
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    return pl.DataFrame(
        [{"title": row["title"], "text": row["text"]} for row in rows]
    ).filter(pl.col("text").str.len_chars() > 600)


def make_copies(articles: pl.DataFrame, seed: int = 1) -> pl.DataFrame:
    """A changed copy of every article: title, text, how (what was changed)."""
    luck = random.Random(seed)
    donors = articles["text"].to_list()
    rows = []
    for number, (title, text) in enumerate(articles.select("title", "text").rows()):
        other = donors[(number + 1) % len(donors)]
        how = luck.sample(sorted(_CHANGES), luck.randint(1, 3))
        for name in how:
            title, text = _CHANGES[name](title, text, other, luck)
        rows.append({"title": title, "text": text, "how": " ".join(sorted(how))})
    return pl.DataFrame(rows)


def _drop(title, text, other, luck):
    parts = _SENTENCE.split(text)
    kept = [part for part in parts if luck.random() > 0.2]
    return title, " ".join(kept or parts)


def _add(title, text, other, luck):
    parts = _SENTENCE.split(text)
    extra = _SENTENCE.split(other)
    for _ in range(max(1, len(parts) // 6)):
        parts.insert(luck.randrange(len(parts) + 1), luck.choice(extra))
    return title, " ".join(parts)


def _reorder(title, text, other, luck):
    parts = _SENTENCE.split(text)
    luck.shuffle(parts)
    return title, " ".join(parts)


def _punctuate(title, text, other, luck):
    changed = "".join(_PUNCTUATION.get(sign, sign) for sign in text)
    return title.upper(), re.sub(r",", lambda m: luck.choice([",", "", " –"]), changed)


def _look_alike(title, text, other, luck):
    def swap(value):
        return "".join(
            TO_LATIN.get(sign, sign) if luck.random() < 0.5 else sign for sign in value
        )

    return swap(title), swap(text)


def _scan(title, text, other, luck):
    def misread(value):
        out = []
        for sign in value:
            if sign.isspace() or luck.random() >= SCAN_NOISE:
                out.append(sign)
            elif luck.random() < 0.2:
                out.append(luck.choice(["", sign + " ", sign + "-\n", sign + sign]))
            else:
                out.append(luck.choice(_MISREAD.get(sign.lower(), sign + "и.")))
        return "".join(out)

    return misread(title), misread(text)


_CHANGES = {
    "drop": _drop,
    "add": _add,
    "reorder": _reorder,
    "punctuate": _punctuate,
    "look-alike": _look_alike,
    "scan": _scan,
}
