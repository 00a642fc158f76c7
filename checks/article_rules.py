"""Table rules on articles.

They look at the articles in ``touched_article``: those that the load wrote, or all of
them in a full audit.
"""

from __future__ import annotations

from functools import partial

from checks import codes
from checks.rule import Owner, Rule, Severity, one_of, table_rule
from checks.scopes import TOUCHED

_VERSION = "article_id, version, load_id, file_id"


_article_rule = partial(table_rule, "fact_article", scope=TOUCHED)


_VERSIONS = (
    _article_rule(
        "article_record_unique",
        "two versions of an article differ",
        f"""
        select article_id, record_hash, count(*) as versions
        from fact_article where {TOUCHED}
        group by article_id, record_hash having count(*) > 1
        """,
    ),
    _article_rule(
        "article_one_current",
        "exactly one version of an article is current",
        f"""
        select article_id, count(*) as versions,
            count(*) filter (where is_current) as current_versions
        from fact_article where {TOUCHED}
        group by article_id having count(*) filter (where is_current) <> 1
        """,
    ),
    _article_rule(
        "article_newest_is_current",
        "the current version of an article is its last",
        f"""
        select article_id, max(version) as last_version,
            max(version) filter (where is_current) as current_version
        from fact_article where {TOUCHED}
        group by article_id
        having max(version) filter (where is_current) <> max(version)
        """,
    ),
    _article_rule(
        "article_versions_consecutive",
        "versions of an article count from 1 without a gap",
        f"""
        select article_id, count(*) as versions, min(version) as first_version,
            max(version) as last_version
        from fact_article where {TOUCHED}
        group by article_id having min(version) <> 1 or max(version) <> count(*)
        """,
    ),
)

_REFERENCES = (
    _article_rule(
        "article_date_in_calendar",
        "every publication date is in dim_date",
        f"""
        select {_VERSION}, published_date from fact_article
        where {TOUCHED} and published_date is not null
            and published_date not in (select full_date from dim_date)
        """,
        remedy="The calendar is too short for these dates: report them.",
    ),
    _article_rule(
        "article_duplicate_resolves",
        "a copy or rewrite names the article it repeats, an original none",
        f"""
        select {_VERSION}, duplicate_role, duplicate_of from fact_article
        where {TOUCHED} and (
            (duplicate_role = 'original') <> (duplicate_of is null)
            or duplicate_of = article_id
            or (
                duplicate_of is not null
                and duplicate_of not in (select article_id from fact_article)
            )
        )
        """,
    ),
)

_VALUES = (
    _article_rule(
        "article_codes_valid",
        "precision, basis, role and script of an article are known codes",
        f"""
        select {_VERSION}, published_precision, published_basis, duplicate_role, script
        from fact_article where {TOUCHED} and not (
            {one_of("published_precision", codes.PRECISIONS)}
            and {one_of("published_basis", codes.BASES)}
            and {one_of("duplicate_role", codes.DUPLICATE_ROLES)}
            and {one_of("script", codes.SCRIPTS)}
        )
        """,
    ),
    _article_rule(
        "article_date_agrees",
        "a date, its time and its precision agree",
        # The date is local to the outlet and the time in UTC: a day apart at most.
        f"""
        select {_VERSION}, published_at, published_date, published_precision
        from fact_article where {TOUCHED} and (
            (published_date is null) <> (published_precision = 'unknown')
            or (published_at is null) <> (published_precision <> 'minute')
            or abs(date_diff('day', published_date, cast(published_at as date))) > 1
        )
        """,
    ),
    _article_rule(
        "article_text_present",
        "every article has title and text",
        # Apart: DuckDB need not read texts where statistics rule out an empty one.
        f"""
        select {_VERSION}, title, word_count from fact_article
        where {TOUCHED} and coalesce(title, '') = ''
        union all
        select {_VERSION}, title, word_count from fact_article
        where {TOUCHED} and text = ''
        """,
    ),
    _article_rule(
        "article_has_sentences",
        "every article has sentences",
        f"""
        select {_VERSION}, length(text) as text_length from fact_article
        where {TOUCHED} and (article_id, version) not in (
            select (article_id, version) from fact_sentence where {TOUCHED}
        )
        """,
        severity=Severity.WARNING,
        remedy="The sentence step found none in these texts: read them.",
        owner=Owner.ANALYST,
    ),
)

ARTICLE_RULES: tuple[Rule, ...] = (*_VERSIONS, *_REFERENCES, *_VALUES)
