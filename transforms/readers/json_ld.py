"""The article's own object in a page's JSON-LD (schema.org)."""

from __future__ import annotations

from typing import Any

from transforms.readers.json_records import parse_json
from transforms.records import InputError

#: schema.org types of articles that do not end in ``Article``.
_OTHER_ARTICLES = frozenset({"BlogPosting", "LiveBlogPosting", "Report"})

#: Objects looked at in a page; graphs of real pages have a dozen.
_MAX_OBJECTS = 500

#: What a page object may tell where no article object is: only its dates.
_PAGE_KEYS = ("datePublished", "dateModified")


def article_object(root: Any) -> dict[str, Any]:
    """Find the first article in a page's JSON-LD.

    Args:
        root: the page, parsed.

    Returns:
        The object with references by ``@id`` resolved; where the page describes only
        itself (``WebPage``), its dates; else empty. Scripts that are no JSON are
        passed over.
    """
    objects = _objects_of(root)
    by_id = {str(o["@id"]): o for o in objects if "@id" in o and len(o) > 1}
    article = next((o for o in objects if _is_article(o)), None)
    if article is not None:
        return {key: _resolved(value, by_id) for key, value in article.items()}
    page = next((o for o in objects if "WebPage" in _types(o)), {})
    return {key: page[key] for key in _PAGE_KEYS if key in page}


def _objects_of(root: Any) -> list[dict[str, Any]]:
    """List all objects in all scripts, outer before inner, without recursion."""
    waiting: list[Any] = [
        _parsed(script.text_content())
        for script in root.iterfind(".//script")
        if "ld+json" in (script.get("type") or "").lower()
    ]
    objects: list[dict[str, Any]] = []
    for value in waiting:  # grows while it is read
        if len(objects) >= _MAX_OBJECTS:
            break
        if isinstance(value, dict):
            objects.append(value)
            waiting.extend(v for v in value.values() if isinstance(v, dict | list))
        elif isinstance(value, list):
            waiting.extend(v for v in value if isinstance(v, dict | list))
    return objects


def _parsed(script: str) -> Any:
    inside = script.strip().removeprefix("<!--").removesuffix("-->")
    inside = inside.strip().removeprefix("//<![CDATA[").removesuffix("//]]>")
    try:
        return parse_json(inside.strip().rstrip(";").encode())
    except (InputError, UnicodeEncodeError):
        return None


def _types(obj: dict[str, Any]) -> list[str]:
    kind = obj.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return [str(k).rpartition("/")[2] for k in kinds if k]


def _is_article(obj: dict[str, Any]) -> bool:
    return any(k.endswith("Article") or k in _OTHER_ARTICLES for k in _types(obj))


def _resolved(value: Any, by_id: dict[str, dict[str, Any]]) -> Any:
    """Put the object in place of a bare reference to it."""
    if isinstance(value, list):
        return [_resolved(item, by_id) for item in value if not isinstance(item, list)]
    if isinstance(value, dict) and set(value) == {"@id"}:
        return by_id.get(str(value["@id"]), value)
    return value
