"""The article's text out of a page, without the site around it."""

from __future__ import annotations

from typing import Any

from transforms.readers.markup import element_text

#: Where an article stands in pages that say so, from narrow to wide.
_CONTAINERS = (
    "//*[@itemprop='articleBody']",
    "//article",
    "//main",
    "//*[@role='main']",
    "//body",
)

#: Elements past which the extraction takes seconds and more (it grows faster than the
#: page); an article's page has some hundreds to a few thousand.
_MAX_ELEMENTS = 30_000

#: Letters without which a container holds a menu or a notice rather than an article.
_MIN_LETTERS = 40
#: A page's own lines above its title are short and few.
_HEAD_LINES, _HEAD_LINE_CHARS = 6, 60


def page_text(root: Any, title: str | None, described: str | None) -> str:
    """Take the article's text from a page.

    Args:
        root: the page, parsed; left as it was.
        title: the article's title, which is taken off the text's beginning.
        described: the text as the page's metadata gives it (JSON-LD ``articleBody``),
            used where the page itself yields none: its paragraphs are often lost.

    Returns:
        Paragraphs separated by line feeds; empty where the page holds no article.
    """
    text = _without_title(_extracted(root), title)
    if _has_letters(text):
        return text
    if described and _has_letters(described):
        return described
    return _without_title(_from_containers(root), title)


def _extracted(root: Any) -> str:
    """Let trafilatura tell the article from the site around it."""
    if sum(1 for _ in root.iter()) > _MAX_ELEMENTS:
        return ""
    import trafilatura  # noqa: PLC0415 - costs 0.3 s

    page = trafilatura.bare_extraction(
        root, include_comments=False, include_tables=True, with_metadata=False
    )
    body = getattr(page, "body", None)
    return "" if body is None else element_text(body)


def _from_containers(root: Any) -> str:
    """Take all text of the narrowest container that holds enough of it."""
    for container in _CONTAINERS:
        found = (element_text(element) for element in root.xpath(container))
        longest = max(found, key=len, default="")
        if _has_letters(longest):
            return longest
    return ""


def _has_letters(text: str) -> bool:
    return sum(map(str.isalpha, text[: _MIN_LETTERS * 10])) >= _MIN_LETTERS


def _without_title(text: str, title: str | None) -> str:
    """Take the title off, with the few short lines of the page above it."""
    lines = text.split("\n")
    wanted = (title or "").casefold()
    for at, line in enumerate(lines[:_HEAD_LINES]):
        if wanted and " ".join(line.split()).casefold() == wanted:
            return "\n".join(lines[at + 1 :])
        if len(line) > _HEAD_LINE_CHARS:
            break
    return text
