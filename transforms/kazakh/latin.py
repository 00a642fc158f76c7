"""Kazakh in Latin letters, brought to Cyrillic.

Four written forms are met: the acute alphabet of 2018 (á ǵ ı ń ó ú ý, sh, ch), the
apostrophe alphabet of 2017 (a' g' n' o' s' u' y'), the umlaut alphabet of 2021
(ä ğ ı ñ ö ş ü ū) and the one of the Kazakh Wikipedia (ä ğ ı ï ñ ö ş ü w). They give
the same sign different sounds (ı is и, і or ы; y is ы or й; u is ұ or у), so each
text is first told by its letters. What people type without any marks (zh, kh, gh, sh)
is read along with the umlaut alphabet.

Sources: the decrees No. 569 (26 October 2017) and No. 637 (19 February 2018) of the
President of Kazakhstan, the draft alphabet of 28 January 2021, kk.wikipedia's own
conversion table.
"""

from __future__ import annotations

import polars as pl

#: Letters that every form reads alike.
_COMMON = {
    **dict(zip("abdefgjklmnopqrtvz", "абдефгжклмнопқртвз", strict=True)),
    "h": "х",
    "s": "с",
    "c": "к",
    "x": "х",
    "ch": "ч",
    "sh": "ш",
    "zh": "ж",
    "kh": "х",
    "gh": "ғ",
    "ts": "ц",
    "ä": "ә",
    "ö": "ө",
    "ü": "ү",
    "ğ": "ғ",
    "ñ": "ң",
    "ş": "ш",
    "ç": "ч",
    "ū": "ұ",
    "ŭ": "ұ",
    "ə": "ә",
    "ŋ": "ң",
}
_UMLAUT = {
    **_COMMON,
    "ı": "і",
    "I": "І",
    "i": "и",
    "İ": "И",
    "y": "ы",
    "u": "у",
    "w": "у",
}
_ACUTE = {
    **_COMMON,
    **dict(zip("áǵńóúý", "әғңөүу", strict=True)),
    "ı": "и",
    "i": "і",
    "y": "ы",
    "u": "ұ",
    "w": "у",
}
_APOSTROPHE = {
    **_COMMON,
    **{f"{letter}'": kazakh for letter, kazakh in zip("agnouy", "әғңөүу", strict=True)},
    "i'": "и",
    "s'": "ш",
    "c'": "ч",
    "ı": "и",
    "i": "і",
    "y": "ы",
    "u": "ұ",
    "w": "у",
}
_WIKIPEDIA = {
    **_COMMON,
    "ı": "ы",
    "I": "Ы",
    "i": "і",
    "İ": "І",
    "ï": "и",
    "y": "й",
    "u": "ұ",
    "w": "у",
}

_ACUTE_LETTERS = "[áǵńóúýÁǴŃÓÚÝ]"
_UMLAUT_LETTERS = "[äöüğñşūÄÖÜĞÑŞŪ]"
_WITH_APOSTROPHE = "(?i)[aouscgnyi]['’‘ʼ`´][a-z]"
#: Every fiftieth letter of the Wikipedia's form is a w, of an apostrophe text every
#: tenth is marked; in other forms only foreign names have them.
_LETTERS_A_W = 150
_LETTERS_AN_APOSTROPHE = 50

#: и beside a vowel is й; йа and йу are one letter each.
_CONSONANT = "[бвгғджзйкқлмнңпрстфхһцчшщБВГҒДЖЗКҚЛМНҢПРСТФХҺЦЧШЩ]"
_VOWEL = "[аәоөұүыіеэАӘОӨҰҮЫІЕЭ]"


def to_cyrillic(column: pl.Expr, *, filler: str = "") -> pl.Expr:
    """Write Latin-script Kazakh in Cyrillic, near enough to read and to recognise.

    Which alphabet a text uses is decided once for the whole text. Foreign names are
    spelled as if they were Kazakh. Run on texts known to be in Latin script: a
    Cyrillic letter stays as it is.

    Args:
        column: text in Latin script, cleaned.
        filler: one character that stands in wherever two letters became one. With it
            every character keeps its place, so that an offset in the result is an
            offset in the text; without it words can be looked up in a dictionary.

    Returns:
        The text in Cyrillic; null where the text is null.
    """
    length = column.str.len_chars()
    acute = column.str.count_matches(_ACUTE_LETTERS)
    umlaut = column.str.count_matches(_UMLAUT_LETTERS)
    apostrophe = column.str.count_matches(_WITH_APOSTROPHE)
    return (
        pl.when(acute > umlaut)
        .then(_spell(column, _ACUTE, filler))
        .when(apostrophe * _LETTERS_AN_APOSTROPHE > length)
        .then(_spell(_one_apostrophe(column), _APOSTROPHE, filler))
        .when(column.str.count_matches("[wïWÏ]") * _LETTERS_A_W > length)
        .then(_spell(column, _WIKIPEDIA, filler))
        .otherwise(_spell(column, _UMLAUT, filler))
    )


def _spell(column: pl.Expr, letters: dict[str, str], filler: str) -> pl.Expr:
    table = _with_capitals(letters, filler)
    return (
        column.str.replace_many(list(table), list(table.values()), leftmost=True)
        .str.replace_all(f"({_VOWEL})и", "${1}й")
        .str.replace_all(f"({_VOWEL})И", "${1}Й")
        # «Japoniya»: what y stands for elsewhere is no sound of its own here.
        .str.replace_all("([иі])ыа", f"ия{filler}")
        # After a consonant it is two letters, as in «Түркия» and «Франция».
        .str.replace_all(f"({_CONSONANT})иа", "${1}ия")
        .str.replace_all("[ий]а", f"я{filler}")
        .str.replace_all("[ий]у", f"ю{filler}")
    )


def _with_capitals(letters: dict[str, str], filler: str) -> dict[str, str]:
    # Longer signs first: the leftmost match takes the first pattern that fits.
    table: dict[str, str] = {}
    for latin in sorted(letters, key=len, reverse=True):
        cyrillic = letters[latin]
        pad = filler * (len(latin) - len(cyrillic))
        table[latin] = cyrillic + pad
        for capital in (latin.capitalize(), latin.upper()):
            table.setdefault(capital, cyrillic.upper() + pad)
    # I is the capital of ı where a form has both i's, and of i in the others.
    table["I"] = letters.get("I", letters["i"].upper())
    return table


def _one_apostrophe(column: pl.Expr) -> pl.Expr:
    return column.str.replace_all("[’‘ʼ`´]", "'")
