"""What the rest of an article says about doubtful names.

The model reads sentence by sentence. A surname that it knew beside a given name it may
miss where it stands alone, and a capital word at the beginning of a sentence it may
take for a name though the article has it in small letters elsewhere.
"""

from __future__ import annotations

import polars as pl

from transforms.entities.spans import covered, holds_any, new_spans, same_sentence
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
        New mentions, with the columns of ``spans``; their ``form`` is null.
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
        .with_columns(begins=pl.col("surname").str.head(_SHORTEST_SURNAME))
    )
    met = (
        _open_words(spans, words, surnames)
        .with_columns(begins=pl.col("form").str.head(_SHORTEST_SURNAME))
        .join(surnames, on=["row_id", "begins"])
        .filter(pl.col("form").str.starts_with(pl.col("surname")))
    )
    pairs = met.select("surname", "form").unique()
    is_form = [
        suffixes_after(surname.lower(), form.lower()) is not None
        for surname, form in pairs.iter_rows()
    ]
    found = (
        met.join(
            pairs.filter(pl.Series(is_form, dtype=pl.Boolean)), on=["surname", "form"]
        )
        .unique("at", keep="first")
        .sort("at")
        .with_columns(first="at", last="at")
    )
    new = new_spans(
        found, "person", confidence=_RECALLED, method="recall", source="recall"
    )
    return new.with_columns(form=pl.lit(None, pl.String)).select(spans.columns)


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
    # A position may have swallowed a name: «Асановқа қордың директоры …».
    is_open = is_weak | (pl.col("entity_type") == "position")
    taken = covered(spans.filter(~is_open), words.height)
    return (
        words.filter(~pl.Series(taken))
        .join(surnames.select("row_id").unique(), on="row_id", how="semi")
        .filter(pl.col("form").str.contains(r"^\p{Lu}"))
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
    is_firm = (
        (pl.col("confidence") >= _DOUBTED)
        | (pl.col("source") != "model")
        | (pl.col("entity_type") == "person")
    )
    firm = pl.Series(covered(spans.filter(is_firm), words.height), dtype=pl.Boolean)
    steps = pl.DataFrame({"step": range(1, 5)}, schema={"step": pl.UInt32})
    next_words = (
        positions.select(before="last")
        .join(steps, how="cross")
        .with_columns(at=pl.col("before") + pl.col("step"))
        .filter(pl.col("at") < words.height)
    )
    next_words = next_words.filter(~firm.gather(next_words["at"]))
    next_words = next_words.filter(
        same_sentence(words, next_words["before"], next_words["at"])
    )
    named = (
        pl.concat([next_words, words[next_words["at"]].drop("at")], how="horizontal")
        # «басшысы Truth Social желісінде»: Latin letters after an office are rarely
        # its holder's.
        .filter(
            pl.col("form").str.contains(r"^\p{Lu}[\p{Ll}-]+(?:-\p{Lu}\p{Ll}+)*$"),
            ~pl.col("form").str.contains(r"\p{Latin}"),
        )
        .sort("before", "step")
        .filter(
            pl.col("step") == pl.int_range(1, pl.len() + 1).over("before"),
        )
        .group_by("row_id", "in_title", "sentence_no", "before", maintain_order=True)
        .agg(
            first=pl.col("at").min(),
            last=pl.col("at").max(),
            start_char=pl.col("start_char").min(),
            end_char=pl.col("end_char").max(),
            count=pl.len(),
        )
        .filter(pl.col("count").is_between(2, 3))
    )
    found = new_spans(
        named, "person", confidence=_AFTER_POSITION, method="rule", source="rule"
    )
    replaced = holds_any(spans, covered(found, words.height))
    return pl.concat([spans.filter(~replaced), found.select(spans.columns)])
