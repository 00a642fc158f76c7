"""Two numbers that are one range: «бестен онға дейін», «5 пен 7 аралығында»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.amounts.approximations import EXACT
from transforms.amounts.letters import BREAK
from transforms.amounts.units import CASES
from transforms.kazakh.number_words import Value

if TYPE_CHECKING:
    from transforms.amounts.reading import Amount
    from transforms.amounts.tokens import Tokens

_UNTIL = frozenset({"дейін", "дейінгі", "шейін", "шейінгі"})
_AND = frozenset({"мен", "бен", "пен"})
_BETWEEN = re.compile("аралығ|арасы")
_DASHES = frozenset("-‐‑‒–—―−")
_DOTS = frozenset("….")
#: Three full stops and a sign.
_MOST_SIGNS = 3
#: Number letters that have a magnitude in them.
_HAS_MAGNITUDE = re.compile("[MNKmn]")


def join_ranges(amounts: list[Amount], tokens: Tokens) -> list[Amount]:
    """Put two neighbours together where the text makes a range of them."""
    joined: list[Amount] = []
    for amount in amounts:
        before = joined[-1] if joined else None
        if before is not None and _is_range(before, amount, tokens):
            range_ = _join(before, amount, tokens)
            if range_ is not None:
                joined[-1] = range_
                continue
        joined.append(amount)
    return joined


def _is_range(before: Amount, amount: Amount, tokens: Tokens) -> bool:
    if before.value.high is not None or amount.value.high is not None:
        return False
    if before.unit not in (None, amount.unit) or before.nearness:
        return False
    gap = tokens.letters[tokens.at[before.last] + 1 : tokens.at[amount.first]]
    if BREAK in gap:
        return False
    if not gap:
        is_from = CASES["abl"].search(tokens.form[before.head])
        return bool(is_from) and amount.nearness in _UNTIL
    if tokens.form[before.last + 1] in _DOTS:
        return before.unit is None and _is_dotted(before, amount, tokens)
    return len(gap) == 1 and _is_joined(before, amount, tokens)


def _is_dotted(before: Amount, amount: Amount, tokens: Tokens) -> bool:
    """«20…25 градус», «–6...–8°»: dots, and maybe a sign, without a space."""
    first, last = before.last + 1, amount.first - 1
    if amount.unit is None or last - first > _MOST_SIGNS:
        return False
    is_dots = all(form in _DOTS for form in tokens.form[first:last])
    is_glued = tokens.end[before.last] == tokens.start[first]
    return is_dots and is_glued and tokens.form[last] in _DOTS | _DASHES | {"+"}


def _is_joined(before: Amount, amount: Amount, tokens: Tokens) -> bool:
    """«5 млн – 7 млн», «5 пен 7 аралығында»."""
    word = tokens.form[before.last + 1]
    if word in _DASHES:
        both = (before.letters, amount.letters)
        return before.unit is None and all(map(_HAS_MAGNITUDE.search, both))
    after = tokens.at[amount.last] + 1
    is_word = word in _AND and tokens.letters[after : after + 1] == "_"
    return is_word and bool(_BETWEEN.match(tokens.form[amount.last + 1]))


def _join(before: Amount, amount: Amount, tokens: Tokens) -> Amount | None:
    low, high = before.value.low, amount.value.low
    first = before.first
    if tokens.form[before.last + 1] in _DOTS and _is_minus(first - 1, tokens):
        first -= 1
        low = -low
        if tokens.form[amount.first - 1] in _DASHES:
            low, high = -high, low
    # «5-тен 10 мыңға дейін»: the magnitude is that of both.
    if before.unit is None and not _HAS_MAGNITUDE.search(before.letters):
        size = next((s for s in (1e12, 1e9, 1e6, 1e3) if high >= s), 1.0)
        if _HAS_MAGNITUDE.search(amount.letters) and low < high / size:
            low *= size
    if low >= high:
        return None
    amount.first = first
    amount.number_first = before.number_first
    amount.value = Value(low, high)
    amount.approximation = EXACT
    return amount


def _is_minus(place: int, tokens: Tokens) -> bool:
    """Whether the token is a dash written on to the number after it."""
    if place < 0 or tokens.letters[tokens.at[place + 1] - 1] == "|":
        return False
    is_glued = tokens.end[place] == tokens.start[place + 1]
    return is_glued and tokens.form[place] in _DASHES
