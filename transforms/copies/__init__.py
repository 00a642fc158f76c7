"""Copies and stories: which articles repeat others, and which tell of one happening."""

from transforms.copies.compare import JUDGED_SCHEMA, compare_pairs, likely_pairs
from transforms.copies.signatures import COPIES_VERSION, read_signatures

__all__ = [
    "COPIES_VERSION",
    "JUDGED_SCHEMA",
    "compare_pairs",
    "likely_pairs",
    "read_signatures",
]
