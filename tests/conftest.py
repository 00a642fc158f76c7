"""What several tests share: the corpus, and one Great Expectations process."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from checks.process import CheckProcess

# The same examples every time, so that a red run is a change's; `make fuzz` and
# HYPOTHESIS_PROFILE=default look further. No deadline: machines are shared.
settings.register_profile(
    "repeatable", derandomize=True, deadline=None, max_examples=50
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

ROOT = Path(__file__).resolve().parent.parent


#: Tests of minutes, by what stands in their names: `make test-long` runs them, and
#: `make test` a small form of each that stands beside them.
LONG = (
    "rows_found_by_their_places",
    "flows/test_schedule.py",
    "flows/test_recovery.py",
    "flows/test_work_pool.py",
    "a_few_passes_of_seconds_account_for_every_file",
    "flows/test_fuzz.py",
    "flows/test_dask_tasks.py",
    "test_a_row_that_ends_every_process_is_refused",
    "killed_at_any_step",
    "killed_at_a_random_moment_is_finished_by_the_next[1]",
    "test_order_and_batch_size_change_no_table[1]",
    "test_a_clean_batch_raises_no_rule[20000]",
    "test_time_grows_no_faster_than_the_text[5 MB]",
    "test_one_by_one_gives_the_same_tables_as_at_once",
    "test_samples_loaded_in_two_halves_are_counted_as_at_once",
    "test_a_reprocessed_step_leaves_the_tables_right",
    "test_versions_keep_the_order_of_their_sources_times",
    "test_the_command_builds_them_of_the_newest_loads",
    "change_what_follows_are_kept_and_can_be_taken_back",
    "test_a_page_that_is_gone_or_new_days_bring_pages_back",
    "test_a_machine_killed_in_its_turn_is_closed_by_the_other",
    "test_tidy_puts_small_files_together_and_keeps_the_states",
    "test_a_file_moves_into_an_empty_lake",
    "test_a_large_quarantine_is_replayed_in_loads_of_bounded_size",
    "test_a_reprocess_cut_off_at_a_random_moment_goes_on",
    "test_by_force_everything_is_read_again_and_is_the_same",
)


BROWSER = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")
BROWSER_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    from tests.scheduling import ByFile

    return ByFile(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(items):
    for item in items:
        if any(part in item.nodeid for part in LONG):
            item.add_marker(pytest.mark.long)


def _shared(name: str) -> Path:
    corpus = Path(os.environ.get("QOIMA_CORPUS", ROOT.parent / "shared" / "corpus"))
    folder = corpus if name == "corpus" else corpus.parent / name
    if not folder.is_dir():
        pytest.skip(f"{folder} is absent: set QOIMA_CORPUS to the corpus")
    return folder


@pytest.fixture(scope="session")
def corpus() -> Path:
    return _shared("corpus")


@pytest.fixture(scope="session")
def shared_articles() -> Path:
    return _shared("articles")


@pytest.fixture(scope="session")
def shared_gold() -> Path:
    return _shared("gold")


@pytest.fixture(scope="session")
def checker():
    """Great Expectations starts in seconds, so the tests of a process share one."""
    with CheckProcess() as process:
        yield process


@pytest.fixture(scope="session")
def samples(tmp_path_factory, checker):
    """The sample articles, loaded once: look at them, change nothing."""
    from tests.flows.workspace import Workspace

    workspace = Workspace(tmp_path_factory.mktemp("samples") / "data", checker)
    summary = workspace.load(ROOT / "seeds" / "articles")
    assert summary.articles_rejected == 0, summary
    return workspace


@pytest.fixture(scope="session")
def driver(tmp_path_factory):
    """A headless browser that tells what pages complain of."""
    if not (BROWSER and DRIVER):
        pytest.skip("no Chromium here: install Debian's chromium and chromium-driver")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    profile = tmp_path_factory.mktemp("chromium")
    for flag in (*BROWSER_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()
