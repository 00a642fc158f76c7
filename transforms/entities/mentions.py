"""Where names stand: what the trained model finds, and the known names.

The model reads every sentence by itself; the reference tables know countries, places,
organisations and people. Where both speak about the same words, the tables decide who
it is and the model whether it is a name at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from transforms.entities.known_spans import (
    bodies_of_others,
    country_spans,
    name_spans,
    place_spans,
)
from transforms.entities.model_spans import model_spans
from transforms.entities.settling import settle

if TYPE_CHECKING:
    from transforms.entities.names import Names


def find_mentions(
    words: pl.DataFrame, articles: pl.DataFrame, names: Names
) -> pl.DataFrame:
    """Find the names in the words of a batch.

    Args:
        words: as `transforms.entities.words.read_words` gives them, with their number
            ``at``.
        articles: ``row_id``, ``title``, ``text``, ``script``.
        names: what is known.

    Returns:
        `SPAN_SCHEMA`, in order of place: ``first`` and ``last`` are rows of ``words``,
        ``known_id`` and ``known_name`` the entity of the reference tables, where one is
        meant, ``country_code`` the country that is named.
    """
    by_model = model_spans(words, names)
    known = pl.concat(
        [
            country_spans(words, articles, names),
            place_spans(words, names),
            name_spans(words, names),
        ]
    )
    known = bodies_of_others(known, names.entities)
    return settle(by_model, known, words)
