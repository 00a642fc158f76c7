"""What is counted: the noun after a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from transforms.amounts.approximations import AFTER
from transforms.kazakh.lemmas import lemmatise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transforms.amounts.tokens import Tokens

#: So many words after a number are looked at for its noun.
REACH = 5
_MOST_KEPT = 100_000
_ADJECTIVES = frozenset(
    [
        "жаңа",
        "ірі",
        "үлкен",
        "кіші",
        "шағын",
        "орта",
        "ұлы",
        "жас",
        "кәрі",
        "ескі",
        "жоғары",
        "төмен",
        "басқа",
        "өзге",
        "түрлі",
        "әр",
        "негізгі",
        "маңызды",
        "басты",
        "бас",
        "арнайы",
        "ерекше",
        "тең",
        "бірдей",
        "жалпы",
        "нақты",
        "толық",
        "бос",
        "дайын",
        "қосымша",
        "бірлескен",
        "ортақ",
        "ересек",
        "ресми",
        "белсенді",
        "қымбат",
        "арзан",
        "ұзақ",
        "қысқа",
        "терең",
        "биік",
        "кең",
        "тар",
        "ауыр",
        "жеңіл",
        "заманауи",
        "инвестициялық",
        "екіжақты",
        "көпжақты",
        "мемлекеттік",
        "халықаралық",
        "үздік",
        "таңдаулы",
        "озық",
        "шетел",
        "отандық",
        "орташа",
        "бөлек",
        "жеке",
        "ғана",
        "ең",
        "өте",
        "аса",
        "тағы",
        "осындай",
        "мұндай",
        "қызыл",
        "ақ",
        "қара",
        "көк",
        "жасыл",
        "сары",
        "ерлі-зайыпты",
    ]
)
_ADJECTIVE = re.compile(
    "(?:[лдт](?:ық|ік)|(?:[^аеёиоуыіэюяәөүұ]|[аеыіуү])(?:лы|лі)|ғы|гі|қы|кі|сыз|сіз|"
    "ған|ген|қан|кен|атын|етін|йтын|йтін|шыл|шіл|и)$"
)
#: Forms that are no verb's here, whatever else they may be: «үміткердің».
_NOMINAL = re.compile(f"{_ADJECTIVE.pattern}|[дтн][ыі]ң$")
_NOT_COUNTED = frozenset(
    [
        "және",
        "мен",
        "бен",
        "пен",
        "не",
        "немесе",
        "бірақ",
        "ал",
        "да",
        "де",
        "та",
        "те",
        "үшін",
        "туралы",
        "бойынша",
        "дейін",
        "кейін",
        "бұрын",
        "болды",
        "болып",
        "болған",
        "болады",
        "бар",
        "жоқ",
        "емес",
        "еді",
        "екен",
        "дейді",
        "деді",
        "деп",
        "құрады",
        "құрайды",
        "қатысты",
        "жетті",
        "жетеді",
        "жеткен",
        "тең",
        "кем",
        "көп",
        "аз",
        "артық",
        "қатар",
        "бірге",
        "сайын",
        "арқылы",
        "қарай",
        "бері",
        "рет-рет",
        "ол",
        "бұл",
        "осы",
        "сол",
        "біз",
        "сіз",
        "олар",
        "мұны",
        "оны",
        "өте",
        "тек",
        "тағы",
        "сондай-ақ",
        "яғни",
        "соның",
        "оның",
        "қайта",
        "қазір",
        "бүгін",
        "кеше",
        "ертең",
        "есе-есе",
        "болса",
        "болатын",
        "бола",
    ]
)
#: Nouns that say where or when, not what.
_RELATIONAL = re.compile(
    "(?:алд|арт|ара|іш|үст|аст|жан|қас|маң|түб|сырт|бойы|барыс|кез|мерзім|тарап)(?:с?ы|с?і)"
)
#: What is counted by itself, whatever noun follows.
_MEASURES = frozenset(
    ["балл", "есе", "рет", "дана", "түп", "жұп", "мәрте", "ұпай", "жұлде", "тиын"]
)
#: «1500 орындық мектеп» has 1,500 seats, «тоғыз қабатты үй» nine floors.
_MADE = re.compile(
    "(орын|бет|қабат|төсек|пәтер|бөлме|балл?|том|бөлім|адам|жұлдыз|ұпай|кісі|томдық)"
    "(?:[лдт](?:ық|ік|ы|і))"
)
_VERBAL = frozenset(
    [
        "past",
        "pres",
        "conv",
        "conv.past",
        "evid",
        "cond",
        "purp",
        "opt",
        "imp1pl",
        "imp1sg",
        "imp2",
        "fut.part",
        "past.part",
        "hab.part",
        "neg.part",
        "goal",
    ]
)
#: Case suffixes that words of approximation stand after.
CASED = frozenset({"abl", "dat"})


class Noun(NamedTuple):
    """A noun counted.

    Attributes:
        lemma: its nominative.
        place: its token.
        suffixes: names of its suffixes.
    """

    lemma: str
    place: int
    suffixes: tuple[str, ...]


Lemmas = dict[str, tuple[str, tuple[str, ...]]]


def add_lemmas(known: Lemmas, places: Iterable[int], tokens: Tokens) -> None:
    """Add the dictionary forms of the words that stand after numbers."""
    if len(known) > _MOST_KEPT:
        known.clear()
    forms = tokens.form
    wanted = {
        forms[at]
        for place in places
        for at in range(place + 1, _end(place, tokens))
        if forms[at] not in known
    }
    read = lemmatise(pl.Series(sorted(wanted), dtype=pl.String))
    known.update(
        (word, (lemma, tuple(suffixes))) for word, lemma, suffixes in read.iter_rows()
    )


def _end(place: int, tokens: Tokens) -> int:
    """Where the words after the token at ``place`` end, or the reach of a number."""
    end = place + 1
    while end < len(tokens.form) and end <= place + REACH and _is_word(end, tokens):
        end += 1
    return end


def counted_noun(place: int, tokens: Tokens, lemmas: Lemmas) -> Noun | None:
    """The noun after the token at ``place``, adjectives passed over."""
    end = _end(place, tokens)
    words = range(place + 1, end)
    found: Noun | None = None
    for at in words:
        form = tokens.form[at]
        if form in _NOT_COUNTED or (form in AFTER and form not in _ADJECTIVES):
            break
        made = _MADE.fullmatch(form)
        if made and at == place + 1:
            return Noun(made[1], at, ())
        if _RELATIONAL.match(form):
            break
        lemma, suffixes = lemmas[form]
        if _VERBAL & set(suffixes) and not _NOMINAL.search(form):
            break
        is_last = at + 1 == end or tokens.form[at + 1] in _NOT_COUNTED
        if _is_adjective(form) and not is_last and not _is_verb(at + 1, tokens, lemmas):
            continue
        if found is not None and "poss3" not in suffixes:
            break
        found = Noun(lemma, at, suffixes)
        if suffixes or lemma in _MEASURES:
            break
    return found


def _is_word(at: int, tokens: Tokens) -> bool:
    place = tokens.at[at]
    is_joined = tokens.letters[place - 1 : place] == "|"
    return (
        not is_joined
        and tokens.letters[place] in "_QUP5A"
        and (tokens.start[at] > tokens.end[at - 1])
    )


def _is_adjective(form: str) -> bool:
    return form in _ADJECTIVES or bool(_ADJECTIVE.search(form))


def _is_verb(at: int, tokens: Tokens, lemmas: Lemmas) -> bool:
    form = tokens.form[at]
    read = lemmas.get(form)
    return read is not None and bool(_VERBAL & set(read[1])) and not _is_adjective(form)
