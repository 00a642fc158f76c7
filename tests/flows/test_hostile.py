"""Inputs that are broken or mean harm: each in quarantine, the run goes on."""

import os
import resource
import shutil
import tempfile
from pathlib import Path

import pytest

from flows.observer import Observer
from flows.run import run_pass
from tests.flows.workspace import BODY, Workspace, article, record

MEGABYTE = 1024 * 1024
NOBODY = 65534


@pytest.fixture
def good(workspace):
    """A workspace with one good article, which must always load."""
    workspace.put("good.txt", article("Су қоймасы ашылды"))
    return workspace


def load_with_one_bad(workspace, reason):
    summary = workspace.load()
    assert summary.status == "succeeded"
    assert (summary.files_loaded, summary.files_quarantined) == (1, 1)
    assert workspace.one("select reason_code from fact_rejection") == reason
    assert workspace.load().load_ids == []


def test_a_gigabyte_of_zeros(good):
    with (good.landing / "zeros.txt").open("wb") as file:
        file.truncate(1024 * MEGABYTE)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    load_with_one_bad(good, "too_large")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 600_000


def test_fifty_megabytes_of_zeros(good):
    with (good.landing / "zeros.txt").open("wb") as file:
        file.truncate(50 * MEGABYTE)
    load_with_one_bad(good, "binary_content")


def test_a_line_of_fifty_megabytes(good):
    good.put("long.jsonl", record(text="а" * (25 * MEGABYTE)))
    load_with_one_bad(good, "record_too_large")


def test_json_nested_a_hundred_thousand_deep(good):
    good.put("deep.json", "[" * 100_000 + "]" * 100_000)
    load_with_one_bad(good, "too_deep")


def test_html_nested_a_hundred_thousand_deep(good):
    good.put("deep.html", "<div>" * 100_000 + "мәтін")
    load_with_one_bad(good, "too_deep")


@pytest.mark.parametrize("day", ["0000-01-01", "99999-01-01", "2025-02-31", "0", "-1"])
def test_a_nonsense_date_is_no_date(workspace, day):
    workspace.put("a.json", record(date=day))
    assert workspace.load().articles_loaded == 1
    assert workspace.one(
        "select published_date, published_precision from fact_article"
    ) == (None, "unknown")


def test_a_script_in_a_title_stays_text(workspace):
    title = '<script>alert("x")</script>'
    page = (
        "<html><head><title>Су</title>"
        f'<meta property="og:title" content="{title.replace(chr(34), "&quot;")}">'
        f"</head><body><article><p>{BODY * 3}</p></article></body></html>"
    )
    workspace.put("a.html", page)
    assert workspace.load().articles_loaded == 1
    assert workspace.one("select title from fact_article") == title


class Remover(Observer):
    """Takes a file away when the reading of the bytes begins."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def at(self, step: str) -> None:
        if step == "pick up":
            self._path.unlink(missing_ok=True)


def test_a_file_that_vanishes_while_it_is_read(good):
    path = good.put("gone.txt", article("Жоғалған хабар"))
    summary = run_pass(good.request(), Remover(path))
    assert summary.is_balanced
    assert (summary.files_loaded, summary.files_quarantined) == (1, 1)
    assert good.one("select reason_code from fact_rejection") == "vanished"


def test_an_ordinary_user_without_permission(checker):
    """As root nothing is forbidden, so root becomes nobody for a while."""
    folder = Path(tempfile.mkdtemp())
    is_root = os.geteuid() == 0
    try:
        workspace = Workspace(folder / "data", checker)
        closed = workspace.put("closed.txt", article("Жабық хабар"))
        closed.chmod(0)
        (workspace.landing / "shut").mkdir(mode=0)
        workspace.put("good.txt", article("Су қоймасы ашылды"))
        if is_root:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        summary = workspace.load()
        assert (summary.files_loaded, summary.files_quarantined) == (1, 2)
        assert workspace.ask(
            "select path, reason_code from fact_rejection "
            "join fact_file using (file_id) order by path"
        ) == [("closed.txt", "unreadable"), ("shut", "unreadable")]
        assert workspace.load().files_unchanged == 3
        closed.chmod(0o644)
        (workspace.landing / "shut").chmod(0o755)
        assert workspace.load().files_loaded == 1, "mended, it is read again"
        assert workspace.ask(
            "select path, fact_rejection.status from fact_rejection "
            "join fact_file using (file_id) where path like 'closed%'"
        ) == [("closed.txt", "replayed")]
    finally:
        if is_root:
            os.seteuid(0)
        shutil.rmtree(folder)


def test_a_record_that_the_transforms_fail_on_is_refused_alone(good, monkeypatch):
    from transforms import articles

    real = articles.parse_articles

    def picky(records, **tables):
        if records["text"].str.contains("қарғыс").any():
            message = "cannot"
            raise ValueError(message)
        return real(records, **tables)

    monkeypatch.setattr(articles, "parse_articles", picky)
    for number in range(5):
        good.put(f"{number}.txt", article(f"Жаңа мектеп {number}"))
    good.put("odd.txt", article("Оғаш хабар", body=BODY + " қарғыс"))
    summary = good.load()
    assert (summary.articles_loaded, summary.articles_rejected) == (6, 1)
    assert good.one("select reason_code from fact_rejection") == "parser_error"
