"""The nominative of names: «Қасым-Жомарт Тоқаевтың», «Қасым-Жомарт Тоқаев»."""

from __future__ import annotations

import polars as pl

from transforms.kazakh.lemmas import stems

#: Ends of Kazakh names that look like a case: «Сатыбалды», «Аманкелді».
_WHOLE_NAME = "(?:балды|келді|берді|тұрды|болды|туды|қалды|жанды|қожа|тайлы)$"


def name_candidates(forms: pl.Series) -> pl.DataFrame:
    """Give the nominatives that names may have, for people and other single names.

    Only the last word is inflected. Possessives other than the third person are no
    readings of a name.

    Args:
        forms: names of one or more words in Cyrillic or Latin letters; distinct.

    Returns:
        Columns ``form``, ``nominative``, ``rank`` (UInt32, 0 is the likeliest) and
        ``is_plural`` («Омаровтар»), one row a candidate; every form has one at least.
    """
    names = pl.DataFrame({"form": forms}).with_columns(
        head=pl.col("form").str.extract(r"^(.*\s)?\S+$").fill_null(""),
        last=pl.col("form").str.extract(r"(\S+)$"),
    )
    personal = pl.element().is_in(["poss1sg", "poss2sg", "poss1pl", "poss2pl", "as"])
    # «Момышұлының» is «Момышұлы», never «Момышұл».
    is_patronymic = pl.col("word").str.contains("ұлы|қызы")
    whole = pl.col("stem").str.replace("ұл$", "ұлы").str.replace("қыз$", "қызы")
    readings = (
        stems(names["last"])
        .filter(~pl.col("suffixes").list.eval(personal).list.any())
        .with_columns(stem=pl.when(is_patronymic).then(whole).otherwise("stem"))
        .with_columns(
            pl.when(
                pl.col("word").str.contains(_WHOLE_NAME)
                & (pl.col("stem") == pl.col("word"))
            )
            .then(pl.lit(0, pl.UInt32))
            .otherwise(pl.col("rank") + 1)
            .alias("rank")
        )
    )
    return (
        names.join(readings, left_on="last", right_on="word", how="left")
        .select(
            "form",
            (pl.col("head") + pl.coalesce("stem", "last")).alias("nominative"),
            pl.col("rank").fill_null(0),
            pl.col("suffixes")
            .list.contains("pl")
            .fill_null(value=False)
            .alias("is_plural"),
        )
        .sort("form", "rank", "nominative")
        .unique(["form", "nominative"], keep="first", maintain_order=True)
        .with_columns(
            pl.int_range(pl.len(), dtype=pl.UInt32).over("form").alias("rank")
        )
    )
