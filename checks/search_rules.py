"""Table rules on search: every current version is in it, and nothing else is."""

from __future__ import annotations

from functools import partial

from checks.rule import Rule, table_rule
from checks.scopes import TOUCHED, TOUCHED_NUMBER

_FAULT = (
    "This is a fault of the step search: report it with these rows, and run "
    "`qoima reprocess --step search`."
)

_document_rule = partial(table_rule, "search_document", remedy=_FAULT, scope=TOUCHED)
_form_rule = partial(table_rule, "search_form", remedy=_FAULT)

SEARCH_RULES: tuple[Rule, ...] = (
    _document_rule(
        "search_has_current_versions",
        "search has the current version of every article once, and no other",
        f"""
        select article_id, fact_article.version, document_no,
            search_document.version as version_in_search
        from (select * from fact_article where {TOUCHED} and is_current) as fact_article
        full join (select * from search_document where {TOUCHED}) as search_document
            using (article_id)
        where fact_article.version is distinct from search_document.version
            or fact_article.published_date
                is distinct from search_document.published_date
        union all
        select article_id, min(version), min(document_no), max(version)
        from search_document where {TOUCHED}
        group by article_id having count(*) > 1
        """,
    ),
    _document_rule(
        "search_document_unique",
        "a document_no stands for one article",
        f"""
        select document_no, count(*) as copies from search_document
        where document_no in (select document_no from search_document where {TOUCHED})
        group by document_no having count(*) > 1
        """,
    ),
    _form_rule(
        "search_form_unique",
        "a form and its number stand once",
        f"""
        with met as (
            select form, form_no from search_form where form_no in (
                select form_no from search_posting where {TOUCHED_NUMBER}
            )
        )
        select form, min(form_no) as form_no, count(*) as copies from search_form
        where form in (select form from met)
        group by form having count(*) > 1
        union all
        select min(form), form_no, count(*) from search_form
        where form_no in (select form_no from met)
        group by form_no having count(*) > 1
        """,
    ),
    _form_rule(
        "search_form_counted",
        "forms and their headwords are words, and count the articles they stand in",
        """
        select form_no, form, term, article_count from search_form
        where article_count < 1 or form = '' or term = ''
        union all
        select null, null, null, counted - postings
        from (select sum(article_count) as counted from search_form)
        cross join (select count(*) as postings from search_posting)
        where coalesce(counted, 0) <> postings
        """,
    ),
)
