import random

import pytest

from tests.flows.workspace import BODY, Workspace, article, record

URL = "https://baq.kz/su-1"


def feed(*records: str) -> str:
    return "\n".join(records)


def version_rows(workspace):
    return workspace.ask(
        "select version, is_current, split(text, ' ')[-1] "
        "from fact_article order by version"
    )


def test_a_changed_record_becomes_a_new_version_and_the_old_one_stays(workspace):
    workspace.put("a.jsonl", record(url=URL, text=BODY + " Бірі."))
    workspace.load()
    workspace.put("b.jsonl", record(url=URL, text=BODY + " Екі."))
    summary = workspace.load()
    assert summary.articles_loaded == 1
    assert version_rows(workspace) == [(1, False, "Бірі."), (2, True, "Екі.")]


def test_the_same_record_in_another_file_is_unchanged(workspace):
    workspace.put("a.jsonl", record(url=URL))
    workspace.load()
    workspace.put("b.json", f"[{record(url=URL)}]")
    summary = workspace.load()
    assert (summary.articles_loaded, summary.articles_unchanged) == (0, 1)
    assert summary.files_loaded == 1


def test_an_older_version_that_comes_late_takes_its_place(workspace):
    late = record(url=URL, text=BODY + " Соңғы.", modified="2025-12-03T00:00:00Z")
    early = record(url=URL, text=BODY + " Алғаш.", modified="2025-12-02T00:00:00Z")
    workspace.put("late.json", late)
    workspace.load()
    workspace.put("early.json", early)
    workspace.load()
    assert workspace.ask(
        "select version, is_current, modified_at::varchar from fact_article "
        "order by version"
    ) == [(1, False, "2025-12-02 00:00:00"), (2, True, "2025-12-03 00:00:00")]
    assert (
        workspace.one(
            """
        select count(*) from fact_sentence as span
        join fact_article as article using (article_id, version)
        where trim(substring(text, start_char + 1, end_char - start_char)) = ''
            or end_char > length(text)
        """
        )
        == 0
    )
    assert workspace.one("select count(distinct version) from fact_sentence") == 2


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (
            {"url": "https://www.baq.kz/su-1/?utm_source=x#top"},
            {"url": "http://BAQ.kz/su-1"},
        ),
        (
            {"source": "baq.kz", "id": "77", "title": "Бірінші тақырып"},
            {"source": "BAQ.KZ", "id": 77, "title": "Екінші тақырып"},
        ),
        (
            {"source": "baq.kz", "title": "Су қоймасы АШЫЛДЫ"},
            {"source": "baq.kz", "title": "«Су қоймасы» ашылды!"},
        ),
    ],
    ids=["canonical url", "the outlet's id", "folded title and date"],
)
def test_identity_joins_what_is_one_article(workspace, one, two):
    workspace.put("a.json", record(**one))
    workspace.put("b.json", record(**two, text=BODY + " Толықтырылды."))
    assert workspace.load().articles_loaded == 2
    assert workspace.one("select count(distinct article_id) from fact_article") == 1


def test_identity_keeps_apart_what_is_not(workspace):
    workspace.put("a.json", record(source="baq.kz", date="2025-12-01"))
    workspace.put("b.json", record(source="baq.kz", date="2025-12-02"))
    workspace.put("c.json", record(source="kazinform", date="2025-12-01"))
    workspace.put("d.json", record(url=URL))
    workspace.load()
    assert workspace.one("select count(distinct article_id) from fact_article") == 4
    assert workspace.one(
        "select bool_and(version = 1 and is_current) from fact_article"
    )


def make_pile(seed: int) -> dict[str, str]:
    """Files with copies, corrections and several records, in an order of their own."""
    luck = random.Random(seed)  # noqa: S311 - repeatable, not secret
    files = {}
    for number in range(12):
        title = f"Су қоймасы ашылды {number % 9}"
        files[f"{number}.txt"] = article(title, f"2025-11-{number % 9 + 1:02d}")
    files["feed.jsonl"] = feed(
        *(
            record(
                url=f"https://baq.kz/{number % 4}",
                text=f"{BODY} Нұсқа {number}.",
                modified=f"2025-12-0{number + 1}T08:00:00Z",
            )
            for number in range(6)
        )
    )
    files["copy.jsonl"] = files["feed.jsonl"]
    names = list(files)
    luck.shuffle(names)
    return {f"{place:02d}-{name}": files[name] for place, name in enumerate(names)}


@pytest.mark.parametrize("limit", [1, 3, 100])
def test_order_and_batch_size_change_no_table(tmp_path, checker, limit):
    results = []
    for seed in (1, 2):
        workspace = Workspace(tmp_path / str(seed), checker)
        for name, content in make_pile(seed).items():
            workspace.put(name, content)
        workspace.load(load_max_files=100 if seed == 1 else limit)
        results.append(workspace.tables())
    assert results[0] == results[1]


def test_one_by_one_gives_the_same_tables_as_at_once(tmp_path, checker):
    at_once = Workspace(tmp_path / "once", checker)
    one_by_one = Workspace(tmp_path / "each", checker)
    for name, content in make_pile(3).items():
        at_once.put(name, content)
        one_by_one.put(name, content)
        one_by_one.load()
    at_once.load()
    assert at_once.tables() == one_by_one.tables()
