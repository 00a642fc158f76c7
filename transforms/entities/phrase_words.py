"""The words of an office phrase: where it begins, and what it is of."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from transforms.kazakh.office_vocabulary import (
    ADJECTIVES,
    OUR_COUNTRY,
    QUOTES,
    STATE_FORMS,
    STOP,
)
from transforms.kazakh.office_words import is_local, office_word, vocabulary_word

#: Between the words of a phrase, and between a word and its mark.
WORD, MARK = "\x1f", "\x1e"
#: Marks: «c:KZ» a country, «o» an organisation, «p» another name, «» none.
COUNTRY, ORGANISATION, NAME = "c:", "o", "p"
#: A name in another case, as in «Астанаға»: nothing of the phrase that follows.
OBLIQUE = "l"


_AKIM = "әкім"
_LOCATIVE = re.compile(r"[дт][ае]$")
#: Suffixes of an office noun that means one person and stands in the nominative.
ONE = frozenset({(), ("poss3",), ("poss1pl",)})
NEVER_FIRST = frozenset(
    ("және", "мен", "пен", "бен", "жаңа", "қазіргі", "бойынша", "жөніндегі")
)
_DIVIDERS = frozenset("–—-―,")
#: Function words that names of authorities hold.
_WITHIN = frozenset({"туралы", "қарсы", "және", "мен", "пен", "бен", "үшін"})


class Word(NamedTuple):
    """One word of a phrase, with the mark of the mention that it stands in."""

    form: str
    mark: str

    @property
    def lower(self) -> str:
        """The word in small letters."""
        return self.form.lower()

    @property
    def is_adjective(self) -> bool:
        """Whether it describes an office and does not possess it: «бас», «ресми»."""
        return self.lower in ADJECTIVES

    @property
    def is_possessed(self) -> bool:
        """Whether it is a word of offices with a possessive: «министрінің»."""
        known = self.known
        return known is not None and "poss3" in known[1]

    @property
    def known(self) -> tuple[str, tuple[str, ...]] | None:
        """Nominative and suffixes, where it is a word of offices."""
        office = office_word(self.form)
        return office[:2] if office else vocabulary_word(self.form)


def first_word(words: list[Word]) -> int:
    """Leave out what belongs to no phrase or to another one.

    That is the beginning of an unfinished quotation, what a sentence says before the
    office («брифинг барысында»), and another office («вице-премьер – министр»).
    """
    first = max(_after_quotation(words), _after_other_office(words))
    within = _WITHIN if _is_akim(words[-1]) else _WITHIN | {"бойынша"}
    for place, word in enumerate(words[:-1]):
        if word.lower in STOP and word.lower not in within:
            first = max(first, place + 1)
    while first < len(words) - 1 and _never_first(words[first]):
        first += 1
    return first


def _is_akim(word: Word) -> bool:
    office = office_word(word.form)
    return office is not None and office.head == _AKIM


def _after_quotation(words: list[Word]) -> int:
    first, opened = 0, None
    for place, word in enumerate(words[:-1]):
        if word.form not in QUOTES:
            continue
        if word.form in "«“„" or (word.form not in "»”" and opened is None):
            opened = place
        elif opened is None:
            first = place + 1
        else:
            opened = None
    return first if opened is None else opened + 1


def _after_other_office(words: list[Word]) -> int:
    first = 0
    for place, (word, following) in enumerate(pairwise(words[:-1])):
        office = office_word(word.form)
        if office is None or office.suffixes not in ONE:
            continue
        if following.form in _DIVIDERS:
            first = place + 2
        elif office.suffixes and not following.is_possessed:
            first = place + 1
    return first


def _never_first(word: Word) -> bool:
    return (
        word.lower in NEVER_FIRST
        or word.mark == OBLIQUE
        or not (word.mark or word.form in QUOTES or word.form[0].isalnum())
        or (is_local(word.form) and not word.mark.startswith(COUNTRY))
        or (not word.mark and not word.known and bool(_LOCATIVE.search(word.lower)))
    )


def take_country(body: list[Word]) -> tuple[str | None, list[Word]]:
    """Take the country from the beginning: «Қазақстан Республикасы …»."""
    if body and body[0].lower in OUR_COUNTRY:
        return "KZ", body[1:]
    codes: list[str] = []
    place = 0
    while place < len(body):
        word = body[place]
        named = word.mark.removeprefix(COUNTRY) if _is_country(word) else ""
        if not named and not (place and _belongs_to_state(body, place)):
            break
        # «АҚШ-тың Қазақстандағы елшісі» is the ambassador of the first.
        if is_local(word.form):
            is_one_word = named and named not in codes[-1:]
            codes = codes if is_one_word else codes[:-1]
        elif named and named not in codes[-1:]:
            codes.append(named)
        place += 1
    code = codes[-1] if codes else None
    if place < len(body) and body[place].lower in _JOINS_COUNTRIES:
        return None, body
    if place < len(body) and body[place].lower == "халқы":
        return code, body
    return code, body[place:]


def _is_country(word: Word) -> bool:
    return word.mark.startswith(COUNTRY)


def _belongs_to_state(body: list[Word], place: int) -> bool:
    """Whether a word is «Республикасы» and the like, and not «мемлекет басшысы»."""
    after = body[place + 1].form if place + 1 < len(body) else ""
    return bool(STATE_FORMS.match(body[place].lower)) and not office_word(after)


#: After a country: it is one of several, or what the office is about.
_JOINS_COUNTRIES = _DIVIDERS | {"және", "мен", "пен", "бен", "жөніндегі", "бойынша"}


def take_organisation(rest: list[Word]) -> tuple[int | None, list[Word]]:
    """Take the organisation from the beginning.

    Returns:
        How many words before the rest its name begins, and the rest.
    """
    place, named = 0, None
    for word in rest:
        if word.mark == ORGANISATION:
            named = place if named is None else named
        elif word.form not in QUOTES:
            break
        place += 1
    if named is None:
        return None, rest
    return place - named, rest[place:]
