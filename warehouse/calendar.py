"""The calendar dimension: days with Kazakh names and Kazakhstan's holidays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

#: Years that every warehouse has; others are added when an article needs them.
FIRST_YEARS = range(2015, 2031)


def ensure_days(
    connection: duckdb.DuckDBPyConnection, years: Iterable[int] = ()
) -> None:
    """Fill dim_date for the given years, where they are missing.

    Args:
        connection: the warehouse, in a transaction.
        years: years that articles name; `FIRST_YEARS` are always there.
    """
    present = {
        row[0]
        for row in connection.execute("select distinct year from dim_date").fetchall()
    }
    missing = sorted({*years, *FIRST_YEARS} - present)
    if not missing:
        return
    connection.register("days", build_days(missing).to_arrow())
    connection.execute("insert into dim_date by name select * from days")
    connection.unregister("days")


def build_days(years: list[int]) -> pl.DataFrame:
    """The rows of dim_date for whole years.

    Holidays are those of the library ``holidays`` for KZ, days off that were moved
    for them included; names come from it and from CLDR (by babel), in Kazakh.

    Returns:
        The columns of dim_date.
    """
    import holidays  # noqa: PLC0415 - a load with nothing new to date needs neither
    from babel.dates import get_day_names, get_month_names  # noqa: PLC0415

    free_days = holidays.country_holidays("KZ", years=years, language="kk")
    named = pl.DataFrame(
        {
            "full_date": list(free_days.keys()),
            "holiday_name_kk": list(free_days.values()),
        },
        schema={"full_date": pl.Date, "holiday_name_kk": pl.String},
    )
    months = get_month_names("wide", context="format", locale="kk")
    weekdays = get_day_names("wide", context="format", locale="kk")
    days = [
        date(year, 1, 1) + timedelta(days=offset)
        for year in years
        for offset in range(366)
        if offset < 365 or _is_leap(year)  # noqa: PLR2004 - days of a common year
    ]
    day = pl.col("full_date")
    return (
        pl.DataFrame({"full_date": days}, schema={"full_date": pl.Date})
        .join(named, on="full_date", how="left", maintain_order="left")
        .select(
            day.dt.strftime("%Y%m%d").cast(pl.Int32).alias("date_id"),
            "full_date",
            day.dt.year().cast(pl.Int32).alias("year"),
            day.dt.quarter().cast(pl.Int32).alias("quarter"),
            day.dt.month().cast(pl.Int32).alias("month"),
            day.dt.day().cast(pl.Int32).alias("day"),
            day.dt.iso_year().cast(pl.Int32).alias("iso_year"),
            day.dt.week().cast(pl.Int32).alias("iso_week"),
            day.dt.truncate("1w").alias("week_start"),
            day.dt.weekday().cast(pl.Int32).alias("weekday"),
            (day.dt.weekday() >= 6).alias("is_weekend"),  # noqa: PLR2004 - Saturday
            day.dt.month()
            .cast(pl.Int64)
            .replace_strict(dict(months), return_dtype=pl.String)
            .alias("month_name_kk"),
            (day.dt.weekday().cast(pl.Int64) - 1)
            .replace_strict(dict(weekdays), return_dtype=pl.String)
            .alias("weekday_name_kk"),
            pl.col("holiday_name_kk").is_not_null().alias("is_holiday"),
            "holiday_name_kk",
        )
    )


def _is_leap(year: int) -> bool:
    return (year % 4 == 0 and year % 100 != 0) or year % 400 == 0
