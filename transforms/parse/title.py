"""Where the title ends and the text begins, in records without a title of their own."""

from __future__ import annotations

import polars as pl

from transforms.parse.dateline import INLINE_PLACE, agency_pattern

#: Dots that end no sentence: initials, abbreviations, ordinals of lists.
_ABBREVIATION = (
    r"(^|[\s(«\"“])(\p{Lu}|[жқгтс]|жж|гг|ғғ|млн|млрд|трлн|мың|т\.б|т\.с\.с|т\.ғ\.[дк]"
    r"|проф|акад|доц|обл|ауд|ул|көш|тг|руб|им|см|№|\d{1,2}|No|St|Mr|Dr)\."
)
_HIDDEN_DOT = "\x1d"
_SENTENCE_END = (
    r"^(?P<first>.{8,}?[\p{L}\d»\"”)%][.!?…]+[»\"”)]*)\s+"
    r"(?P<rest>(?:[–—-]\s*)?[«\"“„(]?[\p{Lu}\d].*)$"
)

#: A second sentence shorter than this, in characters, is still the headline's
#: («Бағасы қанша? Сарапшы айтты.»); leads of outlets are longer.
_SHORTEST_LEAD = 50
#: No headline is as long as this; a longer first line holds text too.
_LONGEST_TITLE = 300

_NUMERIC = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4}"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"
_HEADER = (
    rf"^\s*(?:(?i:date|дата|күні)\s*:?\s*)?\[?(?P<numeric>(?:{_NUMERIC})"
    rf"(?:[T,\s]+{_CLOCK}(?:Z|[+-]\d{{2}}:?\d{{2}})?)?)\]?(?:\s*[|–—-]\s+|\s+|$)(?P<rest>.*)$"
)
_PRINTED_HEADER = (
    rf"^\s*(?P<printed>\d{{1,2}}\s+\p{{L}}{{3,14}},?\s+\d{{4}},?\s+{_CLOCK})"
    r"(?:\s*[|–—-]\s+|\s+|$)(?P<rest>.*)$"
)
_ONLY_DATE = (
    r"^\s*(?:\d{1,2}\s+\p{L}{3,14},?\s+\d{4}(?:\s*(?:жыл|ж|года|г)\.?)?"
    r"|\d{4}\s*(?:жылғы|жылдың|ж\.)?\s+\d{1,2}\s+\p{L}{3,14})[.\s]*$"
)

#: Headings are at most this long to be taken as one title of several lines.
_TITLE_LINE = 140


def is_header(line: pl.Expr) -> pl.Expr:
    """Whether a line is a header with its title: « date 2025-12-19 TITLE»."""
    rest = pl.coalesce(
        line.str.extract_groups(pattern).struct.field("rest")
        for pattern in (_HEADER, _PRINTED_HEADER)
    )
    return (rest.str.len_chars() > 0).fill_null(value=False)


def read_heads(lines: pl.DataFrame, agencies: str) -> pl.DataFrame:
    """Find the title of each article that has no title field.

    Args:
        lines: lines of such articles, chrome dropped: ``row``, ``line_no`` (from 0),
            ``lines_after``, ``gap`` (a blank line stands before), ``line``.
        agencies: alternation of outlets' names (`outlets.Register.pattern`).

    Returns:
        One row an article: ``row``; ``head_title``; ``header_date`` (String, null
        without one); ``head_rest`` (what stands after the title on its line: lead or
        dateline; null if nothing); ``head_lines`` (how many lines are used up).
    """
    nth = [lines.filter(pl.col("line_no") == n).drop("line_no") for n in range(4)]
    heads = nth[0].rename({"line": "line_0"}).drop("gap")
    for number, frame in enumerate(nth[1:], start=1):
        heads = heads.join(
            frame.select(
                "row",
                pl.col("line").alias(f"line_{number}"),
                pl.col("gap").alias(f"gap_{number}"),
            ),
            on="row",
            how="left",
            maintain_order="left",
        )
    return (
        heads.pipe(_read_header)
        .pipe(_join_title_lines)
        .pipe(_split_title_line, agencies)
        .pipe(_leave_a_text)
        .select("row", "head_title", "header_date", "head_rest", "head_lines")
    )


def _read_header(heads: pl.DataFrame) -> pl.DataFrame:
    """Take the date off the first line; a line that is only a date is used up."""
    first = pl.col("line_0")
    numeric = first.str.extract_groups(_HEADER).struct
    printed = first.str.extract_groups(_PRINTED_HEADER).struct
    only_date = first.str.contains(_ONLY_DATE)
    return heads.with_columns(
        header_date=pl.coalesce(
            numeric.field("numeric"),
            printed.field("printed"),
            pl.when(only_date).then(first.str.strip_chars()),
        ),
        first=pl.when(only_date)
        .then(pl.lit(""))
        .otherwise(pl.coalesce(numeric.field("rest"), printed.field("rest"), first))
        .str.strip_chars(),
    ).with_columns(
        has_header=pl.col("header_date").is_not_null(),
        head_lines=pl.when(pl.col("first") == "").then(2).otherwise(1),
        first=pl.when(pl.col("first") == "")
        .then(pl.col("line_1").fill_null(""))
        .otherwise("first"),
    )


def _join_title_lines(heads: pl.DataFrame) -> pl.DataFrame:
    """Join a title printed over two or three lines.

    Either all its lines are in capitals, or they form one block with a blank line
    after it; a headline's line ends without a stop.
    """

    def short(name: str) -> pl.Expr:
        is_short = pl.col(name).str.len_bytes() <= 2 * _TITLE_LINE
        return pl.when(is_short).then(name).otherwise(pl.lit(""))

    def is_title_line(name: str) -> pl.Expr:
        line = short(name)
        return (
            line.str.len_chars().is_between(1, _TITLE_LINE)
            & ~line.str.contains(r"[.!?…:;]$|\d{4}|\p{Ll}\s+\p{Lu}{4,}")
            & ~line.str.contains(INLINE_PLACE)
        )

    def is_capitals(name: str) -> pl.Expr:
        line = short(name)
        return line.str.contains(r"\p{Lu}{3}") & ~line.str.contains(r"\p{Ll}")

    plain = ~pl.col("has_header") & (pl.col("first").str.len_bytes() <= 2 * _TITLE_LINE)
    capitals_2 = is_capitals("first") & is_capitals("line_1") & is_title_line("line_1")
    block_2 = (
        is_title_line("first")
        & is_title_line("line_1")
        & ~pl.col("gap_1").fill_null(value=True)
        & pl.col("gap_2").fill_null(value=False)
    )
    capitals_3 = capitals_2 & is_capitals("line_2") & is_title_line("line_2")
    block_3 = (
        is_title_line("first")
        & is_title_line("line_1")
        & is_title_line("line_2")
        & ~pl.col("gap_1").fill_null(value=True)
        & ~pl.col("gap_2").fill_null(value=True)
        & pl.col("gap_3").fill_null(value=False)
    )
    extra = (
        pl.when(plain & (capitals_3 | block_3))
        .then(2)
        .when(plain & (capitals_2 | block_2))
        .then(1)
        .otherwise(0)
    )
    joined = (
        pl.when(extra == 2)  # noqa: PLR2004 - the third line too
        .then(pl.concat_str("first", "line_1", "line_2", separator=" "))
        .when(extra == 1)
        .then(pl.concat_str("first", "line_1", separator=" "))
        .otherwise("first")
    )
    return heads.with_columns(head_lines=pl.col("head_lines") + extra, first=joined)


def _split_title_line(heads: pl.DataFrame, agencies: str) -> pl.DataFrame:
    """Cut the title's line where a dateline or the lead begins."""
    first = pl.col("first")
    dateline = first.str.extract_groups(
        rf"^(?P<first>.{{8,}}?)\s+(?P<rest>{INLINE_PLACE}\s*"
        rf"{agency_pattern(agencies)}\s*[–—―-]\s.*)$"
    ).struct
    hidden = first.str.replace_all(_ABBREVIATION, "$1$2" + _HIDDEN_DOT)
    sentence = hidden.str.extract_groups(_SENTENCE_END).struct
    shown = {
        name: sentence.field(name).str.replace_all(_HIDDEN_DOT, ".", literal=True)
        for name in ("first", "rest")
    }
    rest_is_text = shown["rest"].str.len_chars() >= _SHORTEST_LEAD
    ends_as_text = shown["rest"].str.contains(r"[.!?…][»\"”)]*$")
    is_all = pl.col("lines_after") < pl.col("head_lines")
    cut = (
        (rest_is_text & ends_as_text)
        | (first.str.len_chars() > _LONGEST_TITLE)
        | is_all
    )
    return heads.with_columns(
        head_title=pl.coalesce(
            dateline.field("first"), pl.when(cut).then(shown["first"]), first
        ).str.strip_chars(),
        head_rest=pl.coalesce(
            dateline.field("rest"), pl.when(cut).then(shown["rest"])
        ).str.strip_chars(),
    )


def _leave_a_text(heads: pl.DataFrame) -> pl.DataFrame:
    """Let the one sentence of a record be its text as well as its title.

    A line that does not end as a sentence is a headline, and no text is made of it.
    """
    is_all = (pl.col("lines_after") < pl.col("head_lines")) & pl.col(
        "head_rest"
    ).is_null()
    is_sentence = pl.col("head_title").str.contains(r"[.!?…][»\"”)]*$")
    return heads.with_columns(
        head_rest=pl.when(is_all & is_sentence)
        .then("head_title")
        .otherwise("head_rest")
    )
