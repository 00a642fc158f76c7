"""Table rules on offices: what articles say of them, and the spans made of that.

Statements are looked at for the articles in ``touched_article``, spans all: a load may
change those of articles that it does not touch.
"""

from __future__ import annotations

from functools import partial

from checks import codes
from checks.rule import Rule, one_of, table_rule
from checks.scopes import TOUCHED

_STATEMENT = "article_id, version, entity_id, role"
_OFFICE = "role, country_code, organisation_id"
_SPAN = f"role_id, entity_id, {_OFFICE}, valid_from, valid_to"


_statement_rule = partial(
    table_rule,
    "fact_role_mention",
    remedy="This is a fault of the step that reads names: report it with these rows.",
    scope=TOUCHED,
    is_of_rows=True,
)


_span_rule = partial(table_rule, "dim_entity_role", is_of_rows=True)


_STATEMENTS = (
    _statement_rule(
        "role_mention_references_resolve",
        "article, person, organisation and country of a statement exist",
        f"""
        select {_STATEMENT}, country_code, organisation_id from fact_role_mention
        where {TOUCHED} and (
            (article_id, version) not in (
                select (article_id, version) from fact_article where {TOUCHED}
            )
            or entity_id not in (
                select entity_id from dim_entity where entity_type = 'person'
            )
            or (
                organisation_id is not null
                and organisation_id not in (select entity_id from dim_entity)
            )
            or (
                country_code is not null
                and country_code not in (select country_code from dim_country)
            )
        )
        """,
    ),
    _statement_rule(
        "role_mention_values_valid",
        "a statement names an office, by a known method, with a confidence of 0 to 1",
        f"""
        select {_STATEMENT}, confidence, method from fact_role_mention
        where {TOUCHED} and not (
            trim(role) <> ''
            and confidence between 0 and 1
            and {one_of("method", codes.ROLE_METHODS)}
        )
        """,
    ),
    _statement_rule(
        "role_mention_in_its_sentence",
        "a statement lies in its sentence, or in the title and then has none",
        f"""
        select statement.article_id, statement.version, statement.entity_id,
            statement.role, statement.in_title, statement.sentence_no,
            statement.start_char, statement.end_char
        from (select * from fact_role_mention where {TOUCHED}) as statement
        left join (select * from fact_sentence where {TOUCHED}) as sentence
            on statement.article_id = sentence.article_id
            and statement.version = sentence.version
            and statement.sentence_no = sentence.sentence_no
        where statement.in_title <> (statement.sentence_no is null)
            or statement.start_char < coalesce(sentence.start_char, 0)
            or statement.end_char <= statement.start_char
            or statement.end_char > sentence.end_char
            or (not statement.in_title and sentence.end_char is null)
        """,
    ),
)

_SPANS = (
    _span_rule(
        "role_unique",
        "a span of an office stands once, by its key and by what it says",
        f"""
        with listed as (
            select {_SPAN},
                count(*) over (partition by role_id) as same_key,
                count(*) over (
                    partition by {_OFFICE}, entity_id, valid_from
                ) as same_span
            from dim_entity_role
        )
        select * from listed where same_key > 1 or same_span > 1
        """,
    ),
    _span_rule(
        "role_span_valid",
        "a span ends after it began, is current where it has no end, and has evidence",
        f"""
        select {_SPAN}, is_current, evidence_count from dim_entity_role
        where valid_to < valid_from
            or is_current <> (valid_to is null)
            or evidence_count < 1
        """,
    ),
    _span_rule(
        "role_one_holder",
        "an office of one holder has one at a time, and one current",
        f"""
        with followed as (
            select {_SPAN},
                count(*) filter (where is_current) over (
                    partition by {_OFFICE}
                ) as current_holders,
                lead(valid_from) over (
                    partition by {_OFFICE} order by valid_from, valid_to
                ) as next_from
            from dim_entity_role where is_single
        )
        select * from followed
        where current_holders <> 1
            or next_from <= coalesce(valid_to, date '9999-12-31')
        """,
    ),
    _span_rule(
        "role_person_resolves",
        "the holder of every office is a person in dim_entity",
        f"""
        select {_SPAN} from dim_entity_role
        where entity_id not in (
            select entity_id from dim_entity where entity_type = 'person'
        )
        """,
    ),
    _span_rule(
        "role_has_evidence",
        "the article that a span rests on says so, on the span's first day",
        f"""
        select {_SPAN}, evidence_article_id from dim_entity_role as span
        where not exists (
            select 1
            from fact_role_mention as statement
            join fact_article using (article_id, version)
            where statement.article_id = span.evidence_article_id
                and statement.entity_id = span.entity_id
                and statement.role = span.role
                and statement.country_code is not distinct from span.country_code
                and statement.organisation_id
                is not distinct from span.organisation_id
                and fact_article.is_current
                and fact_article.published_date = span.valid_from
        )
        """,
    ),
)

ROLE_RULES: tuple[Rule, ...] = (*_STATEMENTS, *_SPANS)
