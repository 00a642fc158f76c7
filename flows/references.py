"""Reference tables: the packaged CSVs, overridden row by row by the workspace's."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

import polars as pl

from checks.waivers import Waiver, Waivers
from flows.errors import UserError
from flows.reference_rules import TABLES, faults
from transforms.keys import SEPARATOR, keys

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

DEFAULT_ZONE = "Asia/Almaty"
#: The files of one table: where each stands, and its bytes.
_Files = tuple[tuple[str, bytes], ...]


class ReferenceTableError(UserError):
    """A reference table is wrong; the message names file, line and what to do."""


@dataclass(frozen=True)
class References:
    """Reference tables as the transforms take them, every column a string."""

    outlets: pl.DataFrame
    field_names: pl.DataFrame
    countries: pl.DataFrame
    blocs: pl.DataFrame
    places: pl.DataFrame
    entities: pl.DataFrame
    aliases: pl.DataFrame
    offices: pl.DataFrame
    topics: pl.DataFrame
    topic_terms: pl.DataFrame
    units: pl.DataFrame
    event_types: pl.DataFrame
    event_triggers: pl.DataFrame
    incidents: pl.DataFrame
    waivers: pl.DataFrame
    corrections: pl.DataFrame
    fixes: pl.DataFrame

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

    def waivers_on(self, today: date) -> Waivers:
        """The waivers of rules, as of a day."""
        until = pl.col("until").str.to_date("%Y-%m-%d")
        return Waivers(
            (
                Waiver(**row)
                for row in self.waivers.with_columns(until)
                .select("rule_id", "until", "reason", "who", "source_code")
                .iter_rows(named=True)
            ),
            today,
        )

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

    def incident_rows(self) -> pl.DataFrame:
        """The rows of dim_incident."""
        named = pl.concat_str(
            pl.col("from_date", "to_date", "source_code", "measure").fill_null(""),
            separator=SEPARATOR,
        )
        natural = self.incidents.select(named).to_series()
        return self.incidents.select(
            keys(natural).alias("incident_id"),
            pl.col("from_date", "to_date").str.to_date("%Y-%m-%d"),
            keys(self.incidents["source_code"]).alias("source_id"),
            "measure",
            "reason",
        )


#: What was read last, and of what: a schedule's passes share it.
_last: list[tuple[dict[str, _Files], References]] = []


def load_references(workspace: Path | None) -> References:
    """Read every reference table; a process does so again where a file has changed.

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
    contents = {name: _contents(name, workspace) for name in TABLES}
    for read, references in _last:
        if read == contents:
            return references
    tables = {name: _read_table(name, files) for name, files in contents.items()}
    for name in TABLES:
        _validate(name, tables)
    # A row without a name takes the packaged alias away.
    tables["aliases"] = tables["aliases"].filter(pl.col("name").is_not_null())
    references = References(
        **{name: table.drop("file", "line") for name, table in tables.items()}
    )
    _last[:] = [(contents, references)]
    return references


def _contents(name: str, workspace: Path | None) -> _Files:
    """A table's files: where each stands, and its bytes; the packaged one first."""
    packaged = (resources.files("seeds") / f"{name}.csv").read_bytes()
    files = [(f"seeds/{name}.csv", packaged)]
    mine = workspace / f"{name}.csv" if workspace else None
    if mine is not None and mine.is_file():
        files.append((str(mine), mine.read_bytes()))
    return tuple(files)


def _read_table(name: str, files: _Files) -> pl.DataFrame:
    """The workspace's rows, then the packaged ones that these do not replace.

    Returns:
        The packaged table's columns, then ``file`` and ``line``: where a row stands.
    """
    packaged, *of_workspace = (
        _read_csv(name, content, place) for place, content in files
    )
    if not of_workspace:
        return packaged
    (own,) = of_workspace
    missing = [column for column in packaged.columns if column not in own.columns]
    own = own.with_columns(pl.lit(None, pl.String).alias(column) for column in missing)
    rest = packaged.join(own, on=TABLES[name].key, how="anti", nulls_equal=True)
    return pl.concat([own.select(packaged.columns), rest])


def _read_csv(name: str, content: bytes, place: str) -> pl.DataFrame:
    try:
        table = pl.read_csv(content, infer_schema=False)
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        message = f"{place}: this is no CSV table: {str(error).splitlines()[0]}"
        raise ReferenceTableError(message) from None
    needed = {*TABLES[name].key, *TABLES[name].required}
    if lacking := sorted(needed - set(table.columns)):
        message = f"{place}: line 1: missing columns {lacking}. Add them."
        raise ReferenceTableError(message)
    cells = pl.all().str.strip_chars().replace("", None)
    return (
        table.select(cells)
        .with_columns(file=pl.lit(place), line=pl.int_range(2, pl.len() + 2))
        .filter(pl.any_horizontal(pl.col(table.columns).is_not_null()))
    )


def _validate(name: str, tables: dict[str, pl.DataFrame]) -> None:
    """Refuse a table with any fault, naming the first file that has it."""
    table = tables[name]
    conditions = faults(name, tables)
    found = table.select(
        condition.any().alias(fault) for fault, condition in conditions.items()
    ).row(0, named=True)
    for fault, condition in conditions.items():
        if not found[fault]:
            continue
        rows = table.filter(condition)
        rows = rows.filter(file=rows["file"][0]).head(5)
        lines = ", ".join(str(line) for line in rows["line"])
        values = "; ".join(
            ", ".join(value for value in row if value)
            for row in rows.select(TABLES[name].key).rows()
        )
        message = (
            f"{rows['file'][0]}: line {lines}: {fault}: {values}. "
            "Mend it and run again."
        )
        raise ReferenceTableError(message)
