"""A small good warehouse on the real schema, for table rules to look at."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from copy_rows import COPY_COLUMNS, COPY_ROWS, COPY_SETUP
from evidence_rows import EVIDENCE_COLUMNS, EVIDENCE_ROWS
from history_rows import HISTORY_COLUMNS, HISTORY_ROWS, HISTORY_SETUP, HISTORY_TABLES
from name_rows import NAME_COLUMNS, NAME_ROWS
from search_rows import SEARCH_COLUMNS, SEARCH_ROWS

from warehouse.aggregates import rebuild_aggregates

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = Path(__file__).parents[2] / "warehouse" / "schema"
NOW = "timestamp '2025-12-20 03:00:00'"
HASH_A, HASH_B = "a" * 64, "b" * 64

#: Two loads; article 1 has two versions, the second from the load under way; article
#: 2 was there before and is not touched.
ROWS = {
    "dim_date": ["(20251219, date '2025-12-19')"],
    "dim_source": [
        "(1, 'unknown', 'unknown', 'Asia/Almaty')",
        "(2, 'kazinform', 'Kazinform', 'Asia/Almaty')",
    ],
    "dim_source_history": [
        "(2, 'kazinform', 'ҚазАқпарат', null, date '2023-01-01', false)",
        "(2, 'kazinform', 'Kazinform', date '2023-01-01', null, true)",
    ],
    "dim_load": ["('load-1')", "('load-2')"],
    "fact_file": [
        f"(11, 'a.txt', '{HASH_A}', 'loaded', 2, null, {NOW}, 'load-1')",
        f"(12, 'b.txt', '{HASH_B}', 'loaded', 1, null, {NOW}, 'load-2')",
        f"(13, 'copy.txt', '{HASH_B}', 'duplicate', 0, 12, null, 'load-2')",
        "(14, 'noise.bin', null, 'quarantined', 0, null, null, 'load-2')",
    ],
    "fact_rejection": ["(21, 14, 'load-2')"],
    "fact_article": [
        "(1, 1, false, 'h1', 11, 'load-1', 'Бірінші сөйлем. Екінші сөйлем.')",
        "(1, 2, true, 'h2', 12, 'load-2', 'Бірінші сөйлем. Үшінші сөйлем.')",
        "(2, 1, true, 'h3', 11, 'load-1', 'Жалғыз сөйлем.')",
    ],
    "fact_sentence": [
        "(1, 1, 1, 0, 15)",
        "(1, 1, 2, 16, 30)",
        "(1, 2, 1, 0, 15)",
        "(1, 2, 2, 16, 30)",
        "(2, 1, 1, 0, 14)",
    ],
    "article_step": ["(1, 1, 'parse')", "(1, 2, 'parse')", "(2, 1, 'parse')"],
    "fact_check": ["('load-1', 'title_present')"],
    "fact_record": ["(11, 1, 1, 'load-1')", "(12, 1, 1, 'load-2')"],
    "forgotten_article": ["(8)"],
    "dim_rule": ["('title_present')"],
    "fact_check_row": ["('load-1', 'title_present', 1)"],
    "schema_version": ["(1)"],
    "file_hint": ["(31, 'a.txt', 11)", "(31, 'b.txt', 12)"],
    **NAME_ROWS,
    **COPY_ROWS,
    **EVIDENCE_ROWS,
    **SEARCH_ROWS,
    **HISTORY_ROWS,
}

_FILE_COLUMNS = (
    "file_id, path, content_hash, status, record_count, duplicate_of, loaded_at,"
    " load_id"
)

_OUTLET = {"kind": "'agency'", "country_code": "'KZ'"}

#: The columns of `ROWS`, then columns that are the same in every row.
COLUMNS = {
    "dim_date": (
        "date_id, full_date",
        {
            "year": "2025",
            "quarter": "4",
            "month": "12",
            "day": "19",
            "iso_year": "2025",
            "iso_week": "51",
            "week_start": "date '2025-12-15'",
            "weekday": "5",
            "is_weekend": "false",
            "month_name_kk": "'желтоқсан'",
            "weekday_name_kk": "'жұма'",
            "is_holiday": "false",
        },
    ),
    "dim_source": ("source_id, source_code, name, time_zone", _OUTLET),
    "dim_source_history": (
        "source_id, source_code, name, valid_from, valid_to, is_current",
        _OUTLET,
    ),
    "dim_load": (
        "load_id",
        {
            "run_id": "'run-1'",
            "trigger": "'manual'",
            "status": "'succeeded'",
            "started_at": NOW,
            "finished_at": NOW,
            "code_version": "'0.1.0'",
            "accepted_rules": "[]",
            **dict.fromkeys(
                (
                    "files_read",
                    "files_loaded",
                    "files_unchanged",
                    "files_duplicate",
                    "files_quarantined",
                    "files_held",
                    "records_read",
                    "articles_loaded",
                    "articles_unchanged",
                    "articles_rejected",
                ),
                "0",
            ),
            "step_seconds": "map {}",
        },
    ),
    "fact_file": (
        _FILE_COLUMNS,
        {"seen_at": NOW, "arrived_at": NOW},
    ),
    "fact_rejection": (
        "rejection_id, file_id, load_id",
        {
            "stage": "'read'",
            "reason_code": "'binary_content'",
            "detail": "'noise.bin: binary'",
            "status": "'open'",
            "rejected_at": NOW,
            "last_seen_at": NOW,
        },
    ),
    "fact_article": (
        "article_id, version, is_current, record_hash, file_id, load_id, text",
        {
            "source_id": "2",
            "published_at": "timestamp '2025-12-18 20:30:00'",
            "published_date": "date '2025-12-19'",
            "published_precision": "'minute'",
            "published_basis": "'metadata'",
            "arrived_at": NOW,
            "title": "'Тақырып'",
            "language": "'kk'",
            "script": "'cyrillic'",
            "word_count": "4",
            "is_interview": "false",
            "has_scan_noise": "false",
            "duplicate_role": "'original'",
            "record_no": "1",
        },
    ),
    "fact_sentence": ("article_id, version, sentence_no, start_char, end_char", {}),
    "article_step": ("article_id, version, step", {"step_version": "'1'"}),
    "fact_check": (
        "load_id, rule_id",
        {
            "table_name": "'fact_article'",
            "severity": "'critical'",
            "checked_count": "1",
            "failed_count": "0",
            "is_passed": "true",
            "is_accepted": "false",
            "ran_at": NOW,
            "is_waived": "false",
        },
    ),
    "fact_check_row": (
        "load_id, rule_id, row_no",
        {"file_id": "11", "record_no": "2", "source_id": "2"},
    ),
    "dim_rule": (
        "rule_id",
        {
            "level": "'record'",
            "table_name": "'fact_article'",
            "severity": "'critical'",
            "protects": "'every article has a title'",
            "remedy": "'Add it.'",
            "owner": "'outlet'",
            "is_known": "true",
        },
    ),
    "schema_version": ("version", {"applied_at": NOW, "name": "'created'"}),
    "fact_record": ("file_id, record_no, article_id, load_id", {"record_hash": "'h'"}),
    "forgotten_article": (
        "article_id",
        {
            "forgotten_at": NOW,
            "reason": "'сот шешімі'",
            "versions_removed": "1",
            "files_redacted": "1",
        },
    ),
    "file_hint": (
        "root_id, path, file_id",
        {"size_bytes": "1", "modified_ns": "1", "changed_ns": "1"},
    ),
    **NAME_COLUMNS,
    **COPY_COLUMNS,
    **EVIDENCE_COLUMNS,
    **SEARCH_COLUMNS,
    **HISTORY_COLUMNS,
}

SIDE_TABLES = """
create temp table touched_article (article_id bigint);
create temp view touched_mention as
select * from fact_mention
where article_id in (select article_id from touched_article);
create temp view rebuilt_event as
select event_id from fact_event
union all
select event_id from fact_event_mention
union all
select event_id from bridge_event_actor;
create temp table current_load (
    load_id varchar, run_id varchar, files_read bigint, files_loaded bigint,
    files_unchanged bigint, files_duplicate bigint, files_quarantined bigint,
    records_read bigint, articles_loaded bigint, articles_unchanged bigint,
    articles_rejected bigint
);
insert into touched_article values (1);
insert into current_load values ('load-2', 'run-1', 4, 1, 1, 1, 1, 3, 1, 1, 1);
"""


def insert(table: str, *rows: str) -> str:
    """SQL that adds rows given by the columns of `COLUMNS`."""
    names, rest = COLUMNS[table]
    tail = "".join(f", {value}" for value in rest.values())
    listed = ", ".join(f"{row[:-1]}{tail})" for row in rows)
    return f"insert into {table} ({', '.join([names, *rest])}) values {listed}"


@cache
def _shared() -> duckdb.DuckDBPyConnection:
    """A warehouse that every test of a process gets as it was."""
    connection = open_warehouse()
    connection.execute("commit")
    return connection


@contextmanager
def good_warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse in a transaction that is rolled back in the end."""
    connection = _shared()
    connection.execute("begin")
    try:
        yield connection
    finally:
        connection.rollback()


def open_warehouse() -> duckdb.DuckDBPyConnection:
    """The warehouse in memory, in the midst of the load's transaction."""
    connection = duckdb.connect()
    for path in sorted(SCHEMA.glob("*.sql")):
        connection.execute(path.read_text(encoding="utf-8"))
    connection.execute(SIDE_TABLES + HISTORY_TABLES)
    connection.execute("begin")
    for table, rows in ROWS.items():
        connection.execute(insert(table, *rows))
    connection.execute(COPY_SETUP)
    connection.execute(HISTORY_SETUP)
    rebuild_aggregates(connection)
    return connection
