"""What an export is made of: the tables of the star schema, cut into months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    import duckdb

#: Prefixes of the tables that make the star schema, and old ids of stories and events.
#: Not agg_: what reports count by is made of these, and other tools make their own.
_PREFIXES = ("fact_", "dim_", "bridge_")
_REDIRECTS = ("event_redirect", "story_redirect")

#: The month of rows whose article, or whose article's date, is not known.
UNKNOWN = "unknown"
#: Where a table is not cut.
WHOLE = None

_MONTH = "partition_month"
#: Rows of inputs, checks and measures belong to no article: their own time cuts them.
_OWN_TIME = {
    "fact_file": "seen_at",
    "fact_check": "ran_at",
    "fact_rejection": "rejected_at",
    "fact_measure": "measured_date",
    "fact_restatement": "restated_at",
}
#: By what a table's rows find their article's month: the columns joined on.
_JOINS = {
    ("article_id", "version"): "month_of_version",
    ("article_id",): "month_of_article",
    ("event_id",): "month_of_event",
}
_MONTHS = """
    create or replace temp table month_of_version as
    select
        article_id,
        version,
        is_current,
        strftime(published_date, '%Y-%m') as partition_month
    from fact_article;

    create or replace temp table month_of_article as
    select article_id, partition_month
    from month_of_version
    where is_current;

    create or replace temp table month_of_event as
    select fact_event.event_id, month_of_article.partition_month
    from fact_event
    inner join month_of_article
        on fact_event.first_article_id = month_of_article.article_id;
"""
#: Columns that are long and in no key: rows are ordered without them.
_LONG = ("text", "lead", "title")
_ROW_GROUP = 122_880
#: Of tables with whole texts: a group is held in memory while it is written.
_LONG_ROW_GROUP = 16_384


@dataclass(frozen=True)
class ExportTable:
    """One table and how it is cut.

    Attributes:
        columns: name to DuckDB type, in order.
        joined: columns by which a row finds the month of its article; () for none.
        own_time: the column whose month cuts it instead; null for none.
    """

    name: str
    columns: dict[str, str]
    joined: tuple[str, ...] = ()
    own_time: str | None = None

    @property
    def is_cut(self) -> bool:
        """Whether it is cut into months."""
        return bool(self.joined or self.own_time)

    @property
    def cut_by(self) -> str | None:
        """In words, what cuts it."""
        if self.own_time:
            return f"month of {self.own_time}"
        return "month of the article's published_date" if self.joined else None


@dataclass(frozen=True)
class Part:
    """The rows of one table in one month, all of them where it is not cut.

    Attributes:
        fingerprint: equal as long as the rows are, in whatever order.
    """

    month: str | None
    rows: int
    fingerprint: str


def star_tables(connection: duckdb.DuckDBPyConnection) -> list[ExportTable]:
    """The tables to export, in the order of names."""
    rows = connection.execute(
        """
        select duckdb_columns.table_name, column_name, data_type
        from duckdb_columns()
        inner join duckdb_tables() using (database_name, schema_name, table_name)
        where database_name = current_database() and schema_name = 'main'
        order by table_name, column_index
        """
    ).fetchall()
    columns: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        if table.startswith(_PREFIXES) or table in _REDIRECTS:
            columns.setdefault(table, {})[column] = kind
    return [_as_table(name, found) for name, found in columns.items()]


def prepare_months(connection: duckdb.DuckDBPyConnection) -> None:
    """Find the month of every article version, article and event, once."""
    connection.execute(_MONTHS)


def find_parts(connection: duckdb.DuckDBPyConnection, table: ExportTable) -> list[Part]:
    """The parts of a table with the fingerprints of their rows."""
    names = ", ".join(table.columns)
    rows = connection.execute(
        f"""
        select {_MONTH}, count(*), sum(hash({names})::hugeint)::varchar
        from ({_rows(table)})
        group by {_MONTH}
        order by {_MONTH}
        """
    ).fetchall()
    if not rows:  # a file without rows shows the columns
        return [Part(UNKNOWN if table.is_cut else WHOLE, 0, "0")]
    return [Part(*row) for row in rows]


def select_parts(
    connection: duckdb.DuckDBPyConnection, table: ExportTable, months: Collection[str]
) -> None:
    """Sort the rows of some months into a temporary table; all where it is not cut."""
    keys = [
        name
        for name, kind in table.columns.items()
        if name not in _LONG and not kind.endswith(("]", ")"))
    ]
    chosen = f"where {_MONTH} in (select unnest($months))" if table.is_cut else ""
    connection.execute(
        f"""
        create or replace temp table selected as
        select *
        from ({_rows(table)})
        {chosen}
        order by {", ".join([_MONTH, *keys])}
        """,
        {"months": sorted(months)} if table.is_cut else {},
    )


def write_part(
    connection: duckdb.DuckDBPyConnection,
    table: ExportTable,
    month: str | None,
    target: Path,
) -> int:
    """Write one month of what `select_parts` chose as Parquet; returns the rows."""
    chosen = f"where {_MONTH} = '{_quoted(month)}'" if month is not WHOLE else ""
    group = _LONG_ROW_GROUP if "text" in table.columns else _ROW_GROUP
    row = connection.execute(
        f"""
        copy (select * exclude ({_MONTH}) from selected {chosen})
        to '{_quoted(str(target))}'
        (format parquet, compression zstd, row_group_size {group})
        """
    ).fetchone()
    return int(row[0]) if row else 0


def _as_table(name: str, columns: dict[str, str]) -> ExportTable:
    if name in _OWN_TIME:
        return ExportTable(name, columns, own_time=_OWN_TIME[name])
    if name.startswith(("fact_", "bridge_")):
        for joined in _JOINS:
            if set(joined) <= columns.keys():
                return ExportTable(name, columns, joined=joined)
    return ExportTable(name, columns)


def _rows(table: ExportTable) -> str:
    """The rows with the month of each; the same for all where it is not cut."""
    if table.own_time:
        return (
            f"select *, strftime({table.own_time}, '%Y-%m') as {_MONTH} "
            f"from {table.name}"
        )
    if not table.joined:
        return f"select *, null::varchar as {_MONTH} from {table.name}"
    found = _JOINS[table.joined]
    return (
        f"select {table.name}.*, coalesce({_MONTH}, '{UNKNOWN}') as {_MONTH} "
        f"from {table.name} left join {found} using ({', '.join(table.joined)})"
    )


def _quoted(text: str) -> str:
    return text.replace("'", "''")
