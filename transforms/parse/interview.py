"""Whether an article is an interview: questions and answers by turns."""

from __future__ import annotations

import polars as pl

#: A dashed paragraph with a narrator at its end is a quotation, not a question:
#: «– …, – деді Президент.»
_NARRATED = (
    r"[,!?.…»\"”]\s*[–—-]+\s*(?:де[дйпгм]|деп|дейді|сказал|отметил|заявил|айтты"
    r"|атап өтті|жазды|мәлімдеді|хабарлады|баяндады|жеткізді|түсіндірді|толықтырды"
    r"|said)"
)
_LABELLED = r"(?i)^\s*(?:сұрақ|вопрос|question|тілші|журналист|q)\s*[:.–—-]\s*\S"
_WORD = r"(?i)сұхбат|интервью|interview|сұрақтарына жауап|сұрақтарымызға жауап"

#: So many questions with answers make an interview; fewer do if the title or the
#: lead calls it one.
_QUESTIONS, _QUESTIONS_IF_CALLED_SO = 3, 2


def read_interviews(lines: pl.DataFrame) -> pl.DataFrame:
    """Count the questions of each article.

    Args:
        lines: all lines: ``row``, ``line``; in the order of the text.

    Returns:
        One row an article with dashed or labelled paragraphs: ``row``, ``questions``
        (how many of them ask) and ``is_dialogue`` (whether they prevail over dashed
        quotations with a narrator).
    """
    dashed = pl.col("line").str.contains(r"^\s*[–—-]\s*[\p{L}«\"“]")
    labelled = pl.col("line").str.contains(_LABELLED)
    return (
        lines.lazy()
        .select("row", "line", next_line=pl.col("line").shift(-1))
        .filter(dashed | labelled)
        .with_columns(
            asks=pl.col("line").str.contains("?", literal=True) | labelled,
            narrated=pl.col("line").str.contains(_NARRATED),
        )
        .group_by("row", maintain_order=True)
        .agg(
            questions=(pl.col("asks") & ~pl.col("narrated")).sum(),
            narrated=pl.col("narrated").sum(),
            dashed=pl.len(),
        )
        .select(
            "row",
            "questions",
            is_dialogue=(pl.col("questions") > pl.col("narrated"))
            & (pl.col("questions") * 3 >= pl.col("dashed")),
        )
        .collect()
    )


def is_interview() -> pl.Expr:
    """Boolean expression over questions, is_dialogue, title and lead; never null."""
    called_so = pl.col("title").str.contains(_WORD) | pl.col("lead").str.contains(_WORD)
    questions = pl.col("questions").fill_null(0)
    return pl.col("is_dialogue").fill_null(value=False) & (
        (questions >= _QUESTIONS)
        | (called_so.fill_null(value=False) & (questions >= _QUESTIONS_IF_CALLED_SO))
    )
