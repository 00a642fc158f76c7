"""What a word is in a date, and how the forms of a word are made."""

from __future__ import annotations

from typing import NamedTuple

from transforms.kazakh.calendar import CASES

#: Endings after hard and soft stems by their last sound, in the order of `CASES`.
HARD = ("дың", "ға", "ды", "да", "дан", "мен", "дағы")
HARD_VOICELESS = ("тың", "қа", "ты", "та", "тан", "пен", "тағы")
HARD_VOWEL = ("ның", "ға", "ны", "да", "дан", "мен", "дағы")
HARD_NASAL = ("ның", "ға", "ды", "да", "нан", "мен", "дағы")
HARD_Z = ("дың", "ға", "ды", "да", "дан", "бен", "дағы")
SOFT = ("нің", "ге", "ді", "де", "нен", "мен", "дегі")
SOFT_Z = ("дің", "ге", "ді", "де", "ден", "бен", "дегі")
HARD_POSSESSED = ("ның", "на", "н", "нда", "нан", "мен", "ндағы")
SOFT_POSSESSED = ("нің", "не", "н", "нде", "нен", "мен", "ндегі")


class Sense(NamedTuple):
    """What a word is in a date.

    Attributes:
        kind: one character, as `KINDS` explains.
        value: a number, the month's, the weekday's (Monday is 0), an offset in days
            or years.
        case: of `transforms.kazakh.calendar.CASES`, or ``nom``.
    """

    kind: str
    value: int = 0
    case: str = "nom"


def declined(stem: str, endings: tuple[str, ...]) -> dict[str, str]:
    """Give the forms of a word and their cases."""
    forms = {stem: "nom"}
    return forms | {
        stem + ending: case for case, ending in zip(CASES, endings, strict=True)
    }


def of(kind: str, value: int, stem: str, endings: tuple[str, ...]) -> dict[str, Sense]:
    """Give the forms of a word with what they are."""
    return {
        form: Sense(kind, value, case) for form, case in declined(stem, endings).items()
    }


def listed(kind: str, words: str, value: int = 0) -> dict[str, Sense]:
    """Give words that are the same in every date."""
    return dict.fromkeys(words.split(), Sense(kind, value))
