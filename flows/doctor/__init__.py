"""``qoima doctor``: looks at everything, changes nothing, asks nobody over the network.

The one exception is the scheduler that the setting ``dask_address`` names.

No lock is taken, so a run is never kept out; what a run at work holds is left alone.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.doctor.finding import LEVELS, Finding

if TYPE_CHECKING:
    from flows.settings import Settings

__all__ = ["LEVELS", "Finding", "examine"]


def examine(settings: Settings) -> list[Finding]:
    """Look at a workspace and the machine.

    Returns:
        A finding for each thing that was looked at, the worst first.
    """
    from flows.doctor import engine, folder, machine, server, warehouse

    now = datetime.now(UTC)
    findings = [
        *machine.findings(),
        *folder.findings(settings, now),
        *warehouse.findings(settings, now),
        *server.findings(settings),
        *engine.findings(settings),
    ]
    return sorted(findings, key=lambda found: LEVELS.index(found.level))
