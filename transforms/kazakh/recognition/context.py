"""Say what stands around each token: its neighbours, quotation marks, its place.

Runs on numbers: tokens are numbered by type before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from transforms.kazakh.recognition.features import first_kinds

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

#: Neighbours in the order of the weights: at -2, -1, +1, +2 tokens; the word before
#: the opening and the word after the closing mark of the quotation that a token is in.
NEIGHBOURS = ("second_left", "left", "right", "second_right", "before", "after")
_STEPS = (-2, -1, 1, 2)
#: How many of them stand at fixed distances.
FIXED = len(_STEPS)
_OPENING = "«“„‹"
_CLOSING = "»”›"
_STRAIGHT = '"'
_OPEN, _CLOSE, _EITHER = 1, 2, 3
#: Classes of position: eight kinds of first letter, quoted or not, first or not.
PLACES = 32


@dataclass(frozen=True)
class Context:
    """What stands around each token.

    Attributes:
        neighbours: the types of the six neighbours, a row each.
        place: class of position: kind of first letter, in quotation, first word.
    """

    neighbours: NDArray[np.int32]
    place: NDArray[np.int16]


class Signs(NamedTuple):
    """What types show at a glance.

    Attributes:
        quotes: whether each opens or closes a quotation, or is no such mark.
        firsts: kind of first character (see ``features.first_kinds``).
    """

    quotes: NDArray[np.int8]
    firsts: NDArray[np.uint8]


def signs_of(words: pl.Series) -> Signs:
    """Tell what each type shows; none empty or null."""
    marks = dict.fromkeys(_OPENING, _OPEN) | dict.fromkeys(_CLOSING, _CLOSE)
    marks[_STRAIGHT] = _EITHER
    quotes = words.replace_strict(list(marks), list(marks.values()), default=0)
    return Signs(quotes.to_numpy().astype(np.int8), first_kinds(words))


def look_around(
    types: NDArray[np.int32], starts: NDArray[np.int64], signs: Signs, none: int
) -> Context:
    """Find the neighbours and the place of each token.

    Args:
        types: the number of each token's type.
        starts: where each sentence begins among the tokens; the first is 0.
        signs: of the types, by number.
        none: the number that stands for no word.

    Returns:
        The context of each token; nothing is looked up outside its sentence.
    """
    count = types.size
    bounds = np.append(starts, count)
    first = np.repeat(bounds[:-1], np.diff(bounds))
    last = np.repeat(bounds[1:], np.diff(bounds))
    here = np.arange(count)
    padded = np.append(types, np.int32(none))

    def at(index: NDArray[np.int64], holds: NDArray[np.bool_]) -> NDArray[np.int32]:
        inside = holds & (index >= first) & (index < last)
        return padded[np.where(inside, index, count)]

    always = np.ones(count, dtype=bool)
    is_open, is_close = _quotation_marks(signs.quotes[types], first)
    opened = np.maximum.accumulate(np.where(is_open, here, -1))
    closed = np.where(is_close, here, count)
    closed = np.minimum.accumulate(closed[::-1])[::-1]
    # The nearest mark on the left opens and lies in the sentence.
    shut = np.maximum.accumulate(np.where(is_close, here, -1))
    is_quoted = (opened >= first) & (opened > shut) & (opened != here)
    columns = [at(here + step, always) for step in _STEPS]
    columns += [at(opened - 1, is_quoted), at(closed + 1, is_quoted)]
    place = (
        signs.firsts[types].astype(np.int16) * 4
        + is_quoted.astype(np.int16) * 2
        + (here == first)
    )
    return Context(np.stack(columns), place.astype(np.int16))


def _quotation_marks(
    kinds: NDArray[np.int8], first: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell openings from closings; straight marks take turns within a sentence."""
    straight = kinds == _EITHER
    seen = np.cumsum(straight)
    before = (seen - straight)[first] if kinds.size else seen
    turn = (seen - before) % 2 == 1
    return (
        (kinds == _OPEN) | (straight & turn),
        (kinds == _CLOSE) | (straight & ~turn),
    )
