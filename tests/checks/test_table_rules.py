"""Every table rule passes on a good warehouse and finds each fault in it."""

from __future__ import annotations

import duckdb
import pytest
from aggregate_faults import AGGREGATE_FAULTS
from copy_rows import COPY_FAULTS
from evidence_rows import EVIDENCE_FAULTS, EVIDENCE_ROWS
from history_rows import HISTORY_FAULTS
from name_rows import NAME_FAULTS
from search_rows import SEARCH_FAULTS
from warehouse_rows import HASH_A, good_warehouse, insert, open_warehouse

from checks.rule import Level, Owner, Severity
from checks.rules import RULES
from checks.table_rules import TABLE_RULES
from checks.tables import run_table_rules
from checks.verdict import blocking
from warehouse.aggregates import rebuild_aggregates

_VERSION_2 = "where article_id = 1 and version = 2"
_LINE_BREAK_IN_SENTENCE = (
    f"update fact_article set text = replace(text, '. ', '.\n') {_VERSION_2};"
    f"update fact_sentence set end_char = 16 {_VERSION_2} and sentence_no = 1"
)
_NO_NAMES = (
    f"delete from fact_mention {_VERSION_2}; delete from fact_role_mention;"
    "delete from dim_entity_role;"
    + ";".join(f"delete from {table}" for table in EVIDENCE_ROWS if "dim_" not in table)
)
_AN_ARTICLE = "(1, 2, true, 'h2', 12, 'load-2', 'Мәтін бар.')"

#: rule -> each a fault, as SQL on the good warehouse.
FAULTS: dict[str, list[str]] = {
    "article_version_unique": [insert("fact_article", _AN_ARTICLE)],
    "article_record_unique": ["update fact_article set record_hash = 'h1'"],
    "article_one_current": [
        "update fact_article set is_current = true",
        "update fact_article set is_current = false",
    ],
    "article_newest_is_current": [
        "update fact_article set is_current = (version = 1)",
    ],
    "article_versions_consecutive": [
        f"update fact_article set version = 3 {_VERSION_2}",
        "delete from fact_article where article_id = 1 and version = 1",
    ],
    "article_source_resolves": [f"update fact_article set source_id = 9 {_VERSION_2}"],
    "article_file_resolves": [f"update fact_article set file_id = 9 {_VERSION_2}"],
    "article_load_resolves": [f"update fact_article set load_id = 'x' {_VERSION_2}"],
    "article_date_in_calendar": ["delete from dim_date"],
    "article_duplicate_resolves": [
        f"update fact_article set duplicate_role = 'original' {_VERSION_2}",
        f"update fact_article set duplicate_of = null {_VERSION_2}",
        *(
            "update fact_article set duplicate_role = 'copy',"
            f" duplicate_of = {other} {_VERSION_2}"
            for other in (9, 1)
        ),
    ],
    "article_codes_valid": [
        f"update fact_article set {column} = 'odd' {_VERSION_2}"
        for column in (
            "published_precision",
            "published_basis",
            "duplicate_role",
            "script",
        )
    ],
    "article_date_agrees": [
        f"update fact_article set published_date = null {_VERSION_2}",
        f"update fact_article set published_at = null {_VERSION_2}",
        f"update fact_article set published_precision = 'day' {_VERSION_2}",
        f"update fact_article set published_at = '2025-12-21 00:00' {_VERSION_2}",
    ],
    "article_text_present": [
        f"update fact_article set title = null {_VERSION_2}",
        f"update fact_article set title = '' {_VERSION_2}",
        f"update fact_article set text = '' {_VERSION_2}",
    ],
    "article_has_sentences": [f"delete from fact_sentence {_VERSION_2}"],
    "sentence_unique": [insert("fact_sentence", "(1, 2, 2, 16, 30)")],
    "sentence_article_resolves": [insert("fact_sentence", "(1, 3, 1, 0, 5)")],
    "sentence_inside_text": [
        insert("fact_sentence", "(1, 2, 3, 30, 31)"),
        insert("fact_sentence", "(1, 2, 3, 5, 5)"),
        insert("fact_sentence", "(1, 2, 3, -1, 5)"),
    ],
    "sentence_gives_its_text": [
        insert("fact_sentence", "(1, 2, 3, 15, 30)"),
        insert("fact_sentence", "(1, 2, 3, 0, 16)"),
        insert("fact_sentence", "(1, 2, 3, 15, 16)"),
        _LINE_BREAK_IN_SENTENCE,
    ],
    "sentence_in_order": [
        insert("fact_sentence", "(1, 2, 4, 30, 30)"),
        f"update fact_sentence set start_char = 14 {_VERSION_2} and sentence_no = 2",
        f"update fact_sentence set sentence_no = 3 - sentence_no {_VERSION_2}",
    ],
    "step_unique": [insert("article_step", "(1, 2, 'parse')")],
    "step_article_resolves": [insert("article_step", "(1, 3, 'parse')")],
    "file_unique": [
        insert("fact_file", f"(12, 'c.txt', '{HASH_A}', 'held', 1, null, null, 'l')"),
        "update fact_file set path = 'b.txt' where file_id = 13",
    ],
    "file_status_valid": ["update fact_file set status = 'odd'"],
    "file_loaded_is_whole": [
        "update fact_file set content_hash = null",
        "update fact_file set content_hash = 'abc'",
        "update fact_file set record_count = 0",
        "update fact_file set loaded_at = null",
    ],
    "file_content_loaded_once": [
        "update fact_file set status = 'loaded' where file_id = 13"
    ],
    "file_duplicate_resolves": [
        "update fact_file set duplicate_of = null",
        "update fact_file set duplicate_of = 99 where file_id = 13",
        "update fact_file set duplicate_of = 11 where file_id = 13",
        "update fact_file set duplicate_of = 13 where file_id = 13",
        "update fact_file set duplicate_of = 11 where file_id = 12",
    ],
    "file_load_resolves": ["delete from dim_load; delete from current_load"],
    "file_quarantined_has_reason": [
        "delete from fact_rejection",
        "update fact_rejection set status = 'replayed'",
    ],
    "rejection_unique": [insert("fact_rejection", "(21, 14, 'load-2')")],
    "rejection_codes_valid": [
        "update fact_rejection set stage = 'odd'",
        "update fact_rejection set status = 'odd'",
        "update fact_rejection set reason_code = ' '",
    ],
    "rejection_references_resolve": [
        "update fact_rejection set file_id = 99",
        "delete from current_load; update fact_rejection set load_id = 'x'",
    ],
    "load_unique": [insert("dim_load", "('load-2')")],
    "load_codes_valid": [
        "update dim_load set status = 'odd'",
        "update dim_load set trigger = 'odd'",
    ],
    "check_unique": [insert("fact_check", "('load-2', 'a')", "('load-2', 'a')")],
    "account_of_files": [
        "update current_load set files_read = 5",
        "update current_load set files_unchanged = null",
    ],
    "account_of_records": [
        "update current_load set records_read = 2",
        "update current_load set articles_rejected = 2",
    ],
    "account_of_articles_written": [
        "update current_load set articles_loaded = 2",
        f"delete from fact_article {_VERSION_2}",
    ],
    "account_of_files_written": [
        "update current_load set files_loaded = 2",
        "update current_load set files_duplicate = 0",
        "delete from fact_file where file_id = 14",
        "delete from fact_file where load_id = 'load-2'",
    ],
    "source_unique": [
        insert("dim_source", "(2, 'baq', 'BAQ', 'Asia/Almaty')"),
        insert("dim_source", "(3, 'kazinform', 'BAQ', 'Asia/Almaty')"),
    ],
    "source_unknown_present": ["delete from dim_source where source_id = 1"],
    "source_history_consistent": [
        "update dim_source_history set is_current = true",
        "update dim_source_history set is_current = false",
        "update dim_source_history set valid_from = null",
        "update dim_source_history set valid_to = '2022-12-31' where is_current",
        "delete from dim_source where source_id = 2",
    ],
    "date_unique": [
        insert("dim_date", "(20251219, date '2025-12-19')"),
        "update dim_date set date_id = 1",
    ],
    "record_unique": [insert("fact_record", "(12, 1, 1, 'load-2')")],
    "record_file_resolves": [insert("fact_record", "(99, 1, 1, 'load-2')")],
    "forgotten_unique": [insert("forgotten_article", "(7)", "(7)")],
    "forgotten_stay_out": [insert("forgotten_article", "(1)")],
    "hint_unique": [insert("file_hint", "(31, 'a.txt', 12)")],
    **NAME_FAULTS,
    **COPY_FAULTS,
    **SEARCH_FAULTS,
    **AGGREGATE_FAULTS,
    **EVIDENCE_FAULTS,
    **HISTORY_FAULTS,
}


@pytest.fixture
def warehouse():
    with good_warehouse() as connection:
        yield connection


def of(results, rule_id):
    (result,) = [r for r in results if r.rule_id == rule_id]
    return result


def test_a_good_load_passes_every_rule(warehouse):
    results = run_table_rules(warehouse)

    assert [r.rule_id for r in results] == [r.rule_id for r in TABLE_RULES]
    assert [r for r in results if not r.is_passed or r.error] == []
    assert of(results, "article_version_unique").checked_count == 2
    assert of(results, "sentence_unique").checked_count == 4
    assert of(results, "mention_unique").checked_count == 6
    assert of(results, "role_mention_unique").checked_count == 3
    assert of(results, "file_unique").checked_count == 3


@pytest.mark.parametrize(
    ("rule_id", "number"),
    [(rule_id, number) for rule_id in FAULTS for number in range(len(FAULTS[rule_id]))],
)
def test_a_table_rule_finds_a_fault(warehouse, rule_id, number):
    warehouse.execute(FAULTS[rule_id][number])

    result = of(run_table_rules(warehouse, [RULES[rule_id]]), rule_id)

    assert result.error is None
    assert not result.is_passed
    assert result.failed_count >= 1
    assert result.sample


def test_the_faults_speak_of_table_rules():
    levels = {Level.TABLE, Level.HISTORY}
    assert {r.level for r in map(RULES.get, FAULTS)} == levels
    assert {r.level for r in TABLE_RULES} == levels


def test_an_audit_of_everything_finds_old_faults_and_has_no_account(warehouse):
    warehouse.execute("delete from current_load; delete from touched_article")
    warehouse.execute("insert into touched_article select article_id from fact_article")
    assert all(r.is_passed for r in run_table_rules(warehouse))

    warehouse.execute("update fact_article set source_id = 9 where article_id = 2")
    warehouse.execute("update dim_story set source_count = 2")
    warehouse.execute("update fact_file set status = 'odd' where load_id = 'load-1'")
    failed = {r.rule_id for r in run_table_rules(warehouse) if not r.is_passed}

    assert failed == {
        "article_source_resolves",
        "article_measure_is_whole",
        "agg_article_follows",
        "agg_country_follows",
        "agg_quote_follows",
        "file_status_valid",
    }


def test_an_empty_warehouse_passes_an_audit():
    warehouse = open_warehouse()
    warehouse.execute("rollback; delete from current_load; delete from touched_article")
    warehouse.execute(
        "insert into dim_source (source_id, source_code, name, time_zone) "
        "values (1, 'unknown', 'unknown', 'Asia/Almaty')"
    )

    assert [r for r in run_table_rules(warehouse) if not r.is_passed] == []


def test_what_the_load_did_not_touch_is_not_looked_at(warehouse):
    warehouse.execute("update fact_article set source_id = 9 where article_id = 2")
    warehouse.execute("update dim_story set source_count = 2")
    warehouse.execute("update fact_sentence set start_char = -5 where article_id = 2")
    warehouse.execute("update fact_file set status = 'odd' where load_id = 'load-1'")

    assert [r for r in run_table_rules(warehouse) if not r.is_passed] == []


def test_a_held_file_may_name_the_file_it_repeats(warehouse):
    warehouse.execute("update fact_file set status = 'held' where file_id in (12, 13)")

    assert run_table_rules(warehouse, [RULES["file_duplicate_resolves"]])[0].is_passed


def test_the_load_under_way_counts_as_known_before_its_row_is_written(warehouse):
    warehouse.execute("delete from dim_load where load_id = 'load-2'")

    assert [r for r in run_table_rules(warehouse) if not r.is_passed] == []


def test_offsets_count_code_points_beyond_the_basic_plane(warehouse):
    text = "👍🏽. Ә̇лем 👍🏽."
    warehouse.execute(
        f"update fact_article set text = '{text}' {_VERSION_2};"
        f"delete from fact_sentence {_VERSION_2}; {_NO_NAMES}"
    )
    warehouse.execute(
        insert("fact_sentence", "(1, 2, 1, 0, 3)", f"(1, 2, 2, 4, {len(text)})")
    )

    rebuild_aggregates(warehouse)
    assert [r for r in run_table_rules(warehouse) if not r.is_passed] == []


def test_spans_of_long_texts_are_cut_at_their_place(warehouse):
    word = "Ә̇лем"
    text = f"👍🏽 {word} ." * 2000
    places = [n * (len(text) // 2000) + 3 for n in (0, 70, 71, 200, 1999)]
    warehouse.execute(
        f"update fact_article set text = '{text}' {_VERSION_2};"
        f"delete from fact_sentence {_VERSION_2}; {_NO_NAMES}"
    )
    warehouse.execute(insert("fact_sentence", f"(1, 2, 1, 0, {len(text)})"))
    warehouse.execute(
        insert(
            "fact_mention",
            *(
                f"(1, 2, {number}, 102, 'gpe', '{word}', {place},"
                f" {place + len(word)}, 1, false)"
                for number, place in enumerate(places, 1)
            ),
        )
    )
    rebuild_aggregates(warehouse)
    assert [r for r in run_table_rules(warehouse) if not r.is_passed] == []

    warehouse.execute("update fact_mention set surface = 'лем' where mention_no = 4")

    result = of(run_table_rules(warehouse), "mention_gives_its_surface")
    assert result.failed_count == 1


def test_counts_are_whole_where_samples_are_cut(warehouse):
    warehouse.execute(
        insert("fact_sentence", *(f"(1, 2, {n}, 99, 100)" for n in range(3, 60)))
    )

    result = of(run_table_rules(warehouse), "sentence_inside_text")

    assert result.failed_count == 57
    assert len(result.sample) == 5
    assert result.sample[0]["article_id"] == "1"


def test_a_rule_that_cannot_be_planned_errs_alone(warehouse):
    warehouse.execute("drop table article_step")

    results = run_table_rules(warehouse)

    assert {r.rule_id for r in results if r.error} == {
        "step_unique",
        "step_article_resolves",
    }
    assert [r for r in results if not r.is_passed and not r.error] == []
    assert warehouse.execute("select count(*) from fact_article").fetchone() == (3,)


def test_a_rule_that_fails_while_it_runs_takes_the_rest_with_it(warehouse):
    fatal = type(TABLE_RULES[0])(
        rule_id="fatal",
        level=Level.TABLE,
        table_name="fact_article",
        severity=Severity.WARNING,
        protects="nothing",
        remedy="",
        owner=Owner.MAINTAINER,
        failing_rows="select error('out of order') from fact_article",
        checked_rows="select count(*) from fact_article",
    )

    results = run_table_rules(warehouse, [TABLE_RULES[0], fatal, *TABLE_RULES[1:3]])

    assert [r.is_passed for r in results] == [True, False, False, False]
    assert "out of order" in results[1].error
    assert results[2].error == "not run: fatal ended the transaction"
    assert blocking(results, [r.rule_id for r in results]) == results[1:]
    with pytest.raises(duckdb.Error, match="aborted"):
        warehouse.execute("select 1")


def test_rules_change_nothing(warehouse):
    tables = [row[0] for row in warehouse.execute("show tables").fetchall()]
    before = {t: warehouse.execute(f"from {t} order by all").fetchall() for t in tables}

    run_table_rules(warehouse)

    after = {t: warehouse.execute(f"from {t} order by all").fetchall() for t in tables}
    assert after == before
