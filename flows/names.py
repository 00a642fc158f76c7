"""The trained model and the known names, made ready beside the reading of files."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import fields
from importlib import resources
from typing import TYPE_CHECKING

from transforms.entities.names import Names
from transforms.evidence import country_rows, mention_rows, role_rows

if TYPE_CHECKING:
    import polars as pl

    from flows.references import References
    from transforms.entities import NamesRead

#: The reference tables that say something of names.
_TABLES = ("countries", "blocs", "places", "entities", "aliases", "offices")
_MODEL = "kazakh/model/recognition.npz"


def load_names(references: References) -> Names:
    """Put the trained model and the reference tables together."""
    model = (resources.files("transforms") / _MODEL).read_bytes()
    tables = {
        field.name: getattr(references, field.name)
        for field in fields(references)
        if field.name in _TABLES
    }
    return Names(model, tables)


def name_rows(names: NamesRead) -> dict[str, pl.DataFrame]:
    """Table to the rows that the names of a batch make."""
    return {
        "fact_mention": mention_rows(names.mentions),
        "fact_role_mention": role_rows(names.roles),
        "bridge_article_country": country_rows(names.countries),
    }


def start_loading_names(references: References) -> Future[Names]:
    """Load the names in a thread of their own; the files are read meanwhile."""
    pool = ThreadPoolExecutor(1)
    try:
        return pool.submit(load_names, references)
    finally:
        pool.shutdown(wait=False)
