"""The two processes below `qoima up`: the Prefect server, and the schedule.

Each ends when `qoima up` does, however that ends: it holds the other end of their
standard input, which the kernel closes with the process.
"""

from __future__ import annotations

import asyncio
import os
import runpy
import signal
import sys
import threading
import time

SERVER, SCHEDULE = "server", "schedule"
READY = b"ready\n"
_GRACE_SECONDS = 15


def end_with_parent() -> None:
    """End this process once whoever started it is gone."""
    threading.Thread(target=_watch, name="parent", daemon=True).start()


def run_server(port: int) -> None:
    """Be the Prefect server, on loopback."""
    sys.argv = ["prefect", "server", "start", "--host", "127.0.0.1"]
    sys.argv += ["--port", str(port)]
    runpy.run_module("prefect", run_name="__main__")


def run_schedule() -> None:
    """Be the process that starts a pass whenever one is due."""
    from flows.serving import serve
    from flows.settings import load_settings

    asyncio.run(serve(load_settings(), _say_ready))


def _say_ready() -> None:
    """Tell `qoima up` once; from then on standard output is the log as well."""
    os.write(1, READY)
    os.dup2(2, 1)


def _watch() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    end_with_parent()
    if sys.argv[1] == SERVER:
        run_server(int(sys.argv[2]))
    else:
        run_schedule()
