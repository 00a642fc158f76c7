"""What the data-quality rules are, beside their results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.references import align

if TYPE_CHECKING:
    import duckdb
    import polars as pl


def merge_rules(connection: duckdb.DuckDBPyConnection, rules: pl.DataFrame) -> None:
    """Bring dim_rule in line with the rules that are asked.

    Where nothing changed, nothing is written. A rule that is asked no more stays, as
    such, where it has results.

    Args:
        connection: the warehouse, in a transaction.
        rules: the columns of dim_rule.
    """
    align(
        connection,
        "dim_rule",
        "rule_id",
        rules,
        staying="select rule_id from fact_check",
    )
    connection.register("new_rule", rules.select("rule_id").to_arrow())
    connection.execute(
        """
        update dim_rule
        set is_known = false, waived_until = null, waiver_reason = null
        where is_known and rule_id not in (select new_rule.rule_id from new_rule)
        """
    )
    connection.unregister("new_rule")
