"""What the trained model marks, tidied: no stray dashes, brackets or small letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from transforms.entities.spans import CLASSES_OF_PLACES, in_schema, on_words
from transforms.kazakh.recognition.tag import tag

if TYPE_CHECKING:
    from transforms.entities.names import Names


#: Nouns in capitals of one institution that is meant: «… Оспанов Қор тобының …».
_OF_INSTITUTION = (
    r"^(?:Қор|Банк|Холдинг|Компания|Қоғам)(?:[ыі]?[нд][ыі]ң|ға|ке|ды|ті)?$"
)
#: Below this a single word in small letters is no name.
_DOUBTFUL = 0.6


def model_spans(words: pl.DataFrame, names: Names) -> pl.DataFrame:
    """Find what the trained model marks.

    Args:
        words: the words, with their number ``at``.
        names: what is known, the model among it.

    Returns:
        The columns of `SPAN_SCHEMA`.
    """
    found = tag(
        words.select(
            pl.col("row_id").alias("article_id"),
            (~pl.col("in_title")).cast(pl.Int8).alias("version"),
            pl.col("sentence_no").fill_null(0),
            "token",
            "form",
            "start_char",
            "end_char",
        ),
        names.scorer,
    ).select(
        pl.col("article_id").alias("row_id"),
        (pl.col("version") == 0).alias("in_title"),
        "entity_type",
        "start_char",
        "end_char",
        "confidence",
    )
    return (
        on_words(found, words)
        .pipe(_trim, words)
        .pipe(_people_in_capitals, words)
        .pipe(_drop_small_words, words)
        .with_columns(
            method=pl.lit("model"),
            known_id=pl.lit(None, pl.Int64),
            known_name=pl.lit(None, pl.String),
            country_code=pl.lit(None, pl.String),
            source=pl.lit("model"),
        )
        .pipe(in_schema)
    )


def _trim(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Cut dashes and commas off the ends of the model's spans; drop what is none."""
    token = words["token"]
    for _ in range(2):
        first, last = spans["first"], spans["last"]
        spans = spans.filter(first <= last)
        first, last = spans["first"], spans["last"]
        cut_first = _is_mark(token.gather(first), _OPENS)
        cut_last = _is_mark(token.gather(last), _CLOSES)
        spans = spans.with_columns(
            first=first + cut_first.cast(pl.UInt32),
            last=(last.cast(pl.Int64) - cut_last.cast(pl.Int64)),
        )
        spans = spans.filter(pl.col("first") <= pl.col("last")).with_columns(
            pl.col("last").cast(pl.UInt32)
        )
    spans = _until_bracket(spans, words)
    return spans.with_columns(
        start_char=pl.when(
            words["start_char"].gather(spans["first"]) > pl.col("start_char")
        )
        .then(words["start_char"].gather(spans["first"]))
        .otherwise("start_char"),
        end_char=pl.min_horizontal(
            words["end_char"].gather(spans["last"]), pl.col("end_char")
        ),
    )


_OPENS, _CLOSES = ["«", '"', "“", "„"], ["»", '"', "”"]


def _is_mark(tokens: pl.Series, quotes: list[str]) -> pl.Series:
    return ~tokens.str.contains(r"[\p{L}\p{N}%$€₸]") & ~tokens.is_in(quotes)


def _until_bracket(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """End a name before a bracket: «… орталығы (АҚО» is the centre alone."""
    brackets = np.append((words["form"] == "(").arg_true().to_numpy(), words.height)
    first, last = spans["first"].to_numpy(), spans["last"].to_numpy()
    bracket = brackets[np.searchsorted(brackets, first)]
    is_inner = (bracket > first) & (bracket <= last)
    return spans.with_columns(
        pl.Series("last", np.where(is_inner, bracket - 1, last), dtype=pl.UInt32)
    )


def _drop_small_words(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Drop doubtful names of one word in small letters: «хабар» is no organisation."""
    is_small = words["form"].gather(spans["first"]).str.contains(r"^\p{Ll}")
    return spans.filter(
        ~(
            is_small
            & (pl.col("first") == pl.col("last"))
            & (pl.col("confidence") < _DOUBTFUL)
            & pl.col("entity_type").is_in(
                ["organisation", "facility", "gpe", "location"]
            )
        )
    )


def _people_in_capitals(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Cut small letters, figures and quotation marks off the ends of people.

    Initials that stand alone are dropped.
    """
    is_person = spans["entity_type"] == "person"
    form = words["form"]
    for _ in range(2):
        first, last = spans["first"], spans["last"]
        several = (first < last) & is_person
        skip = (several & _is_no_name(form.gather(first))).cast(pl.UInt32)
        first = first + skip
        small_last = _is_no_name(form.gather(last))
        cut = (several & (first < last) & small_last).cast(pl.UInt32)
        last = last - cut
        spans = spans.with_columns(
            first=first,
            last=last,
            start_char=pl.when(skip == 1)
            .then(words["start_char"].gather(first))
            .otherwise("start_char"),
            end_char=pl.when(cut == 1)
            .then(words["end_char"].gather(last))
            .otherwise("end_char"),
        )
    is_letter = (spans["first"] == spans["last"]) & (
        form.gather(spans["first"]).str.len_chars() == 1
    )
    is_name = spans["entity_type"].is_in(["person", *CLASSES_OF_PLACES, "organisation"])
    return spans.filter(~(is_name & is_letter))


def _is_no_name(forms: pl.Series) -> pl.Series:
    """Words that begin and end no person's name: small ones, «5-нөмірлі», marks."""
    return (
        _is_small(forms)
        | forms.is_in([*_OPENS, *_CLOSES])
        | forms.str.contains(r"^\p{N}")
        | forms.str.contains(_OF_INSTITUTION)
    )


def _is_small(forms: pl.Series) -> pl.Series:
    return forms.str.contains(r"^\p{Ll}") & ~forms.str.contains("^әл-")
