"""Loads of two machines that bring the same bytes."""

import polars as pl

from flows.turns import point_to

MINE, THEIRS = "raw/mine.parquet", "raw/theirs.parquet"


def test_a_copy_of_what_another_load_has_kept_points_to_that_loads_bytes():
    kept = pl.DataFrame(
        {
            "file_id": [1, 2, 3],
            "content_hash": ["a", "b", None],
            "raw_file": [MINE, MINE, None],
        }
    )
    moved = pl.DataFrame({"file_id": [4], "content_hash": ["a"], "raw_file": [THEIRS]})
    pointed = point_to(moved, kept, MINE)
    assert pointed.columns == kept.columns
    assert pointed["raw_file"].to_list() == [THEIRS, MINE, None]
