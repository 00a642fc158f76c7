"""The article's title among a page's many: metadata, heading, window title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from transforms.readers.markup import element_text

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What templates put between a title and the site's name.
_SEPARATOR = re.compile(r"\s+(?:[|·•»/]|::|[-\u2013\u2014])\s+|\s*\|\s*")

#: A separator that no headline has in itself.
_BAR = re.compile(r"\s*\|\s*|\s+::\s+")

_HEADINGS = ("//article//h1", "//main//h1", "//h1")
_CUT_OFF = ("…", "...")
_NOT_ALNUM = re.compile(r"[\W_]+")


def page_title(
    root: Any,
    linked: Mapping[str, Any],
    tagged: Mapping[str, Any],
    site: str | None,
) -> str | None:
    """Choose the title: JSON-LD, OpenGraph, the heading, then the window title.

    Args:
        root: the page, parsed.
        linked: fields from JSON-LD.
        tagged: fields from meta tags.
        site: the outlet's name, if the page gives it; it is taken off the title.

    Returns:
        One line, or None.
    """
    heading = _heading(root, site)
    named = (_without_site(t, site) for t in (linked.get("title"), tagged.get("title")))
    for title in named:
        if title and heading and _is_cut(title, heading):
            return heading
        if title:
            return title
    return heading or _window_title(root, site)


def _heading(root: Any, site: str | None) -> str | None:
    for place in _HEADINGS:
        for element in root.xpath(place):
            line = " ".join(element_text(element).split())
            if line and not _same(line, site):
                return line
    return None


def _is_cut(title: str, heading: str) -> bool:
    """Say whether a title is the beginning of the heading: metadata is often short."""
    stem = title
    for mark in _CUT_OFF:
        stem = stem.removesuffix(mark)
    return len(stem) < len(heading) and heading.startswith(stem.strip())


def _window_title(root: Any, site: str | None) -> str | None:
    title = " ".join((root.findtext(".//title") or "").split())
    bare = _without_site(title, site)
    if bare == title:
        bare = next((part for part in _BAR.split(title) if part.strip()), title)
    return bare.strip() if bare else None


def _without_site(title: str | None, site: str | None) -> str | None:
    """Take the site's name off the end or the beginning of a title."""
    if not title or not site:
        return title
    parts = list(_SEPARATOR.finditer(title))
    if parts and _same(title[parts[-1].end() :], site):
        return title[: parts[-1].start()].strip()
    if parts and _same(title[: parts[0].start()], site):
        return title[parts[0].end() :].strip()
    return title


def _same(one: str, other: str | None) -> bool:
    folded = _NOT_ALNUM.sub("", one).casefold()
    return bool(other) and folded == _NOT_ALNUM.sub("", other or "").casefold()
