"""The letters of Kazakh, and the letters of other scripts that stand in for them.

Sources: the Kazakh alphabet of 42 letters; the look-alike pairs are those that
Unicode's confusables list gives for Cyrillic and Latin, kept to the letters that
keyboards, fonts and scanners are seen to swap in Kazakh newspapers.
"""

from __future__ import annotations

#: The nine letters that Kazakh adds to the Russian alphabet.
KAZAKH_LOWER = "әғқңөұүһі"
KAZAKH_UPPER = "ӘҒҚҢӨҰҮҺІ"
KAZAKH_LETTERS = KAZAKH_LOWER + KAZAKH_UPPER

#: Vowels of front words: a capital Latin Y among them stands for Ү, not for У.
FRONT_VOWELS = "әөүіеӘӨҮІЕ"
VOWELS = "аәеёиоөуұүыіэюяАӘЕЁИОӨУҰҮЫІЭЮЯ"

#: A letter printed in place of a Cyrillic one: Latin by shape, and the letters of
#: other alphabets that fonts without Kazakh letters fall back to.
TO_CYRILLIC: dict[str, str] = {
    **dict(zip("aceopxyhikmtb", "асеорхуһікмть", strict=True)),
    **dict(zip("ABCEHIKMOPTXY", "АВСЕНІКМОРТХУ", strict=True)),
    "ə": "ә",
    "Ə": "Ә",
    "ǝ": "ә",
    "Ǝ": "Ә",
    "ɵ": "ө",
    "Ɵ": "Ө",
    "ŋ": "ң",
    "Ŋ": "Ң",
    "ï": "ї",
    "Ï": "Ї",
}

#: A Cyrillic letter printed in place of a Latin one. The Kazakh letters have no
#: entry: none of them may ever be lost, so «іPhone» keeps its і.
TO_LATIN: dict[str, str] = {
    **dict(zip("асеорхуј", "aceopxyj", strict=True)),
    **dict(zip("АВСЕНКМОРТХУЈ", "ABCEHKMOPTXYJ", strict=True)),
}

#: Character classes for regular expressions (Polars and Python read them alike).
#: The Cyrillic blocks without the combining signs and the thousands sign.
CYRILLIC = "Ѐ-ҁҊ-ԯ"
#: Letters of the Latin blocks, IPA's schwa and barred o among them.
LATIN = "A-Za-zªºÀ-ÖØ-öø-ʯ\u1e00-\u1eff"
