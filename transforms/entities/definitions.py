"""Abbreviations that an article explains by their initials.

«Қоғамдық бағдарларды зерттеу орталығы (ҚБЗО)» names an organisation even where nothing
else tells so: the words before the bracket begin with the letters inside it. The other
order, «ҚБЗО (Қоғамдық бағдарларды зерттеу орталығы)», is read the same way.
"""

from __future__ import annotations

import re

import polars as pl

from transforms.entities.spans import same_sentence

_ABBREVIATION = r"^\p{Lu}[\p{Lu}\p{N}]{1,7}$"
#: Words that abbreviations often leave out.
_MINOR = {"мен", "пен", "бен", "және", "жөніндегі", "бойынша", "туралы", "үшін", "of"}
#: A word that says what an organisation is, possessed.
_KIND = re.compile(
    "^(?:қауымдасты|одағы|ұйымы|қоры|орталы|компания|бірлесті|кеңесі|комитеті)"
)
#: Left-out words at most.
_SKIPPED = 2
_PLACE = ("row_id", "in_title", "sentence_no")
#: Names explained by their initials are right about so often.
DEFINED = 0.9


def defined_names(words: pl.DataFrame) -> pl.DataFrame:
    """Find the full names that bracketed abbreviations stand for.

    Args:
        words: the words, with their number ``at``.

    Returns:
        ``row_id``, ``in_title``, ``sentence_no``, ``first``, ``last`` (rows of
        ``words``), ``start_char`` and ``end_char`` of each full name.
    """
    previous, following = pl.col("form").shift(1), pl.col("form").shift(-1)
    marks = (
        words.select(
            "at",
            "form",
            is_inside=(previous == "(") & (following == ")"),
            is_outside=following == "(",
        )
        .filter(pl.col("is_inside") | pl.col("is_outside"))
        .filter(pl.col("form").str.contains(_ABBREVIATION))
    )
    if marks.is_empty():
        return words.head(0).select(
            *_PLACE, "start_char", "end_char", first="at", last="at"
        )
    inside, outside = marks.filter("is_inside"), marks.filter("is_outside")
    forms = words["form"]
    found = [
        span
        for at, letters in inside.select("at", "form").iter_rows()
        if (
            span := _before(forms, at - 2, letters) or _but_last(forms, at - 2, letters)
        )
    ] + [
        span
        for at, letters in outside.select("at", "form").iter_rows()
        if (span := _after(forms, at + 2, letters))
    ]
    spans = pl.DataFrame(
        found, schema={"first": pl.UInt32, "last": pl.UInt32}, orient="row"
    )
    spans = spans.filter(same_sentence(words, spans["first"], spans["last"]))
    return spans.with_columns(
        *words[spans["first"]].select(*_PLACE, "start_char").get_columns(),
        words["end_char"].gather(spans["last"]),
    )


def _before(forms: pl.Series, last: int, letters: str) -> tuple[int, int] | None:
    """The words that end at ``last`` and begin with these letters."""
    wanted = list(letters.lower())
    skipped, at = 0, last
    while wanted and at >= 0:
        word = forms[at].lower()
        if word[0] == wanted[-1]:
            wanted.pop()
        elif word in _MINOR and skipped < _SKIPPED and at < last:
            skipped += 1
        else:
            return None
        at -= 1
    return (at + 1, last) if not wanted else None


def _but_last(forms: pl.Series, last: int, letters: str) -> tuple[int, int] | None:
    """The same where the word for what it is has no letter: «… бағыты қауымдастығы»."""
    if last < 1 or not _KIND.search(forms[last].lower()):
        return None
    span = _before(forms, last - 1, letters)
    return (span[0], last) if span else None


def _after(forms: pl.Series, first: int, letters: str) -> tuple[int, int] | None:
    """The words from ``first`` to the bracket that begin with these letters."""
    wanted = list(letters.lower())
    at = first
    while wanted and at < len(forms):
        word = forms[at].lower()
        if word[0] == wanted[0]:
            wanted.pop(0)
        elif word not in _MINOR:
            return None
        at += 1
    is_whole = not wanted and at < len(forms) and forms[at] == ")"
    return (first, at - 1) if is_whole else None
