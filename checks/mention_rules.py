"""Table rules on mentions and on the countries of articles.

They look at ``touched_mention``, the mentions of the articles in ``touched_article``.
"""

from __future__ import annotations

from functools import partial

from checks import codes
from checks.article_rules import TOUCHED
from checks.rule import Rule, Severity, one_of, table_rule
from checks.spans import LONGEST_CUT_TEXT, cut_spans

_FAULT = "This is a fault of the step that reads names: report it with these rows."
_MENTION = "article_id, version, mention_no"
_CUT = f"{_MENTION}, in_title, start_char, end_char, surface"
#: Weights are sums of fractions.
_TOLERANCE = "1e-6"


_mention_rule = partial(
    table_rule, "fact_mention", remedy=_FAULT, looked_at="touched_mention"
)
_country_rule = partial(
    table_rule, "bridge_article_country", remedy=_FAULT, scope=TOUCHED
)

_KEYS = (
    _mention_rule(
        "mention_unique",
        "a mention stands once",
        f"""
        select {_MENTION}, count(*) as copies from touched_mention
        group by {_MENTION} having count(*) > 1
        """,
    ),
    _mention_rule(
        "mention_in_order",
        "mentions count from 1 without a gap, those of the title first, then by place",
        f"""
        with numbered as (
            select {_MENTION}, in_title, start_char,
                row_number() over in_article as place,
                lag((not in_title, start_char)) over in_article as previous
            from touched_mention
            window in_article as (
                partition by article_id, version order by mention_no
            )
        )
        select {_MENTION}, in_title, start_char, place from numbered
        where mention_no <> place or (not in_title, start_char) < previous
        """,
    ),
    _mention_rule(
        "mention_article_resolves",
        "the article version of every mention exists",
        f"""
        select {_MENTION} from touched_mention
        anti join fact_article using (article_id, version)
        """,
    ),
    _mention_rule(
        "mention_entity_resolves",
        "the entity of every mention is in dim_entity",
        f"""
        select {_MENTION}, entity_id, entity_type, surface from touched_mention
        where entity_id is not null
            and entity_id not in (select entity_id from dim_entity)
        """,
    ),
)

_VALUES = (
    _mention_rule(
        "mention_codes_valid",
        "class and method of a mention are known codes",
        f"""
        select {_MENTION}, entity_type, method from touched_mention where not (
            {one_of("entity_type", codes.ENTITY_TYPES)}
            and {one_of("method", codes.NAME_METHODS)}
        )
        """,
    ),
    _mention_rule(
        "mention_confidence_valid",
        "the confidence of a mention lies between 0 and 1",
        f"""
        select {_MENTION}, confidence, method from touched_mention
        where not confidence between 0 and 1
        """,
    ),
    _mention_rule(
        "mention_value_names_nothing",
        "numbers, dates and sums of money name no entity",
        f"""
        select {_MENTION}, entity_type, entity_id, surface from touched_mention
        where entity_id is not null and {one_of("entity_type", codes.VALUE_TYPES)}
        """,
        severity=Severity.WARNING,
    ),
)

_SPANS = (
    _mention_rule(
        "mention_in_its_sentence",
        "a mention lies in its sentence, or in the title and then has none",
        """
        select mention.article_id, mention.version, mention.mention_no,
            mention.in_title, mention.sentence_no, mention.start_char, mention.end_char
        from touched_mention as mention
        left join fact_sentence as sentence
            on mention.article_id = sentence.article_id
            and mention.version = sentence.version
            and mention.sentence_no = sentence.sentence_no
        where mention.in_title <> (mention.sentence_no is null)
            or mention.start_char < coalesce(sentence.start_char, 0)
            or mention.end_char <= mention.start_char
            or mention.end_char > sentence.end_char
            or (not mention.in_title and sentence.end_char is null)
        """,
    ),
    _mention_rule(
        "mention_gives_its_surface",
        "the offsets of a mention give it back",
        f"""
        with {cut_spans("select * from touched_mention where not in_title")}
        select {_CUT}, found from cut
        where found <> surface or surface = ''
        union all
        select {_CUT}, substring(title, start_char + 1, end_char - start_char) as found
        from touched_mention
        join fact_article using (article_id, version)
        where in_title and coalesce(length(title), 0) <= {LONGEST_CUT_TEXT}
            and (
                found is distinct from surface
                or surface = ''
                or end_char > length(title)
            )
        """,
    ),
    _mention_rule(
        "mention_no_crossing_of_a_class",
        "two mentions of one class are apart, or one lies inside the other",
        f"""
        with placed as (
            select {_MENTION}, entity_type, in_title, start_char, end_char,
                max(end_char) over (
                    partition by article_id, version, in_title, entity_type
                    order by start_char, end_char desc
                    rows between unbounded preceding and 1 preceding
                ) as reached,
                count(*) over (
                    partition by
                        article_id, version, in_title, entity_type, start_char, end_char
                ) as same_span
            from touched_mention
        )
        select * from placed
        where same_span > 1 or (start_char < reached and end_char > reached)
        """,
    ),
)

_COUNTRIES = (
    _country_rule(
        "article_country_unique",
        "a country stands once for an article version",
        f"""
        select article_id, version, country_code, count(*) as copies
        from bridge_article_country where {TOUCHED}
        group by article_id, version, country_code having count(*) > 1
        """,
    ),
    _country_rule(
        "article_country_resolves",
        "article version and country of every row exist",
        f"""
        select article_id, version, country_code from bridge_article_country
        where {TOUCHED} and (
            country_code not in (select country_code from dim_country)
            or (article_id, version) not in (
                select (article_id, version) from fact_article where {TOUCHED}
            )
        )
        """,
    ),
    _country_rule(
        "article_country_weights_sum",
        "the countries of an article version share a weight of 1",
        f"""
        select article_id, version, count(*) as countries, sum(weight) as weight,
            min(weight) as least_weight, min(mention_count) as least_count
        from bridge_article_country where {TOUCHED}
        group by article_id, version
        having not abs(sum(weight) - 1) <= {_TOLERANCE}
            or min(weight) <= 0
            or min(mention_count) < 1
        """,
    ),
)

MENTION_RULES: tuple[Rule, ...] = (*_KEYS, *_VALUES, *_SPANS, *_COUNTRIES)
