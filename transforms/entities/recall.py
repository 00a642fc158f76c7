"""What the rest of an article says about doubtful names.

The model reads sentence by sentence. A surname that it knew beside a given name it may
miss where it stands alone, and a capital word at the beginning of a sentence it may
take for a name though the article has it in small letters elsewhere.
"""

from __future__ import annotations

import polars as pl

from transforms.kazakh.analyses import suffixes_after

#: Below this the model's single word may be a common one.
_DOUBTFUL = 0.9
#: Below this another class of the model gives way to a surname of the article.
_WEAK = 0.95
#: A surname recalled is right about so often; see tests/eval/names.json.
_RECALLED = 0.9
#: Below this the model's span gives way to a name after a position.
_DOUBTED = 0.6
_AFTER_POSITION = 0.75
_SHORTEST_SURNAME = 3
_LONGEST_SURNAME = 16


def drop_common_words(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Drop people of one word that their article has in small letters as well.

    Args:
        spans: with ``row_id``, ``entity_type``, ``first``, ``last``, ``confidence``,
            ``known_id`` and ``form``.
        words: the words, with their number ``at``.
    """
    doubtful = (
        (pl.col("entity_type") == "person")
        & (pl.col("first") == pl.col("last"))
        & (pl.col("confidence") < _DOUBTFUL)
        & pl.col("known_id").is_null()
    )
    rows = spans.filter(doubtful).select("row_id").unique()
    small = (
        words.join(rows, on="row_id", how="semi")
        .filter(pl.col("form").str.contains(r"^\p{Ll}"))
        .select("row_id", small="form")
        .unique()
    )
    common = (
        spans.filter(doubtful)
        .with_columns(small=pl.col("form").str.to_lowercase())
        .join(small, on=["row_id", "small"], how="semi")
        .select("row_id", "first")
    )
    return spans.join(common, on=["row_id", "first"], how="anti")


def recall_surnames(
    people: pl.DataFrame, spans: pl.DataFrame, words: pl.DataFrame
) -> pl.DataFrame:
    """Find surnames of an article's people where the model missed them.

    Args:
        people: linked people: ``row_id``, ``normal_form``, ``entity_id``.
        spans: the mentions so far, with ``first``, ``last``, ``confidence``,
            ``source``.
        words: the words, with their number ``at``.

    Returns:
        New mentions, with the columns of ``spans`` but ``form``.
    """
    surname = pl.col("normal_form").str.extract(r"[\s.]([^\s.]+)$")
    surnames = (
        people.filter(pl.col("entity_id").is_not_null())
        .select("row_id", surname=surname)
        .drop_nulls()
        .filter(
            pl.col("surname")
            .str.len_chars()
            .is_between(_SHORTEST_SURNAME, _LONGEST_SURNAME)
        )
        .unique()
        .with_columns(length=pl.col("surname").str.len_chars())
    )
    open_words = _open_words(spans, words, surnames)
    found = [
        open_words.with_columns(surname=pl.col("form").str.slice(0, length)).join(
            part.select("row_id", "surname"), on=["row_id", "surname"]
        )
        for (length,), part in surnames.partition_by("length", as_dict=True).items()
    ]
    if not found:
        return spans.drop("form").clear()
    met = pl.concat(found)
    pairs = met.select("surname", "form").unique()
    is_form = [
        suffixes_after(surname.lower(), form.lower()) is not None
        for surname, form in pairs.iter_rows()
    ]
    return (
        met.join(
            pairs.filter(pl.Series(is_form, dtype=pl.Boolean)), on=["surname", "form"]
        )
        .unique("at", keep="first")
        .sort("at")
        .select(
            "row_id",
            "in_title",
            "sentence_no",
            pl.lit("person").alias("entity_type"),
            "start_char",
            "end_char",
            pl.col("at").alias("first"),
            pl.col("at").alias("last"),
            pl.lit(_RECALLED).alias("confidence"),
            pl.lit("recall").alias("method"),
            pl.lit(None, pl.Int64).alias("known_id"),
            pl.lit(None, pl.String).alias("known_name"),
            pl.lit(None, pl.String).alias("country_code"),
            pl.lit("recall").alias("source"),
        )
    )


def _open_words(
    spans: pl.DataFrame, words: pl.DataFrame, surnames: pl.DataFrame
) -> pl.DataFrame:
    """Capital words of the articles in question that are in no firm mention."""
    is_weak = (
        (pl.col("confidence") < _WEAK)
        & (pl.col("first") == pl.col("last"))
        & (pl.col("source") == "model")
        & (pl.col("entity_type") != "person")
    )
    ranges = pl.int_ranges("first", pl.col("last") + 1, dtype=pl.UInt32)
    # A position may have swallowed a name: «Асановқа қордың директоры …».
    is_open = is_weak | (pl.col("entity_type") == "position")
    taken = spans.filter(~is_open).select(at=ranges).explode("at").unique()
    return (
        words.join(surnames.select("row_id").unique(), on="row_id", how="semi")
        .filter(pl.col("form").str.contains(r"^\p{Lu}"))
        .join(taken, on="at", how="anti")
        .select(
            "row_id", "in_title", "sentence_no", "at", "form", "start_char", "end_char"
        )
    )


def people_after_positions(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Find people whom the model missed after the name of their office.

    «Италияның Қазақстандағы елшісі Лука Ферретти»: two or three words with capital
    letters right after a position, in no other mention but a doubtful one, are a name.

    Args:
        spans: mentions with ``entity_type``, ``last``, ``confidence`` and ``source``.
        words: the words, with their number ``at``.

    Returns:
        The spans, with new people in place of the doubtful mentions.
    """
    positions = spans.filter(pl.col("entity_type") == "position")
    ranges = pl.int_ranges("first", pl.col("last") + 1, dtype=pl.UInt32)
    numbered = spans.with_row_index("span")
    under = numbered.select(
        "span",
        at=ranges,
        is_firm=(pl.col("confidence") >= _DOUBTED)
        | (pl.col("source") != "model")
        | (pl.col("entity_type") == "person"),
    ).explode("at")
    firm = under.filter("is_firm").select("at").unique()
    next_words = pl.concat(
        [
            positions.select(
                "row_id", "in_title", "sentence_no", "last", step=pl.lit(step),
                at=(pl.col("last") + step).cast(pl.UInt32),
            )
            for step in range(1, 5)
        ]
    )  # fmt: skip
    place = ("row_id", "in_title", "sentence_no", "at")
    named = (
        next_words.join(
            words.select(*place, "form", "start_char", "end_char"),
            on=place,
            nulls_equal=True,
        )
        .join(firm, on="at", how="anti")
        .filter(pl.col("form").str.contains(r"^\p{Lu}[\p{Ll}-]+(?:-\p{Lu}\p{Ll}+)*$"))
        .sort("last", "step")
        .filter(
            pl.col("step") == pl.int_range(1, pl.len() + 1).over("last"),
        )
        .group_by("row_id", "in_title", "sentence_no", "last", maintain_order=True)
        .agg(
            first=pl.col("at").min(),
            end=pl.col("at").max(),
            start_char=pl.col("start_char").min(),
            end_char=pl.col("end_char").max(),
            count=pl.len(),
        )
        .filter(pl.col("count").is_between(2, 3))
    )
    found = named.select(
        "row_id",
        "in_title",
        "sentence_no",
        pl.lit("person").alias("entity_type"),
        "start_char",
        "end_char",
        "first",
        pl.col("end").alias("last"),
        pl.lit(_AFTER_POSITION).alias("confidence"),
        pl.lit("rule").alias("method"),
        pl.lit(None, pl.Int64).alias("known_id"),
        pl.lit(None, pl.String).alias("known_name"),
        pl.lit(None, pl.String).alias("country_code"),
        pl.lit("rule").alias("source"),
    )
    replaced = (
        under.join(found.select(at=ranges).explode("at"), on="at", how="semi")
        .select("span")
        .unique()
    )
    rest = numbered.join(replaced, on="span", how="anti").drop("span")
    return pl.concat([rest, found.select(rest.columns)])
