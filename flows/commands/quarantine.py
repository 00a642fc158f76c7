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
from flows.rejections import (
    Choice,
    Meant,
    chosen,
    groups,
    meaning,
    one,
    predicate,
    rejections,
    remedy,
    tell,
)
from flows.run import REPORTS, WAREHOUSE, RunRequest, new_id
from flows.settings import load_settings
from warehouse.catalog import open_warehouse
from warehouse.lake_writer import write_through
from warehouse.lineage import dismiss_rejections
from warehouse.lock import writer_lock
from warehouse.publish import publish
from warehouse.query import Answer

if TYPE_CHECKING:
    from pathlib import Path

    from flows.settings import Settings

#: Rows of a table that a person reads; other formats have all.
_READABLE = 100
#: What `show` tells first, in this order.
_SHOWN = (
    "rejection_id",
    "status",
    "stage",
    "reason_code",
    "detail",
    "path",
    "record_no",
    "rejected_at",
    "last_seen_at",
    "closed_at",
    "closed_reason",
    "closed_by",
    "load_id",
    "format",
    "encoding",
    "size_bytes",
    "raw_file",
    "content_hash",
)
_NAMES = {"rejected_at": "first_seen_at", "reason_code": "reason"}


def list_command(  # noqa: PLR0913 - the command's options
    data: Path | None,
    form: Format,
    out: Path | None,
    *,
    reason: str | None,
    limit: int | None,
    every: bool,
) -> None:
    """List reasons with their counts, or the rejections of one reason."""
    folder = load_settings(data=data).data
    if reason is None:
        write_answer(groups(folder, every=every), form, out)
        return
    if limit is None and form == "table":
        limit = _READABLE
    answer = rejections(folder, reason=reason, every=every, limit=limit)
    write_answer(answer, form, out)
    if form != "table" or out is not None:
        return
    if len(answer.rows) == limit:
        sys.stdout.write("There may be more: --limit N, or --format csv for all.\n")
    if answer.rows:
        sys.stdout.write(f"{meaning(reason)}. {remedy(reason)}\n")


def show_command(rejection_id: int, data: Path | None) -> None:
    """Print one rejection, its reason, and its bytes with what is wrong marked."""
    settings = load_settings(data=data)
    found = one(settings.data, rejection_id)
    rows = [
        (_NAMES.get(name, name), found[name])
        for name in _SHOWN
        if found[name] is not None
    ]
    if found["path"] and "::" in found["path"]:
        rows.append(("member", found["path"].rpartition("::")[2]))
    sys.stdout.write(as_table(Answer(["what", "value"], ["VARCHAR", "VARCHAR"], rows)))
    reason = found["reason_code"]
    sys.stdout.write(f"\nReason: {meaning(reason)}\nWhat to do: {remedy(reason)}\n")
    if rule := predicate(reason):
        sys.stdout.write(f"Good records hold: {rule}\n")
    if found["raw_file"] is None:
        sys.stdout.write("No raw copy was kept.\n")
        return
    sys.stdout.write(_record(settings, found))


def replay_command(
    choice: Choice, data: Path | None, *, by: str | None, as_json: bool
) -> int:
    """Send rejected inputs through a pass again; returns the exit code."""
    settings = load_settings(data=data)
    meant = chosen(settings.data, choice)
    kept = [rejected for rejected in meant if rejected.has_raw]
    if not kept:
        message = (
            f"{tell(sorted({lost.path for lost in meant}))}: no raw copy was kept "
            f"({meant[0].reason_code}). "
            "Put the mended file into the landing folder instead."
        )
        raise UserError(message)
    request = RunRequest(
        data=settings.data,
        roots=(),
        settings=settings,
        replay=frozenset(rejected.file_id for rejected in kept),
        by=by,
    )
    code = perform(request, as_json=as_json)
    if not as_json:
        _tell_replayed(settings.data, meant, kept)
    return code


def dismiss_command(
    choice: Choice, reason: str, data: Path | None, *, by: str | None
) -> None:
    """Close rejections for good, with the reason."""
    folder, now = load_settings(data=data).data, datetime.now(UTC)
    if not reason.strip():
        message = "--reason: say why they can be let go."
        raise UserError(message)
    meant = chosen(folder, choice)
    with writer_lock(folder, run_id=new_id(now), now=now):
        with closing(open_warehouse(folder / WAREHOUSE, now=now)) as connection:
            dismiss_rejections(
                connection,
                [rejected.rejection_id for rejected in meant],
                reason=reason,
                by=by,
                now=now,
            )
            write_through(connection)
        publish(folder / WAREHOUSE, folder / REPORTS)
    reasons = ", ".join(sorted({rejected.reason_code for rejected in meant}))
    paths = sorted({rejected.path for rejected in meant})
    count = f"{len(meant)} rejections, " if len(meant) > 1 else ""
    typer.echo(f"dismissed: {count}{tell(paths)} ({reasons})")


def _record(settings: Settings, found: dict[str, Any]) -> str:
    """The record as it came and as it was read, for a person."""
    from flows.references import load_references
    from transforms.readers import FieldNames, format_of
    from transforms.rejected import Rejected, show_rejected
    from warehouse.raw import read_raw

    kept = read_raw(settings.data, found["raw_file"], [found["content_hash"]])
    if kept.is_empty():
        return "The raw copy is gone.\n"
    names = FieldNames.from_rows(load_references(settings.seeds).field_names.rows())
    path = str(found["path"])
    seen = show_rejected(
        kept["content"][0],
        Rejected(
            path=path,
            file_format="jsonl" if kept["is_redacted"][0] else format_of(path),
            record_no=found["record_no"],
            reason_code=found["reason_code"],
            detail=found["detail"],
            predicate=predicate(found["reason_code"]),
        ),
        names,
    )
    lines = [f"\nAs it came, {seen.place} (what is wrong between ⟦ and ⟧):", seen.raw]
    if seen.fields:
        lines += ["", "As it is read now:"]
        lines += [f"  {name}: {value}" for name, value in seen.fields]
    if seen.unknown:
        lines += ["", f"Names that stand for no field: {', '.join(seen.unknown[:20])}"]
    return "\n".join(lines) + "\n"


def _tell_replayed(folder: Path, meant: list[Meant], kept: list[Meant]) -> None:
    """How many of the rejections are mended, and what stays."""
    ids = [rejected.rejection_id for rejected in kept]
    still = len(chosen_open(folder, ids))
    typer.echo(
        f"  replayed  {len(kept)} rejections: {len(kept) - still} mended, "
        f"{still} still open"
    )
    if lost := [rejected.path for rejected in meant if not rejected.has_raw]:
        typer.echo(f"  No raw copy of {tell(lost)}: put the mended file into landing.")


def chosen_open(folder: Path, ids: list[int]) -> list[int]:
    """Those of the rejections that are open."""
    found = chosen(folder, Choice(ids=ids))
    return [rejected.rejection_id for rejected in found if rejected.is_open]
