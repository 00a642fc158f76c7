"""Dates that articles speak of, and the days that they cover."""

from transforms.date_mentions.finding import DATE_SCHEMA, find_dates

__all__ = ["DATE_SCHEMA", "find_dates"]
