"""What one run did, as it is printed and as ``--json`` gives it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

#: A run's exit code by its status.
EXIT_CODES = {"succeeded": 0, "blocked": 1, "failed": 1}


@dataclass
class RunSummary:
    """Counts of one pass; the account closes over files and over records.

    files_seen = loaded + unchanged + duplicate + quarantined + pending + held, and
    records_read = articles_loaded + articles_unchanged + articles_rejected (in loads
    that were not blocked). `messages` are failed rules, `notes` what else was done.
    """

    run_id: str
    load_ids: list[str] = field(default_factory=list)
    status: str = "succeeded"
    files_seen: int = 0
    files_loaded: int = 0
    files_unchanged: int = 0
    files_duplicate: int = 0
    files_quarantined: int = 0
    files_pending: int = 0
    files_held: int = 0
    records_read: int = 0
    articles_loaded: int = 0
    articles_unchanged: int = 0
    articles_rejected: int = 0
    seconds: float = 0.0
    step_seconds: dict[str, float] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The summary as plain values, for JSON."""
        return asdict(self)

    @property
    def exit_code(self) -> int:
        """The command's exit code."""
        return EXIT_CODES[self.status]

    @property
    def is_balanced(self) -> bool:
        """Whether every input is accounted for."""
        return self.files_seen == (
            self.files_loaded
            + self.files_unchanged
            + self.files_duplicate
            + self.files_quarantined
            + self.files_pending
            + self.files_held
        )
