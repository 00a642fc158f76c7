"""How long a search takes, what keeping it costs a load, and what it weighs.

The tables of search are filled from generated articles, without the rest of a load.
Their words are those of the samples, so that every word stands in thousands of
articles: the worst case of a query.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl

from flows.search import index_articles
from tests.benchmarks.generate import make_article, sample_sentences
from warehouse.catalog import open_warehouse

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LOAD = 5_000
QUERIES = (
    "су",
    "су тапшылығы",
    "Қазақстан Президенті",
    "сыртқы істер министрінің келіссөздері",
    "мемлекет басшысы қол қойған құжаттар",
    "қарлыгаштардың ұясы",
    "qazaqstan prezidenti",
    "«су қоймасы»",
    "Америка Құрама Штаттарының президенті",
    " ".join(f"Есім{number}" for number in range(32)),
)
#: Names that articles have taught, so many an article, and mentions in each.
_NAMES_OF_ONE, _MENTIONS = 2, 75
_TABLES = ("search_document", "search_form", "search_posting")


def make_batch(first: int, count: int, sentences: list[str]) -> pl.DataFrame:
    """Generated articles as rows of fact_article."""
    rows = []
    for number in range(first, first + count):
        title, _, text = make_article(number, sentences).partition("\n")
        day = date(2020, 1, 1) + timedelta(days=number % 2400)
        rows.append((number * 7_919_191_919, title, text.split("\n")[0], text, day))
    return pl.DataFrame(
        rows,
        schema=["article_id", "title", "lead", "text", "published_date"],
        orient="row",
    ).with_columns(
        version=1,
        is_current=True,
        record_hash=pl.lit(""),
        source_id=1,
        published_precision=pl.lit("day"),
        published_basis=pl.lit("header"),
        arrived_at=NOW.replace(tzinfo=None),
        language=pl.lit("kk"),
        script=pl.lit("cyrillic"),
        word_count=450,
        is_interview=False,
        has_scan_noise=False,
        duplicate_role=pl.lit("original"),
        file_id=1,
        record_no=1,
        load_id=pl.lit("load"),
    )


def fill_names(connection: duckdb.DuckDBPyConnection, count: int) -> None:
    """Learned names with three spellings each; one of them is a country."""
    connection.execute(
        f"""
        insert into dim_entity by name
        select unnest(range({count * _NAMES_OF_ONE})) as entity_id,
            'person' as entity_type, 'Есім' || entity_id as name, 'learned' as origin
        """
    )
    connection.execute(
        """
        insert into dim_entity_alias
        select entity_id, name || unnest(['', ' Тегі', ' Тегіұлы']), origin
        from dim_entity
        union all
        select 0, unnest(['АҚШ', 'Америка Құрама Штаттары']), 'seed'
        """
    )


def note_mentions(connection: duckdb.DuckDBPyConnection, count: int) -> None:
    """Give the touched articles their mentions: some names often, most seldom."""
    connection.execute(
        f"""
        create or replace temp table touched_mention as
        select
            article_id,
            1 as version,
            (power((hash(article_id, mention_no) % 10000) / 10000.0, 4)
                * {count * _NAMES_OF_ONE})::bigint as entity_id,
            mention_no < 3 as in_title,
            mention_no * 40 as start_char
        from touched_article
        cross join (select unnest(range({_MENTIONS})) as mention_no)
        """
    )


def fill(connection: duckdb.DuckDBPyConnection, count: int) -> tuple[float, float]:
    """Load so many articles; return the seconds of search, by clock and of cores."""
    sentences, seconds, used = sample_sentences(), 0.0, 0.0
    connection.execute(
        "create or replace temp table touched_article (article_id bigint)"
    )
    fill_names(connection, count)
    for first in range(0, count, LOAD):
        batch = make_batch(first, min(LOAD, count - first), sentences)
        connection.register("batch", batch.to_arrow())
        connection.execute("begin")
        connection.execute("insert into fact_article by name select * from batch")
        connection.execute("delete from touched_article")
        connection.execute("insert into touched_article select article_id from batch")
        note_mentions(connection, count)
        start, start_of_cores = time.perf_counter(), time.process_time()
        index_articles(connection)
        seconds += time.perf_counter() - start
        used += time.process_time() - start_of_cores
        connection.execute("commit")
        connection.unregister("batch")
    connection.execute("checkpoint")
    return seconds, used


def time_query(
    connection: duckdb.DuckDBPyConnection, query: str
) -> tuple[float, float]:
    """Median milliseconds of a query: by the clock, and of all cores together."""
    times = []
    for _ in range(7):
        start, used = time.perf_counter(), time.process_time()
        connection.execute("from search($query)", {"query": query}).fetchall()
        times.append((time.perf_counter() - start, time.process_time() - used))
    by_clock, by_cores = zip(*times, strict=True)
    return statistics.median(by_clock) * 1000, statistics.median(by_cores) * 1000


def bytes_of_search(path: Path, folder: Path) -> int:
    """What the tables of search weigh in a file of their own."""
    copy = folder / "search_only.duckdb"
    with duckdb.connect(str(copy)) as connection:
        connection.execute(f"attach '{path}' as whole (read_only)")
        for table in _TABLES:
            connection.execute(f"create table {table} as from whole.{table}")
    return copy.stat().st_size


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    count = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "search.duckdb"
        connection = open_warehouse(path, now=NOW)
        seconds, used = fill(connection, count)
        connection.close()
        print(f"search over {count} generated articles")
        by_clock, by_cores = (part / count * 1000 for part in (seconds, used))
        print(f"  {by_clock:.2f} ms, {by_cores:.2f} of the cores, an article to keep")
        print(f"  {bytes_of_search(path, Path(name)) / count:.0f} bytes an article")
        with duckdb.connect(str(path), read_only=True) as reader:
            for query in QUERIES:
                by_clock, by_cores = time_query(reader, query)
                print(f"  {by_clock:6.0f} ms, {by_cores:.0f} of the cores  {query}")


if __name__ == "__main__":
    main()
