"""The characters of spans, as they stand in their articles."""

from __future__ import annotations

import polars as pl


def add_surfaces(spans: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Add ``surface``, the characters of each span.

    Python's slices take the time of the slice, those of a column that of the text.

    Args:
        spans: ``row_id``, ``in_title``, ``start_char`` and ``end_char`` (code points).
        articles: ``row_id``, ``title`` and ``text`` of these spans' articles, and maybe
            of others.
    """
    texts, titles = (
        dict(articles.select("row_id", column).iter_rows())
        for column in ("text", "title")
    )
    places = zip(
        spans["row_id"].to_list(),
        spans["in_title"].to_list(),
        map(slice, spans["start_char"].to_list(), spans["end_char"].to_list()),
        strict=True,
    )
    surfaces = [
        (titles if in_title else texts)[row][at] for row, in_title, at in places
    ]
    return spans.with_columns(surface=pl.Series(surfaces, dtype=pl.String))
