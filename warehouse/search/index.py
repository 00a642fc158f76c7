"""Keeps the tables of search in line with the current versions of articles.

They are asked by the macro `search` of `warehouse/views`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb
    import polars as pl


def drop_documents(
    connection: duckdb.DuckDBPyConnection, *, are_leaving: bool = False
) -> None:
    """Take the touched articles out of search where they are no longer as it has them.

    Args:
        connection: the warehouse, in a transaction, with its ``touched_article``.
        are_leaving: whether every touched article is to be taken out.
    """
    connection.execute(
        """
        create or replace temporary table stale_document as
        select document_no
        from search_document
        semi join touched_article
            on search_document.article_id = touched_article.article_id
        anti join (select * from fact_article where is_current) as fact_article
            on
                search_document.article_id = fact_article.article_id
                and search_document.version = fact_article.version
                and not $are_leaving
        """,
        {"are_leaving": are_leaving},
    )
    row = connection.execute("select count(*) from stale_document").fetchone()
    if not row or not row[0]:
        return
    connection.execute(
        """
        update search_form
        set article_count = search_form.article_count - lost.article_count
        from (
            select
                form_no,
                count(*) as article_count
            from search_posting
            semi join stale_document
                on search_posting.document_no = stale_document.document_no
            group by form_no
        ) as lost
        where search_form.form_no = lost.form_no
        """
    )
    for table in ("search_posting", "search_document"):
        connection.execute(
            f"delete from {table} where document_no in "
            "(select stale_document.document_no from stale_document)"
        )
    # What only these articles said must not stay behind them.
    connection.execute("delete from search_form where article_count = 0")


def missing_documents(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Touched articles that search has not got.

    Returns:
        article_id, version, source_id, published_date, title, lead, text, language and
        script of the current versions, in the order of article_id, with ``row_id``,
        which will be their document_no.
    """
    return connection.execute(
        """
        select
            (
                coalesce((select max(document_no) from search_document), 0)
                + row_number() over (order by fact_article.article_id)
            )::integer as row_id,
            fact_article.article_id,
            fact_article.version,
            fact_article.source_id,
            fact_article.published_date,
            fact_article.title,
            fact_article.lead,
            fact_article.text,
            fact_article.language,
            fact_article.script
        from fact_article
        semi join touched_article
            on fact_article.article_id = touched_article.article_id
        anti join search_document
            on fact_article.article_id = search_document.article_id
        where fact_article.is_current
        order by fact_article.article_id
        """
    ).pl()


def unknown_forms(
    connection: duckdb.DuckDBPyConnection, postings: pl.DataFrame
) -> pl.Series:
    """Forms that search has not met, in order.

    Args:
        connection: the warehouse.
        postings: with ``form``.

    Leaves the temporary table ``counted_form`` for `merge_documents`.
    """
    connection.register("incoming_posting", postings.select("form").to_arrow())
    connection.execute(
        """
        create or replace temporary table counted_form as
        select
            form,
            count(*)::integer as article_count
        from incoming_posting
        group by form
        """
    )
    connection.unregister("incoming_posting")
    return connection.execute(
        """
        select counted_form.form
        from counted_form
        anti join search_form on counted_form.form = search_form.form
        order by counted_form.form
        """
    ).pl()["form"]


def merge_documents(
    connection: duckdb.DuckDBPyConnection,
    documents: pl.DataFrame,
    postings: pl.DataFrame,
    terms: pl.DataFrame,
) -> None:
    """Add articles to search.

    Args:
        connection: the warehouse, in a transaction, after `unknown_forms`.
        documents: row_id and the columns of search_document but document_no.
        postings: row_id, form, weight.
        terms: form and term of the forms that search has not met.
    """
    frames: Mapping[str, pl.DataFrame] = {
        "incoming_document": documents.select(
            "row_id", "article_id", "version", "source_id", "published_date"
        ),
        "incoming_posting": postings,
        "incoming_term": terms,
    }
    for name, frame in frames.items():
        connection.register(name, frame.to_arrow())
    connection.execute(
        """
        insert into search_document by name
        select
            row_id as document_no,
            * exclude (row_id)
        from incoming_document
        order by row_id
        """
    )
    connection.execute(
        """
        update search_form
        set article_count = search_form.article_count + counted_form.article_count
        from counted_form
        where search_form.form = counted_form.form
        """
    )
    connection.execute(
        """
        insert into search_form by name
        select
            (
                coalesce((select max(form_no) from search_form), 0)
                + row_number() over (order by counted_form.form)
            )::integer as form_no,
            counted_form.form,
            incoming_term.term,
            counted_form.article_count
        from counted_form
        inner join incoming_term on counted_form.form = incoming_term.form
        order by counted_form.form
        """
    )
    # In the order of forms: a query then reads few blocks of a large load.
    connection.execute(
        """
        insert into search_posting by name
        select
            search_form.form_no,
            incoming_posting.row_id as document_no,
            incoming_posting.weight
        from incoming_posting
        inner join search_form on incoming_posting.form = search_form.form
        order by search_form.form_no, incoming_posting.row_id
        """
    )
    for name in frames:
        connection.unregister(name)
    connection.execute("drop table counted_form")


def renew_terms(connection: duckdb.DuckDBPyConnection, terms: pl.DataFrame) -> None:
    """Give known forms the headwords of now.

    Args:
        connection: the warehouse, in a transaction.
        terms: form, term.
    """
    connection.register("incoming_term", terms.to_arrow())
    connection.execute(
        """
        update search_form
        set term = incoming_term.term
        from incoming_term
        where
            search_form.form = incoming_term.form
            and search_form.term <> incoming_term.term
        """
    )
    connection.unregister("incoming_term")
