"""Units and types of events as rows of the warehouse's dimensions."""

from __future__ import annotations

import polars as pl

_NAMES = ("name_kk", "name_ru", "name_en")


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
