"""Table rules on the agg_* tables, which reports count: they agree with the facts."""

from __future__ import annotations

from checks.rule import Rule, table_rule
from checks.scopes import TOUCHED

_FAULT = (
    "Reports would count wrongly; nothing was kept: report it with these rows. "
    "`qoima reprocess --step all` makes the rows anew."
)
_CURRENT = f"(select * from fact_article where {TOUCHED} and is_current)"
#: Columns that rows repeat of their article, each as the article has it.
_SOURCE = {"source_id": "source_id", "published_date": "published_date"}
_STORY = {
    "story_id": "coalesce(story_id, article_id)",
    "duplicate_role": "duplicate_role",
}
_COUNTED = {
    "mentions": "fact_mention",
    "quotes": "fact_quote",
    "amounts": "fact_amount",
    "date_mentions": "fact_date_mention",
    "topic_mentions": "fact_topic_mention",
    "event_statements": "fact_event_statement",
    "documents": "fact_document",
    "role_mentions": "fact_role_mention",
}


def _follows(table: str, key: str, facts: str, repeated: dict[str, str]) -> Rule:
    """The table has each row of the facts' current versions once, as the article is."""
    columns = ", ".join(["article_id", "version", key, *repeated])
    wanted = ", ".join(
        [f"{facts}.article_id", f"{facts}.version", f"{facts}.{key}"]
        + [f"article.{column}" for column in repeated]
    )
    carried = ", ".join(f"{value} as {column}" for column, value in repeated.items())
    where = (
        "where fact_amount.kind in ('money', 'percent') "
        "or fact_amount.counted is not null"
        if facts == "fact_amount"
        else ""
    )
    return table_rule(
        table,
        f"{table}_follows",
        f"{table} has each row of current versions once, with its article's source, "
        "day, story and role",
        f"""
        with wanted as (
            select {wanted}
            from (select * from {facts} where {TOUCHED}) as {facts}
            inner join (
                select article_id, version, {carried} from {_CURRENT}
            ) as article using (article_id, version)
            {where}
        ),
        found as (select {columns} from {table} where {TOUCHED})
        select 'missing' as fault, * from (from wanted except all from found)
        union all
        select 'wrong' as fault, * from (from found except all from wanted)
        """,
        remedy=_FAULT,
        scope=TOUCHED,
    )


def _counts_wrongly() -> str:
    """SQL of the rows of agg_article that are not what the facts say."""
    read = " union all ".join(
        f"select article_id, version, '{column}' as counted, confidence < 0.7 as unsure"
        f" from {table} where {TOUCHED}"
        for column, table in _COUNTED.items()
    )
    sums = ", ".join(
        f"count(*) filter (where counted = '{column}') as {column}, "
        f"count(*) filter (where counted = '{column}' and unsure) as unsure_{column}"
        for column in _COUNTED
    )
    article = (
        "article_id, version, source_id, published_date, published_precision, "
        "coalesce(story_id, article_id) as story_id, duplicate_role, file_id"
    )
    columns = ", ".join(
        f"coalesce({column}, 0) as {column}, "
        f"coalesce(unsure_{column}, 0) as unsure_{column}"
        for column in _COUNTED
    )
    return f"""
        with read as ({read}),
        counts as (
            select article_id, version, {sums} from read group by article_id, version
        ),
        wanted as (
            select article.*, {columns}
            from (select {article} from {_CURRENT}) as article
            left join counts using (article_id, version)
        ),
        found as (select * from agg_article where {TOUCHED})
        select 'missing' as fault, * from (from wanted except all from found)
        union all
        select 'wrong' as fault, * from (from found except all from wanted)
    """


AGGREGATE_RULES: tuple[Rule, ...] = (
    table_rule(
        "agg_article",
        "agg_article_follows",
        "agg_article has every current version once, as it is, and counts its rows",
        _counts_wrongly(),
        remedy=_FAULT,
        scope=TOUCHED,
    ),
    _follows("agg_country", "country_code", "bridge_article_country", _SOURCE | _STORY),
    _follows("agg_quote", "quote_no", "fact_quote", _SOURCE | _STORY),
    _follows("agg_amount", "amount_no", "fact_amount", _SOURCE | _STORY),
    table_rule(
        "agg_quote_mention",
        "agg_quote_mention_follows",
        "agg_quote_mention names what there is, each mention of a quotation once",
        f"""
        with found as (select * from agg_quote_mention where {TOUCHED})
        select article_id, version, quote_no, mention_no, 'not there' as fault
        from found
        anti join (select * from agg_quote where {TOUCHED}) as quote using (
            article_id, version, quote_no, source_id, text_key
        )
        union all
        select article_id, version, quote_no, mention_no, 'not there' as fault
        from found
        anti join touched_mention using (article_id, version, mention_no, entity_id)
        union all
        select article_id, version, quote_no, mention_no, 'twice' as fault
        from found
        group by article_id, version, quote_no, mention_no
        having count(*) > 1
        """,
        remedy=_FAULT,
        scope=TOUCHED,
        is_of_rows=True,
    ),
)
