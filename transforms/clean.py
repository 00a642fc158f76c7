"""Clean text: one way to write a character, one space, paragraphs kept.

Runs after parsing has cut the title, the body and the other parts, and before
anything counts characters: every offset in the warehouse counts in the cleaned text.
"""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import TYPE_CHECKING

import polars as pl

from transforms.kazakh.letters import CYRILLIC
from transforms.kazakh.mixed_script import MIXED, fold_mixed_words
from transforms.mojibake import SIGNS, mend_mojibake

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: Characters that need nothing done: most rows of most outlets hold no other.
_PLAIN = f"\\n -~{CYRILLIC}«»–—…№“”„’‘•€°"
#: Characters written as HTML does, in texts that were copied from a page's source.
_ENTITY = "&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});"
_NOT_PLAIN = f"[^{_PLAIN}]|{MIXED}|{SIGNS}|{_ENTITY}"

_NEWLINE = "\r\n?|[\u0085\u2028\u2029\f\v]"
_SPACE = "[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
#: Nothing to see: controls, soft hyphens, zero widths, directions, variation
#: selectors, byte order marks, the private glyphs of icon fonts. U+FFFD stays: it
#: shows that something was lost, and a check counts it.
_INVISIBLE = (
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ue000-\uf8ff\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e01ef]"
)
#: Old fonts print the yen sign for a capital Ұ: «¥лттық банк».
_YEN = f"¥([{CYRILLIC}])"

#: What NFC may change begins with a character outside these blocks, or is joined by
#: one: normalising costs ten times as much as looking.
_MAY_NEED_NFC = f"[^\u0000-\u02ff{CYRILLIC}\u2010-\u2027\u2030-\u205e\u20ac\u2116]"

_UNTIDY = "  | \n|\n |\n\n\n"
#: Each round undoes at least one layer; real text needs two. The bound only keeps a
#: text made to be hostile from going round for ever.
_MAX_ROUNDS = 12


def clean_columns(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    r"""Clean text columns; paragraphs stay apart.

    In this order: HTML entities decoded (``&quot;``, doubly escaped ones too); wrong
    decodings mended (`transforms.mojibake`); line ends made
    ``\n``; tabs and all other spaces made plain spaces; soft hyphens, zero-width and
    bidirectional marks, byte order marks, control characters and icon glyphs removed;
    NFC; the yen sign before a Cyrillic letter made Ұ; look-alike letters folded inside
    a word of one script (`transforms.kazakh.mixed_script`); runs of spaces made one,
    spaces at both ends of a line removed, three or more line ends made two, the ends
    of the text stripped. Dashes, quotation marks and letter case stay as printed.

    Cleaning twice is cleaning once, and none of the letters ә ғ қ ң ө ұ ү һ і is lost.

    Args:
        frame: any frame.
        columns: its String columns to clean, replaced in place. Nulls stay null;
            an empty text stays empty.

    Returns:
        The frame with those columns cleaned, all else as it was.
    """
    if not columns:
        return frame
    # All in one: each pass of a pattern costs as much as some hundred short rows.
    cleaned = _clean(pl.concat([frame[name].alias("") for name in columns]))
    size = frame.height
    return frame.with_columns(
        cleaned.slice(place * size, size).alias(name)
        for place, name in enumerate(columns)
    )


def clean_titles(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Clean columns of one-line text: as `clean_columns`, and line ends become spaces.

    Args:
        frame: any frame.
        columns: its String columns to clean, replaced in place (titles, authors, …).

    Returns:
        The frame with those columns cleaned, none holding a line end.
    """
    return clean_columns(frame, columns).with_columns(
        pl.col(name).str.replace_all(r"\n+", " ") for name in columns
    )


def _clean(values: pl.Series) -> pl.Series:
    odd = values.str.contains(_NOT_PLAIN).fill_null(value=False)
    cleaned = _tidy(values)
    if not odd.any():
        return cleaned
    rows = odd.arg_true()
    return _put(cleaned, rows, _clean_odd(values.gather(rows)))


def _clean_odd(values: pl.Series) -> pl.Series:
    """Repeat the round until nothing changes: that is what makes once enough."""
    result = _round(values)
    rows = _unsettled(result, values).arg_true()
    for _ in range(_MAX_ROUNDS):
        if rows.is_empty():
            break
        before = result.gather(rows)
        after = _round(before)
        result = _put(result, rows, after)
        rows = rows.filter(_unsettled(after, before))
    return result


def _unsettled(after: pl.Series, before: pl.Series) -> pl.Series:
    # A row without an odd character left has no step that could change it again.
    return (after != before) & after.str.contains(_NOT_PLAIN)


def _round(values: pl.Series) -> pl.Series:
    values = _where(values, _ENTITY, _decode_entities)
    values = _where(values, SIGNS, mend_mojibake)
    values = (
        values.str.replace_all(_NEWLINE, "\n")
        .str.replace_all(_SPACE, " ")
        .str.replace_all(_INVISIBLE, "")
    )
    values = _compose(values).str.replace_all(_YEN, "Ұ$1")
    # A folded letter may join a combining mark that its look-alike could not.
    return _tidy(_compose(_where(values, MIXED, fold_mixed_words)))


def _decode_entities(text: str) -> str:
    # An ampersand escaped over and over is one step, however often.
    once = re.sub("&(?:amp;|#38;)+", "&", text)
    return re.sub(_ENTITY, lambda match: _character(match[0]), once)


def _character(entity: str) -> str:
    """Decode one entity; what is none, or of no character, stays as printed."""
    if entity[1] != "#":
        return html5.get(entity[1:], entity)
    character = html.unescape(entity)
    return entity if character in {"", "\ufffd"} else character


def _compose(values: pl.Series) -> pl.Series:
    rows = values.str.contains(_MAY_NEED_NFC).arg_true()
    if rows.is_empty():
        return values
    return _put(values, rows, values.gather(rows).str.normalize("NFC"))


def _where(values: pl.Series, pattern: str, change: Callable[[str], str]) -> pl.Series:
    """Change the rows that show the pattern, one by one; they are few."""
    rows = values.str.contains(pattern).arg_true()
    if rows.is_empty():
        return values
    changed = [change(value) for value in values.gather(rows)]
    return _put(values, rows, pl.Series(changed, dtype=pl.String))


def _tidy(values: pl.Series) -> pl.Series:
    stripped = values.str.strip_chars(" \n")
    rows = stripped.str.contains(_UNTIDY).fill_null(value=False).arg_true()
    if rows.is_empty():
        return stripped
    tidied = (
        stripped.gather(rows)
        .str.replace_all(" {2,}", " ")
        .str.replace_all(" ?\n ?", "\n")
        .str.replace_all("\n{3,}", "\n\n")
    )
    return _put(stripped, rows, tidied)


def _put(values: pl.Series, rows: pl.Series, changed: pl.Series) -> pl.Series:
    # Series.scatter writes in place; the caller still compares with what was there.
    return values.clone().scatter(rows, changed)
