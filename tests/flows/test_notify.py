"""Who is told of what, and how often."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.notify import run_and_tell
from tests.flows.test_blocking import put_new_year_batch
from tests.flows.workspace import BODY, article, record

TITLE = "Су қоймасы ашылды"


@pytest.fixture
def run(workspace, desk):
    def run(**options):
        return run_and_tell(workspace.request(notify=[desk.address], **options))

    return run


def titles(desk):
    return [message["title"] for message in desk.messages]


def test_a_pass_without_trouble_tells_nobody(workspace, desk, run):
    workspace.put("a.txt", article(TITLE))
    assert run().notes == []
    assert run().notes == []
    assert desk.messages == []


def test_a_blocked_load_is_told_once_with_what_to_do(workspace, desk, run):
    put_new_year_batch(workspace)
    run()
    run()
    (message,) = desk.messages
    assert message["title"] == "Qoima: a load is blocked"
    assert "30 files are held by: batch_not_on_one_new_year" in message["message"]
    assert "qoima run --accept" in message["message"]


def test_what_was_over_is_told_again(workspace, desk, run):
    put_new_year_batch(workspace)
    blocked = run()
    rules = frozenset(message.split(" ")[0] for message in blocked.messages)
    assert run(accepted=rules).status == "succeeded"
    for number in range(30):
        title = f"Көпір салынды {number}"
        workspace.put(f"n{number}.json", record(title=title, date="2024-01-01"))
    run()
    assert titles(desk) == ["Qoima: a load is blocked"] * 2


def test_each_reason_in_quarantine_is_told_once_and_no_text_of_articles(
    workspace, desk, run
):
    workspace.put("empty.json", record(url="https://baq.kz/1", title=TITLE, text=""))
    run()
    workspace.put("empty2.json", record(url="https://baq.kz/2", title=TITLE, text=""))
    workspace.put("bad.json", "{")
    run()
    assert titles(desk) == ["Qoima: new in quarantine"] * 2
    told = json.dumps(desk.messages, ensure_ascii=False)
    assert "text_present" in told
    assert TITLE not in told
    assert BODY[:20] not in told


def test_a_silent_outlet_is_told_once(workspace, desk, run):
    fell_silent = datetime.now(UTC).date() - timedelta(days=20)
    # Known from an archive only: it was given up.
    last_days = {"baq.kz": fell_silent, "tengrinews.kz": date(2019, 11, 8)}
    for outlet, last in last_days.items():
        for back in range(8):
            url, title = f"https://{outlet}/{back}", f"Су қоймасы жөнделді {back}"
            line = record(url=url, title=title, date=f"{last - timedelta(days=back)}")
            workspace.put(f"{outlet}{back}.json", line)
    run()
    run()
    (message,) = desk.messages
    assert message["title"] == "Qoima: baq.kz is silent"
    assert "usually 1 pass" in message["message"]


def test_a_failed_run_is_told_and_still_fails(workspace, desk, run, monkeypatch):
    def fail(*_):
        message = "disk full"
        raise OSError(message)

    workspace.put("a.txt", article(TITLE))
    with monkeypatch.context() as patched:
        patched.setattr("flows.load.write_raw", fail)
        for _ in range(2):
            with pytest.raises(OSError, match="disk full"):
                run()
    assert titles(desk) == ["Qoima: a run failed"]
    assert "disk full" in desk.messages[0]["message"]
    assert run().articles_loaded == 1


def test_what_could_not_be_sent_is_said_without_the_secret_and_tried_again(
    workspace, desk, run
):
    desk.answer = 503
    put_new_year_batch(workspace)
    (line,) = run().notes
    assert line.startswith("not told of blocked:")
    assert "json://127.0.0.1" in line
    assert "secret" not in line
    desk.answer = 200
    assert run().notes == []
    assert titles(desk) == ["Qoima: a load is blocked"]


def test_a_dry_run_tells_nobody(workspace, desk, run):
    put_new_year_batch(workspace)
    run(is_dry_run=True)
    assert desk.messages == []
    assert not (workspace.data / "incidents.json").exists()
