"""`make fuzz`: mutated samples go through whole passes; nothing crashes or is lost."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from flows.landing import Root
from flows.run import RunRequest, run_pass
from flows.settings import Settings
from tests.benchmarks.generate import SAMPLES

_TOKENS = (
    b"\x00",
    b"\xff\xfe",
    b"\r\n\r\n",
    b"<script>",
    b"</div>" * 50,
    b"{" * 300,
    b'"\\ud800"',
    b"99999-99-99",
    b"\xd0",
    "қ".encode() * 500,
    b"date 0000-00-00 ",
    b"\xe2\x80\xae",
    b"- " * 400,
)

_ODD_TEXT = (
    "\n",
    "\n\n",
    " — ",
    "«",
    "»",
    "\u200b",
    "\u00ad",
    "\u202e",
    "2025 жылғы 31 ақпан",
    " date 2025-13-45 ",
    "99999 жыл",
    "- ",
    "Сурет: ",
    "деп хабарлайды ",
    "АСТАНА. KAZINFORM – ",
    "0123456789" * 30,
    "А" * 3000,
    "\U0001f600",
    "e\u0301" * 20,
)


def mutate(content: bytes, luck: random.Random) -> bytes:
    """Damage some bytes in one of the ways in which files come damaged."""
    data = bytearray(content)
    for _ in range(luck.randint(1, 8)):
        place = luck.randrange(len(data) + 1)
        kind = luck.randrange(6)
        if kind == 0 and data:
            data[place % len(data)] = luck.randrange(256)
        elif kind == 1:
            data[place:place] = luck.choice(_TOKENS)
        elif kind == 2:
            del data[place : place + luck.randrange(1, 200)]
        elif kind == 3:
            del data[place:]
        elif kind == 4:
            data[place:place] = data[: luck.randrange(1, 400)]
        else:
            data[place : place + 40] = data[place : place + 40][::-1]
    return bytes(data)


def mutate_text(content: bytes, luck: random.Random) -> bytes:
    """Damage the letters instead: the bytes stay valid, so the parser gets them."""
    try:
        letters = list(content.decode())
    except UnicodeDecodeError:
        return mutate(content, luck)
    for _ in range(luck.randint(1, 30)):
        place = luck.randrange(len(letters) + 1)
        kind = luck.randrange(4)
        if kind == 0:
            letters.insert(place, luck.choice(_ODD_TEXT))
        elif kind == 1:
            del letters[place : place + luck.randrange(1, 60)]
        elif kind == 2:
            letters[place:place] = letters[place - 50 : place]
        else:
            letters[place : place + 1] = chr(
                luck.choice((luck.randrange(32, 0x3000), 10))
            )
    return "".join(letters).encode()


def write_mutants(folder: Path, count: int, seed: int) -> None:
    """Write so many mutated samples; now and then under another's ending."""
    luck = random.Random(seed)  # noqa: S311 - repeatable, not secret
    samples = sorted(path for path in SAMPLES.rglob("*") if path.is_file())
    endings = sorted({path.suffix for path in samples})
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        sample = luck.choice(samples)
        ending = luck.choice(endings) if luck.random() < 0.1 else sample.suffix
        damage = mutate_text if luck.random() < 0.7 else mutate
        mutant = damage(sample.read_bytes(), luck)
        (folder / f"{number:06d}{ending}").write_bytes(mutant)


def fuzz(data: Path, count: int, seed: int, checker=None) -> dict[str, int]:
    """Load mutants; the account must close over files and records.

    Returns:
        Counts of the summary.
    """
    write_mutants(data / "landing", count, seed)
    settings = Settings(data=data, settle_seconds=0, load_max_files=500)
    request = RunRequest(
        data=data, roots=(Root(data / "landing"),), settings=settings, checker=checker
    )
    summary = run_pass(request)
    assert summary.status in {"succeeded", "blocked"}, summary
    assert summary.is_balanced, summary
    assert summary.files_seen >= count
    again = run_pass(request)
    assert again.is_balanced, again
    return {
        name: value
        for name, value in summary.as_dict().items()
        if name.startswith(("files_", "records_", "articles_"))
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        counts = fuzz(Path(folder) / "data", options.files, options.seed)
    sys.stdout.write(f"{counts}\n")


if __name__ == "__main__":
    main()
