"""The register of outlets as lookups: spellings, domains, time zones, one pattern."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

#: Where an outlet's zone is not known: all of Kazakhstan since 2024-03-01, and the
#: capital and most people before (reference: the IANA time zone database).
DEFAULT_ZONE = "Asia/Almaty"

#: Source code of an article whose outlet is not known.
UNKNOWN = "unknown"

#: A pattern that fits nothing, for an empty register.
_NOTHING = r"[^\s\S]"


@dataclass(frozen=True)
class Register:
    """Lookups made from the outlets table.

    Attributes:
        codes: folded name, spelling, code or domain -> source code.
        domains: domain, or domain with the beginning of a path, -> source code.
        zones: source code -> time zone name.
        pattern: alternation of all names and spellings, longest first, for use
            inside a case-insensitive regular expression.
    """

    codes: dict[str, str]
    domains: dict[str, str]
    zones: dict[str, str]
    pattern: str


def read_register(outlets: pl.DataFrame) -> Register:
    """Make the lookups.

    Args:
        outlets: rows of ``seeds/outlets.csv``: source_code, name, name_kk, name_ru,
            name_en, domains, spellings (both ``;``-separated), time_zone. Further
            columns are not read; an absent one of these counts as empty.

    Returns:
        The register; of two outlets that claim one spelling the first has it.
    """
    codes: dict[str, str] = {}
    domains: dict[str, str] = {}
    zones: dict[str, str] = {}
    for row in outlets.iter_rows(named=True):
        code = str(row["source_code"])
        if code == UNKNOWN:
            # Its names («белгісіз») say that the outlet is not named.
            continue
        sites = _items(row.get("domains"))
        names = [code, *_items(row.get("spellings")), *sites]
        named = (row.get(key) for key in ("name", "name_kk", "name_ru", "name_en"))
        names += [name for name in named if name]
        for name in names:
            if name.strip():
                codes.setdefault(fold_name(name), code)
        for site in sites:
            domains.setdefault(site.lower().removeprefix("www."), code)
        if row.get("time_zone"):
            zones[code] = row["time_zone"]
    longest_first = sorted(codes, key=lambda name: (-len(name), name))
    pattern = "|".join(re.escape(name) for name in longest_first) or _NOTHING
    return Register(codes, domains, zones, pattern)


def fold_name(name: str) -> str:
    """A name as `Register.codes` holds it: one case, no quotation marks."""
    return " ".join(name.translate(_QUOTES).lower().split())


_QUOTES = str.maketrans("", "", "«»\"“”„'")


def folded(name: pl.Expr) -> pl.Expr:
    """`fold_name` for a String expression."""
    return (
        name.str.replace_all(r"[«»\"“”„']", "")
        .str.to_lowercase()
        .str.replace_all(r"\s+", " ")
        .str.strip_chars(" .,:;")
    )


def _items(value: str | None) -> list[str]:
    return [item.strip() for item in (value or "").split(";") if item.strip()]
