"""Name an office in one spelling: «Премьер-министр», «Алматы қаласының әкімі»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.kazakh.office_vocabulary import NORMAL
from transforms.kazakh.office_words import (
    OfficeWord,
    genitive,
    office_word,
    possessed,
)

if TYPE_CHECKING:
    from transforms.entities.phrase_words import Word

_AKIM, _DEPUTY, _ACTING = "әкім", "орынбасар", "атқарушы"
_ASIDE = re.compile(r" \([^()]*\)")
_QUOTED = re.compile(r"[«\"“„] ([^«»\"“”„]*) [»\"”]")
#: Adjectives before the noun that possesses the office: «Ұлттық банк төрағасы».
_QUALIFIES = frozenset(
    ("ұлттық", "халықаралық", "мемлекеттік", "жоғарғы", "жоғары", "орталық", "бас",
     "конституциялық", "облыстық", "қалалық", "аудандық", "республикалық", "өңірлік",
     "аймақтық"),
)  # fmt: skip
#: The three cities that are no part of a region: their mayors are called both ways.
_CITIES = frozenset({"алматы", "астана", "шымкент"})


def name_role(rest: list[Word], noun: OfficeWord, head: str) -> str:
    """Name an office.

    Args:
        rest: the words before the office noun that belong to the office.
        noun: the office noun as it stands.
        head: the office noun to write.

    Returns:
        The office in the nominative, with a capital first letter; names keep theirs.
    """
    words = [_written(word) for word in rest]
    owners = [at for at, word in enumerate(rest) if not word.is_adjective]
    if owners:
        words[owners[-1]] = _owner(rest, owners, head)
    if owners and owners[0] != owners[-1] and office_word(rest[0].form):
        first = office_word(rest[0].form)
        if first and first.suffixes in {("poss3",), ("gen",), ("poss3", "gen")}:
            words[0] = genitive(first.head) if head == _ACTING else first.head
    if owners and (noun.suffixes or head in {_AKIM, _DEPUTY}):
        head = possessed(head)
    if len(words) == 1 and words[0].lower() in _CITIES and noun.head == _AKIM:
        words.append("қаласының")
    role = _ASIDE.sub("", " ".join([*words, head]))
    role = role.replace(" ,", ",")
    role = _QUOTED.sub(r"«\1»", role)
    for spelling, normal in NORMAL.items():
        role = role.replace(spelling, normal)
    return role[:1].upper() + role[1:]


def _written(word: Word) -> str:
    """Write a word of a role: common words in small letters, names as they stand."""
    return word.lower if word.known and not word.mark else word.form


def _owner(rest: list[Word], owners: list[int], head: str) -> str:
    """Give the word that possesses the office one form.

    «Ұлттық банктің төрағасы» and «Ұлттық банкінің төрағасы» are one office, and so are
    «министрі орынбасары» and «министрінің орынбасары».
    """
    word = rest[owners[-1]]
    known = word.known
    if known is None or known[1] not in {(), ("poss3",), ("gen",), ("poss3", "gen")}:
        return _written(word)
    noun, suffixes = known
    if noun == "елорда":
        return "Астана қаласының"
    is_owned = any(rest[at].lower not in _QUALIFIES for at in owners[:-1])
    if head in {_AKIM, _DEPUTY} or (is_owned and "gen" in suffixes):
        owner_of_it = rest[owners[-2]].lower if len(owners) > 1 else ""
        owned = is_owned and ("poss3" in suffixes or owner_of_it[-1:] == "ң")
        form = genitive(possessed(noun) if owned else noun)
    elif suffixes and not (is_owned and "poss3" in suffixes):
        form = noun
    else:
        return _written(word)
    return form if _written(word).islower() else form[:1].upper() + form[1:]
