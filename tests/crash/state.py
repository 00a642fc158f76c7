"""What a data folder must be like once a pass has come to its end."""

from __future__ import annotations

import filecmp
import hashlib
import posixpath
import re
from contextlib import closing
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import duckdb

from flows.afterwards import ARCHIVE
from flows.run import LANDING, REPORTS, STAGE, WAREHOUSE
from flows.site import SITE
from tests.flows.workspace import SEARCHED, VOLATILE
from warehouse.raw import RAW_FOLDER, read_raw
from warehouse.site.writer import read_manifest

#: What tells of loads, times and the machine, or follows the order of the loads.
_AUDIT = {
    "dim_load",
    "fact_check",
    "fact_check_row",
    "file_hint",
    "schema_version",
    "search_document",
    "search_form",
    "search_posting",
    "event_redirect",
    "story_redirect",
}
_TIMES = {"arrived_date", "raw_file", "rejected_at", "last_seen_at", "closed_at"}
_IDENTITY = {"fact_file": {"file_id"}, "fact_record": {"file_id", "record_no"}}
_ROWS = {"fact_measure": "not starts_with(measure, 'arrived_')"}
_LEFTOVERS = ("*.part", "*.new", "batch-*", ".restore-*", "run.json", "*.wal", "*.tmp")
_LINK = re.compile(r'(?:href|src)="([^"#?:]+)(?:[#?][^"]*)?"')
_SHOWN = 3


def find_troubles(data: Path, reference: Path, pile: Path) -> list[str]:
    """What is wrong with a data folder, in lines.

    Args:
        data: the folder after a pass that came to its end.
        reference: the folder of an undisturbed pass.
        pile: the landing folder as it was in the beginning.
    """
    troubles = [f"left over: {name}" for name in leftovers(data)]
    with closing(duckdb.connect()) as connection:
        for name, place in (
            ("ours", data / WAREHOUSE),
            ("shown", data / REPORTS),
            ("theirs", reference / WAREHOUSE),
        ):
            connection.execute(f"attach '{place}' as {name} (read_only)")
        troubles += compare(connection, "ours", "theirs", is_strict=False)
        if not filecmp.cmp(data / WAREHOUSE, data / REPORTS, shallow=False):
            troubles += compare(connection, "ours", "shown", is_strict=True)
        troubles += _account(connection, data, pile)
    return troubles + _site(data, reference)


def leftovers(data: Path) -> list[str]:
    """Files that only a pass at work may have."""
    folders = [data, data / RAW_FOLDER, data / STAGE]
    found = {
        path.relative_to(data).as_posix()
        for folder in folders
        for pattern in _LEFTOVERS
        for path in folder.glob(pattern)
    }
    found |= {
        path.relative_to(data).as_posix() for path in (data / SITE).rglob("*.new")
    }
    return sorted(found)


def compare(
    connection: duckdb.DuckDBPyConnection, one: str, other: str, *, is_strict: bool
) -> list[str]:
    """Tables that differ, with the first rows that do."""
    troubles = []
    tables = {
        catalog: {
            row[0]
            for row in connection.execute(
                "select table_name from duckdb_tables() where database_name = ?",
                [catalog],
            ).fetchall()
        }
        for catalog in (one, other)
    }
    if tables[one] != tables[other]:
        return [f"other tables: {sorted(tables[one] ^ tables[other])}"]
    queries = {
        table: _query(connection, one, table, is_strict=is_strict)
        for table in sorted(tables[one] - (set() if is_strict else _AUDIT))
    }
    if not is_strict:
        queries["search"] = SEARCHED
    for table, query in queries.items():
        for first, second in ((one, other), (other, one)):
            rows = _rows(connection, query, first, second)
            if rows:
                shown = [str(row)[:300] for row in rows[:_SHOWN]]
                troubles.append(
                    f"{table}: {len(rows)} rows of {first} are not in {second}: {shown}"
                )
    return troubles


def _query(
    connection: duckdb.DuckDBPyConnection, catalog: str, table: str, *, is_strict: bool
) -> str:
    if is_strict:
        return f"select * from {table}"
    left_out = (VOLATILE | _TIMES) - _IDENTITY.get(table, set())
    names = [
        row[0]
        for row in connection.execute(
            "select column_name from duckdb_columns() "
            "where database_name = ? and table_name = ? order by column_index",
            [catalog, table],
        ).fetchall()
        if row[0] not in left_out and not row[0].endswith("restated_at")
    ]
    return f"select {', '.join(names)} from {table} where {_ROWS.get(table, 'true')}"


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, one: str, other: str
) -> list[tuple[object, ...]]:
    for name in (one, other):
        connection.execute(f"use {name}")
        connection.execute(f"create or replace temp table {name}_rows as {query}")
    connection.execute("use memory")
    return connection.execute(
        f"from temp.{one}_rows except all from temp.{other}_rows"
    ).fetchall()


def _account(
    connection: duckdb.DuckDBPyConnection, data: Path, pile: Path
) -> list[str]:
    """Every file has its row, its raw copy and its load; nothing is half there."""
    troubles = []
    connection.execute("use ours")
    hashes = {
        path.relative_to(pile).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in pile.rglob("*")
        if path.is_file()
    }
    rows = connection.execute(
        "select path, content_hash, status, raw_file, load_id from fact_file "
        "where not contains(path, '::')"
    ).fetchall()
    packed = {path for path in hashes if path.endswith(".zip")}
    if {row[0]: row[1] for row in rows} != {
        path: digest for path, digest in hashes.items() if path not in packed
    }:
        troubles.append("fact_file has other files than the landing folder had")
    if len(rows) != len({row[0] for row in rows}):
        troubles.append("fact_file has a file twice")
    if held := [row[0] for row in rows if row[2] in {"held", "pending"}]:
        troubles.append(f"held: {held[:_SHOWN]}")
    troubles += _raw(connection, data)
    orphans = [
        table
        for (table,) in connection.execute(
            "select table_name from duckdb_columns() where database_name = 'ours' "
            "and column_name = 'load_id' and table_name <> 'dim_load'"
        ).fetchall()
        if connection.execute(
            f"select exists (select 1 from {table} where load_id is not null and "
            "load_id not in (select load_id from dim_load))"
        ).fetchall()[0][0]
    ]
    troubles += [f"{table}: rows of a load that does not exist" for table in orphans]
    open_loads = connection.execute(
        "select status, count(*) from dim_load "
        "where status not in ('succeeded', 'interrupted') group by all"
    ).fetchall()
    troubles += [f"loads: {row}" for row in open_loads]
    there = {
        path.relative_to(folder).as_posix()
        for folder in (data / LANDING, data / ARCHIVE)
        for path in folder.rglob("*")
        if path.is_file()
    }
    if there != set(hashes):
        troubles.append(f"files went or came: {sorted(there ^ set(hashes))[:_SHOWN]}")
    return troubles


def _raw(connection: duckdb.DuckDBPyConnection, data: Path) -> list[str]:
    """Every raw copy that is named is there, with the bytes of its hash."""
    named = connection.execute(
        "select raw_file, content_hash from fact_file where raw_file is not null"
    ).fetchall()
    there: dict[str, set[str]] = {}
    for raw_file in {row[0] for row in named}:
        frame = read_raw(data, raw_file)
        there[raw_file] = {
            digest
            for digest, content in frame.select("content_hash", "content").iter_rows()
            if hashlib.sha256(content).hexdigest() == digest
        }
    lost = [row for row in named if row[1] not in there[row[0]]]
    unread = connection.execute(
        "select count(*) from fact_file where content_hash is not null "
        "and raw_file is null and status <> 'duplicate'"
    ).fetchall()[0][0]
    troubles = [f"raw copies are missing: {lost[:_SHOWN]}"] if lost else []
    return troubles + ([f"{unread} files have no raw copy"] if unread else [])


def _site(data: Path, reference: Path) -> list[str]:
    """The site has the pages of the undisturbed one, whole, with links that lead on."""
    folder = data / SITE
    _, pages = read_manifest(folder)
    _, others = read_manifest(reference / SITE)
    troubles = []
    if set(pages) != set(others):
        troubles.append(
            f"site: other pages: {sorted(set(pages) ^ set(others))[:_SHOWN]}"
        )
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    if there != set(pages):
        troubles.append(f"site: other files: {sorted(there ^ set(pages))[:_SHOWN]}")
    spoilt = [
        path
        for path in there & set(pages)
        if hashlib.sha256((folder / path).read_bytes()).hexdigest()
        != pages[path]["sha256"]
    ]
    if spoilt:
        troubles.append(f"site: not as the manifest says: {spoilt[:_SHOWN]}")
    broken = set()
    for page in there:
        if page.endswith(".html"):
            base = posixpath.dirname(page)
            links = _LINK.findall((folder / page).read_text(encoding="utf-8"))
            for link in set(links):
                target = posixpath.join(base, unquote(unescape(link)))
                if posixpath.normpath(target) not in there:
                    broken.add(f"{page} -> {link}")
    if broken:
        troubles.append(f"site: {len(broken)} broken links: {sorted(broken)[:_SHOWN]}")
    return troubles
