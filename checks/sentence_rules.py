"""Table rules on sentences.

They look at the articles in ``touched_article``.
"""

from __future__ import annotations

from functools import partial

from checks.rule import Rule, table_rule
from checks.scopes import TOUCHED
from checks.spans import cut_spans

_sentence_rule = partial(
    table_rule,
    "fact_sentence",
    remedy="This is a fault of the sentence step: report it with these rows.",
    scope=TOUCHED,
)


#: Sentences beside the text they point into.
_PLACED = f"""
    with
    sentences as (select * from fact_sentence where {TOUCHED}),
    texts as (
        select article_id, version, length(text) as text_length
        from fact_article where {TOUCHED}
    ),
    placed as (
        select sentences.*, texts.text_length
        from sentences join texts
            on sentences.article_id = texts.article_id
            and sentences.version = texts.version
    )
"""

SENTENCE_RULES: tuple[Rule, ...] = (
    _sentence_rule(
        "sentence_inside_text",
        "a sentence lies inside its text",
        f"""{_PLACED}
        select article_id, version, sentence_no, start_char, end_char, text_length
        from placed
        where start_char < 0 or end_char <= start_char or end_char > text_length
        """,
    ),
    _sentence_rule(
        "sentence_gives_its_text",
        "the offsets of a sentence give it back without blanks around it",
        rf"""
        with {cut_spans(f"select * from fact_sentence where {TOUCHED}")}
        select article_id, version, sentence_no, start_char, end_char,
            found as surface
        from cut
        where found = ''
            or regexp_matches(left(found, 1) || right(found, 1), '\s')
        """,
    ),
    _sentence_rule(
        "sentence_in_order",
        "sentences count from 1 without a gap and do not overlap",
        f"""
        with numbered as (
            select article_id, version, sentence_no, start_char,
                row_number() over in_text as place,
                lag(end_char, 1, 0) over in_text as previous_end
            from fact_sentence where {TOUCHED}
            window in_text as (
                partition by article_id, version order by sentence_no
            )
        )
        select * from numbered
        where sentence_no <> place or start_char < previous_end
        """,
    ),
)
