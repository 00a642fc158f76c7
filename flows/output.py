"""Writes answers: a table or a workbook for people, CSV, JSON, Parquet for programs."""

from __future__ import annotations

import csv
import io
import json
import math
import shutil
import sys
from typing import TYPE_CHECKING, Any, Literal

from flows.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.query import Answer

Format = Literal["table", "csv", "json", "parquet", "xlsx"]

#: Keys are 64-bit hashes: as numbers they lose their last digits in JavaScript.
_KEY_COLUMNS = ("duplicate_of", "merged_into")
#: A column of no longer values is never wrapped; a longer one gets at least so much.
_SHORT = 27
_NARROWEST = 24
_PADDING = 3
#: Wide enough for any value in a pipe, where nothing has to fit.
_NATURAL = 100_000


class OutputError(UserError):
    """The answer cannot be written as asked; the message says why."""


def write_answer(answer: Answer, form: Format, out: Path | None) -> None:
    """Write an answer to a file or to the standard output.

    Raises:
        OutputError: Parquet or xlsx without a file, or the file cannot be written.
    """
    if form in {"parquet", "xlsx"}:
        if out is None:
            message = f"{form} is written to a file: add --out FILE."
            raise OutputError(message)
        (_write_parquet if form == "parquet" else _write_workbook)(answer, out)
        return
    text = {"csv": as_csv, "json": as_json, "table": as_table}[form](answer)
    if out is None:
        sys.stdout.write(text)
    else:
        write_text(out, text)


def write_text(out: Path, text: str) -> None:
    """Write a text to a file, as UTF-8.

    Raises:
        OutputError: the file cannot be written.
    """
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
    columns = _told_apart(answer.columns)
    rows = [
        {name: _for_json(name, value) for name, value in zip(columns, row, strict=True)}
        for row in answer.rows
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1, default=str) + "\n"


def as_table(answer: Answer, width: int | None = None) -> str:
    """The answer as a table; where its columns do not fit, a block of lines a row.

    Args:
        answer: the rows; only long texts are wrapped.
        width: characters to fit into; None for the terminal's, or as many as the
            values need in a pipe.
    """
    shown = [[_shown(value) for value in row] for row in answer.rows]
    longest = [
        max((len(line) for row in shown for line in row[place].split("\n")), default=0)
        for place in range(len(answer.columns))
    ]
    if width is None:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _NATURAL
    least = sum(
        max(len(name), length if length <= _SHORT else _NARROWEST) + _PADDING
        for name, length in zip(answer.columns, longest, strict=True)
    )
    text = (
        _as_blocks(answer.columns, shown)
        if least > width and shown
        else _as_grid(answer, shown, longest, width)
    )
    count = len(answer.rows)
    return f"{text}{count} row{'' if count == 1 else 's'}\n"


def _as_grid(
    answer: Answer, shown: list[list[str]], longest: list[int], width: int
) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, kind, length in zip(answer.columns, answer.types, longest, strict=True):
        is_number = any(word in kind for word in ("INT", "DOUBLE", "DECIMAL", "NUMBER"))
        table.add_column(
            Text(name),
            justify="right" if is_number else "left",
            overflow="fold",
            no_wrap=length <= _SHORT,
            min_width=len(name),
        )
    for row in shown:
        table.add_row(*(Text(value) for value in row))
    buffer = io.StringIO()
    Console(file=buffer, width=width).print(table)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"


def _as_blocks(columns: list[str], shown: list[list[str]]) -> str:
    margin = max(len(name) for name in columns)
    blocks = (
        "\n".join(
            f"{name:<{margin}}  {value}"
            for name, value in zip(columns, row, strict=True)
        )
        for row in shown
    )
    return "\n\n".join(blocks) + "\n\n"


def _is_key(name: str) -> bool:
    return name.endswith("_id") or name in _KEY_COLUMNS


def _for_json(name: str, value: Any) -> Any:
    """Keys are strings; JSON has neither NaN nor infinity, so they are null."""
    if isinstance(value, list):
        return [_for_json(name, item) for item in value]
    if isinstance(value, dict):
        return {key: _for_json(key, item) for key, item in value.items()}
    if isinstance(value, int) and _is_key(name):
        return str(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _told_apart(columns: list[str]) -> list[str]:
    """Names of columns, a second one of a name with its number."""
    seen: dict[str, int] = {}
    names = []
    for name in columns:
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return names


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
    import pyarrow as pa
    from pyarrow import parquet

    columns = zip(*answer.rows, strict=True) if answer.rows else answer.columns
    table = pa.table(
        [_as_array(list(values)) if answer.rows else pa.nulls(0) for values in columns],
        names=_told_apart(answer.columns),
    )
    try:
        parquet.write_table(table, out, compression="zstd")
    except OSError as error:
        message = f"{out}: {error}."
        raise OutputError(message) from error


def _write_workbook(answer: Answer, out: Path) -> None:
    from flows.workbook import write_workbook

    try:
        write_workbook(answer, [_is_key(name) for name in answer.columns], out)
    except OSError as error:
        message = f"{out}: {error.strerror}."
        raise OutputError(message) from error


def _as_array(values: list[Any]) -> Any:
    """A column for Parquet; kinds that it does not know become text."""
    import pyarrow as pa

    try:
        return pa.array(values)
    except (pa.ArrowException, OverflowError):
        return pa.array([None if value is None else str(value) for value in values])
