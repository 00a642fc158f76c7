"""Audit rows: the load itself, its checks, and what a cut-off run left behind."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from warehouse.raw import RAW_FOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    import duckdb

    from warehouse.marker import Marker


#: What a result of a rule says, as fact_check keeps it.
_CHECK_COLUMNS: dict[str, Any] = {
    "rule_id": pl.String,
    "table_name": pl.String,
    "severity": pl.String,
    "checked_count": pl.Int64,
    "failed_count": pl.Int64,
    "is_passed": pl.Boolean,
    "is_accepted": pl.Boolean,
    "error": pl.String,
    "sample": pl.String,
    "is_waived": pl.Boolean,
}


@dataclass(frozen=True)
class LoadRow:
    """One row of dim_load; times are UTC."""

    load_id: str
    run_id: str
    trigger: str
    status: str
    started_at: datetime
    finished_at: datetime
    code_version: str
    model_version: str | None = None
    status_reason: str | None = None
    accepted_rules: list[str] = field(default_factory=list)
    files_read: int = 0
    files_loaded: int = 0
    files_unchanged: int = 0
    files_duplicate: int = 0
    files_quarantined: int = 0
    files_held: int = 0
    records_read: int = 0
    articles_loaded: int = 0
    articles_unchanged: int = 0
    articles_rejected: int = 0
    step_seconds: dict[str, float] = field(default_factory=dict)


def write_load(connection: duckdb.DuckDBPyConnection, row: LoadRow) -> None:
    """Insert the load's row; a load exists only when this row does."""
    values: dict[str, Any] = asdict(row)
    values["started_at"] = row.started_at.replace(tzinfo=None)
    values["finished_at"] = row.finished_at.replace(tzinfo=None)
    seconds = values.pop("step_seconds")
    columns = ", ".join(values)
    marks = ", ".join(f"${name}" for name in values)
    connection.execute(
        f"insert into dim_load ({columns}, step_seconds) "
        f"values ({marks}, map($steps::varchar [], $seconds::double []))",
        values | {"steps": list(seconds), "seconds": list(seconds.values())},
    )


def write_account(
    connection: duckdb.DuckDBPyConnection,
    load_id: str,
    run_id: str,
    counts: dict[str, int],
) -> None:
    """Lay the temporary table current_load before the rules: one row, the account.

    And ``rebuilt_event``, empty, where no event was made.

    Args:
        connection: the warehouse, in a transaction.
        load_id: the load.
        run_id: its run.
        counts: column name of dim_load to count.
    """
    columns = ", ".join(f"${name}::bigint as {name}" for name in counts)
    connection.execute(
        "create or replace temporary table current_load as "
        f"select $load_id as load_id, $run_id as run_id, {columns}",
        counts | {"load_id": load_id, "run_id": run_id},
    )
    connection.execute(
        "create temporary table if not exists rebuilt_event (event_id bigint)"
    )


def write_checks(
    connection: duckdb.DuckDBPyConnection,
    results: Sequence[dict[str, Any]],
    *,
    load_id: str,
    now: datetime,
) -> None:
    """Insert the results of a load's rules.

    Args:
        connection: the warehouse, in a transaction.
        results: dicts with rule_id, table_name, severity, checked_count,
            failed_count, is_passed, is_accepted, error, sample (JSON-able),
            is_waived.
        load_id: the load.
        now: when they ran, UTC.
    """
    if not results:
        return
    rows = pl.DataFrame(
        [result | {"sample": _as_json(result["sample"])} for result in results],
        schema=_CHECK_COLUMNS,
    )
    # One statement: a bound one for each of 200 rules took longer than all rules.
    connection.register("new_checks", rows.to_arrow())
    connection.execute(
        """
        insert into fact_check by name
        select *, $load_id as load_id, $now::timestamp as ran_at from new_checks
        """,
        {"load_id": load_id, "now": now.replace(tzinfo=None)},
    )
    connection.unregister("new_checks")


def _as_json(sample: Any) -> str | None:
    if not sample:
        return None
    return json.dumps(sample, ensure_ascii=False, default=str)


def close_interrupted(
    connection: duckdb.DuckDBPyConnection,
    marker: Marker,
    data: Path,
    *,
    now: datetime,
    code_version: str,
) -> bool:
    """Write down a load that was cut off, and hold its inputs for the next one.

    The inputs that it had put into the raw zone become held files, so that none is
    lost even if it left the landing folder since.

    Returns:
        False if the load had been committed after all.
    """
    load_id = marker.load_id or ""
    done = connection.execute(
        "select count(*) from dim_load where load_id = ?", [load_id]
    ).fetchone()
    if done and done[0]:
        return False
    raw_file = f"{RAW_FOLDER}/{load_id}.parquet"
    connection.execute("begin")
    held = 0
    if (data / raw_file).exists():
        held = _hold_raw(connection, data, raw_file, load_id, marker.started_at)
    write_load(
        connection,
        LoadRow(
            load_id=load_id,
            run_id=marker.run_id,
            trigger=marker.trigger,
            status="interrupted",
            status_reason="the process ended before the load did",
            started_at=marker.started_at,
            finished_at=now,
            code_version=code_version,
            files_read=held,
            files_held=held,
        ),
    )
    connection.execute("commit")
    return True


def _hold_raw(
    connection: duckdb.DuckDBPyConnection,
    data: Path,
    raw_file: str,
    load_id: str,
    seen_at: datetime,
) -> int:
    kept = (
        pl.scan_parquet(data / raw_file, glob=False)
        .select(
            "file_id",
            "path",
            "content_hash",
            "size_bytes",
            "format",
            "modified_at",
            "arrived_at",
        )
        .collect()
    )
    connection.register("kept", kept.to_arrow())
    row = connection.execute(
        """
        insert into fact_file by name
        select
            file_id,
            path,
            content_hash,
            size_bytes,
            format,
            'held' as status,
            0 as record_count,
            $raw_file as raw_file,
            modified_at at time zone 'UTC' as modified_at,
            $seen_at::timestamp as seen_at,
            arrived_at at time zone 'UTC' as arrived_at,
            $load_id as load_id
        from kept
        where file_id not in (select fact_file.file_id from fact_file)
        """,
        {
            "raw_file": raw_file,
            "seen_at": seen_at.replace(tzinfo=None),
            "load_id": load_id,
        },
    ).fetchone()
    connection.unregister("kept")
    return int(row[0]) if row else 0
