"""Units and currencies by the words that news writes them with."""

from __future__ import annotations

import re
from typing import NamedTuple

import polars as pl

from transforms.kazakh.analyses import is_suffix_chain, suffixes_after
from transforms.kazakh.tokens import tokenise

#: «километрлік», «жылдығына», «жылғы»: made from a unit, and inflected again.
_DERIVED = re.compile(r"(?:[лдт](?:ық|ік|ығ|іг)|ғы|гі)([а-яәғқңөұүһі]*)")
_HYPHENS = re.compile(r"[-\u2010\u2011'’ʼ`]")
_VOWELS = re.compile("[аәеиоөуұүыіэюяё]")
_POSSESSIVE = re.compile("(?:сы|сі|ы|і)$")
#: What is kept of the words of texts; names of units come again in every batch.
_LONGEST = 40
_MOST_KEPT = 200_000


class Unit(NamedTuple):
    """A unit or currency: codes as in the table of units."""

    kind: str
    unit_code: str | None
    currency_code: str | None


class UnitWord(NamedTuple):
    """One token that may stand in the name of a unit.

    Attributes:
        head: the nominative that ends a unit's name, null where it only begins one.
        suffixes: names of suffixes of the head; ``made`` for «километрлік».
        begins: whether it may begin a unit's name: «шаршы», «АҚШ».
    """

    head: str | None
    suffixes: tuple[str, ...]
    begins: bool


class Units:
    """The table of units, ready to read words by.

    Args:
        table: unit_code, kind (money, percent, quantity, duration), words (names and
            signs in the nominative, between semicolons), name_kk, currency_code; all
            strings. A name of several words ends in its head: «АҚШ доллары».
    """

    def __init__(self, table: pl.DataFrame) -> None:
        """Read the names of all units."""
        self._units: dict[tuple[str, ...], Unit] = {}
        self._heads: dict[str, list[str]] = {}
        self._possessed: set[str] = set()
        self._begins: set[str] = set()
        self.symbols: dict[str, Unit] = {}
        self._known: dict[str, UnitWord | None] = {}
        #: What is known of words, kept from batch to batch: the letters that
        #: `transforms.amounts.tokens` writes them with, and their dictionary forms.
        self.letters: dict[str, str] = {}
        self.lemmas: dict[str, tuple[str, tuple[str, ...]]] = {}
        names = [
            (name.strip().lower(), row)
            for row in table.iter_rows(named=True)
            for name in [*(row["words"] or "").split(";"), row["name_kk"] or ""]
            if name.strip()
        ]
        names.sort(key=lambda pair: pair[0].count(" "))
        pieces = _tokens([name for name, _ in names])
        for (name, row), words in zip(names, pieces, strict=True):
            self._add(name, words, _unit(row))

    def _add(self, name: str, words: list[str], unit: Unit) -> None:
        if len(words) == 1 and not any(sign.isalnum() for sign in name) and name != "%":
            self.symbols.setdefault(name, unit)
            return
        *before, head = words
        read = self.read(head) if before else None
        if read is not None and read.head is not None:
            head = read.head
        elif before and _POSSESSIVE.search(head):
            self._possessed.add(head)
        self._units.setdefault((*before, head), unit)
        self._begins.update(before)
        heads = self._heads.setdefault(head[:2], [])
        if head not in heads:
            heads.append(head)
            heads.sort(key=len, reverse=True)
        self._known.clear()

    def read(self, form: str) -> UnitWord | None:
        """Read a token, in lower-case Cyrillic, as a word of a unit's name."""
        if form in self._known:
            return self._known[form]
        if len(self._known) > _MOST_KEPT:
            self._known.clear()
        head, suffixes = self._head(form) if len(form) <= _LONGEST else (None, ())
        begins = form in self._begins
        read = UnitWord(head, suffixes, begins) if head or begins else None
        self._known[form] = read
        return read

    def resolve(self, before: tuple[str, ...], head: str) -> Unit | None:
        """The unit of this name, null where there is none."""
        return self._units.get((*before, head))

    def _head(self, form: str) -> tuple[str | None, tuple[str, ...]]:
        for base in self._heads.get(form[:2], self._heads.get(form[:1], ())):
            if form == base:
                return base, ()
            suffixes = self._suffixes(base, form)
            if suffixes is not None:
                return base, suffixes
        return None, ()

    def _suffixes(self, base: str, form: str) -> tuple[str, ...] | None:
        stem = base.removesuffix("ь")
        if not form.startswith(stem[:-1] if len(stem) > 1 else stem):
            return None
        rest = form[len(base) :]
        if form.startswith(base) and rest and _HYPHENS.match(rest):
            after = rest[1:]
            return (_case(after),) if is_suffix_chain(after) else None
        if len(base) == 1 or not _VOWELS.search(base):
            return None
        possessed = base in self._possessed
        found = suffixes_after(base, form, possessed=possessed)
        if found is None and stem != base:
            found = suffixes_after(stem, form)
        made = _DERIVED.fullmatch(rest) if found is None else None
        if made is None and base.endswith("тт"):
            made = _DERIVED.fullmatch(form[len(base) - 1 :]) if found is None else None
        if made and form.startswith(base) and _is_chain(made[1]):
            return ("made",)
        return found


def _unit(row: dict[str, str | None]) -> Unit:
    kind = row["kind"] or "quantity"
    if kind == "money":
        return Unit(kind, None, row["currency_code"])
    return Unit(kind, row["unit_code"], None)


def _is_chain(letters: str) -> bool:
    return not letters or is_suffix_chain(letters)


def _tokens(names: list[str]) -> list[list[str]]:
    """Cut names as texts are cut."""
    found: list[list[str]] = [[] for _ in names]
    tokens = tokenise(pl.DataFrame({"text": names}))
    for row, token in tokens.select("row", "token").iter_rows():
        found[row].append(token)
    return found


def _case(letters: str) -> str:
    """Name the case that letters after a hyphen are, as far as it matters."""
    for name, pattern in CASES.items():
        if pattern.search(letters):
            return name
    return letters


#: Cases that words of approximation ask for, by the end of a word or of its suffix.
CASES = {
    "abl": re.compile("[дтн][ае]н$"),
    "dat": re.compile("(?:[ғқ]а|[гк]е|[ыі]?н[ае]|а|е)$"),
}
