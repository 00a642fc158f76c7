"""Which outlet an article comes from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from transforms.parse.address import canonical_url, host_of
from transforms.parse.outlets import UNKNOWN, folded

if TYPE_CHECKING:
    from transforms.parse.outlets import Register

#: A verb or a word that names a source, before or after the outlet's name.
_BEFORE = (
    r"(?:хабарла\p{L}*|жаз(?:ады|ды|ған|ып)|мәлімде\p{L}*|баяндай?\p{L}*|таратты|жеткізді"
    r"|жеткізеді|дереккөзі?|көзі|источник|сообща\p{L}*|переда[её]т|пишет|информирует"
    r"|ссылкой на|қайнар көзі?)\s*[,:–—-]?\s*[«\"“]?"
)
_AFTER = (
    r"[»\"”]?(?:[-‑–’]?\p{Ll}{1,7})?\s+(?:\p{L}+\s+){0,2}?(?:хабарла\p{L}*|жаз(?:ады|ды)"
    r"|тілші\p{L}*|сілтеме\p{L}*|корреспондент\p{L}*|редакция\p{L}*|сообща\p{L}*|переда[её]т"
    r"|мәлімде\p{L}*|мәліметінше|дерегінше|ақпаратынша)"
)
_NAME_ENDS = r"(?:[^\p{L}\d.]|[.](?:\P{L}|$)|$|\p{L}{1,6}[\s,.])"
_KIND_OF_OUTLET = r"(?i)\s(?:халықаралық|ақпарат|агентт|портал|сайт|газет)\p{L}*.*$"
#: Which first and last paragraphs may name the source.
_EDGE = 2


def add_source(
    articles: pl.DataFrame, edge_lines: pl.DataFrame, register: Register
) -> pl.DataFrame:
    """Find the outlet: the first of the ways below that names a known one.

    The record's own field; the address's domain, its parent domains included; the
    agency of the dateline; an attribution («деп хабарлайды BAQ.KZ») in the first or
    last two paragraphs; the top folder of the file's path.

    Args:
        articles: ``row``, ``source``, ``url`` (canonical), ``dateline_agency``,
            ``path``.
        edge_lines: ``row``, ``line``, ``line_no``, ``lines_after``.
        register: lookups of the outlets table.

    Returns:
        The same rows with ``source_code``; ``unknown`` where nothing names one.
    """
    codes, domains = register.codes, register.domains
    given = pl.col("source")
    named = pl.coalesce(
        _look_up(folded(given), codes),
        _look_up(folded(given.str.replace(r"\s*\(.*\)\s*$", "")), codes),
        _look_up(folded(given.str.extract(r"\(([^)]+)\)", 1)), codes),
        _by_address(canonical_url(given), domains),
        # «ҚазАқпарат агенттігі», «Tengrinews.kz порталы»
        _look_up(folded(given.str.replace(_KIND_OF_OUTLET, "")), codes),
    )
    stated = articles.with_columns(
        stated=pl.coalesce(
            named,
            _by_address(pl.col("url"), domains),
            _look_up(folded(pl.col("dateline_agency")), codes),
        ),
        # An agency's suffix: «Kazinform-Reuters», «ҚазАқпарат агенттігі».
        first_word=_look_up(
            folded(pl.col("dateline_agency").str.extract(r"^([^\s/]+)", 1)), codes
        ),
        folder=_look_up(folded(pl.col("path").str.extract(r"^/*([^/]+)/", 1)), codes),
    )
    open_rows = stated.filter(
        pl.coalesce("stated", "first_word").is_null()
    ).select("row")  # fmt: skip
    attributed = _read_attributions(
        edge_lines.join(open_rows, on="row", how="semi", maintain_order="left"),
        register,
    )
    return (
        stated.join(attributed, on="row", how="left", maintain_order="left")
        .with_columns(
            source_code=pl.coalesce(
                "stated", "first_word", "attributed", "folder", pl.lit(UNKNOWN)
            )
        )
        .drop("stated", "first_word", "attributed", "folder")
    )


def _read_attributions(lines: pl.DataFrame, register: Register) -> pl.DataFrame:
    name = rf"({register.pattern})"
    before = rf"(?i){_BEFORE}{name}{_NAME_ENDS}"
    after = rf"(?i)(?:^|[^\p{{L}}\d]){name}{_AFTER}"
    in_edge = (pl.col("line_no") < _EDGE) | (pl.col("lines_after") < _EDGE)
    return (
        lines.filter(in_edge)
        .with_columns(line=folded_quotes(pl.col("line")))
        .with_columns(
            spelling=pl.coalesce(
                pl.col("line").str.extract(before, 1),
                pl.col("line").str.extract(after, 1),
            )
        )
        .with_columns(attributed=_look_up(folded(pl.col("spelling")), register.codes))
        .filter(pl.col("attributed").is_not_null())
        .unique("row", keep="first", maintain_order=True)
        .select("row", "attributed")
    )


def folded_quotes(line: pl.Expr) -> pl.Expr:
    """Quotation marks dropped, as in `outlets.fold_name`, so that names meet."""
    return line.str.replace_all(r"[«»\"“”„']", "")


def _look_up(name: pl.Expr, codes: dict[str, str]) -> pl.Expr:
    if not codes:
        return pl.lit(None, dtype=pl.String)
    return name.replace_strict(codes, default=None, return_dtype=pl.String)


def _by_address(url: pl.Expr, domains: dict[str, str]) -> pl.Expr:
    """The outlet that owns the address: by path, by host, by the domains above."""
    sections = sorted((site for site in domains if "/" in site), key=len, reverse=True)
    section = url.str.extract(
        rf"^https://(?:[^/]+\.)?({'|'.join(map(re.escape, sections))})(?:[/?]|$)", 1
    )
    host = host_of(url)
    parent = host.str.replace(r"^[^.]+\.", "")
    names = [host, parent, parent.str.replace(r"^[^.]+\.", "")]
    if sections:
        names.insert(0, section)
    return pl.coalesce(_look_up(name, domains) for name in names)
