"""How fast copies and stories are found: a first load, then a few new articles.

python -m tests.benchmarks.copies [ARTICLES]
"""

from __future__ import annotations

import sys
import time
from datetime import date
from typing import TYPE_CHECKING

from flows.copies import link_articles, signature_rows
from tests.benchmarks.generate import make_article, sample_sentences
from tests.warehouse.copy_batches import frame_of, new_warehouse
from warehouse.load import merge_articles

if TYPE_CHECKING:
    import polars as pl


def generated(first: int, count: int) -> pl.DataFrame:
    sentences = sample_sentences()
    rows = []
    for number in range(first, first + count):
        header, _, text = make_article(number, sentences).partition("\n")
        rows.append(
            {
                "article_id": number * 7919 % 1_000_003,
                "record_hash": str(number),
                "source_id": 1,
                "published_date": date.fromisoformat(header[6:16]),
                "published_at": None,
                "modified_at": None,
                "published_precision": "day",
                "title": header[17:],
                "text": text,
            }
        )
    return frame_of(*rows)


def main(count: int) -> None:
    connection = new_warehouse()
    for first, size in ((0, count), (count, 100), (count + 100, 100)):
        frame = generated(first, size)
        begun, used = time.perf_counter(), time.process_time()
        rows = signature_rows(frame)
        signed = time.perf_counter()
        connection.execute("begin")
        merge_articles(connection, frame, rows, {"copies": "1"}, "load")
        merged = time.perf_counter()
        link_articles(connection)
        connection.execute("commit")
        linked = time.perf_counter()
        spent = signed - begun + linked - merged
        print(
            f"{size} new at {first} known: signatures {signed - begun:.2f} s, comparing"
            f" {linked - merged:.2f} s, {size / spent:.0f} articles/s; processor time "
            f"with storing {time.process_time() - used:.2f} s"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
