"""``qoima status``."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.commands.checks import ending_waivers
from flows.landing import Root, discover, is_pending_name
from flows.output import as_table
from flows.plan import is_known
from flows.run import LANDING, REPORTS
from flows.settings import load_settings
from warehouse.catalog import open_reports
from warehouse.ledger import read_hints
from warehouse.lock import read_holder
from warehouse.query import ask

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

#: What is shown, in this order; `flows.monitor` tells the same to programs.
SECTIONS = {
    "Last loads": """
        select
            load_id,
            status,
            trigger,
            started_at,
            files_loaded,
            files_quarantined,
            files_held,
            articles_loaded,
            articles_rejected,
            status_reason
        from dim_load
        order by started_at desc, load_id desc
        limit 5
    """,
    "Files ever seen": """
        select status, count(*) as files, max(seen_at) as newest_seen_at
        from fact_file
        group by status
        order by status
    """,
    "Freshness": """
        with outlet as (
            select
                source_id,
                count(*) as articles,
                max(published_date) as newest_date,
                max(arrived_at) as last_arrival_at
            from fact_article
            where is_current
            group by source_id
        )

        select
            dim_source.source_code as source,
            outlet.articles,
            outlet.newest_date,
            outlet.last_arrival_at,
            rhythm.usual_days,
            rhythm.long_days,
            rhythm.silent_days,
            rhythm.state
        from outlet
        inner join dim_source on outlet.source_id = dim_source.source_id
        left join source_rhythm($now) as rhythm
            on outlet.source_id = rhythm.source_id
        order by
            list_position(['silent', 'late', 'fresh', 'no_rhythm'], state) nulls last,
            newest_date desc nulls last,
            source
    """,
    "Quarantine": """
        select stage, reason_code as reason, count(*) as open
        from fact_rejection
        where status = 'open'
        group by stage, reason_code
        order by open desc, reason
    """,
}


def status_command(
    data: Path | None, *, as_json: bool = False, max_age: float | None = None
) -> int:
    """Print where the warehouse stands; reads the published file only.

    Args:
        data: the data folder.
        as_json: for monitors: one line, and exit code 1 where something is wrong.
        max_age: hours after which the last run is too long ago, for monitors.
    """
    settings = load_settings(data=data)
    if as_json:
        from flows.monitor import watch

        state = watch(settings, datetime.now(UTC), max_age)
        sys.stdout.write(json.dumps(state, ensure_ascii=False) + "\n")
        return int(not state["is_healthy"])
    now = datetime.now(UTC).replace(tzinfo=None)
    with closing(open_reports(settings.data / REPORTS)) as connection:
        for title, sql in SECTIONS.items():
            told = {"now": now} if "$now" in sql else None
            answer = ask(connection, sql, told)
            body = as_table(answer) if answer.rows else "none\n"
            sys.stdout.write(f"{title}\n{body}\n")
        waiting, pending = count_waiting(connection, settings.data / LANDING)
        for line in ending_waivers(connection, datetime.now(UTC).date()):
            sys.stdout.write(f"{line}\n")
    sys.stdout.write(
        f"Waiting in {settings.data / LANDING}: {waiting} new or changed files, "
        f"{pending} still being written\n"
    )
    holder = read_holder(settings.data)
    if holder:
        sys.stdout.write(
            f"At work now, or cut off: run {holder.get('run_id')} "
            f"(process {holder.get('pid')} on {holder.get('host')})\n"
        )
    return 0


def count_waiting(
    connection: duckdb.DuckDBPyConnection, landing: Path
) -> tuple[int, int]:
    """New or changed files in the landing folder, and those still being written."""
    if not landing.is_dir():
        return 0, 0
    root = Root(landing)
    hints = read_hints(connection, root.root_id)
    waiting = pending = 0
    for found in discover(root):
        if is_known(found, hints):
            continue
        if is_pending_name(found.path):
            pending += 1
        else:
            waiting += 1
    return waiting, pending
