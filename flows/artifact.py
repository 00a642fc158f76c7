"""What a pass did, for the pages of the Prefect server: a sentence and a page.

Neither shows anything of the articles' text: the server's database is no place for
it, and it could not be forgotten there.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from flows.findings import Cause, FailedCheck, Found
    from flows.summary import RunSummary

PASS_KEY, CHECKS_KEY = "qoima-pass", "qoima-checks"
TABLES_KEY, SITE_KEY = "qoima-tables", "qoima-site"
#: Punctuation that Markdown gives a meaning to inside a line (CommonMark, GFM).
_MARKUP = re.compile(r"([\\`*_{}\[\]!|~])")

#: What stays as it is in an address; the rest is escaped, so that it ends no link.
_ADDRESS = "/:?#[]@!$&'()*+,;=%~"

_FILES = ("loaded", "unchanged", "duplicate", "quarantined", "pending", "held")
_ARTICLES = ("loaded", "unchanged", "rejected")


def sentence(summary: RunSummary) -> str:
    """The counts of a pass in one line; what is zero is left out."""
    if not summary.load_ids and not (summary.files_pending or summary.files_held):
        return f"Nothing new: {summary.files_unchanged:,} files known."
    files = _listed(summary, "files", _FILES)
    articles = _listed(summary, "articles", _ARTICLES)
    parts = [f"{summary.files_seen:,} files seen{files}"]
    parts.append(f"{summary.records_read:,} articles read{articles}")
    return "; ".join(parts) + "."


def page(
    summary: RunSummary, found: Found, *, site: Path | None = None, is_dry_run: bool
) -> str:
    """The account of a pass, what its checks found and what waits, in Markdown.

    Args:
        summary: the account.
        found: failed checks with their causes, and the quarantine.
        site: the first page of the report site, where there is one.
        is_dry_run: whether nothing was kept.
    """
    kind = "Dry run" if is_dry_run else "Run"
    lines = [
        f"# {kind} {_escape(summary.run_id)}: {_escape(summary.status)}",
        "",
        f"{summary.seconds:.1f} s, {len(summary.load_ids):,} loads.",
        "",
        "| | files | articles |",
        "|---|---:|---:|",
        f"| seen | {summary.files_seen:,} | {summary.records_read:,} |",
    ]
    lines += [_count_row(summary, name) for name in (*_FILES, "rejected")]
    lines += ["", "## Failed checks", ""]
    if is_dry_run:
        lines.append("A dry run keeps no check results.")
    else:
        lines += _table(
            "rule | severity | failed | of checked | what to do",
            "---|---|---:|---:|---",
            [_check_row(check) for check in found.failed],
        )
        if found.causes:
            lines += ["", "## What broke them", ""]
            lines += _table(
                "rule | outlet | format | parser version | rows",
                "---|---|---|---|---:",
                [_cause_row(cause) for cause in found.causes],
            )
        lines += ["", "## In quarantine", ""]
        lines += _table(
            "stage | reason | open",
            "---|---|---:",
            [
                f"| {_escape(one.stage)} | {_escape(one.reason)} | {one.count:,} |"
                for one in found.waiting
            ],
        )
    if site:
        lines += ["", f"Report site: {_escape(str(site))}"]
    lines += ["", "More: `qoima status`, `qoima checks`, `qoima quarantine list`."]
    return "\n".join(lines) + "\n"


def check_rows(found: Found) -> list[dict[str, str | int]]:
    """The failed checks as rows; one that says so where none failed."""
    rows: list[dict[str, str | int]] = [
        {
            "rule": check.rule_id,
            "severity": _severity(check),
            "failed": check.failed_count if check.could_run else "could not run",
            "of checked": check.checked_count,
            "what to do": check.remedy,
        }
        for check in found.failed
    ]
    return rows or [{"rule": "all passed"}]


def table_rows(before: dict[str, int], after: dict[str, int]) -> list[dict[str, Any]]:
    """Rows of each table after a run and how many more than before it.

    Tables that the run changed come first.
    """
    rows = [
        {"table": name, "rows": count, "more": count - before.get(name, 0)}
        for name, count in after.items()
    ]
    return sorted(rows, key=lambda row: (row["more"] == 0, row["table"]))


def site_link(address: str) -> str:
    """Where the report site is: a link, or for a file, to which none leads, a text."""
    safe = quote(address, safe=_ADDRESS)
    if not address.startswith("file:"):
        return f"[Report site](<{safe}>)"
    return (
        f"Report site: `{safe}`\n\nBrowsers do not follow a link from here to a file: "
        "open it from disk, or serve the folder and set `site_url`."
    )


def _table(head: str, rule: str, rows: list[str]) -> list[str]:
    return [f"| {head} |", f"|{rule}|", *rows] if rows else ["None."]


def _cause_row(cause: Cause) -> str:
    cells = (cause.rule_id, cause.source, cause.format, cause.parser_version)
    return f"| {' | '.join(_escape(cell) for cell in cells)} | {cause.row_count:,} |"


def _listed(summary: RunSummary, unit: str, names: Iterable[str]) -> str:
    counts = {name: getattr(summary, f"{unit}_{name}") for name in names}
    said = [f"{count:,} {name}" for name, count in counts.items() if count]
    return f": {', '.join(said)}" if said else ""


def _count_row(summary: RunSummary, name: str) -> str:
    files = getattr(summary, f"files_{name}", None)
    articles = getattr(summary, f"articles_{name}", None)
    shown = ("" if count is None else f"{count:,}" for count in (files, articles))
    return f"| {name} | {' | '.join(shown)} |"


def _check_row(check: FailedCheck) -> str:
    failed = f"{check.failed_count:,}" if check.could_run else "could not run"
    cells = (_escape(check.rule_id), _escape(_severity(check)), failed)
    remedy = _escape(check.remedy)
    return f"| {' | '.join(cells)} | {check.checked_count:,} | {remedy} |"


def _severity(check: FailedCheck) -> str:
    accepted = ", accepted" if check.is_accepted else ""
    waived = ", waived" if check.is_waived else ""
    return f"{check.severity}{accepted}{waived}"


def _escape(text: str) -> str:
    """Text that Markdown and HTML show as it is, on one line."""
    return _MARKUP.sub(r"\\\1", html.escape(" ".join(text.split()), quote=False))
