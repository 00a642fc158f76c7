"""Articles as lines, so that whole columns of lines can be judged at once.

Also the lines around a plain text that are fields of a record.
"""

from __future__ import annotations

import polars as pl

#: How many first and last lines may hold a date line, a dateline or a byline.
EDGE_LINES = 4

#: Marks a line that stands after a blank one; dropped from the input if there.
_GAP = "\x1e"


#: Field -> the labels that stand before it («Күні: 2025-12-19»), in lower case.
_LABELS = {
    "title": "тақырып|тақырыбы|title|headline|заголовок",
    "label_date": "күні|жарияланған күні|жарияланған|жарияланды|date|published|дата",
    "source": "дереккөз|дереккөзі|source|источник",
    "author": "автор|авторы|author",
    "url": "сілтеме|url|link|ссылка",
}
_ADDRESS = r"<?(https?://[^\s<>]+)>?"
_LABEL_LINE = rf"(?i:{'|'.join(_LABELS.values())})[ \t]*:[ \t]*\S[^\n]*"
_LABEL_BLOCK = rf"^\s*((?:(?:{_LABEL_LINE}|{_ADDRESS}[ \t]*)(?:\n\s*|$))+)"
_ADDRESS_AT_END = rf"\n\s*{_ADDRESS}\s*$"
_LONGEST_ADDRESS = 500
#: Addresses of one page each: the same home page or channel under every article must
#: not make them one.
_OF_A_PAGE = r"^https?://[^/]+/\S*[\d_-]\S*$"
_OF_A_NETWORK = (
    r"(?i)^https?://(?:[\w-]+\.)*(?:t\.me|telegram\.\w+|facebook\.com|instagram\.com"
    r"|youtube\.com|youtu\.be|tiktok\.com|twitter\.com|x\.com|vk\.com|wa\.me"
    r"|whatsapp\.com|threads\.net|google\.\w+|ok\.ru)(?:/|$)"
)


def take_labels(articles: pl.DataFrame) -> pl.DataFrame:
    """Take what plain texts say of themselves in lines of their own.

    Two or more lines «Тақырып: …», «date: …», «Дереккөз: …» together at the top, and
    a line at the top or the end that is nothing but an address.

    Args:
        articles: ``text``, ``is_plain`` (Boolean; other rows are left alone),
            ``title``, ``source``, ``author`` and ``url``; String.

    Returns:
        The same rows without those lines in ``text``; what they tell fills the nulls
        of the other columns, and ``label_date`` (String) is added.
    """
    text = pl.col("text")
    articles = articles.with_row_index("label_id")
    suspects = articles.filter(
        "is_plain",
        text.str.contains(rf"^\s*(?:{_LABEL_LINE}|{_ADDRESS})")
        | text.str.tail(_LONGEST_ADDRESS).str.contains(_ADDRESS_AT_END),
    )
    if suspects.is_empty():
        return articles.drop("label_id").with_columns(
            label_date=pl.lit(None, dtype=pl.String)
        )
    block = text.str.extract(_LABEL_BLOCK, 1)
    is_block = block.str.count_matches(r"\S[^\n]*").fill_null(0) >= 2  # noqa: PLR2004 - lines
    first = pl.when(is_block | block.str.contains(rf"^{_ADDRESS}\s*$")).then(block)
    told = (
        suspects.select(
            "label_id",
            block=first,
            rest=pl.when(first.is_not_null())
            .then(text.str.replace(_LABEL_BLOCK, ""))
            .otherwise(text),
        )
        .with_columns(last=pl.col("rest").str.extract(_ADDRESS_AT_END, 1))
        .with_columns(
            last=pl.when(
                pl.col("last").str.contains(_OF_A_PAGE),
                ~pl.col("last").str.contains(_OF_A_NETWORK),
            ).then("last"),
            top=pl.col("block").str.extract(rf"(?m)^{_ADDRESS}\s*$", 1),
            **{
                f"told_{field}": pl.col("block").str.extract(
                    rf"(?mi)^\s*(?:{names})[ \t]*:[ \t]*(\S.*?)\s*$", 1
                )
                for field, names in _LABELS.items()
            },
        )
    )
    page = pl.when(
        pl.col("top").str.contains(_OF_A_PAGE),
        ~pl.col("top").str.contains(_OF_A_NETWORK),
    ).then("top")
    told = told.select(
        "label_id",
        told_text=pl.when(pl.col("last").is_not_null())
        .then(pl.col("rest").str.replace(_ADDRESS_AT_END, ""))
        .otherwise("rest"),
        told_title="told_title",
        label_date="told_label_date",
        # A home page still names its outlet.
        told_source=pl.coalesce("told_source", "top"),
        told_author="told_author",
        told_url=pl.coalesce("told_url", page, "last"),
    )
    return (
        articles.join(told, on="label_id", how="left", maintain_order="left")
        .with_columns(
            pl.coalesce("told_text", "text").alias("text"),
            *(
                pl.coalesce(name, f"told_{name}").alias(name)
                for name in ("title", "source", "author", "url")
            ),
        )
        .drop("label_id", r"^told_.*$")
    )


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
