"""Amounts: numbers with what they count or measure, from the words of articles."""

from transforms.amounts.find import AMOUNT_SCHEMA, find_amounts
from transforms.amounts.units import Units

__all__ = ["AMOUNT_SCHEMA", "Units", "find_amounts"]
