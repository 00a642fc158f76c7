"""The page that a pass leaves on the server."""

import re

from flows.artifact import check_rows, page, site_link, table_rows
from flows.findings import FailedCheck, Found, Waiting, findings
from flows.row_counts import count_rows
from flows.summary import RunSummary
from tests.flows.workspace import BODY, record

TITLE = "Су қоймасы ашылды"


def loaded_page(workspace, **options):
    workspace.put("undated.json", record(title=TITLE, url="https://baq.kz/1", date=""))
    workspace.put("empty.json", record(url="https://baq.kz/3", title=TITLE, text=""))
    summary = workspace.load()
    found = findings(workspace.data, summary.load_ids)
    return page(summary, found, is_dry_run=False, **options)


def test_a_page_tells_what_failed_what_broke_it_and_what_waits(workspace):
    shown = loaded_page(workspace)
    causes = shown.split("## What broke them")[1]
    assert re.search(r"\| date\\_known \| warning \| \d \| \d \| .+ \|", shown)
    assert re.search(r"\| date\\_known \| baq.kz \| json \| 1\+\w+ \| 1 \|", causes)
    assert "| check | text\\_present | 1 |" in shown.split("## In quarantine")[1]


def test_a_page_shows_no_text_of_an_article(workspace):
    shown = loaded_page(workspace)
    assert TITLE not in shown
    assert BODY[:20] not in shown


def test_a_page_names_the_site_where_there_is_one(workspace):
    assert "Report site" not in loaded_page(workspace)
    site = workspace.data / "site" / "index.html"
    shown = page(RunSummary(run_id="r"), Found(), site=site, is_dry_run=False)
    assert f"Report site: {site}".replace("_", "\\_") in shown
    assert "| stage |" not in shown


def test_what_outlets_write_is_no_markup():
    found = Found(waiting=[Waiting("check", "<b>|[x](javascript:1)", 1)])
    shown = page(RunSummary(run_id="r"), found, is_dry_run=False)
    assert "&lt;b&gt;\\|\\[x\\](javascript:1)" in shown


def test_rows_of_tables_are_told_with_what_the_run_added(samples, tmp_path):
    assert count_rows(tmp_path) == {}
    now = count_rows(samples.data)
    rows = table_rows(now | {"fact_article": now["fact_article"] - 2}, now)
    assert rows[0] == {"table": "fact_article", "rows": now["fact_article"], "more": 2}
    assert {row["more"] for row in rows[1:]} == {0}
    assert now["fact_article"] == samples.one("select count(*) from fact_article")


def test_failed_checks_are_rows_and_none_is_said():
    assert check_rows(Found()) == [{"rule": "all passed"}]
    failed = FailedCheck(
        "date_known", "warning", 10, 2, could_run=True, remedy="look", is_waived=True
    )
    broken = FailedCheck(
        "text_present", "critical", 10, 0, could_run=False, remedy="mend"
    )
    assert check_rows(Found([failed, broken])) == [
        {
            "rule": "date_known",
            "severity": "warning, waived",
            "failed": 2,
            "of checked": 10,
            "what to do": "look",
        },
        {
            "rule": "text_present",
            "severity": "critical",
            "failed": "could not run",
            "of checked": 10,
            "what to do": "mend",
        },
    ]


def test_a_link_to_the_site_cannot_be_broken_out_of():
    assert site_link("https://e.kz/a") == "[Report site](<https://e.kz/a>)"
    assert site_link("https://e.kz/a>)<b>").count(">") == 1
    shown = site_link("file:///data/site/index.html")
    assert "`file:///data/site/index.html`" in shown
