"""How well a text reads as Kazakh or Russian: the judge between code pages.

A wrong code page betrays itself by letters that neither language has, symbols among
the letters, capitals after small letters, and neighbours that Kazakh vowel harmony
forbids. The last one tells KZ-1048 from PT154, which write ғ and ә with one byte.
"""

from __future__ import annotations

import re
from itertools import islice

#: Letters of the Kazakh and Russian alphabets (Kyrgyz adds none).
_SMALL = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі"
_OWN = _SMALL + _SMALL.upper()

#: Runs of letters and whatever above ASCII stands between them.
_RUN = re.compile(r"[A-Za-z\x80-\U0010FFFF]+")

_OWN_LETTER = re.compile(f"[{_OWN}]")
_LATIN_LETTER = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]")

#: Signs of print above ASCII: spaces, dashes, quotation marks, №, ₸, € and the like.
_SIGN = re.compile(
    "[\u00a0\u00a7\u00a9\u00ab\u00ad\u00ae\u00b0\u00b7\u00bb\u200b-\u2029\u2039\u203a"
    "\u202f\u20ac\u20b8\u2116\u2122\ufeff]"
)

#: Places where a reading breaks, in the text as it stands.
_BREAK = re.compile(
    rf"[{_SMALL}](?=[{_SMALL.upper()}])"  # a capital after a small letter
    rf"|[A-Za-z](?=[{_OWN}])|[{_OWN}](?=[A-Za-z])"  # two scripts in a word
    "|[\u00c0-\u024f](?=[\u00c0-\u024f])"  # what Cyrillic looks like in Latin-1
)

#: Places where phonology breaks, in small letters. Back ғ қ do not touch front
#: ә ө ү і; the vowels of Kazakh alone touch no other vowel (у and и may be
#: consonants); ғ stands beside a vowel and ends no word; ь and ъ begin none; five
#: consonants in a row belong to neither language.
_SOUND_BREAK = re.compile(
    r"[ғқ](?=[әөүі])|[әөүі](?=[ғқ])"
    r"|[әөұүаоыеэі](?=[әөұү])|[әөұү](?=[аоыеэі])"
    r"|(?<=\w)ғ(?!\w)|(?<![аоұыуи])ғ(?![аоұыуи])|(?<!\w)[ьъ]"
    r"|[бвгджзйклмнпрстфхцчшщқғңһ]{5}"
)

#: Controls, private use and the replacement character: never in a good decoding.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")

#: A break outweighs this many good letters.
_BREAK_WEIGHT = 3.0

#: A sign counts less than a letter, so that letters win where both would do.
_SIGN_WEIGHT = 0.8


def legibility(text: str, run_count: int) -> float:
    """Score how well the characters above ASCII read, at most 1.

    ASCII is the same in every candidate page and does not count.

    Args:
        text: the whole text, decoded by a candidate page.
        run_count: how many words above ASCII to look at, from the beginning.

    Returns:
        1 for clean print, 0 for text with impossible characters anywhere; nonsense
        may score below that.
    """
    if _IMPOSSIBLE.search(text):
        return 0.0
    runs = (match[0] for match in _RUN.finditer(text) if not match[0].isascii())
    sample = " ".join(islice(runs, run_count))
    high_count = len(sample) - len(sample.encode("ascii", "ignore"))
    if not high_count:
        return 1.0
    letters = len(_OWN_LETTER.findall(sample)) + len(_LATIN_LETTER.findall(sample))
    signs = len(_SIGN.findall(sample))
    breaks = len(_BREAK.findall(sample)) + len(_SOUND_BREAK.findall(sample.lower()))
    return (letters + _SIGN_WEIGHT * signs - _BREAK_WEIGHT * breaks) / high_count


def is_known_script(text: str) -> bool:
    """Say whether nearly all characters are ASCII, Cyrillic or Latin print.

    Any even number of bytes decodes as UTF-16, but chance makes Chinese and unassigned
    characters of them.
    """
    most = 0.9
    if _IMPOSSIBLE.search(text):
        return False
    ascii_count = len(text.encode("ascii", "ignore"))
    known = (_OWN_LETTER, _LATIN_LETTER, _SIGN)
    return ascii_count + sum(len(p.findall(text)) for p in known) >= most * len(text)
