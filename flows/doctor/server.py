"""Prefect: the server and the schedule of `qoima up`, and how large its database is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.doctor.finding import Finding, megabytes
from flows.server import HOME, answers, read_record
from flows.up_lock import LOCK as UP_LOCK
from warehouse.lock import is_held

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.settings import Settings

DATABASE = f"{HOME}/prefect.db"
_LARGE = 1_000_000_000


def findings(settings: Settings) -> Iterator[Finding]:
    """Look at the server that `qoima up` started, if it did."""
    data = settings.data
    record = read_record(data)
    is_up = is_held(data, UP_LOCK)
    again = "`qoima down`, then `qoima up --detach`"
    if is_up and record and answers(record.api_url):
        yield Finding("ok", "schedule", f"{record.cron}; the server answers")
    elif is_up:
        text = "`qoima up` is at work, its server does not answer (yet)"
        yield Finding("problem" if record else "note", "schedule", text, again)
    elif record:
        text = "`qoima up` ended without notice"
        yield Finding("warning", "schedule", text, "`qoima up --detach`")
    else:
        yield Finding("ok", "schedule", "not up; `qoima run` works without")
    database = data / DATABASE
    if database.exists():
        size = database.stat().st_size
        yield Finding(
            "note" if size > _LARGE else "ok",
            "Prefect's database",
            megabytes(size),
            "Lower keep_prefect_days, then `qoima tidy`." if size > _LARGE else "",
        )
