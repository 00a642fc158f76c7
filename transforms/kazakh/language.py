"""Which language and script an article is in.

Runs after cleaning. Looks at letters that only some alphabets have and at small words,
in whole columns; py3langid is asked only about what these leave open, because it takes
Latin-script Kazakh for other languages and is slow beside a count of letters.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import polars as pl

from transforms.kazakh.language_profiles import (
    CYRILLIC_SHARES,
    CYRILLIC_WORDS,
    LATIN_SHARES,
    LATIN_WORDS,
)
from transforms.kazakh.language_scores import (
    best_forms,
    count_words,
    letter_scores,
    winner,
)
from transforms.kazakh.letters import CYRILLIC, LATIN

if TYPE_CHECKING:
    from collections.abc import Callable

#: Looked at: so many characters of the opening, and as many from the middle, which
#: tell the language as well as the whole text.
_SAMPLE = 1000
#: Below this many letters nothing can be said («2025», «№ 5»).
_MIN_LETTERS = 3

_ARABIC = "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f"
#: Kazakh in China is written with U+06D5 on every page and without these, which Uyghur
#: and Kurdish have in every sentence.
_ARABIC_AE = "\u06d5"
_NOT_ARABIC_KAZAKH = "[ئېۈێڕڵ]"
_ARABIC_KAZAKH_SHARE = 0.02
_OTHER_LETTER = f"[\\p{{L}}--[{CYRILLIC}{LATIN}{_ARABIC}]]"

# Letters that Kazakh has far more of than any neighbour, and those it never has.
_KAZAKH_CORE = "[іқғұІҚҒҰ]"
_NOT_KAZAKH = "[ўҳӣӯҷҡҙҫҗїєґӑӗјҹҝЎҲӢӮҶҠҘҪҖЇЄҐӐӖЈҸҜ]"
#: Kazakh has 92 of the core letters among a thousand, Ukrainian 57 (all і), Uyghur and
#: Uzbek under 45. Below this the small words are asked as well.
_KAZAKH_SHARE = 0.07
#: і is Ukrainian and Belarusian too, where the others come only with Kazakh names. In
#: Kazakh they are twice as many as the і; where there are few the scores decide.
_KAZAKH_ONLY = "[қғұәңөүҚҒҰӘҢӨҮ]"
_KAZAKH_ONLY_TO_I = 0.25

_QUOTED_NAME = r"«[^«»\n]{1,60}»|“[^“”\n]{1,60}”|\"[^\"\n]{1,60}\""
_ODDS_OF_WORD = math.log(10)
#: Evidence of twenty to one decides; less goes to py3langid. Letters alone are not
#: independent of each other, so without words they must say much more.
_DECISIVE = math.log(20)
_DECISIVE_LETTERS = 25.0
_DECISIVE_LATIN = 8.0
#: Of the words of an English text a quarter are small ones.
_ENGLISH_WORD_SHARE = 0.1

_LANGUAGES_OF_SCRIPT = {"arabic": ["ar", "fa", "kk", "ps", "ug", "ur"]}
_ISO_639_1 = 2


def detect_language(frame: pl.DataFrame, text_column: str) -> pl.DataFrame:
    """Add the language and the script that most of each text is in.

    A text in two languages gets the one with more of it: a Russian article about
    «Жаңа Қазақстан» is Russian, a Kazakh one that quotes Russian is Kazakh.

    Args:
        frame: articles.
        text_column: a String column, cleaned.

    Returns:
        The frame with ``language`` (ISO 639-1; ``und`` for null, empty and
        undecidable texts) and ``script`` (``cyrillic``, ``latin``, ``arabic`` or
        ``other``, the one with most letters; ``other`` where there are none).
    """
    found = (
        frame.select(text=_sample(pl.col(text_column).fill_null("")))
        .with_row_index("row")
        .pipe(_count_letters)
        .with_columns(script=_script(), language=_clear_cases())
        .pipe(_fill_open, "cyrillic", _by_letters)
        .pipe(_fill_open, "cyrillic", _by_letters_and_words)
        .pipe(_fill_open, "latin", _by_latin_letters_and_words)
        .pipe(_fill_open, "arabic", _by_arabic_letters)
        .pipe(_ask_langid)
        .sort("row")
    )
    return frame.with_columns(found["language"], found["script"])


def _sample(text: pl.Expr) -> pl.Expr:
    length = text.str.len_chars()
    middle = text.str.slice(length // 2, _SAMPLE)
    return (
        pl.when(length <= 2 * _SAMPLE)
        .then(text)
        .otherwise(pl.concat_str(text.str.head(_SAMPLE), middle, separator=" "))
    )


def _count_letters(texts: pl.DataFrame) -> pl.DataFrame:
    text = pl.col("text")
    return texts.with_columns(
        cyrillic=text.str.count_matches(f"[{CYRILLIC}]"),
        latin=text.str.count_matches(f"[{LATIN}]"),
        arabic=text.str.count_matches(f"[{_ARABIC}]"),
        other=text.str.count_matches(_OTHER_LETTER),
        core=text.str.count_matches(_KAZAKH_CORE),
        kazakh_only=text.str.count_matches(_KAZAKH_ONLY),
        letters_i=text.str.count_matches("[іІ]"),
    )


def _script() -> pl.Expr:
    letters = pl.max_horizontal("cyrillic", "latin", "arabic", "other")
    return (
        pl.when(letters == 0)
        .then(pl.lit("other"))
        .when(pl.col("cyrillic") == letters)
        .then(pl.lit("cyrillic"))
        .when(pl.col("latin") == letters)
        .then(pl.lit("latin"))
        .when(pl.col("arabic") == letters)
        .then(pl.lit("arabic"))
        .otherwise(pl.lit("other"))
    )


def _clear_cases() -> pl.Expr:
    """Decide what one look at the letters decides: most Kazakh, and nothing at all."""
    total = pl.sum_horizontal("cyrillic", "latin", "arabic", "other")
    mostly_cyrillic = pl.col("cyrillic") > total * 0.5
    not_kazakh = pl.col("text").str.count_matches(_NOT_KAZAKH)
    return (
        pl.when(total < _MIN_LETTERS)
        .then(pl.lit("und"))
        .when(
            mostly_cyrillic
            & (pl.col("core") > pl.col("cyrillic") * _KAZAKH_SHARE)
            & (pl.col("core") >= _MIN_LETTERS)
            & (not_kazakh * 10 < pl.col("core"))
            & (pl.col("kazakh_only") >= pl.col("letters_i") * _KAZAKH_ONLY_TO_I)
        )
        .then(pl.lit("kk"))
    )


def _fill_open(
    texts: pl.DataFrame, script: str, decide: Callable[[pl.DataFrame], pl.Series]
) -> pl.DataFrame:
    """Ask ``decide`` about the rows of one script that have no language yet."""
    is_open = (pl.col("script") == script) & pl.col("language").is_null()
    rows = texts.filter(is_open)
    if rows.is_empty():
        return texts
    answers = rows.select("row", language=decide(rows))
    return texts.update(answers, on="row", how="left")


def _by_letters(texts: pl.DataFrame) -> pl.Series:
    forms = letter_scores(_weighed(texts), CYRILLIC_SHARES)
    return winner(best_forms(forms), _DECISIVE_LETTERS)


def _by_letters_and_words(texts: pl.DataFrame) -> pl.Series:
    return winner(_scores(texts), _DECISIVE)


def _scores(texts: pl.DataFrame) -> pl.DataFrame:
    weighed = _weighed(texts)
    words = weighed.select(
        (count_words(pl.col("text"), words) * _ODDS_OF_WORD).alias(code)
        for code, words in CYRILLIC_WORDS.items()
    )
    letters = letter_scores(weighed, CYRILLIC_SHARES)
    return best_forms(
        letters.with_columns(letters[code] + words[code] for code in words.columns)
    )


def _by_latin_letters_and_words(texts: pl.DataFrame) -> pl.Series:
    weighed = _weighed(texts).with_columns(
        pl.col("text").str.replace_all("[’‘ʻʼ`´]", "'")
    )
    forms = letter_scores(weighed, LATIN_SHARES)
    words = weighed.select(
        count_words(pl.col("text"), words).alias(code)
        for code, words in LATIN_WORDS.items()
    )
    languages = best_forms(forms).with_columns(
        pl.col(code) + words[code] * _ODDS_OF_WORD for code in words.columns
    )
    # English letters are those of many languages: only its words make it English.
    length = texts["text"].str.count_matches(" ")
    is_english = words["en"] > length * _ENGLISH_WORD_SHARE
    found = winner(languages, _DECISIVE_LATIN)
    return found.to_frame("found").select(
        pl.when((pl.col("found") != "en") | is_english).then("found")
    )["found"]


def _by_arabic_letters(texts: pl.DataFrame) -> pl.Series:
    text = pl.col("text")
    enough = pl.col("arabic") * _ARABIC_KAZAKH_SHARE
    is_kazakh = (text.str.count_matches(_ARABIC_AE, literal=True) > enough) & ~(
        text.str.contains(_NOT_ARABIC_KAZAKH)
    )
    return texts.select(pl.when(is_kazakh).then(pl.lit("kk"))).to_series()


def _weighed(texts: pl.DataFrame) -> pl.DataFrame:
    # A name in quotation marks keeps its language in a text of another one, so it is
    # left out unless hardly anything else is there.
    text = pl.col("text")
    unquoted = text.str.replace_all(_QUOTED_NAME, " ")
    enough = unquoted.str.len_bytes() * 2 > text.str.len_bytes()
    return texts.select(
        pl.when(enough).then(unquoted).otherwise(text).str.to_lowercase()
    ).with_columns(
        letters=text.str.count_matches(f"[{CYRILLIC}{LATIN}]").cast(pl.Float64)
    )


def _ask_langid(texts: pl.DataFrame) -> pl.DataFrame:
    """Let py3langid choose among what is left; in Cyrillic, among the likeliest."""
    rows = texts.filter(pl.col("language").is_null())
    if rows.is_empty():
        return texts
    likely = pl.Series(
        [_LANGUAGES_OF_SCRIPT.get(script) for script in rows["script"]],
        dtype=pl.List(pl.String),
    )
    close = rows.select("script", likely=_close_to_best(_scores(rows)), any=likely)
    allowed = close.select(
        pl.when(pl.col("script") == "cyrillic").then("likely").otherwise("any")
    ).to_series()
    answers = [
        _langid(text, codes)
        for text, codes in zip(rows["text"], allowed.to_list(), strict=True)
    ]
    found = rows.select("row", language=pl.Series(answers, dtype=pl.String))
    return texts.update(found, on="row")


def _close_to_best(scores: pl.DataFrame) -> pl.Series:
    best = pl.max_horizontal(pl.all())
    close = [
        pl.when(pl.col(code) >= best - _DECISIVE).then(pl.lit(code))
        for code in scores.columns
    ]
    return scores.select(pl.concat_list(close).list.drop_nulls()).to_series()


def _langid(text: str, allowed: list[str] | None) -> str:
    from py3langid import rank  # noqa: PLC0415 - the model loads in half a second

    for code, _ in rank(text):
        if code in allowed if allowed else len(code) == _ISO_639_1:
            return str(code)
    return allowed[0] if allowed else "und"
