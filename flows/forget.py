"""Forgetting an article: out of the raw zone, the warehouse and the published copy."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import polars as pl

from flows.copies import finish_links
from flows.errors import UserError
from flows.place import is_in_lake
from flows.references import load_references
from flows.run import REPORTS, WAREHOUSE
from flows.site import build as build_site
from flows.site import site_is_there
from transforms.parse.address import canonical_url
from transforms.readers import FieldNames, format_of
from transforms.redact import redact_content
from warehouse.aggregates import refresh_aggregates
from warehouse.catalog import open_warehouse
from warehouse.contributions import Change
from warehouse.forget import (
    files_of,
    find_articles,
    remove_article,
    rewrite_warehouse,
)
from warehouse.lake_care import purge
from warehouse.lake_writer import keep_turn, write_through
from warehouse.lock import writer_lock
from warehouse.measures import keep_measures
from warehouse.publish import publish
from warehouse.raw import read_raw, replace_contents
from warehouse.restatements import unpublished_runs

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from flows.settings import Settings


@dataclass(frozen=True)
class Forgotten:
    """What was removed.

    Attributes:
        paths: inputs that held the article; those that still lie in a landing folder
            or archive are the user's to remove.
    """

    article_id: int
    versions: int
    paths: list[str]


def forget(settings: Settings, article: str, *, reason: str, run_id: str) -> Forgotten:
    """Remove an article for good and keep it out.

    Args:
        settings: the workspace.
        article: its article_id, or its url.
        reason: why, for the audit row.
        run_id: names the holder of the lock meanwhile.

    Raises:
        UserError: no such article.
        WarehouseBusyError: a run holds the warehouse.
    """
    data, now = settings.data, datetime.now(UTC)
    references = load_references(settings.seeds)
    names = FieldNames.from_rows(references.field_names.rows())
    with writer_lock(data, run_id=run_id, now=now):
        with closing(open_warehouse(data / WAREHOUSE, now=now)) as connection:
            keep_turn(connection)
            article_id = _resolve(connection, article)
            files = files_of(connection, article_id)
            redact_raw(data, files, names)
            connection.execute("begin")
            versions = remove_article(
                connection,
                article_id,
                reason=reason,
                files_redacted=files["file_id"].n_unique(),
                now=now,
            )
            finish_links(connection)
            refresh_aggregates(connection)
            unpublished = unpublished_runs(connection, data / REPORTS)
            keep_measures(connection, Change(None, run_id, now, "forget", unpublished))
            connection.execute("commit")
            write_through(connection)
            if is_in_lake(data):
                purge(connection)
        if not is_in_lake(data):
            rewrite_warehouse(data / WAREHOUSE)
        publish(data / WAREHOUSE, data / REPORTS)
        if site_is_there(settings):
            build_site(settings)
    return Forgotten(article_id, versions, files["path"].unique().sort().to_list())


def redact_raw(data: Path, files: pl.DataFrame, field_names: FieldNames) -> None:
    """Cut records out of the raw zone.

    Args:
        data: the data folder.
        files: record_no, path, content_hash, raw_file; one row a record to cut.
        field_names: the mapping of outlets' field names to ours.
    """
    kept = files.filter(pl.col("raw_file").is_not_null())
    for (raw_file,), group in kept.group_by("raw_file", maintain_order=True):
        contents: dict[str, bytes] = {}
        stored = read_raw(data, str(raw_file), group["content_hash"].to_list())
        for row in stored.iter_rows(named=True):
            same = group.filter(pl.col("content_hash") == row["content_hash"])
            path = same["path"][0]
            contents[row["content_hash"]] = redact_content(
                row["content"],
                path=path,
                file_format="jsonl" if row["is_redacted"] else format_of(path) or "",
                field_names=field_names,
                record_nos=same["record_no"].to_list(),
            )
        replace_contents(data, str(raw_file), contents)


def _resolve(connection: duckdb.DuckDBPyConnection, article: str) -> int:
    if article.lstrip("-").isdigit():
        article_id = int(article)
        known = connection.execute(
            "select count(*) from fact_article where article_id = $id",
            {"id": article_id},
        ).fetchone()
        found = [article_id] if known and known[0] else []
    else:
        url = pl.DataFrame({"url": [article]}).select(canonical_url(pl.col("url")))
        found = find_articles(connection, url.item() or article)
    if len(found) != 1:
        how_many = f"{len(found)} articles" if found else "no article"
        message = (
            f"{article}: {how_many} of that id or url. "
            "Give the article_id of one: qoima sql "
            '"select article_id, title from fact_article where url = …".'
        )
        raise UserError(message)
    return found[0]
