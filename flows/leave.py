"""Leaves on the server, as artifacts, what a run did.

Each has a key, under which Prefect shows its history from run to run. Importing this
module imports Prefect; `flows.lazy_engine` sets its environment first.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import ArtifactCreate

from flows.artifact import (
    CHECKS_KEY,
    PASS_KEY,
    SITE_KEY,
    TABLES_KEY,
    check_rows,
    page,
    site_link,
    table_rows,
)
from flows.findings import Found, findings
from flows.row_counts import count_rows
from flows.site import SITE

if TYPE_CHECKING:
    from uuid import UUID

    from flows.run import RunRequest
    from flows.summary import RunSummary


def leave_artifacts(
    run_id: UUID, request: RunRequest, summary: RunSummary, before: dict[str, int]
) -> Found:
    """Leave what a run did, if it loaded or tried to.

    Args:
        run_id: the flow run.
        request: the pass.
        summary: its account.
        before: rows by table before the run.

    Returns:
        What the checks found.
    """
    if not summary.load_ids:
        return Found()
    if request.is_dry_run:
        shown = page(summary, Found(), is_dry_run=True)
        _leave(run_id, PASS_KEY, "markdown", shown, "What the pass would do.")
        return Found()
    found = findings(request.data, summary.load_ids)
    index = request.data / SITE / "index.html"
    site = index.resolve() if index.exists() else None
    _leave(
        run_id,
        PASS_KEY,
        "markdown",
        page(summary, found, site=site, is_dry_run=False),
        "What the pass did, and the checks that failed.",
    )
    _leave(
        run_id,
        CHECKS_KEY,
        "table",
        json.dumps(check_rows(found)),
        "The checks that failed, and what to do about each.",
    )
    _leave(
        run_id,
        TABLES_KEY,
        "table",
        json.dumps(table_rows(before, count_rows(request.data))),
        "Rows of each table now, and how many more than before the run.",
    )
    address = request.settings.site_url or (site.as_uri() if site else None)
    if address:
        _leave(
            run_id, SITE_KEY, "markdown", site_link(address), "Where the site is read."
        )
    return found


def _leave(run_id: UUID, key: str, kind: str, data: str, description: str) -> None:
    with get_client(sync_client=True) as client:
        client.create_artifact(
            ArtifactCreate(
                key=key,
                type=kind,
                data=data,
                description=description,
                flow_run_id=run_id,
            )
        )
