"""What is named after people: streets, stadiums, agreements."""

from __future__ import annotations

import polars as pl

from transforms.entities.spans import same_sentence, without, words_under
from transforms.kazakh.named_after import NAMED_AFTER, class_of_noun


def name_things(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Turn people into what is named after them: streets, stadiums, agreements."""
    spans = spans.with_row_index("span")
    people = spans.filter(pl.col("entity_type") == "person")
    last_form = words["form"].gather(people["last"])
    owners = people.filter(~last_form.str.contains("[ндт][ыі]ң$"))
    beside = _words_after(owners, words, 1)
    directly = beside.filter(pl.col("noun").is_not_null())
    is_called = beside["form"].str.contains(NAMED_AFTER)
    called = owners.join(beside.filter(is_called), on="span", how="semi")
    if directly.is_empty() and called.is_empty():
        return spans.drop("span")
    through = (
        pl.concat([_words_after(called, words, step) for step in (2, 3, 4)])
        .sort("span", "at")
        .group_by("span", maintain_order=True)
        .agg(
            noun=pl.col("noun").drop_nulls().first(),
            at=pl.col("at").filter(pl.col("noun").is_not_null()).first(),
            end_char=pl.col("end_char").filter(pl.col("noun").is_not_null()).first(),
        )
        .with_columns(noun=pl.col("noun").fill_null("facility"))
    )
    turned = pl.concat([directly.select("span", "noun", "at", "end_char"), through])
    turned = turned.rename({"end_char": "noun_end"}).unique("span", keep="first")
    changed = (
        people.join(turned, on="span")
        .with_columns(
            entity_type="noun",
            last=pl.coalesce(pl.col("at").cast(pl.UInt32), "last"),
            end_char=pl.coalesce("noun_end", "end_char"),
            confidence=pl.min_horizontal("confidence", 0.6),
            method=pl.lit("rule"),
            known_id=pl.lit(None, pl.Int64),
            known_name=pl.lit(None, pl.String),
        )
        .select(spans.columns)
    )
    rest = spans.join(turned, on="span", how="anti")
    # Another span may hold the whole name already.
    met = (
        words_under(changed.drop("span"))
        .join(words_under(rest.drop("span")).rename({"span": "other"}), on="at")
        .select("span")
        .unique()
    )
    new = without(changed.drop("span"), met)
    return pl.concat([rest.drop("span"), new])


def _words_after(people: pl.DataFrame, words: pl.DataFrame, step: int) -> pl.DataFrame:
    """The word so many words after each person: span, at, form, end_char, noun."""
    after = people.select("span", "last", at=pl.col("last").cast(pl.Int64) + step)
    after = after.filter(pl.col("at") < words.height)
    after = after.filter(same_sentence(words, after["last"], after["at"]))
    return after.select(
        "span",
        "at",
        words["form"].gather(after["at"]),
        words["end_char"].gather(after["at"]),
    ).with_columns(noun=class_of_noun(pl.col("form")))
