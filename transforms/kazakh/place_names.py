"""The spellings by which towns, regions and world regions are looked for."""

from __future__ import annotations

import polars as pl

#: Longer names in which a place's name means something else.
NOT_PLACES = (
    "Балқаш көл;Зайсан көл;Қаратау жота;Таулы Алтай тау;Вашингтон штат;Нью-Йорк штат;"
    "Джордж Вашингтон;Сидней Шелдон;Абай аудан;Алматы аудан;Астана аудан;"
    "Байқоңыр аудан;Жетісу аудан;Омбы қар"
)
#: What a settlement may be called after its name.
_AFTER = ("қала", "шаһар", "кент")
_REGION_AFTER = ("облыс", "обл.")
_DISTRICT = "аудан"
_IS_ABBREVIATION = r"^\p{Lu}{2,6}$"
#: What a phrase says of its row: a lower number is preferred.
_USES = {"city": 0, "region": 0, "district": 1, "bare": 2, "listed": 3}
#: The use of a phrase that is looked for only to be left out.
BLOCKED = "none"


def place_phrases(places: pl.DataFrame, blocs: pl.DataFrame) -> pl.DataFrame:
    """List the spellings to look for.

    Args:
        places: the reference table of places: ``name_kk``, ``other_names``, ``kind``
            (city, region), ``country_code``, ``is_capital`` and ``ambiguity`` (empty,
            ``word``, ``person`` or ``surname``, which also counts in the dative).
        blocs: the reference table of unions and regions; only those of kind
            ``region`` are places.

    Returns:
        One row a spelling: ``phrase``, ``phrase_no`` (UInt32), ``needs`` and
        ``derives`` as `Gazetteer` takes them, and for `find_places` ``use``,
        ``ambiguity``, ``rank`` (the smaller is preferred), ``kind`` (city, region,
        world_region), ``name`` (``name_kk`` of the row), ``country_code`` (null for a
        world region) and ``bloc_code`` (null for others).
    """
    towns = places.select(
        "name_kk",
        "other_names",
        "kind",
        "country_code",
        pl.col("ambiguity").fill_null(""),
        bloc_code=pl.lit(None, dtype=pl.String),
        order=(pl.col("is_capital") != "true").cast(pl.Int64) * 2
        + (pl.col("country_code") != "KZ").cast(pl.Int64),
    )
    world = blocs.filter(kind="region").select(
        "name_kk",
        "other_names",
        pl.lit("world_region").alias("kind"),
        pl.lit(None, dtype=pl.String).alias("country_code"),
        pl.lit("").alias("ambiguity"),
        "bloc_code",
        pl.lit(0, dtype=pl.Int64).alias("order"),
    )
    spelled = (
        pl.concat([towns, world])
        .with_row_index("row")
        .with_columns(
            spelling=pl.concat_str(
                "name_kk", "other_names", separator=";", ignore_nulls=True
            ).str.split(";")
        )
        .explode("spelling")
        .filter(pl.col("spelling").str.len_chars() > 0)
        .with_columns(
            bare=pl.col("spelling").str.replace(r" (қаласы|облысы)$", ""),
            is_clear=~pl.col("spelling").str.ends_with(" қаласы")
            | (pl.col("ambiguity") != ""),
            is_region=pl.col("spelling").str.ends_with(" облысы"),
        )
    )
    return (
        pl.concat([*_written(spelled), _not_places()], how="diagonal")
        .with_columns(
            use_rank=pl.col("use").replace_strict(_USES, default=0).cast(pl.Int64)
        )
        .sort("use_rank", "order", "row", "phrase")
        .unique(["phrase", "use", "kind", "name", "country_code"], maintain_order=True)
        .with_row_index("rank")
        .select(
            "phrase",
            pl.col("rank").alias("phrase_no"),
            "needs",
            "derives",
            "use",
            "ambiguity",
            "rank",
            "kind",
            "name",
            "country_code",
            "bloc_code",
        )
    )


def _written(spelled: pl.DataFrame) -> list[pl.DataFrame]:
    name = pl.col("bare")
    city = spelled.filter(kind="city")
    region = spelled.filter("is_region")
    exact = pl.when(pl.col("spelling").str.contains(_IS_ABBREVIATION)).then(
        pl.lit("exact")
    )
    alone = spelled.filter(~pl.col("is_region") & pl.col("is_clear"))
    return [
        _phrases(alone, name, "bare", exact),
        *(_phrases(city, name + f" {word}", "city") for word in _AFTER),
        _phrases(
            city.filter(pl.col("ambiguity") != ""), name + f" {_DISTRICT}", "district"
        ),
        *(_phrases(region, name + f" {word}", "region") for word in _REGION_AFTER),
        _phrases(region, name, "listed"),
    ]


def _phrases(
    rows: pl.DataFrame, phrase: pl.Expr, use: str, needs: pl.Expr | None = None
) -> pl.DataFrame:
    needed = pl.lit("capital") if needs is None else needs
    return rows.select(
        phrase.alias("phrase"),
        pl.coalesce(needed, pl.lit("capital")).alias("needs"),
        pl.lit(value=use != "listed").alias("derives"),
        pl.lit(use).alias("use"),
        "ambiguity",
        "row",
        "order",
        "kind",
        pl.col("name_kk").alias("name"),
        "country_code",
        "bloc_code",
    )


def _not_places() -> pl.DataFrame:
    return pl.DataFrame({"phrase": NOT_PLACES.split(";")}).with_columns(
        needs=pl.lit("capital"),
        derives=pl.lit(value=False),
        use=pl.lit(BLOCKED),
        ambiguity=pl.lit(""),
        row=pl.lit(0, dtype=pl.UInt32),
        order=pl.lit(0, dtype=pl.Int64),
    )
