"""What a page says of its article: title, dates, author, address, tags.

Sources in the order of trust: JSON-LD, meta tags (OpenGraph and others), then the
page's own elements. Names of JSON-LD keys and meta tags go through the same table of
field names as those of JSON records.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from transforms.readers.fields import FieldNames, map_fields
from transforms.readers.html_dates import page_date
from transforms.readers.html_titles import page_title
from transforms.readers.json_ld import article_object
from transforms.readers.markup import element_text

#: Microdata properties that speak of the article; others (name, url) may speak of
#: the publisher or of a picture.
_ITEM_PROPERTIES = frozenset(
    {"datePublished", "dateModified", "headline", "articleSection", "keywords"}
)

#: Meta tags that speak of the site as often as of the article, or hold no field.
_UNTRUSTED_META = frozenset({"description", "text", "content", "url", "id", "body"})

_PHOTO_LABEL = re.compile(
    r"(?:сурет(?:тер)?|фото(?:сурет)?|photo|image|суретті түсірген)\s*"
    r"(?:авторы|көзі|credit|by)?\s*[:©]\s*(\S.{0,200})",
    re.IGNORECASE,
)
_PHOTO_PLACES = (
    "//figcaption|//*[contains(@class,'credit') or contains(@class,'photo-author')"
    " or contains(@class,'photo-source') or contains(@class,'caption')]"
)

_CUT_OFF = ("…", "...")


def page_fields(root: Any, names: FieldNames) -> dict[str, Any]:
    """Collect the canonical fields that a page's metadata gives.

    Args:
        root: the page, parsed; left as it was.
        names: the table of field names.

    Returns:
        Canonical field -> value; ``text`` is JSON-LD's ``articleBody``. A date is
        absent where the page names none: a bare 1 January is never made up.
    """
    linked = map_fields(article_object(root), names)
    tagged = map_fields(_meta_tags(root), names)
    fields = {**tagged, **linked}
    found = {
        "title": page_title(root, linked, tagged, fields.get("source")),
        "url": _address(root, tagged.get("url"), linked.get("url")),
        "published": fields.get("published") or page_date(root),
        "author": _first_name(linked.get("author"), tagged.get("author")),
        "lead": _whole_lead(fields),
        "photo_credit": fields.get("photo_credit") or _photo_credit(root),
    }
    fields.update(found)
    return {field: value for field, value in fields.items() if value}


def _meta_tags(root: Any) -> dict[str, Any]:
    """Gather meta tags by name in lower case; repeated ones as a list."""
    tags: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = (meta.get("content") or "").strip()
        item = meta.get("itemprop")
        name = meta.get("property") or meta.get("name")
        if not name and item in _ITEM_PROPERTIES:
            name = item
        if content and name and name.lower() not in _UNTRUSTED_META:
            tags.setdefault(name.lower(), []).append(content)
    return {
        name: values[0] if len(values) == 1 else values for name, values in tags.items()
    }


def _address(root: Any, *others: str | None) -> str | None:
    """Choose the canonical address: absolute, and of a page rather than a site."""
    hrefs = [link.get("href") for link in root.iter("link") if _is_canonical(link)]
    return next((url for url in (*hrefs, *others) if url and _is_page(url)), None)


def _is_canonical(link: Any) -> bool:
    return "canonical" in (link.get("rel") or "").lower().split()


def _is_page(url: str) -> bool:
    """Tell a page from a site's front page, which some templates name everywhere."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    is_web = parts.scheme in {"http", "https"} and bool(parts.netloc)
    return is_web and bool(parts.path.strip("/") or parts.query)


def _first_name(*authors: str | None) -> str | None:
    """Choose the first author that is a name: templates put profile links there."""
    return next((a for a in authors if a and not a.startswith("http")), None)


def _whole_lead(fields: dict[str, Any]) -> str | None:
    """Keep a description that was not cut off and does not repeat the title."""
    lead = fields.get("lead")
    if not lead or lead.endswith(_CUT_OFF) or lead == fields.get("title"):
        return None
    return str(lead)


def _photo_credit(root: Any) -> str | None:
    for element in root.xpath(_PHOTO_PLACES):
        for line in element_text(element).split("\n"):
            match = _PHOTO_LABEL.search(line)
            if match:
                return match[1].strip(" .")
    return None
