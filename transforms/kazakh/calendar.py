"""Month names as news prints them: every Kazakh case, Russian, English, Latin script.

The forms are generated from the stems below by the endings of Kazakh and Russian
grammar, so that a word is a month only if it is spelled as one: «қазан», «қазанда» and
«қазаны» are October, «қазандық» (boiler) is not.
"""

from __future__ import annotations

import polars as pl

#: Case endings by the stem's last sound: genitive, dative, accusative, locative,
#: ablative, instrumental and the adjective of the locative («қазандағы»).
_BACK_SONORANT = "дың ға ды да дан мен дағы"
_BACK_NASAL = "ның ға ды да нан мен дағы"
_BACK_SIBILANT = "дың ға ды да дан бен дағы"
_BACK_VOWEL = "ның ға ны да дан мен дағы"
_FRONT_SONORANT = "дің ге ді де ден мен дегі"
_FRONT_VOWEL = "нің ге ні де ден мен дегі"
_FRONT_VOICELESS = "тің ке ті те тен пен тегі"
_BACK_POSSESSED = "н на нда нан ның мен ндағы"
_FRONT_POSSESSED = "н не нде нен нің мен ндегі"

#: Month number -> (nominative, its case endings, possessive, endings after it).
_KAZAKH: dict[int, tuple[str, str, str, str]] = {
    1: ("қаңтар", _BACK_SONORANT, "қаңтары", _BACK_POSSESSED),
    2: ("ақпан", _BACK_NASAL, "ақпаны", _BACK_POSSESSED),
    3: ("наурыз", _BACK_SIBILANT, "наурызы", _BACK_POSSESSED),
    4: ("сәуір", _FRONT_SONORANT, "сәуірі", _FRONT_POSSESSED),
    5: ("мамыр", _BACK_SONORANT, "мамыры", _BACK_POSSESSED),
    6: ("маусым", _BACK_NASAL, "маусымы", _BACK_POSSESSED),
    7: ("шілде", _FRONT_VOWEL, "шілдесі", _FRONT_POSSESSED),
    8: ("тамыз", _BACK_SIBILANT, "тамызы", _BACK_POSSESSED),
    9: ("қыркүйек", _FRONT_VOICELESS, "қыркүйегі", _FRONT_POSSESSED),
    10: ("қазан", _BACK_NASAL, "қазаны", _BACK_POSSESSED),
    11: ("қараша", _BACK_VOWEL, "қарашасы", _BACK_POSSESSED),
    12: ("желтоқсан", _BACK_NASAL, "желтоқсаны", _BACK_POSSESSED),
}

#: Month number -> spellings in Latin script (2018 and 2021 alphabets, plain ASCII),
#: misspellings seen on news pages, and abbreviations.
_KAZAKH_VARIANTS: dict[int, str] = {
    1: "qaŋtar qańtar qañtar qantar қаң",
    2: "aqpan ақп",
    3: "nauryz naýryz нау",
    4: "säuir sáýir sauir сәу",
    5: "mamyr мам",
    6: "mausym maýsym мау",
    7: "şılde shilde şilde шіл",
    8: "tamyz там",
    9: "qyrküiek qyrkúıek qyrkuiek қырк",
    10: "qazan қаз",
    11: "qaraşa qarasha қар",
    12: "jeltoqsan желтоксан желт",
}

#: Month number -> (stem, endings, abbreviations).
_RUSSIAN: dict[int, tuple[str, str, str]] = {
    1: ("январ", "ь я ю ем е", "янв"),
    2: ("феврал", "ь я ю ем е", "фев февр"),
    3: ("март", "а у ом е", "март мар"),
    4: ("апрел", "ь я ю ем е", "апр"),
    5: ("ма", "й я ю ем е", "май"),
    6: ("июн", "ь я ю ем е", "июн"),
    7: ("июл", "ь я ю ем е", "июл"),
    8: ("август", "а у ом е", "август авг"),
    9: ("сентябр", "ь я ю ем е", "сен сент"),
    10: ("октябр", "ь я ю ем е", "окт"),
    11: ("ноябр", "ь я ю ем е", "ноя нояб"),
    12: ("декабр", "ь я ю ем е", "дек"),
}

_ENGLISH: dict[int, str] = {
    1: "january jan",
    2: "february feb",
    3: "march mar",
    4: "april apr",
    5: "may",
    6: "june jun",
    7: "july jul",
    8: "august aug",
    9: "september sept sep",
    10: "october oct",
    11: "november nov",
    12: "december dec",
}


def _forms() -> dict[str, int]:
    forms: dict[str, int] = {}
    for number, (stem, endings, possessed, further) in _KAZAKH.items():
        words = [stem, possessed, *_KAZAKH_VARIANTS[number].split()]
        words += [stem + ending for ending in endings.split()]
        words += [possessed + ending for ending in further.split()]
        russian, russian_endings, short = _RUSSIAN[number]
        words += [russian + ending for ending in russian_endings.split()]
        words += [*short.split(), *_ENGLISH[number].split()]
        forms.update(dict.fromkeys(words, number))
    return forms


#: Lower-case form of a month's name -> its number.
MONTH_FORMS: dict[str, int] = _forms()

#: What the endings above are, in their order: genitive, dative, accusative, locative,
#: ablative, instrumental, and the adjective of the locative.
CASES = ("gen", "dat", "acc", "loc", "abl", "ins", "adj")
_POSSESSED_CASES = ("acc", "dat", "loc", "abl", "gen", "ins", "adj")


def _month_cases() -> dict[str, tuple[int, str]]:
    cases: dict[str, tuple[int, str]] = {}
    for number, (stem, endings, possessed, further) in _KAZAKH.items():
        cases |= {stem: (number, "nom"), possessed: (number, "nom")}
        for case, ending in zip(CASES, endings.split(), strict=True):
            cases[stem + ending] = (number, case)
        for case, ending in zip(_POSSESSED_CASES, further.split(), strict=True):
            cases[possessed + ending] = (number, case)
    return cases


#: Lower-case Kazakh form of a month's name -> its number and case (of `CASES`, or
#: ``nom``). Abbreviations are not here: in running text «қар» is snow.
MONTH_CASES: dict[str, tuple[int, str]] = _month_cases()

#: The words that mark a year in Kazakh and Russian dates, after its digits.
YEAR_WORD = r"\s*(?:жылғы|жылдың|жылы|жыл|жж|ж|года|год|г)\b\.?"

#: A date as Kazakh and Russian print it inside a line: «2025 жылғы 9 қазан»,
#: «9 қазан 2025», «19.12.2025», «2025-12-19», each with or without a time of day.
#: One group: the whole. The month's word is checked by `month_number`, not here.
PRINTED_DATE = (
    r"(\d{4}(?:" + YEAR_WORD + r")?,?\s+\d{1,2}[\s-]+\p{L}{3,14}"
    r"|\d{1,2}\s+\p{L}{3,14},?\s+\d{4}(?:" + YEAR_WORD + r")?(?:[,\s]+\d{1,2}:\d{2})?"
    r"|\d{1,2}\.\d{1,2}\.\d{4}(?:[,\s]+\d{1,2}:\d{2})?"
    r"|\d{4}-\d{2}-\d{2}(?:[T\s,]+\d{1,2}:\d{2})?)"
)


def month_number(word: pl.Expr) -> pl.Expr:
    """Number (1 to 12) of the month that a word names, in any case; else null.

    Args:
        word: a String expression holding one word each, any letter case.

    Returns:
        An Int8 expression; null where the word is no form of a month's name.
    """
    return word.str.to_lowercase().replace_strict(
        MONTH_FORMS, default=None, return_dtype=pl.Int8
    )
