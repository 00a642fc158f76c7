"""A fault for every promise of `checks.grains`, made from the promise itself.

They break the good warehouse of `warehouse_rows`: a touched row stands twice, a
reference leads nowhere, a code is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.grain import Refers
from checks.grains import GRAINS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.grain import Coded, Grain

#: No key of the good warehouse, by type; 99 where none is named.
_NOBODY = {"DATE": "date '1999-09-09'", "VARCHAR": "'none-such'"}
#: Rows that are looked at where the scope is that of what is read.
_OF_1 = "article_id = 1 and version = 2"
#: Where a row that leads nowhere would not be looked at any more.
_SPECIAL = {
    "search_posting.document_no": (
        "update search_document set document_no = 0 where article_id = 2;"
        "insert into search_document values (5, 1, 3, 2, null);"
        "insert into search_posting values (1, 4, 40, null)"
    )
}


def promised_faults() -> Iterator[tuple[str, str, str]]:
    """The rule, what is broken, and SQL that breaks it."""
    for grain in GRAINS:
        yield grain.unique.rule_id, f"{grain.table} twice", _stand_twice(grain)
        for promise in grain.promises:
            what = f"{grain.table}.{promise.columns}"
            yield promise.rule_id, what, _SPECIAL.get(what) or _break(grain, promise)


def _stand_twice(grain: Grain) -> str:
    rows = f"select * from {grain.table} where {_scope(grain)} limit 1"
    return f"{_prepare(grain)}insert into {grain.table} ({rows})"


def _break(grain: Grain, promise: Refers | Coded) -> str:
    column = promise.columns.split(", ")[-1]
    value = "'odd'"
    if isinstance(promise, Refers):
        # Whoever runs it knows the columns' types.
        value = f"{{nobody:{grain.table}.{column}}}"
    return (
        f"{_prepare(grain)}update {grain.table} set {column} = {value} "
        f"where {column} is not null and {_scope(grain)}"
    )


def _prepare(grain: Grain) -> str:
    """Let rows be looked at that have no part in the load, or lose theirs."""
    if "current_load" in grain.scope:
        return "delete from current_load; "
    return "insert into touched_article values (99); "


def _scope(grain: Grain) -> str:
    return _OF_1 if grain.read else f"({grain.scope})"


def fill(sql: str, types: dict[str, str]) -> str:
    """The SQL with keys of nobody, by the types of ``table.column``."""
    before, mark, rest = sql.partition("{nobody:")
    if not mark:
        return sql
    name, _, after = rest.partition("}")
    return before + _NOBODY.get(types[name], "99") + after
