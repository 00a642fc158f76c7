"""Table rules on copies and stories.

They look at what the articles of ``touched_article`` belong to.
"""

from __future__ import annotations

from functools import partial

from checks.rule import Rule, table_rule
from checks.scopes import TOUCHED, TOUCHED_PAIR, TOUCHED_STORY

_FAULT = "This is a fault of the step that finds copies: report it with these rows."
_CURRENT = "select article_id from fact_article where is_current"
_PAIR = "article_id, other_article_id"
_ROLES = "article_id, version, is_current, duplicate_role, duplicate_of, story_id"


_rule = partial(table_rule, remedy=_FAULT)


def _pair_rules(table_name: str, name: str) -> tuple[Rule, ...]:
    return (
        _rule(
            table_name,
            f"{name}_pair_unique",
            f"a pair of {table_name} stands once, the smaller article_id first",
            f"""
            select {_PAIR}, count(*) as copies from {table_name}
            where {TOUCHED_PAIR}
            group by {_PAIR}
            having count(*) > 1 or article_id >= other_article_id
            """,
            scope=TOUCHED_PAIR,
            is_of_rows=True,
        ),
        _rule(
            table_name,
            f"{name}_pair_resolves",
            f"both articles of a pair of {table_name} exist",
            f"""
            select {_PAIR} from {table_name}
            where {TOUCHED_PAIR} and (
                article_id not in ({_CURRENT})
                or other_article_id not in ({_CURRENT})
            )
            """,
            scope=TOUCHED_PAIR,
            is_of_rows=True,
        ),
    )


_COPIES = (
    _rule(
        "article_signature",
        "signature_of_current_version",
        "every current version has one signature, and no other version has any",
        f"""
        select article_id, fact_article.version, article_signature.version as signed
        from (select * from fact_article where {TOUCHED} and is_current) as fact_article
        full join (select * from article_signature where {TOUCHED}) as article_signature
            using (article_id)
        where fact_article.version is distinct from article_signature.version
        union all
        select article_id, min(version), max(version)
        from article_signature where {TOUCHED}
        group by article_id having count(*) > 1
        """,
        scope=TOUCHED,
    ),
    *_pair_rules("fact_duplicate", "duplicate"),
    _rule(
        "fact_duplicate",
        "duplicate_measures_valid",
        "similarity and jaccard lie between 0 and 1, similarity is not the smaller",
        f"""
        select {_PAIR}, similarity, jaccard from fact_duplicate
        where {TOUCHED_PAIR} and not (
            similarity between 0 and 1 and jaccard between 0 and similarity
        )
        """,
        scope=TOUCHED_PAIR,
        is_of_rows=True,
    ),
    _rule(
        "fact_article",
        "duplicate_of_an_original",
        "a copy or rewrite leads to an article that is an original",
        f"""
        select {_ROLES} from fact_article
        where {TOUCHED} and duplicate_of in (
            select article_id from fact_article
            where is_current and duplicate_role <> 'original'
        )
        """,
        scope=TOUCHED,
    ),
    _rule(
        "fact_article",
        "duplicate_has_its_pair",
        "a copy or rewrite is near-equal to some article, a copy to one it copies",
        f"""
        select {_ROLES} from fact_article
        where {TOUCHED} and duplicate_role <> 'original' and not exists (
            select 1 from fact_duplicate
            where
                fact_article.article_id in (
                    fact_duplicate.article_id, fact_duplicate.other_article_id
                )
                and (is_copy or duplicate_role = 'rewrite')
        )
        """,
        scope=TOUCHED,
    ),
)

_STORIES = (
    *_pair_rules("story_link", "story"),
    _rule(
        "fact_article",
        "article_has_a_story",
        "current versions belong to a story, other versions to none and repeat none",
        f"""
        select {_ROLES} from fact_article
        where {TOUCHED} and (
            is_current <> (story_id is not null)
            or (not is_current and duplicate_role <> 'original')
        )
        """,
        scope=TOUCHED,
    ),
    _rule(
        "story_link",
        "story_link_in_one_story",
        "two articles on one happening are in one story",
        f"""
        select story_link.article_id, other_article_id, one.story_id,
            other.story_id as other_story_id
        from (select * from story_link where {TOUCHED_PAIR}) as story_link
        join fact_article as one
            on story_link.article_id = one.article_id and one.is_current
        join fact_article as other
            on other_article_id = other.article_id and other.is_current
        where one.story_id <> other.story_id
        """,
        scope=TOUCHED_PAIR,
        is_of_rows=True,
    ),
    _rule(
        "dim_story",
        "story_agrees_with_its_articles",
        "a story is named after one of its articles and counts them",
        f"""
        with told as (
            select
                story_id,
                count(*) as article_count,
                count(distinct source_id) as source_count,
                min(published_date) as first_date,
                max(published_date) as last_date,
                bool_or(article_id = story_id) as is_named
            from fact_article
            where is_current and story_id in (
                select story_id from fact_article where {TOUCHED}
            )
            group by story_id
        )
        select told.*, dim_story.article_count as counted
        from told left join dim_story using (story_id)
        where not is_named
            or told.article_count is distinct from dim_story.article_count
            or told.source_count is distinct from dim_story.source_count
            or told.first_date is distinct from dim_story.first_date
            or told.last_date is distinct from dim_story.last_date
        """,
        scope=TOUCHED_STORY,
    ),
    _rule(
        "story_redirect",
        "story_redirect_resolves",
        "an id that is no longer used leads to one story, which is used",
        """
        select old_story_id, story_id from story_redirect
        where story_id not in (select story_id from dim_story)
            or old_story_id in (select story_id from dim_story)
        union all
        select old_story_id, min(story_id) from story_redirect
        group by old_story_id having count(*) > 1
        """,
        scope="true",
        is_of_rows=True,
    ),
)

COPY_RULES: tuple[Rule, ...] = (*_COPIES, *_STORIES)
