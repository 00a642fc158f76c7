"""Kazakh number words: their forms, and the value of what they make together.

«екі жүз елу мың» is 250,000, «үш жарым» 3.5, «екі бүтін оннан жеті» 2.7, «бес-алты» a
range. Digits may take part: «12,4 миллиард», «3 мың 500», «5-7».
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from transforms.kazakh.analyses import is_suffix_chain, suffixes_after

_ONES = "бір екі үш төрт бес алты жеті сегіз тоғыз"
_TENS = "он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан"
#: Words below a thousand: «нөл» to «жүз».
SMALL: dict[str, float] = {
    "нөл": 0.0,
    "ноль": 0.0,
    **{word: float(n) for n, word in enumerate(_ONES.split(), 1)},
    **{word: n * 10.0 for n, word in enumerate(_TENS.split(), 1)},
    "жүз": 100.0,
}
#: Words that multiply what stands before them.
MAGNITUDES: dict[str, float] = {
    "мың": 1e3,
    "тыс": 1e3,
    "миллион": 1e6,
    "млн": 1e6,
    "миллиард": 1e9,
    "миллиярд": 1e9,  # what «milliard» is in Latin script, read letter by letter
    "млрд": 1e9,
    "триллион": 1e12,
    "трлн": 1e12,
}
_HALVES = ("жарты", "жарым")
_FRACTIONS = {"он": 10.0, "жүз": 100.0, "мың": 1000.0}
#: Between the whole and the decimal: «екі бүтін оннан жеті», «бір де екі миллиард».
_WHOLE, _POINT = "бүтін", frozenset({"де", "да", "те", "та"})
#: «екеу», «төртеуі»: so many of them.
COLLECTIVES: dict[str, float] = {
    word: float(n)
    for n, word in enumerate(["екеу", "үшеу", "төртеу", "бесеу", "алтау", "жетеу"], 2)
}
_ABBREVIATED = frozenset({"тыс", "млн", "млрд", "трлн"})

#: How number words begin: what may be a form of one.
BEGINNINGS = (
    "бір|екі|екеу|алтау|жетеу|үш|төрт|бес|алты|жеті|сегіз|тоғыз|он|жиырма|отыз|қыры|елу|алпыс|жетпіс|"
    "сексен|тоқсан|жүз|мың|тыс|милли|млн|млрд|триллион|трлн|жарты|жарым|"
    "нөл|ноль"
)
_BEGINS = re.compile(BEGINNINGS)
_ORDINAL = re.compile(r"(?:ы|і)?н?(?:шы|ші)(?:л|с|н|д|т|м|п|б|г|ғ|к|қ|$)")
#: More digits than any amount has.
MOST_DIGITS = 18

#: «12 500», «1 234 567,8», «0,5», «1.234.567»: the numeral itself and its suffix.
_INTEGER = r"\d{1,3}(?:[\s\u00a0\u2009\u202f]\d{3})+|\d{1,3}(?:\.\d{3}){2,}|\d+"
_NUMERAL = rf"(?:{_INTEGER})(?:[.,]\d+)?"
_SUFFIX = r"(?:['’ʼ‘`‐-][а-яәғқңөұүһі]+)?"
_DIGITS = re.compile(
    rf"({_NUMERAL}){_SUFFIX}(?:\s?[-\u2010-\u2015\u2212]\s?({_NUMERAL}){_SUFFIX})?"
)


class NumberWord(NamedTuple):
    """One word that takes part in a number.

    Attributes:
        kind: small, magnitude, half, range (бес-алты), collective (бесеу) or ordinal.
        base: the nominative.
        suffixes: names of its suffixes, empty in the nominative.
    """

    kind: str
    base: str
    suffixes: tuple[str, ...]


class Value(NamedTuple):
    """What a number says: ``high`` is null unless it is a range."""

    low: float
    high: float | None


def number_word(form: str) -> NumberWord | None:
    """Read one token as a word of a number.

    Args:
        form: a token in lower-case Cyrillic.

    Returns:
        None where it is none, possessives («екеуі», «жүзі») among them.
    """
    if not _BEGINS.match(form) or form in _OTHERS:
        return None
    if "-" in form or "’" in form or "'" in form:
        return _joined(form)
    for kind, bases in _KINDS:
        for base in bases:
            if form == base:
                return NumberWord(kind, base, ())
            if not form.startswith(base[:-1]) or base in _ABBREVIATED:
                continue
            if _ORDINAL.match(form[len(base) :]) and form.startswith(base[:-1]):
                return NumberWord("ordinal", base, ())
            suffixes = suffixes_after(base, form)
            if suffixes and not set(suffixes) & _NO_NUMBER:
                return NumberWord(kind, base, suffixes)
    return None


#: «such», «there» and «for», not «about ten» and «in ten».
_OTHERS = frozenset({"ондай", "онда", "үшін"})
_KINDS = (
    ("collective", tuple(COLLECTIVES)),
    ("small", tuple(SMALL)),
    ("magnitude", tuple(MAGNITUDES)),
    ("half", _HALVES),
)
_NO_NUMBER = {"poss1sg", "poss2sg", "poss2", "poss1pl", "pl", "attr", "as"}


def _joined(form: str) -> NumberWord | None:
    before, _, after = re.split("([-’'])", form, maxsplit=1)
    if before in MAGNITUDES and is_suffix_chain(after):
        return NumberWord("magnitude", before, (after,))
    if before in SMALL and after == "ақ":
        return NumberWord("small", before, ())
    if before not in SMALL:
        return None
    last = number_word(after)
    if last is None or last.kind != "small":
        return None
    return NumberWord("range", form, last.suffixes)


@lru_cache(50_000)
def value_of(text: str) -> Value | None:
    """Value of a number as it stands: digits, words, or both.

    Args:
        text: the number's tokens in lower-case Cyrillic, with the white space that
            the text has between them.

    Returns:
        None where it is no number: a date, a time, a score, a telephone number.
    """
    numbers, words = _digits_and_words(text)
    if numbers is None:
        return None
    sides: list[list[float | str]] = [[], []]
    split = False
    for piece in [*numbers, *words]:
        if piece == "–":
            split = True
        elif isinstance(piece, Value) and piece.high is not None:
            if sides[0] or split:
                return None
            sides[0].append(piece.low)
            sides[1].append(piece.high)
            split = True
        else:
            sides[split].append(piece.low if isinstance(piece, Value) else piece)
    if not split:
        low = _sum(sides[0])
        return None if low is None else Value(low, None)
    return _range(sides[0], sides[1])


_Piece = Value | str


def _digits_and_words(text: str) -> tuple[list[_Piece] | None, list[_Piece]]:
    """Take the digits from the beginning; those after a magnitude stay in place."""
    found: list[_Piece] = []
    place = 0
    for match in _DIGITS_OR_WORD.finditer(text):
        if text[place : match.start()].strip():
            return None, []
        place = match.end()
        piece = match[0]
        if not piece[0].isdigit():
            found += _word_pieces(piece)
            continue
        value = _digits(piece)
        if value is None:
            return None, []
        found.append(value)
    return (None, []) if text[place:].strip() or not found else (found, [])


_DIGITS_OR_WORD = re.compile(
    rf"{_DIGITS.pattern}(?![\d:/]|[.,]\d)|[^\W\d]+(?:['’-][^\W\d]+)*|[-\u2010-\u2015\u2212]"
)


def _word_pieces(word: str) -> list[_Piece]:
    if word in "-‐‑‒–—―−":
        return ["–"]
    read = number_word(word)
    if read is None or read.kind == "ordinal":
        return [word]
    if read.kind != "range":
        return [read.base]
    first, _, last = word.partition("-")
    return [first, "–", *_word_pieces(last)]


def _digits(text: str) -> Value | None:
    match = _DIGITS.fullmatch(text)
    if match is None or len(text) > MOST_DIGITS * 3:
        return None
    low, high = (_numeral(side) if side else None for side in match.groups())
    if low is None or (match[2] and (high is None or high <= low)):
        return None
    return Value(low, high)


def _numeral(text: str) -> float | None:
    digits = re.sub(r"\s", "", text)
    if digits.count(".") > 1 or ("." in digits and "," in digits):
        digits = digits.replace(".", "")
    whole = digits.replace(",", ".").partition(".")[0]
    if len(whole) > MOST_DIGITS or (len(whole) > 1 and whole[0] == "0"):
        return None
    return float(digits.replace(",", "."))


def _range(left: list[float | str], right: list[float | str]) -> Value | None:
    low, high = _sum(left), _sum(right)
    if low is None or high is None:
        return None
    # The right side's last multiplier is the left's as well: «5–7 мың», «бес-алты жүз».
    scale = 1.0
    if not any(piece in MAGNITUDES for piece in left):
        for piece in right:
            scale *= MAGNITUDES.get(piece, 1.0) if isinstance(piece, str) else 1.0
    if scale == 1.0 and right[-1] == "жүз" and "жүз" not in left and low < high / 100:
        scale = 100.0
    low *= scale
    return Value(low, high) if low < high else None


def _sum(pieces: list[float | str]) -> float | None:
    """Value of one number in pieces; None where they make no number."""
    if _WHOLE in pieces or not _POINT.isdisjoint(p for p in pieces if p != ""):
        return _spoken_decimal(pieces)
    total, current, last = 0.0, None, float("inf")
    for before, piece in pairwise([None, *pieces]):
        if isinstance(piece, str) and piece in MAGNITUDES:
            size = MAGNITUDES[piece]
            if size >= last:
                return None
            total += (1.0 if current is None else current) * size
            current, last = None, size
        elif piece == "жүз":
            if current is not None and not 1 <= current < 10:  # noqa: PLR2004
                return None
            current = (current or 1.0) * 100
        elif piece in _HALVES:
            current = (current or 0.0) + 0.5
        else:
            more = piece if isinstance(piece, float) else _UNDER_100.get(str(piece))
            if more is None or (current is not None and not _follows(before, more)):
                return None
            current = (current or 0.0) + more
    if current is not None and current >= last and total:
        return None
    return total + (current or 0.0)


_UNDER_100 = SMALL | COLLECTIVES


def _follows(before: float | str | None, more: float) -> bool:
    """Whether a smaller number may follow: «жүз он», «жиырма бес», not «бес он»."""
    if not isinstance(before, str) or not more:
        return False
    return before == "жүз" or (SMALL.get(before, 0) >= 10 > more)  # noqa: PLR2004


def _spoken_decimal(pieces: list[float | str]) -> float | None:
    marks = [n for n, piece in enumerate(pieces) if piece == _WHOLE or piece in _POINT]
    whole, rest = _sum(pieces[: marks[0]]), pieces[marks[0] + 1 :]
    size = None
    if pieces[marks[0]] == _WHOLE and rest and rest[0] in _FRACTIONS:
        size = _FRACTIONS[str(rest[0])]
        rest = rest[1:]
    scale = MAGNITUDES.get(str(rest[-1]), 1.0) if rest else 1.0
    part = rest[:-1] if scale > 1 else rest
    decimal = _sum(part) if part else None
    if whole is None or decimal is None or len(marks) > 1:
        return None
    return (whole + decimal / (size or 10.0 ** len(str(int(decimal))))) * scale


_TIME = re.compile(r"(?:0?\d|1\d|2[0-4])[.:][0-5][05](?:-.*)?")


def is_time(text: str) -> bool:
    """Whether digits may be a time of day: «9.00», «15.30-да», «10:30»."""
    return bool(_TIME.fullmatch(text))
