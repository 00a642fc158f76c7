"""Words that turn a person's name before them into the name of something else.

«Қажымұқан стадионы» is a stadium, «Ибраһим келісімдері» are agreements. Words that may
follow a person as well («Трамп әкімшілігі», «Тоқаев командасы») are left out.
"""

from __future__ import annotations

import polars as pl

#: Beginning of the word -> the class of entity that it makes. Longer ones first.
_NOUNS = {
    "facility": """көше даңғыл алаң саябағ бульвар стадион мешіт әуежай музей театр
        кинотеатр сарай кесене стансас станция бекет көпір ескерткіш мұражай бассейн
        арена аллея тұйығ шағынаудан мөлтекаудан рыног базар ауруханас госпитал
        метро вокзал""",
    "organisation": """университет академия институт мектеб лицей гимназия колледж
        филармония кітапхана қор клуб консерватория ансамбл оркестр футболклуб""",
    "gpe": "аудан ауыл облыс кент округ ауылдық",
    "location": "шың тау көл шоқы",
    "law": "келісім шарт конвенция доктрина жарғы декларация",
    "event": "кубог турнир оқулары фестивал мемориал чемпионат универсиада",
    "miscellaneous": "сыйлығ орден медал премия стипендия",
    "project": "жоспар бағдарлама",
}
_PAIRS = sorted(
    ((stem, kind) for kind, stems in _NOUNS.items() for stem in stems.split()),
    key=lambda pair: -len(pair[0]),
)
_STEMS = "|".join(stem for stem, _ in _PAIRS)
#: The noun is possessed: «стадионы», «келісімдеріне»; «мектепті» would be nobody's.
_POSSESSED = (
    r"(?:лар|лер|дар|дер|тар|тер)?[сғгб]?[ыі]"
    r"(?:н|на|не|нда|нде|нан|нен|ның|нің|мен|ндағы|ндегі)?$"
)
_ACCUSATIVE = r"[ндт][ыі]$"
#: «… атындағы», «… атынд.»: named after; the noun may stand up to three words on.
NAMED_AFTER = r"^атынд"


def class_of_noun(word: pl.Expr) -> pl.Expr:
    """Class of entity that a word makes of the name before it; null if none."""
    lower = word.str.to_lowercase()
    stem = lower.str.extract(f"^({_STEMS})")
    rest = lower.str.replace(f"^(?:{_STEMS})", "")
    is_possessed = rest.str.contains(_POSSESSED) & ~rest.str.contains(f"^{_ACCUSATIVE}")
    return (
        pl.when(is_possessed)
        .then(stem)
        .replace_strict(
            [stem for stem, _ in _PAIRS],
            [kind for _, kind in _PAIRS],
            default=None,
            return_dtype=pl.String,
        )
    )
