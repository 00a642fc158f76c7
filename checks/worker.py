"""The process that runs Great Expectations: requests in, results out, as JSON lines.

It is started by `checks.process.CheckProcess` and lives no longer than the process
that started it: the end of its input ends it, whatever it is doing.

A request is ``{"id": 1, "batch": "/path/batch.parquet"}``, its answer
``{"id": 1, "results": […]}`` or ``{"id": 1, "error": "…"}``. One ``{"ready": true}``
comes first.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from checks.great import BatchChecker


def main() -> None:
    """Answer requests until the input ends."""
    answers = _claim_stdout()
    requests: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    # Read when Great Expectations is imported.
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    os.environ["TQDM_DISABLE"] = "1"
    from checks.batch_rules import BATCH_RULES  # noqa: PLC0415 - listen first
    from checks.great import BatchChecker  # noqa: PLC0415 - costs 4 to 10 s
    from checks.record_rules import RECORD_RULES  # noqa: PLC0415 - listen first

    checker = BatchChecker((*RECORD_RULES, *BATCH_RULES))
    _send(answers, {"ready": True})
    while True:
        _send(answers, _answer(checker, json.loads(requests.get())))


def _claim_stdout() -> TextIO:
    """Keep standard output for answers; what libraries print goes to stderr."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def _listen(requests: queue.SimpleQueue[str]) -> None:
    """Queue requests; end the process with its input, even amid an import."""
    for line in sys.stdin:
        requests.put(line)
    os._exit(0)


def _answer(checker: BatchChecker, request: dict[str, Any]) -> dict[str, Any]:
    try:
        results = checker.check(Path(request["batch"]))
    except Exception as error:  # noqa: BLE001 - whatever fails is the answer
        first_line = str(error).strip().split("\n", 1)[0]
        return {"id": request["id"], "error": f"{type(error).__name__}: {first_line}"}
    return {"id": request["id"], "results": [result.as_dict() for result in results]}


def _send(answers: TextIO, message: dict[str, Any]) -> None:
    answers.write(json.dumps(message) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
