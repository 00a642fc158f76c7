"""The suffixes of Kazakh, and where each may stand.

Written from the grammar: vowel harmony chooses between the back and the front form,
the last sound of the stem between л, д and т (or н, д, т; м, б, п). Derivation that
makes a new headword (-лық, -лы, -сыз, -шы, -у) is no suffix here: the lemma keeps it.

Source: Balakaev, Baskakov, Kenesbaev (eds.), «Modern Kazakh language», part 1; the
tables of endings in school grammars. No corpus was used for this module.
"""

from __future__ import annotations

from typing import NamedTuple

BACK = frozenset("аоұыяё")
FRONT = frozenset("әеөүіэ")
#: и, у and ю take the harmony of their neighbours.
VOWELS = BACK | FRONT | frozenset("иую")
#: Words with these letters are loans, whose last syllable need not decide.
LOAN_LETTERS = frozenset("вфцчщьъэёюяһ")

_PLAIN_VOWELS = "аоұыяёәеөүіэю"
_VOICELESS = "кқпстфхцчшщһбвгдғ"
#: Last sound of a stem -> its class. и stands with vowels and with glides.
_CLASS_OF = {
    **dict.fromkeys(_PLAIN_VOWELS, "V"),
    "и": "VW",
    "у": "W",
    "й": "W",
    "р": "R",
    "л": "L",
    **dict.fromkeys("мнң", "N"),
    **dict.fromkeys("зж", "Z"),
    **dict.fromkeys(_VOICELESS, "P"),
}


class Suffix(NamedTuple):
    """One form of one suffix.

    Attributes:
        name: what it marks («gen»).
        form: its letters («ның»).
        harmony: ``back``, ``front`` or empty where there is one form for both.
        after: classes of sounds that it may follow.
        slot: what it is to the grammar; `FOLLOWS` says what may stand before it.
    """

    name: str
    form: str
    harmony: str
    after: frozenset[str]
    slot: str


#: Slot -> slots that may stand right before it (nearer to the stem).
FOLLOWS: dict[str, frozenset[str]] = {
    "plural": frozenset({"stem", "place", "participle", "similar"}),
    "owner": frozenset({"stem", "plural", "place", "participle"}),
    "owner3": frozenset({"stem", "plural", "place", "participle"}),
    "case": frozenset({"stem", "plural", "owner", "place", "participle"}),
    "owned": frozenset({"stem", "plural", "owner", "owner3", "place"}),
    "case_vowel": frozenset({"owner"}),
    "case3": frozenset({"owner3", "owned"}),
    "locative": frozenset({"stem", "plural", "owner", "participle"}),
    "locative3": frozenset({"owner3", "owned"}),
    "place": frozenset({"locative", "locative3"}),
    "similar": frozenset(
        {"stem", "plural", "owner", "owner3", "participle", "place"},
    ),
    "person": frozenset(
        {"stem", "plural", "locative", "locative3", "place", "owner3", "participle"}
    ),
    "question": frozenset({"stem", "plural", "owner3", "case", "finite"}),
    "participle": frozenset({"verb", "negation"}),
    "finite": frozenset({"verb", "negation"}),
    "negation": frozenset({"verb"}),
}
#: Slots that may end a word.
FINAL_SLOTS = tuple(slot for slot in FOLLOWS if slot != "negation")

_SONORANT = "V W R L N Z"
#: name, slot, «back/front» forms divided by a slash, sounds before it.
_TABLE = """
pl        plural     лар/лер        V W R
pl        plural     дар/дер        L N Z
pl        plural     тар/тер        P
poss1sg   owner      м              V
poss1sg   owner      ым/ім          W R L N Z P
poss2sg   owner      ң              V
poss2sg   owner      ың/ің          W R L N Z P
poss2     owner      ңыз/ңіз        V
poss2     owner      ыңыз/іңіз      W R L N Z P
poss1pl   owner      мыз/міз        V
poss1pl   owner      ымыз/іміз      W R L N Z P
poss3     owner3     сы/сі          V
poss3     owner3     ы/і            W R L N Z P
gen       case       ның/нің        V N
gen       case       дың/дің        W R L Z
gen       case       тың/тің        P
gen       case3      ның/нің        V
dat       case       ға/ге          V W R L N Z
dat       case       қа/ке          P
dat       case_vowel а/е            N Z
dat       case3      на/не          V
acc       case       ны/ні          V
acc       case       ды/ді          W R L N Z
acc       case       ты/ті          P
acc       case3      н              V
loc       locative   да/де          V W R L N Z
loc       locative   та/те          P
loc       locative3  нда/нде        V
abl       case       дан/ден        V W R L Z
abl       case       нан/нен        N
abl       case       тан/тен        P
abl       case3      нан/нен        V
ins       case       мен            V W R L N
ins       case       бен            Z
ins       case       пен            P
ins       case3      мен            V
attr      place      ғы/гі          V
owned     owned      нікі           V N
owned     owned      дікі           W R L Z
owned     owned      тікі           P
like      similar    дай/дей        V W R L N Z
like      similar    тай/тей        P
until     case       ғанша/генше    V W R L N Z
as        similar    ша/ше          V W R L N Z P
p1sg      person     мын/мін        V W R L N
p1sg      person     бын/бін        Z
p1sg      person     пын/пін        P
p2sg      person     сың/сің        V W R L N Z P
p1pl      person     мыз/міз        V W R L N
p1pl      person     быз/біз        Z N
p1pl      person     пыз/піз        P
past.part participle ған/ген        V W R L N Z
past.part participle қан/кен        P
hab.part  participle атын/етін      W R L N Z P
hab.part  participle йтын/йтін      V
fut.part  participle ар/ер          W R L N Z P
fut.part  participle р              V
neg.part  participle мас/мес        V W R L N
neg.part  participle бас/бес        N Z
neg.part  participle пас/пес        P
goal      participle мақ/мек        V W R L N
goal      participle бақ/бек        N Z
goal      participle пақ/пек        P
past      finite     ды/ді          V W R L N Z
past      finite     ты/ті          P
past      finite     дым/дім        V W R L N Z
past      finite     тым/тім        P
past      finite     дық/дік        V W R L N Z
past      finite     тық/тік        P
past      finite     дыңыз/діңіз    V W R L N Z
past      finite     тыңыз/тіңіз    P
past      finite     дың/дің        V W R L N Z
past      finite     тың/тің        P
pres      finite     ады/еді        W R L N Z P
pres      finite     йды/йді        V
pres      finite     амын/емін      W R L N Z P
pres      finite     ймын/ймін      V
pres      finite     амыз/еміз      W R L N Z P
pres      finite     ймыз/йміз      V
pres      finite     асыз/есіз      W R L N Z P
pres      finite     йсыз/йсіз      V
pres      finite     асың/есің      W R L N Z P
pres      finite     йсың/йсің      V
conv      finite     а/е            W R L N Z P
conv      finite     й              V
conv.past finite     ып/іп          W R L N Z P
conv.past finite     п              V
evid      finite     ыпты/іпті      W R L N Z P
evid      finite     пты/пті        V
cond      finite     са/се          V W R L N Z P
cond      finite     сам/сем        V W R L N Z P
cond      finite     сақ/сек        V W R L N Z P
cond      finite     саңыз/сеңіз    V W R L N Z P
purp      finite     ғалы/гелі      V W R L N Z
purp      finite     қалы/келі      P
opt       finite     сын/сін        V W R L N Z P
imp1pl    finite     айық/ейік      W R L N Z P
imp1pl    finite     йық/йік        V
imp1sg    finite     айын/ейін      W R L N Z P
imp2      finite     ыңыз/іңіз      W R L N Z P
imp2      finite     ңыз/ңіз        V
neg       negation   ма/ме          V W R L N
neg       negation   ба/бе          N Z
neg       negation   па/пе          P
"""


def _suffixes() -> tuple[Suffix, ...]:
    found = []
    for line in _TABLE.strip().splitlines():
        name, slot, forms, *after = line.split()
        harmonies = ("back", "front") if "/" in forms else ("",)
        found += [
            Suffix(name, form, harmony, frozenset(after), slot)
            for form, harmony in zip(forms.split("/"), harmonies, strict=True)
        ]
    return tuple(found)


SUFFIXES = _suffixes()

#: Words whose last vowel falls out before a possessive. A closed list.
_DROPPING = """
халық орын ерін мұрын қойын мойын қарын ауыз дауыс қауіп құлық парық ерік көрік бөрік
әріп мүлік ғұрып қалып бауыр дәуір құқық нарық түлік ырық құлып сиық шырық
"""
#: What is left of them -> the word: халқ(ы), халық.
DROPPED_VOWEL: dict[str, str] = {
    word[:-2] + word[-1]: word for word in _DROPPING.split()
}

#: Sounds that soften before a vowel, and the letter of the headword.
UNVOICED = {"б": "п", "г": "к", "ғ": "қ"}


def sound_classes(stem: str) -> str:
    """Classes of the last sound of a stem, as letters of `Suffix.after`."""
    last = stem.rstrip("ьъ")[-1:]
    return _CLASS_OF.get(last, "")


def agrees(stem: str, harmony: str) -> bool:
    """Whether a suffix of this harmony may follow the stem.

    Loans and surnames (Тоқаевтың, Медведевтің, Бакуде, банктің) take both, and so does
    what ends in и or у after a consonant, where the letter does not tell.
    """
    if not harmony or "йо" in stem or not LOAN_LETTERS.isdisjoint(stem):
        return True
    if stem[-1:] in "кг" and BACK.intersection(stem):
        # No Kazakh word has к or г after its own back vowels: «банктің», «паркі».
        return True
    for index in range(len(stem) - 1, -1, -1):
        letter = stem[index]
        if letter in BACK:
            return harmony == "back"
        if letter in FRONT:
            return harmony == "front"
        if letter in "иу" and index > 0 and stem[index - 1] not in VOWELS:
            return True
    return True
