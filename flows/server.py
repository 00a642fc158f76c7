"""Finds a Prefect server that is running, without importing Prefect."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path

    from flows.settings import Settings

#: Left by whatever starts a server for a data folder.
SERVER_FILE = "prefect/server.json"
_TIMEOUT_SECONDS = 1.0


def running_server(settings: Settings) -> str | None:
    """Address of the API of a server that answers, else None.

    The setting ``prefect_api_url`` comes first, then the server that was started for
    this data folder.
    """
    for url in (settings.prefect_api_url, _recorded(settings.data)):
        if url and _answers(url):
            return url
    return None


def _recorded(data: Path) -> str | None:
    try:
        url = json.loads((data / SERVER_FILE).read_text())["api_url"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return str(url)


def _answers(url: str) -> bool:
    parts = urlsplit(url)
    kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
    kind = kinds.get(parts.scheme)
    if kind is None or not parts.hostname:
        return False
    connection = kind(parts.hostname, parts.port, timeout=_TIMEOUT_SECONDS)
    try:
        connection.request("GET", parts.path.rstrip("/") + "/health")
        healthy = bool(connection.getresponse().status == http.client.OK)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return healthy
