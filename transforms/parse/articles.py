"""The chain of parsing steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from transforms.parse.address import canonical_url
from transforms.parse.byline import clean_author, read_bylines
from transforms.parse.chrome import mark_chrome
from transforms.parse.dateline import read_datelines
from transforms.parse.interview import is_interview, read_interviews
from transforms.parse.lines import (
    edge_lines,
    join_lines,
    number_lines,
    split_lines,
    take_labels,
    use_up_heads,
)
from transforms.parse.outlets import DEFAULT_ZONE, read_register
from transforms.parse.published import add_dates
from transforms.parse.scan import mend_breaks, scan_noise
from transforms.parse.source import add_source
from transforms.parse.title import is_header, read_heads

if TYPE_CHECKING:
    from transforms.parse.outlets import Register

_COLUMNS = (
    "file_id", "record_no", "title", "lead", "text", "published_at", "published_date",
    "published_precision", "published_basis", "modified_at", "source_code", "author",
    "dateline_place", "url", "outlet_key", "section", "tags", "photo_credit",
    "is_interview", "has_scan_noise",
)  # fmt: skip

#: Formats whose paragraphs are marked only by line ends.
_PLAIN_FORMATS = ("text", "markdown", "text.gz", "markdown.gz")

#: A lead longer than this, in characters, is cut to its first sentence.
_LONGEST_LEAD = 700


def parse_articles(
    records: pl.DataFrame, *, files: pl.DataFrame, outlets: pl.DataFrame
) -> pl.DataFrame:
    r"""Make articles of records.

    Cleaning comes before: the texts are NFC with ``\n`` line ends. A record without a
    title has it taken from its text. Nothing raises, whatever the text.

    Args:
        records: the columns of `transforms.records.RECORD_SCHEMA`, and optionally
            ``has_mixed_script`` (Boolean), what cleaning found before it folded.
        files: file_id, path (relative, ``/``), format, arrived_at (Datetime, UTC).
        outlets: rows of ``seeds/outlets.csv``.

    Returns:
        One row a record, in the same order, keys file_id and record_no: title, lead,
        text (one paragraph a line; title, site chrome and photo credits left out),
        published_at and modified_at (Datetime, us, UTC), published_date (Date, in the
        outlet's time zone), published_precision, published_basis, source_code
        (``unknown`` where none), author, dateline_place, url, outlet_key, section,
        tags, photo_credit, is_interview, has_scan_noise.

    Raises:
        ValueError: an outlet's time zone does not exist.
    """
    register = read_register(outlets)
    articles = records.pipe(_prepare, files).pipe(mend_breaks)
    marked = articles.pipe(split_lines).pipe(mark_chrome).pipe(_keep_headers)
    kept = marked.filter(~pl.col("is_chrome")).pipe(number_lines)
    heads = kept.pipe(_heads, articles, register)
    body = use_up_heads(kept, heads)
    edges = edge_lines(body)
    return (
        articles.drop("text")
        .pipe(_join, join_lines(body))
        .with_columns(pl.col("text").fill_null(""))
        .pipe(_join, heads.drop("head_lines", "head_rest"))
        .with_columns(header_date=pl.coalesce("label_date", "header_date"))
        .pipe(_join, _from_chrome(marked))
        .pipe(_join, read_datelines(_first(edges, 3), register.pattern))
        .pipe(_join, read_bylines(edges))
        .pipe(_join, read_interviews(body))
        .pipe(add_source, edges, register)
        .pipe(_add_zone, register)
        .pipe(add_dates, edges)
        .pipe(_add_lead, edges)
        .pipe(_finish, register)
        .select(_COLUMNS)
    )


def _prepare(records: pl.DataFrame, files: pl.DataFrame) -> pl.DataFrame:
    """Number the records, bring the file's facts, make blanks null."""
    strings = ["title", "lead", "published", "modified", "source", "author", "section"]
    strings += ["photo_credit", "outlet_key", "url"]
    return (
        records.join(
            files.select("file_id", "path", "format", "arrived_at"),
            on="file_id",
            how="left",
            maintain_order="left",
        )
        .with_row_index("row")
        .with_columns(pl.col(strings).str.strip_chars().replace("", None))
        .with_columns(
            pl.col("text").fill_null(""),
            title=pl.col("title").str.replace_all(r"\s*\n\s*", " "),
            is_plain=pl.col("title").is_null()
            | pl.col("format").is_in(_PLAIN_FORMATS).fill_null(value=False),
        )
        .pipe(take_labels)
        .with_columns(
            url=canonical_url(pl.col("url")), needs_title=pl.col("title").is_null()
        )
    )


def _keep_headers(marked: pl.DataFrame) -> pl.DataFrame:
    """A first line that begins with the date is the header, whatever its title says."""
    is_first = (pl.col("row") != pl.col("row").shift(1)).fill_null(value=True)
    headers = (
        marked.with_row_index("line_id")
        .filter(is_first & pl.col("is_chrome"))
        .filter(is_header(pl.col("line")))
    )
    # Series.scatter writes in place; the given frame stays as it was.
    is_chrome = marked["is_chrome"].clone().scatter(headers["line_id"], values=False)
    return marked.with_columns(is_chrome)


def _heads(
    lines: pl.DataFrame, articles: pl.DataFrame, register: Register
) -> pl.DataFrame:
    """Titles in the texts: found where the record has none, else repeated ones."""
    untitled = articles.filter("needs_title").select("row")
    found = read_heads(
        lines.join(untitled, on="row", how="semi", maintain_order="left"),
        register.pattern,
    )
    titled = articles.filter(~pl.col("needs_title")).select("row", "title")
    repeated = (
        lines.filter(pl.col("line_no") == 0)
        .join(titled, on="row", how="inner", maintain_order="left")
        .filter(_letters(pl.col("line")) == _letters(pl.col("title")))
        .select(
            "row",
            head_title="title",
            header_date=pl.lit(None, dtype=pl.String),
            head_rest=pl.lit(None, dtype=pl.String),
            head_lines=pl.lit(1, dtype=pl.Int32),
        )
    )
    return pl.concat([found, repeated], how="vertical_relaxed")


def _letters(text: pl.Expr) -> pl.Expr:
    """Letters and digits only, in one case: how repeated titles are compared."""
    return text.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]", "")


def _from_chrome(marked: pl.DataFrame) -> pl.DataFrame:
    """What dropped lines tell: the photo credit and keywords."""
    telling = marked.filter(
        pl.col("photo_credit").is_not_null() | pl.col("keywords").is_not_null()
    )
    return telling.group_by("row", maintain_order=True).agg(
        credit_line=pl.col("photo_credit").drop_nulls().first(),
        keywords=pl.col("keywords").drop_nulls().first(),
    )


def _first(lines: pl.DataFrame, count: int) -> pl.DataFrame:
    return lines.filter(pl.col("line_no") < count)


def _join(articles: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    return articles.join(found, on="row", how="left", maintain_order="left")


def _add_zone(articles: pl.DataFrame, register: Register) -> pl.DataFrame:
    zone = (
        pl.col("source_code").replace_strict(
            register.zones, default=DEFAULT_ZONE, return_dtype=pl.String
        )
        if register.zones
        else pl.lit(DEFAULT_ZONE)
    )
    return articles.with_columns(zone=zone)


def _add_lead(articles: pl.DataFrame, edges: pl.DataFrame) -> pl.DataFrame:
    """The first paragraph that is text: not a date line, a byline or a label."""
    line = pl.col("line")
    opening = (
        _first(edges, 3)
        .filter(
            line.str.contains(r"\p{L}.*\p{L}"),
            # Dates, bylines and labels are short and end without a stop.
            (line.str.len_chars() > 60) | line.str.contains(r"[.!?…:»\"”]$"),  # noqa: PLR2004 - characters
            ~line.str.contains(
                r"(?i)^\s*(?:автор|күні|жарияланған|жарияланды)\s*:.{0,60}$"
            ),
        )
        .unique("row", keep="first", maintain_order=True)
        .select("row", opening="line")
    )
    stripped = (
        pl.when(pl.col("opening") == pl.col("dateline_line"))
        .then("dateline_rest")
        .otherwise("opening")
    )
    first_sentence = stripped.str.extract(r"^(.{40,}?\p{Ll}{2}[.!?…]+)\s", 1)
    return articles.pipe(_join, opening).with_columns(
        lead=pl.coalesce(
            "lead",
            pl.when(stripped.str.len_chars() > _LONGEST_LEAD).then(first_sentence),
            stripped,
        )
    )


def _finish(articles: pl.DataFrame, register: Register) -> pl.DataFrame:
    """What the record says goes before what its lines say."""
    names = sorted(register.codes)
    return articles.with_columns(
        title=pl.coalesce("title", "head_title").replace("", None),
        author=pl.coalesce(
            clean_author(pl.col("author"), names),
            clean_author(pl.col("byline"), names),
        ),
        photo_credit=pl.coalesce("photo_credit", "credit_line"),
        tags=_tags(),
    ).with_columns(
        is_interview=is_interview(), has_scan_noise=scan_noise(articles.columns)
    )


def _tags() -> pl.Expr:
    """The record's tags, else the keywords line's; trimmed, each once."""
    given = pl.when(pl.col("tags").list.len() > 0).then("tags")
    return (
        pl.coalesce(given, pl.col("keywords").str.split(","))
        .list.eval(pl.element().str.strip_chars(" \n#.;").replace("", None))
        .list.drop_nulls()
        .list.unique(maintain_order=True)
    )
