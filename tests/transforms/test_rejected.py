"""A rejected record is shown with its own bytes, and what is wrong is marked."""

import gzip
import json

import pytest

from transforms.readers import FieldNames, format_of
from transforms.records import REASONS, REMEDIES
from transforms.rejected import Rejected, describe_values, show_rejected

NAMES = FieldNames.from_rows(
    [("title", "title"), ("text", "text"), ("date", "published"), ("url", "url")]
)
GOOD = {"title": "Су қоймасы", "text": "Қойма толды.", "date": "2025-01-02"}


def show(content, path, reason, *, record_no=None, **told):
    data = content if isinstance(content, bytes) else content.encode()
    told = {"detail": ""} | told
    what = Rejected(path, format_of(path), record_no, reason, **told)
    return show_rejected(data, what, NAMES)


def lines(*records):
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records)


def test_every_reason_has_a_remedy():
    assert REMEDIES.keys() == REASONS.keys()


def test_a_broken_line_is_shown_alone_with_its_place_marked():
    content = lines(GOOD) + '\n{"title": "Су", "text": broken}\n' + lines(GOOD)
    detail = "column 25: Expecting value"
    seen = show(content, "a.jsonl", "broken_json", record_no=2, detail=detail)
    assert seen.place == "line 2"
    assert seen.raw == '{"title": "Су", "text": ⟦b⟧roken}'


def test_a_file_that_ends_early_is_marked_at_its_end():
    detail = "line 1, column 11: Expecting value"
    seen = show('{"title": ', "a.json", "broken_json", detail=detail)
    assert (seen.place, seen.raw) == ("the whole file", '{"title": ⟦nothing more⟧')


def test_a_line_of_a_packed_file_is_found():
    content = gzip.compress((lines(GOOD) + "\n[1]").encode())
    seen = show(content, "a.jsonl.gz", "not_an_object", record_no=2)
    assert (seen.place, seen.raw) == ("line 2", "⟦[1]⟧")


def test_names_that_no_field_has_are_marked():
    content = lines(GOOD, {"мәтіндер": "Су", "date": "2025-01-02"})
    seen = show(content, "a.jsonl", "no_text", record_no=2)
    assert seen.raw == '{"⟦мәтіндер⟧": "Су", "date": "2025-01-02"}'
    assert seen.unknown == ["мәтіндер"]


@pytest.mark.parametrize("wrap", [list, lambda items: {"meta": [1], "news": items}])
def test_an_item_of_a_list_is_shown_alone(wrap):
    items = [GOOD, {"title": "Екінші", "text": "Х", "date": "2099-05-06"}]
    content = json.dumps(wrap(items), ensure_ascii=False, indent=2)
    seen = show(
        content,
        "a.json",
        "published_date_not_in_future",
        record_no=2,
        predicate="published_date <= arrived_at",
    )
    assert seen.place == "item 2"
    assert '"date": "⟦2099-05-06⟧"' in seen.raw
    assert "Су қоймасы" not in seen.raw
    assert ("published", "⟦2099-05-06⟧") in seen.fields


def test_a_row_is_shown_beside_its_header():
    content = "title,text,date\nСу,Мәтін,2025-01-01\n\nСу,Мәтін, бар,2025-01-01\n"
    seen = show(content, "a.csv", "wrong_columns", record_no=4)
    assert (seen.place, seen.raw) == ("row 4", "Су,Мәтін, бар,2025-01-01")
    assert seen.fields[-1] == ("⟦no column⟧", "⟦2025-01-01⟧")


def test_a_row_of_several_lines_is_one_row():
    content = 'title,text\n"Бір\nекі",\n'
    seen = show(content, "a.csv", "text_present", record_no=2, predicate="text_length")
    assert seen.raw == '"Бір\nекі",'
    assert ("text", "⟦nothing⟧") in seen.fields


def test_an_entry_of_a_feed_is_shown_alone():
    entry = "<item><title>{}</title><pubDate>{}</pubDate></item>"
    content = (
        "<rss><channel><title>Қойма</title>"
        + entry.format("Бір", "Thu, 02 Jan 2025 10:00:00 +0500")
        + entry.format("Екі", "Tue, 06 Jan 2099 10:00:00 +0500")
        + "</channel></rss>"
    )
    seen = show(
        content,
        "a.rss",
        "published_date_not_in_future",
        record_no=2,
        predicate="published_date <= arrived_at",
    )
    assert seen.place == "entry 2"
    assert seen.raw.startswith("<item><title>Екі")
    assert "⟦" in dict(seen.fields)["published"]


def test_bad_bytes_are_shown_as_numbers():
    seen = show("Су ".encode() + b"\xd0\xd0 \xff", "a.txt", "undecodable")
    assert seen.raw == "Су ⟦\\xd0\\xd0⟧ ⟦\\xff⟧"


def test_lost_letters_are_marked_far_inside_a_long_text():
    text = "Су қоймасы. " * 500 + "Қой\ufffdма." + " Су." * 900
    seen = show(
        lines({"title": "Су", "text": text}),
        "a.jsonl",
        "no_replacement_characters",
        record_no=1,
        predicate="replacement_count = 0",
    )
    assert "Қой⟦\ufffd⟧ма." in seen.raw
    assert seen.raw.startswith("… ")
    assert seen.raw.endswith(" …")
    assert len(seen.raw) < 2_000
    assert "Қой⟦\ufffd⟧ма." in dict(seen.fields)["text"]


def test_control_characters_do_no_harm_to_a_terminal():
    seen = show(b"\x00\x1b[31mRED", "a.txt", "binary_content")
    assert seen.raw == "⟦\\x00\\x1b⟧[31mRED"


def test_what_is_wrong_is_told_by_the_measures_of_the_rule():
    row = {"published_date": None, "text_length": 3, "path": "a"}
    told = describe_values(row, "published_date is null or text_length > 5")
    assert told == "published_date: nothing, text_length: 3"
