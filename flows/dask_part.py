"""A part of a batch, and a process aside for parts that workers ended with."""

from __future__ import annotations

import pickle
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Self

from flows.dask_worker import environment, perform

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from flows.dask_worker import Shared


@dataclass(frozen=True)
class Part:
    """Rows for one task.

    Attributes:
        frame: the rows.
        names: for each row the path of the file that it came from.
        more: further arguments of the function.
    """

    frame: pl.DataFrame
    names: tuple[str, ...]
    more: tuple[Any, ...] = ()

    def halves(self) -> tuple[Part, Part]:
        """The part as two."""
        middle = self.frame.height // 2
        return (
            Part(self.frame[:middle], self.names[:middle], self.more),
            Part(self.frame[middle:], self.names[middle:], self.more),
        )


def payload_of(function: Callable[..., Any], part: Part) -> bytes:
    """What `flows.dask_worker.perform` takes."""
    asked = environment(), function, (part.frame, *part.more)
    return pickle.dumps(asked, protocol=5)


class Aside:
    """A process of this machine for parts that workers ended with.

    Such a part may have been beside the one at fault, or too large for the worker; or
    it ends this process as well, and is halved until the row is found.
    """

    def __init__(self, shared: Shared) -> None:
        """Start nothing yet."""
        self._shared = shared
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Start nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        if self._pool:
            self._pool.shutdown()

    def rescue(
        self,
        function: Callable[..., Any],
        part: Part,
        refuse: Callable[[Part], Any],
    ) -> list[Any]:
        """The answers of a part, in order; ``refuse`` answers for a row at fault."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, get_context("spawn"))
        payload = payload_of(function, part)
        try:
            done = self._pool.submit(perform, payload, self._shared).result()
        except BrokenProcessPool:
            self._pool.shutdown()
            self._pool = None
            if part.frame.height == 1:
                return [refuse(part)]
            first, second = part.halves()
            return [
                *self.rescue(function, first, refuse),
                *self.rescue(function, second, refuse),
            ]
        return [pickle.loads(done)]  # noqa: S301 - made by our own function
