"""Every way to take one Kazakh word form apart.

Pure grammar: no frequencies and no choice, which is `transforms.kazakh.lemmas`' part.
"""

from __future__ import annotations

from typing import NamedTuple

from transforms.kazakh.suffixes import (
    DROPPED_VOWEL,
    FINAL_SLOTS,
    FOLLOWS,
    SUFFIXES,
    UNVOICED,
    VOWELS,
    Suffix,
    agrees,
    sound_classes,
)

#: No form has more suffixes than this in a row: қалаларымыздағылардікі.
_MOST_SUFFIXES = 8
_SHORTEST_STEM = 2
#: Verbs of one syllable whose п becomes у: тап, тауып.
#: Ends of loans that suffixes beginning with a consonant do not follow directly.
_CLUSTERS = ("ск", "кт", "нк", "рк", "лк", "нд", "рд", "ст")
_P_TO_U = {"тау": "тап", "жау": "жап", "қау": "қап", "шау": "шап"}


class Analysis(NamedTuple):
    """One reading of a word form.

    Attributes:
        stem: the headword: nominative of a nominal, bare stem of a verb.
        suffixes: names of its suffixes from the stem outwards.
        is_verb: whether the stem is a verb's.
    """

    stem: str
    suffixes: tuple[str, ...]
    is_verb: bool


def _by_last_letter() -> dict[str, tuple[Suffix, ...]]:
    table: dict[str, list[Suffix]] = {}
    for suffix in SUFFIXES:
        last = suffix.form[-1]
        table.setdefault(last, []).append(suffix)
        # оқы + й is written оқи, қой + а is written қоя.
        for written in {"й": "и", "а": "я"}.get(suffix.form, ""):
            table.setdefault(written, []).append(suffix)
    return {letter: tuple(found) for letter, found in table.items()}


_ENDING_IN = _by_last_letter()


def analyses(word: str) -> list[Analysis]:
    """Take a word form apart in every way that the grammar allows.

    Args:
        word: lower case, Cyrillic, without hyphens or apostrophes.

    Returns:
        Readings without repetition, the undivided word first.
    """
    found = {Analysis(word, (), is_verb=False): None}
    _strip(word, FINAL_SLOTS, (), found)
    return list(found)


def is_suffix_chain(letters: str) -> bool:
    """Whether letters after a hyphen or apostrophe are nothing but suffixes.

    The sound before them is unknown («BAQ.KZ-тің», «60-тан»), so only their order
    and harmony among themselves are looked at.
    """
    return letters in _ORDINAL or letters in _BARE_PARTICLES or _is_chain(letters, "")


_ORDINAL = frozenset({"шы", "ші", "ыншы", "інші", "нші", "ншы"})
#: Emphatic and evidential particles.
_BARE_PARTICLES = frozenset(
    ("ақ", "ау", "ай", "мыс", "міс", "ды", "ді", "ты", "ті", "дағы"),
)
_VERB_SLOTS = frozenset({"participle", "finite", "negation"})
_NOMINAL = frozenset(FOLLOWS) - _VERB_SLOTS - {"person", "question"}
#: Derivation that follows abbreviations and numbers: АҚШ-тық, 20-лық.
_DERIVED = ("тық", "тік", "дық", "дік", "лық", "лік", "лы", "лі", "сыз", "сіз")


def _is_chain(letters: str, after: str) -> bool:
    if not letters or letters in _DERIVED:
        return True
    for suffix in _ENDING_IN.get(letters[-1], ()):
        may_stand = suffix.slot in _NOMINAL and (
            not after or suffix.slot in FOLLOWS[after]
        )
        if (
            may_stand
            and letters.endswith(suffix.form)
            and _is_chain(letters[: -len(suffix.form)], suffix.slot)
        ):
            return True
    return False


def suffixes_after(
    base: str, word: str, *, possessed: bool = False
) -> tuple[str, ...] | None:
    """Name the suffixes that make a form out of a known nominative.

    Args:
        base: the nominative, lower case.
        word: the form, lower case.
        possessed: whether the base ends in a possessive, as «Қазақстан Республикасы»
            does; «Республикасына» then, not «Республикасыға».

    Returns:
        Names of suffixes from the base outwards; None if the word is no form of it.
    """
    if word == base:
        return ()
    if not word.startswith(base[:-1]):
        return None
    nearest = "owner3" if possessed else "stem"
    found = _reach(base, word, FINAL_SLOTS, nearest)
    if found is None and base.endswith(_CLUSTERS) and not possessed:
        # Loans put a vowel between such an end and a case: «Минскіде», «актіге».
        return _reach(base + "і", word, FINAL_SLOTS, nearest)
    return found


def _reach(
    base: str, word: str, slots: tuple[str, ...] | frozenset[str], nearest: str
) -> tuple[str, ...] | None:
    for suffix in _ENDING_IN.get(word[-1:], ()):
        if suffix.slot not in slots or suffix.slot in _VERB_SLOTS:
            continue
        rest = _without(word, suffix)
        if rest is None or len(rest) < len(base) - 1 or not _fits(rest, suffix):
            continue
        inner = FOLLOWS[suffix.slot]
        if nearest in inner and base in _headwords(rest, suffix, is_verb=False):
            return (suffix.name,)
        deeper = _reach(base, rest, inner, nearest)
        if deeper is not None:
            return (*deeper, suffix.name)
    return None


def _strip(
    word: str,
    slots: tuple[str, ...] | frozenset[str],
    outer: tuple[str, ...],
    found: dict[Analysis, None],
) -> None:
    """Take one suffix off the end, in all ways, and go on with what is left."""
    if len(outer) >= _MOST_SUFFIXES:
        return
    for suffix in _ENDING_IN.get(word[-1:], ()):
        if suffix.slot not in slots:
            continue
        rest = _without(word, suffix)
        if rest is None or not _fits(rest, suffix):
            continue
        names = (suffix.name, *outer)
        inner = FOLLOWS[suffix.slot]
        is_verb = "verb" in inner
        if is_verb or "stem" in inner:
            for stem in _headwords(rest, suffix, is_verb=is_verb):
                found.setdefault(Analysis(stem, names, is_verb))
        _strip(rest, inner, names, found)


def _without(word: str, suffix: Suffix) -> str | None:
    form = suffix.form
    if word.endswith(form):
        return word[: -len(form)]
    if form[0] == "й" and word.endswith("и" + form[1:]):
        return word[: -len(form)] + ("ы" if suffix.harmony == "back" else "і")
    if form[0] == "а" and word.endswith("я" + form[1:]):
        return word[: -len(form)] + "й"
    return None


def _fits(rest: str, suffix: Suffix) -> bool:
    if len(rest) < _SHORTEST_STEM or not any(letter in VOWELS for letter in rest):
        return False
    if suffix.slot in {"case3", "locative3"} and rest[-1] not in "ыі":
        return False
    if suffix.after.isdisjoint(sound_classes(rest)):
        return False
    return agrees(DROPPED_VOWEL.get(rest, rest), suffix.harmony)


def _headwords(rest: str, suffix: Suffix, *, is_verb: bool) -> list[str]:
    if suffix.form[0] not in "ыіае" or suffix.slot == "case_vowel":
        return [rest]
    if is_verb and rest in _P_TO_U:
        return [rest, _P_TO_U[rest]]
    if not is_verb and rest in DROPPED_VOWEL:
        return [DROPPED_VOWEL[rest]]
    last = rest[-1]
    if last in UNVOICED:
        voiceless = rest[:-1] + UNVOICED[last]
        return [voiceless] if last == "ғ" else [voiceless, rest]
    return [rest]
