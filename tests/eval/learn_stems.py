"""Learn which stems Kazakh news uses, and how common each suffix is, without labels.

    python -m tests.eval.learn_stems CORPUS > transforms/kazakh/stem_words.py

Expectation maximisation over the readings of every word type: a stem that explains
several forms draws them to itself, one that explains a single form is dropped. Reads
only text whose licence lets the outcome ship: KazNERD (CC BY 4.0) and SIB-200
(CC BY-SA 4.0, its repository Apache-2.0). The same text gives the same module.
"""

from __future__ import annotations

import json
import math
import re
import sys
import textwrap
from collections import Counter
from pathlib import Path

from transforms.kazakh.analyses import Analysis, analyses
from transforms.kazakh.fixed_words import FIXED, PRONOUNS
from transforms.kazakh.lemmas import costly, new_stem_weight

ROUNDS = 8
#: How much of a stem's weight one more form must bring.
DISCOUNT = 2.0
WORD = "[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]+"
#: Weights that are written down; a stem is filed under the nearest one below.
BUCKETS = (32, 22, 16, 11, 8, 5, 3, 2, 1, 0.5)
HEADER = '''"""Stems of Kazakh news by weight, and what each suffix costs.

Made by `python -m tests.eval.learn_stems` from the text of KazNERD (Yeshpanov,
Khassanov, Varol, CC BY 4.0) and SIB-200 (Adelani and others); do not edit by hand.
A weight is the number of distinct forms of a stem, less {discount}.
"""

from __future__ import annotations

#: Sum of all weights.
TOTAL = {total}

#: Suffix -> natural logarithm of its share; «nominal» and «verb» begin a reading.
SUFFIX_COSTS: dict[str, float] = {{
{costs}
}}
'''


def word_types(corpus: Path) -> list[str]:
    lines = (corpus / "kaznerd_valid.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    for part in ("train", "dev"):
        table = (corpus / "sib200" / "kaz_Cyrl" / f"{part}.tsv").read_text("utf-8")
        texts += [line.split("\t")[2] for line in table.splitlines()[1:]]
    words = {word for text in texts for word in re.findall(WORD, text.lower())}
    return sorted(w for w in words if len(w) < 30 and w not in FIXED | set(PRONOUNS))


def learn(types: list[str]) -> tuple[dict[tuple[str, bool], float], dict[str, float]]:
    readings = [analyses(word) for word in types]
    stems: dict[tuple[str, bool], float] = {}
    costs: dict[str, float] = {}
    for _ in range(ROUNDS):
        stem_counts: Counter[tuple[str, bool]] = Counter()
        suffix_counts: Counter[str] = Counter()
        total = sum(stems.values())
        for found in readings:
            scores = [_score(reading, stems, costs, total) for reading in found]
            best = max(scores)
            shares = [math.exp(score - best) for score in scores]
            for reading, share in zip(found, shares, strict=True):
                part = share / sum(shares)
                if part > 1e-3:
                    stem_counts[reading.stem, reading.is_verb] += part
                    for name in (_kind(reading), *reading.suffixes):
                        suffix_counts[name] += part
        stems = {k: c - DISCOUNT for k, c in stem_counts.items() if c > DISCOUNT}
        counted = sum(suffix_counts.values())
        costs = {name: math.log(c / counted) for name, c in suffix_counts.items()}
    return stems, costs


def _kind(reading: Analysis) -> str:
    return "verb" if reading.is_verb else "nominal"


def _score(reading, stems, costs, total) -> float:
    weight = stems.get((reading.stem, reading.is_verb), 0.0)
    score = math.log(weight + new_stem_weight(reading.stem, is_verb=reading.is_verb))
    if not costs:
        return score - 2.5 * len(reading.suffixes)
    return (
        score
        - math.log(total + 1)
        + sum(
            costs.get(name, -9.0)
            for name in (_kind(reading), *costly(reading.suffixes))
        )
    )


def module(stems: dict[tuple[str, bool], float], costs: dict[str, float]) -> str:
    lines = [f'    "{name}": {cost:.1f},' for name, cost in sorted(costs.items())]
    text = HEADER.format(
        discount=int(DISCOUNT), total=round(sum(stems.values())), costs="\n".join(lines)
    )
    for name, is_verb in (("NOMINALS", False), ("VERBS", True)):
        text += f"\n#: Weight -> stems.\n{name}: dict[float, str] = {{\n"
        for upper, lower in zip((math.inf, *BUCKETS), BUCKETS, strict=False):
            words = sorted(
                stem
                for (stem, verbal), weight in stems.items()
                if verbal == is_verb and lower <= weight < upper
            )
            listed = textwrap.fill(" ".join(words), 86, break_on_hyphens=False)
            text += f'    {lower}: """\n{listed}\n""",\n'
        text += "}\n"
    return text


if __name__ == "__main__":
    sys.stdout.write(module(*learn(word_types(Path(sys.argv[1])))))
