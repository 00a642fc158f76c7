"""Words that say how near a number is: «астам», «жуық», «кемінде»."""

from __future__ import annotations

import re

OVER, UNDER, ABOUT, EXACT = "over", "under", "about", "exact"

#: After the number, by the case that they ask for: over and under stand with «-дан»,
#: about and «up to» with «-ға», the rest with the nominative or a possessive.
_AFTER = {
    (OVER, "abl"): """
        астам астамы астамын астамына астамға астамында аса артық артығы артығын көп
        көбі көбірек жоғары асты асады асып асқан асқаны асқанын асатын асатыны
        асатынын асуы асуда асқандығы асыра
    """,
    (UNDER, "abl"): """
        кем кемі кемін аз азы төмен аспайды аспайтын аспауы аспауға аспаған аспады аспай
        аспаса аспақ
    """,
    (ABOUT, "dat"): """
        жуық жуығы жуығын жуығына жуықтады жуықтайды жуықтаған жуықтап таяу таяуы жақын
        жақындады жақындаған жақындап тарта тартып таяды таяп
    """,
    (UNDER, "dat"): "дейін дейінгі шейін шейінгі",
    (ABOUT, ""): "шамасында шамасындағы шақты қаралы төңірегінде шамалас маңайында",
}
AFTER: dict[str, tuple[str, str]] = {
    word: meaning for meaning, words in _AFTER.items() for word in words.split()
}

_BEFORE = {
    ABOUT: "шамамен жуықтап жобамен ~ ≈",
    OVER: "кемінде кемі минимум",
    UNDER: "максимум",
}
BEFORE: dict[str, str] = {
    word: meaning for meaning, words in _BEFORE.items() for word in words.split()
}
#: «кем дегенде бес», «көп дегенде бес».
AT_LEAST = {"кем": OVER, "аз": OVER, "көп": UNDER}
DEGENDE = "дегенде"
#: «кем емес» turns the meaning round.
NEGATIONS = frozenset(
    [
        "емес",
        "болмауы",
        "болмайды",
        "болмауға",
        "болмайтын",
        "болмаған",
        "болмауын",
        "болмады",
    ]
)
TURNED = {OVER: UNDER, UNDER: OVER, ABOUT: ABOUT}

RISES = re.compile(
    r"өс(?:т|ед|іп|кен|еті|у|ім|ір|се|уі|пес)|арт(?:ты|ад|қан|ып|аты|у|са)|көбей|ұлғай|"
    r"молай|жоғарыла|қымбатта|көтеріл|еселен|үдей|жиіле"
)
FALLS = re.compile(
    r"төменде|азай|қысқар|кемі(?:д|п|г|т|й)|кему|құлдыра|құлди|арзанда|шегер|бәсеңде|құнсыздан"
)
