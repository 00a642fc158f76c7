"""The second part of `make crash`: runs on disks that are too small, then with room.

Needs root, to mount a small file system. `python -m tests.crash.disk --sizes 20`.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.crash.passes import Way

_ROOM = "2g"
#: Beside the figure: what the last part of a run needs is a small part of it all.
_LEAST = 0.02


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, default=20)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--work", type=Path)
    options = parser.parse_args()
    os.environ |= {"GX_ANALYTICS_ENABLED": "false", "OPENBLAS_NUM_THREADS": "1"}
    from tests.crash.fork import in_fork
    from tests.crash.jobs import fill, finish
    from tests.crash.passes import Way, make_pass
    from tests.crash.pile import write_pile

    work = Path(tempfile.mkdtemp(prefix="disk-", dir=options.work)).resolve()
    answer, way = work / "answer", Way()
    write_pile(work / "pile", options.articles)
    fill(work / "reference", work / "pile", way)
    ended = in_fork(make_pass, work / "reference", way, answer=answer)
    if ended.error:
        sys.exit(ended.error)
    needed = _used(work / "reference")
    print(f"an undisturbed run uses {needed / 1e6:.1f} MB", flush=True)
    wrong = 0
    for number in range(options.sizes):
        share = _LEAST + (1.05 - _LEAST) * number / max(1, options.sizes - 1)
        data = work / f"disk-{number}"
        with mounted(data, _ROOM):
            fill(data, work / "pile", way)
            _resize(data, str(int(_used(data) + share * needed)))
            ended = in_fork(said, data, way, answer=answer)
            _resize(data, _ROOM)
            seen = in_fork(
                finish, data, way, work / "reference", work / "pile", answer=answer
            )
        code, words = ended.value or ("?", ended.error)
        troubles = seen.value if seen.value is not None else [seen.error]
        wrong += bool(troubles) or "Traceback" in words
        print(f"room {share:4.0%}: exit {code}: {words}", flush=True)
        print("".join(f"  WRONG AFTER: {line}\n" for line in troubles), end="")
    print(f"{options.sizes} sizes, {wrong} left something wrong")
    sys.exit(bool(wrong))


@contextlib.contextmanager
def mounted(folder: Path, size: str):
    """A file system of a size, as root."""
    folder.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True
    )
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)
        folder.rmdir()


def said(data: Path, way: Way) -> tuple[int, str]:
    """Exit code and words of a run that may fail."""
    from flows.commands.run import perform
    from tests.crash.passes import request_for

    out, error = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
        code = perform(request_for(data, way), as_json=False)
    lines = [
        line.strip()
        for line in out.getvalue().splitlines()
        if line.startswith("run") or "site was not" in line
    ]
    return code, " | ".join([*lines, error.getvalue().strip()])


def _resize(folder: Path, size: str) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", folder], check=True)


def _used(folder: Path) -> int:
    """Bytes of the blocks of all files."""
    return sum(
        (path.lstat().st_size + 4095) // 4096 * 4096 for path in folder.rglob("*")
    )


if __name__ == "__main__":
    main()
