"""The manifest of a backup: what it holds, and whether that is as it was written."""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.catalog import WarehouseError, open_as_is
from warehouse.lock import LOCK_NAME

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "manifest.json"
#: The name of the warehouse in every backup.
WAREHOUSE_FILE = "warehouse.duckdb"
#: What else may stand at the top of a backup: folders, and files by their beginning.
FOLDERS = ("raw", "seeds", "stage")
OURS = (*FOLDERS, "warehouse.", "qoima.", MANIFEST, LOCK_NAME)
FORMAT = 1


class BackupError(Exception):
    """A backup cannot be used as it is; the message names the file."""


@dataclass(frozen=True)
class StoredFile:
    """One file of a backup.

    Attributes:
        stored: where it lies in the backup's folder.
        size: bytes.
        sha256: of the bytes.
        modified_ns: when the file that was copied had been changed.
    """

    stored: str
    size: int
    sha256: str
    modified_ns: int


@dataclass(frozen=True)
class TableSum:
    """How many rows a table has, and the sum of their hashes, in whatever order."""

    rows: int
    checksum: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    Attributes:
        backup_id: names it.
        made_at: when, UTC.
        code_version: of the Qoima that made it.
        duckdb_version: of the DuckDB that hashed the rows: others may hash otherwise.
        schema_version: of the warehouse.
        born_at: when the warehouse was made; tells one warehouse from another.
        tables: table to its rows.
        files: name, relative to the data folder or the workspace, to its copy.
    """

    backup_id: str
    made_at: str
    code_version: str
    duckdb_version: str
    schema_version: int | None
    born_at: str
    tables: dict[str, TableSum]
    files: dict[str, StoredFile]

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables.values())

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files.values())


def table_sums(path: Path) -> dict[str, TableSum]:
    """Count and sum up every table of a warehouse file, of whatever schema.

    The sum is that of DuckDB's hashes of whole rows: it does not depend on their
    order, and two equal rows do not cancel each other out.
    """
    with closing(open_as_is(path)) as connection:
        names = connection.execute(
            """
            select table_name
            from duckdb_tables()
            where database_name = current_database() and not internal and not temporary
            order by table_name
            """
        ).fetchall()
        return {name: _sum_of(connection, name) for (name,) in names}


def _sum_of(connection: duckdb.DuckDBPyConnection, table: str) -> TableSum:
    row = connection.execute(
        "select count(*), coalesce(sum(hash(whole_row)::hugeint), 0)::varchar "
        f'from "{table}" as whole_row'
    ).fetchone()
    return TableSum(*row) if row else TableSum(0, "0")


def read_birth(connection: duckdb.DuckDBPyConnection) -> str:
    """When a warehouse was made: it stays the same in all its copies."""
    row = connection.execute(
        "select min(applied_at)::varchar from schema_version"
    ).fetchone()
    return str(row[0]) if row else ""


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup.

    Raises:
        BackupError: there is none, or it is not as it was written.
    """
    path = folder / MANIFEST
    try:
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        found = (document.pop("format"), document.pop("sha256"))
        tables = {name: TableSum(**one) for name, one in document["tables"].items()}
        files = {name: StoredFile(**one) for name, one in document["files"].items()}
        manifest = Manifest(**document | {"tables": tables, "files": files})
    except (FileNotFoundError, NotADirectoryError):
        message = f"{path}: no such file: {folder} is no whole backup of Qoima."
        raise BackupError(message) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        message = f"{path}: it is cut short or changed: take another backup."
        raise BackupError(message) from None
    if found != (FORMAT, digest_of(document)) or not _is_inside(manifest):
        message = f"{path}: it is changed, or of a newer Qoima: take another backup."
        raise BackupError(message)
    return manifest


def verify_files(folder: Path, manifest: Manifest) -> None:
    """Compare every file of a backup with its manifest.

    Raises:
        BackupError: a file is missing, cut short or changed; the message names it.
    """
    for file in manifest.files.values():
        verify_file(folder / file.stored, file)


def verify_file(path: Path, file: StoredFile) -> None:
    """Compare one copy with what the manifest says of it.

    Raises:
        BackupError: it is missing, cut short or changed.
    """
    size = size_of(path)
    if size is None:
        message = f"{path}: it is missing from the backup."
    elif size < file.size:
        message = f"{path}: it is cut short, {size:,} of {file.size:,} bytes."
    elif size != file.size or sha256_of(path) != file.sha256:
        message = f"{path}: it is not as the manifest has it (SHA-256)."
    else:
        return
    raise BackupError(message)


def verify_tables(
    path: Path, folder: Path, manifest: Manifest
) -> list[tuple[str, int, bool]]:
    """Compare the tables of a warehouse file with those of a backup.

    Where another DuckDB made the sums, they are made anew from the backup's own file.

    Args:
        path: the file to look at.
        folder: the backup's.
        manifest: the backup's.

    Returns:
        Each table of either with its rows, and whether rows and sum are equal.

    Raises:
        BackupError: the file does not open.
    """
    expected = manifest.tables
    try:
        if manifest.duckdb_version != duckdb.__version__:
            sums = table_sums(folder / manifest.files[WAREHOUSE_FILE].stored)
            expected = {
                name: TableSum(table.rows, sums[name].checksum if name in sums else "")
                for name, table in expected.items()
            }
        found = table_sums(path)
    except (WarehouseError, duckdb.Error) as error:
        message = f"{path}: {str(error).splitlines()[0]}"
        raise BackupError(message) from error
    nothing = TableSum(0, "")
    return [
        (name, found.get(name, nothing).rows, found.get(name) == expected.get(name))
        for name in sorted(found.keys() | expected.keys())
    ]


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_of(body: dict[str, Any]) -> str:
    """The SHA-256 of a manifest's values, by which a changed one is known."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _is_inside(manifest: Manifest) -> bool:
    """Whether no name leads out of the folder: a manifest can come from anywhere."""
    names = [*manifest.files, *(file.stored for file in manifest.files.values())]
    return WAREHOUSE_FILE in manifest.files and all(
        ".." not in PurePosixPath(name).parts and name.startswith(OURS)
        for name in names
    )


def size_of(path: Path) -> int | None:
    """Bytes of a file; null where there is none."""
    try:
        return path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return None
