"""What a newcomer sees after the first load: three answers, and what to type next."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

from flows.output import as_table
from flows.run import REPORTS
from warehouse.catalog import open_reports
from warehouse.query import ask

#: Question, then the statement that answers it: shown as it is typed.
QUESTIONS = {
    "How many articles has each outlet, and from when to when?": """
select
    source.name, count(*) as articles,
    min(published_date) as first_date, max(published_date) as last_date
from fact_article
join dim_source as source using (source_id)
where is_current
group by source.name
order by articles desc, source.name
limit 8""",
    "What was written about water since November 2025, sentence by sentence?": """
select
    article.published_date, source.source_code as source,
    substring(article.text, span.start_char + 1, span.end_char - span.start_char)
        as sentence
from fact_sentence as span
join fact_article as article using (article_id, version)
join dim_source as source using (source_id)
where article.is_current and article.language = 'kk'
  and article.published_date >= date '2025-11-01'
  and regexp_matches(sentence, '(^|[^\\p{L}])[Сс]у (ресурс|қоймас|тапшылы|саясат)')
order by article.published_date desc, span.sentence_no
limit 5""",
    "Which articles were corrected after publication?": """
select
    title, version, is_current, modified_at, word_count as words
from fact_article
where article_id in (select article_id from fact_article where version > 1)
order by article_id, version""",
}

#: Wide enough for the answers, narrow enough for a terminal beside a browser.
_WIDTH = 110

NEXT = """\
What to type next (the first line once, to have `qoima` at hand):
  source .venv/bin/activate
  qoima report                                  the named reports
  qoima report quotes_by --since 2025-11-01
  qoima search "су тапшылығы"
  qoima site                                    pages for the browser: data/site
  qoima sql "from fact_article select title, published_date where has_scan_noise"
  qoima status
  qoima run my/articles                         load files of your own
"""


def main(data: Path) -> None:
    """Print the tour over the published warehouse of a data folder."""
    with closing(open_reports(data / REPORTS)) as connection:
        for question, statement in QUESTIONS.items():
            sys.stdout.write(f"\n{question}\n")
            sys.stdout.write(_indent(statement.strip()) + "\n")
            answer = as_table(ask(connection, statement), width=_WIDTH)
            sys.stdout.write(_indent(answer) + "\n")
    sys.stdout.write("\n" + NEXT)


def _indent(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.rstrip().splitlines())


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "data"))
