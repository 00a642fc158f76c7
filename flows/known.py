"""The trained model and the reference tables, made ready while files are read."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import fields
from importlib import resources
from typing import TYPE_CHECKING

from transforms.enrichment import Known

if TYPE_CHECKING:
    from flows.references import References

_MODEL = "kazakh/model/recognition.npz"


def load_known(references: References) -> Known:
    """Put the trained model and the reference tables together."""
    model = (resources.files("transforms") / _MODEL).read_bytes()
    tables = {
        field.name: getattr(references, field.name) for field in fields(references)
    }
    return Known(model, tables)


def start_loading(references: References) -> Future[Known]:
    """Load it all in a thread of its own; the files are read meanwhile."""
    pool = ThreadPoolExecutor(1)
    try:
        return pool.submit(load_known, references)
    finally:
        pool.shutdown(wait=False)
