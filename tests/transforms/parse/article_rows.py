"""Rows that name only what a test is about."""

import datetime as dt

import polars as pl

from transforms.parse import parse_articles
from transforms.records import RECORD_SCHEMA

ARRIVED = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)

OUTLETS = pl.DataFrame(
    [
        {
            "source_code": "kazinform",
            "name": "Kazinform",
            "domains": "inform.kz;kazinform.kz",
            "spellings": "KAZINFORM;ҚазАқпарат;Казинформ",
            "time_zone": "Asia/Almaty",
        },
        {
            "source_code": "baq.kz",
            "name": "BAQ.KZ",
            "domains": "baq.kz",
            "spellings": "BAQ.KZ",
            "time_zone": "Asia/Almaty",
        },
        {
            "source_code": "mfa",
            "name": "Сыртқы істер министрлігі",
            "domains": "gov.kz/memleket/entities/mfa",
            "spellings": "Сыртқы істер министрлігінің баспасөз қызметі",
            "time_zone": "Asia/Almaty",
        },
        {
            "source_code": "tokyo",
            "name": "Токио таңы",
            "domains": "tokyo.example.jp",
            "spellings": "",
            "time_zone": "Asia/Tokyo",
        },
        {
            "source_code": "unknown",
            "name": "unknown",
            "domains": "",
            "spellings": "белгісіз",
            "time_zone": None,
        },
    ]
)

BODY = "Бұл – мақаланың бірінші абзацы, онда бір сөйлем бар.\nЕкінші абзац та бар."


def parse(*records, paths=(), file_format="text", arrived=ARRIVED, outlets=OUTLETS):
    """Parse records given as dicts, or as texts; one file each."""
    rows = [
        {"file_id": number, "record_no": 1}
        | ({"text": record} if isinstance(record, str) else record)
        for number, record in enumerate(records)
    ]
    schema = dict(RECORD_SCHEMA)
    if any("has_mixed_script" in row for row in rows):
        schema["has_mixed_script"] = pl.Boolean
    files = pl.DataFrame(
        {
            "file_id": range(len(rows)),
            "path": list(paths) or [f"{number}.txt" for number in range(len(rows))],
            "format": [file_format] * len(rows),
            "arrived_at": [arrived] * len(rows),
        },
        schema_overrides={
            "file_id": pl.Int64,
            "path": pl.String,
            "format": pl.String,
            "arrived_at": pl.Datetime("us", "UTC"),
        },
    )
    return parse_articles(
        pl.DataFrame(rows, schema=schema), files=files, outlets=outlets
    )


def parse_one(record, **options):
    """The one article of one record, as a dict."""
    paths = [options.pop("path")] if "path" in options else ()
    return parse(record, paths=paths, **options).row(0, named=True)
