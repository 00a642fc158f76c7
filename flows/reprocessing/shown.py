"""A preview of a reprocess, shown: to people as text, to programs as JSON or CSV."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from flows.output import as_csv
from warehouse.query import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.reprocessing.preview import Preview
    from warehouse.figures import Change, Totals

#: Characters of a line.
_WIDTH = 100
_LONGEST_ROW, _LONGEST_VALUE = 42, 16
_OUTLETS = 3
_COLUMNS = (
    "report", "row", "figure", "before", "after", "change", "weight",
)  # fmt: skip
_NOTHING = "Nothing is behind: every article was read with the versions of now."


def as_text(preview: Preview, limit: int) -> str:
    """What a person reads: what is behind, then what changes, the heaviest first.

    Args:
        preview: the preview.
        limit: figures shown of a report.
    """
    behind, done = preview.behind, preview.done
    if not behind.articles:
        return _told([_NOTHING])
    parts = [_told(_behind(preview))]
    if done is None:
        if preview.sample == 0:
            parts.append(_told(["Only counted: no figure was looked at (--sample 0)."]))
        return "\n".join(parts)
    if done.status == "blocked":
        parts.append(_told(["A rule would block it:", *done.messages]))
        return "\n".join(parts)
    if done.refused:
        parts.append(
            _told(
                [f"Records that would be refused, and are loaded now: {done.refused}"]
            )
        )
    parts += [_tables(preview), _trust(preview), _figures(preview, limit)]
    parts.append(_told(["Nothing was changed. To do it: the same without --dry-run."]))
    return "\n".join(part for part in parts if part)


def as_json(preview: Preview, limit: int | None, *, is_one_line: bool = False) -> str:
    """The same as one JSON object.

    Args:
        preview: the preview.
        limit: figures told of a report; None for all.
        is_one_line: for programs that read lines.
    """
    before, after = preview.before, preview.after
    changes = [asdict(change) for change in _heaviest(preview.changes, limit)]
    shown = {
        "articles_behind": preview.behind.articles,
        "articles_from_raw": preview.behind.from_raw,
        "articles_without_raw": preview.behind.without_raw,
        "behind": preview.behind.rows.to_dicts(),
        "sample": preview.sample,
        "status": preview.done.status if preview.done else None,
        "messages": preview.done.messages if preview.done else [],
        "records_refused": preview.done.refused if preview.done else 0,
        "tables": [
            {"table": name, "before": old, "after": new}
            for name, old, new in _pairs(preview.before, preview.after, "tables")
        ],
        "trust": [
            {"share": name, "before": old, "after": new}
            for name, old, new in _pairs(before, after, "trust")
        ],
        "reports": [asdict(total) for total in preview.totals],
        "changes": changes,
    }
    indent = None if is_one_line else 1
    return json.dumps(shown, ensure_ascii=False, indent=indent, default=str) + "\n"


def as_rows(preview: Preview, limit: int | None) -> str:
    """The figures that change as CSV, a line each."""
    rows: list[tuple[Any, ...]] = [
        (
            change.report,
            _row(change, longest=None),
            change.column,
            change.before,
            change.after,
            change.kind,
            change.weight,
        )
        for change in _heaviest(preview.changes, limit)
    ]
    return as_csv(Answer(list(_COLUMNS), ["VARCHAR"] * len(_COLUMNS), rows))


def _behind(preview: Preview) -> list[str]:
    behind = preview.behind
    raw = (
        "all of them are"
        if behind.from_raw == behind.articles
        else f"{behind.from_raw:,} of them are"
    )
    count = f"{behind.articles:,} article versions"
    lines = [f"Behind: {count}; {raw} read again from raw bytes."]
    if behind.without_raw:
        lines.append(
            f"{behind.without_raw:,} more of these stay as they are in part: the raw "
            "zone has their bytes no longer."
        )
    if preview.sample:
        lines.append(
            f"Only a sample was read again, {preview.sample:,} at most of each kind: "
            "what follows is what these change."
        )
    table = []
    for step, rows in groupby(
        behind.rows.iter_rows(named=True), lambda row: row["step"]
    ):
        outlets = list(rows)
        named = [f"{row['source']} {row['articles']:,}" for row in outlets[:_OUTLETS]]
        if len(outlets) > _OUTLETS:
            named.append(f"{len(outlets) - _OUTLETS} more")
        count = sum(row["articles"] for row in outlets)
        table.append((str(step), f"{count:,}", ", ".join(named)))
    return [*lines, "", *_grid(("step", "articles", "outlets"), table, right=(1,))]


def _tables(preview: Preview) -> str:
    rows = [
        (name, f"{old:,}", f"{new:,}", f"{new - old:+,}")
        for name, old, new in _pairs(preview.before, preview.after, "tables")
        if old != new
    ]
    if not rows:
        return _told(["Tables: every one has as many rows as before."])
    head = ("table", "rows before", "after", "change")
    return _told(["Tables", *_grid(head, rows, right=(1, 2, 3))])


def _trust(preview: Preview) -> str:
    rows = [
        (name, _value(old), _value(new), f"{(new or 0) - (old or 0):+.1f}")
        for name, old, new in _pairs(preview.before, preview.after, "trust")
        if _value(old) != _value(new)
    ]
    if not rows:
        return ""
    head = ("share, %", "before", "after", "change")
    return _told(["Trust", *_grid(head, rows, right=(1, 2, 3))])


def _figures(preview: Preview, limit: int) -> str:
    by_report = {
        key: list(changes)
        for key, changes in groupby(preview.changes, lambda change: change.report)
    }
    differing = [total for total in preview.totals if not total.is_same]
    same = len(preview.totals) - len(differing)
    if not differing:
        return _told([f"Reports: none of {len(preview.totals)} changes."])
    rows = [(total.changed, total.new, total.gone) for total in differing]
    changed, new, gone = (sum(counts) for counts in zip(*rows, strict=True))
    told = f"rows: {changed:,} changed, {new:,} new, {gone:,} gone"
    lines = [f"Reports: {len(differing)} change, {same} stay as they are; {told}"]
    for total in differing:
        changes = by_report.get(total.report, [])
        lines += ["", _headline(total)]
        shown = [
            (
                _row(change, longest=_LONGEST_ROW),
                change.column,
                _value(change.before),
                _value(change.after),
                _difference(change),
            )
            for change in changes[:limit]
        ]
        head = ("row", "figure", "before", "after", "change")
        lines += _grid(head, shown, right=(2, 3))
        if len(changes) > limit:
            lines.append(f"  and {len(changes) - limit:,} smaller (--limit)")
    return _told(lines)


def _headline(total: Totals) -> str:
    told = [
        f"{count:,} {word}"
        for count, word in (
            (total.changed, "changed"),
            (total.new, "new"),
            (total.gone, "gone"),
        )
        if count
    ]
    return (
        f"{total.report}: {', '.join(told)} "
        f"({total.rows_before:,} rows before, {total.rows_after:,} after)"
    )


def _difference(change: Change) -> str:
    if change.kind != "changed":
        return f"{change.kind} row"
    if isinstance(change.before, bool) or not isinstance(change.before, int | float):
        return ""
    if not isinstance(change.after, int | float):
        return ""
    difference = change.after - change.before
    share = f" ({difference / change.before:+.0%})" if change.before else ""
    return f"{_signed(difference)}{share}"


def _signed(number: float) -> str:
    return f"{number:+,}" if isinstance(number, int) else f"{number:+,.4g}"


def _row(change: Change, *, longest: int | None) -> str:
    """The values that name a row."""
    told = " · ".join(str(value) for value in change.row.values() if value is not None)
    return _short(told, longest) if longest else told


def _value(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        if value.is_integer() or abs(value) >= 1000:  # noqa: PLR2004 - legible
            return f"{value:,.0f}"
        return f"{value:,.1f}" if abs(value) >= 1 else f"{value:.2g}"
    return _short(str(value), _LONGEST_VALUE)


def _short(text: str, longest: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _pairs(before: Any, after: Any, name: str) -> Iterable[tuple[str, Any, Any]]:
    old = getattr(before, name) if before else {}
    new = getattr(after, name) if after else {}
    return [(key, old.get(key), new.get(key)) for key in old]


def _heaviest(changes: Sequence[Change], limit: int | None) -> list[Change]:
    return [
        change
        for _, some in groupby(changes, lambda change: change.report)
        for change in list(some)[:limit]
    ]


def _grid(
    head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int]
) -> list[str]:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for place, name in enumerate(head):
        table.add_column(
            Text(name), justify="right" if place in right else "left", overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text(value) for value in row))
    buffer = io.StringIO()
    Console(file=buffer, width=_WIDTH).print(table)
    return [line.rstrip() for line in buffer.getvalue().splitlines() if line.strip()]


def _told(lines: Sequence[str]) -> str:
    return "\n".join(lines) + "\n"
