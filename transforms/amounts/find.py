"""Find the amounts of articles."""

from __future__ import annotations

import re
from itertools import compress
from typing import TYPE_CHECKING

import polars as pl

from transforms.amounts import approximations as nearness
from transforms.amounts.nouns import CASED, Lemmas, add_lemmas, counted_noun
from transforms.amounts.ranges import join_ranges
from transforms.amounts.reading import Amount, after_word, read_amounts
from transforms.amounts.refusals import is_no_amount
from transforms.amounts.tokens import Tokens, tokens_near_numbers
from transforms.amounts.units import CASES
from transforms.surfaces import add_surfaces

if TYPE_CHECKING:
    from transforms.amounts.units import Units

AMOUNT_SCHEMA = pl.Schema(
    {
        "row_id": pl.Int32,
        "in_title": pl.Boolean,
        "sentence_no": pl.Int32,
        "value": pl.Float64,
        "value_max": pl.Float64,
        "kind": pl.String,
        "unit_code": pl.String,
        "currency_code": pl.String,
        "approximation": pl.String,
        "direction": pl.String,
        "counted": pl.String,
        "surface": pl.String,
        "start_char": pl.Int32,
        "end_char": pl.Int32,
        "confidence": pl.Float64,
        "method": pl.String,
    }
)

#: A verb of rising or falling later in the clause, or a noun right before or after.
_DIRECTION_AFTER = re.compile(r"[^|,;.:\-=12]{0,4}([12])")
_DIRECTION_BEFORE = re.compile(r"([12])[^|,;.:12]{0,3}$")
_DIRECTION_NOUN = re.compile(r"өсім|.+[ую](?:ы|і|ының|інің)?$")
_DIRECTIONS = {"1": "rise", "2": "fall"}
_HAS_WORDS = re.compile("[WVCZO]")
_HAS_DIGITS = re.compile("[DGYLSEHJKdgylsehjk]")
_DASHES = "-‐‑‒–—―−"
_REACHES = re.compile("жет(?:т|е|к|і)")
_UNTIL = frozenset({"дейін", "шейін"})
#: Words after which a number needs no noun, and verbs before which it needs none.
_TOTALS = frozenset({"саны", "барлығы", "жалпы", "небәрі", "бар-жоғы", "көрсеткіш"})
_BECOMES = re.compile("бол[дғаыу]|құра|жет[ткеуіп]|тең|екен|еді")
#: How often amounts of a kind are right, measured on the texts of the evaluation.
_SURE, _LIKELY, _SHARED, _BARE = 0.97, 0.93, 0.85, 0.75

#: «2 есе»: so many times as much; the word is part of the amount.
_TIMES = "есе"
_AND = frozenset({"және", "немесе", "мен", "бен", "пен", "әлде"})
_ONE_BETWEEN = 2
_BARE_LETTERS = "DGLHWCdglh"


def find_amounts(
    words: pl.DataFrame, articles: pl.DataFrame, units: Units
) -> pl.DataFrame:
    """Find numbers with what they measure or count.

    Dates, times, ordinals, scores, telephone numbers and numbers in names are left
    out; so are «бір» without a unit and numbers of more than 18 digits.

    Args:
        words: as `transforms.entities.words.read_words` gives them, in order.
        articles: ``row_id``, ``title`` and ``text``.
        units: the table of units and currencies.

    Returns:
        `AMOUNT_SCHEMA`, in order of article, title first, and place: ``value`` and,
        for ranges, ``value_max``; ``kind`` (money, percent, count, quantity,
        duration), ``unit_code`` (UCUM) or ``currency_code`` (ISO 4217);
        ``approximation`` (exact, over, under, about), ``direction`` (rise, fall) where
        a verb or noun of the clause says so, ``counted`` (the noun, nominative).
        ``surface`` holds number, unit and words of approximation, and the noun only
        where such a word follows it («100 адамнан астам»).
    """
    tokens = tokens_near_numbers(words, units)
    amounts = [
        amount
        for amount in join_ranges(read_amounts(tokens, units), tokens)
        if not is_no_amount(amount, tokens)
    ]
    for amount in amounts:
        _drop_false_unit(amount, tokens)
        _settle_until(amount, tokens)
        _settle_sign(amount, tokens)
    counts = (amount.last for amount in amounts if amount.unit is None)
    add_lemmas(units.lemmas, counts, tokens)
    settled = [_is_settled(amount, tokens, units.lemmas) for amount in amounts]
    for place in range(len(amounts) - 2, -1, -1):
        if not settled[place] and settled[place + 1]:
            settled[place] = _shares(amounts[place], amounts[place + 1], tokens)
    found = list(compress(amounts, settled))
    return _frame(found, tokens, articles)


def _is_settled(amount: Amount, tokens: Tokens, lemmas: Lemmas) -> bool:
    """Add the noun counted and the confidence; false for what counts nothing."""
    if amount.unit is not None:
        amount.confidence = _SURE
        return True
    noun = None
    amount.may_move = _is_inflected(amount)
    if amount.nearness or not _is_inflected(amount):
        noun = counted_noun(amount.last, tokens, lemmas)
    if noun is not None:
        amount.counted = noun.lemma
        amount.may_move = noun.lemma == _TIMES or bool(CASED & set(noun.suffixes))
        amount.confidence = _LIKELY
        if noun.lemma == _TIMES and not amount.nearness:
            amount.last = noun.place
        after = tokens.at[noun.place] + 1
        is_near = not amount.nearness and CASED & set(noun.suffixes)
        if is_near and tokens.letters[after : after + 1] == "A":
            after_word(amount, tokens, noun.place + 1)
        return True
    amount.confidence = _BARE
    return _stands_alone(amount, tokens)


def _shares(amount: Amount, other: Amount, tokens: Tokens) -> bool:
    """«6,5 және 5,25 пайыз»: the first number has the unit of the second."""
    gap = tokens.at[other.first] - tokens.at[amount.last]
    is_joined = gap == _ONE_BETWEEN and tokens.form[amount.last + 1] in _AND
    if not is_joined or amount.letters[-1] not in _BARE_LETTERS:
        return False
    amount.unit, amount.counted = other.unit, other.counted
    amount.confidence = _SHARED
    return amount.unit is not None or amount.counted is not None


def _is_inflected(amount: Amount) -> bool:
    """«саны 60-қа жетті», «үшеуі»: what comes next is not counted by it."""
    is_cased = amount.letters[-1] in "VNSEJOsej"
    return is_cased and amount.approximation == nearness.EXACT


def _drop_false_unit(amount: Amount, tokens: Tokens) -> None:
    """«200 жас маман» counts young people, «25 айлық есептік көрсеткіш» an index."""
    if amount.unit is None or amount.last != amount.head:
        return
    form = tokens.form[amount.head]
    after = tokens.at[amount.head] + 1
    is_followed = tokens.letters[after : after + 1] == "_"
    following = tokens.form[amount.head + 1] if is_followed else ""
    if (form == "жас" and is_followed and following not in _AGES) or (
        form == "айлық" and following.startswith("есептік")
    ):
        amount.unit = None
        amount.unit_suffixes = ()
        amount.last = amount.head = amount.number_last


_AGES = frozenset(
    {"үлкен", "кіші", "үлкенде", "аралығында", "аралығындағы", "шамасында", "болды"}
)


def _settle_until(amount: Amount, tokens: Tokens) -> None:
    """«5 пайызға дейін төмендеді», «… дейін жетті»: where it came to, no limit."""
    after = tokens.at[amount.last] + 1
    following = tokens.letters[after : after + 1]
    reaches = following == "_" and _REACHES.match(tokens.form[amount.last + 1])
    if amount.nearness in _UNTIL and (reaches or following in {"1", "2"}):
        amount.approximation = nearness.EXACT


def _settle_sign(amount: Amount, tokens: Tokens) -> None:
    """«−15 градус», «минус 15 градус», «-2%»."""
    place = amount.first - 1
    is_open = amount.unit is not None and amount.unit.unit_code in {"Cel", "%"}
    if (
        amount.value.high is not None
        or place < 0
        or tokens.letters[tokens.at[amount.first] - 1] == "|"
    ):
        return
    is_glued = tokens.end[place] == tokens.start[amount.first]
    begins = place == 0 or tokens.end[place - 1] < tokens.start[place]
    before = tokens.letters[tokens.at[place] - 1]
    begins = begins or before in "|;"
    sign = tokens.form[place]
    is_minus = is_glued and begins and sign in (_DASHES if is_open else "-−")
    if is_minus or sign == "минус":
        amount.first = place
        amount.value = amount.value._replace(low=-amount.value.low)


def _stands_alone(amount: Amount, tokens: Tokens) -> bool:
    """Whether a number without noun and unit is an amount all the same."""
    if amount.approximation != nearness.EXACT or amount.value.high is not None:
        return True
    if amount.letters[-1] in "MNKSEJO" or "M" in amount.letters:
        return True
    before = tokens.letters[tokens.at[amount.first] - 1]
    if before != "|" and tokens.form[amount.first - 1] in _TOTALS:
        return True
    after = tokens.at[amount.last] + 1
    return tokens.letters[after : after + 1] == "_" and bool(
        _BECOMES.match(tokens.form[amount.last + 1])
    )


def _direction(amount: Amount, tokens: Tokens) -> str | None:
    if amount.unit is None and not amount.may_move:
        return None
    if amount.unit is not None and (
        amount.unit.kind == "duration"
        or (amount.unit.kind == "quantity" and "made" in amount.unit_suffixes)
    ):
        return None
    if not amount.nearness and CASES["abl"].search(tokens.form[amount.head]):
        # «10 пайыздан 12 пайызға өсті»: what it rose from.
        return None
    after = tokens.at[amount.last] + 1
    match = _DIRECTION_AFTER.match(tokens.letters, after)
    if match is None:
        begin = tokens.at[amount.first]
        match = _DIRECTION_BEFORE.search(tokens.letters, max(begin - 5, 0), begin)
        place = tokens.owner[match.start()] if match else 0
        match = match if _DIRECTION_NOUN.match(tokens.form[place]) else None
    return _DIRECTIONS[match[1]] if match else None


def _method(amount: Amount) -> str:
    if not _HAS_DIGITS.search(amount.letters):
        return "words"
    return "mixed" if _HAS_WORDS.search(amount.letters) else "digits"


def _frame(
    amounts: list[Amount], tokens: Tokens, articles: pl.DataFrame
) -> pl.DataFrame:
    if not amounts:
        return AMOUNT_SCHEMA.to_frame()
    units = [amount.unit for amount in amounts]
    places = tokens.frame[[amount.first for amount in amounts]]
    return (
        places.with_columns(
            value=pl.Series([amount.value.low for amount in amounts]),
            value_max=pl.Series([a.value.high for a in amounts], dtype=pl.Float64),
            kind=pl.Series([unit.kind if unit else "count" for unit in units]),
            unit_code=pl.Series(
                [unit.unit_code if unit else None for unit in units], dtype=pl.String
            ),
            currency_code=pl.Series(
                [unit.currency_code if unit else None for unit in units],
                dtype=pl.String,
            ),
            approximation=pl.Series([amount.approximation for amount in amounts]),
            direction=pl.Series(
                [_direction(amount, tokens) for amount in amounts], dtype=pl.String
            ),
            counted=pl.Series([a.counted for a in amounts], dtype=pl.String),
            start_char=pl.Series([tokens.start[a.first] for a in amounts]),
            end_char=pl.Series([tokens.end[a.last] for a in amounts]),
            confidence=pl.Series([amount.confidence for amount in amounts]),
            method=pl.Series([_method(amount) for amount in amounts]),
        )
        .pipe(add_surfaces, articles)
        .select(pl.col(name).cast(dtype) for name, dtype in AMOUNT_SCHEMA.items())
        .sort("row_id", ~pl.col("in_title"), "start_char")
    )
