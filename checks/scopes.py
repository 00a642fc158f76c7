"""SQL that keeps the rows which a load touched: what table rules look at.

In an audit of everything `touched_article` holds every article, `rebuilt_event` every
event and `current_load` no row, so each of these keeps all.
"""

from __future__ import annotations

#: Rows of touched articles, in any table with article_id.
TOUCHED = "article_id in (select article_id from touched_article)"
#: Pairs of articles of which one was touched.
TOUCHED_PAIR = f"""(
    {TOUCHED}
    or other_article_id in (select article_id from touched_article)
)"""
#: Stories of touched articles.
TOUCHED_STORY = f"""(
    story_id in (select story_id from fact_article where {TOUCHED})
)"""
#: Events that the load made anew, and those that it took away.
REBUILT = "event_id in (select event_id from rebuilt_event)"
#: Rows of search numbered as the touched documents: of a load, those at the end.
TOUCHED_NUMBER = f"""(
    document_no >= (select min(document_no) from search_document where {TOUCHED})
    and document_no <= (select max(document_no) from search_document where {TOUCHED})
)"""
#: Rows of the load under way, all rows where there is none.
OF_THE_LOAD = (
    "(load_id in (select load_id from current_load)"
    " or not exists (select load_id from current_load))"
)
#: Loads that have a row, and the one under way, whose row may be written last.
LOADS = "(select load_id from dim_load union all select load_id from current_load)"
#: Days that the load measured anew, in any table with measured_date.
ON_TOUCHED_DAY = "measured_date in (select measured_date from touched_day)"
