"""One article that breaks a rule does not hold back those that came with it."""

from __future__ import annotations

import polars as pl
import pytest

import flows.parts
from tests.flows.workspace import Workspace, record

ODD = "Шикі хабар"
BODY = (
    "Министрлік өкілі Ақан Бекұлы «Су қоймасы биыл ашылады», – деді. Жобаға 5 "
    "миллиард теңге бөлінді. Сенатор Болат Асанұлы 2025 жылғы 3 желтоқсанда Астанаға "
    "келді."
)


pytestmark = pytest.mark.usefixtures("broken")


@pytest.fixture
def broken(monkeypatch):
    """An extractor that misreads every article with an odd title."""
    enrich = flows.parts.enrich

    def misread(articles, *arguments, **options):
        found = enrich(articles, *arguments, **options)
        odd = articles.filter(pl.col("title").str.starts_with(ODD))["row_id"]
        if odd.is_empty():
            return found
        amounts = found.details["fact_amount"]
        is_odd = pl.col("row_id").is_in(odd.implode())
        wrong = pl.when(is_odd).then(pl.lit("басқа")).otherwise("surface")
        amounts = amounts.with_columns(wrong.alias("surface"))
        return found._replace(details={**found.details, "fact_amount": amounts})

    monkeypatch.setattr("flows.parts.enrich", misread)


def put(workspace, titles):
    for number, title in enumerate(titles):
        workspace.put(f"{number}.json", record(title=title, text=BODY))


def test_the_article_goes_to_quarantine_and_the_rest_is_loaded(
    workspace, tmp_path, checker
):
    titles = [f"Жаңалық {number}" for number in range(4)]
    put(workspace, [*titles, ODD])
    summary = workspace.load()

    assert (summary.status, summary.articles_loaded) == ("succeeded", 4)
    assert (summary.records_read, summary.articles_rejected) == (5, 1)
    assert (summary.files_loaded, summary.files_quarantined) == (4, 1)
    stage, reason, detail = workspace.one(
        "select stage, reason_code, detail from fact_rejection"
    )
    assert (stage, reason) == ("check", "amount_gives_its_surface")
    assert "surface басқа" in detail
    assert workspace.ask(
        "select rule_id, is_passed, failed_count, severity from fact_check "
        "where not is_passed and severity = 'critical'"
    ) == [("amount_gives_its_surface", False, 1, "critical")]
    assert any("amount_gives_its_surface" in line for line in summary.messages)

    other = Workspace(tmp_path / "other", checker)
    put(other, titles)
    other.load()
    assert workspace.tables() == other.tables()


def test_a_record_among_others_of_its_file_is_taken_out_with_its_repeats(
    workspace,
):
    lines = [record(title=f"Жаңалық {number}", text=BODY) for number in range(3)]
    odd = record(title=ODD, text=BODY, url="https://inform.kz/1")
    workspace.put("feed.jsonl", "\n".join([*lines, odd, lines[0], odd]))
    summary = workspace.load()

    assert (summary.articles_loaded, summary.articles_unchanged) == (3, 1)
    assert (summary.records_read, summary.articles_rejected) == (6, 2)
    assert workspace.ask("select record_no from fact_rejection order by all") == [
        (4,),
        (6,),
    ]


def test_an_article_alone_is_set_aside_and_comes_back_once_it_is_read_well(
    workspace, monkeypatch
):
    put(workspace, [ODD])
    assert workspace.load().files_quarantined == 1
    assert workspace.load().files_unchanged == 1
    monkeypatch.undo()
    (file_id,) = workspace.ask("select file_id from fact_file")[0]

    summary = workspace.load(replay=frozenset({file_id}))

    assert summary.articles_loaded == 1
    assert workspace.one("select status from fact_rejection") == "replayed"


def test_a_new_version_that_is_misread_leaves_the_one_before(workspace):
    put(workspace, ["Жаңалық 1"])
    workspace.put("a.json", record(text=BODY, url="https://inform.kz/1"))
    workspace.load()
    before = workspace.tables()
    workspace.put("b.json", record(title=ODD, text=BODY, url="https://inform.kz/1"))

    assert workspace.load().articles_rejected == 1
    assert workspace.tables() == before


def test_many_such_articles_block_the_load(workspace):
    put(workspace, [f"{ODD} {number}" for number in range(2)])
    put(workspace, [f"{ODD} {number}" for number in range(2)])
    summary = workspace.load()

    assert (summary.status, summary.files_held) == ("blocked", 2)
    assert workspace.one("select count(*) from fact_article") == 0
    assert workspace.one("select count(*) from fact_rejection") == 0


def test_an_accepted_rule_sets_nothing_aside(workspace):
    put(workspace, ["Жаңалық", ODD])
    summary = workspace.load(accepted=frozenset({"amount_gives_its_surface"}))

    assert (summary.articles_loaded, summary.articles_rejected) == (2, 0)


def test_a_dry_run_tells_what_a_run_would_set_aside(workspace):
    put(workspace, ["Жаңалық", ODD])
    summary = workspace.load(is_dry_run=True)

    assert (summary.status, summary.articles_loaded) == ("succeeded", 1)
    assert summary.articles_rejected == 1
    assert workspace.load().articles_loaded == 1
