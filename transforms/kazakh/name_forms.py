"""Whether a word is a form of a known name, and with which suffixes.

Judges one word against one name. `transforms.kazakh.gazetteer` does it for whole
columns, once for each distinct word.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from transforms.kazakh.analyses import is_suffix_chain, suffixes_after
from transforms.kazakh.suffixes import (
    BACK,
    FRONT,
    SUFFIXES,
    UNVOICED,
    agrees,
    sound_classes,
)

if TYPE_CHECKING:
    import polars as pl

#: Letters and signs that writers use for one another. One for one, so that places in a
#: folded word are places in the word.
_FOLDED = {
    **dict(zip("йЙёЁİ", "иИеЕi", strict=True)),
    **dict.fromkeys("‐‑‒–—", "-"),
    **dict.fromkeys("’ʼ‘`´", "'"),
}
_FOLDING = str.maketrans(_FOLDED)
_SIGNS = "-'"
_SOFTENED: dict[str, str] = {}
for _soft, _hard in UNVOICED.items():
    _SOFTENED[_hard] = _SOFTENED.get(_hard, "") + _soft
#: -лық in each form, by the last sound before it.
_DERIVING = {
    **dict.fromkeys("VWR", ("лық", "лік")),
    **dict.fromkeys("LNZ", ("дық", "дік")),
    "P": ("тық", "тік"),
}
_OF_VERBS = frozenset({"participle", "finite", "negation", "person", "question"})
#: A stem for each kind of last sound, to name the suffixes of «БҰҰ-ның» by.
_LIKE = (
    *("ата", "ай", "ар", "ал", "ан", "аз", "ат"),
    *("еме", "ей", "ер", "ел", "ен", "ез", "ет"),
)
_LIKE_POSSESSED = ("аты", "еті")
#: Loans that end so take front suffixes («банктің»), and some a vowel before them
#: («Минскіде»).
_HARD_ENDINGS = ("нк", "рк", "ск", "кт", "рг")
#: A letter of loans, before which harmony is not asked for.
_ANY_HARMONY = "ё"
#: Longer words are no names, and reading them would only cost time.
LONGEST_WORD = 60


def _tail() -> str:
    deriving = [form for forms in _DERIVING.values() for form in forms]
    softened = [form[:-1] + soft for form in deriving for soft in "ғг"]
    nominal = [suffix.form for suffix in SUFFIXES if suffix.slot not in _OF_VERBS]
    forms = {*nominal, *deriving, *softened, "сыз", "сіз"}
    written = "|".join(sorted(forms)).translate(_FOLDING)
    return f"^і?(?:{written})*$|^[{_SIGNS}]"


#: What may follow a name, folded; `read` decides.
TAIL = _tail()


class Base(NamedTuple):
    """The last word of a name, or the only one.

    Attributes:
        letters: as the dictionary has it; in lower case unless exact.
        is_exact: an abbreviation, whose letters must stand exactly so.
        is_possessed: it ends in a possessive, as in «Қазақстан Республикасы».
    """

    letters: str
    is_exact: bool
    is_possessed: bool


class Reading(NamedTuple):
    """How a word is a form of a base.

    Attributes:
        suffixes: names of the suffixes from the base outwards.
        is_derived: a word made from it with -лық: «алматылық».
    """

    suffixes: tuple[str, ...]
    is_derived: bool


def folded(words: pl.Expr) -> pl.Expr:
    """Write words so that spellings of one name meet, letter by letter."""
    return words.str.replace_many(_FOLDED).str.to_lowercase()


def prefixes(base: Base) -> list[str]:
    """List the ways in which a form of the base may begin, folded."""
    letters = base.letters.translate(_FOLDING).lower()
    if base.is_exact:
        return [letters]
    softened = _SOFTENED.get(base.letters[-1], "")
    return [letters, *(letters[:-1] + letter for letter in softened)]


def read(word: str, base: Base) -> Reading | None:
    """Read a word as a form of a base.

    Args:
        word: the word as it stands, in Cyrillic where it is Kazakh, that begins with
            one of `prefixes` of the base once folded.
        base: the base.

    Returns:
        How it is a form; None if it is none.
    """
    place = len(base.letters)
    rest = word[place:]
    if base.is_exact and not _same_letters(word[:place], base.letters):
        return None
    tail = rest.lower()
    if not rest:
        return _whole(word, base)
    if _sign(rest[0]):
        fits = tail == rest or word.isupper()
        return _chain(tail[1:]) if fits else None
    if base.is_exact:
        return _chain(rest) if rest.islower() and _is_cyrillic(rest) else None
    if not _is_cyrillic(base.letters[-1]):
        return _chain(tail) if _is_cyrillic(rest) else None
    return _declined(word[place - 1].lower(), tail, base)


def _whole(word: str, base: Base) -> Reading | None:
    # «Талдыб» has the length of «Талдып» and begins a form of it, but is none.
    last, wanted = _fold(word[-1]).lower(), _fold(base.letters[-1]).lower()
    return Reading((), is_derived=False) if last == wanted else None


def _declined(last: str, tail: str, base: Base) -> Reading | None:
    if not _may_end_a_word(tail):
        return None
    letters = base.letters
    # The rest of the word is as it stands, the base as the dictionary spells it.
    softened = last if last in _SOFTENED.get(letters[-1], "") else ""
    end = _deciding(letters)
    for possessed in (True, False) if base.is_possessed else (False,):
        found = _suffixed(end, softened, tail, is_possessed=possessed)
        if found is not None:
            return found
    if tail in {"сыз", "сіз"}:
        return Reading(("without",), is_derived=False)
    return None if softened else _derived(end, tail)


@lru_cache(maxsize=200_000)
def _may_end_a_word(tail: str) -> bool:
    """Whether letters may be suffixes at all, which is quickly told."""
    if tail[0] in "лдт" and tail[1:2] in {"ы", "і"}:
        return True
    if is_suffix_chain(tail) or tail in {"сыз", "сіз"}:
        return True
    return tail[0] == "і" and is_suffix_chain(tail[1:])


@lru_cache(maxsize=20_000)
def _deciding(letters: str) -> str:
    """Cut off the beginning of a name, on which its suffixes do not depend."""
    is_loan = letters.endswith(_HARD_ENDINGS)
    if is_loan or (agrees(letters, "back") and agrees(letters, "front")):
        return _ANY_HARMONY + letters[-2:]
    vowel = max(letters.rfind(vowel) for vowel in BACK | FRONT)
    return letters[max(vowel - 1, 0) :]


@lru_cache(maxsize=200_000)
def _suffixed(
    end: str, softened: str, tail: str, *, is_possessed: bool
) -> Reading | None:
    word = end[: -len(softened)] + softened + tail if softened else end + tail
    found = suffixes_after(end, word, possessed=is_possessed)
    if found is None and end.endswith(_HARD_ENDINGS) and tail.startswith("і"):
        found = suffixes_after(f"{end}і", word)
    return None if found is None else Reading(found, is_derived=False)


@lru_cache(maxsize=200_000)
def _derived(end: str, tail: str) -> Reading | None:
    for sound in sound_classes(end):
        for deriving, harmony in zip(_DERIVING[sound], ("back", "front"), strict=True):
            if tail.startswith(deriving[:-1]) and agrees(end, harmony):
                found = suffixes_after(end + deriving, end + tail)
                if found is not None:
                    return Reading(found, is_derived=True)
    return None


@lru_cache(maxsize=10_000)
def _chain(tail: str) -> Reading | None:
    """Read suffixes that stand after a sign or after letters of unknown sound."""
    if not is_suffix_chain(tail):
        return None
    for stem in _LIKE:
        found = suffixes_after(stem, stem + tail)
        if found is not None:
            return Reading(found, is_derived=False)
    for stem in _LIKE_POSSESSED:
        found = suffixes_after(stem, stem + tail, possessed=True)
        if found is not None:
            return Reading(found, is_derived=False)
    derived = any(tail.startswith(forms) for forms in _DERIVING.values())
    return Reading((), is_derived=derived)


@lru_cache(maxsize=1_000)
def _fold(letter: str) -> str:
    return _FOLDED.get(letter, letter)


def _same_letters(one: str, other: str) -> bool:
    return one == other or all(
        a == b or (_fold(a) == _fold(b) and _sign(a))
        for a, b in zip(one, other, strict=True)
    )


def _sign(letter: str) -> bool:
    return _fold(letter) in _SIGNS


@lru_cache(maxsize=10_000)
def _is_cyrillic(letters: str) -> bool:
    return all("Ѐ" <= letter <= "ԯ" for letter in letters)
