"""Waivers of rules: what they let pass, until when, and how they are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from checks.rules import RULES
from flows.cli import app
from tests.flows.test_blocking import put_new_year_batch
from tests.flows.workspace import record

TODAY = datetime.now(UTC).date()
RULE = "batch_not_on_one_new_year"


@pytest.fixture
def waive(tmp_path):
    """Writes the workspace's waivers: rule, outlet, days from today."""
    folder = tmp_path / "seeds"
    folder.mkdir()

    def write(*waivers):
        lines = ["rule_id,source_code,until,reason,who"]
        lines += [
            f"{rule},{source},{TODAY + timedelta(days)},мұрағат көшті,our desk"
            for rule, source, days in waivers
        ]
        (folder / "waivers.csv").write_text("\n".join(lines), encoding="utf-8")
        return folder

    return write


def test_a_waived_rule_that_fails_blocks_nothing_and_is_told_as_waived(
    workspace, waive
):
    put_new_year_batch(workspace)
    blocked = workspace.load()
    assert blocked.status == "blocked"
    others = set(workspace.one("select status_reason from dim_load").split(", "))

    summary = workspace.load(seeds=waive(*((rule, "", 0) for rule in others)))

    assert (summary.status, summary.articles_loaded) == ("succeeded", 30)
    assert any(line.startswith(f"waived critical: {RULE}") for line in summary.messages)
    assert workspace.ask(
        "select is_passed, is_waived, is_accepted, failed_count from fact_check "
        "where rule_id = ? and load_id = ?",
        RULE,
        summary.load_ids[0],
    ) == [(False, True, False, 30)]
    assert workspace.one(
        "select waived_until, waiver_reason from dim_rule where rule_id = ?", RULE
    ) == (TODAY, f"all until {TODAY}: мұрағат көшті (our desk)")


def test_a_waiver_that_ran_out_counts_no_more_and_is_told(workspace, waive):
    put_new_year_batch(workspace)

    summary = workspace.load(seeds=waive((RULE, "", -1)))

    assert summary.status == "blocked"
    told = f"waiver of {RULE} ran out on {TODAY - timedelta(1)}"
    assert any(line.startswith(told) for line in summary.messages)
    assert workspace.one("select count(*) from fact_check where is_waived") == 0


def test_a_record_of_a_waived_outlet_is_let_in_and_others_are_not(workspace, waive):
    later = str(TODAY + timedelta(40))
    for source in ("inform.kz", "baq.kz"):
        workspace.put(
            f"{source}.jsonl",
            "\n".join(
                record(
                    url=f"https://{source}/{number}", title=f"Жаңалық {number}", **day
                )
                for number, day in enumerate([{}, {"date": later}])
            ),
        )

    summary = workspace.load(
        seeds=waive(("published_date_not_in_future", "kazinform", 3))
    )

    assert (summary.articles_loaded, summary.articles_rejected) == (3, 1)
    assert (
        workspace.one("select path from fact_rejection join fact_file using (file_id)")
        == "baq.kz.jsonl"
    )
    waived = "select is_waived from fact_check where rule_id like '%_in_future'"
    assert not any(row[0] for row in workspace.ask(waived))


def test_a_failure_of_waived_outlets_alone_is_waived(workspace, waive):
    later = str(TODAY + timedelta(40))
    workspace.put("a.json", record(url="https://inform.kz/1", date=later))

    summary = workspace.load(
        seeds=waive(("published_date_not_in_future", "kazinform", 3))
    )

    assert summary.articles_loaded == 1
    assert workspace.one(
        "select is_waived from fact_check where rule_id like 'published%_in_future'"
    )


def test_a_waiver_that_soon_runs_out_is_told_and_a_later_one_is_not(workspace, waive):
    seeds = waive(("date_known", "", 7), ("outlet_found", "", 8))
    workspace.put("a.json", record())
    workspace.load(seeds=seeds)

    for command in ("status", "checks"):
        ended = CliRunner().invoke(app, [command, "--data", str(workspace.data)])
        assert ended.exit_code == 0
        assert f"The waiver of date_known runs out on {TODAY + timedelta(7)}" in (
            ended.output
        )
        assert "waiver of outlet_found" not in ended.output


def test_rules_are_told_beside_their_results(workspace):
    workspace.put("a.json", record())
    workspace.load()
    asked = "select rule_id, level, severity, owner from dim_rule order by rule_id"
    assert workspace.ask(asked) == sorted(
        (rule.rule_id, rule.level, rule.severity, rule.owner) for rule in RULES.values()
    )
    assert (
        workspace.one(
            "select count(*) from fact_check left join dim_rule using (rule_id) "
            "where protects is null"
        )
        == 0
    )


def test_a_rule_that_is_asked_no_more_stays_with_its_results(workspace, monkeypatch):
    workspace.put("a.json", record())
    workspace.load()
    fewer = {name: rule for name, rule in RULES.items() if name != "title_present"}
    monkeypatch.setattr("flows.rules.RULES", fewer)
    workspace.put("b.json", record(title="Екінші жаңалық"))
    workspace.load()

    assert workspace.ask("select rule_id from dim_rule where not is_known") == [
        ("title_present",)
    ]
    assert (
        workspace.one(
            "select count(*) from fact_check join dim_rule using (rule_id) "
            "where rule_id = 'title_present' and protects is not null"
        )
        == 2
    )


def test_a_blocked_reprocess_is_let_through_by_a_waiver(workspace, waive, monkeypatch):
    from flows.reprocess import reprocess

    workspace.put("a.json", record())
    workspace.load()
    monkeypatch.setattr("transforms.copies.COPIES_VERSION", "0")
    monkeypatch.setattr("flows.reprocessing.parts.COPIES_VERSION", "0")
    monkeypatch.setattr(
        "flows.reprocessing.parts.finish_links",
        lambda connection: connection.execute("update fact_article set script = 'odd'"),
    )
    settings = workspace.request().settings

    assert reprocess(settings, step="copies").status == "blocked"
    waived = settings.model_copy(
        update={"seeds": waive(("article_codes_valid", "", 1))}
    )
    assert reprocess(waived, step="copies").status == "succeeded"
    assert workspace.one("select count(*) from fact_check where is_waived") == 1
