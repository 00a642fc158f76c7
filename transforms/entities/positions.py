"""Read one office phrase: which office, of what country and organisation.

A phrase is the words of an office up to its noun («Қазақстан Республикасы Сыртқы істер
министрінің бірінші орынбасары»), each with a mark of the mention that it stands in.
Each distinct phrase is read once; nothing here knows of articles.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from transforms.entities.phrase_words import (
    MARK,
    NEVER_FIRST,
    ONE,
    WORD,
    Word,
    first_word,
    take_country,
    take_organisation,
)
from transforms.entities.role_names import name_role
from transforms.kazakh.office_vocabulary import (
    EMPTY,
    FORMER,
    MONARCHS,
    NUMBERED,
    REFERENCES,
    SAME_OFFICE,
    SINGLE_IN_ORGANISATION,
    SINGLE_IN_STATE,
    SINGLE_WITH,
)
from transforms.kazakh.office_words import OfficeWord, office_word

_AKIM = "әкім"
_CASES = frozenset({"gen", "dat", "acc", "loc", "abl", "ins"})


class Office(NamedTuple):
    """What an office phrase says.

    Attributes:
        first: the first word that belongs to it, counted in the phrase.
        role: the office as `roles.find_roles` gives it.
        head: the office noun in the nominative.
        country_code: the country that it names.
        organisation_at: the word at which the organisation's name begins.
        sense: ``state`` (head of state), ``government`` (head of government),
            ``foreign`` (foreign minister), ``minister`` or ``akim`` (some minister,
            some mayor), else empty.
        is_reference: «Мемлекет басшысы» and the like: points at a holder, and is no
            name of an office.
        single: ``always`` for an office with one holder at a time, ``told`` where that
            is so once its country or organisation is known, else empty.
        is_former: «бұрынғы министр», «экс-президент», «тұңғыш президент».
        is_bare: whether nothing tells of what: «министр», «Мемлекет басшысы».
        is_one: whether it means one person, in any case.
        is_nominative: whether it does so in the nominative, as beside a name.
    """

    first: int
    role: str
    head: str
    country_code: str | None
    organisation_at: int | None
    sense: str
    is_reference: bool
    single: str
    is_former: bool
    is_bare: bool
    is_one: bool
    is_nominative: bool


@lru_cache(maxsize=50_000)
def read_phrase(phrase: str) -> Office | None:
    """Read an office phrase.

    Args:
        phrase: its words up to the office noun, divided by `WORD`, each with its mark
            after `MARK`.

    Returns:
        What it says; None where the last word is no office noun.
    """
    words = [Word(*word.split(MARK)) for word in phrase.split(WORD)]
    noun = office_word(words[-1].form)
    if noun is None:
        return None
    first = first_word(words)
    body = words[first:-1]
    country, rest = take_country(body)
    at, rest = take_organisation(rest)
    organisation_at = None if at is None else len(words) - 1 - len(rest) - at
    reference = _reference(rest, noun)
    rest = [
        word for word in rest if not (word.lower in EMPTY or FORMER.match(word.lower))
    ]
    if noun.head == _AKIM and all(word.known and not word.mark for word in rest):
        rest = []
    while rest and rest[0].lower in NEVER_FIRST:
        rest = rest[1:]
    head = SAME_OFFICE.get(noun.head, noun.head)
    is_former = (
        noun.is_former
        or any(FORMER.match(word.lower) for word in body)
        or (head in SINGLE_IN_STATE and any(NUMBERED.search(w.lower) for w in rest))
    )
    role = name_role(rest, noun, head)
    is_alone = not rest and organisation_at is None
    sense = reference or (_sense(head, country) if is_alone else "")
    if role == "Сыртқы істер министрі":
        sense = "foreign"
    is_bare = (is_alone or bool(reference)) and country is None
    if country is None and _AKIM in _heads(rest, head):
        country = "KZ"
    number = tuple(name for name in noun.suffixes if name not in _CASES)
    return Office(
        first=first,
        role=role,
        head=head,
        country_code=country,
        organisation_at=organisation_at,
        sense=sense,
        is_reference=bool(reference),
        single=""
        if is_former or reference
        else _single(rest, head, organised=organisation_at is not None),
        is_former=is_former,
        is_bare=is_bare,
        is_one=number in ONE and len(noun.suffixes) - len(number) <= 1,
        is_nominative=noun.suffixes in ONE,
    )


def _reference(rest: list[Word], noun: OfficeWord) -> str:
    if len(rest) != 1 or not rest[0].known:
        return ""
    return REFERENCES.get((rest[0].known[0], noun.head), "")


def _sense(head: str, country: str | None) -> str:
    if (
        head == "президент"
        or head in MONARCHS
        or (head == "төраға" and country == "CN")
    ):
        return "state"
    return "government" if head in {"премьер-министр", "канцлер"} else ""


def _heads(rest: list[Word], head: str) -> set[str]:
    owners = (office_word(word.form) for word in rest)
    return {head, *(owner.head for owner in owners if owner)}


def _single(rest: list[Word], head: str, *, organised: bool) -> str:
    """Tell whether an office has one holder; «Төраға» of nothing told may be anyone."""
    at = len(rest)
    while at and rest[at - 1].is_adjective:
        at -= 1
    owned, described = rest[:at], " ".join([*(w.lower for w in rest[at:]), head])
    if described in SINGLE_WITH:
        return "always" if owned else "told"
    if len(owned) < len(rest):
        return ""
    if organised:
        return "told" if not owned and head in SINGLE_IN_ORGANISATION else ""
    if owned:
        return _SINGLE_OF.get(head, "")
    return "told" if head in SINGLE_IN_STATE and head != "министр" else ""


#: Offices of what the words before them name.
_SINGLE_OF = {
    "министр": "told",
    _AKIM: "always",
    "мэр": "always",
    "губернатор": "always",
    "төраға": "always",
    "спикер": "always",
}
