"""One key for the spellings of one name: Kazakh, Russian and Latin letters meet.

The key of a name is what is left when letters that other alphabets lack are written as
their nearest neighbour: «Қасым-Жомарт Тоқаев», «Касым-Жомарт Токаев» and their capital
forms have one. It is hashed, never shown, and never made of a surname alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

#: Letters that spellings of one name differ in, and the one that stands for them.
_NEIGHBOURS = {
    "ә": "а",
    "ғ": "г",
    "қ": "к",
    "ң": "н",
    "ө": "о",
    "ұ": "у",
    "ү": "у",
    "һ": "х",
    "і": "и",
    "ы": "и",
    "й": "и",
    "ё": "е",
    "э": "е",
    "ъ": "",
    "ь": "",
}
#: Latin signs of names, the longest first (Library of Congress and English custom).
_LATIN = {
    "shch": "щ",
    "kh": "х",
    "gh": "г",
    "zh": "ж",
    "sh": "ш",
    "ch": "ч",
    "ts": "ц",
    "yu": "ю",
    "ya": "я",
    "yo": "е",
    "ye": "е",
    "ck": "к",
    "ph": "ф",
    "ss": "с",
    **dict(zip("abcdefghijklmnopqrs", "абкдефгхижклмнопкрс", strict=True)),
    **dict(zip("tuvwxyzäñöüğş", "туввкизаноугш", strict=True)),
}
_SIGNS = {**_LATIN, **_NEIGHBOURS}


def name_key(name: pl.Expr) -> pl.Expr:
    """Write names as the key that their spellings share.

    Args:
        name: names in the nominative, any script and letter case.

    Returns:
        Lower-case basic Cyrillic letters and digits, words divided by one space.
    """
    return (
        name.str.to_lowercase()
        .str.replace_many(list(_SIGNS), list(_SIGNS.values()), leftmost=True)
        .str.replace_all(r"[^\p{L}\p{N}]+", " ")
        .str.strip_chars()
    )
