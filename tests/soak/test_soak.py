"""A few passes of `make soak`, and its account, which has to find what is wrong."""

import hashlib

import pytest

from tests.soak.arrivals import Arrivals, Landed
from tests.soak.soak import soak


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def account_of(tmp_path, landed, rows):
    landing = tmp_path / "landing"
    landing.mkdir()
    arrivals = Arrivals(landing, every=1)
    arrivals.landed = landed
    return arrivals.account(rows)


def test_the_account_finds_what_is_lost_and_what_nobody_wrote(tmp_path):
    landed = [
        Landed("a.txt", digest("a")),
        Landed("b.txt", digest("b"), is_gone=True),
        Landed("c.txt", digest("c")),
    ]
    rows = [("a.txt", digest("a"), "loaded"), ("d.txt", digest("d"), "loaded")]
    account = account_of(tmp_path, landed, rows)
    assert account.fates == {"loaded": 1, "vanished": 2}
    assert account.lost == ["c.txt"]
    assert account.strange == ["d.txt (loaded)"]


@pytest.mark.server
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_few_passes_of_seconds_account_for_every_file(tmp_path):
    found = soak(tmp_path / "data", 3, minutes=10, every=2)
    assert found.faults == []
    assert found.passes >= 3
