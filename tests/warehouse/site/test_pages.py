"""The site's files: complete, linked, escaped, and only written where they change."""

import csv
import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from tests.flows.workspace import BODY, record
from tests.warehouse.site.conftest import LONG_WORD, UNTRUSTED
from warehouse.definitions import LANGUAGES, load_definitions
from warehouse.query import Answer, load_reports
from warehouse.site import build_site
from warehouse.site.articles import web_address
from warehouse.site.csv_file import csv_text
from warehouse.site.markup import script_json
from warehouse.site.texts import site_texts

OTHER = (
    "Облыс орталығында жаңа көпір ашылды. Құрылысшылар жұмысты екі ай бұрын аяқтады. "
    "Тұрғындар енді қалаға жиырма минутта жетеді, бұрын бір сағат жүретін."
)


def parsed(page):
    return html.fromstring(page.read_text(encoding="utf-8"))


def test_every_part_of_the_site_is_there(site):
    there = {page.relative_to(site.folder).as_posix() for page in site.pages()}
    assert {f"report/{name}.html" for name in load_reports()} <= there
    assert {"index.html", "people.html", "countries.html", "stories.html"} <= there
    for part in ("article", "person", "country", "story"):
        assert [path for path in there if path.startswith(f"{part}/")], part
    assert site.built.pages == len(list(site.folder.rglob("*.*"))) - 2


def test_every_link_leads_to_a_page_and_a_place_that_are_there(site):
    ids = {page: set(parsed(page).xpath("//@id")) for page in site.pages()}
    broken = []
    for page in site.pages():
        for link in parsed(page).xpath("//@href | //@src"):
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme == "https", (page, link)
                continue
            target = (
                (page.parent / unquote(parts.path)).resolve() if parts.path else page
            )
            if not target.is_file() or (
                parts.fragment and parts.fragment not in ids[target]
            ):
                broken.append((page.name, link))
    assert broken == []


def test_only_the_articles_own_addresses_lead_out(site):
    for page in site.pages():
        for link in parsed(page).xpath("//*[starts-with(@href, 'http')]"):
            assert page.parent.name == "article"
            assert "noreferrer" in link.get("rel")


def test_nothing_on_a_page_runs_or_styles_but_the_sites_own_files(site):
    for page in site.pages():
        tree = parsed(page)
        policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy
        assert "unsafe" not in policy[0]
        assert tree.xpath("//*[@style] | //style") == []
        assert [
            name
            for element in tree.iter()
            if isinstance(element.tag, str)
            for name in element.attrib
            if name.startswith("on")
        ] == []
        for script in tree.xpath("//script"):
            is_data = script.get("type") == "application/json"
            assert is_data or script.get("src").endswith(".js")
            assert not is_data or json.loads(script.text)


def test_every_number_of_a_report_opens_its_sentences(site):
    page = parsed(site.folder / "report" / "coverage_by_source.html")
    rows = page.xpath("//tbody")
    counts = site.workspace.ask(
        "select count(*) from fact_article where is_current group by source_id"
    )
    assert len(rows) == len(counts)
    for row in rows:
        (count,) = row.xpath(".//summary/text()")
        assert len(row.xpath(".//li/a[contains(@href, '../article/')]")) == int(count)


def test_the_page_on_quality_names_the_rules_that_were_broken(site):
    broken = site.workspace.ask(
        "select distinct rule_id from fact_check where not is_passed"
    )
    assert broken
    text = parsed(site.folder / "quality.html").text_content()
    assert [rule for (rule,) in broken if rule not in text] == []


def test_a_place_shows_its_sentence_with_the_words_marked(site):
    page = parsed(site.folder / "people.html")
    (first, *_) = page.xpath("//tbody//ol//a")
    anchor = first.get("href").partition("#")[2]
    article = parsed(site.folder / first.get("href").partition("#")[0])
    (element,) = article.xpath(f"//*[@id='{anchor}']")
    assert first.xpath(".//mark")[0].text_content().startswith(element.text_content())


def test_articles_that_try_to_break_out_stay_text(site):
    for name in ("script", "image", "end", "template"):
        title = UNTRUSTED[name]
        page = site.folder / site.article(name)
        text = page.read_text(encoding="utf-8")
        assert "<script>window" not in text
        assert "<img" not in text
        assert "<svg onload" not in text
        assert parsed(page).xpath("//h1")[0].text_content() == title
    everything = "".join(page.read_text(encoding="utf-8") for page in site.pages())
    assert "<svg onload" not in everything
    assert 'onerror="' not in everything


def test_letters_that_turn_a_line_around_are_made_visible(site):
    page = site.folder / site.article("turned")
    assert "Жаңа \ufffdтақырып\ufffd соңы" in page.read_text(encoding="utf-8")
    for page in site.pages():
        assert "\u202e" not in page.read_text(encoding="utf-8")


def test_a_spreadsheet_takes_no_text_of_an_article_for_a_formula(site):
    answer = Answer(
        ["title", "value"],
        ["VARCHAR", "BIGINT"],
        [("=1+1", -3), ("@a", None), ("-b", 1), ("\t=c", 2), ('қ "д"', 4)],
    )
    rows = list(csv.reader(csv_text(answer).removeprefix("\ufeff").splitlines()))
    assert [row[0] for row in rows[1:]] == ["'=1+1", "'@a", "'-b", "'\t=c", 'қ "д"']
    assert [row[1] for row in rows[1:]] == ["-3", "", "1", "2", "4"]
    text = (site.folder / "report" / "latest_articles.csv").read_text("utf-8-sig")
    assert "'=HYPERLINK" in text


def test_data_for_scripts_cannot_end_their_element():
    value = {"a": "</script><!--\u2028&"}
    assert "<" not in script_json(value)
    assert json.loads(script_json(value)) == value


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://baq.kz/1", "https://baq.kz/1"),
        ("javascript:alert(1)", None),
        ("data:text/html,<script>", None),
        ("//baq.kz", None),
        ("http://[", None),
        (None, None),
    ],
)
def test_only_addresses_of_the_web_are_linked(url, shown):
    assert web_address(url) == shown


def test_every_text_of_the_site_is_in_every_language():
    texts = site_texts()
    for part in ("ui", "kinds", "columns"):
        for name, given in texts[part].items():
            assert set(given) == set(LANGUAGES), name
            assert all(given.values()), name
    for column, values in texts["values"].items():
        for code, given in values.items():
            assert all(given.get(language) for language in LANGUAGES), (column, code)


def test_a_report_has_its_title_and_question_in_every_language(site):
    for name, definition in load_definitions().items():
        text = parsed(site.folder / "report" / f"{name}.html").text_content()
        for language in LANGUAGES:
            assert definition.title[language] in text
            assert definition.question[language] in text
        assert all(limits in text for limits in definition.limits.values())
        assert load_reports()[name].limits in text


@pytest.fixture
def own(site, tmp_path) -> tuple[Path, Path]:
    """A copy of the site and its published file, to change."""
    shutil.copy2(site.workspace.data / "reports.duckdb", tmp_path / "reports.duckdb")
    shutil.copytree(site.folder, tmp_path / "site")
    return tmp_path / "reports.duckdb", tmp_path / "site"


def test_a_site_that_is_up_to_date_stays_as_it_is(own):
    first = build_site(*own, days=28)
    assert (first.written, first.removed) == (0, 0)
    assert build_site(*own, days=28).written == 0


def test_a_page_that_is_gone_or_new_days_bring_pages_back(own):
    build_site(*own, days=28)
    page = next(own[1].glob("article/*.html"))
    page.unlink()
    (own[1] / "index.html").unlink()
    assert build_site(*own, days=28).written == 2
    assert page.is_file()
    broken = own[1] / ".manifest.json"
    broken.write_text("{", encoding="utf-8")
    assert build_site(*own, days=28).pages == len(list(own[1].rglob("*.*"))) - 2


def test_a_load_rewrites_what_it_changes_and_a_forgotten_article_is_gone(
    tmp_path, checker
):
    from flows.forget import forget
    from tests.flows.workspace import Workspace

    workspace = Workspace(tmp_path / "data", checker)
    lines = [
        record(url=f"https://baq.kz/{number}", title=f"Мақала {number}", text=text)
        for number, text in enumerate((BODY, f"{BODY} Құпиясөзжоқ."))
    ]
    workspace.put("a.jsonl", "\n".join(lines))
    workspace.load(site=True)
    site = workspace.data / "site"
    before = {page: page.stat().st_mtime_ns for page in site.glob("article/*.html")}
    assert len(before) == 2
    workspace.put(
        "b.jsonl", record(url="https://baq.kz/9", title="Жаңа көпір", text=OTHER)
    )
    workspace.load(site=True)
    after = {page: page.stat().st_mtime_ns for page in site.glob("article/*.html")}
    assert len(after) == 3
    assert {page for page in before if after[page] == before[page]} == set(before)
    forget(
        workspace.request().settings, "https://baq.kz/1", reason="сот", run_id="test"
    )
    assert len(list(site.glob("article/*.html"))) == 2
    for page in site.rglob("*.html"):
        assert "Құпиясөзжоқ" not in page.read_text(encoding="utf-8"), page


def test_very_long_words_do_not_name_files(site):
    assert LONG_WORD in (site.folder / site.article("long")).read_text("utf-8")
    for page in site.folder.rglob("*"):
        assert re.fullmatch(r"[A-Za-z0-9_.-]+", page.name)
