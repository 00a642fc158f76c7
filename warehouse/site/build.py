"""Builds the site of the published warehouse."""

from __future__ import annotations

import hashlib
import time
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.catalog import open_reports, published_state
from warehouse.site.articles import article_digests, keep_articles, render_articles
from warehouse.site.assets import code_digest, put_assets
from warehouse.site.frame import Frame
from warehouse.site.names import load_names
from warehouse.site.overview import (
    gather_overview,
    gather_quality,
    newest_load,
    render_overview,
    render_quality,
)
from warehouse.site.places import Places
from warehouse.site.reports import gather_reports, render_reports
from warehouse.site.subjects import (
    countries_answer,
    gather_countries,
    gather_people,
    gather_stories,
    people_answer,
    render_listing,
    stories_answer,
)
from warehouse.site.tables import Making
from warehouse.site.writer import Writer, is_whole, locked_site, read_manifest

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb


@dataclass(frozen=True)
class Built:
    """What building the site did.

    Attributes:
        pages: files that the site has.
        written: those that were new or changed.
        removed: those that are no more.
        seconds: how long it took.
    """

    pages: int
    written: int
    removed: int
    seconds: float


def build_site(reports: Path, folder: Path, *, days: int) -> Built:
    """Bring the site up to the published warehouse; a site that is up to date stays.

    Args:
        reports: the published file.
        folder: where the site is.
        days: articles of so many last days get pages, besides those that pages cite.

    Raises:
        WarehouseError: nothing was published yet.
    """
    begun = time.perf_counter()
    with locked_site(folder):
        made_of = _fingerprint(reports, days)
        before, pages = read_manifest(folder)
        if before == made_of and is_whole(folder, pages):
            return Built(len(pages), 0, 0, _since(begun))
        writer = Writer(folder, pages)
        with closing(open_reports(reports)) as connection:
            _build(connection, writer, days)
        writer.finish(made_of)
    return Built(len(writer.pages), writer.written, writer.removed, _since(begun))


def _build(connection: duckdb.DuckDBPyConnection, writer: Writer, days: int) -> None:
    """Ask everything, then write everything: every page can then link to any other."""
    making = Making(load_names(connection), Places())
    lists = {
        "people": people_answer(connection, making),
        "countries": countries_answer(connection, making),
        "stories": stories_answer(connection, making),
    }
    reports = gather_reports(connection, making)
    listings = [
        gather_people(connection, making, lists["people"]),
        gather_countries(connection, making, lists["countries"]),
        gather_stories(connection, making, lists["stories"]),
    ]
    overview = gather_overview(connection, making, lists, reports, days)
    quality = gather_quality(connection, making, reports)
    making.places.read(connection, making.names.texts["source"])
    frame = Frame(making.places, newest_load(connection))
    put_assets(writer)
    _put_articles(connection, writer, making, frame, days)
    for listing in listings:
        for path, page in render_listing(frame, listing):
            writer.put(path, page)
    for path, page in render_reports(frame, reports):
        writer.put(path, page)
    for path, page in render_quality(frame, quality):
        writer.put(path, page)
    for path, page in render_overview(frame, overview, reports):
        writer.put(path, page)


def _put_articles(
    connection: duckdb.DuckDBPyConnection,
    writer: Writer,
    making: Making,
    frame: Frame,
    days: int,
) -> None:
    """Make the article pages that are new or would change."""
    kept = keep_articles(connection, making.places.articles, days)
    digests = article_digests(connection, making.names, making.places.anchors())
    code = code_digest()
    changed = [
        (article_id, version)
        for article_id, version in kept
        if not writer.keep(
            f"article/{article_id}.html", f"{digests[article_id]} {code}"
        )
    ]
    with_pages = {article_id for article_id, _ in kept}
    pages = render_articles(connection, frame, making.names, changed, with_pages)
    for (article_id, _), (path, page) in zip(sorted(changed), pages, strict=True):
        writer.put(path, page, made_of=f"{digests[article_id]} {code}")


def _fingerprint(reports: Path, days: int) -> str:
    """Changes with the published file, the code and the setting."""
    parts = (*published_state(reports), code_digest(), days)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _since(begun: float) -> float:
    return round(time.perf_counter() - begun, 3)
