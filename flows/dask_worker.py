"""What a worker of the cluster does: the pure work of one part, and nothing else.

A worker needs Qoima installed and a way to the scheduler; no data folder, no
warehouse, no settings. Importing this module imports no Dask.
"""

from __future__ import annotations

import hashlib
import pickle
import platform
import threading
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import transforms
from flows.known import load_known
from flows.parts import Made, Understood, make_part, understand_part
from transforms.readers import FieldNames

if TYPE_CHECKING:
    import polars as pl

    from flows.references import References
    from transforms.enrichment import Known

#: The libraries that what is read depends on.
_LIBRARIES = (
    "qoima",
    "babel",
    "chardet",
    "duckdb",
    "feedparser",
    "ftfy",
    "htmldate",
    "lxml",
    "numpy",
    "polars",
    "py3langid",
    "pypdf",
    "python-docx",
    "trafilatura",
    "xxhash",
)
#: Runs with other reference tables that a worker serves at once.
_MOST_KNOWN = 2


class WorkerMismatchError(RuntimeError):
    """A worker would read articles in another way than this machine."""


@dataclass(frozen=True)
class Shared:
    """What all parts of a run need; it goes to every worker once.

    Attributes:
        digest: of the tables: a worker that has served them need not make them ready.
        references: the reference tables.
    """

    digest: str
    references: References


_known: dict[str, Known] = {}
_known_lock = threading.Lock()


def perform(payload: bytes, shared: Shared) -> bytes:
    """Do one part.

    Args:
        payload: pickled: `environment` of who asks, the function, its arguments but
            the last, which is ``shared``. Frames travel in it as Arrow IPC.
        shared: what all parts need.

    Raises:
        WorkerMismatchError: this worker is not like who asks.
    """
    expected, function, arguments = pickle.loads(payload)  # noqa: S301 - from our own run, as the whole task is
    if unlike := differences(expected, environment()):
        message = f"{platform.node()}: {unlike}"
        raise WorkerMismatchError(message)
    return pickle.dumps(function(*arguments, shared), protocol=5)


def make(inputs: pl.DataFrame, shared: Shared) -> Made:
    """Read inputs and make their records into articles."""
    names = FieldNames.from_rows(shared.references.field_names.rows())
    return make_part(inputs, names, shared.references.outlets)


def understand(
    articles: pl.DataFrame, fixes: pl.DataFrame, shared: Shared
) -> Understood:
    """Read everything out of articles."""
    return understand_part(articles, fixes, known_of(shared))


def known_of(shared: Shared) -> Known:
    """The model and the tables made ready, once a process."""
    with _known_lock:
        known = _known.pop(shared.digest, None) or load_known(shared.references)
        _known[shared.digest] = known
        while len(_known) > _MOST_KNOWN:
            del _known[next(iter(_known))]
    return known


@cache
def environment() -> dict[str, str]:
    """Whatever has to be the same for the same tables: versions, and the code."""
    versions = {name: _version(name) for name in _LIBRARIES}
    # Python's Unicode tables change with its minor version.
    python = ".".join(platform.python_version_tuple()[:2])
    return {"python": python} | versions | {"code": _code_digest()}


def differences(ours: dict[str, str], theirs: dict[str, str]) -> str:
    """In words what of an environment is unlike ours; empty where all is alike."""
    return "; ".join(
        "it runs other code of Qoima"
        if name == "code"
        else f"{name} {theirs.get(name) or 'is missing'}, here {version}"
        for name, version in ours.items()
        if theirs.get(name) != version
    )


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _code_digest() -> str:
    """Of the transforms, their data and the model: a version says less than a hash."""
    folder = Path(transforms.__file__).parent
    flows = Path(__file__).parent
    paths = [path for path in folder.rglob("*") if path.is_file()]
    paths += [flows / "parts.py", flows / "copies.py"]
    digest = hashlib.sha256()
    for path in sorted(paths):
        if path.suffix not in {".pyc", ".pyo"}:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
