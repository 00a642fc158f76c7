"""``qoima report`` and ``qoima sql``."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import duckdb

from flows.errors import UserError
from flows.output import Format, write_answer
from flows.place import is_in_lake
from flows.run import REPORTS
from flows.settings import load_settings
from warehouse.catalog import open_reports
from warehouse.guard import RefusedSqlError, refuse_unsafe
from warehouse.query import Answer, ask, load_reports, run_report

if TYPE_CHECKING:
    from pathlib import Path


def report_command(  # noqa: PLR0913 - the command's options
    name: str | None,
    data: Path | None,
    filters: dict[str, str | None],
    form: Format,
    out: Path | None,
    *,
    as_of: str | None = None,
) -> None:
    """Run a named report, or list those that there are."""
    if name is None:
        rows = [(report.name, report.grain) for report in load_reports().values()]
        columns = ["report", "one row is"]
        write_answer(Answer(columns, ["VARCHAR", "VARCHAR"], rows), form, out)
        return
    for option in ("since", "until"):
        check_date(option, filters[option])
    settings = load_settings(data=data)
    reports = settings.data / REPORTS
    with closing(open_reports(reports, as_of=as_of)) as connection:
        answer = run_report(
            connection, name, filters, with_evidence=form in ("json", "parquet")
        )
    write_answer(answer, form, out)


def sql_command(
    statement: str,
    data: Path | None,
    form: Format,
    out: Path | None,
    *,
    as_of: str | None = None,
) -> None:
    """Run a user's statement on the published warehouse."""
    settings = load_settings(data=data)
    reports = settings.data / REPORTS
    with closing(open_reports(reports, as_of=as_of)) as connection:
        try:
            _refuse_several(connection, statement)
            if is_in_lake(settings.data):
                refuse_unsafe(connection, statement)
            answer = ask(connection, statement)
        except duckdb.Error as error:
            raise UserError(_first_words(error)) from None
        except RefusedSqlError as error:
            raise UserError(str(error)) from None
        write_answer(answer, form, out)


def _refuse_several(connection: duckdb.DuckDBPyConnection, text: str) -> None:
    """Only the last of several statements would be answered, so one is asked for."""
    count = len(connection.extract_statements(text))
    if count != 1:
        message = f"one SQL statement is expected, there are {count}."
        raise UserError(message)


def _first_words(error: duckdb.Error) -> str:
    """What DuckDB says, without the picture of where it stands."""
    return " ".join(str(error).partition("\n\nLINE")[0].split())


def check_date(option: str, value: str | None) -> None:
    """Refuse what is no day.

    Raises:
        UserError: naming the option.
    """
    if value is None:
        return
    try:
        date.fromisoformat(value)
    except ValueError:
        message = f"--{option}: {value!r} is no date like 2026-01-31."
        raise UserError(message) from None
