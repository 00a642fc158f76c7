"""Search through passes, `qoima forget`, `qoima reprocess` and the command itself."""

import json
from contextlib import closing

import duckdb
import pytest

from flows.commands.search import search_command
from flows.errors import UserError
from flows.forget import forget
from flows.reprocess import reprocess
from flows.settings import Settings
from tests.flows.workspace import Workspace, record

NO_FILTERS = dict.fromkeys(("since", "until", "source", "entity"))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, checker):
    workspace = Workspace(tmp_path_factory.mktemp("search") / "data", checker)
    texts = {
        "Астық қоймасы ашылды": "Ауылда астық қоймасы салынды. Диқандар риза.",
        "Кітапхана жаңарды": "Қалада кітапхана күрделі жөндеуден өтті.",
        "Көпір жөнделді": "Мұнарбектегі көпір жөндеуден өтті.",
        "Делегация келді": "Америка Құрама Штаттарының делегациясы Ақтауға келді.",
    }
    lines = (
        record(title=title, text=text, url=f"https://a.kz/{number}")
        for number, (title, text) in enumerate(texts.items())
    )
    workspace.put("a.jsonl", "\n".join(lines))
    workspace.load()
    return workspace


def _settings(workspace):
    return Settings(data=workspace.data, settle_seconds=0)


def _titles(workspace, query):
    rows = workspace.ask("select title from search(?)", query)
    return [row[0] for row in rows]


def _search(workspace, query, *, form="json", limit=10, **filters):
    search_command(
        query, workspace.data, NO_FILTERS | filters, limit=limit, form=form, out=None
    )


def test_the_command_answers_from_the_published_file(loaded, capsys):
    _search(loaded, "«астық қоймасында»")
    (row,) = json.loads(capsys.readouterr().out)
    assert list(row) == [
        "article_id",
        "title",
        "published_date",
        "source",
        "url",
        "score",
        "snippet",
    ]
    assert isinstance(row["article_id"], str)
    assert row["snippet"] == "Ауылда **астық** **қоймасы** салынды. Диқандар риза."
    assert row["published_date"] == "2025-12-01"

    _search(loaded, "жөндеу", form="table", limit=1, until="2025-12-01")
    assert "1 row\n" in capsys.readouterr().out
    _search(loaded, "жөндеу", since="2025-12-02")
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize(
    ("query", "filters", "said"),
    [
        ("!!", {}, "no word"),
        ("сөз", {"since": "кеше"}, "--since"),
        ("сөз", {"source": "жоқ"}, "--source"),
        (" ".join(map(str, range(10_000))), {}, "10000 different words"),
    ],
)
def test_the_command_says_what_is_wrong(loaded, query, filters, said):
    with pytest.raises(UserError, match=said):
        _search(loaded, query, **filters)


def test_words_of_an_older_version_of_the_step_are_read_anew(loaded):
    good = loaded.tables()
    with closing(duckdb.connect(str(loaded.data / "warehouse.duckdb"))) as file:
        file.execute("update article_step set step_version = '0' where step = 'search'")
        file.execute("update search_form set term = 'басқа'")
        file.execute("update search_posting set weight = 1")

    assert reprocess(_settings(loaded), step="copies").behind == 0
    done = reprocess(_settings(loaded), step="search")

    assert (done.status, done.articles) == ("succeeded", 4)
    assert loaded.tables() == good
    assert reprocess(_settings(loaded)).behind == 0


def test_search_follows_names_that_are_read_anew(loaded):
    good = loaded.tables()
    assert _titles(loaded, "АҚШ") == ["Делегация келді"]
    with closing(duckdb.connect(str(loaded.data / "warehouse.duckdb"))) as file:
        file.execute("update article_step set step_version = '0' where step = 'names'")
        file.execute("update fact_mention set entity_id = null")
        file.execute(
            "delete from search_posting where form_no in "
            "(select form_no from search_form where form like 'e:%')"
        )
        file.execute("delete from search_form where form like 'e:%'")

    assert reprocess(_settings(loaded), step="names").status == "succeeded"

    assert loaded.tables() == good
    assert _titles(loaded, "АҚШ") == ["Делегация келді"]


def test_what_is_forgotten_is_not_found_and_leaves_no_words(loaded):
    assert _titles(loaded, "мұнарбек") == ["Көпір жөнделді"]

    forget(_settings(loaded), "https://a.kz/2", reason="сот", run_id="run")

    assert _titles(loaded, "мұнарбек") == []
    assert _titles(loaded, "жөндеу") == ["Кітапхана жаңарды"]
    forms = {row[0] for row in loaded.ask("select form from search_form")}
    assert "мұнарбектегі" not in forms
    assert "жөндеуден" in forms

    forget(_settings(loaded), "https://a.kz/3", reason="сот", run_id="run")

    assert _titles(loaded, "АҚШ") == []
    assert not loaded.ask("select 1 from search_form where form like 'e:%'")
