"""Amounts as they stand in the text of letters: number, unit, approximation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from transforms.amounts import approximations as words
from transforms.amounts.grammar import AMOUNT
from transforms.amounts.units import CASES, Unit
from transforms.kazakh.number_words import Value, value_of

if TYPE_CHECKING:
    from transforms.amounts.tokens import Tokens
    from transforms.amounts.units import Units

_LIKE = re.compile("[-’'‐ʼ`]?[дт][ае]й$")
_JOINED = re.compile(r"([0-9][0-9.,]*)([^\W\d].*)", re.DOTALL)
_VOWEL = re.compile("[аәеиоөуұүыіэюяё]")
#: «12.500 теңге» is twelve thousand five hundred; «12.500 км» may be either.
_POINTED = re.compile(r"\d{1,3}\.\d{3}")
_LONGEST_NUMBER = 120
#: Groups of the pattern: before, sign, number, middle, unit, after.
_NUMBER = 3
_NEGATIVE = frozenset({"Cel", "%"})


@dataclass(slots=True)
class Amount:
    """One amount while it is read; places are tokens, ends inclusive.

    Attributes:
        first, last: the whole, with its words of approximation.
        head: the last token of number and unit, without approximation.
        number_first, number_last: the number alone.
        letters: the number's letters, as `transforms.amounts.letters` writes them.
        value: its value or range.
        unit: null for what is counted.
        unit_suffixes: suffixes of the unit's word.
        approximation: exact, over, under or about.
        nearness: the word of approximation after it, null where there is none.
        counted: the noun counted, in the nominative.
        confidence: how often such amounts are right.
        may_move: whether a verb may say that what is counted rose or fell to it.
    """

    first: int
    last: int
    head: int
    number_first: int
    number_last: int
    letters: str
    value: Value
    unit: Unit | None
    unit_suffixes: tuple[str, ...]
    approximation: str = words.EXACT
    nearness: str | None = None
    counted: str | None = None
    confidence: float = 0.0
    may_move: bool = False


def read_amounts(tokens: Tokens, units: Units) -> list[Amount]:
    """Read everything that has the form of an amount, dates and times among it."""
    found = []
    for match in AMOUNT.finditer(tokens.letters):
        if _is_plain_date(match, tokens):
            continue
        amount = _read(match, tokens, units)
        if amount is not None:
            found.append(amount)
    return found


def _is_plain_date(match: re.Match[str], tokens: Tokens) -> bool:
    """«2025 жылғы», «9 қазанда»: most numbers of news, let go of without more ado."""
    low, high = match.regs[_NUMBER]
    if high - low != 1:
        return False
    letter, following = tokens.letters[low], tokens.letters[high : high + 1]
    if letter == "Y" and following == "U":
        place = tokens.owner[low]
        written = tokens.form[place]
        return written < "2100" and tokens.form[place + 1] in _YEAR_FORMS
    return letter in "DH" and following == "3"


_YEAR_FORMS = frozenset(
    [
        "жылы",
        "жылғы",
        "жылдың",
        "жылдары",
        "жылдарға",
        "жылдардағы",
        "жылында",
        "жылдар",
    ]
)


def _read(match: re.Match[str], tokens: Tokens, units: Units) -> Amount | None:
    owner = tokens.owner
    _, _, _, (low, high), (near, _), (begin, end), _ = match.regs
    first, last = owner[low], owner[high - 1]
    letters = tokens.letters[low:high]
    unit: Unit | None = None
    suffixes: tuple[str, ...] = ()
    head = last
    text = joined(tokens, first, last)
    if len(text) > _LONGEST_NUMBER:
        return None
    if letters[-1] in "Kk":
        text, unit = _joined_unit(text, units)
    value = value_of(text)
    if value is None:
        return None
    middle = _nearness(tokens, owner[near]) if near < begin else None
    if begin < end and (middle or near == begin) and unit is None:
        unit, suffixes, head = _unit(tokens, owner[begin], owner[end - 1], units)
        head = last if unit is None else head
    amount = Amount(first, head, head, first, last, letters, value, unit, suffixes)
    if match["sign"] and unit is None:
        amount.first = owner[match.start("sign")]
        amount.unit = units.symbols.get(tokens.form[amount.first])
        begin = end
    if unit is not None and unit.kind == "money" and value.high is None:
        amount.value = _without_point(text, value)
    _approximate(amount, match, tokens, middle)
    return amount


def joined(tokens: Tokens, first: int, last: int) -> str:
    """Tokens with a space wherever the text has white space."""
    if first == last:
        return tokens.form[first]
    pieces = [tokens.form[first]]
    for place in range(first + 1, last + 1):
        if tokens.start[place] > tokens.end[place - 1]:
            pieces.append(" ")
        pieces.append(tokens.form[place])
    return "".join(pieces)


def _joined_unit(text: str, units: Units) -> tuple[str, Unit | None]:
    """Part «5км»; «12млн» stays, it is a number."""
    match = _JOINED.fullmatch(text)
    if match is None:
        return text, None
    read = units.read(match[2])
    if read is None or read.head is None:
        return text, None
    return match[1], units.resolve((), read.head)


def _unit(
    tokens: Tokens, first: int, last: int, units: Units
) -> tuple[Unit | None, tuple[str, ...], int]:
    """The longest name of a unit here, with suffixes and its last token."""
    forms = [form for form in tokens.form[first : last + 1] if form != "."]
    for size in range(len(forms), 0, -1):
        read = units.read(forms[size - 1])
        if read is None or read.head is None:
            continue
        unit = units.resolve(tuple(forms[: size - 1]), read.head)
        if unit is not None:
            is_whole = size == len(forms)
            return unit, read.suffixes, last if is_whole else first + size - 1
    return units.symbols.get(tokens.form[first]), (), first


def _without_point(text: str, value: Value) -> Value:
    if _POINTED.fullmatch(text):
        return Value(value.low * 1000, None)
    return value


def _nearness(tokens: Tokens, place: int) -> str | None:
    """A word of approximation that the token before it agrees with."""
    word = tokens.form[place]
    case = words.AFTER[word][1]
    before = tokens.form[place - 1]
    if not case or CASES[case].search(before):
        return word
    # What has no letters to show a case: «5% астам», «2 млн жуық».
    is_short = not _VOWEL.search(before) and not before.isdigit()
    return word if is_short or word == "астам" else None


def _approximate(
    amount: Amount, match: re.Match[str], tokens: Tokens, middle: str | None
) -> None:
    """Settle how near the number is, and how far its words reach."""
    owner = tokens.owner
    if middle:
        amount.nearness = middle
        amount.last = max(amount.last, owner[match.end("middle") - 1])
    begin, end = match.span("after")
    if begin < end and owner[begin] == amount.last + 1:
        after_word(amount, tokens, owner[begin])
    if amount.nearness:
        amount.approximation = _meaning(amount, tokens)
    elif _LIKE.search(tokens.form[amount.head]) and amount.letters != "G":
        amount.approximation = words.ABOUT
    begin, end = match.span("before")
    if begin < end:
        place = owner[begin]
        word = tokens.form[place]
        said = words.BEFORE.get(word) or words.AT_LEAST.get(word)
        if said is not None:
            amount.first = place
            amount.approximation = said


def after_word(amount: Amount, tokens: Tokens, place: int) -> bool:
    """Take a word of approximation after the amount in, if it belongs there."""
    word = _nearness(tokens, place)
    if word is None:
        return False
    amount.nearness = word
    amount.last = place
    following = tokens.at[place] + 1
    if tokens.letters[following : following + 1] == "8":
        amount.last = place + 1
    amount.approximation = _meaning(amount, tokens)
    return True


def _meaning(amount: Amount, tokens: Tokens) -> str:
    meaning = words.AFTER[str(amount.nearness)][0]
    # The word may stand inside, before the unit: «200-ден кем емес гектар».
    place = amount.number_last + 1
    inside = tokens.form[place : place + 2] or [""]
    is_turned = tokens.form[amount.last] in words.NEGATIONS or (
        inside[0] == amount.nearness and inside[-1] in words.NEGATIONS
    )
    return words.TURNED[meaning] if is_turned else meaning
