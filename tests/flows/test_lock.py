import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.flows.workspace import article
from warehouse.lock import WarehouseBusyError, writer_lock

QOIMA = Path(sys.executable).with_name("qoima")


def test_a_second_run_is_told_who_holds_the_warehouse(workspace):
    workspace.put("a.txt", article("Су қоймасы ашылды"))
    now = datetime.now(UTC)
    with writer_lock(workspace.data, run_id="first-run", now=now):
        ended = subprocess.run(
            [QOIMA, "run", "--data", workspace.data],
            capture_output=True,
            text=True,
            check=False,
        )
        with pytest.raises(WarehouseBusyError, match="first-run"):
            workspace.load()
    assert ended.returncode == 3
    assert "first-run" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert not (workspace.data / "warehouse.duckdb").exists()
    assert workspace.load().files_loaded == 1
