"""Where a workspace stands, for monitors: what `qoima status --json` prints.

The keys are documented in docs/monitoring.md and stay as they are. What an error says
of damaged files is told; nothing of an article's text is.
"""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from datetime import UTC, date, datetime
from importlib import metadata
from typing import TYPE_CHECKING, Any

import duckdb

from checks.history_rules import GIVEN_UP_DAYS
from flows.commands.status import SECTIONS, count_waiting
from flows.doctor.folder import size_of
from flows.event_log import log_path
from flows.log_file import numbered
from flows.run import LANDING, REPORTS, WAREHOUSE
from flows.server import answers, next_run, read_record
from flows.site import SITE
from flows.up_lock import LOCK as UP_LOCK
from warehouse.catalog import WarehouseError, open_reports
from warehouse.damage import is_damage
from warehouse.lock import is_held, read_holder
from warehouse.marker import read_marker
from warehouse.migrate import read_version
from warehouse.query import ask
from warehouse.raw import RAW_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from flows.settings import Settings

_LAST_LOAD = """
    select
        load_id,
        run_id,
        status,
        trigger,
        started_at,
        finished_at,
        date_diff('millisecond', started_at, finished_at) / 1000 as seconds,
        files_loaded,
        files_quarantined,
        files_held,
        articles_loaded,
        articles_rejected
    from dim_load
    {where}
    order by started_at desc, load_id desc
    limit 1
"""
_FAILED_CHECKS = """
    select rule_id, severity, failed_count, error is not null as is_error
    from fact_check
    where load_id = $load_id and not is_passed and not is_waived
    order by
        array_position(['critical', 'warning', 'info'], severity),
        rule_id
"""
#: Of a run's event in the log, what is told.
_OF_A_RUN = ("run_id", "status", "files_seen", "articles_loaded", "seconds")
#: The last run's event stands among so many bytes at the end of a log file.
_TAIL = 256 * 1024


def watch(settings: Settings, now: datetime, max_age: float | None) -> dict[str, Any]:
    """Look at a workspace; changes nothing, takes no lock.

    Args:
        settings: the workspace.
        now: the time, UTC.
        max_age: hours after which the last run is too long ago; None: whenever it was.

    Returns:
        What docs/monitoring.md describes, as values for JSON.
    """
    problems: list[dict[str, str]] = []
    state: dict[str, Any] = {
        "at": _moment(now),
        "is_healthy": True,
        "problems": problems,
        "code_version": metadata.version("qoima"),
        "last_run": _last_run(settings, now),
        "running": _running(settings.data, problems),
        "schedule": _schedule(settings.data, problems),
        "disk": _disk(settings),
        **_published(settings, now, problems),
    }
    problems += _of_runs(state["last_run"], max_age)
    state["is_healthy"] = not problems
    return state


def _published(
    settings: Settings, now: datetime, problems: list[dict[str, str]]
) -> dict[str, Any]:
    """What the published warehouse tells; every key is there without one, too."""
    told: dict[str, Any] = {
        "schema_version": None,
        "last_load": None,
        "last_success": None,
        "failed_checks": [],
        "files": {},
        "landing": {"waiting": 0, "pending": 0},
        "sources": [],
        "quarantine": {"open": 0, "reasons": []},
    }
    try:
        with closing(open_reports(settings.data / REPORTS)) as connection:
            told |= _of_tables(connection, settings.data / LANDING, now)
    except WarehouseError as error:
        problems.append(_problem("no_warehouse", str(error)))
        return told
    except (duckdb.Error, OSError) as error:
        if isinstance(error, duckdb.Error) and not is_damage(error):
            raise
        problems.append(_problem("damaged", f"{REPORTS} cannot be read: see doctor"))
        return told
    last = told["last_load"]
    if last and last["status"] != "succeeded":
        text = f"load {last['load_id']} was {last['status']}"
        problems.append(_problem(f"load_{last['status']}", text))
    problems += [
        _problem("source_silent", f"{one['source']}: {one['silent_days']} days")
        for one in told["sources"]
        if one["is_silent"]
        and one["silent_days"] <= GIVEN_UP_DAYS
        and one["source"] != "unknown"
    ]
    return told


def _of_tables(
    connection: duckdb.DuckDBPyConnection, landing: Path, now: datetime
) -> dict[str, Any]:
    def rows(sql: str, **values: Any) -> list[dict[str, Any]]:
        answer = ask(connection, sql, values or None)
        return [
            {
                name: _plain(value)
                for name, value in zip(answer.columns, row, strict=True)
            }
            for row in answer.rows
        ]

    last = _aged(rows(_LAST_LOAD.format(where="")), now)
    success = _aged(rows(_LAST_LOAD.format(where="where status = 'succeeded'")), now)
    waiting, pending = count_waiting(connection, landing)
    quarantine = rows(SECTIONS["Quarantine"])
    return {
        "schema_version": read_version(connection),
        "last_load": last,
        "last_success": success,
        "failed_checks": rows(_FAILED_CHECKS, load_id=last["load_id"]) if last else [],
        "files": {
            row["status"]: row["files"] for row in rows(SECTIONS["Files ever seen"])
        },
        "landing": {"waiting": waiting, "pending": pending},
        "sources": [
            row
            | {
                "is_late": row["state"] in ("late", "silent"),
                "is_silent": row["state"] == "silent",
            }
            for row in rows(SECTIONS["Freshness"], now=now.replace(tzinfo=None))
        ],
        "quarantine": {
            "open": sum(row["open"] for row in quarantine),
            "reasons": quarantine,
        },
    }


def _last_run(settings: Settings, now: datetime) -> dict[str, Any] | None:
    """The last run that ended, as the log tells; it knows of those with nothing new."""
    path = log_path(settings)
    for number in range(settings.log_files):
        for line in reversed(_tail(numbered(path, number))):
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if event.get("event") == "run_ended":
                told = {name: event.get(name) for name in _OF_A_RUN}
                return told | {
                    "finished_at": event["at"],
                    "age_seconds": _age(datetime.fromisoformat(event["at"]), now),
                }
    return None


def _tail(path: Path) -> list[bytes]:
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - _TAIL))
            return file.read().splitlines()
    except OSError:
        return []


def _of_runs(
    last: dict[str, Any] | None, max_age: float | None
) -> list[dict[str, str]]:
    found = []
    if last and last["status"] == "failed":
        found.append(_problem("run_failed", f"run {last['run_id']} failed"))
    if max_age is not None and (last is None or last["age_seconds"] > max_age * 3600):
        when = last["finished_at"] if last else "never"
        found.append(_problem("run_overdue", f"the last run ended: {when}"))
    return found


def _running(data: Path, problems: list[dict[str, str]]) -> dict[str, Any] | None:
    """The run at work now; one that was cut off is a problem."""
    if is_held(data):
        holder = read_holder(data)
        return {
            name: holder.get(name) for name in ("run_id", "pid", "host", "started_at")
        }
    marker = read_marker(data)
    if marker is not None:
        text = f"run {marker.run_id} was cut off; the next run ends its work"
        problems.append(_problem("run_cut_off", text))
    return None


def _schedule(data: Path, problems: list[dict[str, str]]) -> dict[str, Any]:
    record = read_record(data)
    is_up = is_held(data, UP_LOCK)
    url = record.api_url if record and is_up else None
    is_answering = bool(url and answers(url))
    if is_up and record and not is_answering:
        problems.append(_problem("schedule_silent", "the server does not answer"))
    if record and not is_up:
        problems.append(_problem("schedule_ended", "`qoima up` ended without notice"))
    return {
        "is_up": is_up and is_answering,
        "cron": record.cron if record else None,
        "zone": record.zone if record else None,
        "next_run_at": next_run(url) if url and is_answering else None,
    }


def _disk(settings: Settings) -> dict[str, int]:
    data = settings.data
    sizes = {
        "warehouse": data / WAREHOUSE,
        "reports": data / REPORTS,
        "raw": data / RAW_FOLDER,
        "landing": data / LANDING,
        "site": data / SITE,
        "logs": log_path(settings).parent,
    }
    free = shutil.disk_usage(data).free if data.exists() else 0
    told = {f"{name}_bytes": size_of(path) for name, path in sizes.items()}
    return told | {"free_bytes": free}


def _aged(rows: list[dict[str, Any]], now: datetime) -> dict[str, Any] | None:
    if not rows:
        return None
    finished = datetime.fromisoformat(rows[0]["finished_at"])
    return rows[0] | {"age_seconds": _age(finished, now)}


def _age(then: datetime, now: datetime) -> int:
    return int((now - then).total_seconds())


def _plain(value: Any) -> Any:
    """A value for JSON; times of the warehouse are UTC."""
    if isinstance(value, datetime):
        return _moment(value.replace(tzinfo=UTC))
    return value.isoformat() if isinstance(value, date) else value


def _moment(when: datetime) -> str:
    return f"{when:%Y-%m-%dT%H:%M:%S}Z"


def _problem(code: str, text: str) -> dict[str, str]:
    return {"code": code, "text": text}
