"""A machine with its own data folder, whose warehouse is in a lake."""

from contextlib import closing
from datetime import UTC, datetime

from flows.place import place_warehouse
from flows.run import RunRequest, run_pass
from flows.settings import Settings
from tests.flows.workspace import DATA_TABLES, VOLATILE, Workspace
from warehouse.catalog import open_reports, open_warehouse
from warehouse.lake import PREFIX
from warehouse.raw import RAW_FOLDER


class LakeWorkspace(Workspace):
    """One machine of a lake; files and the raw zone are in a folder all share."""

    def __init__(self, shared, words, checker, machine="one"):
        super().__init__(shared / machine / "data", checker)
        self.shared, self.words = shared, words
        self.files = shared / "files"
        (shared / RAW_FOLDER).mkdir(exist_ok=True)
        (self.data / RAW_FOLDER).symlink_to(shared / RAW_FOLDER)

    def beside(self, machine):
        """Another machine of the same lake."""
        return LakeWorkspace(self.shared, self.words, self.checker, machine)

    @property
    def in_lake(self):
        return {"warehouse": PREFIX + self.words, "lake_path": str(self.files)}

    @property
    def environment(self):
        """The settings, for commands."""
        told = self.in_lake | {"data": str(self.data), "settle_seconds": "0"}
        return {f"QOIMA_{name.upper()}": value for name, value in told.items()}

    def request(self, *paths, **options) -> RunRequest:
        request = super().request(*paths, **self.in_lake, **options)
        place_warehouse(request.settings, self.data)
        return request

    def settings(self, **options) -> Settings:
        return self.request(**options).settings

    def load(self, *paths, observer=None, **options):
        summary = run_pass(self.request(*paths, **options), observer)
        assert summary.is_balanced, summary
        return summary

    def ask(self, sql, *values, as_of=None):
        self.request()
        with closing(open_reports(self.data / "reports.duckdb", as_of=as_of)) as reader:
            return reader.execute(sql, list(values)).fetchall()

    def write(self):
        """A writer's connection."""
        self.request()
        return open_warehouse(self.data / "warehouse.duckdb", now=datetime.now(UTC))


def rows_of(workspace):
    """Every table that has to come out the same, as sorted rows."""
    if isinstance(workspace, LakeWorkspace):
        workspace.request()
    found = {}
    with closing(open_reports(workspace.data / "reports.duckdb")) as reader:
        for table in DATA_TABLES:
            described = reader.execute(f"from {table} limit 0").description
            chosen = ", ".join(
                f'"{name}"' for name, *_ in described if name not in VOLATILE
            )
            rows = reader.execute(f"select {chosen} from {table}").fetchall()
            found[table] = sorted(map(repr, rows))
    return found
