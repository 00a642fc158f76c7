"""A data folder to run passes in, and a look at what they left."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import duckdb

from flows.landing import Root
from flows.run import RunRequest, run_pass
from flows.settings import Settings
from warehouse.catalog import open_warehouse

#: What the promise of equal tables does not cover.
VOLATILE = {
    "file_id",
    "record_no",
    "load_id",
    "run_id",
    "arrived_at",
    "seen_at",
    "loaded_at",
}
DATA_TABLES = (
    "fact_article",
    "fact_sentence",
    "fact_mention",
    "fact_role_mention",
    "bridge_article_country",
    "fact_quote",
    "fact_amount",
    "fact_date_mention",
    "bridge_article_topic",
    "fact_topic_mention",
    "fact_event_statement",
    "fact_event",
    "fact_event_mention",
    "bridge_event_actor",
    "fact_document",
    "dim_topic",
    "dim_unit",
    "dim_event_type",
    "article_signature",
    "article_bucket",
    "fact_duplicate",
    "story_link",
    "dim_story",
    "dim_entity",
    "dim_entity_alias",
    "dim_entity_role",
    "dim_country",
    "dim_place",
    "article_step",
    "fact_correction",
    "fact_fix",
    "dim_source",
    "dim_source_history",
    "dim_date",
)
#: What search knows, without its own numbers.
SEARCHED = """
    select article_id, version, published_date, form, term, article_count, weight
    from search_document
    full join search_posting using (document_no)
    full join search_form using (form_no)
"""
BODY = (
    "Министрлік су шаруашылығы саласындағы жаңа жобалар туралы баяндады. "
    "Жиында өңірлердегі ауыз су мәселесі талқыланды. "
    "Мамандар су қоймаларының жай-күйін тексеріп, есеп дайындайды."
)


@cache
def _empty_warehouse() -> Path:
    """A warehouse with its tables and views, made once and copied for each workspace.

    Making them takes longer than many a load that is tested; `test_samples` and the
    tests of the command line begin with nothing.
    """
    folder = tempfile.mkdtemp(prefix="qoima-test-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "warehouse.duckdb"
    with closing(open_warehouse(path, now=datetime.now(UTC))) as connection:
        connection.execute("checkpoint")
    return path


class Workspace:
    """A data folder; files go in by `put`, passes run by `load`."""

    def __init__(self, data: Path, checker) -> None:
        self.data = data
        self.landing = data / "landing"
        self.landing.mkdir(parents=True)
        self.checker = checker

    def put(self, name: str, content: str | bytes, *, age: float = 60) -> Path:
        """Write a file that was last changed so many seconds ago."""
        path = self.landing / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        changed = path.stat().st_mtime - age
        os.utime(path, (changed, changed))
        return path

    def request(self, *paths: Path, **options) -> RunRequest:
        settings = {
            name: options.pop(name)
            for name in tuple(options)
            if name in Settings.model_fields
        }
        return RunRequest(
            data=self.data,
            roots=tuple(
                Root(path) if path.is_dir() else Root(path.parent, path.name)
                for path in paths or [self.landing]
            ),
            settings=Settings(data=self.data, **({"settle_seconds": 0} | settings)),
            checker=self.checker,
            **options,
        )

    def load(self, *paths: Path, **options):
        """Make a pass; its account must close."""
        warehouse = self.data / "warehouse.duckdb"
        if not (warehouse.exists() or options.get("is_dry_run")):
            shutil.copyfile(_empty_warehouse(), warehouse)
        summary = run_pass(self.request(*paths, **options))
        assert summary.is_balanced, summary
        return summary

    def ask(self, sql: str, *values, published: bool = True) -> list[tuple]:
        name = "reports.duckdb" if published else "warehouse.duckdb"
        with duckdb.connect(str(self.data / name), read_only=True) as connection:
            return connection.execute(sql, list(values)).fetchall()

    def one(self, sql: str, *values):
        rows = self.ask(sql, *values)
        assert len(rows) == 1, rows
        return rows[0][0] if len(rows[0]) == 1 else rows[0]

    def tables(self) -> dict[str, list[str]]:
        """The data tables as sorted rows, without what may differ."""
        with duckdb.connect(
            str(self.data / "reports.duckdb"), read_only=True
        ) as connection:
            result = {}
            for table in DATA_TABLES:
                columns = [
                    row[0]
                    for row in connection.execute(f"describe {table}").fetchall()
                    if row[0] not in VOLATILE
                ]
                rows = connection.execute(
                    f"select {', '.join(columns)} from {table}"
                ).fetchall()
                result[table] = sorted(map(repr, rows))
            rows = connection.execute(SEARCHED).fetchall()
            return result | {"search": sorted(map(repr, rows))}


def article(title: str, day: str = "2025-12-01", body: str = BODY) -> str:
    """A text article of the first shape."""
    return f" date {day} {title}\n{body}\n"


def record(**fields) -> str:
    """One line of JSON, an article unless told otherwise."""
    return json.dumps(
        {
            "title": "Су қоймасы ашылды",
            "text": BODY,
            "date": "2025-12-01T10:00:00+05:00",
        }
        | fields,
        ensure_ascii=False,
    )
