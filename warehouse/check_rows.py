"""Rows that broke a rule, each with the article, outlet and parser that it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb
    import polars as pl

#: Rows of a record rule that one load keeps.
_MOST_ROWS = 10_000


def write_check_rows(
    connection: duckdb.DuckDBPyConnection, rows: pl.DataFrame, load_id: str
) -> None:
    """Insert the rows that broke the rules of a load.

    A record finds its article by fact_record, an article without a version the one
    that is current.

    Args:
        connection: the warehouse, in the transaction of the load, after its data.
        rows: rule_id, file_id, record_no, article_id, version, in_title, start_char,
            end_char, detail: what is not known is null.
        load_id: the load.
    """
    if rows.is_empty():
        return
    connection.register("broken_row", rows.to_arrow())
    connection.execute(
        """
        insert into fact_check_row by name
        with placed as (
            select
                broken_row.* exclude (article_id, version),
                coalesce(broken_row.article_id, fact_record.article_id) as article_id,
                broken_row.version as said_version,
                fact_record.record_hash
            from broken_row
            left join fact_record
                on
                    broken_row.file_id = fact_record.file_id
                    and broken_row.record_no = fact_record.record_no
        )

        select
            $load_id as load_id,
            placed.rule_id,
            (row_number() over (
                partition by placed.rule_id
                order by
                    placed.file_id,
                    placed.record_no,
                    placed.article_id,
                    placed.said_version,
                    placed.in_title,
                    placed.start_char,
                    placed.end_char,
                    placed.detail
            ))::integer as row_no,
            placed.file_id,
            placed.record_no,
            placed.article_id,
            fact_article.version,
            placed.in_title,
            placed.start_char,
            placed.end_char,
            fact_article.source_id,
            article_step.step_version as parser_version,
            placed.detail
        from placed
        left join fact_article
            on
                placed.article_id = fact_article.article_id
                and case
                    when placed.said_version is not null
                        then placed.said_version = fact_article.version
                    when placed.record_hash is not null
                        then placed.record_hash = fact_article.record_hash
                    else fact_article.is_current
                end
        left join article_step
            on
                fact_article.article_id = article_step.article_id
                and fact_article.version = article_step.version
                and article_step.step = 'parse'
        qualify row_no <= $most_rows
        order by placed.rule_id, row_no
        """,
        {"load_id": load_id, "most_rows": _MOST_ROWS},
    )
    connection.unregister("broken_row")
