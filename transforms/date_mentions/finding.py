"""Find the dates that Kazakh articles speak of, and the days that they cover.

The words that can be part of a date are marked in one pass over the column; only
stretches of them that hold a word without which there is no date are read, each
distinct one once.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from transforms.date_mentions.atoms import cut
from transforms.date_mentions.patterns import find_in_words
from transforms.date_mentions.resolution import ABSOLUTE, precision_of, resolve
from transforms.date_mentions.shapes import NAMES_TOO
from transforms.date_mentions.tense import tense_after
from transforms.date_mentions.vocabulary import ANCHORS, WORDS

if TYPE_CHECKING:
    from datetime import date

    from transforms.date_mentions.readings import Found, Reading

DATE_SCHEMA = pl.Schema(
    {
        "row_id": pl.Int32,
        "in_title": pl.Boolean,
        "sentence_no": pl.Int32,
        "start_date": pl.Date,
        "end_date": pl.Date,
        "precision": pl.String,
        "basis": pl.String,
        "surface": pl.String,
        "start_char": pl.Int32,
        "end_char": pl.Int32,
        "confidence": pl.Float64,
        "method": pl.String,
    }
)

#: Method -> how sure the span and the days are, judged on news; less where the year
#: was chosen without a verb that tells.
CONFIDENCES = {
    "full_date": 0.98,
    "year": 0.97,
    "year_range": 0.95,
    "day_range": 0.9,
    "day_month": 0.92,
    "month": 0.92,
    "month_range": 0.9,
    "bare_month": 0.85,
    "quarter": 0.85,
    "half_year": 0.9,
    "season": 0.9,
    "bare_season": 0.6,
    "decade": 0.93,
    "century": 0.95,
    "weekday": 0.85,
    "relative": 0.9,
    "window": 0.9,
    "ago": 0.85,
    "ahead": 0.7,
}
_WITHOUT_VERB = 0.07
#: These need a verb that tells: «қыста» is otherwise any winter.
_ONLY_WITH_VERB = {"bare_season": {"past", "future"}, "ahead": {"future", "habitual"}}

_COUNTED = {"ago", "ahead"}
#: A year before a date in its sentence, no further away in words, is the date's too.
_NEAR_WORDS = 12

#: A word that may be part of a date, and one without which there is none.
_PART, _ANCHOR = 1, 2
_JOINED, _APART = "\x1f", "\x1e"
_SEPARATORS = re.compile(f"[{_JOINED}{_APART}]")
_KEPT_STRETCHES = 1 << 16


def _marks() -> dict[str, int]:
    marks = {}
    for word, sense in WORDS.items():
        mark = _ANCHOR if sense.kind in ANCHORS else _PART
        for written in (word, word.capitalize(), word.upper()):
            marks[written] = mark
    return marks


_MARKS = _marks()


def find_dates(words: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Find the dates in a batch of articles.

    Args:
        words: ``row_id``, ``in_title``, ``sentence_no``, ``token``, ``form``,
            ``start_char`` and ``end_char``, in order of place, the title first.
        articles: ``row_id``, ``title``, ``text`` and ``published_date`` (Date; null
            where unknown).

    Returns:
        The columns of `DATE_SCHEMA`, one row an expression, in order of place:
        ``start_date`` and ``end_date`` (both included; both null where publication
        would tell them and is unknown), ``precision`` (day, week, month, quarter,
        half, season, year, decade, century, or range: from one of these to another),
        ``basis`` (absolute; relative where the days depend on publication or on a
        year spoken of before), ``surface``, ``start_char`` and ``end_char``,
        ``confidence`` (0 to 1) and ``method`` (a key of `CONFIDENCES`). Days that no
        calendar has give no row.
    """
    stretches = _stretches(_marked(words))
    if stretches.is_empty():
        return DATE_SCHEMA.to_frame()
    spans, readings = _read(stretches)
    if spans.is_empty():
        return DATE_SCHEMA.to_frame()
    return (
        _placed(spans, words)
        .join(
            articles.select("row_id", pl.col("published_date").cast(pl.Date)),
            on="row_id",
            how="left",
            maintain_order="left",
        )
        .pipe(_from_publication, words, readings)
        .pipe(_without_names, words, readings)
        .pipe(_with_tense, words, readings)
        .pipe(_with_years, words, readings)
        .pipe(_resolved, readings)
        .pipe(_with_surfaces, articles)
        .select(pl.col(name).cast(dtype) for name, dtype in DATE_SCHEMA.items())
    )


def _marked(words: pl.DataFrame) -> pl.DataFrame:
    """The words that may be parts of dates: at, form, mark and where they stand."""
    form = pl.col("form")
    is_digit = (form >= "0") & (form < ":")
    is_plain = form.str.contains(r"^[0-9]+$")
    mark = form.replace_strict(
        list(_MARKS), list(_MARKS.values()), default=None, return_dtype=pl.UInt8
    )
    has_joint = form.str.contains("[-\u2010\u2011]")
    some = (
        words.lazy()
        .with_row_index("at")
        .with_columns(mark=mark)
        .filter(pl.col("mark").is_not_null() | is_digit | has_joint)
        .collect()
    )
    unread = some.filter(pl.col("mark").is_null() & ~is_plain)["form"].unique()
    compounds = {
        word: mark for word in unread.to_list() if (mark := _mark_of(word)) is not None
    }
    mark = (
        pl.when(pl.col("mark").is_not_null())
        .then("mark")
        .when(is_plain)
        .then(pl.lit(_PART, pl.UInt8))
        .otherwise(
            form.replace_strict(
                pl.Series(list(compounds), dtype=pl.String),
                pl.Series(list(compounds.values()), dtype=pl.UInt8),
                default=None,
                return_dtype=pl.UInt8,
            )
        )
    )
    return some.with_columns(mark=mark).drop_nulls("mark")


@lru_cache(_KEPT_STRETCHES)
def _mark_of(word: str) -> int | None:
    """Whether «9-қазанда», «2025ж», «қаңтар-наурызда» may be parts of dates."""
    kinds = {atom.sense.kind for atom in cut([word], [False])}
    if not kinds & ANCHORS:
        return None if kinds == {"?"} else _PART
    return None if "?" in kinds and not word[0].isdigit() else _ANCHOR


def _stretches(marked: pl.DataFrame) -> pl.DataFrame:
    """Put words that follow each other together: begin (row of words), stretch."""
    form, at = pl.col("form"), pl.col("at")
    follows = (at == at.shift(1) + 1).fill_null(value=False)
    same = pl.all_horizontal(
        pl.col(name).eq_missing(pl.col(name).shift(1))
        for name in ("row_id", "in_title", "sentence_no")
    )
    joined = pl.col("start_char") == pl.col("end_char").shift(1)
    # «09.10.2025» and «(1905–1985)» have no word of the calendar.
    is_year = form.str.contains(r"^[0-9]{4}$")
    before = form.shift(1)
    in_digits = is_year & (
        (before.is_in([".", "/"]) & joined)
        | (
            form.shift(-1).is_in([".", "/"])
            & (pl.col("start_char").shift(-1) == pl.col("end_char"))
        )
        | ((before != "-") & before.is_in(["–", "—"]) & (form.shift(3) == "("))
    )
    in_digits |= form.str.contains(r"^[0-9]{4}-[0-9]{4}$") & (before == "(")
    return (
        marked.with_columns(
            run=(~(follows & same)).cum_sum(),
            piece=pl.when(joined & follows)
            .then(pl.lit(_JOINED))
            .otherwise(pl.lit(_APART))
            + form,
            is_anchor=(pl.col("mark") == _ANCHOR) | in_digits.fill_null(value=False),
        )
        .filter(pl.col("is_anchor").any().over("run"))
        .group_by("run", maintain_order=True)
        .agg(begin=pl.col("at").first(), stretch=pl.col("piece").str.join(""))
        .drop("run")
    )


def _read(stretches: pl.DataFrame) -> tuple[pl.DataFrame, list[Reading]]:
    """Read each distinct stretch: first, last (rows of words), reading (its number)."""
    numbers: dict[Reading, int] = {}
    rows = [
        (stretch, *found[:3], numbers.setdefault(found.reading, len(numbers)))
        for stretch in stretches["stretch"].unique(maintain_order=True)
        for found in _found_in(stretch)
    ]
    found = pl.DataFrame(
        rows,
        schema={
            "stretch": pl.String,
            "first": pl.UInt32,
            "last": pl.UInt32,
            "end": pl.UInt32,
            "reading": pl.UInt32,
        },
        orient="row",
    )
    spans = stretches.join(
        found, on="stretch", how="inner", maintain_order="left_right"
    ).select(pl.col("first", "last", "end") + pl.col("begin"), "reading")
    return spans, list(numbers)


@lru_cache(_KEPT_STRETCHES)
def _found_in(stretch: str) -> tuple[Found, ...]:
    forms = _SEPARATORS.split(stretch)[1:]
    joined = [sign == _JOINED for sign in _SEPARATORS.findall(stretch)]
    return tuple(find_in_words(forms, joined))


def _placed(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    begin = words.select("row_id", "in_title", "sentence_no", "start_char")
    return pl.concat(
        [
            spans,
            begin[spans["first"]],
            words.select("end_char")[spans["last"]],
        ],
        how="horizontal",
    )


def _from_publication(
    dates: pl.DataFrame, words: pl.DataFrame, readings: list[Reading]
) -> pl.DataFrame:
    """Drop what is counted from something else: «оқиғадан бір күн бұрын»."""
    counted = pl.Series([reading.method in _COUNTED for reading in readings])
    before = dates["first"].cast(pl.Int64) - 1
    is_first = before < 0
    form = words["form"].gather(before.clip(lower_bound=0))
    is_other = form.str.contains(r"(?:[дтн]ан|[дтн]ен)$") & ~is_first
    return dates.filter(~(counted.gather(dates["reading"]) & is_other))


def _without_names(
    dates: pl.DataFrame, words: pl.DataFrame, readings: list[Reading]
) -> pl.DataFrame:
    """Drop «Қазанда», the town, and «Наурызда»: a capital, and no sentence begins."""
    may_be = pl.Series(
        [
            reading.method == "bare_month" and reading.part[1] in NAMES_TOO
            for reading in readings
        ],
        dtype=pl.Boolean,
    )
    asking = may_be.gather(dates["reading"]).arg_true()
    at = dates["first"].cast(pl.Int64).gather(asking)
    is_capital = words["form"].gather(at).str.contains(r"^\p{Lu}")
    place = words.select(pl.struct("row_id", "in_title", "sentence_no")).to_series()
    goes_on = (place.gather(at) == place.gather((at - 1).clip(lower_bound=0))) & (
        at > 0
    )
    return (
        dates.with_row_index("date")
        .filter(~pl.col("date").is_in(asking.filter(is_capital & goes_on).implode()))
        .drop("date")
    )


def _with_tense(
    dates: pl.DataFrame, words: pl.DataFrame, readings: list[Reading]
) -> pl.DataFrame:
    """Add the verb's tense where it matters, drop what cannot be told without."""
    needed = [
        reading.year[0] == "near" or reading.method in _ONLY_WITH_VERB
        for reading in readings
    ]
    numbered = dates.with_row_index("date")
    asking = numbered.filter(pl.Series(needed).gather(numbered["reading"]))
    tense = tense_after(words, asking.select(after=pl.col("end") + 1))
    told = asking.select("date").with_columns(tense=tense)
    stays = [
        (
            reading.method not in _ONLY_WITH_VERB,
            "past" in allowed,
            "future" in allowed,
            "habitual" in allowed,
        )
        for reading in readings
        for allowed in [_ONLY_WITH_VERB.get(reading.method, set())]
    ]
    joined = numbered.join(told, on="date", how="left", maintain_order="left").drop(
        "date"
    )
    free, past, future, habitual = (
        pl.Series([row[place] for row in stays], dtype=pl.Boolean).gather(
            joined["reading"]
        )
        for place in range(4)
    )
    tenses = joined["tense"]
    is_told = (
        (past & (tenses == "past"))
        | (future & (tenses == "future"))
        | (habitual & (tenses == "habitual"))
    )
    return joined.with_columns(pl.col("tense").replace("habitual", "future")).filter(
        free | is_told.fill_null(value=False)
    )


def _with_years(
    dates: pl.DataFrame, words: pl.DataFrame, readings: list[Reading]
) -> pl.DataFrame:
    """Add the year spoken of before, for dates without a year of their own.

    «сол жылдың» means the last printed one in the article. A day or month shortly
    after «1991 жылы» is of that year if it is long past; of a recent one publication
    tells more. «1992 жылы туған ер адам 11 тамызда» is of two years.
    """
    printed = [
        reading.year[1] if reading.year[0] == "at" and reading.year[1] else None
        for reading in readings
    ]
    kind = pl.Series([reading.year[0] for reading in readings], dtype=pl.String)
    placed = dates.with_columns(
        printed=pl.Series(printed, dtype=pl.Int32).gather(dates["reading"]),
        kind=kind.gather(dates["reading"]),
    )
    article = ["row_id", "in_title"]
    sentence = [*article, "sentence_no"]
    before = pl.col("printed").shift(1)
    of_printed = pl.when(pl.col("printed").is_not_null()).then("last")
    placed = placed.with_columns(
        in_article=before.forward_fill().over(article),
        in_sentence=before.forward_fill().over(sentence),
        year_at=of_printed.shift(1).forward_fill().over(sentence),
    )
    published_year = pl.col("published_date").dt.year()
    is_past = pl.coalesce(
        pl.col("in_sentence") < published_year - 1, pl.lit(value=True)
    )
    is_near = pl.col("first") - pl.col("year_at") <= _NEAR_WORDS
    asks = (pl.col("kind") == "near") & is_past & is_near
    placed = placed.with_row_index("date")
    parted = _parted(placed.filter(asks), words)
    return placed.with_columns(
        same=pl.when(pl.col("kind") == "same")
        .then("in_article")
        .when(asks & ~pl.col("date").is_in(parted.implode()))
        .then("in_sentence")
    ).drop("printed", "in_article", "in_sentence", "year_at", "date")


def _parted(dates: pl.DataFrame, words: pl.DataFrame) -> pl.Series:
    """The dates that a participle parts from the year before them."""
    between = (
        dates.select("date", at=pl.int_ranges(pl.col("year_at") + 1, pl.col("first")))
        .explode("at")
        .drop_nulls()
    )
    form = words["form"].gather(between["at"])
    return between.filter(form.str.contains(r"(?:[ғқ]ан|[гк]ен)$"))["date"].unique()


def _resolved(dates: pl.DataFrame, readings: list[Reading]) -> pl.DataFrame:
    """Add the days, precision, basis, method and confidence."""
    keys = ["reading", "published_date", "tense", "same"]
    distinct = dates.select(keys).unique(maintain_order=True)
    rows = [_told(readings[number], *known) for number, *known in distinct.iter_rows()]
    told = pl.DataFrame(
        rows,
        schema={
            "start_date": pl.Date,
            "end_date": pl.Date,
            "is_dropped": pl.Boolean,
            "precision": pl.String,
            "basis": pl.String,
            "method": pl.String,
            "confidence": pl.Float64,
        },
        orient="row",
    )
    return dates.join(
        pl.concat([distinct, told], how="horizontal"),
        on=keys,
        how="left",
        nulls_equal=True,
        maintain_order="left",
    ).filter(~pl.col("is_dropped"))


def _told(
    reading: Reading, published: date | None, tense: str | None, same: int | None
) -> tuple[date | None, date | None, bool, str, str, str, float]:
    kind = reading.year[0]
    is_absolute = kind == "at" and reading.part[0] in ABSOLUTE
    days = resolve(reading, published, tense, same)
    is_known = is_absolute or (same if kind == "same" else published) is not None
    confidence = CONFIDENCES[reading.method]
    if kind == "near" and tense is None:
        confidence -= _WITHOUT_VERB
    return (
        days.start if days else None,
        days.end if days else None,
        days is None and is_known,
        precision_of(reading.part),
        "absolute" if is_absolute else "relative",
        reading.method,
        round(confidence, 2),
    )


def _with_surfaces(dates: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Add the characters as they stand.

    Python's slices take the time of the slice, those of a column that of the text.
    """
    wanted = articles.join(dates.select("row_id"), on="row_id", how="semi")
    texts = {
        row: (text or "", title or "")
        for row, text, title in wanted.select("row_id", "text", "title").iter_rows()
    }
    bounds = dates.select("row_id", "in_title", "start_char", "end_char").iter_rows()
    surfaces = [texts[row][title][start:end] for row, title, start, end in bounds]
    return dates.with_columns(surface=pl.Series(surfaces, dtype=pl.String))
