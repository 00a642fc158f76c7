"""Files that are read again are cut into batches."""

import polars as pl

from flows.reprocessing.files import together


def cut(sizes, shared=(), *, most_records=4, most_bytes=100):
    """Files of so many records each, ten bytes a file; their numbers by batch."""
    files = pl.DataFrame(
        {
            "file_id": list(range(len(sizes))),
            "record_count": sizes,
            "size_bytes": [10] * len(sizes),
        }
    )
    pairs = pl.DataFrame(
        list(shared), schema={"file_id": pl.Int64, "article_id": pl.Int64}, orient="row"
    )
    batches = together(files, pairs, most_records=most_records, most_bytes=most_bytes)
    return [batch["file_id"].to_list() for batch in batches]


def test_batches_have_so_many_records_or_bytes_at_most():
    assert cut([]) == []
    assert cut([2, 2, 2, 2, 2]) == [[0, 1], [2, 3], [4]]
    assert cut([1, 9, 1]) == [[0], [1], [2]]
    assert cut([1, 1, 1], most_bytes=20) == [[0, 1], [2]]


def test_files_that_share_an_article_stand_in_one_batch():
    assert cut([1, 2, 1, 1], [(0, 7), (3, 7)]) == [[0, 3, 1], [2]]
    # Also by way of a third file; one that is not read again counts for nothing.
    chain = [(0, 7), (2, 7), (2, 8), (4, 8), (99, 8)]
    assert cut([1, 3, 1, 1, 1], chain) == [[0, 2, 4], [1, 3]]
    # A group that fits into no batch together with others begins one.
    assert cut([3, 1, 1, 1], [(1, 7), (3, 7)]) == [[0], [1, 3, 2]]


def test_a_group_that_is_too_large_is_cut_all_the_same():
    assert cut([3] * 4, [(number, 7) for number in range(4)]) == [[0], [1], [2], [3]]
