"""Two states of a warehouse compared by what readers see: figures of reports."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from warehouse.definitions import load_definitions
from warehouse.query import run_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    import duckdb

    from warehouse.definitions import Definition
    from warehouse.query import Answer

#: Reports that show their newest days alone where no beginning is asked for.
_OF_NEWEST_DAYS = ("measures",)
#: Tables that the work itself adds to, and what follows from others.
_UNTOLD = ("fact_check%", "dim_load", "dim_rule", "schema_version", "agg_%", "search_%")
#: Shares of what was read, in percent; one row a measure.
_TRUST = """
    select 'articles with a known outlet', 100.0 * avg(
        (source_id <> (select source_id from dim_source where source_code = 'unknown'))
        ::integer
    )
    from fact_article where is_current
    union all
    select 'articles dated to the day', 100.0 * avg(
        (published_precision in ('minute', 'day'))::integer
    )
    from fact_article where is_current
    union all
    select 'quotations with a speaker', 100.0 * avg((speaker_id is not null)::integer)
    from fact_quote
    union all
    select 'names led to an entity', 100.0 * avg((entity_id is not null)::integer)
    from fact_mention
    union all
    select 'events with a day', 100.0 * avg((event_date is not null)::integer)
    from fact_event
    union all
    select 'amounts with a unit', 100.0 * avg(
        (unit_code is not null or currency_code is not null)::integer
    )
    from fact_amount
    union all
    select 'rows of low confidence', 100.0 * avg((confidence < 0.7)::integer)
    from (
        select confidence from fact_mention
        union all
        select confidence from fact_quote
        union all
        select confidence from fact_amount
        union all
        select confidence from fact_date_mention
        union all
        select confidence from fact_event_statement
    )
"""


@dataclass(frozen=True)
class Figures:
    """What readers see of a warehouse.

    Attributes:
        reports: answers by report, over the whole time.
        tables: rows by table.
        trust: shares in percent, by what they are of.
    """

    reports: Mapping[str, Answer]
    tables: Mapping[str, int]
    trust: Mapping[str, float | None]


@dataclass(frozen=True)
class Change:
    """One figure that differs.

    Attributes:
        report: the report.
        row: the key columns with their values.
        column: the figure.
        before: its value; None in a row that is new.
        after: its value; None in a row that is gone.
        kind: changed, new or gone.
        weight: the difference as a share of the column's sum; of what is no number,
            one row's share.
    """

    report: str
    row: Mapping[str, Any]
    column: str
    before: Any
    after: Any
    kind: str
    weight: float


@dataclass(frozen=True)
class Totals:
    """How many rows of a report differ."""

    report: str
    rows_before: int
    rows_after: int
    changed: int
    new: int
    gone: int

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not (self.changed or self.new or self.gone)


def read_figures(connection: duckdb.DuckDBPyConnection) -> Figures:
    """Run every report that has a key, and count tables."""
    reports = {
        name: run_report(
            connection, name, _whole_time(connection, name), with_evidence=False
        )
        for name, definition in load_definitions().items()
        if definition.key
    }
    tables = connection.execute(
        "select table_name from duckdb_tables() "
        "where not temporary and not internal "
        "and database_name = current_database() order by table_name"
    ).fetchall()
    untold = tuple(name.removesuffix("%") for name in _UNTOLD)
    counts = {
        table: _number(connection, f"select count(*) from {table}")
        for (table,) in tables
        if not table.startswith(untold)
    }
    trust = dict(connection.execute(_TRUST).fetchall())
    return Figures(reports, counts, trust)


def compare_figures(
    before: Figures, after: Figures
) -> tuple[list[Change], list[Totals]]:
    """What differs between two states.

    Returns:
        The changes, by report and then by weight, the heaviest first; and the totals
        of every report.
    """
    definitions = load_definitions()
    changes: list[Change] = []
    totals: list[Totals] = []
    for name, old in before.reports.items():
        found, total = _compare(definitions[name], old, after.reports[name])
        changes += found
        totals.append(total)
    return changes, totals


def _whole_time(
    connection: duckdb.DuckDBPyConnection, name: str
) -> dict[str, date | None]:
    """What to ask a report for: most show the whole time unless told otherwise."""
    if name not in _OF_NEWEST_DAYS:
        return {}
    row = connection.execute("select min(measured_date) from fact_measure").fetchone()
    return {"since": row[0] if row else None}


def _compare(
    definition: Definition, old: Answer, new: Answer
) -> tuple[list[Change], Totals]:
    """One report."""
    left_out = {*definition.key, *definition.aside, "article_id", "story_id"}
    columns = [name for name in new.columns if name not in left_out]
    sums = {name: max(_sum(old, name), _sum(new, name)) or 1.0 for name in new.columns}
    rows_old, rows_new = _by_key(definition.key, old), _by_key(definition.key, new)
    a_row = 1 / max(len(old.rows), len(new.rows), 1)
    changes: list[Change] = []
    counts = {"changed": 0, "new": 0, "gone": 0}
    for key in {**rows_old, **rows_new}:
        one, other = rows_old.get(key), rows_new.get(key)
        found = list(_differences(columns, one, other))
        if not found:
            continue
        kind = "changed" if one and other else "new" if other else "gone"
        counts[kind] += 1
        row = {name: (other or one or {})[name] for name in definition.key}
        changes += [
            Change(
                definition.name,
                row,
                name,
                value_old,
                value_new,
                kind,
                _weight(value_old, value_new, sums[name], a_row),
            )
            for name, value_old, value_new in found
        ]
    changes.sort(key=lambda change: (-change.weight, str(change.row), change.column))
    total = Totals(definition.name, len(old.rows), len(new.rows), **counts)
    return changes, total


def _by_key(
    key: Iterable[str], answer: Answer
) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Rows by their key, and by a number where several have the same."""
    met: defaultdict[tuple[str, ...], int] = defaultdict(int)
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for values in answer.rows:
        row = dict(zip(answer.columns, values, strict=True))
        named = tuple(str(row[name]) for name in key)
        met[named] += 1
        rows[*named, met[named]] = row
    return rows


def _differences(
    columns: list[str], old: dict[str, Any] | None, new: dict[str, Any] | None
) -> Iterable[tuple[str, Any, Any]]:
    """Column, before and after of a row; of one that is new or gone its main figure."""
    if old is not None and new is not None:
        for name in columns:
            if old.get(name) != new.get(name):
                yield name, old.get(name), new.get(name)
        return
    row = old or new or {}
    main = next((name for name in columns if _is_number(row.get(name))), columns[0])
    yield main, (old or {}).get(main), (new or {}).get(main)


def _weight(old: Any, new: Any, total: float, a_row: float) -> float:
    numbers = [value for value in (old, new) if value is not None]
    if not all(_is_number(value) for value in numbers):
        return round(a_row, 4)
    return round(abs(float(new or 0) - float(old or 0)) / total, 4)


def _sum(answer: Answer, column: str) -> float:
    if column not in answer.columns:
        return 0.0
    place = answer.columns.index(column)
    values = (row[place] for row in answer.rows)
    return sum(abs(float(value)) for value in values if _is_number(value))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _number(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0
