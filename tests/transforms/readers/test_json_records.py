import json

import pytest

from transforms.records import InputError

ARTICLE = {"title": "Егіс басталды", "text": "Облыста егіс басталды.", "id": 7}
RECORD = {"record_no": 1, "title": "Егіс басталды", "text": "Облыста егіс басталды."}


def dumped(value) -> str:
    return json.dumps(value, ensure_ascii=False)


def test_an_object_is_one_record(read):
    result = read(dumped(ARTICLE), "a.json")
    assert result.records == [{**RECORD, "outlet_key": "7"}]
    assert (result.errors, result.encoding) == ([], "utf-8")


@pytest.mark.parametrize(
    "wrapped",
    [
        [ARTICLE, ARTICLE],
        {"articles": [ARTICLE, ARTICLE]},
        {"status": "ok", "data": {"items": [ARTICLE, ARTICLE]}},
        {"version": "1", "title": "Арна", "items": [ARTICLE, ARTICLE]},
        {"тізім": [ARTICLE, ARTICLE], "саны": 2},
        {"hits": {"total": 2, "hits": [{"_source": ARTICLE}, {"_source": ARTICLE}]}},
    ],
)
def test_lists_are_found_inside_their_wrappers(read, wrapped):
    result = read(dumped(wrapped), "a.json")
    assert [r["record_no"] for r in result.records] == [1, 2]
    assert {r["title"] for r in result.records} == {"Егіс басталды"}


def test_a_broken_line_costs_only_itself(read):
    lines = [dumped(ARTICLE), "", '{"title": "үз', dumped(ARTICLE), "[1]", '"x"', "{}"]
    result = read("\n".join(lines), "a.jsonl")
    assert [r["record_no"] for r in result.records] == [1, 4]
    assert [(e.record_no, e.reason_code) for e in result.errors] == [
        (3, "broken_json"),
        (5, "not_an_object"),
        (6, "not_an_object"),
        (7, "no_text"),
    ]
    assert result.errors[0].detail.startswith("column ")


def test_a_bad_byte_in_one_line_costs_only_that_line(read):
    good = dumped(ARTICLE).encode()
    bad = good.replace("басталды".encode(), b"\xff", 1)
    result = read(b"\n".join([good, bad, good]), "a.ndjson")
    assert [r["record_no"] for r in result.records] == [1, 3]
    assert [(e.record_no, e.reason_code) for e in result.errors] == [(2, "broken_json")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "kz1048"])
@pytest.mark.parametrize("path", ["a.json", "a.jsonl"])
def test_json_is_read_in_any_encoding(read, encoding, path):
    assert read(dumped(ARTICLE).encode(encoding), path).records[0]["text"] == (
        "Облыста егіс басталды."
    )


@pytest.mark.parametrize(
    ("content", "path", "reason"),
    [
        ('{"title": "a",\n "text": }', "a.json", "broken_json"),
        ("[]", "a.json", "no_records"),
        ('{"articles": []}', "a.json", "no_records"),
        ("7", "a.json", "no_records"),
        ("[" * 100_000, "a.json", "too_deep"),
        ("[" * 100_000 + "]" * 100_000, "a.json", "too_deep"),
        (" \n\n", "a.jsonl", "empty_file"),
        (b"\xff\x00\x01" * 50, "a.jsonl", "binary_content"),
    ],
)
def test_what_holds_no_records_is_refused(read, content, path, reason):
    with pytest.raises(InputError) as caught:
        read(content, path)
    assert caught.value.reason_code == reason


def test_broken_json_is_reported_with_its_place(read):
    with pytest.raises(InputError, match="line 2, column 10"):
        read('{"title": "a",\n "text": }', "a.json")


def test_what_readers_agree_on_passes(read):
    text = '{"title": "а", "views": NaN, "text": "бір\tекі", "title": "б"}'
    assert read(text, "a.json").records == [
        {"record_no": 1, "title": "б", "text": "бір\tекі"}
    ]


def test_half_a_surrogate_pair_is_refused(read):
    result = read(dumped(ARTICLE) + '\n{"title": "\\ud800"}', "a.jsonl")
    assert [(e.record_no, e.reason_code) for e in result.errors] == [(2, "broken_json")]


def test_deep_html_in_a_field_costs_only_its_record(read):
    deep = {"title": "а", "text": "<div>" * 1000}
    result = read(f"{dumped(deep)}\n{dumped(ARTICLE)}", "a.jsonl")
    assert [(e.record_no, e.reason_code) for e in result.errors] == [(1, "too_deep")]
    assert [r["record_no"] for r in result.records] == [2]


def test_json_lines_under_the_other_name_are_read(read):
    lines = f"{dumped(ARTICLE)}\n{dumped(ARTICLE)}\n"
    assert len(read(lines, "a.json").records) == 2
    assert len(read(json.dumps([ARTICLE] * 2, indent=1), "a.jsonl").records) == 2


def test_a_book_is_no_article(read):
    result = read(dumped({"title": "а", "text": "б" * 5_000_001}), "a.json")
    assert [e.reason_code for e in result.errors] == ["record_too_large"]
