"""Text whose bytes were decoded with the wrong table: «Ð´Ð°Ð»Ð°», «РґР°Р»Р°».

Three kinds are met in Kazakh articles: UTF-8 read as Western (cp1252, Latin-1),
UTF-8 read as Cyrillic (cp1251), and Cyrillic (cp1251, KZ-1048) read as Western.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.kazakh.letters import KAZAKH_LETTERS

if TYPE_CHECKING:
    import polars as pl

# In UTF-8 a Cyrillic letter is a lead byte D0-D3 and a tail byte 80-BF. These are
# the characters that the tails turn into; a byte that a table leaves undefined is
# handed through as the control character of its number.
_TAILS = bytes(range(0x80, 0xC0))
_WESTERN_TAIL = _TAILS.decode("cp1252", errors="ignore") + _TAILS.decode("latin-1")
_CYRILLIC_TAIL = _TAILS.decode("cp1251", errors="ignore") + "\u0098"

#: Three letters in a row: a name or a price never looks so.
_WESTERN = f"(?:[ÐÑÒÓ][{_WESTERN_TAIL}]){{2}}"
_CYRILLIC_PAIRS = f"(?:[РСТУ][{_CYRILLIC_TAIL}]){{3}}"
_SINGLE_BYTE = "[\u00a8\u00b8À-ÿ]{4}"

#: The signs of all three kinds, cheap enough to ask of every row.
SIGNS = f"{_WESTERN}|{_CYRILLIC_PAIRS}|{_SINGLE_BYTE}"

_CYRILLIC_RUN = re.compile(
    f"(?:[РСТУ][{_CYRILLIC_TAIL}]|В[«»\u00a0–—]|в[Ђ„][{_CYRILLIC_TAIL}])+"
)
_WESTERN_SIGN = re.compile(_WESTERN)
_CYRILLIC_SIGN = re.compile(_CYRILLIC_PAIRS)
_SINGLE_SIGN = re.compile(_SINGLE_BYTE)
_GOOD = re.compile(f"[А-Яа-яЁё{KAZAKH_LETTERS}]")
_SPACE = re.compile(r"\s+")


def has_mojibake(column: pl.Expr) -> pl.Expr:
    """Say whether a text shows the signs of a wrong decoding.

    Args:
        column: text as read.

    Returns:
        Boolean; null where the text is null.
    """
    return column.str.contains(SIGNS)


def mend_mojibake(text: str) -> str:
    """Decode a text again, line by line, where that makes Cyrillic of it.

    A mend is kept only if the share of Russian and Kazakh letters in the line grows,
    so that a Western name or a formula stays as it is.

    Args:
        text: one article's text, with the signs or without.

    Returns:
        The text, shorter where pairs became letters.
    """
    return "\n".join(_mend_line(line) for line in text.split("\n"))


def _mend_line(line: str) -> str:
    for sign, mend in (
        (_WESTERN_SIGN, _mend_western),
        (_CYRILLIC_SIGN, _mend_cyrillic),
        (_SINGLE_SIGN, _mend_single_byte),
    ):
        if sign.search(line):
            mended = mend(line)
            if _cyrillic_share(mended) > _cyrillic_share(line):
                line = mended
    return line


def _mend_western(line: str) -> str:
    from ftfy import fix_encoding  # noqa: PLC0415 - costs 30 ms, seldom needed

    return fix_encoding(line)


def _mend_cyrillic(line: str) -> str:
    return _CYRILLIC_RUN.sub(lambda run: _decode_run(run[0]), line)


def _decode_run(run: str) -> str:
    # cp1251 leaves the byte 98 undefined; decoders hand it through as it is.
    raw = b"".join(
        b"\x98" if letter == "\x98" else letter.encode("cp1251") for letter in run
    )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return run


def _mend_single_byte(line: str) -> str:
    # KZ-1048 is cp1251 with Kazakh letters in place of the Serbian and others.
    for western in ("cp1252", "latin-1"):
        try:
            return line.encode(western).decode("kz1048")
        except UnicodeError:
            continue
    return line


def _cyrillic_share(line: str) -> float:
    written = len(_SPACE.sub("", line))
    return len(_GOOD.findall(line)) / written if written else 0.0
