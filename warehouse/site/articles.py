"""Article pages: the text with all that was read out of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from markupsafe import Markup

from warehouse.query import ask
from warehouse.site.asking import ask_site, keep_table, site_sql
from warehouse.site.frame import same
from warehouse.site.markup import render
from warehouse.site.spans import KINDS, Mark, mark_text
from warehouse.site.texts import value_texts, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import duckdb

    from warehouse.site.frame import Frame
    from warehouse.site.names import Names

#: Articles that are read and made into pages at a time.
_BATCH = 500


@dataclass(frozen=True)
class ArticlePage:
    """What an article's page shows."""

    head: dict[str, Any]
    title: Markup
    text: Markup
    kinds: list[str]
    topics: list[dict[str, Any]]
    copies: list[dict[str, Any]]
    original_url: str | None
    has_story_page: bool


def keep_articles(
    connection: duckdb.DuckDBPyConnection, cited: Iterable[int], days: int
) -> list[tuple[int, int]]:
    """The articles that get pages: those of the last days and those that pages cite.

    Returns:
        article_id and current version, in the order of keys.
    """
    answer = ask(
        connection,
        "select article_id, version from fact_article "
        "where is_current and article_id in (select unnest($ids::bigint[])) "
        "order by article_id",
        {"ids": sorted(cited)},
    )
    recent = ask_site(connection, "recent_articles", days=days)
    found = dict(answer.rows) | {row["article_id"]: row["version"] for row in recent}
    kept = sorted(found.items())
    _batch(connection, kept)
    return kept


def _batch(
    connection: duckdb.DuckDBPyConnection, articles: list[tuple[int, int]]
) -> None:
    keep_table(
        connection,
        "site_article",
        {"article_id": "bigint", "version": "integer", "batch": "integer"},
        (
            (article_id, version, number // _BATCH)
            for number, (article_id, version) in enumerate(articles)
        ),
    )


def article_digests(
    connection: duckdb.DuckDBPyConnection,
    names: Names,
    anchors: dict[int, set[tuple[bool, int]]],
) -> dict[int, str]:
    """What tells whether an article's page would come out the same as before."""
    return {
        row["article_id"]: hashlib.sha256(
            repr(
                (
                    row["digest"],
                    sorted(anchors.get(row["article_id"], ())),
                    row["story_id"] in names.story_pages,
                )
            ).encode()
        ).hexdigest()
        for row in ask_site(connection, "article_digests")
    }


def render_articles(
    connection: duckdb.DuckDBPyConnection,
    frame: Frame,
    names: Names,
    articles: list[tuple[int, int]],
    with_pages: set[int],
) -> Iterator[tuple[str, str]]:
    """Paths and texts of article pages, a batch of articles at a time.

    Args:
        connection: the published warehouse.
        frame: the site's frame, its places read.
        names: names and pages.
        articles: article_id and version of the pages to make.
        with_pages: every article that has a page, made now or before.
    """
    _batch(connection, articles)
    anchors = frame.places.anchors()
    for batch in range((len(articles) + _BATCH - 1) // _BATCH):
        sentences = {
            row["article_id"]: list(zip(row["starts"], row["ends"], strict=True))
            for row in ask_site(connection, "article_sentences", batch=batch)
        }
        marks = _marks(connection, names, batch)
        topics = _by_article(ask_site(connection, "article_topics", batch=batch))
        copies = _by_article(ask_site(connection, "article_copies", batch=batch))
        for head in ask_site(connection, "article_heads", batch=batch):
            key = head["article_id"]
            found, cited = marks.get(key, []), anchors.get(key, set())
            in_title = [mark for is_title, mark in found if is_title]
            in_text = [mark for is_title, mark in found if not is_title]
            title = head["title"]
            head["source_names"] = names.texts["source"][head["source"]]
            head["language_names"] = value_texts("language", head["language"]) or same(
                head["language"]
            )
            page = ArticlePage(
                head=head,
                title=_title(title, in_title, cited),
                text=mark_text(
                    head["text"],
                    sentences.get(key, []),
                    in_text,
                    {start for is_title, start in cited if not is_title},
                ),
                kinds=[k for k in KINDS if any(mark.kind == k for _, mark in found)],
                topics=topics.get(key, []),
                copies=[
                    row
                    | {
                        "has_page": row["other_id"] in with_pages,
                        "source_names": names.texts["source"][row["source"]],
                    }
                    for row in copies.get(key, [])
                ],
                original_url=web_address(head["url"]),
                has_story_page=head["story_id"] in names.story_pages,
            )
            yield (
                f"article/{key}.html",
                render(
                    "article.html",
                    frame=frame.at(
                        "../",
                        "article",
                        same(title) if title else words("untitled"),
                        charts=False,
                    ),
                    page=page,
                ),
            )


def web_address(url: str | None) -> str | None:
    """An address that may be linked to: of the web, nothing that runs."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def _title(
    title: str | None, marks: list[Mark], cited: set[tuple[bool, int]]
) -> Markup:
    if not title:
        return Markup("")
    line = title.replace("\n", " ")
    shown = mark_text(
        line, [], marks, {start for is_title, start in cited if is_title}, "t"
    )
    return Markup(shown.removeprefix("<p>").removesuffix("</p>"))  # noqa: S704


def _marks(
    connection: duckdb.DuckDBPyConnection, names: Names, batch: int
) -> dict[int, list[tuple[bool, Mark]]]:
    found: dict[int, list[tuple[bool, Mark]]] = {}
    rows = ask(connection, site_sql("article_marks"), {"batch": batch}).rows
    for article_id, kind, in_title, start, end, name, russian, english, key in rows:
        path = f"../person/{key}.html" if key in names.person_pages else None
        mark = Mark(kind, start, end, (name, russian or name, english or name), path)
        found.setdefault(article_id, []).append((in_title, mark))
    return found


def _by_article(rows: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["article_id"], []).append(row)
    return found
