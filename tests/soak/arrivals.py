"""Files that come into a landing folder as they do in life, and what became of them.

Some are moved in whole, some are written in steps, some are renamed, overwritten or
deleted soon after, some are archives, copies, or no articles at all.
"""

from __future__ import annotations

import hashlib
import io
import random
import threading
import time
import zipfile
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.benchmarks.generate import make_article, sample_sentences

if TYPE_CHECKING:
    from pathlib import Path

#: What comes, and how often.
WAYS = {
    "moved in": 30,
    "written in steps": 20,
    "written under a .part name": 10,
    "renamed": 10,
    "deleted": 10,
    "overwritten": 6,
    "archive": 6,
    "archive written in steps": 3,
    "copy": 5,
    "no article": 5,
}
_STEPS = (3, 6)
_GAP_SECONDS = (0.1, 1.8)


@dataclass
class Landed:
    """One content under one name.

    Attributes:
        path: as the ledger names it, ``archive.zip::member`` for members.
        digest: SHA-256 of the whole content.
        title: of the article in it, if there is one.
        is_gone: deleted, renamed or overwritten since.
    """

    path: str
    digest: str
    title: str | None = None
    is_gone: bool = False


@dataclass
class Account:
    """What became of all that landed; what is `lost` or `strange` is a fault."""

    ways: dict[str, int]
    fates: Counter[str] = field(default_factory=Counter)
    cut: int = 0
    lost: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)


class Arrivals:
    """Writes files until told to stop; the same seed makes the same files."""

    def __init__(self, landing: Path, *, every: float, seed: int = 8) -> None:
        self.landing = landing
        self.landed: list[Landed] = []
        self.ways: Counter[str] = Counter()
        self._halves: set[tuple[str, str]] = set()
        self._outside = landing.parent / "outside"
        self._outside.mkdir()
        self._luck = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self._sentences = sample_sentences()
        self._every = every
        self._number = 0
        self._slow: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._go_on, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def _go_on(self) -> None:
        """Let something happen, again and again."""
        ways, weights = list(WAYS), list(WAYS.values())
        while not self._ended.wait(self._every * self._luck.uniform(0.3, 1.7)):
            way = self._luck.choices(ways, weights)[0]
            self.ways[way] += 1
            getattr(self, "_" + way.replace(" ", "_").replace(".", ""))()

    def end(self) -> None:
        """Stop, once everything begun is written."""
        self._ended.set()
        self._thread.join()
        for thread in tuple(self._slow):
            thread.join()

    def account(self, rows: list[tuple[str, str | None, str]]) -> Account:
        """Hold the ledger against what was written.

        Args:
            rows: path, content_hash and status of every row of fact_file.
        """
        statuses = {(path, digest): status for path, digest, status in rows}
        account = Account(dict(self.ways))
        known = set(self._halves)
        for one in self.landed:
            known.add((one.path, one.digest))
            status = statuses.get((one.path, one.digest))
            if status is None and not one.is_gone:
                account.lost.append(one.path)
            account.fates[status or "vanished"] += 1
        gone = {one.path for one in self.landed if one.is_gone}
        for path, digest, status in rows:
            if (path, digest) in self._halves:
                account.cut += 1
            elif digest is None and path in gone:
                account.fates["seen vanishing"] += 1
            elif (path, digest) not in known:
                account.strange.append(f"{path} ({status})")
        return account

    # Ways to come.

    def _moved_in(self) -> None:
        self._put(*self._article())

    def _written_in_steps(self) -> None:
        self._slowly(*self._article())

    def _written_under_a_part_name(self) -> None:
        self._slowly(*self._article(), suffix=".part")

    def _renamed(self) -> None:
        one = self._put(*self._article())
        self._later(lambda: self._rename(one))

    def _deleted(self) -> None:
        one = self._put(*self._article())
        self._later(lambda: self._delete(one))

    def _overwritten(self) -> None:
        name, content, title = self._article()
        one = self._put(name, content, title)
        more = content + "Кейін толықтырылды.\n".encode()
        self._later(lambda: self._overwrite(one, more))

    def _archive(self) -> None:
        name, content, members = self._zip()
        self._put(name, content, members=members)

    def _archive_written_in_steps(self) -> None:
        name, content, members = self._zip()
        self._slowly(name, content, members=members)

    def _copy(self) -> None:
        name, content, title = self._article()
        self._put(name, content, title)
        self._put(name.replace(".txt", "-copy.txt"), content, title)

    def _no_article(self) -> None:
        self._put(f"{self._next()}.json", b'{"title": "broken')

    # How they are written.

    def _next(self) -> str:
        self._number += 1
        return f"{self._number:05d}"

    def _article(self) -> tuple[str, bytes, str]:
        name = self._next()
        text = make_article(self._number, self._sentences)
        title = text.splitlines()[0].split(" ", 3)[3]
        return f"{name}.txt", text.encode(), title

    def _zip(self) -> tuple[str, bytes, list[Landed]]:
        name = f"{self._next()}.zip"
        packed, members = io.BytesIO(), []
        with zipfile.ZipFile(packed, "w") as archive:
            for _ in range(3):
                member, content, title = self._article()
                archive.writestr(zipfile.ZipInfo(member), content)
                members.append(Landed(f"{name}::{member}", _digest(content), title))
        return name, packed.getvalue(), members

    def _put(
        self,
        name: str,
        content: bytes,
        title: str | None = None,
        members: list[Landed] | None = None,
    ) -> Landed:
        """Move a whole file in, as one step."""
        part = self._outside / name
        part.write_bytes(content)
        one = Landed(name, _digest(content), title)
        with self._lock:
            part.rename(self.landing / name)
            self.landed += members or [one]
        return one

    def _slowly(
        self,
        name: str,
        content: bytes,
        title: str | None = None,
        members: list[Landed] | None = None,
        suffix: str = "",
    ) -> None:
        """Append in steps, from a thread, with pauses such as a slow line makes."""
        count = self._luck.randint(*_STEPS)
        cuts = sorted(self._luck.sample(range(1, len(content)), count - 1))
        gaps = [self._luck.uniform(*_GAP_SECONDS) for _ in range(count)]
        path = self.landing / (name + suffix)

        def write() -> None:
            with path.open("wb", buffering=0) as file:
                begin = 0
                for cut, gap in zip([*cuts, len(content)], gaps, strict=True):
                    file.write(content[begin:cut])
                    begin = cut
                    time.sleep(gap)
            if suffix:
                path.rename(self.landing / name)

        if not suffix:
            halves = [content[:cut] for cut in (0, *cuts)]
            self._halves |= {(name, _digest(half)) for half in halves}
            if members:  # the whole archive has no row: its members have
                self._halves.add((name, _digest(content)))
        with self._lock:
            self.landed += members or [Landed(name, _digest(content), title)]
        self._start(write)

    def _later(self, what: object) -> None:
        wait = self._luck.choice([0, 0.05, 0.5, 1.2, 2.5, 6, 15])

        def act() -> None:
            self._ended.wait(wait)
            what()  # type: ignore[operator]

        self._start(act)

    def _start(self, target: object) -> None:
        thread = threading.Thread(target=target, daemon=True)  # type: ignore[arg-type]
        self._slow.append(thread)
        thread.start()

    def _rename(self, one: Landed) -> None:
        name = one.path.replace(".txt", "-renamed.txt")
        with self._lock:
            (self.landing / one.path).rename(self.landing / name)
            one.is_gone = True
            self.landed.append(Landed(name, one.digest, one.title))

    def _delete(self, one: Landed) -> None:
        with self._lock, suppress(FileNotFoundError):
            (self.landing / one.path).unlink()
            one.is_gone = True

    def _overwrite(self, one: Landed, content: bytes) -> None:
        part = self._outside / one.path
        part.write_bytes(content)
        with self._lock:
            part.rename(self.landing / one.path)
            one.is_gone = True
            self.landed.append(Landed(one.path, _digest(content), one.title))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
