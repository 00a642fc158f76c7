"""Cut texts into tokens, with the place of each.

A token is a word with everything that hyphens and apostrophes hang on it
(«БАҚ-тағы», «2025-2030», «News-ке»), a percent sign with its ending («%-ы»), or a
single other character. This is how KazNERD, on which recognition is trained, cuts its
sentences; numbers with a decimal comma and abbreviations with full stops come apart.
"""

from __future__ import annotations

import polars as pl

_LETTER = r"[\p{L}\p{M}\p{N}_]"
_JOINT = "[-\u2010\u2011'’ʼ`]"
# The white space in front belongs to the piece, so that the pieces put together are
# the text again and their lengths give the offsets.
_PIECE = rf"\s*(?:%(?:-\p{{L}}+)?|{_LETTER}+(?:{_JOINT}{_LETTER}+)*|\S)"


def tokenise(texts: pl.DataFrame) -> pl.DataFrame:
    """Cut each text into tokens.

    Args:
        texts: column ``text``; a null or blank text has no tokens.

    Returns:
        One row a token, in order: ``row`` (UInt32, which row of ``texts``), ``token``,
        ``start_char`` and ``end_char`` (Int32, Unicode code points in ``text``, end
        exclusive).
    """
    length = pl.col("piece").str.len_chars().cast(pl.Int32)
    end = pl.col("length").cum_sum()
    return (
        texts.select("text")
        .with_row_index("row")
        .select("row", pl.col("text").str.extract_all(_PIECE).alias("piece"))
        .filter(pl.col("piece").list.len() > 0)
        .explode("piece")
        .with_columns(pl.col("piece").str.strip_chars_start().alias("token"))
        .select(
            "row",
            "token",
            length.alias("length"),
            pl.col("token").str.len_chars().cast(pl.Int32).alias("width"),
        )
        .with_columns(end.over("row").cast(pl.Int32).alias("end_char"))
        .select(
            "row",
            "token",
            (pl.col("end_char") - pl.col("width")).alias("start_char"),
            "end_char",
        )
    )


def sentence_tokens(articles: pl.DataFrame, sentences: pl.DataFrame) -> pl.DataFrame:
    """Cut articles into tokens and say in which sentence each stands.

    The texts are cut whole and the tokens laid over the sentences, so that the time
    does not grow with the number of sentences before a sentence.

    Args:
        articles: ``article_id``, ``version`` and ``text``.
        sentences: ``article_id``, ``version``, ``sentence_no`` and ``start_char`` as
            ``split_sentences`` gives them for these articles, or some of them:
            tokens before the first are left out.

    Returns:
        One row a token, in order: ``article_id``, ``version``, ``sentence_no``,
        ``token``, ``start_char`` and ``end_char``.
    """
    keys = articles.select("article_id", "version").with_row_index("row")
    begins = sentences.join(keys, on=["article_id", "version"]).select(
        "row", "sentence_no", "start_char"
    )
    return (
        tokenise(articles)
        .join_asof(
            begins.sort("row", "start_char"),
            on="start_char",
            by="row",
            check_sortedness=False,
        )
        .filter(pl.col("sentence_no").is_not_null())
        .join(keys, on="row", how="left", maintain_order="left")
        .select(
            "article_id", "version", "sentence_no", "token", "start_char", "end_char"
        )
    )
