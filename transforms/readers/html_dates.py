"""A page's publication date where neither JSON-LD nor a known meta tag gives it."""

from __future__ import annotations

import re
from typing import Any

from transforms.readers.markup import element_text

#: ``<time>`` elements by trust: marked as the publication, inside the article.
_TIMES = (
    "//time[@itemprop='datePublished' or @pubdate]",
    "//*[@itemprop='datePublished'][@datetime or @content]",
    "//article//time[not(ancestor::aside or ancestor::a)]",
    "//main//time[not(ancestor::aside or ancestor::a)]",
)
_LONE_TIME = "//time[not(ancestor::aside or ancestor::a or ancestor::footer)]"

#: Elements that show a date to the reader; links, lists and asides show other news'.
_PRINTED = (
    "//*[contains(@class,'date') or contains(@class,'time')"
    " or contains(@class,'publish') or contains(@class,'meta')]"
    "[not(ancestor-or-self::a or ancestor::aside or ancestor::nav"
    " or ancestor::footer or ancestor::li)]"
)

#: A day and a year, in either order: ``5 наурыз 2024``, ``2024 жылғы 5 наурыз``.
_DAY_AND_YEAR = re.compile(
    r"\b\d{1,2}\D{1,20}(?:19|20)\d{2}\b|\b(?:19|20)\d{2}\D{1,20}\d{1,2}\b"
)

#: A line longer than this is a sentence with a date in it, not a date line.
_MAX_LINE = 60

#: Attributes of a meta tag that are copied for htmldate; others may have names that
#: no tree takes.
_META_KEYS = ("name", "property", "itemprop", "http-equiv", "pubdate", "content")

#: htmldate wants bounds, and would take today for the upper one.
_EARLIEST, _LATEST = "1995-01-01", "2100-12-31"


def page_date(root: Any) -> str | None:
    """Find the publication date in a page's elements.

    Args:
        root: the page, parsed; left as it was.

    Returns:
        The date as the page writes it (ISO or in words); None where it names none.
        htmldate sees the meta tags only, and its bare 1 January, which is what it
        makes of a year, is refused: the parse step reads the body's Kazakh date.
    """
    return _marked_time(root) or _from_meta(root) or _printed(root)


def _marked_time(root: Any) -> str | None:
    for place in _TIMES:
        found = next(filter(None, map(_moment, root.xpath(place))), None)
        if found:
            return found
    moments = {moment for moment in map(_moment, root.xpath(_LONE_TIME)) if moment}
    return moments.pop() if len(moments) == 1 else None


def _moment(element: Any) -> str | None:
    stated = element.get("datetime") or element.get("content")
    if stated and stated.strip():
        return str(stated.strip())
    return _date_line(element)


def _date_line(element: Any) -> str | None:
    line = " ".join(element_text(element).split())
    return line if len(line) <= _MAX_LINE and _DAY_AND_YEAR.search(line) else None


def _printed(root: Any) -> str | None:
    return next(filter(None, map(_date_line, root.xpath(_PRINTED))), None)


def _tells_change(meta: Any) -> bool:
    """Say whether a meta tag is about a later change: no date of publication."""
    name = " ".join(map(str, meta.attrib.values())).lower()
    return "modif" in name or "updat" in name


def _from_meta(root: Any) -> str | None:
    """Ask htmldate about the meta tags whose names the table does not know."""
    from htmldate import find_date  # noqa: PLC0415 - comes with trafilatura, 0.3 s
    from lxml import html  # type: ignore[import-untyped] # noqa: PLC0415

    metas = [meta for meta in root.iter("meta") if not _tells_change(meta)]
    if not metas:
        return None
    page = html.fromstring("<html><head></head><body></body></html>")
    for meta in metas:
        known = {key: meta.get(key) for key in _META_KEYS if meta.get(key)}
        page.head.append(html.Element("meta", known))
    # A tree, never a string: htmldate fetches a string that looks like an address.
    found = find_date(
        page,
        extensive_search=False,
        original_date=True,
        url="",
        min_date=_EARLIEST,
        max_date=_LATEST,
    )
    return None if not found or found.endswith("-01-01") else str(found)
