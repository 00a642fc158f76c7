"""Quotations in articles, and who speaks."""

from transforms.quotes.reading import QUOTE_SCHEMA, find_quotes

__all__ = ["QUOTE_SCHEMA", "find_quotes"]
