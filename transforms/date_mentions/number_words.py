"""Numbers in dates: in words, as Roman numerals, and their endings after a hyphen."""

from __future__ import annotations

from itertools import product

from transforms.date_mentions.senses import (
    HARD_POSSESSED,
    SOFT_POSSESSED,
    Sense,
    of,
)

_CARDINALS = (
    "бір екі үш төрт бес алты жеті сегіз тоғыз он",
    "жиырма отыз қырық елу алпыс жетпіс сексен",
)
_ORDINAL_UNITS = """
    бірінші екінші үшінші төртінші бесінші алтыншы жетінші сегізінші тоғызыншы оныншы
"""
_ORDINAL_TENS = """
    жиырмасыншы отызыншы қырқыншы елуінші алпысыншы жетпісінші сексенінші тоқсаныншы
"""
_POSSESSED_UNITS = "бірі екісі үші төрті бесі алтысы жетісі сегізі тоғызы оны"
_POSSESSED_TENS = "жиырмасы отызы"


def _in_words() -> dict[str, Sense]:
    forms: dict[str, Sense] = {}
    ordinals = (_ORDINAL_UNITS, _ORDINAL_TENS)
    for kind, (units, tens) in (("W", _CARDINALS), ("O", ordinals)):
        forms |= {word: Sense(kind, n) for n, word in enumerate(units.split(), 1)}
        forms |= {word: Sense(kind, 10 * n) for n, word in enumerate(tens.split(), 2)}
    for words, step, first in ((_POSSESSED_UNITS, 1, 1), (_POSSESSED_TENS, 10, 2)):
        for number, word in enumerate(words.split(), first):
            endings = HARD_POSSESSED if word[-1] == "ы" else SOFT_POSSESSED
            forms |= of("K", number * step, word, endings)
    return forms


def _roman() -> dict[str, Sense]:
    """Numerals up to XXI, with Latin or Cyrillic letters."""
    tens = ["", "X", "XX"]
    units = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    alike = {"I": "IІ", "X": "XХ", "V": "V"}
    return {
        "".join(letters): Sense("R", value)
        for value in range(1, 22)
        for letters in product(
            *(alike[letter] for letter in tens[value // 10] + units[value % 10])
        )
    }


def _endings() -> dict[str, str]:
    cases = """
        да де та те дан ден тан тен нан нен ға ге қа ке ның нің дың дің тың тің ны ні ды
        ді ты ті мен пен бен дағы дегі тағы тегі
    """
    possessed = [
        stem + ending
        for stem, endings in (
            ("ы", HARD_POSSESSED),
            ("сы", HARD_POSSESSED),
            ("і", SOFT_POSSESSED),
            ("сі", SOFT_POSSESSED),
        )
        for ending in ("", *endings)
    ]
    return (
        dict.fromkeys(cases.split(), "3")
        | dict.fromkeys(("шы", "ші", "ыншы", "інші", "ншы", "нші"), "2")
        | dict.fromkeys(possessed, "1")
    )


#: Numbers in words and Roman numerals -> what they are.
NUMBERS: dict[str, Sense] = _in_words() | _roman()

#: Ending after a number and a hyphen, in lower case -> its kind.
ENDINGS: dict[str, str] = _endings()
