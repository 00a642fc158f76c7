"""An analyst's fix: checked against what is loaded, written into fixes.csv, applied."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from flows.errors import UserError
from flows.references import load_references
from flows.reprocess import reprocess
from flows.run import REPORTS
from transforms.corrections import canonical_targets
from transforms.fixes import FIXES, QUOTE_KINDS, SCOPES
from warehouse.amendments import resolve_targets
from warehouse.catalog import open_reports

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from flows.reprocess import Reprocessed
    from flows.settings import Settings

FILE = "fixes.csv"
COLUMNS = (
    "kind",
    "article",
    "in_title",
    "start_char",
    "end_char",
    "surface",
    "right",
    "scope",
    "reason",
    "sentence",
)
_KEY = ("kind", "article", "in_title", "start_char", "end_char")
#: Characters of the words and of the sentence that are written down.
_LONGEST_SURFACE, _LONGEST_SENTENCE = 300, 1_500
#: Rows that are named where none is at the place.
_TOLD = 8


@dataclass(frozen=True)
class Fix:
    """What is to be fixed.

    Attributes:
        kind: one of `transforms.fixes.KINDS`.
        article: article_id, address, or ``outlet:own id``.
        start: the first character, from 0.
        end: after the last.
        in_title: whether they count in the title.
        right: whom or what it is; None for nobody and none.
        scope: one of `transforms.fixes.SCOPES`.
        reason: why.
    """

    kind: str
    article: str
    start: int
    end: int
    in_title: bool
    right: str | None
    scope: str
    reason: str


@dataclass(frozen=True)
class Found:
    """Where a fix stands in the article as it is now."""

    fix: Fix
    article_id: int
    surface: str
    sentence: str
    place_in_sentence: int
    now: str | None

    @property
    def shown(self) -> str:
        """The sentence with the words marked."""
        at = self.place_in_sentence
        end = at + len(self.surface)
        text = self.sentence
        return f"{text[:at]}⟦{text[at:end]}⟧{text[end:]}"


def find(settings: Settings, fix: Fix) -> Found:
    """Look the place of a fix up.

    The span becomes that of the quotation or mention that stands there.

    Raises:
        UserError: no such article or place, or nothing was found there.
    """
    with closing(open_reports(settings.data / REPORTS)) as connection:
        article_id = _article(connection, fix.article)
        row = connection.execute(
            "select version, url, coalesce(title, ''), text from fact_article "
            "where article_id = $id and is_current",
            {"id": article_id},
        ).fetchone()
        assert row  # noqa: S101 - every article has a current version
        version, url, title, text = row
        words = title if fix.in_title else text
        if not 0 <= fix.start < fix.end <= len(words):
            part = "title" if fix.in_title else "text"
            message = f"{fix.start}-{fix.end}: the {part} has {len(words)} characters."
            raise UserError(message)
        fix, now = _row_at(connection, fix, article_id, version)
        sentence, start = _sentence(connection, fix, article_id, version, words)
    surface = words[fix.start : fix.end]
    return Found(
        replace(fix, article=url or str(article_id)),
        article_id,
        surface,
        sentence,
        fix.start - start,
        now,
    )


def apply(settings: Settings, found: Found) -> Reprocessed:
    """Write the fix into the workspace's table and read its article again.

    Raises:
        UserError: the workspace has no tables of its own, or the row is wrong; the
            table stays as it was.
    """
    if settings.seeds is None:
        message = (
            "no workspace: the setting seeds names no folder for fixes.csv. "
            "Make one with `qoima init`."
        )
        raise UserError(message)
    path = settings.seeds / FILE
    before = path.read_bytes() if path.exists() else None
    _write(path, before, found)
    try:
        load_references(settings.seeds)
    except UserError:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)
        raise
    return reprocess(settings, step=FIXES)


def state(settings: Settings, found: Found) -> str:
    """What became of a fix that was applied."""
    with closing(open_reports(settings.data / REPORTS)) as connection:
        row = connection.execute(
            """
            select fact_fix.state
            from fact_fix
            inner join fact_article using (article_id, version)
            where
                is_current and article_id = $id and kind = $kind
                and in_title = $in_title
                and start_char = $start and end_char = $end
            """,
            {
                "id": found.article_id,
                "kind": found.fix.kind,
                "in_title": found.fix.in_title,
                "start": found.fix.start,
                "end": found.fix.end,
            },
        ).fetchone()
    return row[0] if row else "no_place"


def _article(connection: duckdb.DuckDBPyConnection, article: str) -> int:
    target = canonical_targets(pl.DataFrame({"article": [article]}))["target"]
    found = resolve_targets(connection, target)["article_id"].to_list()
    if len(found) != 1:
        how_many = f"{len(found)} articles" if found else "no article"
        message = (
            f"{article}: {how_many} of that id or url. Give the article_id of one: "
            'qoima sql "select article_id, title from fact_article where …".'
        )
        raise UserError(message)
    return int(found[0])


def _row_at(
    connection: duckdb.DuckDBPyConnection, fix: Fix, article_id: int, version: int
) -> tuple[Fix, str | None]:
    """The fix at the row that it is about, and what the row says now."""
    is_quote = fix.kind in QUOTE_KINDS
    table, entity, what = (
        ("fact_quote", "speaker_id", "quotation")
        if is_quote
        else ("fact_mention", "entity_id", "mention")
    )
    rows = connection.execute(
        f"""
        select
            {table}.start_char,
            {table}.end_char,
            dim_entity.name,
            {table}.surface,
            least({table}.end_char, $end)
            - greatest({table}.start_char, $start) as shared
        from {table}
        left join dim_entity on {table}.{entity} = dim_entity.entity_id
        where
            {table}.article_id = $id
            and {table}.version = $version
            and {table}.in_title = $in_title
        order by shared desc, {table}.end_char - {table}.start_char, start_char
        """,
        {
            "id": article_id,
            "version": version,
            "in_title": fix.in_title,
            "start": fix.start,
            "end": fix.end,
        },
    ).fetchall()
    hits = [row for row in rows if row[4] > 0]
    if hits:
        start, end, name, _, _ = hits[0]
        return replace(fix, start=start, end=end), name
    if fix.kind == "entity":
        return fix, None
    told = "; ".join(
        f"{start}-{end} «{surface[:40]}»" for start, end, _, surface, _ in rows[:_TOLD]
    )
    message = f"{fix.start}-{fix.end}: no {what} there. There are: {told or 'none'}."
    raise UserError(message)


def _sentence(
    connection: duckdb.DuckDBPyConnection,
    fix: Fix,
    article_id: int,
    version: int,
    words: str,
) -> tuple[str, int]:
    """The sentence that the span begins in, to the end of the span, and its start."""
    if fix.in_title:
        return words, 0
    row = connection.execute(
        """
        select start_char, end_char
        from fact_sentence
        where
            article_id = $id and version = $version
            and start_char <= $start and end_char > $start
        """,
        {"id": article_id, "version": version, "start": fix.start},
    ).fetchone()
    start, end = row or (fix.start, fix.end)
    return words[start : max(end, fix.end)], start


def _write(path: Path, before: bytes | None, found: Found) -> None:
    """Put the row into the table, in the place of one with the same key."""
    fix = found.fix
    row = {
        "kind": fix.kind,
        "article": fix.article,
        "in_title": str(fix.in_title).lower(),
        "start_char": str(fix.start),
        "end_char": str(fix.end),
        "surface": _one_line(found.surface, _LONGEST_SURFACE),
        "right": fix.right or "",
        "scope": "" if fix.scope == SCOPES[0] else fix.scope,
        "reason": fix.reason,
        "sentence": _one_line(found.sentence, _LONGEST_SENTENCE),
    }
    old = csv.DictReader(io.StringIO((before or b"").decode("utf-8-sig")))
    rows = [one for one in old if any(one.get(name) != row[name] for name in _KEY)]
    names = list(dict.fromkeys([*(old.fieldnames or ()), *COLUMNS]))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows([*rows, row])
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(text.getvalue(), encoding="utf-8")
    part.replace(path)


def _one_line(text: str, longest: int) -> str:
    line = text.splitlines()[0] if text.splitlines() else ""
    return line[:longest].strip()
