"""A Dask cluster at work for one run: its workers are checked, watched and fed.

Workers come and go. A part of a worker that ended goes to another one; what goes wrong
for good ends the run with a reason, within a bounded time.
"""

from __future__ import annotations

import pickle
import time
from collections import deque
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from flows.dask_connect import (
    CONNECT_SECONDS,
    check_workers,
    connect,
    import_distributed,
    local_cluster,
)
from flows.dask_part import Aside, payload_of
from flows.dask_worker import perform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from distributed import Future

    from flows.dask_part import Part
    from flows.dask_worker import Shared
    from flows.settings import Settings

    #: Sends a part out: its name, its payload and the shared things to a future, and
    #: to what gives its result.
    Send = Callable[[str, bytes, Future[Any]], tuple[Future[Any], Callable[[], bytes]]]

#: How often a run that waits for parts looks whether anybody works on them.
_LOOK_SECONDS = 1.0
#: Parts sent out for each thread of the cluster: one at work, one waiting there.
_PARTS_A_THREAD = 2


class ClusterError(RuntimeError):
    """The cluster cannot do the work; the message says why and what to do."""


class Cluster:
    """A cluster whose workers are like this process."""

    def __init__(
        self,
        client: Any,
        shared: Shared,
        wait_seconds: float,
        submit: Send,
    ) -> None:
        """Take a connected client.

        Args:
            client: connected.
            shared: what all parts need.
            wait_seconds: how long to wait for a worker where there is none.
            submit: sends a part out: its name, payload and the shared things to a
                future, and what gives its result.
        """
        self._client = client
        self._shared = shared
        self._wait_seconds = wait_seconds
        self._submit = submit
        self._alone_since: float | None = None
        self._looked_at = 0.0
        self._window = _PARTS_A_THREAD
        # A task of its own: workers hand its result on, and one that is lost with its
        # worker is made again.
        self._sent = client.submit(
            _same, shared, key=f"qoima-references-{shared.digest}", pure=False
        )

    def spread(
        self,
        name: str,
        function: Callable[..., Any],
        parts: Sequence[Part],
        refuse: Callable[[Part], Any],
    ) -> list[Any]:
        """Have a function applied to every part; the answers in the parts' order.

        Args:
            name: of the step, for whoever watches.
            function: of `flows.dask_worker`; gets frame, more, and the shared things.
            parts: the parts.
            refuse: called with a part of one row that ends every process that takes
                it; its answer stands for the part.

        Raises:
            ClusterError: nobody is there to do it.
        """
        answers: dict[int, list[Any]] = {}
        waiting = deque(enumerate(parts))
        running: dict[Future[Any], tuple[int, Callable[[], bytes]]] = {}
        try:
            while waiting or running:
                self._look()
                while waiting and len(running) < self._window:
                    number, part = waiting.popleft()
                    future, result = self._submit(
                        name, payload_of(function, part), self._sent
                    )
                    running[future] = number, result
                for future in self._wait(running):
                    number, result = running.pop(future)
                    answers[number] = self._answers(
                        result, function, parts[number], refuse
                    )
        except CancelledError:
            message = "the Dask scheduler was lost. Start it and run again."
            raise ClusterError(message) from None
        finally:
            if running:
                self._give_up(list(running))
        return [answer for number in sorted(answers) for answer in answers[number]]

    def _wait(self, running: dict[Future[Any], Any]) -> list[Future[Any]]:
        """Parts that ended; none where nothing did for a while."""
        distributed = import_distributed()
        try:
            with self._client.as_current():
                ended = distributed.wait(
                    list(running), timeout=_LOOK_SECONDS, return_when="FIRST_COMPLETED"
                )
        except TimeoutError:
            return []
        return list(ended.done)

    def _look(self) -> None:
        """See now and then who is there; too long nobody ends the run."""
        now = time.monotonic()
        if now - self._looked_at < _LOOK_SECONDS:
            return
        self._looked_at = now
        try:
            threads = self._client.sync(
                self._client.scheduler.ncores, callback_timeout=CONNECT_SECONDS
            )
        except (OSError, TimeoutError) as error:
            message = "the Dask scheduler does not answer. Start it and run again."
            raise ClusterError(message) from error
        if threads:
            self._alone_since = None
            self._window = _PARTS_A_THREAD * sum(threads.values())
            return
        self._alone_since = self._alone_since or now
        if now - self._alone_since > self._wait_seconds:
            message = (
                f"the Dask cluster has had no worker for {self._wait_seconds:g} "
                "seconds. Start some (dask worker) and run again."
            )
            raise ClusterError(message)

    def _answers(
        self,
        result: Callable[[], bytes],
        function: Callable[..., Any],
        part: Part,
        refuse: Callable[[Part], Any],
    ) -> list[Any]:
        """What came of a part; one that ended worker after worker is done aside."""
        from distributed import KilledWorker

        try:
            return [pickle.loads(result())]  # noqa: S301 - made by our own function
        except KilledWorker:
            with Aside(self._shared) as aside:
                return aside.rescue(function, part, refuse)

    def _give_up(self, futures: list[Future[Any]]) -> None:
        try:
            self._client.cancel(futures)
        except (OSError, TimeoutError, CancelledError, ValueError):
            return  # nobody is there to be told


@contextmanager
def open_cluster(
    settings: Settings, shared: Shared, scratch: Path, *, as_tasks: bool
) -> Iterator[Cluster]:
    """Connect to the scheduler of the settings, or start a cluster on this machine.

    Args:
        settings: where, and how long to wait.
        shared: what all parts need.
        scratch: a folder of this run, for workers of its own.
        as_tasks: whether parts are to be tasks of the flow run that is on, where
            workers can tell its server of them.

    Raises:
        UserError: Dask is not installed, the scheduler does not answer, no worker is
            there, or a worker is not like this process.
    """
    with ExitStack() as stack:
        address, security = settings.dask_address, None
        if address is None:
            local = stack.enter_context(local_cluster(settings.dask_workers, scratch))
            address, security = local.scheduler_address, local.security
        client = stack.enter_context(connect(address, security))
        check_workers(client, address, settings.dask_wait_seconds)
        submit = _submitter(client)
        if as_tasks:
            from flows.dask_tasks import is_seen_by_workers, task_submitter

            if is_seen_by_workers(is_local=settings.dask_address is None):
                client, submit = stack.enter_context(task_submitter(address, security))
        yield Cluster(client, shared, settings.dask_wait_seconds, submit)


def _same(shared: Shared) -> Shared:
    return shared


def _submitter(
    client: Any,
) -> Send:
    """Sends parts as plain tasks of Dask."""

    def submit(
        name: str, payload: bytes, shared: Future[Any]
    ) -> tuple[Future[Any], Callable[[], bytes]]:
        key = f"qoima-{name}-{uuid4().hex}"
        future = client.submit(perform, payload, shared, key=key, pure=False)
        return future, future.result

    return submit
