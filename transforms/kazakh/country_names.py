"""What the countries of the reference table are called in running Kazakh text.

Lists the spellings to look for and judges each distinct stretch of text that begins
with one. `transforms.kazakh.countries` applies both to whole columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from transforms.kazakh.analyses import is_suffix_chain, suffixes_after
from transforms.kazakh.suffixes import agrees, sound_classes

if TYPE_CHECKING:
    from collections.abc import Callable

#: Longer names in which a country's name means something else. The last word may have
#: any suffix. Currencies are amounts, languages are no countries.
NOT_COUNTRIES = """
Америка доллар;америкалық доллар;американдық доллар;АҚШ доллар;АКШ доллар
Австралия доллар;Канада доллар;Гонконг доллар;Сингапур доллар;Қытай юан;қытай юан
Ресей рубл;Беларусь рубл;Жапон иен;жапон иен;жапония иен;Түркия лирас;түрік лирас
Үндістан рупи;Швейцария франк;швейцар франк;Қытай тіл;Америка құрлығ;екі Америка
Латын Америкас;Латын Америка;Оңтүстік Америка;Солтүстік Америка;Орталық Америка
Америкалық Самоа;Американдық Самоа;Американ Самоа;Үнді мұхит;Жапон теңіз;Қытай теңіз
Оңтүстік Қытай теңіз;Шығыс Қытай теңіз;Оман шығана;Мексика шығана;Парсы шығана
Гвинея шығана;Нигер өзен;Конго өзен;Иордан өзен;Чад көл;Жаңа Мексика;Корея түбег
Жаңа Гвинея;Мальта ордені;Сингапур бұғаз;Панама шляп;Куба Гудинг
Оңтүстік Африка елдер;Француз Гвианас;Нью-Мексико
"""
#: Stems of words after which the name of a people means its state: «қырғыз тарапы».
#: After others («қазақ тілі», «өзбек палауы») it means the people or its language.
STATE_WORDS = """
президент премьер үкімет парламент министр билік билі тарап тараб елі елінің еліне
мемлекет елші дипломат делегация компания кәсіпкер бизнес инвестор инвестиция банк
әскер армия сарбаз жауынгер генерал барлау шекара аумағ экономика нарығ сот полиция
азамат турист спортшы боксшы футболшы балуан дзюдошы теннисші құрама команда чемпион
сарапшы әріптес журналист маман ғалым шабандоз фермер инженер
саясаткер депутат сенатор басшы көшбасшы король император патша ханзада
баспасөз газет телеарна агенттігі корпорация концерн өнеркәсіб өндіруші технология
тауар ұшағ кеме зымыран консул келіссөз қатынас қарым-қатынас ынтымақтастығ достығ
"""
_DERIVED_AFTER = {"V": "лық лік", "W": "лық лік", "R": "лық лік"} | {
    "L": "дық дік",
    "N": "дық дік",
    "Z": "дық дік",
    "P": "тық тік",
}
_SUFFIX_SIGNS = "-‐‑–’'ʼ"  # between an abbreviation and its suffix


class Name(NamedTuple):
    """One word or phrase of the reference table."""

    country_code: str
    use: str


class CountryNames:
    """The names of countries, ready to be looked for.

    Attributes:
        spellings: what may stand in a text, longest first, in every letter case.
        peoples: name of a people, lower case -> country.
        people_spellings: those of `spellings` that name a people and no country.
        state_word: regular expression for a word that makes a people a state.
    """

    def __init__(self, countries: pl.DataFrame, blocs: pl.DataFrame) -> None:
        """List the spellings.

        Args:
            countries: the reference table, with ``country_code``, ``name_kk``,
                ``other_names``, ``abbreviations``, ``adjectives``, ``demonyms`` and
                ``peoples`` (lists divided by semicolons, may be null).
            blocs: the reference table of unions and regions, with ``name_kk`` and
                ``other_names``: never countries.
        """
        self._names: dict[str, Name] = {}
        phrases = set()
        for column, use in _USES.items():
            for code, phrase in _phrases(countries, column):
                phrases.add(phrase)
                if use != "people":
                    self._names.setdefault(fold(phrase), Name(code, use))
        self.peoples = {
            fold(phrase): code
            for column in ("peoples", "demonyms")
            for code, phrase in _phrases(countries, column)
        }
        regions = blocs.select("name_kk", "other_names", country_code=pl.lit(""))
        blocked = [
            phrase
            for column in ("name_kk", "other_names")
            for _, phrase in _phrases(regions, column)
        ]
        blocked += [
            phrase for phrase in NOT_COUNTRIES.replace("\n", ";").split(";") if phrase
        ]
        self._blocked = {fold(phrase) for phrase in blocked} - set(self._names)
        self.spellings = _spellings(phrases | set(blocked))
        self.people_spellings = [
            spelling
            for spelling in self.spellings
            if fold(spelling) in self.peoples and self.judge(spelling, "") is None
        ]
        states = sorted(STATE_WORDS.split(), key=len, reverse=True)
        self.state_word = f"^ (?:{'|'.join(states)})"

    def judge(self, base: str, tail: str) -> tuple[str, int, str] | None:
        """Say which country a stretch of text names.

        Args:
            base: one of `spellings`, as it stands in the text.
            tail: the letters right after it, and a suffix after a hyphen.

        Returns:
            Country code, how many characters of the two belong to the mention, and
            its kind; None if it is no country («Нигерия» is no form of «Нигер»).
        """
        surface = base + tail
        folded = fold(surface)
        first = None
        for length in range(len(base), 1, -1):
            if folded[:length] in self._blocked:
                return first
            name = self._names.get(folded[:length])
            found = _READINGS[name.use](surface, length) if name else None
            if name and found:
                first = first or (name.country_code, *found)
                # «Американың» is a form of «Америка» rather than of «американ».
                if found[1] in {"name", "abbreviation"}:
                    return (name.country_code, *found)
        return first


def _name(surface: str, length: int) -> tuple[int, str] | None:
    end = _end_of_word(surface, length)
    base, form = fold(surface[:length]), fold(surface[:end])
    possessed = " " in base and base[-1] in "ыі"
    suffixes = suffixes_after(base, form, possessed=possessed)
    is_form = suffixes is not None or form in {f"{base}сыз", f"{base}сіз"}
    if is_form and surface[0].isupper():
        return end, "name"
    kind = _derived(base, form)
    return (end, kind) if kind else None


def _adjective(surface: str, length: int) -> tuple[int, str] | None:
    end = _end_of_word(surface, length)
    suffixes = suffixes_after(fold(surface[:length]), fold(surface[:end]))
    if suffixes is None:
        return None
    return end, "demonym" if suffixes else "adjective"


def _demonym(surface: str, length: int) -> tuple[int, str] | None:
    end = _end_of_word(surface, length)
    suffixes = suffixes_after(fold(surface[:length]), fold(surface[:end]))
    return (end, "demonym") if suffixes and "pl" in suffixes else None


def _end_of_word(surface: str, start: int) -> int:
    for index in range(start, len(surface)):
        if not surface[index].isalpha():
            return index
    return len(surface)


def _abbreviation(surface: str, length: int) -> tuple[int, str] | None:
    if not surface[:length].isupper():
        return None
    tail = surface[length:].lstrip(_SUFFIX_SIGNS)
    if is_suffix_chain(tail.lower()):
        return len(surface), "abbreviation"
    is_alone = not surface[length : length + 1].isalpha()
    return (length, "abbreviation") if is_alone else None


#: Column of the reference table -> how its words are used.
_USES = {
    "name_kk": "name",
    "other_names": "name",
    "abbreviations": "abbreviation",
    "adjectives": "adjective",
    "demonyms": "demonym",
    "peoples": "people",
}
_READINGS: dict[str, Callable[[str, int], tuple[int, str] | None]] = {
    "name": _name,
    "abbreviation": _abbreviation,
    "adjective": _adjective,
    "demonym": _demonym,
}


def _derived(base: str, form: str) -> str | None:
    """Whether a form is the base with -лық: adjective alone, demonym with suffixes."""
    for sound in sound_classes(base):
        for suffix in _DERIVED_AFTER[sound].split():
            back = "back" if suffix[1] == "ы" else "front"
            if form.startswith(base + suffix[:-1]) and agrees(base, back):
                suffixes = suffixes_after(base + suffix, form)
                if suffixes is not None:
                    return "demonym" if suffixes else "adjective"
    return None


def _phrases(table: pl.DataFrame, column: str) -> list[tuple[str, str]]:
    return (
        table.select("country_code", pl.col(column).str.split(";"))
        .explode(column)
        .filter(pl.col(column).str.len_chars() > 0)
        .rows()
    )


def fold(phrase: str) -> str:
    """Write a name as the dictionaries here have it."""
    return phrase.lower().replace("’", "'")


def _spellings(phrases: set[str]) -> list[str]:
    spelled = set()
    for phrase in phrases:
        lower = phrase.lower()
        for form in (phrase, lower, phrase.upper(), lower[0].upper() + lower[1:]):
            spelled |= {form, form.replace("'", "’"), form.replace("’", "'")}
    return sorted(spelled, key=lambda form: (-len(form), form))
