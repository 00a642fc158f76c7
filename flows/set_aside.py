"""Takes the few articles out of a load that break a critical table rule.

One odd article that an extractor stumbles over would otherwise hold back everything
that came with it. Many of them are a fault of ours, and block the load.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from checks.results import plain_row
from checks.rules import RULES
from transforms.articles import rejection, rejection_frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from checks.results import CheckResult
    from flows.prepare import Prepared

#: Merges of one load: each round can bring a further rule to light.
MOST_ROUNDS = 4
#: Articles that may be taken out of one load: at most so many, and such a share of it.
MOST_ARTICLES = 50
MOST_SHARE = 0.05
_DETAIL_CHARACTERS = 500


def find_odd_records(
    connection: duckdb.DuckDBPyConnection,
    failed: Sequence[CheckResult],
    prepared: Prepared,
    load_id: str,
) -> pl.DataFrame | None:
    """The records behind failed table rules, if they are few and of this load.

    Args:
        connection: the warehouse, in the load's transaction, before it is rolled back.
        failed: the results that stop the load.
        prepared: the batch.
        load_id: the load.

    Returns:
        Rejections of these records, stage ``check``, with the rule as reason. None
        where the load has to be blocked: a rule erred, failing rows tell no article or
        one that the load did not bring, or there are too many.
    """
    odd: dict[int, tuple[str, str]] = {}
    for result in failed:
        rows = _a_row_an_article(connection, result)
        if rows is None:
            return None
        for article_id, detail in rows.items():
            odd.setdefault(article_id, (result.rule_id, detail))
    brought = connection.execute(
        "select article_id, record_hash from fact_article where load_id = $load_id "
        "and list_contains($odd::bigint[], article_id)",
        {"load_id": load_id, "odd": list(odd)},
    ).pl()
    allowed = min(MOST_ARTICLES, max(1, int(prepared.articles.height * MOST_SHARE)))
    if brought["article_id"].n_unique() != len(odd) or len(odd) > allowed:
        return None
    records = prepared.articles.join(
        brought, on=["article_id", "record_hash"], how="semi"
    )
    return rejection_frame(
        rejection(file_id, record_no, "check", *odd[article_id])
        for file_id, record_no, article_id in records.select(
            "file_id", "record_no", "article_id"
        ).iter_rows()
    )


def without_records(prepared: Prepared, rejections: pl.DataFrame) -> Prepared:
    """The batch without some records, which are rejected instead.

    What was read out of them stays in ``enriched``: entities that several articles
    teach have to be read anew without them.

    Args:
        prepared: the batch.
        rejections: file_id, record_no and why.
    """
    place = ["file_id", "record_no"]
    articles = prepared.articles.join(rejections, on=place, how="anti")
    gone = rejections.unique(place).group_by("file_id").agg(pl.len().alias("gone"))
    counts = prepared.record_counts.join(
        gone, on="file_id", how="left", maintain_order="left"
    )
    return replace(
        prepared,
        articles=articles,
        sentences=prepared.sentences.join(articles, on="row_id", how="semi"),
        rejections=pl.concat([prepared.rejections, rejections]),
        record_counts=counts.with_columns(
            accepted_count=pl.col("accepted_count")
            - pl.col("gone").fill_null(0).cast(pl.Int32)
        ).drop("gone"),
    )


def with_failures(
    results: Sequence[CheckResult], failed: Sequence[CheckResult]
) -> list[CheckResult]:
    """The results of the last round, with what the earlier ones found.

    A rule that passes only because its articles were taken out has failed, as a rule
    on records has whose records are in quarantine.
    """
    first = {result.rule_id: result for result in reversed(failed)}
    return [first.get(result.rule_id, result) for result in results]


def _a_row_an_article(
    connection: duckdb.DuckDBPyConnection, result: CheckResult
) -> dict[int, str] | None:
    """Article to one of its failing rows, told; None where rows tell no article."""
    rule = RULES.get(result.rule_id)
    if rule is None or result.error is not None:
        return None
    described = connection.execute(f"select * from ({rule.failing_rows}) limit 0")
    names = [column[0] for column in described.description or ()]
    if "article_id" not in names:
        return None
    in_order = ", ".join(f'"{name}"' for name in names)
    found = connection.execute(
        f"select * from ({rule.failing_rows}) qualify "
        f"row_number() over (partition by article_id order by {in_order}) = 1 "
        f"limit {MOST_ARTICLES + 1}"
    ).fetchall()
    rows = [dict(zip(names, row, strict=True)) for row in found]
    if any(row["article_id"] is None for row in rows):
        return None
    return {
        row["article_id"]: f"not so: {rule.protects}: {_told(row)}"[:_DETAIL_CHARACTERS]
        for row in rows
    }


def _told(row: dict[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in plain_row(row).items())
