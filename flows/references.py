"""Reference tables: the packaged CSVs, overridden row by row by the workspace's."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

import polars as pl

from flows.errors import UserError
from transforms.keys import keys

if TYPE_CHECKING:
    from pathlib import Path

#: Table to the columns that make a row's key, and those that must not be empty.
TABLES = {
    "outlets": (("source_code", "valid_from"), ("source_code", "name")),
    "field_names": (("field_name",), ("field_name", "field")),
}
DEFAULT_ZONE = "Asia/Almaty"


class ReferenceTableError(UserError):
    """A reference table is wrong; the message names file, line and what to do."""


@dataclass(frozen=True)
class References:
    """Reference tables as the transforms take them, every column a string."""

    outlets: pl.DataFrame
    field_names: pl.DataFrame

    def sources(self) -> pl.DataFrame:
        """The rows of dim_source: each outlet's newest values."""
        newest = (
            self.outlets.sort("valid_from", nulls_last=False, maintain_order=True)
            .group_by("source_code", maintain_order=True)
            .last()
        )
        return newest.select(
            keys(newest["source_code"]).alias("source_id"),
            "source_code",
            "name",
            "name_kk",
            "name_ru",
            "name_en",
            "kind",
            "country_code",
            pl.col("language").alias("main_language"),
            pl.col("time_zone").fill_null(DEFAULT_ZONE),
        ).sort("source_code")

    def source_history(self) -> pl.DataFrame:
        """The rows of dim_source_history: one a ``valid_from``."""
        start = pl.col("valid_from").str.to_date("%Y-%m-%d")
        following = start.shift(-1).over("source_code", order_by="valid_from")
        return self.outlets.select(
            keys(self.outlets["source_code"]).alias("source_id"),
            "source_code",
            "name",
            "kind",
            "country_code",
            pl.col("language").alias("main_language"),
            start.alias("valid_from"),
            following.alias("valid_to"),
            following.is_null().alias("is_current"),
        ).sort("source_code", "valid_from", nulls_last=False)


def load_references(workspace: Path | None) -> References:
    """Read every reference table.

    Args:
        workspace: folder with the user's tables; None for the packaged ones alone.

    Raises:
        ReferenceTableError: a table cannot be used as it is.
    """
    if workspace is not None and not workspace.is_dir():
        message = (
            f"{workspace}: no such folder; the setting seeds names it. Make it, or "
            "take the setting away."
        )
        raise ReferenceTableError(message)
    return References(**{name: _read_table(name, workspace) for name in TABLES})


def _read_table(name: str, workspace: Path | None) -> pl.DataFrame:
    columns, _ = TABLES[name]
    packaged = _read_csv(
        (resources.files("seeds") / f"{name}.csv").read_bytes(), f"seeds/{name}.csv"
    )
    mine = workspace / f"{name}.csv" if workspace else None
    if mine is None or not mine.is_file():
        return _validate(name, packaged, f"seeds/{name}.csv")
    own = _validate(name, _read_csv(mine.read_bytes(), str(mine)), str(mine))
    missing = [column for column in packaged.columns if column not in own.columns]
    own = own.with_columns(pl.lit(None, pl.String).alias(column) for column in missing)
    rest = packaged.join(own, on=columns, how="anti", nulls_equal=True)
    return pl.concat([own.select(packaged.columns), rest])


def _read_csv(content: bytes, place: str) -> pl.DataFrame:
    try:
        return pl.read_csv(content, infer_schema=False).with_columns(
            pl.all().str.strip_chars().replace("", None)
        )
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        message = f"{place}: this is no CSV table: {str(error).splitlines()[0]}"
        raise ReferenceTableError(message) from None


def _validate(name: str, table: pl.DataFrame, place: str) -> pl.DataFrame:
    """Refuse missing columns, empty cells, double keys and broken dates."""
    columns, required = TABLES[name]
    lacking = sorted({*columns, *required} - set(table.columns))
    if lacking:
        message = f"{place}: line 1: missing columns {lacking}. Add them."
        raise ReferenceTableError(message)
    numbered = table.with_row_index("line", offset=2)
    faults = {
        f"{required} must not be empty": pl.any_horizontal(
            pl.col(column).is_null() for column in required
        ),
        f"a second row with the same {columns}": ~pl.struct(
            columns
        ).is_first_distinct(),
    }
    if "valid_from" in table.columns:
        faults["valid_from must be a date like 2026-01-31"] = (
            pl.col("valid_from").is_not_null()
            & pl.col("valid_from").str.to_date("%Y-%m-%d", strict=False).is_null()
        )
    for fault, condition in faults.items():
        lines = numbered.filter(condition)["line"].to_list()
        if lines:
            listed = ", ".join(str(line) for line in lines[:5])
            message = f"{place}: line {listed}: {fault}. Mend it and run again."
            raise ReferenceTableError(message)
    return table
