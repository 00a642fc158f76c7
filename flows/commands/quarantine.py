"""``qoima quarantine``."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import typer

from flows.commands.run import perform
from flows.errors import UserError
from flows.output import Format, as_table, write_answer
from flows.run import REPORTS, WAREHOUSE, RunRequest, new_id
from flows.settings import load_settings
from transforms.records import REASONS
from warehouse.catalog import open_reports, open_warehouse
from warehouse.lock import writer_lock
from warehouse.publish import publish
from warehouse.query import Answer, ask

if TYPE_CHECKING:
    from pathlib import Path

#: Bytes of a rejected input that `show` prints.
_SHOWN_BYTES = 1500

_LIST = """
    select
        fact_rejection.rejection_id,
        fact_rejection.status,
        fact_rejection.stage,
        fact_rejection.reason_code as reason,
        fact_file.path,
        fact_rejection.record_no,
        fact_rejection.detail,
        fact_rejection.rejected_at
    from fact_rejection
    left join fact_file on fact_rejection.file_id = fact_file.file_id
    where fact_rejection.status = 'open' or $every
    order by fact_rejection.rejected_at, fact_file.path, fact_rejection.record_no
"""

_ONE = """
    select
        fact_rejection.*,
        fact_file.path,
        fact_file.format,
        fact_file.encoding,
        fact_file.size_bytes,
        fact_file.raw_file,
        fact_file.content_hash
    from fact_rejection
    left join fact_file on fact_rejection.file_id = fact_file.file_id
    where fact_rejection.rejection_id = $rejection_id
"""


def list_command(
    data: Path | None, form: Format, out: Path | None, *, every: bool
) -> None:
    """List open rejections, or all."""
    settings = load_settings(data=data)
    with closing(open_reports(settings.data / REPORTS)) as connection:
        write_answer(ask(connection, _LIST, {"every": every}), form, out)


def show_command(rejection_id: int, data: Path | None) -> None:
    """Print one rejection, what its reason means, and the bytes it came from."""
    settings = load_settings(data=data)
    found = _find(settings.data, rejection_id)
    rows = [(name, value) for name, value in found.items() if value is not None]
    sys.stdout.write(as_table(Answer(["what", "value"], ["VARCHAR", "VARCHAR"], rows)))
    sys.stdout.write(f"\nReason: {_meaning(found['reason_code'])}\n")
    if found["raw_file"] is None:
        sys.stdout.write("No raw copy was kept.\n")
        return
    from warehouse.raw import read_raw

    kept = read_raw(settings.data, found["raw_file"], [found["content_hash"]])
    if kept.height:
        sys.stdout.write(f"\n{_excerpt(kept['content'][0], found['record_no'])}\n")


def replay_command(rejection_id: int, data: Path | None, *, as_json: bool) -> int:
    """Send one rejected input through a pass again; returns the exit code."""
    settings = load_settings(data=data)
    found = _find(settings.data, rejection_id)
    if found["raw_file"] is None:
        message = (
            f"{found['path']}: no raw copy was kept ({found['reason_code']}). "
            "Put the mended file into the landing folder instead."
        )
        raise UserError(message)
    request = RunRequest(
        data=settings.data,
        roots=(),
        settings=settings,
        replay=frozenset([found["file_id"]]),
    )
    return perform(request, as_json=as_json)


def dismiss_command(rejection_id: int, reason: str, data: Path | None) -> None:
    """Close a rejection for good, with the reason."""
    settings = load_settings(data=data)
    found = _find(settings.data, rejection_id)
    folder, now = settings.data, datetime.now(UTC)
    with writer_lock(folder, run_id=new_id(now), now=now):
        with closing(open_warehouse(folder / WAREHOUSE, now=now)) as connection:
            connection.execute(
                """
                update fact_rejection
                set status = 'dismissed', closed_at = $now, closed_reason = $reason
                where rejection_id = $rejection_id
                """,
                {
                    "now": now.replace(tzinfo=None),
                    "reason": reason,
                    "rejection_id": rejection_id,
                },
            )
            connection.execute("checkpoint")
        publish(folder / WAREHOUSE, folder / REPORTS)
    typer.echo(f"dismissed: {found['path']} ({found['reason_code']})")


def _find(folder: Path, rejection_id: int) -> dict[str, Any]:
    with closing(open_reports(folder / REPORTS)) as connection:
        answer = ask(connection, _ONE, {"rejection_id": rejection_id})
    if not answer.rows:
        message = f"no rejection {rejection_id}. See `qoima quarantine list --all`."
        raise UserError(message)
    return dict(zip(answer.columns, answer.rows[0], strict=True))


def _meaning(reason_code: str) -> str:
    if reason_code in REASONS:
        return REASONS[reason_code]
    from checks.rules import RULES

    rule = RULES.get(reason_code)
    return f"the rule that {rule.protects}. {rule.remedy}" if rule else reason_code


def _excerpt(content: bytes, record_no: int | None) -> str:
    """The start of the bytes, or the line of a record in a line format, printable."""
    lines = content.split(b"\n")
    if record_no is not None and 1 < record_no <= len(lines):
        content = lines[record_no - 1]
    text = content[:_SHOWN_BYTES].decode("utf-8", "backslashreplace")
    shown = "".join(
        c if c.isprintable() or c == "\n" else f"\\x{ord(c):02x}" for c in text
    )
    return shown + (" …" if len(content) > _SHOWN_BYTES else "")
