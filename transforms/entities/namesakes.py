"""What is named after people: streets, stadiums, agreements."""

from __future__ import annotations

import polars as pl

from transforms.entities.spans import without, words_under
from transforms.kazakh.named_after import NAMED_AFTER, class_of_noun


def name_things(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Turn people into what is named after them: streets, stadiums, agreements."""
    spans = spans.with_row_index("span")
    people = spans.filter(pl.col("entity_type") == "person")
    token = words.select(
        "form",
        "sentence_no",
        "row_id",
        "in_title",
        "end_char",
        pl.col("at").cast(pl.Int64),
    )
    last_form = words["form"].gather(people["last"])
    is_owner = last_form.str.contains("[ндт][ыі]ң$")
    after = pl.concat(
        [
            people.select(
                "span",
                step=pl.lit(step),
                row="row_id",
                title="in_title",
                sentence="sentence_no",
                at=pl.col("last").cast(pl.Int64) + step,
            ).filter(~is_owner)
            for step in range(1, 5)
        ]
    ).join(token, on="at")
    after = after.filter(
        pl.col("row") == pl.col("row_id"),
        pl.col("title") == pl.col("in_title"),
        pl.col("sentence").eq_missing(pl.col("sentence_no")),
    ).with_columns(
        noun=class_of_noun(pl.col("form")),
        named_after=pl.col("form").str.contains(NAMED_AFTER),
    )
    directly = after.filter(pl.col("step") == 1, pl.col("noun").is_not_null())
    called = after.filter(pl.col("step") == 1, "named_after").select("span")
    through = (
        after.join(called, on="span", how="semi")
        .filter(pl.col("step") > 1)
        .sort("span", "step")
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
