"""What holds for every reader and every input."""

import gzip
import json
from functools import cache

import pytest
from document_files import docx_of, pdf_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transforms.readers import FORMATS
from transforms.records import REASONS, RECORD_SCHEMA, InputError

relaxed = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
extensions = st.sampled_from(sorted(FORMATS))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["title", "text", "date", "author", "tags", "url", "items", "meta", "x"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)
PIECES = (
    "<p> </p> <div> <h1> <script> </script> <meta <!-- --> content=' ' > --- +++ title:"
    ' # ** [ ]( ` &amp; &#x110000; мәтін { " : <time> 2024'
)
markup = st.lists(
    st.sampled_from([*PIECES.split(), "\n", "\x0b", " "]),
    max_size=60,
).map("".join)


def outcome(read, content, path):
    """Read, hold what every result must be, and say how it ended."""
    error = None
    try:
        result = read(content, path)
    except InputError as refusal:
        error = refusal
    if error:
        assert error.reason_code in set(REASONS) - {"reader_error"}, error.detail
        return error.reason_code
    assert result.records or result.errors
    assert all(error.reason_code in REASONS for error in result.errors)
    numbers = [r["record_no"] for r in result.records]
    numbers += [e.record_no for e in result.errors]
    assert len(set(numbers)) == len(numbers)
    for record in result.records:
        assert set(record) <= set(RECORD_SCHEMA) - {"file_id"}
        assert record.get("text") or record.get("title")
        assert all(
            value == value.strip() and value
            for field, value in record.items()
            if field not in {"record_no", "tags", "text"}
        )
        json.dumps(record, ensure_ascii=False).encode()  # no half characters
    return "read"


@relaxed
@given(content=st.binary(max_size=300), extension=extensions)
def test_random_bytes_end_as_records_or_a_reason(read, content, extension):
    outcome(read, content, f"a{extension}")


@relaxed
@given(content=markup, extension=extensions)
def test_random_markup_ends_as_records_or_a_reason(read, content, extension):
    outcome(read, content, f"a{extension}")


@relaxed
@given(value=json_values, extension=st.sampled_from([".json", ".jsonl"]))
def test_random_json_ends_as_records_or_a_reason(read, value, extension):
    outcome(read, json.dumps(value), f"a{extension}")


@relaxed
@given(lines=st.lists(json_values, min_size=1, max_size=6))
def test_every_line_is_accounted_for(read, lines):
    content = "\n".join(json.dumps({"text": "а", "v": line}) for line in lines)
    result = read(content + "\n{", "a.jsonl")
    assert [r["record_no"] for r in result.records] == list(range(1, len(lines) + 1))
    assert [e.record_no for e in result.errors] == [len(lines) + 1]


@pytest.mark.parametrize("extension", sorted(set(FORMATS) - {".zip"}))
def test_every_format_reads_a_plain_kazakh_article(read, extension):
    text = "Облыста көктемгі егіс жұмыстары басталды, деп хабарлады әкімдік. " * 5
    feed = f"<rss><channel><item><description>{text}</description></item></channel>"
    contents = {
        ".json": json.dumps({"text": text}),
        ".jsonl": json.dumps({"text": text}),
        ".ndjson": json.dumps({"text": text}),
        ".csv": f'title,text\n,"{text}"',
        ".tsv": f"title\ttext\n\t{text}",
        ".rss": f"{feed}</rss>",
        ".atom": f"{feed}</rss>",
        ".xml": f"{feed}</rss>",
        ".docx": docx_of(text),
        ".pdf": pdf_of([text[:80], text[80:160]]),
    }
    content = contents.get(extension, text)
    path = f"a{extension}"
    if extension == ".gz":
        content, path = gzip.compress(text.encode()), "a.txt.gz"
    assert outcome(read, content, path) == "read"


@relaxed
@given(content=st.binary(max_size=300), extension=extensions, cut=st.integers(0, 300))
def test_random_bytes_inside_gzip_end_as_records_or_a_reason(
    read, content, extension, cut
):
    outcome(read, gzip.compress(content)[: cut + 10], f"a{extension}.gz")


@relaxed
@given(place=st.floats(0, 1), noise=st.binary(max_size=8), length=st.integers(0, 60))
@pytest.mark.parametrize("extension", [".docx", ".pdf", ".rss", ".csv"])
def test_a_damaged_document_ends_as_records_or_a_reason(
    read, extension, place, noise, length
):
    content = whole_documents()[extension]
    at = int(place * len(content))
    outcome(read, content[:at] + noise + content[at + length :], f"a{extension}")


@cache
def whole_documents():
    feed = "<rss><channel><item><title>Су</title></item></channel></rss>"
    return {
        ".docx": docx_of("Су қоймасы ашылды", "Бірінші абзац."),
        ".pdf": pdf_of(["Су қоймасы ашылды", "Бірінші абзац осында тұр."]),
        ".rss": feed.encode(),
        ".csv": 'title,text\nСу,"Бір\nекі"\nЖер,Үш'.encode(),
    }
