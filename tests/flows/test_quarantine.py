import polars as pl
import pytest

from checks.record_rules import RECORD_RULES
from checks.rule import Owner, Severity, record_rule
from flows import prepare
from flows.commands.quarantine import dismiss_command, replay_command
from flows.errors import UserError
from flows.plan import cut_waiting
from flows.rejections import Choice, chosen, groups
from flows.rejections import rejections as listed
from flows.settings import Settings
from tests.flows.workspace import article, record
from transforms.readers import encoding


def rejections(workspace):
    return workspace.ask(
        "select path, reason_code, fact_rejection.status from fact_rejection "
        "join fact_file using (file_id) order by path"
    )


def replay(workspace, file_id):
    return workspace.load(replay=frozenset([file_id]))


def test_a_replay_without_a_fix_changes_nothing(workspace):
    workspace.put("bad.json", '{"title": ')
    workspace.load()
    (file_id,) = workspace.ask("select file_id from fact_file")[0]
    summary = replay(workspace, file_id)
    assert (summary.files_seen, summary.files_quarantined) == (1, 1)
    assert rejections(workspace) == [("bad.json", "broken_json", "open")]


def test_a_replay_after_a_fix_loads_the_file_and_closes_the_rejection(
    workspace, tmp_path
):
    workspace.put("a.json", record(title=None, text=None, мәтіндер="Су қоймасы " * 30))
    workspace.load()
    assert rejections(workspace) == [("a.json", "no_text", "open")]
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "field_names.csv").write_text("field_name,field\nмәтіндер,text\n")
    (file_id,) = workspace.ask("select file_id from fact_file")[0]
    summary = workspace.load(replay=frozenset([file_id]), seeds=seeds)
    assert summary.files_loaded + summary.files_quarantined == 1
    status = {row[1]: row[2] for row in rejections(workspace)}
    assert status["no_text"] == "replayed"


def test_a_replayed_record_leaves_its_neighbours_alone(workspace):
    lines = [record(url="https://a.kz/1"), "{broken"]
    workspace.put("feed.jsonl", "\n".join(lines))
    workspace.load()
    (file_id,) = workspace.ask("select file_id from fact_file")[0]
    first, last = workspace.one("select rejected_at, last_seen_at from fact_rejection")
    summary = replay(workspace, file_id)
    assert (summary.articles_unchanged, summary.articles_rejected) == (1, 1)
    assert workspace.one("select count(*) from fact_article") == 1
    assert workspace.one("select count(*) from fact_record") == 1
    again = workspace.one(
        "select rejected_at, last_seen_at, status from fact_rejection"
    )
    assert (again[0], again[1] > last, again[2]) == (first, True, "open")


def test_a_fault_that_is_gone_from_the_file_stays_as_history(workspace):
    workspace.put("a.txt", b"")
    workspace.load()
    workspace.put("a.txt", article("Су қоймасы ашылды"))
    assert workspace.load().files_loaded == 1
    assert rejections(workspace) == [("a.txt", "empty_file", "open")]


def by_status(workspace):
    return dict(
        workspace.ask("select status, count(*) from fact_rejection group by all")
    )


def replay_all(workspace, choice, **options):
    """What `qoima quarantine replay` does, with this workspace's process."""
    files = frozenset(meant.file_id for meant in chosen(workspace.data, choice))
    return workspace.load(replay=files, **options)


def test_rejections_are_counted_by_reason_with_an_example_and_a_remedy(workspace):
    workspace.put("a.jsonl", f"{{broken\n{{worse\n{record()}")
    workspace.put("b.jsonl", "\n".join(["[1]", record(url="https://a.kz/9")]))
    workspace.load()
    answer = groups(workspace.data, every=False)
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    assert [(row["reason"], row["open"], row["files"]) for row in rows] == [
        ("broken_json", 2, 1),
        ("not_an_object", 1, 1),
    ]
    assert all(row["what_to_do"] for row in rows)
    of_reason = listed(workspace.data, reason="broken_json", every=False, limit=None)
    assert rows[0]["example_id"] == of_reason.rows[0][0]
    assert len(of_reason.rows) == 2


def test_a_name_of_a_field_that_is_added_empties_its_rejects_by_one_replay(
    workspace, tmp_path
):
    lost = {"title": None, "text": None}
    lines = [
        record(url="https://a.kz/1"),
        record(url="https://a.kz/2", мәтіндер="Су қоймасы ашылды. " * 30, **lost),
        record(url="https://a.kz/3", мәтіндер="Жол салынды. " * 30, **lost),
    ]
    workspace.put("feed.jsonl", "\n".join(lines))
    workspace.put("one.jsonl", record(мәтіндер="Көпір салынды. " * 30, **lost))
    workspace.load()
    assert by_status(workspace) == {"open": 3}
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "field_names.csv").write_text("field_name,field\nмәтіндер,text\n")
    summary = replay_all(workspace, Choice(reason="no_text"), seeds=seeds)
    assert (summary.files_seen, summary.articles_unchanged) == (2, 1)
    assert summary.articles_loaded == 3
    assert by_status(workspace) == {"replayed": 3}
    assert workspace.one("select count(*) from fact_article") == 4


def test_a_mended_rule_empties_its_rejects_by_one_replay(workspace, monkeypatch):
    strict = record_rule(
        "title_of_one_word",
        Severity.CRITICAL,
        "title_length < 10",
        evidence=("title_length",),
        protects="titles are short",
        remedy="None.",
        owner=Owner.ENGINEER,
    )
    with monkeypatch.context() as patched:
        for name in ("RECORD_RULES", "CRITICAL_RULES"):
            patched.setattr(prepare, name, (*getattr(prepare, name), strict))
        workspace.put("a.jsonl", "\n".join([record(title="Су"), record()]))
        assert workspace.load().articles_rejected == 1
    reason, detail = workspace.one("select reason_code, detail from fact_rejection")
    assert (reason, detail) == ("title_of_one_word", "title_length: 17")
    assert strict.rule_id not in {rule.rule_id for rule in RECORD_RULES}
    summary = replay_all(workspace, Choice(reason="title_of_one_word"))
    assert (summary.articles_loaded, summary.articles_unchanged) == (1, 1)
    assert by_status(workspace) == {"replayed": 1}
    assert workspace.one("select count(*) from fact_article") == 2


def test_a_mended_decoder_empties_its_rejects_by_one_replay(workspace, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(encoding, "_CODE_PAGES", ())
        patched.setattr(encoding, "_decode_by_chardet", lambda _: None)
        for number, title in enumerate(("Су қоймасы", "Жаңа көпір", "Ескі жол")):
            workspace.put(f"{number}.txt", article(title).encode("kz1048"))
        assert workspace.load().files_quarantined == 3
    assert by_status(workspace) == {"open": 3}
    choice = Choice(reason="undecodable", path="*.txt")
    summary = replay_all(workspace, choice, by="Айгүл")
    assert summary.files_loaded == 3
    closed = "select distinct closed_by, closed_at > rejected_at from fact_rejection"
    assert workspace.one(closed) == ("Айгүл", True)
    assert by_status(workspace) == {"replayed": 3}


def test_rejections_are_dismissed_by_reason_with_why_when_and_by_whom(workspace):
    workspace.put("a.jsonl", f"{{broken\n[1]\n{{worse\n{record()}")
    workspace.load()
    choice = Choice(reason="broken_json")
    dismiss_command(choice, "жарнама", workspace.data, by="Айгүл")
    rows = workspace.ask(
        "select status, closed_reason, closed_by, closed_at > rejected_at "
        "from fact_rejection order by reason_code, record_no"
    )
    assert rows == [
        ("dismissed", "жарнама", "Айгүл", True),
        ("dismissed", "жарнама", "Айгүл", True),
        ("open", None, None, None),
    ]
    with pytest.raises(UserError, match="say why"):
        dismiss_command(Choice(reason="not_an_object"), " ", workspace.data, by=None)
    with pytest.raises(UserError, match="no open rejection fits"):
        dismiss_command(choice, "тағы", workspace.data, by=None)
    with pytest.raises(UserError, match="which rejections"):
        replay_command(Choice(), workspace.data, by=None, as_json=True)
    replay_all(workspace, Choice(every=True))
    assert by_status(workspace) == {"dismissed": 2, "open": 1}


def test_a_large_quarantine_is_replayed_in_loads_of_bounded_size(workspace):
    for number in range(4):
        workspace.put(f"{number}.json", '{"title": ' + str(number))
    workspace.put("copy.json", '{"title": 0')
    workspace.load()
    assert by_status(workspace) == {"open": 5}
    summary = replay_all(workspace, Choice(every=True), load_max_files=2)
    assert len(summary.load_ids) == 3
    assert (summary.files_seen, summary.files_quarantined) == (5, 5)
    assert by_status(workspace) == {"open": 5}


def test_inputs_of_the_raw_zone_are_cut_by_count_and_size():
    files = pl.DataFrame({"size_bytes": [4, 4, 9, 1, 1, 1]})
    settings = Settings(load_max_files=3, load_max_bytes=8)
    parts = [part["size_bytes"].to_list() for part in cut_waiting(files, settings)]
    assert parts == [[4, 4], [9], [1, 1, 1]]


def test_ten_thousand_rejects_are_listed_in_a_moment(workspace):
    workspace.put("a.jsonl", "\n".join([record(), *["{broken"] * 10_000]))
    workspace.load()
    (row,) = groups(workspace.data, every=False).rows
    assert row[:3] == ("broken_json", "read", 10_000)
    some = listed(workspace.data, reason="broken_json", every=False, limit=7)
    assert len(some.rows) == 7
    assert len(chosen(workspace.data, Choice(reason="broken_json"))) == 10_000
    dismiss_command(Choice(reason="broken_json"), "сынақ", workspace.data, by=None)
    assert by_status(workspace) == {"dismissed": 10_000}
