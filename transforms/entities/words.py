"""The words that names are looked for in: Kazakh sentences and titles.

Articles in other languages are left out, but for Kazakh sentences that stand in them;
so are sentences in other languages that stand in Kazakh articles. The neighbours of
Kazakh (Kyrgyz, Tatar, Uzbek …) are left out whole: single sentences of them can be
taken for Kazakh. So is Kazakh in Arabic script, which nothing here reads yet.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from transforms.entities.spans import place_of
from transforms.kazakh.language import detect_language
from transforms.kazakh.latin import to_cyrillic
from transforms.kazakh.tokens import sentence_tokens, tokenise

#: Languages in whose articles Kazakh sentences are looked for.
_HOSTS = ("ru", "uk", "be", "en", "de", "fr", "es", "zh", "und")
#: Words that Kazakh has not: a sentence of a Kazakh article without Kazakh letters and
#: with some of these is Russian or English.
_FOREIGN_LIST = """
    и в на что по с не из об о для как от за это к был была были его она он они при а но
    же бы так который которые также или до если этом этого было все уже после у со во
    за без под над между через мы вы нас вам нам их ему чтобы где когда только еще ещё
    спасибо есть быть будет более очень этот эта эти того тому своей своих
    the of and in to for is on that with as at by from was are it be this has an
"""
_FOREIGN_WORDS = _FOREIGN_LIST.split()
_FEWEST_FOREIGN = 2
_FOREIGN_SHARE = 0.1
_KAZAKH_LETTER = "[әғқңөұүһіӘҒҚҢӨҰҮҺІäğñöūüıŋÄĞÑÖŪÜáǵńóúÁǴŃÓÚ]"
#: Shorter sentences without Kazakh letters are taken for Kazakh.
_FEWEST_LETTERS = 20
#: A Kazakh sentence of another language's article has so many words at least.
_FEWEST_WORDS = 5
_PLACE = ("row_id", "in_title", "sentence_no")

WORD_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "row_id": pl.Int32,
    "in_title": pl.Boolean,
    "sentence_no": pl.Int32,
    "token": pl.String,
    "form": pl.String,
    "start_char": pl.Int32,
    "end_char": pl.Int32,
}


def read_words(articles: pl.DataFrame, sentences: pl.DataFrame) -> pl.DataFrame:
    """Cut the Kazakh parts of articles into words.

    Args:
        articles: ``row_id``, ``title``, ``text``, ``language`` and ``script``.
        sentences: ``row_id``, ``sentence_no``, ``start_char``, ``end_char``.

    Returns:
        One row a token, the title's first, then the text's in order: ``row_id``,
        ``in_title``, ``sentence_no`` (null in the title), ``token``, ``form`` (the
        token in Cyrillic), ``start_char`` and ``end_char`` (code points in ``text``,
        or in ``title``).
    """
    is_kazakh = (pl.col("language") == "kk") & pl.col("script").is_in(
        ["cyrillic", "latin"]
    )
    may_host = pl.col("language").is_in(_HOSTS) & pl.col("text").str.contains(
        "[әғқңұһӘҒҚҢҰҺ]"
    )
    chosen = articles.filter((is_kazakh | may_host).fill_null(value=False)).select(
        "row_id", "title", "text", "script", is_kazakh.alias("is_kazakh")
    )
    rows = chosen.select("row_id", "script", "is_kazakh")
    return (
        pl.concat([_title_words(chosen), _text_words(chosen, sentences)])
        # One number sorts several times as fast as three columns.
        .with_columns(place=place_of("start_char"))
        .sort("place")
        .join(rows, on="row_id", how="left", maintain_order="left")
        .pipe(_kazakh_only)
        .pipe(_add_forms)
        .select(pl.col(name).cast(dtype) for name, dtype in WORD_SCHEMA.items())
    )


def _title_words(articles: pl.DataFrame) -> pl.DataFrame:
    titled = articles.filter("is_kazakh")
    tokens = tokenise(titled.select(text="title"))
    return tokens.select(
        titled["row_id"].gather(tokens["row"]),
        pl.lit(value=True).alias("in_title"),
        pl.lit(None, pl.Int32).alias("sentence_no"),
        "token",
        "start_char",
        "end_char",
    )


def _text_words(articles: pl.DataFrame, sentences: pl.DataFrame) -> pl.DataFrame:
    version = pl.lit(1).alias("version")
    tokens = sentence_tokens(
        articles.select(pl.col("row_id").alias("article_id"), version, "text"),
        sentences.select(
            pl.col("row_id").alias("article_id"), version, "sentence_no", "start_char"
        ),
    )
    return tokens.select(
        pl.col("article_id").alias("row_id"),
        pl.lit(value=False).alias("in_title"),
        pl.col("sentence_no").cast(pl.Int32),
        "token",
        "start_char",
        "end_char",
    )


def _kazakh_only(words: pl.DataFrame) -> pl.DataFrame:
    """Drop foreign sentences of Kazakh articles, all but Kazakh ones of others."""
    words = words.with_columns(sentence=_sentence_numbers())
    token = pl.col("token")
    kazakh = words.filter(token.str.contains(_KAZAKH_LETTER))["sentence"]
    speaks = _flags(kazakh, words)
    own = words["is_kazakh"]
    # Few sentences of Kazakh articles have no Kazakh letter; only these are looked at.
    foreign = (
        words.filter(own & ~speaks)
        .group_by("sentence")
        .agg(
            letters=token.str.len_chars().sum(),
            words=pl.len(),
            foreign=token.str.to_lowercase().is_in(_FOREIGN_WORDS).sum(),
        )
        .filter(
            pl.col("letters") >= _FEWEST_LETTERS,
            pl.col("foreign") >= _FEWEST_FOREIGN,
            pl.col("foreign") >= pl.col("words") * _FOREIGN_SHARE,
        )
    )
    kept = own & ~_flags(foreign["sentence"], words)
    others = words.filter(~own & speaks)
    if others.is_empty():
        return words.filter(kept)
    guests = (
        others.group_by("sentence")
        .agg(text=token.str.join(" "), words=pl.len())
        .filter(pl.col("words") >= _FEWEST_WORDS)
        .pipe(detect_language, "text")
        .filter(pl.col("language") == "kk")
    )
    return words.filter(kept | _flags(guests["sentence"], words))


def _sentence_numbers() -> pl.Expr:
    """Number the sentences and titles of sorted words."""
    is_new = pl.any_horizontal(
        pl.col(name).ne_missing(pl.col(name).shift(1)) for name in _PLACE
    )
    return is_new.cast(pl.Int32).cum_sum()


def _flags(sentences: pl.Series, words: pl.DataFrame) -> pl.Series:
    """Whether each word stands in one of some sentences."""
    number = words["sentence"]
    flags = np.zeros((words.height and number[-1]) + 1, dtype=bool)
    flags[sentences.to_numpy()] = True
    return pl.Series(flags[number.to_numpy()])


def _add_forms(words: pl.DataFrame) -> pl.DataFrame:
    """Write the words of Latin-script articles in Cyrillic, an article at a time.

    Which Latin alphabet it is can only be told from the whole of an article.
    """
    is_latin = pl.col("script") == "latin"
    latin = words.filter(is_latin)
    if latin.is_empty():
        return words.with_columns(form="token")
    forms = (
        latin.group_by("row_id", maintain_order=True)
        .agg(form=pl.col("token").str.join("\n"))
        .with_columns(to_cyrillic(pl.col("form")).str.split("\n"))
        .explode("form")
    )
    written = latin.with_columns(forms["form"])
    rest = words.filter(~is_latin).with_columns(form="token")
    return pl.concat([rest, written]).sort("place")
