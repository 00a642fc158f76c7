"""The trained model and the reference tables, made ready while files are read."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import fields
from importlib import resources
from typing import TYPE_CHECKING

from transforms.enrichment import Known
from transforms.keys import digests

if TYPE_CHECKING:
    from flows.references import References

#: Tables that say nothing of words: of single articles, and of rules.
OF_NO_WORDS = ("corrections", "fixes", "waivers")
_MODEL = "kazakh/model/recognition.npz"


#: What was loaded last, by what it was made of: a schedule's passes share it.
_last: dict[str, Known] = {}


def load_known(references: References) -> Known:
    """Put the trained model and the reference tables together.

    A process that makes several passes does so once, as long as no table changes.
    """
    tables = {
        field.name: getattr(references, field.name)
        for field in fields(references)
        if field.name not in OF_NO_WORDS
    }
    contents = "".join(tables[name].write_csv() for name in sorted(tables))
    key = digests([contents])[0]
    known = _last.get(key)
    if known is None:
        model = (resources.files("transforms") / _MODEL).read_bytes()
        known = Known(model, tables)
        known.dimensions["dim_incident"] = references.incident_rows()
        _last.clear()
        _last[key] = known
    return known


def start_loading(references: References) -> Future[Known]:
    """Load it all in a thread of its own; the files are read meanwhile."""
    pool = ThreadPoolExecutor(1)
    try:
        return pool.submit(load_known, references)
    finally:
        pool.shutdown(wait=False)
