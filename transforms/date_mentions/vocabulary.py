"""The words of which Kazakh dates are made, each in every form, with what it is.

Every word has a *kind*, one character, so that a stretch of words is a short string
and a date a regular expression over it (`transforms.date_mentions.patterns`). The
lists were written by hand from Kazakh grammar; months are those of
`transforms.kazakh.calendar`.
"""

from __future__ import annotations

from transforms.date_mentions.number_words import NUMBERS
from transforms.date_mentions.senses import (
    HARD,
    HARD_NASAL,
    HARD_POSSESSED,
    HARD_VOICELESS,
    HARD_VOWEL,
    HARD_Z,
    SOFT,
    SOFT_POSSESSED,
    SOFT_Z,
    Sense,
    declined,
    listed,
    of,
)
from transforms.kazakh.calendar import MONTH_CASES

#: Kind -> what words of it are; , / ( ) and № stand for themselves. Digits become D, N,
#: Y or # in `transforms.date_mentions.atoms`.
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


def _months() -> dict[str, Sense]:
    return {
        form: Sense("M", number, case) for form, (number, case) in MONTH_CASES.items()
    } | {"желтоксан": Sense("M", 12), "желтоксанда": Sense("M", 12, "loc")}


def _units() -> dict[str, Sense]:
    year = {
        form: Sense("v" if case == "nom" else "V", 0, case)
        for form, case in declined("жыл", HARD).items()
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
        | of("p", 0, "жылдар", HARD)
        | of("p", 0, "жылдары", HARD_POSSESSED)
        | listed("j", "ж жж")
        | of("a", 0, "айы", HARD_POSSESSED)
        | of("a", 0, "айлары", HARD_POSSESSED)
        | of("e", 0, "ай", HARD)
        | of("w", 0, "апта", HARD_VOWEL)
        | of("5", 0, "аптасы", HARD_POSSESSED)
        | of("6", 0, "онкүндігі", SOFT_POSSESSED)
        | of("k", 0, "күні", SOFT_POSSESSED)
        | listed("k", "күнгі")
        | of("+", 0, "күндері", SOFT_POSSESSED)
        | of("f", 0, "күн", SOFT)
        | of("q", 0, "тоқсан", HARD_NASAL)
        | of("q", 0, "тоқсаны", HARD_POSSESSED)
        | of("h", 0, "жартыжылдық", HARD_VOICELESS)
        | of("h", 0, "жартыжылдығы", HARD_POSSESSED)
        | of("h", 1, "жартысы", HARD_POSSESSED)
        | listed("J", "жарты")
        | of("z", 0, "ғасыр", HARD)
        | of("z", 0, "ғасырлар", HARD)
        | of("z", 0, "ғасырлары", HARD_POSSESSED)
    )


def _seasons() -> dict[str, Sense]:
    stems = [
        ("көктем", SOFT, "көктемі", SOFT_POSSESSED),
        ("жаз", HARD_Z, "жазы", HARD_POSSESSED),
        ("күз", SOFT_Z, "күзі", SOFT_POSSESSED),
        ("қыс", HARD_VOICELESS, "қысы", HARD_POSSESSED),
    ]
    forms: dict[str, Sense] = {}
    for number, (stem, endings, possessed, further) in enumerate(stems, 1):
        forms |= of("S", number, stem, endings)
        forms |= of("S", number, possessed, further)
        forms[stem] = forms[possessed] = Sense("s", number)
    forms["көктемде"] = Sense("S", 1, "loc")
    forms["көктемнің"] = Sense("S", 1, "gen")
    # «қысқа» is short, «жазды» wrote, «қысты» pressed.
    for word in ("қысқа", "жазды", "қысты", "жазға"):
        del forms[word]
    forms |= listed("l", "мезгілінде мезгіліндегі мезгілі маусымында маусымындағы")
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
        | listed("c", "кешке кеште таңертең таңда түнде түсте күндіз таңғы кешкі түнгі")
        | listed("T", "бүгін бүгіннен", 0)
        | listed("T", "кеше кешеден", -1)
        | listed("T", "ертең ертеңнен", 1)
        | listed("T", "бүрсігүні бүрсүгүні бүрсігүннен", 2)
        | listed("T", "алдыңгүні", -2)
    )


def _named_by_dates() -> dict[str, Sense]:
    soft = "көшесі бекеті мектебі кенті стансасы"
    hard = "даңғылы ауылы шағынауданы ауданы станциясы саябағы алаңы зауыты"
    forms = listed("!", "атындағы көше даңғыл ықшамауданы шағын")
    for words, endings in ((soft, SOFT_POSSESSED), (hard, HARD_POSSESSED)):
        for word in words.split():
            forms |= of("!", 0, word, endings)
    return forms


def _little_words() -> dict[str, Sense]:
    edges = [("басы", HARD_POSSESSED), ("соңы", HARD_POSSESSED)]
    edges += [("аяғы", HARD_POSSESSED), ("ортасы", HARD_POSSESSED)]
    edges += [("қорытындысы", HARD_POSSESSED)]
    forms: dict[str, Sense] = {}
    for value, (word, endings) in enumerate(edges):
        forms |= of("g", value, word, endings)
    return (
        forms
        | listed("U", "биыл биылғы биылдан", 0)
        | listed("U", "былтыр былтырғы былтырдан былтырғыдан былтырмен", -1)
        | listed("P", "өткен", -1)
        | listed("Q", "алдыңғы", -1)
        | listed("F", "келесі келер алдағы алдымыздағы", 1)
        | listed("C", "осы ағымдағы үстіміздегі", 0)
        | listed("H", "сол аталған аталмыш")
        | listed("L", "соңғы кейінгі")
        | listed("A", "алғашқы бастапқы")
        | listed("G", "арғы бұрнағы", -2)
        | listed("u", "бұрын бұрынғы")
        | listed("d", "кейін соң")
        | listed("o", "осыдан бұдан")
        | listed("n", "ішінде ішіндегі")
        | listed("r", "аралығында аралығындағы аралығы аралығына аралықта")
        | listed("i", "дейін дейінгі шейін шейінгі")
        | listed("X", "бастап бері бергі")
        | listed("I", "арналған")
        | listed("t", "оқу")
        | listed("E", "әр әрбір сайын сайынғы")
        | listed("m", "мен пен бен")
        | listed("&", "және")
        | listed("x", "бойы бойғы астам аса көп жуық артық")
        | listed("Z", "з заманымызға дәуірімізге")
        # «б.з.д.»: its letters are taken for what stands between them.
        | dict.fromkeys(".бд", Sense("."))
        | {sign: Sense(sign) for sign in ",/()№"}
        | dict.fromkeys("-–—−‑‐", Sense("-"))
        | dict.fromkeys('«»"“”„', Sense('"'))
    )


#: Lower-case form (Roman numerals: upper-case) -> what it is.
WORDS: dict[str, Sense] = (
    _little_words()
    | NUMBERS
    | _named_by_dates()
    | _days()
    | _seasons()
    | _units()
    | _months()
)

#: Kinds of which every date has one at least.
ANCHORS = frozenset("#MyvVpjaewkfqhzSsBbTUu")
