import pytest

from tests.benchmarks.fuzz import fuzz


@pytest.mark.parametrize("seed", [1, 2])
def test_mutated_samples_crash_nothing_and_are_all_accounted_for(
    tmp_path, checker, seed
):
    counts = fuzz(tmp_path / "data", 150, seed, checker)
    assert counts["files_loaded"] + counts["files_held"] > 0
