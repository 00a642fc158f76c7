"""The warehouse: whether it opens, its schema, last load, quarantine and copies."""

from __future__ import annotations

from contextlib import closing, suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import duckdb

from flows.backup import BACKUP
from flows.doctor.finding import Finding
from flows.doctor.lake import lake_findings
from flows.errors import UserError
from flows.run import REPORTS, WAREHOUSE
from warehouse.catalog import (
    WarehouseError,
    open_as_is,
    open_reports,
)
from warehouse.damage import (
    explain_damage,
    is_damage,
    is_open_elsewhere,
    refuse_lost,
)
from warehouse.free_space import free_bytes
from warehouse.lock import is_held
from warehouse.manifest import MANIFEST, BackupError, read_manifest
from warehouse.migrate import load_migrations, newest_version, read_version
from warehouse.place import lake_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flows.settings import Settings

#: A clock may be so far off without a word.
_SET_BACK = timedelta(minutes=5)
_FAR_AHEAD = timedelta(days=366)
_OLD_BACKUP = timedelta(days=31)


def findings(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Look at the warehouse; at the published file where a run has it open."""
    data = settings.data
    yield _seeds(settings)
    lake = lake_at(data / WAREHOUSE)
    if lake is not None:
        yield from lake_findings(lake, data)
        with suppress(WarehouseError), closing(open_reports(data / REPORTS)) as reader:
            yield from _inside(reader, now.replace(tzinfo=None))
        return
    if not (data / WAREHOUSE).exists():
        yield _absent(data / WAREHOUSE)
        return
    yield from _published(data)
    # A run at work writes the one, so the other is asked.
    path = data / (REPORTS if is_held(data) else WAREHOUSE)
    try:
        with closing(open_as_is(path)) as connection:
            yield from _inside(connection, now.replace(tzinfo=None))
            yield _free_blocks(settings, connection, path)
    except (WarehouseError, duckdb.Error) as error:
        yield _does_not_open(path, error)
    yield _backup(data.parent / BACKUP, now)


def _seeds(settings: Settings) -> Finding:
    from flows.references import load_references

    try:
        load_references(settings.seeds)
    except UserError as error:
        return Finding("problem", "reference tables", str(error), "Mend the row.")
    where = f"{settings.seeds} over the packaged" if settings.seeds else "the packaged"
    return Finding("ok", "reference tables", f"{where} ones are valid")


def _absent(path: Path) -> Finding:
    try:
        refuse_lost(path)
    except WarehouseError as error:
        return Finding(
            "problem", "warehouse", str(error), "qoima restore BACKUP --replace"
        )
    return Finding("note", "warehouse", "none yet", "Make it with `qoima run`.")


def _published(data: Path) -> Iterator[Finding]:
    reports = data / REPORTS
    if not reports.exists():
        yield Finding("warning", "reports", "nothing is published", "`qoima run`")
        return
    try:
        with closing(open_as_is(reports)) as connection:
            connection.execute("select count(*) from fact_article").fetchone()
    except (WarehouseError, duckdb.Error) as error:
        yield Finding(
            "problem",
            "reports",
            str(error).splitlines()[0],
            f"Remove {reports} and run `qoima run`: it publishes it anew.",
        )
    else:
        yield Finding("ok", "reports", f"{reports} opens")


def _does_not_open(path: Path, error: Exception) -> Finding:
    if is_open_elsewhere(error):
        text = f"{path} is open in another program"
        return Finding("warning", "warehouse", text, "Close it there before a run.")
    text = (
        explain_damage(path, error, is_published=False)
        if is_damage(error)
        else str(error).splitlines()[0]
    )
    return Finding(
        "problem",
        "warehouse",
        text,
        "qoima restore BACKUP --replace, if it is damaged.",
    )


def _inside(connection: duckdb.DuckDBPyConnection, now: datetime) -> Iterator[Finding]:
    yield _schema(connection)
    yield _last_load(connection, now)
    yield _quarantine(connection)


def _free_blocks(
    settings: Settings, connection: duckdb.DuckDBPyConnection, path: Path
) -> Finding:
    share = free_bytes(connection, path) / path.stat().st_size
    is_loose = share > settings.compact_free_percent / 100
    return Finding(
        "note" if is_loose else "ok",
        "free blocks",
        f"{share:.0%} of the warehouse file",
        "`qoima tidy` writes it anew without them." if is_loose else "",
    )


def _schema(connection: duckdb.DuckDBPyConnection) -> Finding:
    migrations = load_migrations()
    version, newest = read_version(connection), newest_version(migrations)
    if version is None or version > newest:
        return Finding(
            "problem",
            "schema",
            f"version {version}, this Qoima works with {newest}",
            "Install the Qoima that made it, or a newer one.",
        )
    pending = [one.name for one in migrations if one.version > version]
    if pending:
        return Finding(
            "note",
            "schema",
            f"version {version} of {newest}; waiting: {', '.join(pending)}",
            "`qoima backup`, then `qoima run` brings it up to date.",
        )
    return Finding("ok", "schema", f"version {version}")


def _last_load(connection: duckdb.DuckDBPyConnection, now: datetime) -> Finding:
    row = connection.execute(
        """
        select load_id, status, started_at, finished_at
        from dim_load
        order by finished_at desc
        limit 1
        """
    ).fetchone()
    if row is None:
        return Finding("note", "last load", "none yet", "Make one with `qoima run`.")
    load_id, status, _, finished_at = row
    if finished_at > now + _SET_BACK:
        return Finding(
            "problem",
            "last load",
            f"{load_id} ended at {finished_at:%Y-%m-%d %H:%M} UTC, after now: "
            "the clock was set back, or was ahead then",
            "Set the clock: what loads now would count as older than what is there.",
        )
    if now - finished_at > _FAR_AHEAD:
        return Finding(
            "warning",
            "last load",
            f"{load_id} ended {(now - finished_at).days} days ago",
            "If that is not so, the clock is ahead: set it before the next run.",
        )
    if status in {"blocked", "failed"}:
        return Finding(
            "warning",
            "last load",
            f"{load_id} was {status}",
            "`qoima checks` says why.",
        )
    return Finding("ok", "last load", f"{load_id} {status}")


def _quarantine(connection: duckdb.DuckDBPyConnection) -> Finding:
    row = connection.execute(
        """
        select
            (select count(*) from fact_rejection where status = 'open') as rejections,
            (select count(*) from fact_file where status = 'held') as held
        """
    ).fetchone()
    rejections, held = row or (0, 0)
    text = f"{rejections} open rejections, {held} files held"
    if held:
        return Finding("warning", "quarantine", text, "`qoima run` tries them again.")
    if rejections:
        return Finding("note", "quarantine", text, "`qoima quarantine list`")
    return Finding("ok", "quarantine", text)


def _backup(folder: Path, now: datetime) -> Finding:
    """The backup beside the data; of one elsewhere nothing is known here."""
    if not (folder / MANIFEST).exists():
        return Finding(
            "note",
            "backup",
            f"none in {folder}",
            "`qoima backup FOLDER`, on another disk, if there is none elsewhere.",
        )
    try:
        manifest = read_manifest(folder)
    except BackupError as error:
        return Finding("warning", "backup", str(error), f"`qoima backup {folder}`")
    age = now - datetime.fromisoformat(manifest.made_at)
    return Finding(
        "note" if age > _OLD_BACKUP else "ok",
        "backup",
        f"{folder}, {age.days} days old",
        f"`qoima backup {folder}`" if age > _OLD_BACKUP else "",
    )
