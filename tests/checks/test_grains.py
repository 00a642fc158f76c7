"""Every table has its grain, its references and its code lists held by a rule."""

from __future__ import annotations

import re

import pytest
from grain_faults import fill, promised_faults
from warehouse_rows import SCHEMA, good_warehouse

from checks import codes
from checks.grain import Coded, Refers
from checks.grains import GRAINS
from checks.rule import Level, Owner, Severity
from checks.rules import RULES
from checks.tables import run_table_rules

TABLES = {path.stem: path.read_text(encoding="utf-8") for path in SCHEMA.glob("*.sql")}
COLUMNS = [
    (table, column)
    for table, sql in sorted(TABLES.items())
    for column in re.findall(r"^    (\w+) ", sql.partition(");")[0], re.MULTILINE)
]
BY_TABLE = {grain.table: grain for grain in GRAINS}

#: References that no rule holds, and why.
FREE_REFERENCES = {
    "dim_load.run_id": "a run has no table: it is told apart by its loads",
    "fact_article.outlet_key": "the outlet's own id",
    "fact_record.article_id": "a record that was refused has no article",
    "file_hint.file_id": "an archive has hints, its members are the files",
    "file_hint.root_id": "a folder has no table",
    "forgotten_article.article_id": "what is forgotten is gone",
    "dim_place.geonames_id": "a number of GeoNames",
    "article_bucket.bucket_key": "a hash that only other buckets share",
    "event_redirect.old_event_id": "the event is no more",
    "story_redirect.old_story_id": "the story is no more",
    "search_document.published_date": "search_has_current_versions compares it",
    "fact_event_mention.sentence_no": "its span is that of its statement",
    "dim_source_history.source_code": "an attribute beside the source_id",
    "fact_check_row.article_id": "what was refused is not loaded",
    "dim_date.date_id": "the day itself, in digits",
    "fact_article.article_id": "an article is no row of a table of its own",
    "fact_event_statement.actors": "a list: event_statement_actors_resolve",
}
#: Columns that are named like codes, and why no list holds them.
FREE_CODES = {
    "article_step.step": "steps are named by the code that runs them",
    "bridge_event_actor.actor_role": "each frame of events names its own parts",
    "dim_event_type.cameo_code": "a code of CAMEO, held when seeds are read",
    "dim_event_type.plover_type": "a type of PLOVER, held when seeds are read",
    "dim_source.source_code": "the key of seeds/outlets.csv",
    "dim_source_history.source_code": "the key of seeds/outlets.csv",
    "dim_topic.topic_code": "the key of seeds/topics.csv",
    "dim_unit.currency_code": "unit_valid: the unit's own code where it is money",
    "dim_entity_role.role": "an office in words",
    "fact_role_mention.role": "an office in words",
    "fact_quote.speaker_role": "an office in words",
    "fact_document.action": "a verb of the documents step, held to its letters",
    "article_measure.language": "that of the article",
    "fact_article.language": "any ISO 639 code: language_codes_valid",
    "dim_source.main_language": "any ISO 639 code",
    "dim_source_history.main_language": "any ISO 639 code",
    "fact_file.format": "each reader names its own",
    "fact_file.encoding": "any codec of Python",
    "fact_rejection.reason_code": "a reader's reason or a rule's id",
    "dim_load.status_reason": "told in words",
    **{
        f"{table}.method": "each extractor names its own ways; it is never empty"
        for table in (
            "fact_amount",
            "fact_date_mention",
            "fact_document",
            "fact_event_mention",
            "fact_event_statement",
            "fact_quote",
            "fact_topic_mention",
        )
    },
}
#: What agg_* tables copy of the facts beside the columns that a rule compares; the
#: tests of aggregates compare all of them with rows made anew.
_COPIED = {
    "agg_country": "start_char end_char",
    "agg_amount": "value value_max kind approximation partners measure_key "
    "duplicate_of",
    "agg_quote": "quote_kind speaker_id speaker_surface sentence_no in_title text_key "
    "start_char end_char confidence",
    "agg_quote_mention": "surface published_date speaker_id speaker_surface",
}
COPIED = {
    f"{table}.{column}": "a copy of the fact's own column"
    for table, columns in _COPIED.items()
    for column in columns.split()
}
FREE_REFERENCES |= COPIED
FREE_CODES |= COPIED
#: Columns that number rows within the rest of a key.
NUMBERS = ("mention_no", "quote_no", "amount_no", "date_no", "event_no", "sentence_no")
_REFERENCE = re.compile(r"_(id|key)$|^(sentence|event)_no$|^rule_id$")
_SAYS_REFERENCE = re.compile(r"\b(?:dim|fact|search)_\w+\.\w+")
_CODE = re.compile(
    r"(^|_)(kind|status|stage|severity|level|owner|trigger|origin|basis|precision|"
    r"script|language|method|approximation|direction|class|role|action|type|format|"
    r"encoding|step|code)$"
)


def columns_of(table):
    return [column for its_table, column in COLUMNS if its_table == table]


def comment(table, column):
    found = re.search(
        rf"comment on column {table}\.{column} is\s((?:\s*'[^\n]*'\n?)+)", TABLES[table]
    )
    assert found, f"{table}.{column} has no comment"
    return found[1]


def promised(table, kind):
    return {
        column
        for promise in BY_TABLE[table].promises
        if isinstance(promise, kind)
        for column in promise.columns.split(", ")
    }


def test_every_table_has_a_grain():
    assert sorted(BY_TABLE) == sorted(TABLES)
    assert len(BY_TABLE) == len(GRAINS)


@pytest.mark.parametrize("grain", GRAINS, ids=lambda grain: grain.table)
def test_the_rules_of_a_grain_exist_and_are_of_its_kind(grain):
    columns = set(columns_of(grain.table))
    for promise in (grain.unique, *grain.promises):
        rule = RULES[promise.rule_id]
        assert rule.level is Level.TABLE
        assert set(promise.columns.split(", ")) <= columns
        if promise.says:
            assert rule.table_name == grain.table


@pytest.mark.parametrize("table", TABLES)
def test_every_reference_is_held_by_a_rule(table):
    held = promised(table, Refers | Coded)
    # A table's own key refers to nothing, and the last part of one may be a number.
    key = BY_TABLE[table].unique.columns.split(", ")
    own = {key[-1]} if len(key) == 1 or key[-1] in NUMBERS else set()
    for column in columns_of(table):
        says = _SAYS_REFERENCE.search(comment(table, column))
        if not (_REFERENCE.search(column) or says) or column in own - held:
            continue
        name = f"{table}.{column}"
        assert (column in held) != (name in FREE_REFERENCES), (
            f"{name}: name its rule in checks/grains.py, or exempt it here"
        )


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_codes_is_held_by_a_rule(table):
    held = promised(table, Refers | Coded) | {BY_TABLE[table].unique.columns}
    for column in columns_of(table):
        name = f"{table}.{column}"
        if _CODE.search(column):
            assert (column in held) != (name in FREE_CODES), (
                f"{name}: name its codes in checks/grains.py, or exempt it here"
            )


def test_no_exemption_is_left_over():
    names = {f"{table}.{column}" for table, column in COLUMNS}
    assert set(FREE_REFERENCES) | set(FREE_CODES) <= names


def test_owners_and_levels_are_the_codes_of_the_table():
    assert tuple(Owner) == codes.OWNERS
    assert tuple(Level) == codes.LEVELS
    assert tuple(Severity) == codes.SEVERITIES


@pytest.mark.parametrize(
    ("rule_id", "fault"),
    [
        pytest.param(rule_id, sql, id=f"{rule_id}: {what}")
        for rule_id, what, sql in promised_faults()
    ],
)
def test_the_rule_of_a_promise_finds_it_broken(rule_id, fault):
    with good_warehouse() as connection:
        types = connection.execute(
            "select table_name || '.' || column_name, data_type from duckdb_columns()"
        ).fetchall()
        connection.execute(fill(fault, dict(types)))

        (result,) = run_table_rules(connection, [RULES[rule_id]])

    assert result.error is None
    assert not result.is_passed
    assert result.sample
