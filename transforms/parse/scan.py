"""Marks of a scan: sentences broken at page ends, page numbers, misread letters."""

from __future__ import annotations

import polars as pl

_PAGE_NUMBER = r"\n[ \t]*\n[ \t]*[–—-]?[ \t]*\d{1,3}[ \t]*[–—-]?[ \t]*\n[ \t]*\n"
_BROKEN_WORD = r"(\p{Ll})[-‐¬]\n(?:[ \t]*\n)+[ \t]*(\p{Ll}{2})"
_BROKEN_SENTENCE = r"(\p{Ll},?|\d)\n(?:[ \t]*\n)+[ \t]*(\p{Ll}[\p{Ll} ])"
_WRAPPED_WORD = r"(\p{Ll})[-‐¬]\n[ \t]*(\p{Ll}{2})"
_WRAPPED_LINE = r"(\p{Ll},?|\d)\n[ \t]*(\p{Ll}[\p{Ll} ])"
_WRAPPED_BEFORE_NAME = r"(\p{Ll}\p{Ll},?)\n[ \t]*([\p{Lu}«\d])"

#: So many lines that run on into the next make a text of hard-wrapped lines.
_WRAPPED_LINES = 4

#: A digit, a sign or a Latin letter between Cyrillic letters in lower case, as
#: recognisers of print leave them: «мeмлекет», «Қа3ақстан». «Facebookте», a Latin name
#: with a Kazakh ending, is no noise, nor is an i for an і, which keyboards make.
_MISREAD = r"[а-яёәғқңөұүһі][0-9|\\~^¬a-hj-z][а-яёәғқңөұүһі]"


def mend_breaks(articles: pl.DataFrame) -> pl.DataFrame:
    """Join sentences that a page's end has broken, and drop page numbers.

    Only for plain text (``is_plain``): elsewhere paragraphs are marked up. A sentence
    is broken where a line ends without punctuation and the next one, after blank
    lines, goes on in lower case. Lines wrapped at a fixed width are joined too, if
    the text is full of them.

    Args:
        articles: ``text`` (String), ``is_plain`` (Boolean).

    Returns:
        The same rows with ``text`` mended and ``has_breaks`` (Boolean): whether a page
        number or a break over a blank line was found.
    """
    text = pl.col("text")
    suspect = pl.col("is_plain") & text.str.contains(
        r"\n\s*(?:\p{Ll}|[–—-]?[ \t]*\d{1,3}[ \t]*[–—-]?\n)"
    )
    articles = articles.with_row_index("mend_id").with_columns(suspect=suspect)
    touched = (
        articles.filter("suspect")
        .select("mend_id", "text")
        .with_columns(
            # A page number between two blank lines; two blank lines become one.
            mended=text.str.replace_all(r"[ \t]+\n", "\n")
        )
        .with_columns(tidy=pl.col("mended"))
        .with_columns(
            mended=pl.col("mended")
            .str.replace_all(_PAGE_NUMBER, "\n\n")
            .str.replace_all(_BROKEN_WORD, "$1$2")
            .str.replace_all(_BROKEN_SENTENCE, "$1 $2")
        )
        .with_columns(
            has_breaks=pl.col("mended") != pl.col("tidy"),
            is_wrapped=pl.col("mended").str.count_matches(_WRAPPED_LINE)
            >= _WRAPPED_LINES,
        )
        .with_columns(
            mended=pl.when("is_wrapped")
            .then(
                pl.col("mended")
                .str.replace_all(_WRAPPED_WORD, "$1$2")
                .str.replace_all(_WRAPPED_LINE, "$1 $2")
            )
            .otherwise("mended")
        )
        .with_columns(
            # In wrapped text with blank lines between paragraphs every other line
            # end is a wrap, also before a name.
            mended=pl.when(pl.col("is_wrapped") & pl.col("mended").str.contains("\n\n"))
            .then(pl.col("mended").str.replace_all(_WRAPPED_BEFORE_NAME, "$1 $2"))
            .otherwise("mended")
        )
        .select("mend_id", "mended", "has_breaks")
    )
    return (
        articles.join(touched, on="mend_id", how="left", maintain_order="left")
        .with_columns(
            text=pl.coalesce("mended", "text"),
            has_breaks=pl.col("has_breaks").fill_null(value=False),
        )
        .drop("mend_id", "mended", "suspect")
    )


def scan_noise(columns: list[str]) -> pl.Expr:
    """Whether an article bears the marks of a scan.

    Args:
        columns: columns of the frame; the cleaning step's ``has_mixed_script`` is
            used where it is there, since cleaning mends what it flags.

    Returns:
        Boolean expression over ``text``, ``has_breaks`` and ``has_mixed_script``.
    """
    noise = pl.col("has_breaks") | pl.col("text").str.contains(_MISREAD)
    if "has_mixed_script" in columns:
        noise = noise | pl.col("has_mixed_script").fill_null(value=False)
    return noise
