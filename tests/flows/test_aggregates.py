"""The agg_* tables after loads, copies, removals and reprocessing: as if made anew."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from flows.forget import forget
from flows.reprocess import reprocess
from flows.settings import Settings
from tests.flows.workspace import Workspace, record
from warehouse.aggregates import (
    AGGREGATES,
    note_entities,
    rebuild_aggregates,
    refresh_aggregates,
)

SAMPLES = Path(__file__).parents[2] / "seeds" / "articles"

TEXT = (
    "АСТАНА. Премьер-министр Олжас Бектенов Өзбекстанға барды. «Биыл Өзбекстанға "
    "300 млн теңге бөлеміз, су мол болады», – деді Олжас Бектенов. Жиында өңірлердегі "
    "ауыз су мәселесі талқыланды. Мамандар су қоймаларының жай-күйін тексеріп, есеп "
    "дайындайды. Қытайдың елшісі де сөз сөйледі."
)
OTHER = TEXT.replace("300 млн", "450 млн")
URL = "https://baq.kz/su"


def _rows(connection):
    return {
        table: connection.execute(f"from {table} order by all").fetchall()
        for table in AGGREGATES
    }


def _assert_as_if_made_anew(workspace):
    """Nothing is missing, left over or out of date."""
    path = str(workspace.data / "warehouse.duckdb")
    with closing(duckdb.connect(path)) as connection:
        kept = _rows(connection)
        connection.execute("begin")
        rebuild_aggregates(connection)
        made = _rows(connection)
        connection.execute("rollback")
    for table in AGGREGATES:
        assert kept[table] == made[table], table
    return kept


def _counts(kept):
    return {table: len(rows) for table, rows in kept.items()}


@pytest.fixture
def told(workspace):
    """A story in two outlets, the later a copy, with another sum, loaded in pieces."""
    workspace.put("b.json", record(url="https://egemen.kz/su", text=OTHER, title="Су"))
    workspace.load()
    _assert_as_if_made_anew(workspace)
    workspace.put(
        "a.json",
        record(url=URL, text=TEXT, title="Су", date="2025-11-30T08:00:00+05:00"),
    )
    workspace.load()
    return workspace


def test_an_earlier_article_makes_a_copy_of_a_loaded_one(told):
    kept = _assert_as_if_made_anew(told)

    assert len(kept["agg_article"]) == 2
    roles = told.ask("select duplicate_role, story_id from agg_article order by all")
    assert roles == told.ask(
        "select duplicate_role, story_id from fact_article where is_current "
        "order by all"
    )
    assert "original" not in {role for role, _ in roles[:1]}
    assert told.ask("select bool_and(is_disputed) from agg_amount") == [(True,)]
    assert all(_counts(kept).values()), _counts(kept)


def test_versions_that_come_late_or_early_replace_rows(told):
    for stamp, text in (("2025-12-05", OTHER), ("2025-11-29", TEXT + " Болды.")):
        told.put(
            f"{stamp}.json",
            record(url=URL, text=text, title="Су", modified=f"{stamp}T08:00:00+05:00"),
        )
        told.load()
        _assert_as_if_made_anew(told)
    assert told.one("select count(*) from agg_article") == 2
    assert told.one("select max(version) from agg_article") == 3


def test_a_forgotten_original_leaves_no_copy_and_no_dispute(told):
    forget(told.request().settings, URL, reason="сот шешімі", run_id="test")

    kept = _assert_as_if_made_anew(told)

    assert len(kept["agg_article"]) == 1
    assert told.ask("select distinct duplicate_role from agg_article") == [
        ("original",)
    ]
    assert told.ask("select bool_or(is_disputed) from agg_amount") == [(False,)]


def test_a_merged_entity_changes_the_rows_of_who_names_it(told):
    """What the tables take from dimensions is made anew where that changes."""
    with closing(duckdb.connect(str(told.data / "warehouse.duckdb"))) as connection:
        connection.execute("begin")
        connection.execute("create temp table touched_article (article_id bigint)")
        note_entities(connection)
        connection.execute(
            "update dim_entity set merged_into = (select entity_id from dim_country "
            "where country_code = 'FR') where entity_id = (select entity_id from "
            "dim_country where country_code = 'UZ')"
        )
        before = _rows(connection)
        refresh_aggregates(connection)
        kept = _rows(connection)
        rebuild_aggregates(connection)
        made = _rows(connection)
        connection.execute("rollback")
    assert kept == made
    assert kept["agg_amount"] != before["agg_amount"]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, checker):
    workspace = Workspace(tmp_path_factory.mktemp("aggregates") / "data", checker)
    folders = sorted(SAMPLES.iterdir())
    for some in (folders[::2], folders[1::2]):
        workspace.load(*some)
    return workspace


def test_samples_loaded_in_two_halves_are_counted_as_at_once(loaded):
    kept = _assert_as_if_made_anew(loaded)
    assert all(_counts(kept).values()), _counts(kept)


#: What a step has to do again, and what it finds.
SPOILED = {
    "quotes": (),
    "copies": (
        "delete from fact_duplicate",
        "update fact_article set duplicate_role = 'original', duplicate_of = null",
    ),
}


@pytest.mark.parametrize("step", list(SPOILED))
def test_a_reprocessed_step_leaves_the_tables_right(loaded, step):
    good = _assert_as_if_made_anew(loaded)
    with closing(duckdb.connect(str(loaded.data / "warehouse.duckdb"))) as connection:
        connection.execute(
            "update article_step set step_version = '0' where step = $step",
            {"step": step},
        )
        for statement in SPOILED[step]:
            connection.execute(statement)
        for table in AGGREGATES:
            connection.execute(f"delete from {table} where article_id % 2 = 0")
    done = reprocess(Settings(data=loaded.data, settle_seconds=0), step=step)
    assert done.status == "succeeded", done.messages
    assert _assert_as_if_made_anew(loaded) == good
