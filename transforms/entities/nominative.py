"""The nominative of names: «Қасым-Жомарт Тоқаевтың», «Қасым-Жомарт Тоқаев»."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

import numpy as np
import polars as pl

from transforms.kazakh.lemmas import nominatives

#: Ends of Kazakh names that look like a case: «Сатыбалды», «Аманкелді».
_WHOLE_NAME = re.compile(
    "(?:балды|келді|берді|тұрды|болды|туды|қалды|жанды|қожа|тайлы)$"
)
#: Suffixes that names do not take.
_PERSONAL = frozenset({"poss1sg", "poss2sg", "poss1pl", "poss2pl", "as"})
#: Words whose answers are kept; names come again in every batch.
_KEPT_WORDS = 100_000


def name_candidates(forms: pl.Series) -> pl.DataFrame:
    """Give the nominatives that names may have, for people and other single names.

    Only the last word is inflected. Possessives other than the third person are no
    readings of a name.

    Args:
        forms: names of one or more words in Cyrillic or Latin letters; distinct.

    Returns:
        Columns ``form``, ``nominative``, ``rank`` (UInt32, 0 is the likeliest) and
        ``is_plural`` («Омаровтар»), one row a candidate; every form has one at least.
    """
    names = pl.DataFrame({"form": forms}).with_columns(
        head=pl.col("form").str.extract(r"^(.*\s)?\S+$").fill_null(""),
        last=pl.col("form").str.extract(r"(\S+)$"),
    )
    read = [_candidates(word) for word in names["last"].to_list()]
    count = np.array([len(found) for found in read], dtype=np.int64)
    row = np.repeat(np.arange(len(count)), count)
    flat = list(chain.from_iterable(read))
    rank = np.arange(len(row)) - (np.cumsum(count) - count)[row]
    stems = pl.Series([stem for stem, _ in flat], dtype=pl.String)
    return names[row].select(
        "form",
        nominative=pl.col("head") + stems,
        rank=pl.Series(rank, dtype=pl.UInt32),
        is_plural=pl.Series([is_plural for _, is_plural in flat], dtype=pl.Boolean),
    )


@lru_cache(_KEPT_WORDS)
def _candidates(word: str | None) -> tuple[tuple[str | None, bool], ...]:
    """The nominatives of a name's last word, and whether they make it a plural."""
    if word is None:
        return ((None, False),)
    # «Момышұлының» is «Момышұлы», never «Момышұл».
    is_patronymic = "ұлы" in word or "қызы" in word
    found: dict[str, bool] = {}
    for nominative, suffixes in nominatives(word):
        if _PERSONAL.isdisjoint(suffixes):
            stem = nominative
            if is_patronymic and stem.endswith(("ұл", "қыз")):
                stem += "ы"
            found.setdefault(stem, "pl" in suffixes)
    if word in found and _WHOLE_NAME.search(word):
        found = {word: found[word]} | found
    return tuple(found.items())
