"""The page that a pass leaves on the server."""

import re

from flows.artifact import page
from flows.findings import Found, Waiting, findings
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
    assert "| date\\_known | baq.kz | json | 1 | 1 |" in causes
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
