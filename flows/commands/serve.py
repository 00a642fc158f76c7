"""``qoima up`` and ``qoima down``.

`qoima up` holds a lock for as long as it lives (`flows.up_lock`), and its two children
end when it does (`flows.children`).
"""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, NoReturn

import typer

from flows import server as record
from flows.children import READY, SCHEDULE, SERVER
from flows.errors import UserError
from flows.lazy_engine import (
    prefect_environment,
    server_environment,
    set_prefect_environment,
)
from flows.run import LANDING
from flows.schedule_rules import check_schedule, event_seconds
from flows.settings import Settings, child_environment, load_settings
from flows.up_lock import AlreadyUpError, alone, is_up, stop_holder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_LOOPBACK = "127.0.0.1"
_LOG = f"{record.HOME}/up.log"
_START_SECONDS, _POLL_SECONDS = 120, 0.2
_CHILD_STOP_SECONDS = 20
#: How often the schedule looks for runs that were started by hand.
_LOOK_SECONDS = "5"
_EXIT_FAILED, _EXIT_BUSY = 1, 3
_TOLD_OF_LOG = 600


class _EndedError(Exception):
    """A child ended that should not have; the message says which."""


def up_command(
    data: Path | None, cron: str | None, port: int | None, *, is_detached: bool
) -> int:
    """Start the server and the schedule; returns the exit code.

    In the foreground this returns when they end; detached, when they are ready.
    """
    settings = load_settings(data=data, schedule_cron=cron, schedule_port=port)
    if not (settings.data / LANDING).is_dir():
        message = (
            f"{settings.data / LANDING}: no such folder. Make it with `qoima init`."
        )
        raise UserError(message)
    (settings.data / record.HOME).mkdir(exist_ok=True)
    set_prefect_environment("", settings.data)
    check_schedule(settings)
    try:
        if is_detached:
            return _detach(settings, port)
        with alone(settings.data):
            return _stay(settings, must_have_port=port is not None)
    except AlreadyUpError:
        known = record.read_record(settings.data)
        where = f" at {known.ui_url}" if known else " and starting"
        typer.echo(
            f"qoima: {settings.data} is up already{where}; stop it with `qoima down`.",
            err=True,
        )
        return _EXIT_BUSY


def down_command(data: Path | None) -> int:
    """Stop what `qoima up` started, if anything; returns the exit code."""
    settings = load_settings(data=data)
    was_up = is_up(settings.data)
    if was_up and not stop_holder(settings.data):
        typer.echo(f"qoima: {settings.data} is still up; see its logs.", err=True)
        return _EXIT_FAILED
    record.remove_record(settings.data)
    typer.echo("Stopped." if was_up else f"Nothing is up for {settings.data}.")
    return 0


def _detach(settings: Settings, port: int | None) -> int:
    """Run the same command in a session of its own, and wait until it is ready."""
    if is_up(settings.data):
        raise AlreadyUpError
    command = [sys.executable, "-m", "flows.cli", "up", "--data", str(settings.data)]
    command += ["--cron", settings.schedule_cron]
    command += ["--port", str(port)] if port else []
    path = settings.data / _LOG
    with path.open("ab") as log:
        begun = log.tell()
        process = subprocess.Popen(  # noqa: S603 - this program
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=child_environment({}),
            start_new_session=True,
        )
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        known = record.read_record(settings.data)
        if known and known.pid == process.pid:
            process.returncode = 0  # it stays, and is nobody's to wait for
            _announce(known, "stop it with `qoima down`")
            return 0
        code = process.poll()
        if code is not None:
            said = path.read_bytes()[begun:].decode(errors="replace").strip()
            typer.echo(said[-_TOLD_OF_LOG:], err=True)
            return code or _EXIT_FAILED
        time.sleep(_POLL_SECONDS)
    process.terminate()
    typer.echo(f"qoima: not ready after {_START_SECONDS} s; see {path}.", err=True)
    return _EXIT_FAILED


def _stay(settings: Settings, *, must_have_port: bool) -> int:
    """Start both children, and stop both when told to or when one of them ends."""
    port = _choose_port(settings.schedule_port, must_have=must_have_port)
    ui_url = f"http://{_LOOPBACK}:{port}"
    api_url = f"{ui_url}/api"
    home = settings.data / record.HOME
    signal.signal(signal.SIGTERM, _interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as under nohup
        signal.signal(signal.SIGHUP, _interrupt)
    try:
        with ExitStack() as stack:
            stack.callback(record.remove_record, settings.data)
            server = stack.enter_context(
                _child(
                    [SERVER, str(port)],
                    server_environment(
                        settings.data,
                        ui_url,
                        keep_days=settings.keep_prefect_days,
                        keep_events_seconds=event_seconds(settings),
                    ),
                    home / "server.log",
                )
            )
            children = {"server": server}
            _wait_until(lambda: record.answers(api_url), children, home)
            schedule = stack.enter_context(
                _child(
                    [SCHEDULE],
                    _schedule_environment(settings, api_url),
                    home / "schedule.log",
                )
            )
            children["schedule"] = schedule
            _wait_until(lambda: _has_said_ready(schedule), children, home)
            known = record.ServerRecord(
                api_url=api_url,
                ui_url=ui_url,
                pid=os.getpid(),
                server_pid=server.pid,
                schedule_pid=schedule.pid,
                cron=settings.schedule_cron,
                zone=settings.schedule_zone,
            )
            record.write_record(settings.data, known)
            _announce(known, "Ctrl-C or `qoima down` stops it")
            _wait_until(lambda: False, children, home, seconds=None)
    except KeyboardInterrupt:
        typer.echo("Stopped.")
        return 0
    except _EndedError as ended:
        typer.echo(f"qoima: {ended}", err=True)
        return _EXIT_FAILED
    return 0


def _schedule_environment(settings: Settings, api_url: str) -> dict[str, str]:
    """The process reads its other settings from the working folder, as we do."""
    return prefect_environment(settings.data) | {
        "PREFECT_API_URL": api_url,
        "PREFECT_RUNNER_POLL_FREQUENCY": _LOOK_SECONDS,
        "QOIMA_DATA": str(settings.data.resolve()),
        "QOIMA_SCHEDULE_CRON": settings.schedule_cron,
        "QOIMA_SCHEDULE_ZONE": settings.schedule_zone,
    }


def _choose_port(wanted: int, *, must_have: bool) -> int:
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((_LOOPBACK, port))
            except OSError as error:
                if must_have:
                    message = f"--port: {wanted} is not free ({error.strerror})."
                    raise UserError(message) from None
                continue
            return int(probe.getsockname()[1])
    message = "no port is free on this machine."
    raise UserError(message)


@contextmanager
def _child(
    arguments: list[str], environment: dict[str, str], log_path: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A process of ours, ended on leaving; it has no part in the terminal's Ctrl-C."""
    with log_path.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - this program
            [sys.executable, "-m", "flows.children", *arguments],
            env=child_environment(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if arguments[0] == SCHEDULE else log,
            stderr=log,
            start_new_session=True,
        )
    with process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(_CHILD_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_until(
    is_done: Callable[[], bool],
    children: dict[str, subprocess.Popen[bytes]],
    home: Path,
    seconds: float | None = _START_SECONDS,
) -> None:
    """Wait, looking after the children meanwhile.

    Raises:
        _EndedError: a child ended, or the time is over.
    """
    until = None if seconds is None else time.monotonic() + seconds
    while not is_done():
        for name, process in children.items():
            if process.poll() is not None:
                message = f"the {name} ended; see {home / name}.log."
                raise _EndedError(message)
        if until is not None and time.monotonic() > until:
            message = f"not ready after {seconds:.0f} s; see the logs in {home}."
            raise _EndedError(message)
        time.sleep(_POLL_SECONDS)


def _has_said_ready(process: subprocess.Popen[bytes]) -> bool:
    if process.stdout is None:
        return False
    readable, _, _ = select.select([process.stdout], [], [], 0)
    return bool(readable) and os.read(process.stdout.fileno(), 64) == READY


def _interrupt(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _announce(known: record.ServerRecord, how_to_stop: str) -> None:
    typer.echo(
        f"Ready: {known.ui_url}\n"
        f"  a pass is made at {known.cron} ({known.zone}); {how_to_stop}"
    )
