"""From records, as their files give them, to articles: whole columns at once."""

from __future__ import annotations

from transforms.parse.articles import parse_articles

__all__ = ["parse_articles"]
