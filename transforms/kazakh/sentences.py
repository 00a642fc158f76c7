"""Split articles into sentences, with the place of each.

Runs on the cleaned text of `fact_article`; the spans are those of `fact_sentence`.

A text is first cut wherever a sentence could end; each cut is then judged by the word
before it and the character after it, for all cuts of all articles at once. What stands
on both sides is at hand as columns, which regular expressions without look-around
could not see.
"""

from __future__ import annotations

import polars as pl

from transforms.kazakh.abbreviations import (
    OFTEN_LAST,
    SELDOM_LAST,
    STARTERS,
)

_END = ".!?…"
_CLOSING = '»”"“’)\\]\u203a'
_OPENING = '«„“"‘(\\[\u2039'
_DASH = "–—―−-"

# A full stop before a small letter or a digit is part of a word: «gov.kz», «12.05»,
# «т.б.». The last alternative takes a text's end that has no mark.
_INSIDE = f"(?:[^{_END}\\n]|\\.[\\p{{Ll}}\\p{{N}}])"
_PIECE = f"{_INSIDE}*(?:[{_END}]+[{_CLOSING}]*(?: *\\n+)?|\\n+)|{_INSIDE}+"

#: Enough of a piece's end to hold any abbreviation, and of the next one's beginning.
_NEAR = 24

_BEFORE = (
    r"(?P<word>[\p{L}\p{N}\p{M}.'’/-]*)"
    rf"(?P<mark>[{_END}]+)(?P<closing>[{_CLOSING}]*)$"
)
_INITIAL = r"^-?(?:\p{Lu}|Дж|Дз|Ch|Sh|Zh|Kh)$"
_LIST_NUMBER = r"^\s*\(?(?:\d{1,3}(?:\.\d{1,2})*|[IVXІХ]+)\.\)?$"
_NUMBERED = r"№\s*\d+\.$"
_LONE_MARK = rf"[(\[][{_END}]+[)\]]$"
# «ТОКИО. KAZINFORM –», «АСТАНА. ҚазАқпарат -»: a place and an agency, one dateline.
_DATELINE_PLACE = r"^\s*[\p{Lu}\s-]{3,40}\.$"
_DATELINE_AGENCY = rf"^\p{{Lu}}[\p{{L}}.]+\s?[{_DASH}]\s"
_QUOTE = '[»”"“’\u203a]'
# «түнде –6...–8°»: dots between two figures, without a space.
_RANGE_BEFORE = r"\d(?:…|\.{2,3})$"
_RANGE_AFTER = rf"^[+{_DASH}]?\d"

# A title in quotation marks, «"Бірлік. Даму. Болашақ" атты», is one name if it is short
# and its sentence goes on after it. The mark that opens stands after a space.
_LONGEST_NAME = 100
_MARKS = '«»“”„"'
_OPENED = rf'(?:^|[\s(\[{_DASH}])([«“„"][^\s{_MARKS}][^{_MARKS}]*)$'
_CLOSED = rf'^([^{_MARKS}]*[»”"])\s+\p{{Ll}}'
_CLOSED_AT_END = rf'^([^{_MARKS}]*[»”"])$'
_ONLY_MARKS = rf"^\s*[{_MARKS}'’‘]+[{_END}]*[{_MARKS}'’]*\s*$"


def split_sentences(articles: pl.DataFrame) -> pl.DataFrame:
    r"""Split the text of each article into sentences.

    A line end always ends a sentence. So does ``. ! ? …`` with the closing quotation
    marks and brackets after it, unless: a small letter or a narrator's dash follows
    («Иә!» – деді ол); the word before is an initial or an abbreviation that goes on
    («Қ. Тоқаев», «5 млн. теңге»); the piece is a list's number («1. Келісім»); the
    mark stands alone in brackets («(!)»); it is a dateline («ТОКИО. KAZINFORM –»); it
    stands inside a short name in quotation marks after which the sentence goes on;
    only quotation marks are left on the line; it stands between two figures
    («–6...–8°»). A full stop without a space after it
    ends a sentence between a small and a capital letter («қосамыз.Пәкістанға»).

    Args:
        articles: columns ``article_id``, ``version`` and ``text``; a null or blank
            text has no sentences.

    Returns:
        One row a sentence, in order: ``article_id``, ``version``, ``sentence_no``
        (Int32, from 1 in each version), ``start_char`` and ``end_char`` (Int32,
        Unicode code points in ``text``, end exclusive; no white space at either end).
        Every character but white space lies in exactly one sentence.
    """
    return (
        articles.pipe(_cut)
        .pipe(_look_around)
        .pipe(_judge)
        .pipe(_keep_names_whole)
        .pipe(_span)
        .pipe(_number)
        .select("article_id", "version", "sentence_no", "start_char", "end_char")
    )


def _cut(articles: pl.DataFrame) -> pl.DataFrame:
    """Cut into pieces, one row each; put together they are the text again."""
    text = pl.col("text").fill_null("")
    length = text.str.len_chars().cast(pl.Int64)
    return (
        articles.select(
            "article_id",
            "version",
            article=pl.int_range(pl.len()),
            base=length.cum_sum() - length,
            piece=text.str.extract_all(_PIECE),
        )
        .explode("piece", empty_as_null=False)
        .with_columns(length=pl.col("piece").str.len_chars().cast(pl.Int64))
        .with_columns(end=pl.col("length").cum_sum() - pl.col("base"))
    )


def _look_around(pieces: pl.DataFrame) -> pl.DataFrame:
    """Put beside each piece what stands before and after its end."""
    tail = pl.col("piece").str.tail(_NEAR)
    following = pl.col("piece").str.head(_NEAR).shift(-1).fill_null("")
    is_last = (pl.col("article") != pl.col("article").shift(-1)).fill_null(value=True)
    after = pl.col("following").str.strip_chars_start()
    past_dash = pl.col("after").str.replace(rf"^[{_DASH}]+\s*", "")
    return (
        pieces.with_columns(
            tail.alias("tail"),
            tail.str.extract_groups(_BEFORE).alias("parts"),
            following.alias("following"),
            (is_last | tail.str.ends_with("\n")).alias("is_line_end"),
        )
        .unnest("parts")
        .with_columns(after=after)
        .with_columns(
            has_gap=pl.col("following").str.contains(rf"^[\s{_DASH}]"),
            has_dash=pl.col("after").str.contains(rf"^[{_DASH}]"),
            opening=past_dash.str.replace(rf"^[{_OPENING}\s]+", ""),
            short=pl.col("word").str.to_lowercase().str.replace(r"^[\d.,-]+", ""),
            is_dot=pl.col("mark") == ".",
        )
        .with_columns(first_word=pl.col("opening").str.extract(r"^([\p{L}-]+)"))
    )


def _judge(pieces: pl.DataFrame) -> pl.DataFrame:
    """Say of each piece whether a sentence ends with it."""
    goes_on = pl.col("opening").str.contains(r"^[\p{Ll},;:)\]»]")
    narrated = pl.col("has_dash") & pl.col("closing").str.contains(_QUOTE)
    alone = pl.col("tail").str.contains(_LONE_MARK)
    in_range = pl.col("following").str.contains(_RANGE_AFTER) & pl.col(
        "tail"
    ).str.contains(_RANGE_BEFORE)
    dateline = pl.col("piece").str.contains(_DATELINE_PLACE) & pl.col(
        "after"
    ).str.contains(_DATELINE_AGENCY)
    ends = (
        pl.when(pl.col("has_gap")).then(_ends_at_gap()).otherwise(_ends_without_gap())
    )
    return pieces.with_columns(
        is_end=pl.col("is_line_end")
        | (pl.col("after") == "")
        | (ends & ~goes_on & ~narrated & ~alone & ~dateline & ~in_range).fill_null(
            value=False
        )
    )


def _keep_names_whole(pieces: pl.DataFrame) -> pl.DataFrame:
    """Take back the ends inside a short quotation, and those before a lone mark."""
    piece, end = pl.col("piece"), pl.col("end")
    # Only pieces with marks and the ends of lines tell anything; the rest lie between.
    marked = (
        pieces.select("piece", "end", "is_line_end", "is_end")
        .with_row_index("piece_no")
        .filter(piece.str.contains(f"[{_MARKS}]") | pl.col("is_line_end"))
    )
    head = pl.coalesce(
        pl.col("next_piece").str.extract(_CLOSED, 1),
        pl.when(~pl.col("next_is_end")).then(
            pl.col("next_piece").str.extract(_CLOSED_AT_END, 1)
        ),
    ).str.len_chars()
    closed = pl.col("next_end") - pl.col("next_piece").str.len_chars() + head
    opened = end - piece.str.extract(_OPENED, 1).str.len_chars()
    names = (
        marked.with_columns(
            pl.col("piece_no", "piece", "end", "is_end").shift(-1).name.prefix("next_")
        )
        .filter(~pl.col("is_line_end"))
        # Few pieces open a quotation; only those are measured.
        .filter(piece.str.contains(_OPENED))
        .filter(closed - opened <= _LONGEST_NAME)
        .select(first="piece_no", past_last="next_piece_no")
    )
    inside = names.select(pl.int_ranges("first", "past_last").explode()).to_series()
    lone = marked.filter(piece.str.contains(_ONLY_MARKS), pl.col("piece_no") > 0)
    before_lone = lone["piece_no"].cast(pl.Int64) - 1
    # Series.scatter writes in place; the given frame stays as it was.
    taken_back = pl.concat([inside.cast(pl.Int64), before_lone])
    is_end = pieces["is_end"].clone().scatter(taken_back, values=False)
    return pieces.with_columns(is_end=is_end | pieces["is_line_end"])


def _ends_at_gap() -> pl.Expr:
    begins_clearly = pl.col("first_word").is_in(STARTERS)
    is_initial = pl.col("word").str.contains(_INITIAL)
    is_seldom_last = (
        is_initial
        | pl.col("short").is_in(SELDOM_LAST)
        | pl.col("short").str.contains(r"^\p{Ll}$")
    )
    in_brackets = pl.col("closing").str.contains(r"[)\]]")
    is_date_part = pl.col("word").str.contains(r"^\d{1,2}$") & pl.col(
        "opening"
    ).str.contains(r"^\d")
    is_number = (
        pl.col("piece").str.contains(_LIST_NUMBER)
        | pl.col("tail").str.contains(_NUMBERED)
        | is_date_part
    )
    is_bracketed_list = pl.col("short").is_in(OFTEN_LAST) & in_brackets
    stays = (is_seldom_last & (in_brackets | ~begins_clearly)) | is_bracketed_list
    return ~pl.col("is_dot") | (~stays & ~is_number)


def _ends_without_gap() -> pl.Expr:
    """Judge «қосамыз.Пәкістанға», where the space after the mark is missing."""
    word = pl.col("word")
    is_abbreviated = pl.col("short").is_in(SELDOM_LAST | OFTEN_LAST)
    is_whole_word = word.str.contains(r"[а-яёәғқңөұүһі]{2}$") & ~is_abbreviated
    is_name_or_year = ~is_abbreviated & word.str.contains(
        r"(?:^\p{Lu}{2,}|[A-Za-z]{2,}|^\d{4})$"
    )
    is_closed = pl.col("tail").str.contains(rf"[{_CLOSING}][{_END}]+$")
    is_quote = pl.col("after").str.contains(r"^[«„“][\p{L}\p{N}]")
    begins = is_quote | pl.col("opening").str.contains(
        r"^[А-ЯЁӘҒҚҢӨҰҮҺІ](?:[а-яёәғқңөұүһі]|\s)"
    )
    return begins & (
        ~pl.col("is_dot")
        | (pl.col("closing") != "")
        | is_whole_word
        | is_name_or_year
        | is_closed
    )


def _span(pieces: pl.DataFrame) -> pl.DataFrame:
    """Turn runs of pieces into spans without white space at their ends."""
    piece = pl.col("piece")
    leading = pl.col("length") - piece.str.strip_chars_start().str.len_chars()
    trailing = pl.col("length") - piece.str.strip_chars_end().str.len_chars()
    begins = pl.col("is_end").shift(1).fill_null(value=True)
    start = pl.when(begins).then(pl.col("end") - pl.col("length") + leading)
    return pieces.select(
        "article_id",
        "version",
        "article",
        "is_end",
        start_char=start.forward_fill().cast(pl.Int32),
        end_char=(pl.col("end") - trailing).cast(pl.Int32),
    ).filter(pl.col("is_end") & (pl.col("start_char") < pl.col("end_char")))


def _number(sentences: pl.DataFrame) -> pl.DataFrame:
    number = pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("article")
    return sentences.with_columns(sentence_no=number)
