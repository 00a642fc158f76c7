"""Faults of the agg_* tables in the good warehouse of `warehouse_rows`."""

from __future__ import annotations

_OF_1 = "where article_id = 1"


def _faults(table: str) -> list[str]:
    """Rows that are missing, there twice, or of another version, day or source."""
    return [
        f"delete from {table} {_OF_1}",
        f"insert into {table} from {table} {_OF_1}",
        f"update {table} set version = 1 {_OF_1}",
        f"update {table} set source_id = 1 {_OF_1}",
        f"update {table} set published_date = '2025-01-01' {_OF_1}",
        f"update {table} set story_id = 9 {_OF_1}",
        f"update {table} set duplicate_role = 'odd' {_OF_1}",
    ]


AGGREGATE_FAULTS: dict[str, list[str]] = {
    "agg_article_follows": [
        *_faults("agg_article"),
        f"update agg_article set mentions = mentions + 1 {_OF_1}",
        f"update agg_article set unsure_quotes = 7 {_OF_1}",
    ],
    "agg_country_follows": _faults("agg_country"),
    "agg_quote_follows": _faults("agg_quote"),
    "agg_amount_follows": _faults("agg_amount"),
    "agg_quote_mention_follows": [
        f"insert into agg_quote_mention from agg_quote_mention {_OF_1}",
        f"update agg_quote_mention set quote_no = 99 {_OF_1}",
        f"update agg_quote_mention set mention_no = 99 {_OF_1}",
        f"update agg_quote_mention set text_key = 1 {_OF_1}",
    ],
}
