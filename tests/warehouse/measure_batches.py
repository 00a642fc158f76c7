"""Loads of articles that are measured, and days that are measured already."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from flows.copies import finish_links, link_articles, signature_rows
from tests.warehouse.copy_batches import article, frame_of, new_warehouse
from warehouse.audit import LoadRow, write_load
from warehouse.calendar import ensure_days
from warehouse.contributions import Change
from warehouse.forget import remove_article
from warehouse.load import merge_articles
from warehouse.measures import keep_measures

if TYPE_CHECKING:
    import duckdb

__all__ = ["article"]

#: Midday in Kazakhstan.
NOW = datetime(2026, 3, 10, 7, tzinfo=UTC)
_QUOTE = """
    insert into fact_quote by name
    select
        article_id, version, unnest(range($quotes)) as quote_no,
        'direct' as quote_kind, 'x' as surface, 'x' as text, 1 as sentence_no,
        false as in_title, 0 as start_char, 1 as end_char,
        0.5 + 0.4 * (quote_no % 2) as confidence, 'quoted' as method
    from fact_article
    where article_id = $article_id and record_hash = $record_hash
"""


def measured_warehouse() -> duckdb.DuckDBPyConnection:
    """A warehouse with a calendar, for `emptied` between tests: making one is slow."""
    connection = new_warehouse()
    ensure_days(connection)
    return connection


def emptied(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The warehouse without rows, but for its calendar."""
    tables = connection.execute(
        "select table_name from duckdb_tables() "
        "where not temporary and table_name not in ('dim_date', 'schema_version')"
    ).fetchall()
    for (table,) in tables:
        connection.execute(f"delete from {table}")
    return connection


def load(  # noqa: PLR0913 - each names what a test is about
    connection: duckdb.DuckDBPyConnection,
    *articles,
    load_id: str = "load-1",
    run_id: str | None = None,
    now: datetime = NOW,
    status: str = "succeeded",
    cause: str | None = None,
) -> None:
    """One load of these articles; ``quotes`` of one says how many it has."""
    quotes = [(one, one.pop("quotes", 0)) for one in articles]
    frame = frame_of(*articles)
    connection.execute("begin")
    merge_articles(connection, frame, signature_rows(frame), {"copies": "1"}, load_id)
    for one, count in quotes:
        keys = {name: one[name] for name in ("article_id", "record_hash")}
        connection.execute(_QUOTE, keys | {"quotes": count})
    link_articles(connection)
    change = Change(load_id, run_id or load_id, now, cause)
    finish(connection, change, status=status)


def finish(
    connection: duckdb.DuckDBPyConnection, change: Change, *, status: str = "succeeded"
) -> None:
    """What ends a load: measures, its own row, the commit."""
    keep_measures(connection, change)
    if change.load_id:
        write_load(
            connection,
            LoadRow(
                load_id=change.load_id,
                run_id=change.run_id,
                trigger="backfill" if change.is_backfill else "manual",
                status=status,
                started_at=change.now,
                finished_at=change.now,
                code_version="0",
            ),
        )
    connection.execute("commit")


def forget(connection: duckdb.DuckDBPyConnection, article_id: int) -> None:
    connection.execute("begin")
    remove_article(connection, article_id, reason="сот", files_redacted=0, now=NOW)
    finish_links(connection)
    finish(connection, Change(None, "run-f", NOW, "forget"))


def values(connection, measure, source_id=1):
    """Day to value of a measure of an outlet."""
    return dict(
        connection.execute(
            "select measured_date::varchar, value from fact_measure "
            "where measure = ? and source_id = ? order by all",
            [measure, source_id],
        ).fetchall()
    )


def restated(connection, measure="articles", source_id=1):
    """Day, before, after, cause and load of each restatement."""
    return connection.execute(
        "select measured_date::varchar, value_before, value_after, cause, load_id "
        "from fact_restatement where measure = ? and source_id = ? order by all",
        [measure, source_id],
    ).fetchall()


def weeks_of(
    connection: duckdb.DuckDBPyConnection,
    numbers: list[float],
    *,
    until: date,
    measure: str = "articles",
    sample: int | None = None,
) -> None:
    """Write a measure of consecutive days that end on a day."""
    first = until - timedelta(days=len(numbers) - 1)
    connection.executemany(
        "insert into fact_measure values (?, 1, ?, ?, ?, 'load-1')",
        [
            [
                measure,
                first + timedelta(days=place),
                number,
                sample or number,
            ]
            for place, number in enumerate(numbers)
        ],
    )


def judged(
    connection: duckdb.DuckDBPyConnection,
    day: date,
    *,
    measure: str = "articles",
    now: datetime = NOW,
) -> tuple[str, float | None, float | None]:
    """Verdict and expected range of one day."""
    row = connection.execute(
        "select verdict, round(expected_low, 2), round(expected_high, 2) "
        "from measures_judged([$day], $now) "
        "where measure = $measure",
        {"day": day, "now": now.replace(tzinfo=None), "measure": measure},
    ).fetchone()
    assert row is not None
    return row
