"""Find the office phrases of articles: where each begins and ends, and what it says."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl

from transforms.entities.phrase_words import (
    COUNTRY,
    MARK,
    NAME,
    OBLIQUE,
    ORGANISATION,
    WORD,
)
from transforms.entities.positions import read_phrase
from transforms.kazakh.office_words import (
    OFFICE_BEGINNING,
    office_word,
    word_class,
)

#: No phrase reaches farther back than this, so that time stays linear.
LONGEST = 24
#: Room for the characters of one text in a place that grows through the batch.
_TEXT = 1 << 32
PLACE = ("row_id", "in_title")
#: Mentions that no office phrase contains.
_OUTSIDE = ("person", "date", "time", "money", "percentage", "cardinal", "quantity")
_OFFICE: dict[str, pl.DataType | type[pl.DataType]] = {
    "first": pl.Int64,
    "role": pl.String,
    "head": pl.String,
    "phrase_country": pl.String,
    "organisation_at": pl.Int64,
    "sense": pl.String,
    "is_reference": pl.Boolean,
    "single": pl.String,
    "is_former": pl.Boolean,
    "is_bare": pl.Boolean,
    "is_one": pl.Boolean,
    "is_nominative": pl.Boolean,
}


class Reading(NamedTuple):
    """The sentences of a batch that may speak of offices.

    Attributes:
        numbered: their words, as `number_words` gives them.
        placed: the mentions in them, as `place_mentions` gives them.
        phrases: the office phrases, as `find_phrases` gives them.
    """

    numbered: pl.DataFrame
    placed: pl.DataFrame
    phrases: pl.DataFrame


def read_phrases(mentions: pl.DataFrame, words: pl.DataFrame) -> Reading:
    """Find the office phrases of a batch, once for all that need them.

    Args:
        mentions: all mentions, as `transforms.entities.roles.find_roles` takes them.
        words: the tokens of the articles.
    """
    numbered = number_words(_telling(_with_offices(words), mentions))
    placed = place_mentions(mentions, numbered)
    return Reading(numbered, placed, find_phrases(placed, numbered))


def _telling(words: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Keep the sentences with an office noun, a person or a position."""
    sentence = [*PLACE, "sentence_no"]
    speak = words.filter("is_office").select(sentence)
    named = mentions.filter(pl.col("entity_type").is_in(["person", "position"]))
    kept = pl.concat([speak, named.select(sentence)]).unique()
    return words.join(
        kept, on=sentence, how="semi", nulls_equal=True, maintain_order="left"
    )


def _with_offices(words: pl.DataFrame) -> pl.DataFrame:
    """Add ``is_office``: whether a word is a form of an office noun."""
    may_be = words["form"].str.contains(OFFICE_BEGINNING)
    some = words["form"].filter(may_be)
    forms = some.unique()
    offices = pl.Series([form for form in forms if office_word(form)], dtype=pl.String)
    is_office = np.zeros(words.height, dtype=bool)
    is_office[may_be.to_numpy()] = some.is_in(offices.implode()).to_numpy()
    return words.with_columns(is_office=is_office)


def number_words(words: pl.DataFrame) -> pl.DataFrame:
    """Number the words of a batch and its sentences.

    Args:
        words: ``row_id``, ``in_title``, ``sentence_no``, ``token``, ``form``,
            ``start_char``, ``end_char`` and more, in order.

    Returns:
        The same with ``n`` (Int64, the word's number), ``part`` (Int64, the text's),
        ``begin`` (Int64, number of its sentence's first word), ``at`` (Int64, place
        in the batch, ascending).
    """
    is_new = pl.any_horizontal(pl.col(name) != pl.col(name).shift() for name in PLACE)
    sentence = pl.col("sentence_no")
    begins = pl.col("is_new") | sentence.ne_missing(sentence.shift())
    return (
        words.with_row_index("n")
        .with_columns(pl.col("n").cast(pl.Int64), is_new=is_new.fill_null(value=True))
        .with_columns(
            part=pl.col("is_new").cast(pl.Int64).cum_sum() - 1,
            begin=pl.when(begins).then("n").forward_fill(),
        )
        .with_columns(at=pl.col("part") * _TEXT + pl.col("start_char"))
        .drop("is_new")
    )


def place_mentions(mentions: pl.DataFrame, numbered: pl.DataFrame) -> pl.DataFrame:
    """Say which words each mention covers.

    Args:
        mentions: the mentions, in order.
        numbered: words as `number_words` gives them.

    Returns:
        The mentions that cover a word, with ``mention`` (UInt32, row in ``mentions``),
        ``from_n`` and ``to_n`` (numbers of its first and last word) and ``at``.
    """
    parts = numbered.filter(pl.col("part") != pl.col("part").shift(fill_value=-1))
    placed = (
        mentions.with_row_index("mention")
        .join(parts.select(*PLACE, "part"), on=PLACE, maintain_order="left")
        .with_columns(at=pl.col("part") * _TEXT + pl.col("start_char"))
    )
    starts = numbered["at"].to_numpy()
    last_at = placed.select(pl.col("part") * _TEXT + pl.col("end_char") - 1)
    placed = placed.with_columns(
        from_n=np.searchsorted(starts, placed["at"].to_numpy(), "right") - 1,
        to_n=np.searchsorted(starts, last_at.to_series().to_numpy(), "right") - 1,
    ).filter(pl.col("from_n") >= 0)
    sentence = numbered["sentence_no"].gather(placed["from_n"])
    return placed.filter(pl.col("sentence_no").eq_missing(sentence)).drop("part")


def find_phrases(placed: pl.DataFrame, numbered: pl.DataFrame) -> pl.DataFrame:
    """Find every office phrase.

    Args:
        placed: mentions as `place_mentions` gives them, with ``country_code``.
        numbered: words as `number_words` gives them.

    Returns:
        One row a phrase, in order of its last word: ``to_n`` (the office noun's
        number), ``from_n``, the fields of `Office` (its country as
        ``phrase_country``), ``organisation_n`` (the word at which the organisation's
        name begins), ``span_n`` and ``span_confidence`` (first word of the position
        mention that ends with it, and how sure that is; null where there is none).
    """
    spans = placed.filter(entity_type="position")
    marked = _mark(placed, spans, numbered)
    heads = _heads(marked, spans)
    phrases = _with_words(heads, marked)
    read = _read(phrases["phrase"])
    return (
        phrases.join(read, on="phrase", maintain_order="left")
        .with_columns(
            from_n=pl.col("start") + pl.col("first"),
            organisation_n=pl.col("start") + pl.col("organisation_at"),
        )
        .drop("start", "phrase", "first", "organisation_at")
        .sort("to_n")
    )


def _mark(
    placed: pl.DataFrame, spans: pl.DataFrame, numbered: pl.DataFrame
) -> pl.DataFrame:
    """Mark the words: class, mention, and whether no phrase may pass them."""
    kind = (
        pl.when(pl.col("country_code").is_not_null())
        .then(pl.lit(COUNTRY) + pl.col("country_code"))
        .when(pl.col("entity_type") == "organisation")
        .then(pl.lit(ORGANISATION))
        .when(pl.col("entity_type").is_in(["gpe", "location", "facility"]))
        .then(pl.lit(NAME))
        .when(pl.col("entity_type").is_in(_OUTSIDE))
        .then(pl.lit("x"))
    )
    rank = pl.col("mark").str.slice(0, 1).replace_strict(
        {"x": 0, "o": 1, "c": 2, "p": 3, "l": 4}, default=9, return_dtype=pl.Int8
    )  # fmt: skip
    last_word = pl.col("form").str.extract("([^ ]*)$").str.to_lowercase()
    base = pl.col("name").str.extract("([^ ]*)$").str.to_lowercase()
    is_oblique = (
        pl.col("mark").str.contains("^[cpo]")
        & last_word.str.contains(_OBLIQUE_END)
        & (last_word != base)
    )
    covered = (
        placed.select("form", "name", "from_n", "to_n", mark=kind)
        .filter(pl.col("mark").is_not_null())
        .with_columns(mark=pl.when(is_oblique).then(pl.lit(OBLIQUE)).otherwise("mark"))
        .with_columns(n=_range("from_n", "to_n"))
        .explode("n")
        .select("n", "mark")
        .sort(rank, maintain_order=True)
        .unique("n", keep="first", maintain_order=True)
    )
    ends = spans.select(n="to_n", is_span_end=True).unique()
    marked = (
        _in_telling_sentences(numbered)
        .join(covered, on="n", how="left", maintain_order="left")
        .join(ends, on="n", how="left", maintain_order="left")
        .with_columns(pl.col("mark").fill_null(""))
    )
    return _blocked(_with_classes(marked))


def _in_telling_sentences(numbered: pl.DataFrame) -> pl.DataFrame:
    """Keep the sentences that hold an office noun; number their words once more."""
    holds = np.zeros(numbered.height, dtype=bool)
    holds[numbered.filter("is_office")["begin"].to_numpy()] = True
    return (
        numbered.filter(pl.Series(holds[numbered["begin"].to_numpy()]))
        .with_row_index("row")
        .cast({"row": pl.Int64})
    )


def _with_classes(marked: pl.DataFrame) -> pl.DataFrame:
    """Add what each word is by itself; a distinct one is looked at once."""
    forms = marked["form"].unique()
    classes = pl.DataFrame(
        {"form": forms, "class": [word_class(form) for form in forms]},
        schema={"form": pl.String, "class": pl.String},
    ).with_columns(
        is_genitive=pl.col("form").str.contains("[нтд][ыі]ң$"),
        is_possessed=pl.col("form").str.contains("(?i)(?:[ыі]|[ыі]н[ыі]ң)$"),
    )
    return marked.join(classes, on="form", maintain_order="left")


def _blocked(marked: pl.DataFrame) -> pl.DataFrame:
    """Add ``strict`` and ``loose``: the last word that no phrase may pass."""
    known = pl.col("class") == "known"
    name = ~pl.col("mark").is_in(["", "x", OBLIQUE])
    before, after = known.shift(1), known.shift(-1)
    joined = (pl.col("class") == "joint") & before & after & ~name.shift(1)
    owned = pl.col("is_possessed").shift(-1)
    bare_owner = pl.col("class").is_in(["bare", "name"]) & owned
    ended = pl.col("is_span_end").is_not_null() & ~pl.col("is_genitive") & ~bare_owner
    never = pl.col("mark").is_in(["x", OBLIQUE]) | ended
    strict = never | ~(known | name | joined | pl.col("class").eq("quote"))
    strict &= ~(bare_owner & pl.col("is_office") & ~never)
    # A capital at the beginning of a sentence makes no name.
    named = pl.col("class").eq("name") & (pl.col("n") > pl.col("begin"))
    loose = strict & ~((pl.col("class").eq("noun") | named | bare_owner) & ~never)
    last = [
        pl.when(rule).then(pl.col("n")).forward_fill().alias(label)
        for label, rule in (("strict", strict), ("loose", loose))
    ]
    return marked.with_columns(*last)


_OBLIQUE_END = r"(?:[дтн][аеыі]н?|[ғгқк][ае]|[мбп]ен)$"


def _heads(marked: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """List the office nouns, with the first word of each one's phrase."""
    inside = spans.sort("to_n", "from_n").unique("to_n", keep="first")
    heads = (
        marked.filter("is_office")
        .select("row", "row_id", "in_title", "begin", to_n="n", is_owned=_is_owned())
        .join(
            inside.select("to_n", span_n="from_n", span_confidence="confidence"),
            on="to_n",
            how="left",
        )
        .with_columns(
            inner=pl.coalesce("span_n", "to_n"),
            is_strict=pl.col("span_n").is_not_null() | ~pl.col("is_owned"),
        )
        .with_columns(before=pl.col("inner") - 1)
        .join(
            marked.select("n", "strict", "loose"),
            left_on="before",
            right_on="n",
            how="left",
        )
    )
    last = pl.when("is_strict").then("strict").otherwise("loose")
    return heads.with_columns(
        start=pl.max_horizontal(
            pl.min_horizontal(last.fill_null(-1) + 1, "inner"),
            "begin",
            pl.col("to_n") - LONGEST,
        )
    ).select("row", "row_id", "in_title", "to_n", "start", "span_n", "span_confidence")


def _is_owned() -> pl.Expr:
    """Whether an office noun looks possessed, so that nouns before it belong to it."""
    return pl.col("form").str.contains("(?i)[ыі](?:ң|н|нің|ның|не|на|мен|нен|нан)?$")


def _with_words(heads: pl.DataFrame, marked: pl.DataFrame) -> pl.DataFrame:
    """Add ``phrase``, the words of each as `read_phrase` takes them."""
    # A row of `marked` is found by its number, which needs no join.
    from_row = pl.col("row") - pl.col("to_n") + pl.col("start")
    rows = pl.int_ranges(from_row, pl.col("row") + 1)
    numbers = heads.select("to_n", row=rows).explode("row")
    words = marked.select(
        pl.concat_str("form", pl.lit(MARK), "mark").alias("word")
    ).to_series()
    phrases = (
        numbers.with_columns(word=words.gather(numbers["row"]))
        .group_by("to_n", maintain_order=True)
        .agg(phrase=pl.col("word").str.join(WORD))
    )
    return heads.drop("row").join(phrases, on="to_n", maintain_order="left")


def _read(phrases: pl.Series) -> pl.DataFrame:
    rows = [
        (phrase, *office)
        for phrase in phrases.unique().drop_nulls()
        if (office := read_phrase(phrase))
    ]
    return pl.DataFrame(rows, schema={"phrase": pl.String, **_OFFICE}, orient="row")


def _range(first: str, last: str) -> pl.Expr:
    return pl.int_ranges(pl.col(first), pl.col(last) + 1)
