"""What the warehouse remembers of files: hints, contents, and what still waits."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    import duckdb
    import polars as pl

#: The hint of one path: size, modification time, change time (nanoseconds).
Hint = tuple[int, int, int]


def known_files(
    connection: duckdb.DuckDBPyConnection, inputs: pl.DataFrame
) -> pl.DataFrame:
    """Files that share an id or a content with the inputs.

    Args:
        connection: the warehouse.
        inputs: file_id, content_hash.

    Returns:
        file_id, content_hash, status, raw_file, seen_at, arrived_at (UTC).
    """
    connection.register("inputs", inputs.select("file_id", "content_hash").to_arrow())
    try:
        return connection.execute(
            """
            select
                file_id,
                content_hash,
                status,
                raw_file,
                seen_at at time zone 'UTC' as seen_at,
                arrived_at at time zone 'UTC' as arrived_at
            from fact_file
            where
                content_hash in (select inputs.content_hash from inputs)
                or file_id in (select inputs.file_id from inputs)
            """
        ).pl()
    finally:
        connection.unregister("inputs")


def held_files(
    connection: duckdb.DuckDBPyConnection, *, without: Collection[int] = ()
) -> pl.DataFrame:
    """Files of blocked, failed or interrupted loads, which come again.

    Args:
        connection: the warehouse.
        without: file_ids that this pass has seen already.

    Returns:
        file_id, content_hash, raw_file, path, format, size_bytes; those with a raw
        copy only.
    """
    return connection.execute(
        """
        select file_id, content_hash, raw_file, path, format, size_bytes
        from fact_file
        where
            status = 'held'
            and raw_file is not null
            and not list_contains($without::bigint [], file_id)
        order by path, file_id
        """,
        {"without": list(without)},
    ).pl()


def raw_copies(
    connection: duckdb.DuckDBPyConnection, file_ids: Collection[int]
) -> pl.DataFrame:
    """Where the raw zone keeps the bytes of these files.

    Returns:
        file_id, content_hash, raw_file, path, format, size_bytes; those with a raw
        copy only.
    """
    return connection.execute(
        """
        select file_id, content_hash, raw_file, path, format, size_bytes
        from fact_file
        where raw_file is not null and list_contains($file_ids::bigint [], file_id)
        order by path, file_id
        """,
        {"file_ids": list(file_ids)},
    ).pl()


def oversized_files(connection: duckdb.DuckDBPyConnection) -> set[int]:
    """Files that were refused for their size, which a higher limit lets in."""
    rows = connection.execute(
        "select file_id from fact_rejection "
        "where reason_code = 'too_large' and status = 'open'"
    ).fetchall()
    return {row[0] for row in rows}


def known_members(
    connection: duckdb.DuckDBPyConnection, prefix: str
) -> set[tuple[str, int, datetime]]:
    """Members of an archive that were decided on.

    Args:
        connection: the warehouse.
        prefix: the archive's path and what parts it from its members'.

    Returns:
        Path, size, and when the archive was modified (UTC), as they were then.
    """
    rows = connection.execute(
        """
        select path, size_bytes, modified_at
        from fact_file
        where status <> 'held' and starts_with(path, $prefix)
        """,
        {"prefix": prefix},
    ).fetchall()
    return {(path, size, modified.replace(tzinfo=UTC)) for path, size, modified in rows}


def settled_paths(
    connection: duckdb.DuckDBPyConnection, root_id: int
) -> dict[str, tuple[int, int]]:
    """Paths whose articles are safely in: path to (size, modification time)."""
    rows = connection.execute(
        """
        select file_hint.path, file_hint.size_bytes, file_hint.modified_ns
        from file_hint
        inner join fact_file on file_hint.file_id = fact_file.file_id
        where
            file_hint.root_id = $root_id
            and fact_file.status in ('loaded', 'duplicate')
        union all
        select archive.path, archive.size_bytes, archive.modified_ns
        from file_hint as archive
        inner join fact_file as member
            on starts_with(member.path, archive.path || '::')
        where archive.root_id = $root_id
        group by archive.path, archive.size_bytes, archive.modified_ns
        having bool_and(member.status in ('loaded', 'duplicate'))
        """,
        {"root_id": root_id},
    ).fetchall()
    return {row[0]: (row[1], row[2]) for row in rows}


def write_hints(connection: duckdb.DuckDBPyConnection, hints: pl.DataFrame) -> None:
    """Remember under which size and times files were read.

    Args:
        connection: the warehouse, in a transaction.
        hints: root_id, path, size_bytes, modified_ns, changed_ns, file_id.
    """
    connection.register("hints", hints.to_arrow())
    connection.execute(
        """
        delete from file_hint
        using hints
        where file_hint.root_id = hints.root_id and file_hint.path = hints.path
        """
    )
    connection.execute("insert into file_hint by name select * from hints")
    connection.unregister("hints")


def read_hints(
    connection: duckdb.DuckDBPyConnection, root_id: int
) -> dict[str, tuple[Hint, int]]:
    """The hints of one landing root: path to (size and times, file_id).

    The key stands in the statement, as a number: binding a parameter makes DuckDB
    import pandas, a third of a second that a pass with nothing new need not spend.
    """
    rows = connection.execute(
        "select path, size_bytes, modified_ns, changed_ns, file_id "
        f"from file_hint where root_id = {root_id:d}"
    ).fetchall()
    return {row[0]: (row[1:4], row[4]) for row in rows}
