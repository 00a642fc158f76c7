"""Keeps the tables of search in line with the current versions of articles.

They are asked by the macro `search` of `warehouse/views`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from warehouse.few_rows import few_rows

if TYPE_CHECKING:
    import duckdb


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
    touched = few_rows(
        connection,
        "fact_article",
        "is_current and article_id in "
        "(select touched_article.article_id from touched_article)",
    )
    return connection.execute(
        f"""
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
        from (select * from fact_article where {touched}) as fact_article
        anti join search_document
            on fact_article.article_id = search_document.article_id
        order by fact_article.article_id
        """
    ).pl()


def missing_mentions(
    connection: duckdb.DuckDBPyConnection, documents: pl.DataFrame
) -> pl.DataFrame:
    """Whom and what articles name.

    Entities known by surname alone in one article are left out: no query means them.

    Args:
        connection: the warehouse, with its ``touched_mention``.
        documents: row_id, article_id, version: articles that were touched.

    Returns:
        row_id, entity_id, in_title, start_char.
    """
    columns = ("row_id", "article_id", "version")
    connection.register("incoming_document", documents.select(columns).to_arrow())
    mentions = connection.execute(
        """
        select
            incoming_document.row_id,
            touched_mention.entity_id,
            touched_mention.in_title,
            touched_mention.start_char
        from touched_mention
        inner join incoming_document
            on
                touched_mention.article_id = incoming_document.article_id
                and touched_mention.version = incoming_document.version
        semi join (select * from dim_entity where origin <> 'article') as dim_entity
            on touched_mention.entity_id = dim_entity.entity_id
        """
    ).pl()
    connection.unregister("incoming_document")
    return mentions


def known_forms(
    connection: duckdb.DuckDBPyConnection, forms: pl.DataFrame
) -> pl.DataFrame:
    """Those of the forms that search has met: form_key.

    Args:
        connection: the warehouse.
        forms: form_key, form.
    """
    connection.register("asked_form", forms.to_arrow())
    known = connection.execute(
        """
        select asked_form.form_key
        from asked_form
        semi join search_form on asked_form.form = search_form.form
        """
    ).pl()
    connection.unregister("asked_form")
    return known


def merge_documents(
    connection: duckdb.DuckDBPyConnection,
    documents: pl.DataFrame,
    forms: pl.DataFrame,
    postings: pl.DataFrame,
) -> None:
    """Add articles to search.

    Args:
        connection: the warehouse, in a transaction.
        documents: row_id and the columns of search_document but document_no.
        forms: form_key, form, article_count (of these articles) and term, null where
            search has met the form.
        postings: row_id, form_key, weight, places.
    """
    columns = ("row_id", "article_id", "version", "source_id", "published_date")
    connection.register("incoming_document", documents.select(columns).to_arrow())
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
    connection.unregister("incoming_document")
    numbers = _merge_forms(connection, forms)
    # In the order of forms: a query then reads few blocks of a large load.
    ordered = (
        postings.join(numbers, on="form_key")
        .select("form_no", pl.col("row_id").alias("document_no"), "weight", "places")
        .sort("form_no", "document_no")
    )
    connection.register("incoming_posting", ordered.to_arrow())
    connection.execute(
        "insert into search_posting by name select * from incoming_posting"
    )
    connection.unregister("incoming_posting")


def _merge_forms(
    connection: duckdb.DuckDBPyConnection, forms: pl.DataFrame
) -> pl.DataFrame:
    """Add forms and count known ones; return form_key, form_no."""
    connection.register("incoming_form", forms.to_arrow())
    connection.execute(
        """
        update search_form
        set article_count = search_form.article_count + incoming_form.article_count
        from incoming_form
        where search_form.form = incoming_form.form and incoming_form.term is null
        """
    )
    connection.execute(
        """
        insert into search_form by name
        select
            (
                coalesce((select max(form_no) from search_form), 0)
                + row_number() over (order by incoming_form.form)
            )::integer as form_no,
            incoming_form.form,
            incoming_form.term,
            incoming_form.article_count,
            case
                when incoming_form.form not like 'e:%' and len(incoming_form.form) >= 4
                    then left(incoming_form.form, 4)
            end as beginning
        from incoming_form
        where incoming_form.term is not null
        order by incoming_form.form
        """
    )
    numbers = connection.execute(
        """
        select
            incoming_form.form_key,
            search_form.form_no
        from incoming_form
        inner join search_form on incoming_form.form = search_form.form
        """
    ).pl()
    connection.unregister("incoming_form")
    return numbers


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
