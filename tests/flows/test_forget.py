from contextlib import closing

import duckdb
import pytest

from flows.errors import UserError
from flows.forget import forget
from tests.flows.workspace import BODY, article, record

MARK = "Құпиясөзжоқ"
URL = "https://baq.kz/secret"


def forget_it(workspace, what=URL):
    return forget(
        workspace.request().settings, what, reason="сот шешімі", run_id="test"
    )


def bytes_of(workspace):
    """Everything under the data folder but the landing folder, unpacked."""
    import polars as pl

    found = b""
    for path in workspace.data.rglob("*"):
        if not path.is_file() or workspace.landing in path.parents:
            continue
        if path.suffix == ".parquet":
            found += b"".join(pl.read_parquet(path)["content"])
        found += path.read_bytes()
    return found


def put_secret(workspace):
    workspace.put(
        "feed.jsonl",
        "\n".join(
            [
                record(url="https://baq.kz/1", title="Бірінші"),
                record(url=URL, title=MARK, text=f"{BODY} {MARK}"),
                record(url="https://baq.kz/3", title="Үшінші"),
            ]
        ),
    )
    workspace.put("alone.json", record(url=URL, title=MARK, text=BODY))


def test_a_forgotten_article_is_nowhere_and_its_neighbours_stay(workspace):
    put_secret(workspace)
    workspace.put("other.txt", article("Жаңа мектеп ашылды"))
    workspace.load()
    assert MARK.encode() in bytes_of(workspace)
    done = forget_it(workspace)
    assert (done.versions, done.paths) == (2, ["alone.json", "feed.jsonl"])
    assert MARK.encode() not in bytes_of(workspace)
    titles = workspace.ask("select title from fact_article order by title")
    assert titles == [("Бірінші",), ("Жаңа мектеп ашылды",), ("Үшінші",)]
    assert workspace.one(
        "select versions_removed, files_redacted, reason from forgotten_article"
    ) == (2, 2, "сот шешімі")


def test_it_is_kept_out_when_it_comes_again(workspace):
    put_secret(workspace)
    workspace.load()
    forget_it(workspace)
    workspace.put("again.json", record(url=URL, title=MARK, text=BODY + " Жаңа."))
    workspace.put(
        "mixed.jsonl", record(url=URL) + "\n" + record(url="https://baq.kz/4")
    )
    summary = workspace.load()
    assert (summary.articles_loaded, summary.articles_rejected) == (1, 2)
    assert MARK.encode() not in bytes_of(workspace)
    assert workspace.one(
        "select count(*), any_value(reason_code) from fact_rejection"
    ) == (2, "forgotten")
    assert workspace.one("select count(*) from fact_article where url = ?", URL) == 0


def test_the_rest_of_a_redacted_file_can_be_read_again(workspace):
    put_secret(workspace)
    workspace.load()
    forget_it(workspace)
    (file_id,) = workspace.ask(
        "select file_id from fact_file where path = 'feed.jsonl'"
    )[0]
    before = workspace.tables()
    summary = workspace.load(replay=frozenset([file_id]))
    assert (summary.articles_unchanged, summary.articles_loaded) == (2, 0)
    assert workspace.tables() == before


def test_the_rewritten_warehouse_keeps_its_comments(workspace):
    put_secret(workspace)
    workspace.load()

    def described():
        with closing(
            duckdb.connect(str(workspace.data / "reports.duckdb"), read_only=True)
        ) as connection:
            return (
                connection.execute(
                    "select table_name, column_name, comment, is_nullable "
                    "from duckdb_columns() where not internal order by all"
                ).fetchall()
                + connection.execute(
                    "select table_name, comment from duckdb_tables() order by all"
                ).fetchall()
            )

    before = described()
    forget_it(workspace)
    assert described() == before
    workspace.put("b.txt", article("Жаңа мектеп ашылды"))
    assert workspace.load().articles_loaded == 1


def test_an_article_can_be_named_by_its_id(workspace):
    put_secret(workspace)
    workspace.load()
    article_id = workspace.ask("select article_id from fact_article where url = ?", URL)
    assert forget_it(workspace, str(article_id[0][0])).versions == 2


@pytest.mark.parametrize("what", ["https://baq.kz/none", "12345", "nonsense"])
def test_an_unknown_article_is_said(workspace, what):
    put_secret(workspace)
    workspace.load()
    with pytest.raises(UserError, match="no article"):
        forget_it(workspace, what)


def test_what_a_refused_version_shows_of_itself_goes_too(workspace):
    workspace.put("good.json", record(url=URL, title=MARK, text=BODY))
    workspace.put("empty.json", record(url=URL, title=MARK, text=""))
    workspace.put("other.json", record(url="https://baq.kz/3", title="Үшінші", text=""))
    workspace.load()
    forget_it(workspace)
    shown = workspace.ask(
        "select path, detail <> '' from fact_rejection "
        "inner join fact_file using (file_id) order by path"
    )
    assert shown == [("empty.json", False), ("other.json", True)]
