"""The rules and their waivers, as a table of the warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from checks.rules import RULES
from warehouse.rules import merge_rules

if TYPE_CHECKING:
    import duckdb

    from checks.waivers import Waiver, Waivers

#: Columns that may be null in every row.
_WAIVED = {"waived_until": pl.Date, "waiver_reason": pl.String}


def write_rules(connection: duckdb.DuckDBPyConnection, waivers: Waivers) -> None:
    """Bring dim_rule in line with the rules' definitions, beside a load's results."""
    merge_rules(connection, _rule_rows(waivers))


def _rule_rows(waivers: Waivers) -> pl.DataFrame:
    """The rows of dim_rule: every rule, with what is waived of it."""
    rows = []
    for rule in RULES.values():
        own = [one for one in waivers.all if one.rule_id == rule.rule_id]
        rows.append(
            {
                "rule_id": rule.rule_id,
                "level": str(rule.level),
                "table_name": rule.table_name,
                "severity": str(rule.severity),
                "protects": rule.protects,
                "remedy": rule.remedy,
                "owner": str(rule.owner),
                "waived_until": max((one.until for one in own), default=None),
                "waiver_reason": _told(own),
                "is_known": True,
            }
        )
    return pl.DataFrame(rows, schema_overrides=_WAIVED)


def _told(waivers: list[Waiver]) -> str | None:
    """Each waiver's reason, with its outlet, its day and who gave it."""
    return (
        "; ".join(
            f"{one.source_code or 'all'} until {one.until}: {one.reason} ({one.who})"
            for one in waivers
        )
        or None
    )
