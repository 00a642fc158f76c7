from tests.flows.workspace import article, record


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
    summary = replay(workspace, file_id)
    assert (summary.articles_unchanged, summary.articles_rejected) == (1, 1)
    assert workspace.one("select count(*) from fact_article") == 1


def test_a_fault_that_is_gone_from_the_file_stays_as_history(workspace):
    workspace.put("a.txt", b"")
    workspace.load()
    workspace.put("a.txt", article("Су қоймасы ашылды"))
    assert workspace.load().files_loaded == 1
    assert rejections(workspace) == [("a.txt", "empty_file", "open")]
