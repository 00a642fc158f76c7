"""What changes the measures, and what one article adds to each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

#: What one row of article_measure adds to each sum; sums are named by
#: ``measure_definitions``. `more` names further columns.
CONTRIBUTIONS = """
    select
        {more}
        source_id,
        measured_date,
        arrived_date,
        is_current,
        1 as articles,
        (not is_copy)::integer as without_copies,
        is_copy::integer as copies,
        is_current::integer as current_articles,
        is_undated::integer as undated,
        (language = 'kk')::integer as kk_articles,
        (language = 'ru')::integer as ru_articles,
        word_count as words,
        mentions,
        quotes,
        amounts,
        events,
        mentions * (language = 'kk')::integer as kk_mentions,
        quotes * (language = 'kk')::integer as kk_quotes,
        amounts * (language = 'kk')::integer as kk_amounts,
        events * (language = 'kk')::integer as kk_events,
        evidence_rows,
        doubtful_rows
    from {table}
"""
#: The columns of `CONTRIBUTIONS` that say where a row belongs.
PLACE = "source_id, measured_date, arrived_date, is_current"


#: The cause of what an archive brings, and the trigger of its loads.
BACKFILL = "backfill"


@dataclass(frozen=True)
class Change:
    """What changes the warehouse.

    Attributes:
        load_id: the load; null where an article is forgotten.
        run_id: its run.
        now: its start, UTC.
        cause: why numbers change, a cause of fact_restatement; null for a load of
            articles, where each article tells.
    """

    load_id: str | None
    run_id: str
    now: datetime
    cause: str | None = None

    @property
    def is_backfill(self) -> bool:
        """Whether it loads an archive, whose days are no news: none is judged."""
        return self.cause == BACKFILL
