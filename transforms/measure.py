"""The narrow batch: lengths, counts and codes that the checks look at.

Great Expectations is slow on full texts, so what a rule needs of a text is
measured here once.
"""

from __future__ import annotations

import polars as pl

#: Letters are counted in the first characters only: enough to judge a script by.
SAMPLE_CHARACTERS = 2000
_KAZAKH_LETTERS = "[әғқңөұүһіӘҒҚҢӨҰҮҺІ]"


def measure_records(
    articles: pl.DataFrame, files: pl.DataFrame, *, known_sources: list[str]
) -> pl.DataFrame:
    """One narrow row a record.

    Args:
        articles: conformed articles, with language and script.
        files: file_id, path, format, encoding.
        known_sources: codes of the outlets, ``unknown`` apart.

    Returns:
        file_id, record_no, article_id, record_hash, path, format, encoding,
        source_code, source_is_known, source_named, language, script, title_length,
        text_length (code points), word_count, letter_count, kazakh_letter_count,
        cyrillic_count, latin_count (in the first 2,000 characters of the text),
        replacement_count, control_count (title and text), url, author_length,
        published_at, published_date, published_precision, published_basis,
        modified_at, arrived_at (naive, UTC), longest_word (characters),
        is_title_only, is_interview, has_scan_noise.
    """
    sample = pl.col("text").str.head(SAMPLE_CHARACTERS)
    both = pl.concat_str(pl.col("title").fill_null(""), pl.col("text"))
    return articles.join(
        files.select("file_id", "path", "format", "encoding"),
        on="file_id",
        how="left",
        maintain_order="left",
    ).select(
        "file_id",
        "record_no",
        "article_id",
        "record_hash",
        "path",
        "format",
        "encoding",
        "source_code",
        pl.col("source_code").is_in(known_sources).alias("source_is_known"),
        pl.col("source").alias("source_named"),
        "language",
        "script",
        _length("title"),
        _length("text"),
        "word_count",
        sample.str.count_matches(r"\p{L}").alias("letter_count"),
        sample.str.count_matches(_KAZAKH_LETTERS).alias("kazakh_letter_count"),
        sample.str.count_matches(r"\p{Cyrillic}").alias("cyrillic_count"),
        sample.str.count_matches(r"\p{Latin}").alias("latin_count"),
        both.str.count_matches("\ufffd", literal=True).alias("replacement_count"),
        both.str.count_matches(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]").alias(
            "control_count"
        ),
        "url",
        _length("author"),
        _naive("published_at"),
        "published_date",
        "published_precision",
        "published_basis",
        _naive("modified_at"),
        _naive("arrived_at"),
        sample.str.extract_all(r"\S{40,}")
        .list.eval(pl.element().str.len_chars())
        .list.max()
        .fill_null(0)
        .alias("longest_word"),
        (pl.col("text").str.strip_chars() == pl.col("title"))
        .fill_null(value=False)
        .alias("is_title_only"),
        "is_interview",
        "has_scan_noise",
    )


def _length(name: str) -> pl.Expr:
    return (
        pl.col(name).str.len_chars().fill_null(0).cast(pl.Int32).alias(f"{name}_length")
    )


def _naive(name: str) -> pl.Expr:
    return pl.col(name).dt.replace_time_zone(None)
