"""The places behind a number, and that reports answer on made-up fact rows."""

from __future__ import annotations

import duckdb
import pytest

from tests.benchmarks.fact_rows import make_warehouse
from tests.warehouse.report_rows import filled_warehouse
from warehouse.query import load_reports, run_report

#: Sixty articles, one a day, and one whose day is unknown.
_ARTICLES = """
select number as article_id, date '2025-01-01' + number::integer as published_date
from range(60) as made (number)
union all
select 60, null
"""


@pytest.mark.parametrize(
    ("macro", "source"),
    [
        ("evidence_of_each", _ARTICLES),
        ("evidence_list", f"{_ARTICLES} union all {_ARTICLES}"),
    ],
)
def test_fifty_places_are_kept_as_sorting_all_of_them_would(macro, source):
    with filled_warehouse({}) as connection:
        kept, expected = connection.execute(
            f"""
            select
                {macro}(article_id, 1, null, null, null, published_date),
                list_reverse_sort(
                    list(
                        distinct struct_pack(
                            published_date := published_date,
                            article_id := article_id,
                            version := 1,
                            in_title := null,
                            start_char := null,
                            end_char := null
                        )
                    )
                )[1:50]
            from ({source})
            """
        ).fetchone()
    assert len(kept) == 50
    assert kept == expected


def test_reports_have_rows_on_the_warehouse_of_the_benchmark(tmp_path):
    path = tmp_path / "made.duckdb"
    make_warehouse(path, 300)
    # It has loads, but neither checks nor measures.
    nothing_made = {
        "rejected_inputs",
        "quality_over_time",
        "failed_checks",
        "measures",
        "restatements",
    }
    with duckdb.connect(str(path), read_only=True) as connection:
        assert {
            name for name in load_reports() if not run_report(connection, name, {}).rows
        } <= nothing_made
