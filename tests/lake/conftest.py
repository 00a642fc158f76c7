"""Lakes in a real PostgreSQL: connection words in QOIMA_TEST_POSTGRES."""

import os
import secrets

import duckdb
import pytest

from tests.conftest import ROOT
from tests.lake.lake_workspace import LakeWorkspace
from warehouse.extensions import load_extension

ARTICLES = ROOT / "seeds" / "articles"
#: What the first load and the second take; both name the same people and events.
PARTS = (
    ("akorda/2026-06-24_bairamov.txt", "mfa/2025-10-09_turkiya-kezdesu.txt"),
    ("akorda/2025-11-14_ozbekstan-kuzhattar.txt", "mfa/zhaponiya.md"),
)


def put_part(workspace, number):
    """Let one of the `PARTS` arrive."""
    for name in PARTS[number]:
        workspace.put(name, (ARTICLES / name).read_bytes())


@pytest.fixture(scope="session")
def server():
    """Connection words of a PostgreSQL that tests may fill, without a database."""
    words = os.environ.get("QOIMA_TEST_POSTGRES")
    if not words:
        pytest.skip("set QOIMA_TEST_POSTGRES: .ci/postgres start FOLDER prints it")
    return words


@pytest.fixture(scope="session")
def make_database(server):
    """Makes databases, and drops them at the end."""
    made = []
    connection = duckdb.connect()
    load_extension(connection, "postgres_scanner")
    connection.execute(f"attach '{server} dbname=postgres' as catalog (type postgres)")

    def run(sql):
        connection.execute(
            f"call postgres_execute('catalog', '{sql}', use_transaction => false)"
        )

    def make():
        name = f"qoima_{secrets.token_hex(6)}"
        run(f"create database {name}")
        made.append(name)
        return f"{server} dbname={name}"

    yield make
    for name in made:
        run(f"drop database {name} with (force)")
    connection.close()


@pytest.fixture
def empty_lake(make_database, tmp_path, checker):
    return LakeWorkspace(tmp_path, make_database(), checker)


@pytest.fixture(scope="session")
def lake(make_database, tmp_path_factory, checker):
    """A few sample articles in two loads: look at them, change nothing."""
    workspace = LakeWorkspace(tmp_path_factory.mktemp("lake"), make_database(), checker)
    for number in range(len(PARTS)):
        put_part(workspace, number)
        workspace.load()
    return workspace
