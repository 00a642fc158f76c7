"""Articles as lines, so that whole columns of lines can be judged at once."""

from __future__ import annotations

import polars as pl

#: How many first and last lines may hold a date line, a dateline or a byline.
EDGE_LINES = 4

#: Marks a line that stands after a blank one; dropped from the input if there.
_GAP = "\x1e"


def split_lines(articles: pl.DataFrame) -> pl.DataFrame:
    """One row a line that is not blank.

    Args:
        articles: ``row``, ``text`` (String, not null).

    Returns:
        ``row``, ``line`` (stripped), ``gap`` (a blank line stands before), in order.
    """
    return (
        articles.lazy()
        .select(
            "row",
            line=pl.col("text")
            .str.replace_all(_GAP, "", literal=True)
            .str.replace_all(r"\n[ \t]*\n\s*", f"\n{_GAP}")
            .str.split("\n"),
        )
        .explode("line", empty_as_null=False)
        .with_columns(gap=pl.col("line").str.starts_with(_GAP))
        .with_columns(line=pl.col("line").str.strip_chars(_GAP + " \t\r"))
        .filter(pl.col("line") != "")
        .collect()
    )


def number_lines(lines: pl.DataFrame) -> pl.DataFrame:
    """Number the lines of each article from both ends.

    Args:
        lines: ``row``, lines of an article together.

    Returns:
        The same rows with ``line_no`` (from 0) and ``lines_after`` (0 for the last).
    """
    place = pl.int_range(pl.len())
    starts = (pl.col("row") != pl.col("row").shift(1)).fill_null(value=True)
    ends = (pl.col("row") != pl.col("row").shift(-1)).fill_null(value=True)
    return lines.with_columns(
        line_no=place - pl.when(starts).then(place).forward_fill(),
        lines_after=pl.when(ends).then(place).backward_fill() - place,
    )


def edge_lines(lines: pl.DataFrame) -> pl.DataFrame:
    """The first and last lines of each article, of numbered lines."""
    return lines.filter(
        (pl.col("line_no") < EDGE_LINES) | (pl.col("lines_after") < EDGE_LINES)
    )


def use_up_heads(lines: pl.DataFrame, heads: pl.DataFrame) -> pl.DataFrame:
    """Take the title's lines away; what follows the title on its line stays a line.

    Args:
        lines: numbered lines.
        heads: ``row``, ``head_lines``, ``head_rest`` (`title.read_heads`).

    Returns:
        The lines of the texts, numbered anew.
    """
    if heads.is_empty():
        return lines
    last_of_head = pl.col("line_no") == pl.col("head_lines") - 1
    return (
        lines.join(
            heads.select("row", "head_lines", "head_rest"),
            on="row",
            how="left",
            maintain_order="left",
        )
        .with_columns(pl.col("head_lines").fill_null(0))
        .filter(
            (pl.col("line_no") >= pl.col("head_lines"))
            | (last_of_head & pl.col("head_rest").is_not_null())
        )
        .with_columns(line=pl.when(last_of_head).then("head_rest").otherwise("line"))
        .drop("head_lines", "head_rest")
        .pipe(number_lines)
    )


def join_lines(lines: pl.DataFrame) -> pl.DataFrame:
    """Texts of lines, one paragraph a line.

    Returns:
        ``row``, ``text``.
    """
    return lines.group_by("row", maintain_order=True).agg(
        text=pl.col("line").str.join("\n")
    )
