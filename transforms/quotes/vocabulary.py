"""The words that report speech: verbs in their forms, «айтуынша», those who speak.

Written from knowledge of the language and of how news agencies report; no corpus was
used for these lists.
"""

from __future__ import annotations

import re
from functools import lru_cache

import polars as pl

from transforms.kazakh.lemmas import lemmatise
from transforms.kazakh.suffixes import SUFFIXES, agrees, sound_classes

OPENING, CLOSING = frozenset("«‹"), frozenset("»›")
#: Marks that open in one text and close in another.
EITHER = frozenset('"“”„‟')
MARKS = OPENING | CLOSING | EITHER
DASHES = frozenset("–—-―−")

#: Forms that report: «айтты», «айтады», «айтқан», «айтыпты»; and «айтып», on which the
#: sentence goes on.
_REPORTING = frozenset({"past", "pres", "past.part", "evid", "conv.past"})
_THIRD_PERSON = re.compile(
    "(?:[дт][ыі]|[аейи]д[ыі]|йді|[ғқ]ан|[гк]ен|[пт][ті]?[ыі]|ып|іп|п)$"
)


def _forms(stem: str) -> set[str]:
    """The reporting forms of a verb."""
    classes = set(sound_classes(stem))
    found = {
        stem + suffix.form
        for suffix in SUFFIXES
        if suffix.name in _REPORTING
        and classes & suffix.after
        and agrees(stem, suffix.harmony)
        and _THIRD_PERSON.search(suffix.form)
    }
    # де + еді is no form of де: a vowel takes «йді».
    return {form for form in found if "еед" not in form}


#: Verbs of saying, alone: «айтты», «деп айтты», «екенін айтты».
_SAY = """
айт мәлімде жеткіз хабарла түсіндір баянда ескерт толықтыр нақтыла раста мойында сендір
болжа тұжырымда жарияла әңгімеле
"""
#: Verbs that say only after «деп» or a quotation: «деп жазды», «деп санайды».
_SAY_AFTER = """
жаз сана есепте ойла біл сұра шақыр үнде қос түйінде түй бөліс мақта сына құттықта ашын
қуан таңғал күл келтір бағала көрсет пайымда налы ренжі өкін сөйле тебірен айқайла
сыбырла қорыт сүйсін толған мақтан әзілде қада пысықта сен қарсылан уәжде дәлелде
шағымдан амандас үміттен арманда өтін бұйыр уайымда қауіптен алаңда
"""
#: Verbs of several words: the last one's stem, and what stands before it.
_SEVERAL = {
    "өт": "атап айтып ескертіп тоқталып түсіндіріп",
    "көрсет": "атап баса",
    "айт": "атап баса қосып ашып алғыс алғысын пікірін ойын турасын анық ашық нақты"
    " кесіп тура",
    "кет": "атап айтып айта",
    "сал": "еске есіне ортаға",
    "бер": "жауап уәде айтып түсіндіріп мәлімдеме түсінік",
    "ет": "сөз уәде тиек мәлімдеме мәлім",
    "жаса": "мәлімдеме болжам",
    "аудар": "назар",
    "білдір": "сенім сенімін пікір пікірін үміт үмітін ой ойын алғыс алғысын наразылық"
    " алаңдаушылық өкініш ризашылығын ризашылық дайындығын ниет көзқарасын тілек"
    " тілегін",
    "бөліс": "ой ойымен пікірімен ойын әсерімен",
    "түйінде": "сөзін ойын",
    "түй": "сөзін ойын",
    "аяқта": "сөзін",
    "жалғастыр": "сөзін ойын",
    "қорытындыла": "сөзін ойын",
    "қат": "үн",
    "қайтар": "жауап",
    "қақ": "дабыл",
}
#: «айтып отыр»: the verb is the one before.
_AUXILIARY = {"отыр": "отырған", "жүр": "жүрген", "тұр": "тұрған", "жатыр": "жатқан"}
_BEFORE_AUXILIARY = {
    "айтып": "айт", "деп": "де", "жеткізіп": "жеткіз", "хабарлап": "хабарла",
    "мәлімдеп": "мәлімде", "түсіндіріп": "түсіндір",
}  # fmt: skip

SAY = frozenset(_SAY.split())
SAY_AFTER = frozenset(_SAY_AFTER.split())
#: Last words of verbs of several words → what stands before → lemma.
SEVERAL = {
    stem: {word: f"{word} {stem}" for word in words.split()}
    for stem, words in _SEVERAL.items()
} | dict.fromkeys(_AUXILIARY, _BEFORE_AUXILIARY)


def _verb_forms() -> dict[str, str]:
    """Every form of the last word of a verb of speech → its stem."""
    table: dict[str, str] = {}
    for stem in sorted({*SAY, *SAY_AFTER, *_SEVERAL}):
        for form in _forms(stem):
            table.setdefault(form, stem)
    for stem, participle in _AUXILIARY.items():
        table |= {stem: stem, participle: stem}
    return table


VERB_FORMS = _verb_forms()
#: «деді», and what a document says: «делінген хабарламада».
SAID = frozenset({"деді", "дейді", "депті", "десті", "дегенді"})
WRITTEN = frozenset({"делінген", "делінді", "делінеді", "делініпті"})
#: «деп жазылған хабарламада».
PASSIVE = re.compile("^(?:жазыл|айтыл|көрсетіл|хабарлан|мәлімдел)(?:ған|ген|ады|еді)$")
THAT = "деп"
#: «деген пікір білдірді»: a clause before a noun that is said.
THAT_NOUN = "деген"

#: «… айтуынша»: the owner stands before, the clause after. The last ones follow
#: «қарағанда» or «сәйкес».
ACCORDING = {
    "айтуынша": "айт", "айтуларынша": "айт", "сөзінше": "айт", "сөздерінше": "айт",
    "пікірінше": "пікір", "пікірлерінше": "пікір", "ойынша": "ойла",
    "ойларынша": "ойла",
    "мәлімдеуінше": "мәлімде", "түсіндіруінше": "түсіндір", "хабарлауынша": "хабарла",
    "мәліметінше": "мәлімет", "мәліметтерінше": "мәлімет", "дерегінше": "дерек",
    "деректерінше": "дерек", "болжамынша": "болжа", "есептеуінше": "есепте",
    "баяндауынша": "баянда", "жазуынша": "жаз", "сендіруінше": "сендір",
    "пайымдауынша": "пайымда", "ескертуінше": "ескерт", "нақтылауынша": "нақтыла",
    "санауынша": "сана", "болжауынша": "болжа", "растауынша": "раста",
}  # fmt: skip
ACCORDING_BEFORE = {
    "айтуына": "айт", "сөзіне": "айт", "мәлімдеуіне": "мәлімде", "пікіріне": "пікір",
}  # fmt: skip
AFTER_ACCORDING = frozenset({"қарағанда", "сүйенсек", "сенсек", "сәйкес", "қарасақ"})

#: Data are someone's, but nobody's words: «Министрліктің мәліметінше».
DATA = frozenset({"мәлімет", "дерек"})
HE, THEY = frozenset({"ол"}), "олар"
HIS = frozenset({"оның", "ол", "олардың"})

#: Who speaks without a name, in the nominative, possessed or in the plural.
_SPEAKERS = """
сарапшы маман ғалым кәсіпкер депутат сенатор дәрігер мұғалім ұстаз тұрғын полицей
прокурор адвокат заңгер өкіл ведомство министрлік департамент әкімдік полиция мекеме
компания ұйым комитет басқарма агенттік оқушы студент ата-ана шенеунік спикер дипломат
жазушы ақын әнші спортшы бапкер жаттықтырушы редактор директор басшы төраға ректор елші
министр президент премьер-министр прокуратура әкім вице-министр хатшы экономист
саясаттанушы эколог
синоптик сейсмолог құтқарушы фермер диқан шаруа инженер құрылысшы суретші режиссер
актер тарихшы археолог психолог блогер журналист жүргізуші куәгер жолаушы зейнеткер
профессор академик архитектор банкир аналитик боксшы футболшы капитан чемпион менеджер
генерал полковник майор судья сот қызметкер көмекші кеңесші меңгеруші орынбасар баспасөз
әйел жігіт ана әке қыз автор кейіпкер продюсер дизайнер бағдарламашы хирург
кардиолог эпидемиолог агроном балықшы аңшы орманшы кітапханашы музыкант
социолог саясаткер кандидат жеңімпаз қатысушы ерікті волонтер
"""
_SPEAKER_STEMS = "|".join(sorted(_SPEAKERS.split(), key=len, reverse=True))
_PLURAL = "(?:[лдт][ае]р|(?<=ст)[ае]р)?"
#: «әкімдік», «әкімдігі»: a last «к» grows soft before an ending.
_SPEAKER_NOUN = re.compile(
    f"(?:{re.sub(r'к(?=[|]|$)', '[кг]', _SPEAKER_STEMS)}){_PLURAL}(?:с?[ыі])?"
)


@lru_cache(50_000)
def is_speaker_noun(word: str, *, whole: bool = True) -> bool:
    """Whether a word in lower case is one for someone who speaks: «сарапшылар».

    Args:
        word: the word.
        whole: whether it must stand in the nominative; else any case will do.
    """
    match = _SPEAKER_NOUN.fullmatch if whole else _SPEAKER_NOUN.match
    return match(word) is not None


def is_speaker_at(forms: list[str], at: int) -> bool:
    """Whether a word of a sentence is one for someone who speaks."""
    if forms[at] == "тұрғын" and forms[at + 1 : at + 2][:1]:
        # «тұрғын үй»: a house, and nobody who lives there.
        return not forms[at + 1].startswith("үй")
    return is_speaker_noun(forms[at])


PLURAL = re.compile(r"[лдт][ае]р(?:[ыі]м?[ыі]?з?)?$")

#: Where news come from: who is said to report is the outlet, not a speaker.
SOURCE = re.compile(
    r"(?i)тілшіс|агенттіг|портал|сайт|газет|басылым|телеарна|арнас|\.kz|\.ru|\.com|"
    r"kazinform|қазақпарат|казинформ|tengri|baq|reuters|рейтер|bbc|tass|тасс|сілтеме|"
    r"риа|новости|newsroom|ақпарат құрал|медиа|sports"
)
#: An outlet's own people: who else is named there is no speaker either.
REPORTER = re.compile(r"(?i)тілшіс|\.kz|\.ru|\.com")
PRESS_SERVICE = re.compile(r"(?i)\s*(?:баспасөз|өкілдер|өкілі|мамандар|қызметкерлер)")
REPORT = frozenset({"хабарла", "жаз", "жарияла", "баянда"})

#: Ends of words that make a clause of words: finite verbs and predicates.
FINITE = re.compile(
    r"(?i)(?:[дт][ыі]|[аейи]д[ыі]|[ғқ]ан|[гк]ен|[мбп][ыі][нз]|д[ыі][мқк]|т[ыі][мқк]|"
    r"с[ыі]ң(?:[ыі]?з)?|[ыі]ң[ыі]з|ай[ыі]қ|ей[іы]к|йық|йік|м[ае]қ|мек|с[ыі]н|ып|іп|"
    r"керек|қажет|жоқ|бар|емес|тиіс|мүмкін|жөн|шығар|екен|отыр|жатыр|тұр|жүр|[ае]л[ыі]қ|"
    r"йы[мн]|йін|рек|аян|дайын)$"
)
#: An object clause ends so: «екенін», «керектігін», «болмайтынын», «басталғанын».
#: «оқиғаны» is a thing.
OBJECT_CLAUSE = re.compile(
    r"(?:(?:[ғқ]ан|[гк]ен|т[ыі]н|м[ае]қ)(?:[дт][ыі][ғг])?"
    r"(?:[ыі]м[ыі]з|[ыі]ң[ыі]з|[ыі]|[ыі]м)?(?:н|[ыі]н|[дн][ыі])|"
    r"(?:керект|қажетт|мүмкінд|қажеттіл|маңызд[ыі]л|жоқт|барл|тиіст|емест|[дт]айын[ды]?)[ыі][ғг][ыі]н|"
    r"керегін|барын|жоғын|екенін|емесін|тұрғанын|м[ае]с[ыі]н)$"
)
#: A thing that is noted: «рөлін атап өтті», «қажеттігіне назар аударды».
OBJECT = re.compile(r"(?:[ыі]н|[ыі]м[ыі]зд[ыі]|[ыі]на|[ыі]не)$")
#: «мерейтойын атап өтті»: kept, not noted.
CELEBRATED = re.compile("той|мереке|күн[іеғ]|жылды|наурыз|айт[ыт]|мейрам")
OBJECT_CLAUSE_DATIVE = re.compile(
    r"(?:(?:[ғқ]ан|[гк]ен|т[ыі]н)(?:д[ыі]ғ|д[ыі]г)?[ыі]н[ае]|(?:керект|қажетт|мүмкінд)[ыі][ғг][ыі]н[ае])$"
)
#: Verbs of noting, which take things as well as clauses.
NOTES = frozenset(
    {"атап өт", "атап көрсет", "баса айт", "баса көрсет", "назар аудар", "атап айт"}
)
#: Verbs that take an object clause.
TAKES_CLAUSE = frozenset({
    "айт", "мәлімде", "жеткіз", "хабарла", "түсіндір", "баянда", "ескерт", "нақтыла",
    "мойында", "болжа", "тұжырымда", "айтып өт", "ескертіп өт", "еске сал", "айтып бер",
    "сөз ет", "қосып айт", "ашып айт", "ашық айт", "атап кет", "айта кет",
    "тиек ет", "есіне сал", "анық айт", "раста", "толықтыр", "айтып кет",
    "нақты айт", "түсіндіріп бер", "түсіндіріп өт", "мәлім ет", "кесіп айт", "тура айт",
    "сенім білдір", "үміт білдір", "сендір", "жаз", "қос", "мәлімдеп отыр",
    *NOTES,
})  # fmt: skip
#: «маңызды міндет деп санайды»: what is held need not be a verb.
HOLDS = frozenset({"сана", "есепте", "біл", "түсін"})
#: Words that may stand between an object clause and its verb.
BETWEEN = frozenset(
    {"де", "да", "тағы", "ерекше", "айрықша", "қайта", "бірнеше", "рет", "баса",
     "арнайы",
     "жиында", "нақты", "ашық", "анық", "алға", "тілге", "бізге", "журналистерге", "те",
     "та", "және", "сонымен", "бірге", "тілшілерге", "бүгін", "кеше", "атап"}
)  # fmt: skip

_OWNED = re.compile(
    r"(?:(?<![дн])(?<![пткқсшчцхфщ]т)(?<![ғгқк])[ыі]|[лдт][ыі][ғг][ыі])$|"
    r"[ыі](?:н[ыі]ң|нд[ае]|н[ае]|н|н[ае]н|мен|ндағ[ыі]|ндег[ыі])$"
)
_ADJECTIVE = re.compile(r"(?:[лдт][ыі][қк]|[ғгқк][ыі])$")
GENITIVE = re.compile("[нтд][ыі]ң$")
#: Ends of words in a case other than the nominative.
OBLIQUE = re.compile("(?:[нтд][ыі]ң|[дт][ае]н?|н[ае]н|[мбп]ен|[ғқ]а|[гк]е|нд[ае])$")
#: «Instagram-парақшасында» is of the name in it.
_COMPOUND = re.compile(r"[^\W\d_a-zа-яёәғқңөұүһі]\w{2,}-\w")
_NOT_OWNED = frozenset({"тағы", "осы", "келесі", "бұл", "оны", "мұны", "осыны", "алты"})


def owns_next(following: str, *, words: int = 2) -> bool:
    """Whether the words after a name begin with what belongs to it.

    «Үкімет отырысында», «БҰҰ Өңірлік орталығын»: the name is no subject there.

    Args:
        following: what follows the name.
        words: how many words to look at; adjectives may stand before the last.
    """
    for word in re.findall(r"[^\W_][\w-]*|[^\w\s]", following)[:words]:
        lower = word.lower()
        if not word[0].isalpha() or lower in _NOT_OWNED or _COMPOUND.match(word):
            return False
        if _is_owned(lower):
            return True
        if not _ADJECTIVE.search(lower):
            return False
    return False


@lru_cache(20_000)
def _is_owned(word: str) -> bool:
    if not _OWNED.search(word):
        return False
    # «желі» is no «жел» of someone, and «тұрғынның» nobody's.
    if word[-1] in "ыі" or GENITIVE.search(word):
        suffixes = lemmatise(pl.Series([word]))["suffixes"].item()
        return "poss3" in suffixes
    return True


#: What a sentence begins with that goes on with the subject of the one before.
GOES_ON = frozenset(
    {"бұл", "сондай-ақ", "сонымен", "осы", "мұндай", "одан", "бұдан", "айта", "алайда",
     "бірақ", "әсіресе", "атап", "соның", "осылайша", "мұны", "оған", "оны", "содан",
     "тағы", "өз", "сөз", "осыған", "бұған", "әрі", "мұнда", "осыдан", "осында"}
)  # fmt: skip
