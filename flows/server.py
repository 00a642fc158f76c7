"""Finds a Prefect server that is running, without importing Prefect."""

from __future__ import annotations

import http.client
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path

    from flows.settings import Settings

#: Where Prefect keeps its state, below the data folder.
HOME = "prefect"
#: Left by whatever starts a server for a data folder.
SERVER_FILE = f"{HOME}/server.json"
_TIMEOUT_SECONDS = 1.0


@dataclass(frozen=True)
class ServerRecord:
    """What `qoima up` started for a data folder, as ``server.json`` tells it.

    Attributes:
        api_url: address of the API.
        ui_url: address of the pages.
        pid: the process of `qoima up`, which stops the other two.
        server_pid: the server.
        schedule_pid: the process that starts the passes.
        cron: when.
        zone: in which time zone.
    """

    api_url: str
    ui_url: str
    pid: int
    server_pid: int
    schedule_pid: int
    cron: str
    zone: str


def running_server(settings: Settings) -> str | None:
    """Address of the API of a server that answers, else None.

    The setting ``prefect_api_url`` comes first, then the server that was started for
    this data folder.
    """
    recorded = read_record(settings.data)
    for url in (settings.prefect_api_url, recorded and recorded.api_url):
        if url and answers(url):
            return url
    return None


def read_record(data: Path) -> ServerRecord | None:
    """What was started for a data folder; it may have ended without notice since."""
    try:
        return ServerRecord(**json.loads((data / SERVER_FILE).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def write_record(data: Path, record: ServerRecord) -> None:
    """Let others find the server; the file appears whole."""
    path = data / SERVER_FILE
    part = path.with_suffix(".part")
    part.write_text(json.dumps(asdict(record), indent=2) + "\n")
    part.replace(path)


def remove_record(data: Path) -> None:
    """The server has ended."""
    (data / SERVER_FILE).unlink(missing_ok=True)


def answers(url: str) -> bool:
    """Whether a Prefect API at this address says that it is well."""
    return _ask(url, "GET", "/health") is not None


def next_run(url: str) -> str | None:
    """When the next run is due, as the server says it (ISO 8601), if it says so."""
    asked = {
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
        "sort": "EXPECTED_START_TIME_ASC",
        "limit": 1,
    }
    answer = _ask(url, "POST", "/flow_runs/filter", json.dumps(asked))
    try:
        return str(json.loads(answer or b"")[0]["expected_start_time"])
    except (ValueError, LookupError, TypeError):
        return None


def _ask(url: str, method: str, path: str, body: str | None = None) -> bytes | None:
    """What the API answers if all is well there, else None."""
    parts = urlsplit(url)
    kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
    kind = kinds.get(parts.scheme)
    if kind is None or not parts.hostname:
        return None
    connection = kind(parts.hostname, parts.port, timeout=_TIMEOUT_SECONDS)
    try:
        headers = {"Content-Type": "application/json"} if body else {}
        connection.request(method, parts.path.rstrip("/") + path, body, headers)
        answer = connection.getresponse()
        return answer.read() if answer.status == http.client.OK else None
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
