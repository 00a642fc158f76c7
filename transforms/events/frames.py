"""Who took part in an event, by the cases in which a sentence names them.

A frame is what a trigger needs of its sentence: ``two`` that meet, a ``guest`` and
whom he visits, and so on. Without it the trigger tells of nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from transforms.events.actors import (
    ACCUSATIVE,
    DATIVE,
    GENITIVE,
    INSTRUMENTAL,
    LOCATIVE,
    NOMINATIVE,
    Mention,
    carried_case,
    is_possessed,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transforms.events.sentences import Sentence

INITIATOR = "initiator"
PARTNER = "partner"
TARGET = "target"
_AND = frozenset({"мен", "пен", "бен", "және"})
_BETWEEN = frozenset({"арасында", "арасындағы"})
_PARTICIPLE = re.compile(
    r"(?!бірлескен).{2,}(?:[қкғг][ае]н|атын|етін|йтын|йтін|уш[ыі])"
)
#: After the name of an outlet or of one whose words are retold.
_SOURCE = re.compile(
    r"(?:хабарла|мәлімет|дерек|тілші|баспасөз|ақпарат|айтуынша|сөзінше|пікірінше"
    r"|сілтеме|атындағы|бойынша|туралы|жөнінде|қатысты|үшін|кейін|сияқты|тәрізді).*"
)
_DECREE = re.compile(r"(?:жарлы[қғ]|қаулы|шешім|өкім|бұйры[қғ]).*(?:мен|нен|сәйкес|ен)")
#: «Ресеймен келісімге қатысты»: what is talked of, and not with whom.
_ABOUT = "қатысты"
#: «Қазақстанмен достық лигасы»: what is with a country, and not who meets it.
_TIES = re.compile(
    r"(?:достық|ынтымақтастық|ықпалдастық|серіктестік|байланыс|қатынас|қарым-қатынас"
    r"|шекара|шекаралас|көршілес|бірлескен|сауда|әріптестік).*"
)
#: People of a country who do not act for it; its ministers and heads do.
_PEOPLE = re.compile(
    r"(?!министр|президент|басшы|премьер|көшбасшы|өкіл|тарап|елші)"
    r".{3,}(?:лар|лер|дар|дер|тар|тер)[ыі]"
)
_DASHES = frozenset("-–—―")
_QUOTES = frozenset('«»“”„"')
#: A dateline is over by so many words: «БІШКЕК. KAZINFORM –».
_DATELINE = 8
#: Before the name of an outlet that is the source: «деп хабарлайды».
_REPORTS = re.compile(r"(?:хабарла|жаз|дейді|жеткіз).*")
#: «Мәжіліс депутаты Асанов»: not the body speaks but its deputy.
_OFFICE = re.compile(
    r"(?:.*[пм]резидент|.*министр|.*басшы|.*төраға|.*әкім|.*хатшы|.*директор|.*елші"
    r"|депутат|сенатор|мүше|өкіл|орынбасар|жетекші|меңгеруші|ректор|спикер|маман"
    r"|сарапшы|қызметкер|адвокат|бастық|бастығ|кеңесші|бапкер)"
    r"(?:сы|сі|ы|і)"
)
_HE = "ол"
#: Persons of this many are a list, in which not all do the same.
_MOST_ACTORS = 12


class Actor(NamedTuple):
    """Who took part, and as what."""

    entity_id: int
    role: str
    country_code: str | None


class Name(NamedTuple):
    """A name and what stands around it."""

    mention: Mention
    case: str
    is_person: bool
    is_modifier: bool
    following: str
    is_between: bool
    is_about: bool
    holds_office: bool = False


class Cast(NamedTuple):
    """Who took part, who stands where, and how sure the parts are."""

    actors: list[Actor]
    sureness: float


def names_in(sentence: Sentence, start: int, end: int) -> list[Name]:
    """The names between two places, with the cases that they act in."""
    found: list[Name] = []
    mentions = [
        one for one in sentence.mentions if start <= one.start and one.end <= end
    ]
    index = {place: at for at, place in enumerate(sentence.starts)}
    places = sorted(sentence.starts)
    for number, mention in enumerate(mentions):
        after = _after(sentence, mention, index, places)
        word = sentence.forms[after] if after < len(sentence.forms) else ""
        following = sentence.mentions[sentence.mentions.index(mention) + 1 :][:1]
        begin = sentence.starts[after] if word else mention.end
        is_beside = bool(following) and _goes_with(mention, following[0], begin)
        case = mention.case
        is_modifier = any(
            is_other(sentence, mention, after)
            for is_other in (_is_source, _is_aside, _is_cut)
        )
        if case == NOMINATIVE and not is_modifier:
            carried = (
                carried_case(word) if mention.kind in {"organisation", "gpe"} else None
            )
            if carried is not None:
                case = carried
                word = (
                    sentence.forms[after + 1] if after + 1 < len(sentence.forms) else ""
                )
            elif (
                is_beside
                or (mention.kind != "person" and _starts_office(sentence, after))
                or (
                    mention.kind != "person"
                    and word not in _BETWEEN
                    and not (following and following[0].start == begin)
                    and (is_possessed(word) or _OFFICE.fullmatch(word))
                )
            ):
                is_modifier = True
        is_between = word in _BETWEEN
        is_about = _ABOUT in sentence.forms[after : after + 4] or bool(
            mention.is_country and _TIES.fullmatch(word)
        )
        if word in _AND and number + 1 < len(mentions):
            later = names_in_next(sentence, mentions[number + 1], index, places)
            if case == NOMINATIVE and later[1]:
                is_between = True
            if case == NOMINATIVE and later[0] == GENITIVE:
                case = GENITIVE
        found.append(
            Name(
                mention,
                case,
                is_person=mention.kind in {"person", "position"},
                is_modifier=is_modifier,
                following=word,
                is_between=is_between,
                is_about=is_about,
                holds_office=_holds_office(sentence, mention, places, index),
            )
        )
    return _shared_cases(found)


def names_in_next(
    sentence: Sentence, mention: Mention, index: dict[int, int], places: list[int]
) -> tuple[str, bool]:
    """Case of the second of two names, and whether «арасында» follows."""
    after = _after(sentence, mention, index, places)
    following = sentence.forms[after : after + 2]
    return mention.case, any(word in _BETWEEN for word in following)


def _after(
    sentence: Sentence, mention: Mention, index: dict[int, int], places: list[int]
) -> int:
    """The first word that begins after a mention."""
    low, high = 0, len(places)
    while low < high:
        middle = (low + high) // 2
        if places[middle] < mention.end:
            low = middle + 1
        else:
            high = middle
    return index[places[low]] if low < len(places) else len(sentence.forms)


def _is_source(sentence: Sentence, mention: Mention, after: int) -> bool:
    """Whether a name is where the news is from: «БІШКЕК. KAZINFORM – …»."""
    if not mention.is_outlet:
        return False
    following = [
        form for form in sentence.forms[after : after + 2] if form not in _QUOTES
    ]
    if after <= _DATELINE and not _DASHES.isdisjoint(following[:1]):
        return True
    before = [
        form
        for form, end in zip(sentence.forms, sentence.ends, strict=True)
        if end <= mention.start and form not in _QUOTES
    ]
    return any(_REPORTS.fullmatch(form) for form in before[-1:])


def _is_aside(sentence: Sentence, mention: Mention, after: int) -> bool:
    """Whether a name stands in brackets: «… агенттігінің (АБВ) төрағасы»."""
    if sentence.forms[after : after + 1] != [")"]:
        return False
    return any(
        form == "(" and end == mention.start
        for form, end in zip(sentence.forms, sentence.ends, strict=True)
    )


def _is_cut(sentence: Sentence, mention: Mention, after: int) -> bool:
    """Whether a name is the beginning of an address: «Dala.kz еріктілері»."""
    return (
        sentence.forms[after : after + 1] == ["."]
        and sentence.starts[after] == mention.end
        and sentence.starts[after + 1 : after + 2] == [mention.end + 1]
        and sentence.tokens[after + 1].isascii()
    )


def _goes_with(mention: Mention, following: Mention, begin: int) -> bool:
    """Whether a name belongs to the next: an office to its holder or its country."""
    if following.start != begin:
        return False
    if mention.kind == "position":
        return mention.entity_id == following.entity_id
    return mention.kind != "person" and following.kind in {"position", "organisation"}


def _holds_office(
    sentence: Sentence, mention: Mention, places: list[int], index: dict[int, int]
) -> bool:
    """Whether the name of an office stands right before a person."""
    if mention.kind != "person":
        return False
    at = index[places[bisect_left(places, mention.start)]]
    return at > 0 and bool(_OFFICE.fullmatch(sentence.forms[at - 1]))


def _starts_office(sentence: Sentence, at: int) -> bool:
    """Whether a name modifies what follows: «Қазақстан Президенті»."""
    return at < len(sentence.tokens) and bool(
        re.match(r"(?:президент|премьер|министр|басшы|төраға|әкім|хатшы|директор|елші)",
                 sentence.forms[at])
    )  # fmt: skip


def _shared_cases(names: list[Name]) -> list[Name]:
    """An office before a name is in the name's case: «Төраға Си Цзиньпинмен».

    Of two countries whose people act neither does: «Қазақстан мен Жапония ғалымдары».
    """
    shared = []
    for number, name in enumerate(names):
        if name.is_modifier and number + 1 < len(names):
            nearest = names[number + 1]
            same = nearest.mention.entity_id == name.mention.entity_id
            if same:
                continue
        if (
            name.following in _AND
            and name.mention.is_country
            and name.case == NOMINATIVE
            and names[number + 1 :]
            and names[number + 1].mention.is_country
            and names[number + 1].is_modifier
            and _PEOPLE.fullmatch(names[number + 1].following)
        ):
            continue
        shared.append(name)
    return shared


def cast_of(
    frame: str, sentence: Sentence, names: list[Name], later: list[Name], verb: str
) -> Cast | None:
    """Find who took part.

    Args:
        frame: of the trigger.
        sentence: where it stands.
        names: those before the trigger, in its clause.
        later: those after it.
        verb: its stem, whose voice tells who did it.
    """
    read = _FRAMES[frame](sentence, _able(names), _able(later), verb)
    if read is None:
        return None
    actors: dict[int, Actor] = {}
    for name, role in read.parts:
        mention = name.mention
        actors.setdefault(
            mention.entity_id, Actor(mention.entity_id, role, mention.country_code)
        )
    if len(actors) < read.fewest or len(actors) > _MOST_ACTORS:
        return None
    return Cast(list(actors.values()), read.sureness)


def _able(names: list[Name]) -> list[Name]:
    """Names of those who may act: no modifiers of others and no sources."""
    return [
        name
        for name in names
        if not name.is_modifier
        and not _SOURCE.fullmatch(name.following)
        and not (name.case == INSTRUMENTAL and name.is_about)
    ]


class _Read(NamedTuple):
    parts: list[tuple[Name, str]]
    fewest: int
    sureness: float


def _acts(name: Name) -> bool:
    return (
        name.is_person or name.mention.kind == "organisation" or name.mention.is_country
    )


def _subjects(names: Iterable[Name]) -> list[Name]:
    """Those in the nominative, the people first: a country beside them does not act."""
    found = [
        name
        for name in names
        if name.case == NOMINATIVE
        and not name.is_between
        and _acts(name)
        and not _PARTICIPLE.fullmatch(name.following)
    ]
    people = [name for name in found if name.is_person]
    bodies = [name for name in found if name.mention.kind == "organisation"]
    if people and (found[0].is_person or people[0].holds_office):
        return people
    return [name for name in found if name not in people] if bodies else found


def _in_case(names: Iterable[Name], *cases: str) -> list[Name]:
    return [name for name in names if name.case in cases and _acts(name)]


def _he(sentence: Sentence, names: list[Name]) -> list[Name]:
    """Whom «ол» means: the one person who was the subject of the sentence before."""
    if names or _HE not in sentence.forms[:3]:
        return []
    before = [
        one
        for one in sentence.before
        if one.kind in {"person", "position"} and one.case == NOMINATIVE
    ]
    if len({one.entity_id for one in before}) != 1:
        return []
    return [
        Name(
            before[0],
            NOMINATIVE,
            is_person=True,
            is_modifier=False,
            following="",
            is_between=False,
            is_about=False,
        )
    ]


def _two(
    sentence: Sentence, names: list[Name], _later: list[Name], verb: str
) -> _Read | None:
    partners = _in_case(names, INSTRUMENTAL)
    subjects = _subjects(names)
    if not verb or not subjects:
        subjects = subjects if verb else []
        subjects += _in_case(names, GENITIVE)
    subjects = subjects or _he(sentence, subjects)
    between = [name for name in names if name.is_between and _acts(name)]
    parts = [(name, PARTNER) for name in partners]
    parts += [(name, INITIATOR) for name in dict.fromkeys([*subjects, *between])]
    if not partners and not between and len(subjects) < 2:  # noqa: PLR2004
        return None
    if not all(name.is_person for name in partners) and not subjects:
        return None
    return _Read(_in_order(parts), 2, 0.95 if partners else 0.9)


def _received(
    sentence: Sentence, names: list[Name], _later: list[Name], _verb: str
) -> _Read | None:
    received = [name for name in _in_case(names, ACCUSATIVE) if name.is_person]
    subjects = [name for name in _subjects(names) if name.is_person]
    subjects = subjects or _he(sentence, subjects)
    if not received or not subjects:
        return None
    parts = [(name, INITIATOR) for name in subjects] + [
        (name, PARTNER) for name in received
    ]
    return _Read(_in_order(parts), 2, 0.95)


#: Whose subject is who travels: «Тоқаевтың тапсырмасымен министр барды».
_MOVES = frozenset({"бар", "кел", "жүр", "жет", "тарт", "аттан", "сапарла"})


def _guest(
    sentence: Sentence, names: list[Name], _later: list[Name], verb: str
) -> _Read | None:
    subjects = [name for name in _subjects(names) if name.is_person]
    if not subjects and verb not in _MOVES:
        subjects = [name for name in _in_case(names, GENITIVE) if name.is_person]
    subjects = subjects or _he(sentence, subjects)
    hosts = [
        name
        for name in names
        if name.mention.is_country and name.case in {DATIVE, LOCATIVE}
    ]
    places = [
        name
        for name in names
        if name.mention.place_id is not None and name.case in {DATIVE, LOCATIVE}
    ]
    if not subjects or not (hosts or places):
        return None
    parts = [(name, INITIATOR) for name in subjects] + [
        (name, TARGET) for name in hosts
    ]
    return _Read(_in_order(parts), 1, 0.95)


def _summit(
    _sentence: Sentence, names: list[Name], _later: list[Name], _verb: str
) -> _Read | None:
    actors = list(_subjects(names))
    actors += [
        name
        for name in names
        if name.mention.kind == "organisation" and name not in actors
    ]
    return _Read(_in_order([(name, INITIATOR) for name in actors]), 1, 0.85)


def _sides(
    _sentence: Sentence, names: list[Name], _later: list[Name], verb: str
) -> _Read | None:
    partners = _in_case(names, INSTRUMENTAL)
    subjects = _subjects(names)
    between = [name for name in names if name.is_between and _acts(name)]
    if verb.endswith("ыл") and not between:
        subjects = []
        partners = []
    parts = [(name, PARTNER) for name in partners]
    parts += [(name, INITIATOR) for name in dict.fromkeys([*subjects, *between])]
    if not subjects and not between:
        return None
    return _Read(_in_order(parts), 1, 0.92)


def _speaker(
    sentence: Sentence, names: list[Name], later: list[Name], _verb: str
) -> _Read | None:
    # A country in the nominative is what is talked of: «Қазақстан … екенін мәлімдеді».
    subjects = [name for name in _subjects(names) if not name.mention.is_country][:1]
    if not subjects:
        subjects = [name for name in later if name.case == NOMINATIVE and _acts(name)][
            :1
        ]
    if not subjects:
        subjects = _he(sentence, [])
    return _Read([(name, INITIATOR) for name in subjects], 1, 0.9)


def _decider(
    _sentence: Sentence, names: list[Name], _later: list[Name], verb: str
) -> _Read | None:
    if verb.endswith(("н", "іл")):
        # «Мәжілісте заң қабылданды».
        deciders = [
            name
            for name in _in_case(names, LOCATIVE)
            if name.mention.kind == "organisation"
        ]
    else:
        deciders = _subjects(names)
    return _Read([(name, INITIATOR) for name in deciders[:1]], 1, 0.9)


def _named(
    _sentence: Sentence, names: list[Name], _later: list[Name], verb: str
) -> _Read | None:
    is_passive = verb.endswith("л") or verb in {"сайлан", "кіріс", "кет"}
    people = [name for name in names if name.mention.kind == "person"]
    givers = [
        name
        for name in names
        if name.is_person
        and name.case == GENITIVE
        and _DECREE.fullmatch(name.following)
    ]
    if is_passive:
        targets = [name for name in people if name.case == NOMINATIVE]
    else:
        targets = [name for name in people if name.case == ACCUSATIVE]
        givers = [name for name in _subjects(names) if name not in targets][:1]
    if not targets:
        return None
    parts = [(name, TARGET) for name in targets] + [
        (name, INITIATOR) for name in givers
    ]
    return _Read(_in_order(parts), 1, 0.95)


def _giver(
    _sentence: Sentence, names: list[Name], _later: list[Name], verb: str
) -> _Read | None:
    targets = _in_case(names, DATIVE)
    givers = [] if verb.endswith(("іл", "ін")) else _subjects(names)
    if not givers:
        givers = [
            name for name in names if name.case == "abl" and name.mention.is_country
        ]
    if not givers:
        return None
    parts = [(name, INITIATOR) for name in givers] + [
        (name, TARGET) for name in targets
    ]
    return _Read(_in_order(parts), 1, 0.9)


def _accuser(
    _sentence: Sentence, names: list[Name], _later: list[Name], verb: str
) -> _Read | None:
    cases = (ACCUSATIVE,) if verb in {"айыпта", "ал"} else (DATIVE,)
    subjects = _subjects(names)[:1]
    targets = _in_case(names, *cases)
    if not subjects or not (targets or verb == "білдір"):
        return None
    parts = [(name, INITIATOR) for name in subjects] + [
        (name, TARGET) for name in targets
    ]
    return _Read(_in_order(parts), 1, 0.9)


def _scene(
    _sentence: Sentence, names: list[Name], _later: list[Name], _verb: str
) -> _Read | None:
    countries = [
        name for name in names
        if name.mention.is_country and name.case in {LOCATIVE, GENITIVE}
    ]  # fmt: skip
    places = [name for name in names if name.mention.place_id is not None]
    if not countries and not places:
        return None
    return _Read([(name, TARGET) for name in countries], 0, 0.9)


def _honoured(
    _sentence: Sentence, names: list[Name], _later: list[Name], verb: str
) -> _Read | None:
    givers: list[Name] = []
    if verb.endswith("л") or verb in {"ие", "ал"}:
        targets = _subjects(names)
    else:
        is_given = verb in {"тапсыр", "табыста", "бер"}
        targets = _in_case(names, DATIVE if is_given else ACCUSATIVE)
        givers = _subjects(names)[:1]
    if verb in {"тапсырыл", "беріл"}:
        targets = _in_case(names, DATIVE)
    targets = [name for name in targets if not name.mention.is_country]
    if not targets:
        return None
    parts = [(name, TARGET) for name in targets] + [
        (name, INITIATOR) for name in givers
    ]
    return _Read(_in_order(parts), 1, 0.92)


def _in_order(parts: list[tuple[Name, str]]) -> list[tuple[Name, str]]:
    return sorted(parts, key=lambda part: part[0].mention.start)


_FRAMES = {
    "two": _two,
    "received": _received,
    "guest": _guest,
    "summit": _summit,
    "sides": _sides,
    "speaker": _speaker,
    "decider": _decider,
    "named": _named,
    "giver": _giver,
    "accuser": _accuser,
    "scene": _scene,
    "honoured": _honoured,
}
FRAMES = tuple(_FRAMES)
