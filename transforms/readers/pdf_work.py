"""How much work a PDF's page is, before it is done.

A small file can ask for hours: a thousand pages that share one stream, forms that
draw one another, a font's table as large as a book. All that a page makes the library
parse is counted in bytes.
"""

from __future__ import annotations

from typing import Any

#: Bytes to parse in one document: some 20 s of work at the worst, and 1,000 pages of
#: ordinary print, which takes 2 to 12 KB a page.
MAX_WORK = 12 * 1024 * 1024

_DRAW = b" Do"
_MAX_FORMS = 200


def page_work(page: Any) -> int:
    """Count the bytes that reading a page's text parses: content, forms, fonts.

    Args:
        page: a page of pypdf.
    """
    content = page.get_contents()
    data = content.get_data() if content is not None else b""
    forms, fonts = _resources(page)
    drawn = data.count(_DRAW) + sum(form.count(_DRAW) for form in forms)
    largest = max(map(len, forms), default=0)
    return len(data) + drawn * largest + fonts


def _resources(page: Any) -> tuple[list[bytes], int]:
    """Contents of the forms that a page can draw, and the size of its fonts' tables."""
    forms: list[bytes] = []
    font_bytes = 0
    seen: set[int] = set()
    waiting = [_get(page, "/Resources")]
    while waiting and len(forms) < _MAX_FORMS:
        resources = waiting.pop()
        if resources is None or id(resources) in seen:
            continue
        seen.add(id(resources))
        font_bytes += sum(map(_size_of_table, _values(_get(resources, "/Font"))))
        for drawn in _values(_get(resources, "/XObject")):
            if _get(drawn, "/Subtype") == "/Form" and id(drawn) not in seen:
                seen.add(id(drawn))
                forms.append(drawn.get_data())
                waiting.append(_get(drawn, "/Resources"))
    return forms, font_bytes


def _size_of_table(font: Any) -> int:
    table = _get(font, "/ToUnicode")
    return len(table.get_data()) if hasattr(table, "get_data") else 0


def _get(holder: Any, key: str) -> Any:
    """A value of a dictionary of the document, references followed."""
    value = holder.get(key) if hasattr(holder, "get") else None
    return value.get_object() if value is not None else None


def _values(holder: Any) -> list[Any]:
    if not hasattr(holder, "values"):
        return []
    return [value.get_object() for value in holder.values()]
