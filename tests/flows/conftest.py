import pytest

from tests.flows.workspace import Workspace


@pytest.fixture
def workspace(tmp_path, checker):
    return Workspace(tmp_path / "data", checker)
