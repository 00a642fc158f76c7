"""The words of which Kazakh dates are made, each in every form, with what it is.

Every word has a *kind*, one character, so that a stretch of words is a short string
and a date a regular expression over it (`transforms.date_mentions.patterns`). The
lists were written by hand from Kazakh grammar; months are those of
`transforms.kazakh.calendar`.
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

from transforms.kazakh.calendar import CASES, MONTH_CASES


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


#: Kind -> what words of it are; , / ( ) and № stand for themselves. Digits become D, N, Y or # in
#: `transforms.date_mentions.atoms`.
KINDS = {
    "D": "a number from 1 to 31",
    "N": "another number of up to three digits",
    "Y": "a number that may be a year",
    "#": "a whole date in digits",
    "W": "a number in words",
    "O": "an ordinal in words",
    "K": "a number in words, possessed: «қазанның бесі»",
    "R": "a Roman numeral",
    "1": "a possessive ending after a number and hyphen: «9-ында»",
    "2": "the ending of an ordinal: «21-ші»",
    "3": "another ending: «9-нан»",
    "M": "a month",
    "y": "a year, certainly: жылы, жылғы, жылдың",
    "v": "жыл as it stands",
    "V": "жыл in another case, which may be a duration",
    "p": "years",
    "j": "ж or жж, abbreviated",
    "a": "a month possessed: айы",
    "e": "ай",
    "w": "апта",
    "5": "апта possessed: аптасы",
    "6": "ten days possessed: онкүндігі",
    "k": "күні after a date or weekday",
    "+": "күндері after dates",
    "f": "күн as a measure of time",
    "q": "тоқсан",
    "h": "half of a year",
    "J": "жарты",
    "z": "ғасыр",
    "S": "a season in the locative, genitive or such",
    "s": "a season's name as it stands",
    "l": "мезгілінде after a season",
    "B": "a weekday in the locative",
    "b": "a weekday as it stands",
    "c": "a time of day",
    "T": "a day counted from today",
    "U": "биыл, былтыр",
    "P": "the last: өткен",
    "F": "the next: келесі",
    "C": "this: осы",
    "H": "that: сол",
    "L": "the latest: соңғы",
    "A": "the first: алғашқы",
    "Q": "the one before: алдыңғы",
    "G": "before last: арғы",
    "u": "ago: бұрын",
    "d": "after: кейін",
    "o": "from now: осыдан",
    "n": "within: ішінде",
    "g": "the beginning, middle or end of something",
    "r": "between: аралығында",
    "i": "until: дейін",
    "I": "for: арналған",
    "X": "from then on: бастап",
    "t": "оқу, before a school year",
    "E": "every",
    "m": "мен, пен, бен",
    "&": "және",
    "x": "what makes years a duration: бойы, астам",
    "!": "a street, a village: what is named by a date",
    "Z": "the era before ours",
    "-": "a hyphen or dash",
    '"': "a quotation mark",
    ".": "a full stop; б and д of «б.з.д.»",
    "?": "what is none of these",
}

#: Endings after hard and soft stems by their last sound, in the order of `CASES`.
_HARD = "дың ға ды да дан мен дағы".split()
_HARD_VOICELESS = "тың қа ты та тан пен тағы".split()
_HARD_VOWEL = "ның ға ны да дан мен дағы".split()
_HARD_NASAL = "ның ға ды да нан мен дағы".split()
_HARD_Z = "дың ға ды да дан бен дағы".split()
_SOFT = "нің ге ді де нен мен дегі".split()
_SOFT_VOWEL = "нің ге ні де ден мен дегі".split()
_SOFT_Z = "дің ге ді де ден бен дегі".split()
_HARD_POSSESSED = "ның на н нда нан мен ндағы".split()
_SOFT_POSSESSED = "нің не н нде нен мен ндегі".split()


def _declined(stem: str, endings: list[str]) -> dict[str, str]:
    """Forms of a word and their cases."""
    forms = {stem: "nom"}
    return forms | {
        stem + ending: case for case, ending in zip(CASES, endings, strict=True)
    }


def _of(kind: str, value: int, stem: str, endings: list[str]) -> dict[str, Sense]:
    return {
        form: Sense(kind, value, case)
        for form, case in _declined(stem, endings).items()
    }


def _listed(kind: str, words: str, value: int = 0) -> dict[str, Sense]:
    return dict.fromkeys(words.split(), Sense(kind, value))


def _months() -> dict[str, Sense]:
    return {
        form: Sense("M", number, case) for form, (number, case) in MONTH_CASES.items()
    } | {"желтоксан": Sense("M", 12), "желтоксанда": Sense("M", 12, "loc")}


def _units() -> dict[str, Sense]:
    year = {
        form: Sense("v" if case == "nom" else "V", 0, case)
        for form, case in _declined("жыл", _HARD).items()
    } | {
        "жылы": Sense("y", 0, "loc"),
        "жылғы": Sense("y", 0, "adj"),
        "жылғыдан": Sense("y", 0, "abl"),
        "жылдың": Sense("y", 0, "gen"),
        "жылында": Sense("y", 0, "loc"),
        "жылындағы": Sense("y", 0, "adj"),
        "жылының": Sense("y", 0, "gen"),
    }
    return (
        year
        | _of("p", 0, "жылдар", _HARD)
        | _of("p", 0, "жылдары", _HARD_POSSESSED)
        | _listed("j", "ж жж")
        | _of("a", 0, "айы", _HARD_POSSESSED)
        | _of("a", 0, "айлары", _HARD_POSSESSED)
        | _of("e", 0, "ай", _HARD)
        | _of("w", 0, "апта", _HARD_VOWEL)
        | _of("5", 0, "аптасы", _HARD_POSSESSED)
        | _of("6", 0, "онкүндігі", _SOFT_POSSESSED)
        | _of("k", 0, "күні", _SOFT_POSSESSED)
        | _listed("k", "күнгі")
        | _of("+", 0, "күндері", _SOFT_POSSESSED)
        | _of("f", 0, "күн", _SOFT)
        | _of("q", 0, "тоқсан", _HARD_NASAL)
        | _of("q", 0, "тоқсаны", _HARD_POSSESSED)
        | _of("h", 0, "жартыжылдық", _HARD_VOICELESS)
        | _of("h", 0, "жартыжылдығы", _HARD_POSSESSED)
        | _of("h", 1, "жартысы", _HARD_POSSESSED)
        | _listed("J", "жарты")
        | _of("z", 0, "ғасыр", _HARD)
        | _of("z", 0, "ғасырлар", _HARD)
        | _of("z", 0, "ғасырлары", _HARD_POSSESSED)
    )


def _seasons() -> dict[str, Sense]:
    stems = [
        ("көктем", _SOFT, "көктемі", _SOFT_POSSESSED),
        ("жаз", _HARD_Z, "жазы", _HARD_POSSESSED),
        ("күз", _SOFT_Z, "күзі", _SOFT_POSSESSED),
        ("қыс", _HARD_VOICELESS, "қысы", _HARD_POSSESSED),
    ]
    forms: dict[str, Sense] = {}
    for number, (stem, endings, possessed, further) in enumerate(stems, 1):
        forms |= _of("S", number, stem, endings)
        forms |= _of("S", number, possessed, further)
        forms[stem] = forms[possessed] = Sense("s", number)
    forms["көктемде"] = Sense("S", 1, "loc")
    forms["көктемнің"] = Sense("S", 1, "gen")
    # «қысқа» is short, «жазды» wrote, «қысты» pressed.
    for word in ("қысқа", "жазды", "қысты", "жазға"):
        del forms[word]
    forms |= _listed("l", "мезгілінде мезгіліндегі мезгілі маусымында маусымындағы")
    return forms


_WEEKDAYS = {
    0: ("дүйсенбі", "де", "дегі"),
    1: ("сейсенбі", "де", "дегі"),
    2: ("сәрсенбі", "де", "дегі"),
    3: ("бейсенбі", "де", "дегі"),
    4: ("жұма", "да", "дағы"),
    5: ("сенбі", "де", "дегі"),
    6: ("жексенбі", "де", "дегі"),
}


def _days() -> dict[str, Sense]:
    forms = {word: Sense("b", day) for day, (word, _, _) in _WEEKDAYS.items()}
    for day, (word, *endings) in _WEEKDAYS.items():
        forms |= {word + ending: Sense("B", day, "loc") for ending in endings}
    return (
        forms
        | _listed(
            "c", "кешке кеште таңертең таңда түнде түсте күндіз таңғы кешкі түнгі"
        )
        | _listed("T", "бүгін бүгіннен", 0)
        | _listed("T", "кеше кешеден", -1)
        | _listed("T", "ертең ертеңнен", 1)
        | _listed("T", "бүрсігүні бүрсүгүні бүрсігүннен", 2)
        | _listed("T", "алдыңгүні", -2)
    )


def _numbers() -> dict[str, Sense]:
    cardinals = (
        "бір екі үш төрт бес алты жеті сегіз тоғыз он",
        "жиырма отыз қырық елу алпыс жетпіс сексен",
    )
    ordinals = (
        "бірінші екінші үшінші төртінші бесінші алтыншы жетінші сегізінші тоғызыншы "
        "оныншы",
        "жиырмасыншы отызыншы қырқыншы елуінші алпысыншы жетпісінші сексенінші "
        "тоқсаныншы",
    )
    possessed = (
        "бірі екісі үші төрті бесі алтысы жетісі сегізі тоғызы оны",
        "жиырмасы отызы",
    )
    forms = {}
    for kind, (units, tens) in (("W", cardinals), ("O", ordinals)):
        forms |= {word: Sense(kind, n) for n, word in enumerate(units.split(), 1)}
        forms |= {word: Sense(kind, 10 * n) for n, word in enumerate(tens.split(), 2)}
    for words, step, first in ((possessed[0], 1, 1), (possessed[1], 10, 2)):
        for number, word in enumerate(words.split(), first):
            is_hard = word[-1] == "ы"
            endings = _HARD_POSSESSED if is_hard else _SOFT_POSSESSED
            forms |= _of("K", number * step, word, endings)
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


def _named_by_dates() -> dict[str, Sense]:
    soft = "көшесі бекеті мектебі кенті стансасы"
    hard = "даңғылы ауылы шағынауданы ауданы станциясы саябағы алаңы зауыты"
    forms = _listed("!", "атындағы көше даңғыл ықшамауданы шағын")
    for words, endings in ((soft, _SOFT_POSSESSED), (hard, _HARD_POSSESSED)):
        for word in words.split():
            forms |= _of("!", 0, word, endings)
    return forms


def _little_words() -> dict[str, Sense]:
    edges = [("басы", _HARD_POSSESSED), ("соңы", _HARD_POSSESSED)]
    edges += [("аяғы", _HARD_POSSESSED), ("ортасы", _HARD_POSSESSED)]
    edges += [("қорытындысы", _HARD_POSSESSED)]
    forms: dict[str, Sense] = {}
    for value, (word, endings) in enumerate(edges):
        forms |= _of("g", value, word, endings)
    return (
        forms
        | _listed("U", "биыл биылғы биылдан", 0)
        | _listed("U", "былтыр былтырғы былтырдан былтырғыдан былтырмен", -1)
        | _listed("P", "өткен", -1)
        | _listed("Q", "алдыңғы", -1)
        | _listed("F", "келесі келер алдағы алдымыздағы", 1)
        | _listed("C", "осы ағымдағы үстіміздегі", 0)
        | _listed("H", "сол аталған аталмыш")
        | _listed("L", "соңғы кейінгі")
        | _listed("A", "алғашқы бастапқы")
        | _listed("G", "арғы бұрнағы", -2)
        | _listed("u", "бұрын бұрынғы")
        | _listed("d", "кейін соң")
        | _listed("o", "осыдан бұдан")
        | _listed("n", "ішінде ішіндегі")
        | _listed("r", "аралығында аралығындағы аралығы аралығына аралықта")
        | _listed("i", "дейін дейінгі шейін шейінгі")
        | _listed("X", "бастап бері бергі")
        | _listed("I", "арналған")
        | _listed("t", "оқу")
        | _listed("E", "әр әрбір сайын сайынғы")
        | _listed("m", "мен пен бен")
        | _listed("&", "және")
        | _listed("x", "бойы бойғы астам аса көп жуық артық")
        | _listed("Z", "з заманымызға дәуірімізге")
        # «б.з.д.»: its letters are taken for what stands between them.
        | dict.fromkeys(".бд", Sense("."))
        | {sign: Sense(sign) for sign in ",/()№"}
        | dict.fromkeys("-–—−‑‐", Sense("-"))
        | dict.fromkeys('«»"“”„', Sense('"'))
    )


#: Lower-case form (Roman numerals: upper-case) -> what it is.
WORDS: dict[str, Sense] = (
    _little_words()
    | _numbers()
    | _roman()
    | _named_by_dates()
    | _days()
    | _seasons()
    | _units()
    | _months()
)

#: Kinds of which every date has one at least.
ANCHORS = frozenset("#MyvVpjaewkfqhzSsBbTUu")

#: Ending after a number and a hyphen, in lower case -> its kind.
ENDINGS: dict[str, str] = (
    dict.fromkeys("да де та те дан ден тан тен нан нен ға ге қа ке".split(), "3")
    | dict.fromkeys("ның нің дың дің тың тің ны ні ды ді ты ті мен пен".split(), "3")
    | dict.fromkeys("дағы дегі тағы тегі бен".split(), "3")
    | dict.fromkeys("шы ші ыншы інші ншы нші".split(), "2")
    | {
        stem + ending: "1"
        for stem in ("ы", "і", "сы", "сі")
        for ending in [
            "",
            *(_HARD_POSSESSED if stem[-1] == "ы" else _SOFT_POSSESSED),
        ]
    }
)
