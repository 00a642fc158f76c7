"""What happens when a critical rule stops a load."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.flows.workspace import record


def put_new_year_batch(workspace, count=30):
    """Everything dated the first of January: what a broken date parser would give."""
    for number in range(count):
        title = f"Су қоймасы ашылды {number}"
        workspace.put(f"{number}.json", record(title=title, date="2025-01-01"))


def test_a_failed_batch_rule_blocks_the_load_and_says_why(workspace):
    put_new_year_batch(workspace)
    summary = workspace.load()
    assert (summary.status, summary.exit_code) == ("blocked", 1)
    assert (summary.files_held, summary.articles_loaded) == (30, 0)
    assert any("batch_not_on_one_new_year" in message for message in summary.messages)
    assert workspace.one("select count(*) from fact_article") == 0
    assert workspace.one("select distinct status from fact_file") == "held"
    status, reason, held = workspace.one(
        "select status, status_reason, files_held from dim_load"
    )
    assert (status, held) == ("blocked", 30)
    failed = workspace.ask(
        "select rule_id from fact_check where not is_passed and severity = 'critical'"
    )
    assert set(reason.split(", ")) == {row[0] for row in failed}


def test_held_files_come_again_and_can_be_accepted(workspace):
    put_new_year_batch(workspace)
    workspace.load()
    again = workspace.load()
    assert (again.status, again.files_held) == ("blocked", 30)
    reason = workspace.one(
        "select status_reason from dim_load order by started_at desc limit 1"
    )
    accepted = workspace.load(accepted=frozenset(reason.split(", ")))
    assert (accepted.status, accepted.articles_loaded) == ("succeeded", 30)
    assert workspace.one("select count(*) from fact_check where is_accepted") >= 1
    assert workspace.one(
        "select accepted_rules from dim_load where status = 'succeeded'"
    ) == sorted(reason.split(", "))
    assert len(list((workspace.data / "raw").glob("*"))) == 1


def test_held_files_that_left_the_folder_come_from_the_raw_zone(workspace):
    put_new_year_batch(workspace)
    workspace.load()
    for path in workspace.landing.iterdir():
        path.unlink()
    summary = workspace.load()
    assert (summary.files_seen, summary.files_held) == (30, 30)


def test_a_record_that_fails_a_critical_rule_is_quarantined_and_the_rest_goes_on(
    workspace,
):
    workspace.put(
        "feed.jsonl",
        "\n".join(
            [
                record(url="https://a.kz/1"),
                record(
                    url="https://a.kz/2",
                    date=str(datetime.now(UTC).date() + timedelta(40)),
                ),
            ]
        ),
    )
    summary = workspace.load()
    assert (summary.articles_loaded, summary.articles_rejected) == (1, 1)
    stage, reason = workspace.one("select stage, reason_code from fact_rejection")
    assert stage == "check"
    assert "future" in reason
    severity, failed = workspace.one(
        "select severity, failed_count from fact_check where rule_id = ?", reason
    )
    assert (severity, failed) == ("critical", 1)


def test_a_crash_inside_a_load_is_written_down_and_the_files_are_held(
    workspace, monkeypatch
):
    workspace.put("a.json", record())

    def broken(*_arguments, **_options):
        message = "out of luck"
        raise RuntimeError(message)

    monkeypatch.setattr("warehouse.load.merge_articles", broken)
    with pytest.raises(RuntimeError, match="out of luck"):
        workspace.load()
    monkeypatch.undo()
    assert workspace.ask("select status from dim_load", published=False) == [
        ("failed",)
    ]
    assert workspace.load().articles_loaded == 1
    assert workspace.one("select count(*) from dim_load") == 2
