"""Rows that broke a rule are kept with their load, article, outlet and parser."""

import pytest

from checks.rule import Rule, table_rule
from tests.flows.workspace import BODY, record

_BROKEN = table_rule(
    "fact_sentence",
    "sentence_is_not_first",
    "no sentence is the first",
    """
    select sentence.article_id, sentence.version, false as in_title,
        sentence.start_char, sentence.end_char, 'Құпия' as words
    from fact_sentence as sentence
    semi join touched_article on sentence.article_id = touched_article.article_id
    where sentence.sentence_no = 1
    """,
    severity="warning",
)


def one_more_rule(monkeypatch, rule: Rule):
    """Run it beside the others."""
    import flows.load
    from checks.tables import run_table_rules

    def run(connection):
        return run_table_rules(connection) + run_table_rules(connection, [rule])

    monkeypatch.setattr(flows.load, "run_table_rules", run)


@pytest.fixture
def loaded(workspace, monkeypatch):
    one_more_rule(monkeypatch, _BROKEN)
    workspace.put("dated.json", record(url="https://baq.kz/1"))
    workspace.put("undated.json", record(url="https://baq.kz/2", date=""))
    workspace.put("empty.json", record(url="https://baq.kz/3", title="Су", text=""))
    summary = workspace.load()
    assert summary.status == "succeeded"
    return workspace


def test_a_record_that_broke_a_rule_is_found_with_its_article(loaded):
    rows = loaded.ask(
        """
        select broken.row_no, article.url, dim_source.source_code,
            broken.parser_version, fact_file.path
        from fact_check_row as broken
        inner join fact_article as article using (article_id, version)
        inner join dim_source on broken.source_id = dim_source.source_id
        inner join fact_file on broken.file_id = fact_file.file_id
        where broken.rule_id = 'date_known'
        """
    )
    parser = loaded.one(
        "select distinct step_version from article_step where step = 'parse'"
    )
    assert rows == [(1, "https://baq.kz/2", "baq.kz", parser, "undated.json")]


def test_a_refused_record_stands_there_without_an_article(loaded):
    rows = loaded.ask(
        """
        select fact_file.path, broken.record_no, broken.version, broken.source_id
        from fact_check_row as broken
        inner join fact_file on broken.file_id = fact_file.file_id
        where broken.rule_id in (
            select reason_code from fact_rejection where stage = 'check'
        )
        """
    )
    assert set(rows) == {("empty.json", 1, None, None)}


def test_a_row_of_a_table_leads_to_its_characters(loaded):
    rows = loaded.ask(
        """
        select substring(article.text, broken.start_char + 1,
            broken.end_char - broken.start_char), broken.detail
        from fact_check_row as broken
        inner join fact_article as article using (article_id, version)
        where broken.rule_id = 'sentence_is_not_first'
        """
    )
    assert len(rows) == 2
    assert {sentence for sentence, _ in rows} == {BODY.split(". ")[0] + "."}
    assert all('"words": "Құпия"' in detail for _, detail in rows)


def test_the_counts_of_rows_agree_with_those_of_rules(loaded):
    assert (
        loaded.ask(
            """
        select fact_check.rule_id, failed_count, count(broken.row_no)
        from fact_check
        inner join fact_check_row as broken using (load_id, rule_id)
        group by all
        having failed_count <> count(broken.row_no)
        """
        )
        == []
    )
    assert (
        loaded.ask(
            "select distinct rule_id from fact_check where not is_passed except "
            "select rule_id from fact_check_row"
        )
        == []
    )


def test_forgetting_takes_them_and_what_checks_have_shown(loaded):
    from flows.forget import forget

    forget(loaded.request().settings, "https://baq.kz/2", reason="сот", run_id="test")
    assert (
        loaded.one("select count(*) from fact_check_row where rule_id = 'date_known'")
        == 0
    )
    sample = loaded.one("select sample from fact_check where rule_id = 'date_known'")
    assert sample is None
    left = loaded.ask(
        "select sample from fact_check where rule_id = 'sentence_is_not_first'"
    )
    assert left == [(None,)]


def test_a_blocked_load_keeps_its_rows_too(workspace):
    for number in range(30):
        title = f"Су қоймасы ашылды {number}"
        workspace.put(f"{number}.json", record(title=title, date="2025-01-01"))
    workspace.put("empty.json", record(url="https://baq.kz/3", title="Су", text=""))
    assert workspace.load().status == "blocked"
    rows = workspace.ask(
        """
        select broken.article_id, broken.source_id
        from fact_check_row as broken
        inner join fact_file on broken.file_id = fact_file.file_id
        inner join fact_rejection as rejection
            on
                broken.file_id = rejection.file_id
                and broken.rule_id = rejection.reason_code
        where fact_file.path = 'empty.json'
        """
    )
    assert set(rows) == {(None, None)}
