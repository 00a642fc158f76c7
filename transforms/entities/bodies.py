"""Organisations inside the name of an office: «… кітапханасының директоры».

The model marks an office with all that stands before it as one position. What is led
there is an organisation, if it begins with a capital letter or in quotation marks and
its last word says so.
"""

from __future__ import annotations

import polars as pl

from transforms.entities.spans import covered, holds_any, new_spans

#: Beginnings of the words by which organisations are called.
_NOUNS = """
кітапхана орталы серіктесті институт университет комитет департамент басқарма агентті
қор ұйым ода қауымдасты компания банк банкі федерация клуб театр музей мектеб мектеп
колледж академия зауыт фабрика шаруашылы емхана аурухана алқа кеңес палата мекеме
бірлесті партия фракция кеңсе елшілі консулды министрлі редакция газет журнал телеарна
холдинг корпорация топ лицей гимназия кәсіпорн кәсіпорын қызмет инспекция академиясы
комиссия штаб хатшылы баспа студия ансамбль оркестр филармония обсерватория зертхана
"""
_IS_BODY = f"^(?:{'|'.join(_NOUNS.split())})" + r"\p{L}*?(?:[ыі]|сы|сі)(?:ның|нің)$"
_QUOTES = ("«", '"', "“", "„")
#: The share that is right, by reading.
_CONFIDENCE = 0.85


def bodies_in_positions(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Find the organisations that positions are held in.

    Args:
        spans: mentions with ``entity_type``, ``first``, ``last`` and ``source``.
        words: the words, with their number ``at``.

    Returns:
        The spans, with new organisations inside positions.
    """
    positions = (
        spans.filter(pl.col("entity_type") == "position")
        .with_row_index("position")
        .select("position", "row_id", "in_title", "sentence_no", "first", "last")
    )
    ranges = pl.int_ranges("first", "last", dtype=pl.UInt32)
    inside = positions.with_columns(at=ranges).explode("at", keep_nulls=False)
    inside = inside.with_columns(
        words[inside["at"]].select("form", "start_char", "end_char").get_columns()
    )
    ends = (
        inside.filter(pl.col("form").str.to_lowercase().str.contains(_IS_BODY))
        .sort("position", "at")
        .unique("position", keep="first")
        .select("position", end="at", end_char="end_char")
    )
    if ends.is_empty():
        return spans
    begins = inside.filter(pl.col("at") == pl.col("first")).filter(
        pl.col("form").str.contains(r"^\p{Lu}") | pl.col("form").is_in(_QUOTES)
    )
    found = (
        begins.drop("last", "end_char")
        .join(ends.rename({"end": "last"}), on="position", maintain_order="left")
        .filter(pl.col("first") < pl.col("last"))
    )
    new = new_spans(
        found, "organisation", confidence=_CONFIDENCE, method="rule", source="rule"
    )
    # Where a known or marked organisation stands in it, that is the body that is led.
    bodies = spans.filter(pl.col("entity_type").is_in(["organisation", "facility"]))
    new = new.filter(~holds_any(new, covered(bodies, words.height)))
    return pl.concat([spans, new.select(spans.columns)])
