"""Gzip files, and zip archives that do not open."""

import gzip
import io
import json
import zipfile

import pytest

from transforms.readers import format_of
from transforms.records import InputError

TEXT = "Су қоймасы ашылды, деп хабарлады әкімдік."


def reason(read, content, path):
    with pytest.raises(InputError) as caught:
        read(content, path)
    return caught.value.reason_code


def name_of(value):
    """Names of tests: contents are too long for them."""
    return value if isinstance(value, str) else f"{len(value)} bytes"


def zipped(members, **options):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.txt.gz", TEXT),
        ("A.TXT.GZ", TEXT),
        ("a.json.gz", json.dumps({"text": TEXT})),
        ("a.jsonl.gz", json.dumps({"text": TEXT})),
        ("a.csv.gz", f'title,text\n,"{TEXT}"'),
        ("a.rss.gz", f"<rss><item><description>{TEXT}</description></item></rss>"),
        ("news.zip::in/a.txt.gz", TEXT),
    ],
)
def test_a_gzip_file_is_read_as_what_is_inside(read, path, content):
    result = read(gzip.compress(content.encode()), path)
    assert [record["text"] for record in result.records] == [TEXT]
    assert result.encoding == "utf-8"


def test_a_gzip_file_of_several_parts_and_padding_is_one_text(read):
    parts = [gzip.compress(part.encode()) for part in (TEXT[:9], TEXT[9:])]
    assert read(b"".join(parts) + b"\x00" * 100, "a.txt.gz").records[0]["text"] == TEXT


@pytest.mark.parametrize(
    ("path", "file_format"),
    [
        ("a.txt.gz", "text.gz"),
        ("a.b.JSONL.GZ", "jsonl.gz"),
        ("a.gz", "gz"),
        ("a.tar.gz", "gz"),
        ("a.gz.gz", "gz.gz"),
        (".gz", None),
        ("a.zip", "zip"),
        ("a.zip::b.csv", "csv"),
        ("a.csv::b", None),
    ],
)
def test_the_format_of_a_packed_file_tells_what_is_inside(path, file_format):
    assert format_of(path) == file_format


packed = gzip.compress(TEXT.encode())


@pytest.mark.parametrize(
    ("content", "path", "expected"),
    [
        (packed, "a.gz", "unsupported_format"),
        (packed, "a.tar.gz", "unsupported_format"),
        (packed[:-3], "a.txt.gz", "truncated"),
        (packed[:30], "a.txt.gz", "truncated"),
        (packed[:5], "a.txt.gz", "truncated"),
        (packed + packed[:20], "a.txt.gz", "truncated"),
        (packed[:30] + b"\xff" * 9 + packed[39:], "a.txt.gz", "broken_archive"),
        (packed[:-8] + b"\x00" * 8, "a.txt.gz", "broken_archive"),
        (packed + b"tail", "a.txt.gz", "broken_archive"),
        (TEXT.encode(), "a.txt.gz", "broken_archive"),
        (b"", "a.txt.gz", "empty_file"),
        (gzip.compress(b""), "a.txt.gz", "empty_file"),
        (gzip.compress(bytes(65 * 1024 * 1024)), "a.txt.gz", "unpacks_too_large"),
        (gzip.compress(packed), "a.txt.gz", "nested_archive"),
        (gzip.compress(packed), "a.txt.gz.gz", "nested_archive"),
        (gzip.compress(zipped({"a.txt": TEXT})), "a.zip.gz", "nested_archive"),
        (gzip.compress(zipped({"a.txt": TEXT})), "a.txt.gz", "nested_archive"),
        (gzip.compress(b"\x89PNG\r\n\x1a\n"), "a.txt.gz", "binary_content"),
    ],
    ids=name_of,
)
def test_a_gzip_file_that_cannot_be_read_says_why(read, content, path, expected):
    assert reason(read, content, path) == expected


good = zipped({"a.txt": TEXT, "b.txt": TEXT * 50})
locked = bytearray(zipped({"a.txt": TEXT}))
locked[6] |= 1  # the flag in the member's own header
locked[locked.index(b"PK\x01\x02") + 8] |= 1  # and in the list of members


@pytest.mark.parametrize(
    ("content", "path", "expected"),
    [
        (good, "a.zip::b.zip", "nested_archive"),
        (good[: len(good) // 2], "a.zip", "truncated"),
        (good[:-10], "a.zip", "broken_archive"),
        (b"PK", "a.zip", "broken_archive"),
        (TEXT.encode(), "a.zip", "broken_archive"),
        (b"", "a.zip", "empty_file"),
        (bytes(locked), "a.zip", "encrypted"),
        (zipped({"a.txt": bytes(65 * 1024 * 1024)}), "a.zip", "unpacks_too_large"),
        (b"PK\x03\x04" + b"PK\x01\x02" * 200_001, "a.zip", "unpacks_too_large"),
        (zipped({}), "a.zip", "no_records"),
        (zipped({"folder/": ""}), "a.zip", "no_records"),
    ],
    ids=name_of,
)
def test_a_zip_archive_that_did_not_open_says_why(read, content, path, expected):
    assert reason(read, content, path) == expected
