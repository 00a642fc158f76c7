"""What each distinct word of a text is to a list of names, read once and kept.

The store behind `transforms.kazakh.gazetteer`: a number for each word, and by that
number whether it is a word inside names and of which last words it is a form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from transforms.kazakh.name_forms import (
    LONGEST_WORD,
    TAIL,
    Base,
    folded,
    prefixes,
    read,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

#: Signs that may stand around and inside a name.
QUOTES = '["«»“”„‟‹›]'
#: Distinct words whose readings are kept; one more batch may go beyond it.
_MOST_WORDS = 500_000
_HYPHEN = "[-‐‑]"
_COMPOUND = rf"^\p{{Lu}}\p{{L}}+(?:{_HYPHEN}\p{{Lu}}\p{{L}}+)+$"
_SCHEMA: dict[str, Any] = {
    "word": pl.Int64,
    "base": pl.Int64,
    "suffixes": pl.Int64,
    "derived": pl.Boolean,
}


class WordReadings:
    """The words met so far. All attributes are columns.

    Attributes:
        is_quote: by number of the word: a quotation mark.
        is_lower: its first letter is a small one.
        is_compound: words with capital letters joined by hyphens: «Алматы-Астана».
        plain: which word inside names it is whatever its letter case, 0 for none.
        exact: the same with its letters as they stand.
        first: its first row among the readings.
        count: how many readings it has.
        base: by reading: number of the last word of names that it is a form of.
        suffixes: number of the suffixes, which `suffix_names` lists.
        derived: whether -лық made it.
    """

    is_quote: Flags
    is_lower: Flags
    is_compound: Flags
    plain: Numbers
    exact: Numbers
    first: Numbers
    count: Numbers
    base: Numbers
    suffixes: Numbers
    derived: Flags
    _known: Flags

    def __init__(self, symbols: Mapping[str, int], bases: Sequence[Base]) -> None:
        """Take the words of names in.

        Args:
            symbols: words inside names, as `symbols_of` writes them, with a number
                above 0 for each.
            bases: last words of names.
        """
        self._symbols = symbols
        self._bases = bases
        rows = [
            (prefix, number)
            for number, base in enumerate(bases)
            for prefix in prefixes(base)
        ]
        self._prefixes = pl.DataFrame(
            rows, schema={"prefix": pl.String, "base": pl.UInt32}, orient="row"
        )
        self._lengths = sorted(set(self._prefixes["prefix"].str.len_chars()))
        self._forget()

    def codes(self, forms: pl.Series) -> Numbers:
        """Give each word its number, and read those not met before."""
        coded = forms.cast(self._coded.dtype)
        codes = coded.to_physical().to_numpy().astype(np.int64)
        highest = int(codes.max(initial=-1)) + 1
        is_new = np.ones(highest, dtype=bool)
        is_new[: len(self._known)] = ~self._known[:highest]
        where = np.flatnonzero(is_new[codes])
        if len(where):
            new, place = np.unique(codes[where], return_index=True)
            self._learn(new, forms.gather(where[place]))
        return codes

    def make_room(self) -> None:
        """Begin anew if there are too many words; their numbers are void then."""
        if len(self._known) > _MOST_WORDS:
            self._forget()

    def suffix_names(self) -> pl.Series:
        """List the suffixes by number."""
        return pl.Series(list(map(list, self._suffixes)), dtype=pl.List(pl.String))

    def _learn(self, new: Numbers, forms: pl.Series) -> None:
        letter = pl.col("form").str.head(1)
        notes = forms.to_frame("form").select(
            is_quote=pl.col("form").str.contains(f"^{QUOTES}$"),
            is_lower=letter.str.to_uppercase() != letter,
            is_compound=pl.col("form").str.contains(_COMPOUND),
            plain=self._number(symbols_of(pl.col("form"), is_exact=False)),
            exact=self._number(symbols_of(pl.col("form"), is_exact=True)),
        )
        readings = self._read(forms)
        count = np.bincount(readings["word"].to_numpy(), minlength=len(forms))
        first = len(self.base) + np.cumsum(count) - count
        self._known = _noted(self._known, new, np.ones(len(new), dtype=bool))
        self.is_quote = _noted(self.is_quote, new, notes["is_quote"].to_numpy())
        self.is_lower = _noted(self.is_lower, new, notes["is_lower"].to_numpy())
        compound = notes["is_compound"].to_numpy()
        self.is_compound = _noted(self.is_compound, new, compound)
        self.plain = _noted(self.plain, new, notes["plain"].to_numpy())
        self.exact = _noted(self.exact, new, notes["exact"].to_numpy())
        self.count = _noted(self.count, new, count)
        self.first = _noted(self.first, new, first)
        self.base = np.concatenate([self.base, readings["base"].to_numpy()])
        self.suffixes = np.concatenate([self.suffixes, readings["suffixes"].to_numpy()])
        self.derived = np.concatenate([self.derived, readings["derived"].to_numpy()])

    def _number(self, symbols: pl.Expr) -> pl.Expr:
        return symbols.replace_strict(
            list(self._symbols),
            list(self._symbols.values()),
            default=0,
            return_dtype=pl.Int64,
        )

    def _read(self, forms: pl.Series) -> pl.DataFrame:
        texts = forms.to_list()
        rows = []
        for word, base in self._pairs(forms).iter_rows():
            found = read(texts[word], self._bases[base])
            if found is not None:
                number = self._suffixes.setdefault(found.suffixes, len(self._suffixes))
                rows.append((word, base, number, found.is_derived))
        return pl.DataFrame(rows, schema=_SCHEMA, orient="row")

    def _pairs(self, forms: pl.Series) -> pl.DataFrame:
        """Words with the bases that they begin with, in order of the words."""
        words = (
            forms.to_frame("form")
            .with_row_index("word")
            .filter(pl.col("form").str.len_chars() <= LONGEST_WORD)
            .select("word", folded=folded(pl.col("form")))
        )
        length = pl.lit(pl.Series(self._lengths, dtype=pl.UInt32)).implode()
        return (
            words.with_columns(length=length)
            .explode("length")
            .filter(pl.col("length") <= pl.col("folded").str.len_chars())
            .select(
                "word",
                prefix=pl.col("folded").str.head(pl.col("length")),
                tail=pl.col("folded").str.slice(pl.col("length")),
            )
            .join(self._prefixes, on="prefix")
            .filter(pl.col("tail").str.contains(TAIL))
            .select("word", "base")
            .unique()
            .sort("word", "base")
        )

    def _forget(self) -> None:
        none = np.zeros(0, dtype=np.int64)
        no = np.zeros(0, dtype=bool)
        # The numbers of words last as long as some column has them.
        self._coded = pl.Series([], dtype=pl.Categorical(pl.Categories.random()))
        self._suffixes: dict[tuple[str, ...], int] = {}
        self._known = self.is_quote = self.is_lower = self.derived = no
        self.is_compound = no
        self.plain = self.exact = self.first = self.count = none
        self.base = self.suffixes = none


def parts_of(compounds: pl.Series) -> pl.DataFrame:
    """Take words apart at their hyphens.

    Returns:
        ``compound``, ``part`` and ``start`` (where in the word it begins), in order.
    """
    length = pl.col("part").str.len_chars().cast(pl.Int64) + 1
    return (
        pl.DataFrame({"compound": compounds})
        .with_columns(
            part=pl.col("compound").str.replace_all(_HYPHEN, "-").str.split("-")
        )
        .explode("part")
        .with_columns(start=(length.cum_sum() - length).over("compound"))
    )


def symbols_of(words: pl.Expr, *, is_exact: bool) -> pl.Expr:
    """Write words so that equal words inside names are equal."""
    return pl.lit("=") + words if is_exact else pl.lit("~") + folded(words)


def _noted(column: NDArray[Any], rows: Numbers, values: NDArray[Any]) -> NDArray[Any]:
    size = max(len(column), int(rows.max()) + 1)
    noted = np.zeros(size, dtype=column.dtype)
    noted[: len(column)] = column
    noted[rows] = values
    return noted
