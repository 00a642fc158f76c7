"""Writes answers: a table for people, CSV, JSON or Parquet for programs."""

from __future__ import annotations

import csv
import io
import json
import sys
from typing import TYPE_CHECKING, Any, Literal

from flows.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.query import Answer

Format = Literal["table", "csv", "json", "parquet"]

#: Keys are 64-bit hashes: as numbers they lose their last digits in JavaScript.
_KEY_COLUMNS = ("duplicate_of", "merged_into")
#: A column of no longer values is never wrapped.
_SHORT = 27
_PIPE_WIDTH = 200


class OutputError(UserError):
    """The answer cannot be written as asked; the message says why."""


def write_answer(answer: Answer, form: Format, out: Path | None) -> None:
    """Write an answer to a file or to the standard output.

    Raises:
        OutputError: Parquet without a file, or the file cannot be written.
    """
    if form == "parquet":
        if out is None:
            message = "parquet is written to a file: add --out FILE."
            raise OutputError(message)
        _write_parquet(answer, out)
        return
    text = {"csv": as_csv, "json": as_json, "table": as_table}[form](answer)
    if out is None:
        sys.stdout.write(text)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        message = f"{out}: {error.strerror}."
        raise OutputError(message) from error


def as_csv(answer: Answer) -> str:
    """The answer as CSV with a header; null is empty, lists are JSON."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow([_flat(value) for value in row])
    return buffer.getvalue()


def as_json(answer: Answer) -> str:
    """The answer as a JSON array of objects; keys of tables as strings."""
    is_key = [name.endswith("_id") or name in _KEY_COLUMNS for name in answer.columns]
    rows = [
        {
            name: str(value) if key and isinstance(value, int) else value
            for name, value, key in zip(answer.columns, row, is_key, strict=True)
        }
        for row in answer.rows
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1, default=str) + "\n"


def as_table(answer: Answer, width: int | None = None) -> str:
    """The answer as a table.

    Args:
        answer: the rows; only long texts are wrapped.
        width: columns to fit into; None for the terminal's, or 200 in a pipe.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    shown = [[_shown(value) for value in row] for row in answer.rows]
    for place, (name, kind) in enumerate(
        zip(answer.columns, answer.types, strict=True)
    ):
        longest = max((len(row[place]) for row in shown), default=0)
        is_number = any(word in kind for word in ("INT", "DOUBLE", "DECIMAL", "NUMBER"))
        table.add_column(
            Text(name),
            justify="right" if is_number else "left",
            overflow="fold",
            no_wrap=longest <= _SHORT,
        )
    for row in shown:
        table.add_row(*(Text(value) for value in row))
    if width is None and not sys.stdout.isatty():
        width = _PIPE_WIDTH
    console = Console(file=io.StringIO(), width=width)
    console.print(table)
    count = len(answer.rows)
    console.print(Text(f"{count} row{'' if count == 1 else 's'}", style="dim"))
    written: str = console.file.getvalue()  # type: ignore[attr-defined]
    return written


def _flat(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value


def _shown(value: Any) -> str:
    """A value as people read it, control characters made visible."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    if hasattr(value, "microsecond") and hasattr(value, "strftime"):
        return str(value.strftime("%Y-%m-%d %H:%M:%S"))
    return "".join(
        letter
        if letter.isprintable() or letter == "\n"
        else "\N{REPLACEMENT CHARACTER}"
        for letter in str(value)
    )


def _write_parquet(answer: Answer, out: Path) -> None:
    import polars as pl

    try:
        pl.DataFrame(
            answer.rows, schema=answer.columns, orient="row", infer_schema_length=None
        ).write_parquet(out, compression="zstd")
    except OSError as error:
        message = f"{out}: {error}."
        raise OutputError(message) from error
