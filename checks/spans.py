"""SQL that cuts spans out of texts and stays fast where there are many."""

from __future__ import annotations

from checks.scopes import TOUCHED

#: Cutting a span out of a text reads the text from its start, so the cost grows with
#: the square of its length. Longer texts are held to the other rules alone.
LONGEST_CUT_TEXT = 100_000
#: Spans are cut out of blocks of about so many characters, and only the blocks out of
#: the text: a third to a half of the time for articles of 30 to 60 sentences.
_BLOCK = 500


def cut_spans(spans: str) -> str:
    """CTEs that end in ``cut``: spans of texts with what their offsets give back.

    Args:
        spans: SQL of spans of fact_article.text in touched articles: article_id,
            version, start_char, end_char and whatever else is wanted.

    Returns:
        SQL that follows ``with``; ``cut`` has the columns of ``spans`` and ``found``.
        Spans in texts above `LONGEST_CUT_TEXT` are left out.
    """
    return f"""
    span as (select *, start_char // {_BLOCK} as block_no from ({spans})),
    short_text as (
        select article_id, version, text from fact_article
        where {TOUCHED} and length(text) <= {LONGEST_CUT_TEXT}
    ),
    bounds as (
        select article_id, version, block_no, max(end_char) as block_end
        from span group by article_id, version, block_no
    ),
    block as (
        select article_id, version, block_no,
            substring(
                text, block_no * {_BLOCK} + 1, block_end - block_no * {_BLOCK}
            ) as block_text
        from bounds join short_text using (article_id, version)
    ),
    cut as (
        select span.* exclude (block_no),
            substring(
                block_text, start_char - block_no * {_BLOCK} + 1, end_char - start_char
            ) as found
        from span join block using (article_id, version, block_no)
    )
    """
