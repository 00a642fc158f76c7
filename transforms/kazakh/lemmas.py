"""The dictionary form of Kazakh words, and every nominative that a form may have.

Nominals come back in the nominative («Қазақстанның», «Қазақстан»), finite verbs,
converbs and participles as the bare stem («айтты», «айт»). Derivation stays, the verbal
noun in -у among it: «министрлігі» is «министрлік», «кездесуінде» is «кездесу».
Grammar gives the readings (`transforms.kazakh.analyses`), the likeliest one is chosen
by how common its stem and suffixes are in news (`transforms.kazakh.stem_words`). A
word's answer depends on nothing but the word, so each distinct one is read once.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

import polars as pl

from transforms.kazakh.analyses import Analysis, analyses, is_suffix_chain
from transforms.kazakh.fixed_words import FIXED, PRONOUNS
from transforms.kazakh.latin import to_cyrillic
from transforms.kazakh.letters import CYRILLIC
from transforms.kazakh.stem_words import NOMINALS, SUFFIX_COSTS, TOTAL, VERBS
from transforms.kazakh.suffixes import DROPPED_VOWEL

#: An unknown stem costs this much a letter, and that much for being unknown. Chosen
#: on tests/gold/lemmas.tsv among 1.8, 2.0, 2.2 and 2.5.
_COST_A_LETTER = 2.0
_COST_OF_NEW = 2.3
_COST_OF_NEW_VERB = 3.3
_COST_OF_RARE_SUFFIX = -9.0
#: Longer words are no Kazakh word forms; reading them would only cost time.
_LONGEST_WORD = 40
#: Unlikelier readings than the best by this much (natural logarithm) are no
#: candidates for a name either.
_FAR_FROM_BEST = 14.0
_HAND_WEIGHT = 8.0
#: A word with a capital letter is a name, or begins its sentence as verbs seldom do.
_COST_OF_CAPITAL_VERB = 3.0

_LONGEST_NAME = 80
#: Words whose readings are kept; names come again in every batch.
_KEPT_WORDS = 100_000

#: What stays, what is to be read, suffixes that were set apart.
_Parts = tuple[str, str, tuple[str, ...]]

_CYRILLIC_WORD = re.compile(f"[{CYRILLIC}]+")
#: A stem of any letters, digits or signs, then Cyrillic letters after a hyphen or an
#: apostrophe: «Facebook’тегі», «БҰҰ-ның», «60-тан», «Қасым-Жомарттың».
_JOINED = re.compile(f"(.*[^-’'ʼ‘])([-‐‑–’'ʼ‘])([{CYRILLIC}]+)", re.DOTALL)
#: An abbreviation or a Latin name with suffixes written straight on: «АҚШтың».
_STRAIGHT_ON = re.compile(
    f"([{CYRILLIC}A-Za-z.0-9]*[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ0-9a-z])([а-яёәғқңөұүһі]+)"
)
_INITIALS = re.compile(f"((?:[{CYRILLIC}]{{1,2}}\\.\\s?)+)([{CYRILLIC}-]+)")
_PATRONYMIC = ("ұлы", "қызы", "тегі")


def lemmatise(words: pl.Series, *, script: str = "cyrillic") -> pl.DataFrame:
    """Give the dictionary form of each word.

    Args:
        words: one word each (or a name of several, of which the last is inflected),
            any letter case; nulls are kept.
        script: ``latin`` for words of Latin-script Kazakh, which are first written in
            Cyrillic as one text; the lemma is Cyrillic then. Latin letters inside
            Cyrillic texts are names and stay.

    Returns:
        Columns ``word``, ``lemma`` (String; letter case as far as the word shows it)
        and ``suffixes`` (List of String, from the stem outwards), one row a word.
    """
    cyrillic = _in_cyrillic(words, script)
    known = {word: _lemma(word) for word in cyrillic.drop_nulls().unique().to_list()}
    table = pl.DataFrame(
        {
            "key": list(known),
            "lemma": [lemma for lemma, _ in known.values()],
            "suffixes": [list(suffixes) for _, suffixes in known.values()],
        },
        schema={"key": pl.String, "lemma": pl.String, "suffixes": pl.List(pl.String)},
    )
    return (
        pl.DataFrame({"word": words.cast(pl.String), "key": cyrillic})
        .join(table, on="key", how="left", maintain_order="left")
        .select("word", "lemma", "suffixes")
    )


def stems(words: pl.Series, *, script: str = "cyrillic") -> pl.DataFrame:
    """Give every nominative that a word may be a form of, to look names up by.

    Args:
        words: as for `lemmatise`; nulls and repetitions are dropped.
        script: as for `lemmatise`.

    Returns:
        Columns ``word``, ``stem``, ``suffixes`` (List of String) and ``rank``
        (UInt32, 0 is the likeliest), one row a candidate; the word itself is always
        among them.
    """
    both = pl.DataFrame(
        {"word": words.cast(pl.String), "key": _in_cyrillic(words, script)}
    ).unique(maintain_order=True)
    rows = [
        (word, stem, list(suffixes), rank)
        for word, key in both.drop_nulls().iter_rows()
        for rank, (stem, suffixes) in enumerate(nominatives(key))
    ]
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "word": pl.String,
        "stem": pl.String,
        "suffixes": pl.List(pl.String),
        "rank": pl.UInt32,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def new_stem_weight(stem: str, *, is_verb: bool) -> float:
    """Weight of a stem for its letters alone; a known one's is added to it."""
    cost = _COST_OF_NEW_VERB if is_verb else _COST_OF_NEW
    return math.exp(-_COST_A_LETTER * len(stem) - cost)


def costly(suffixes: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out a suffix that the one after it brings along: -да before -ғы."""
    return tuple(
        name
        for place, name in enumerate(suffixes)
        if name != "loc" or "attr" not in suffixes[place + 1 : place + 2]
    )


def _in_cyrillic(words: pl.Series, script: str) -> pl.Series:
    words = words.cast(pl.String)
    if script != "latin" or words.is_empty():
        return words
    text = words.fill_null("").str.join("\n").to_frame("text")
    written = text.select(to_cyrillic(pl.col("text")).str.split("\n").explode())
    return pl.select(pl.when(words.is_not_null()).then(written.to_series())).to_series()


def _weights() -> dict[tuple[str, bool], float]:
    by_hand = dict.fromkeys(
        ((word, False) for word in DROPPED_VOWEL.values()), _HAND_WEIGHT
    )
    learned = {
        (stem, is_verb): weight
        for table, is_verb in ((NOMINALS, False), (VERBS, True))
        for weight, listed in table.items()
        for stem in listed.split()
    }
    return by_hand | learned


_WEIGHTS = _weights()


def _score(reading: Analysis) -> float:
    weight = _WEIGHTS.get((reading.stem, reading.is_verb), 0.0)
    score = math.log(weight + new_stem_weight(reading.stem, is_verb=reading.is_verb))
    score += SUFFIX_COSTS["verb" if reading.is_verb else "nominal"]
    score -= math.log(TOTAL)
    for name in costly(reading.suffixes):
        score += SUFFIX_COSTS.get(name, _COST_OF_RARE_SUFFIX)
    if reading.stem.endswith(_PATRONYMIC):
        score -= SUFFIX_COSTS["poss3"] * 2
    return score


@lru_cache(_KEPT_WORDS)
def _lemma(word: str) -> tuple[str, tuple[str, ...]]:
    lower = word.lower()
    if lower in FIXED:
        return word, ()
    if lower in PRONOUNS:
        pronoun, suffixes = PRONOUNS[lower]
        return _in_case_of(word, pronoun), suffixes
    before, part, outer = _divide(word)
    if not part:
        return before, outer
    for_verb = _COST_OF_CAPITAL_VERB if part[0].isupper() else 0.0
    best = max(
        analyses(part.lower()),
        key=lambda reading: _score(reading) - for_verb * reading.is_verb,
    )
    return before + _in_case_of(part, best.stem), best.suffixes + outer


@lru_cache(_KEPT_WORDS)
def nominatives(word: str) -> list[tuple[str, tuple[str, ...]]]:
    """Give every nominative that a word may be a form of, the likeliest first.

    Args:
        word: one word in Cyrillic, or a name of several.

    Returns:
        Nominatives and their suffixes, from the stem outwards.
    """
    before, part, outer = _divide(word)
    found = {word: ()} if outer else {}
    if not part:
        return [(before, outer), *found.items()]
    scored = [
        (_score(reading), reading)
        for reading in analyses(part.lower())
        if not reading.is_verb
    ]
    best = max(score for score, _ in scored)
    likely = sorted(
        (
            pair
            for pair in scored
            if pair[0] > best - _FAR_FROM_BEST or not pair[1].suffixes
        ),
        key=lambda pair: -pair[0],
    )
    answers: dict[str, tuple[str, ...]] = {}
    for _, reading in likely:
        stem = before + (_in_case_of(part, reading.stem) if reading.suffixes else part)
        answers.setdefault(stem, reading.suffixes + outer)
    return list(
        (answers | {w: s for w, s in found.items() if w not in answers}).items()
    )


def _divide(word: str) -> _Parts:
    """Part a word into what stays, what is to be read, and suffixes set apart.

    Returns:
        ``(before, part, suffixes)``: the lemma is ``before`` with the lemma of
        ``part``; an empty part means that ``before`` is the lemma.
    """
    if len(word) > _LONGEST_NAME:
        return word, "", ()
    joined = _JOINED.fullmatch(word)
    if joined:
        before, sign, after = joined.groups()
        if _takes_bare_suffix(before, sign, after):
            return before, "", (after.lower(),)
        return before + sign, after, ()
    straight = _STRAIGHT_ON.fullmatch(word)
    if straight and len(straight[1]) > 1 and is_suffix_chain(straight[2]):
        return straight[1], "", (straight[2],)
    return _divide_name(word)


def _divide_name(word: str) -> _Parts:
    before, _, last = word.rpartition(" ")
    if before and last:
        kept, part, outer = _divide(last)
        return f"{before} {kept}", part, outer
    initials = _INITIALS.fullmatch(word)
    kept, part = initials.groups() if initials else ("", word)
    if len(part) <= _LONGEST_WORD and _CYRILLIC_WORD.fullmatch(part):
        return kept, part, ()
    return word, "", ()


def _takes_bare_suffix(before: str, sign: str, after: str) -> bool:
    """Whether what follows a hyphen is a suffix, not the second half of a name."""
    if not is_suffix_chain(after.lower()) or (
        after[0].isupper() and not after.isupper()
    ):
        return False
    last = re.split("[-‐‑–\\s]", before)[-1]
    foreign = not _CYRILLIC_WORD.fullmatch(last) or last.isupper()
    return (
        foreign or sign in "’'ʼ‘" or after.lower() in {"ақ", "ау", "ай", "мыс", "міс"}
    )


def _in_case_of(word: str, lemma: str) -> str:
    if word.isupper() and len(word) > 1:
        return lemma.upper()
    if word[:1].isupper():
        return lemma[:1].upper() + lemma[1:]
    return lemma
