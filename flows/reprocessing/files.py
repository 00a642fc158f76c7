"""Cuts files into batches that are read again together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator


def together(
    files: pl.DataFrame,
    shared: pl.DataFrame,
    *,
    most_records: int,
    most_bytes: int,
) -> Iterator[pl.DataFrame]:
    """Cut files into batches; those that share an article stand in one, if they fit.

    Between two batches an article then is wholly as it was or wholly as it is read
    now. Files that hang together by the thousand (an outlet that sends its whole
    archive every day) are cut all the same: memory is bounded.

    Args:
        files: file_id, record_count, size_bytes, in the order to keep.
        shared: file_id, article_id: articles that several files have.
        most_records: of one batch, unless a file alone has more.
        most_bytes: likewise.

    Yields:
        The rows of each batch.
    """
    group = _groups(files["file_id"], shared)
    rows = files.with_columns(
        group_=pl.col("file_id").replace_strict(group, return_dtype=pl.Int64)
    )
    first = pl.col("place_").min().over("group_")
    rows = (
        rows.with_row_index("place_")
        .with_columns(first_=first)
        .sort("first_", maintain_order=True)
    )
    start = records = size = 0
    columns = rows.select("record_count", pl.col("size_bytes").fill_null(0)).rows()
    sums = dict(
        rows.group_by("first_")
        .agg(pl.struct(pl.sum("record_count"), pl.sum("size_bytes")))
        .iter_rows()
    )
    firsts = rows["first_"].to_list()
    for at, (count, bytes_) in enumerate(columns):
        is_new_group = at == 0 or firsts[at] != firsts[at - 1]
        whole = sums[firsts[at]]
        ahead = (
            (whole["record_count"], whole["size_bytes"] or 0)
            if is_new_group
            else (count, bytes_)
        )
        is_full = records + ahead[0] > most_records or size + ahead[1] > most_bytes
        if at > start and is_full:
            yield rows[start:at].select(files.columns)
            start, records, size = at, 0, 0
        records, size = records + count, size + bytes_
    if start < rows.height:
        yield rows[start:].select(files.columns)


def _groups(file_ids: pl.Series, shared: pl.DataFrame) -> dict[int, int]:
    """File to the group that it hangs together with, named after one of its files."""
    parent = {file_id: file_id for file_id in file_ids}

    def root(file_id: int) -> int:
        while parent[file_id] != file_id:
            parent[file_id] = parent[parent[file_id]]
            file_id = parent[file_id]
        return file_id

    holder: dict[int, int] = {}
    for file_id, article_id in shared.select("file_id", "article_id").iter_rows():
        if file_id not in parent:
            continue
        other = holder.setdefault(article_id, file_id)
        parent[root(file_id)] = root(other)
    return {file_id: root(file_id) for file_id in parent}
