"""DuckDB's extensions, loaded from the wheels of the same version, never fetched."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_WHEEL = "duckdb-extension-"


class ExtensionError(Exception):
    """An extension is not there or does not load; the message says what to do."""


def load_extension(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Load an extension by the path of its file in the wheel.

    Args:
        connection: whose database gets it.
        name: such as postgres_scanner.

    Raises:
        ExtensionError: the wheel is not installed, or holds nothing for this machine.
    """
    path = str(extension_path(name)).replace("'", "''")
    connection.execute(f"load '{path}'")


def extension_path(name: str) -> Path:
    """Where the wheel has put the extension.

    Raises:
        ExtensionError: the wheel is not installed, or holds nothing for this machine.
    """
    wheel = _WHEEL + name.replace("_", "-")
    how = "Install Qoima with its extra: pip install 'qoima[scale]'."
    try:
        files = metadata.files(wheel)
    except metadata.PackageNotFoundError:
        message = f"a lake needs {wheel}, which is not installed. {how}"
        raise ExtensionError(message) from None
    for file in files or ():
        if file.name.endswith(".duckdb_extension"):
            return Path(str(file.locate())).resolve()
    message = f"{wheel} holds no extension for this machine. {how}"
    raise ExtensionError(message)
