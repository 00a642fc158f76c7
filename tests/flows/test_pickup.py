import os
import threading
import time

import pytest

from tests.flows.workspace import article, record


def test_a_new_file_is_loaded_and_published(workspace):
    workspace.put("a.txt", article("Су қоймасы ашылды"))
    summary = workspace.load()
    assert (summary.files_loaded, summary.articles_loaded) == (1, 1)
    assert workspace.one("select title, published_date::varchar from fact_article") == (
        "Су қоймасы ашылды",
        "2025-12-01",
    )


def test_loading_the_same_folder_again_changes_nothing(workspace):
    workspace.put("a.txt", article("Су қоймасы ашылды"))
    workspace.load()
    before = (workspace.data / "reports.duckdb").stat()
    summary = workspace.load()
    assert (summary.files_seen, summary.files_unchanged) == (1, 1)
    assert summary.load_ids == []
    assert (workspace.data / "reports.duckdb").stat().st_mtime_ns == before.st_mtime_ns


def test_a_touched_file_is_known_by_its_content(workspace):
    path = workspace.put("a.txt", article("Су қоймасы ашылды"))
    workspace.load()
    os.utime(path, (1, 1))
    summary = workspace.load()
    assert (summary.files_unchanged, summary.load_ids) == (1, [])
    assert workspace.load().files_unchanged == 1


def test_a_renamed_file_is_a_duplicate_and_adds_nothing(workspace):
    path = workspace.put("a.txt", article("Су қоймасы ашылды"))
    workspace.load()
    path.rename(path.with_name("b.txt"))
    summary = workspace.load()
    assert (summary.files_duplicate, summary.articles_loaded) == (1, 0)
    assert workspace.one("select count(*) from fact_article") == 1
    assert workspace.load().files_unchanged == 1


def test_copies_in_one_batch_are_one_article(workspace):
    for name in ("a.txt", "b.txt", "z/a.txt"):
        workspace.put(name, article("Су қоймасы ашылды"))
    summary = workspace.load()
    assert (summary.files_loaded, summary.files_duplicate) == (1, 2)
    assert workspace.one("select count(*) from fact_article") == 1


def test_the_same_bytes_under_two_endings_are_one_article(workspace):
    workspace.put("a.md", article("Су қоймасы ашылды"))
    workspace.put("b.txt", article("Су қоймасы ашылды"))
    workspace.put("c.json", article("Су қоймасы ашылды"))
    summary = workspace.load()
    assert (summary.files_loaded, summary.files_duplicate) == (1, 2)


def test_bytes_that_one_reader_refuses_are_tried_by_the_other(workspace):
    workspace.put("a.json", article("Су қоймасы ашылды"))
    workspace.put("b.txt", article("Су қоймасы ашылды"))
    summary = workspace.load()
    assert (summary.files_quarantined, summary.files_loaded) == (1, 1)


def test_the_same_name_in_two_roots_is_two_inputs(workspace, tmp_path):
    for folder, title in (("one", "Су қоймасы ашылды"), ("two", "Жаңа мектеп ашылды")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(article(title))
    summary = workspace.load(tmp_path / "one", tmp_path / "two")
    assert summary.articles_loaded == 2
    again = workspace.load(tmp_path / "one", tmp_path / "two")
    assert again.files_unchanged == 2


def test_a_single_file_can_be_named(workspace, tmp_path):
    (tmp_path / "a.txt").write_text(article("Су қоймасы ашылды"))
    (tmp_path / "b.txt").write_text(article("Жаңа мектеп ашылды"))
    assert workspace.load(tmp_path / "a.txt").files_seen == 1


@pytest.mark.parametrize("name", ["a.txt.part", "a.tmp", "a.txt~", "a.crdownload"])
def test_a_name_of_an_unfinished_file_is_pending(workspace, name):
    workspace.put(name, article("Су қоймасы ашылды"))
    summary = workspace.load()
    assert (summary.files_pending, summary.files_loaded) == (1, 0)


def test_a_file_copied_just_before_is_waited_for_and_loaded(workspace):
    workspace.put("a.txt", article("Су қоймасы ашылды"), age=0)
    begun = time.monotonic()
    summary = workspace.load(settle_seconds=0.5)
    assert summary.files_loaded == 1
    assert time.monotonic() - begun > 0.2


def test_a_file_that_grows_meanwhile_is_pending_and_loads_later(workspace):
    path = workspace.put("a.txt", article("Су қоймасы ашылды"), age=0)
    stop = threading.Event()

    def grow():
        while not stop.wait(0.05):
            with path.open("a") as file:
                file.write("Тағы бір сөйлем. ")

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        summary = workspace.load(settle_seconds=0.5)
    finally:
        stop.set()
        writer.join()
    assert (summary.files_pending, summary.files_loaded) == (1, 0)
    assert workspace.load(settle_seconds=0.2).files_loaded == 1


def test_a_time_in_the_future_never_means_pending(workspace):
    path = workspace.put("a.txt", article("Су қоймасы ашылды"))
    os.utime(path, (time.time() + 3600,) * 2)
    assert workspace.load(settle_seconds=2).files_loaded == 1


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty_file"),
        ("a.txt", b" \n \n", "empty_file"),
        ("a.xyz", b"text", "unsupported_format"),
        ("noending", b"text", "unsupported_format"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00", "binary_content"),
        ("a.txt", "Қазақстан".encode() + b"\xff\xfe\xff", "undecodable"),
        ("a.txt", b"Salted__12345678abcdefgh\x01\x02", "encrypted"),
        ("a.json", b'{"title": "x", ', "broken_json"),
        ("a.json", b"[]", "no_records"),
    ],
)
def test_an_unusable_file_is_quarantined_with_its_reason(
    workspace, name, content, reason
):
    workspace.put(name, content)
    workspace.put("good.txt", article("Су қоймасы ашылды"))
    summary = workspace.load()
    assert (summary.files_quarantined, summary.files_loaded) == (1, 1)
    assert workspace.one("select reason_code from fact_rejection") == reason
    assert workspace.load().files_unchanged == 2


def test_a_folder_without_permission_is_said_not_skipped(workspace):
    closed = workspace.landing / "closed"
    closed.mkdir()
    closed.chmod(0)
    if os.access(closed, os.R_OK):
        pytest.skip("the superuser reads everything")
    try:
        assert workspace.load().files_quarantined == 1
    finally:
        closed.chmod(0o755)


def test_a_file_over_the_limit_is_kept_out_without_a_raw_copy(workspace):
    workspace.put("big.txt", "a" * 5000)
    summary = workspace.load(max_file_size=1000)
    assert summary.files_quarantined == 1
    row = workspace.one(
        "select reason_code, size_bytes, length(content_hash), raw_file "
        "from fact_rejection join fact_file using (file_id)"
    )
    assert row == ("too_large", 5000, 64, None)


def test_a_broken_line_is_rejected_by_its_number_and_the_rest_loads(workspace):
    lines = [record(url="https://a.kz/1"), '{"title": ', record(url="https://a.kz/3")]
    workspace.put("feed.jsonl", "\n".join(lines))
    summary = workspace.load()
    assert (summary.records_read, summary.articles_loaded) == (3, 2)
    assert summary.articles_rejected == 1
    assert workspace.one(
        "select record_no, reason_code, stage from fact_rejection"
    ) == (
        2,
        "broken_json",
        "read",
    )
    assert workspace.one("select status, record_count from fact_file") == ("loaded", 3)


def test_a_raised_limit_lets_a_large_file_in(workspace):
    workspace.put("big.txt", article("Су қоймасы ашылды"))
    assert workspace.load(max_file_size=100).files_quarantined == 1
    assert workspace.load(max_file_size=100).files_unchanged == 1
    assert workspace.load().files_loaded == 1
    assert workspace.ask("select status from fact_rejection") == [("replayed",)]
    assert workspace.load().files_unchanged == 1


def test_every_empty_file_is_quarantined_not_a_duplicate_of_the_first(workspace):
    for name in ("a.txt", "b.txt", "c.json"):
        workspace.put(name, b"")
    assert workspace.load().files_quarantined == 3
    workspace.put("d.txt", b"")
    assert workspace.load().files_quarantined == 1


def test_a_long_text_is_checked_in_time_that_grows_linearly(workspace):
    workspace.put(
        "long.txt", article("Ұзақ хабар", body="Астанада көпір ашылды. " * 40_000)
    )
    begun = time.monotonic()
    assert workspace.load().articles_loaded == 1
    assert time.monotonic() - begun < 20


def test_utf_16_is_read(workspace):
    workspace.put("a.txt", article("Су қоймасы ашылды").encode("utf-16"))
    assert workspace.load().articles_loaded == 1


def test_raw_bytes_are_kept_as_they_came(workspace):
    import polars as pl

    content = article("Су қоймасы ашылды").replace("\n", "\r\n").encode("utf-8-sig")
    workspace.put("a.txt", content)
    workspace.load()
    (raw_file,) = (workspace.data / "raw").glob("*.parquet")
    assert pl.read_parquet(raw_file)["content"].to_list() == [content]


@pytest.mark.parametrize("after", ["archive", "delete"])
def test_loaded_files_leave_the_landing_folder_if_so_set(workspace, after):
    workspace.put("deep/a.txt", article("Су қоймасы ашылды"))
    workspace.put("copy.txt", article("Су қоймасы ашылды"))
    workspace.put("bad.txt", b"")
    workspace.load(landing_after=after)
    left = sorted(path.name for path in workspace.landing.rglob("*") if path.is_file())
    assert left == ["bad.txt"]
    archived = sorted(
        path.name for path in (workspace.data / "archive").rglob("*") if path.is_file()
    )
    assert archived == (["a.txt", "copy.txt"] if after == "archive" else [])


def test_files_named_by_path_are_left_where_they_are(workspace, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.txt").write_text(article("Су қоймасы ашылды"))
    workspace.load(tmp_path / "mine", landing_after="delete")
    assert (tmp_path / "mine" / "a.txt").exists()


def test_a_dry_run_tells_all_and_keeps_nothing(workspace):
    workspace.put("a.txt", article("Су қоймасы ашылды"))
    workspace.put("bad.txt", b"")
    summary = workspace.load(is_dry_run=True)
    assert (summary.files_loaded, summary.files_quarantined) == (1, 1)
    assert not (workspace.data / "warehouse.duckdb").exists()
    assert not (workspace.data / "raw").exists()
    workspace.load()
    workspace.put("b.txt", article("Жаңа мектеп ашылды"))
    before = workspace.tables()
    assert workspace.load(is_dry_run=True).articles_loaded == 1
    assert workspace.tables() == before
    assert workspace.load().articles_loaded == 1


def test_odd_names_are_stored_readably_and_without_loss(workspace):
    name = os.fsdecode(b"a\xff\nb.txt")
    workspace.put(name, article("Су қоймасы ашылды"))
    workspace.load()
    assert workspace.one("select path from fact_file") == "a\\xff\\nb.txt"


def test_links_out_of_the_folder_and_circles_are_refused(workspace, tmp_path):
    (tmp_path / "secret.txt").write_text(article("Су қоймасы ашылды"))
    (workspace.landing / "out.txt").symlink_to(tmp_path / "secret.txt")
    (workspace.landing / "loop").symlink_to(workspace.landing / "loop")
    (workspace.landing / "up").symlink_to(workspace.landing)
    os.mkfifo(workspace.landing / "pipe.txt")
    summary = workspace.load()
    assert summary.files_quarantined == 4
    assert workspace.ask(
        "select path, reason_code from fact_rejection "
        "join fact_file using (file_id) order by path"
    ) == [
        ("loop", "broken_link"),
        ("out.txt", "link_outside"),
        ("pipe.txt", "not_a_file"),
        ("up", "link_to_folder"),
    ]
