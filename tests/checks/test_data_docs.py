"""Data Docs of kept results: whole, and from disk alone."""

import os
import shutil
import subprocess
import sys
from datetime import datetime

import pytest

from tests.conftest import ROOT

LOADS = ("20261120T100000000Z-aaaaaa", "20261121T100000000Z-bbbbbb")


def result(rule_id, table="fact_article", load=LOADS[1], failed=0, error=None):
    return {
        "load_id": load,
        "rule_id": rule_id,
        "table_name": table,
        "severity": "warning",
        "checked_count": 0 if error else 54,
        "failed_count": failed,
        "is_passed": not failed and error is None,
        "error": error,
        "ran_at": datetime(2026, 11, int(load[6:8]), 10),  # noqa: DTZ001 - as kept, UTC
    }


RESULTS = (
    result("date_known"),
    result("outlet_found", failed=3),
    result("gone_since", failed=2),
    result("no_scan_noise", error="<script>window.caught=1</script> no such column"),
    result("date_known", load=LOADS[0], failed=1),
    result("sentence_unique", table="fact_sentence"),
)

BUILD = """
import sys
from pathlib import Path
from checks.data_docs.build import build_data_docs
from tests.checks.test_data_docs import RESULTS
build_data_docs(RESULTS, Path(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def docs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs") / "data_docs"
    folder.mkdir()
    (folder / "old.html").write_text("an older build")
    # In a process of its own: Great Expectations warns while it is imported.
    # By a relative path, as the data folder is named most often.
    subprocess.run(
        [sys.executable, "-c", BUILD, folder.name],
        cwd=folder.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
    )
    return folder


def page_of(docs, table, load):
    (page,) = docs.glob(f"validations/{table}/{load}/*/{table}.html")
    return page


def test_the_folder_holds_the_new_pages_alone(docs):
    names = {path.relative_to(docs).parts[0] for path in docs.rglob("*.html")}
    assert names == {"index.html", "expectations", "validations"}
    assert [path.name for path in docs.parent.iterdir()] == ["data_docs"]


def test_no_page_names_anything_to_fetch(docs):
    pages = list(docs.rglob("*.html"))
    assert len(pages) == 1 + 2 + 3
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "default-src 'none'" in text
        for wanted in ("<link", "src=", "<img", "url(http", "newsletter"):
            assert wanted not in text, (page, wanted)


def test_a_browser_shows_them_with_styles_and_without_a_complaint(driver, docs):
    driver.get_log("browser")
    driver.get((docs / "index.html").as_uri())
    shown = driver.execute_script("return document.body.innerText")
    assert all(name in shown for name in (*LOADS, "fact_article", "fact_sentence"))
    header = driver.execute_script(
        "return getComputedStyle(document.querySelector('nav.navbar')).position"
    )
    assert header == "sticky"
    rows = driver.find_elements("css selector", ".tab-pane.active tbody tr")
    assert len(rows) == 3
    assert LOADS[1] in rows[0].text
    driver.find_element("css selector", "#Expectation-Suites-tab").click()
    suites = driver.find_elements("css selector", ".tab-pane.active tbody tr")
    assert len(suites) == 2
    assert driver.get_log("browser") == []


def test_a_page_tells_what_failed_and_what_could_not_run(driver, docs):
    driver.get_log("browser")
    driver.get(page_of(docs, "fact_article", LOADS[1]).as_uri())
    shown = driver.execute_script("return document.body.innerText")
    assert "the outlet of every article is found" in shown
    assert "3 of 54" in shown
    assert "a rule that is no longer known" in shown
    assert "no such column" in shown
    assert driver.execute_script("return window.caught") is None
    driver.find_elements("css selector", ".btn-group label")[1].click()
    left = driver.execute_script(
        "return [...document.querySelectorAll('tbody tr')]"
        ".filter(row => row.offsetParent && /\\w+ \\(/.test(row.innerText))"
        ".map(row => row.innerText.split(' (')[0].trim())"
    )
    assert {name.split()[-1] for name in left} == {
        "outlet_found",
        "gone_since",
        "no_scan_noise",
    }
    assert driver.get_log("browser") == []


def test_the_command_builds_them_of_the_newest_loads(samples, tmp_path):
    shutil.copy(samples.data / "reports.duckdb", tmp_path)
    ended = subprocess.run(
        [sys.executable, "-m", "flows.cli", "checks", "--docs", "--data", tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.strip() == str(tmp_path / "data_docs" / "index.html")
    made = {page.stem for page in tmp_path.glob("data_docs/expectations/*.html")}
    checked = samples.ask("select distinct table_name from fact_check")
    assert made == {table for (table,) in checked}
