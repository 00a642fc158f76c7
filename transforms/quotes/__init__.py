"""Quotations in articles, and who speaks."""

from transforms.quotes.reading import find_quotes

__all__ = ["find_quotes"]
