"""Tells people of incidents: once each, by the addresses of the settings.

An incident is a blocked load, a failed run, a silent outlet or a new reason in the
quarantine. It is told when it is first seen, and again only after it was over. What is
told names rules, outlets and counts, never the text of an article: messages cannot be
forgotten.
"""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from checks.history_rules import GIVEN_UP_DAYS
from flows.run import REPORTS, run_pass
from warehouse.catalog import has_warehouse, open_reports
from warehouse.lock import WarehouseBusyError
from warehouse.query import ask

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from flows.observer import Observer
    from flows.run import Engine, RunRequest
    from flows.settings import Settings
    from flows.summary import RunSummary

#: What was told and is not over, in the data folder.
STATE = "incidents.json"
_FAILED = "failed"

_QUARANTINE = """
    select stage, reason_code, count(*) as open
    from fact_rejection
    where status = 'open'
    group by all
    order by open desc, stage, reason_code
"""
_SILENT = """
    select
        dim_source.source_code,
        rhythm.silent_days,
        rhythm.usual_days
    from source_rhythm($now_at::timestamp) as rhythm
    inner join dim_source on rhythm.source_id = dim_source.source_id
    where
        rhythm.state = 'silent'
        and rhythm.silent_days <= $given_up
        and dim_source.source_code <> 'unknown'
    order by dim_source.source_code
"""


@dataclass(frozen=True)
class Incident:
    """Something that people have to know of.

    Attributes:
        key: the same incident seen again has the same key.
        title: what happened, in a few words.
        body: what happened, and what to do.
    """

    key: str
    title: str
    body: str


def run_and_tell(
    request: RunRequest,
    observer: Observer | None = None,
    engine: Engine | None = None,
) -> RunSummary:
    """Make a pass, and tell people of its incidents where they want it.

    A message that cannot be sent is a line of the summary, and is tried again by the
    next pass; the load stays as it is.

    Args:
        request: the pass; its settings say whom to tell.
        observer: as of `flows.run.run_pass`.
        engine: as of `flows.run.run_pass`.

    Raises:
        Exception: what the pass raises; all but a busy warehouse is told before.
    """
    if request.is_dry_run or not wants_to_know(request.settings):
        return run_pass(request, observer, engine)
    try:
        summary = run_pass(request, observer, engine)
    except WarehouseBusyError:
        raise
    except Exception as error:
        _tell(request, [_of_failure(error)], is_partial=True)
        raise
    summary.notes += _tell(request, _incidents(request, summary))
    return summary


def wants_to_know(settings: Settings) -> bool:
    """Whether anybody is to be told of incidents."""
    return bool(settings.notify or settings.notify_block)


def _of_failure(error: Exception) -> Incident:
    words = " ".join(str(error).split())[:500]
    return Incident(
        f"{_FAILED}:{type(error).__name__}",
        "Qoima: a run failed",
        f"{type(error).__name__}: {words}\n"
        "The warehouse is as it was before the run. What to do: run `qoima doctor`, "
        "mend what it finds, and run again; new files wait.",
    )


def _incidents(request: RunRequest, summary: RunSummary) -> list[Incident]:
    """What is wrong after a pass that came to its end."""
    found = []
    if summary.status != "succeeded":
        rules = sorted({message.split(" ")[0] for message in summary.messages})
        found.append(
            Incident(
                f"blocked:{','.join(rules)}",
                "Qoima: a load is blocked",
                f"{summary.files_held:,} files are held by: {', '.join(rules)}.\n"
                "Nothing of them was loaded. What to do: `qoima checks` shows the rows "
                "and what each rule wants; mend the cause, or let them in by "
                "`qoima run --accept RULE`.",
            )
        )
    if not has_warehouse(request.data / REPORTS):
        return found
    with closing(open_reports(request.data / REPORTS)) as connection:
        waiting = ask(connection, _QUARANTINE).rows
        now = datetime.now(UTC).replace(tzinfo=None)
        silent = ask(
            connection, _SILENT, {"now_at": now, "given_up": GIVEN_UP_DAYS}
        ).rows
    found += [
        Incident(
            f"quarantine:{stage}:{reason}",
            "Qoima: new in quarantine",
            f"{count:,} files or records wait in quarantine for the reason {reason} "
            f"(stage {stage}).\nWhat to do: `qoima quarantine list`, mend the cause, "
            "then `qoima quarantine replay`.",
        )
        for stage, reason, count in waiting
    ]
    found += [
        Incident(
            f"silent:{source}",
            f"Qoima: {source} is silent",
            f"{source} has had no article for {days:,} days; usually {usual:g} pass "
            "from one day with articles to the next.\nWhat to do: look whether the "
            "outlet still writes, and whether its files reach the landing folder.",
        )
        for source, days, usual in silent
    ]
    return found


def _tell(
    request: RunRequest, incidents: Iterable[Incident], *, is_partial: bool = False
) -> list[str]:
    """Tell what is new; returns what could not be told, as lines.

    Args:
        request: the pass.
        incidents: all that there are now.
        is_partial: whether others may go on that were not looked for.
    """
    path = request.data / STATE
    told = _read_state(path)
    now = {incident.key: incident for incident in incidents}
    open_keys = set(now) | (told if is_partial else set())
    trouble = []
    for key, incident in now.items():
        if key in told:
            continue
        failed = _send(request.settings, incident)
        if failed:
            open_keys.discard(key)
            trouble.append(f"not told of {key}: {', '.join(failed)}")
    if open_keys != told:
        partial = path.with_suffix(".new")
        partial.write_text(
            json.dumps(sorted(open_keys), ensure_ascii=False), encoding="utf-8"
        )
        partial.replace(path)
    return trouble


def _read_state(path: Path) -> set[str]:
    try:
        return set(json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):
        return set()


def _send(settings: Settings, incident: Incident) -> list[str]:
    """Send one message everywhere; returns the addresses that did not take it."""
    failed = []
    if settings.notify:
        from apprise import Apprise, NotifyFormat

        for address in settings.notify:
            channel = Apprise()
            is_sent = channel.add(address) and channel.notify(
                title=incident.title,
                body=incident.body,
                body_format=NotifyFormat.TEXT,
            )
            if not is_sent:
                failed.append(_public(address))
    if settings.notify_block:
        from flows.notify_block import notify_block

        trouble = notify_block(settings.notify_block, incident.title, incident.body)
        failed += [trouble] if trouble else []
    return failed


def _public(address: str) -> str:
    """An address without what may be secret in it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.hostname or ''}"
