"""Reference tables as rows of the warehouse's dimensions."""

from __future__ import annotations

import polars as pl

from transforms.keys import SEPARATOR, keys

_NAMES = ("name_kk", "name_ru", "name_en")


def topic_ids(codes: pl.Series) -> pl.Series:
    """The keys of topics by their codes; null stays null."""
    return keys(pl.select("topic" + SEPARATOR + codes).to_series())


def topic_dimension(topics: pl.DataFrame) -> pl.DataFrame:
    """The rows of dim_topic.

    Args:
        topics: topic_code, parent_code (null for the first level), name_kk, name_ru,
            name_en.
    """
    return topics.select(
        topic_ids(topics["topic_code"]).alias("topic_id"),
        "topic_code",
        topic_ids(topics["parent_code"]).alias("parent_id"),
        *_NAMES,
    )


def unit_dimension(units: pl.DataFrame) -> pl.DataFrame:
    """The rows of dim_unit.

    Args:
        units: unit_code, kind, name_kk, name_ru, name_en, currency_code, base_code and
            factor, every column a string.
    """
    return units.select(
        "unit_code",
        *_NAMES,
        "kind",
        "currency_code",
        pl.col("base_code").alias("base_unit_code"),
        pl.col("factor").cast(pl.Float64),
    )


def event_type_dimension(event_types: pl.DataFrame) -> pl.DataFrame:
    """The rows of dim_event_type.

    Args:
        event_types: event_type, name_kk, name_ru, name_en, plover_type, cameo_code,
            quad_class.
    """
    return event_types.select(
        "event_type", *_NAMES, "plover_type", "cameo_code", "quad_class"
    )
