"""Texts of the site in its languages, and how they stand in a page."""

from __future__ import annotations

import html
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from warehouse.definitions import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

Texts = dict[str, str]


@cache
def site_texts() -> dict[str, Any]:
    """Everything of `texts.toml`: ui, kinds, values, columns."""
    path = resources.files("warehouse") / "site" / "texts.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def words(key: str, **values: Any) -> Texts:
    """A text of the interface in every language, its values filled in."""
    texts: Texts = site_texts()["ui"][key]
    return {
        language: texts[language].format(**{n: str(v) for n, v in values.items()})
        for language in LANGUAGES
    }


def text(key: str, **values: Any) -> Markup:
    """A text of the interface as it stands in a page; values are escaped."""
    return in_all(words(key, **values)) if values else _fixed(key)


@cache
def _fixed(key: str) -> Markup:
    return in_all(words(key))


def in_all(texts: Mapping[str, Any]) -> Markup:
    """A text in every language: the page's style shows one of them.

    A language without a text shows the Kazakh one. Texts that are all the same stand
    there once.
    """
    found = [texts.get(language) or texts.get("kk") or "" for language in LANGUAGES]
    if len(set(found)) == 1:
        return escape(found[0])
    spans = [
        f'<span class="l" lang="{language}">{html.escape(value)}</span>'
        for language, value in zip(LANGUAGES, found, strict=True)
    ]
    return Markup("".join(spans))  # noqa: S704 - every text is escaped above


def value_texts(column: str, value: str) -> Texts | None:
    """What a code means to readers, by the column it stands in; None if unknown.

    Codes of `event_precision` are those of `precision`, and so on.
    """
    values: dict[str, dict[str, Texts]] = site_texts()["values"]
    known = values.get(column) or values.get(column.rpartition("_")[2]) or {}
    return known.get(value)
