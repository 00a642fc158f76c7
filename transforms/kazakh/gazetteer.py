"""Known names in Kazakh text, thousands of them at once, in every form.

The names are cut into words and kept as a tree of their words. Each distinct word of a
text is read once: which words of names it is as it stands, and of which last words it
is a form. Matching is then arithmetic on whole columns of numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from transforms.kazakh.name_forms import Base
from transforms.kazakh.number_columns import (
    joined,
    look_up,
    sorted_columns,
    written_out,
)
from transforms.kazakh.tokens import tokenise
from transforms.kazakh.word_readings import (
    QUOTES,
    WordReadings,
    parts_of,
    symbols_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

#: How the letters of a name may have to stand.
NEEDS = ("any", "capital", "exact")
#: A state of the tree and a word in one number.
_SHIFT = 32


class _Matches(NamedTuple):
    """Matches as columns; places are among the words without quotation marks."""

    begin: Numbers
    last: Numbers
    phrase: Numbers
    reading: Numbers

    def pick(self, rows: Numbers | Flags) -> _Matches:
        return _Matches(*(column[rows] for column in self))


class _Places(NamedTuple):
    """Where each word or part of a word stands: its row, number and characters."""

    row: Numbers
    code: Numbers
    start: Numbers
    end: Numbers


class Gazetteer:
    """Names ready to be looked for.

    What words were read as is kept from call to call, within bounds, and changes
    nothing but the time.
    """

    def __init__(self, phrases: pl.DataFrame) -> None:
        """Take the names in.

        Args:
            phrases: one row a spelling of a name: ``phrase`` (String, nominative, one
                word or several), ``phrase_no`` (UInt32, any number), ``needs``
                (``capital``: the first letter is a capital in the text; ``exact``: an
                abbreviation, with its letters as given; ``any``) and, if wanted,
                ``derives`` (Boolean; whether -лық makes a word of it that is looked
                for: «алматылық»; none does where the column is absent or null).

        Raises:
            ValueError: a phrase without words, or an unknown code in ``needs``.
        """
        symbols: dict[str, int] = {}
        bases: dict[Base, int] = {}
        edges: dict[int, int] = {}
        ends = []
        for row, (inner, last, is_exact) in enumerate(_cut(phrases)):
            state = 0
            for word in inner:
                symbol = symbols.setdefault(word, len(symbols) + 1)
                state = edges.setdefault((state << _SHIFT) + symbol, len(edges) + 1)
            is_possessed = bool(inner) and last[-1] in "ыі" and not is_exact
            base = Base(last, is_exact, is_possessed)
            number = bases.setdefault(base, len(bases))
            ends.append(((state << _SHIFT) + number, row))
        self._end_keys, self._end_rows = sorted_columns(ends)
        self._edge_keys, self._edge_states = sorted_columns(edges.items())
        self._phrase_no = phrases["phrase_no"].cast(pl.UInt32)
        self._needs_capital = (phrases["needs"] == "capital").to_numpy()
        self._derives = _derives(phrases)
        self._base_length = np.array([len(base.letters) for base in bases])
        self._readings = WordReadings(symbols, list(bases))

    def find(self, words: pl.DataFrame) -> pl.DataFrame:
        """Find the names in a batch of articles.

        Of names that overlap the longest is kept, the first among equally long ones.

        Args:
            words: ``row_id``, ``in_title``, ``sentence_no``, ``token``, ``form``,
                ``start_char`` and ``end_char``, in order of place. No name goes from
                one sentence to another.

        Returns:
            One row a match, in order of place; names with the same words have a row
            each: ``first`` and ``last`` (UInt32, rows of ``words``), ``phrase_no``
            (UInt32), ``suffixes`` (List of String; of the last word, from the name
            outwards), ``derived`` (whether the word is made with -лық), ``start_char``
            and ``end_char`` (Int32; a derived match ends where the name in it does).
            A quotation mark whose pair stands inside the name belongs to the match.
            «Алматы-Астана» is two matches in one row of ``words``, if both are names
            and the two together are none.
        """
        self._readings.make_room()
        places = self._places(words)
        rows = np.flatnonzero(~self._readings.is_quote[places.code])
        codes = places.code[rows]
        found = self._walk(codes, _segments(words)[places.row[rows]])
        found = found.pick(self._stands_right(found, codes))
        found = found.pick(_best(found))
        order = np.lexsort((self._readings.base[found.reading], found.begin))
        return self._written(words, places, rows, found.pick(order))

    def _places(self, words: pl.DataFrame) -> _Places:
        """Lay the words out, «Алматы-Астана» as two where both are names."""
        readings = self._readings
        code = readings.codes(words["form"])
        start = words["start_char"].to_numpy().astype(np.int64)
        end = words["end_char"].to_numpy().astype(np.int64)
        row = np.arange(len(code))
        unread = (readings.count[code] + readings.plain[code]) == 0
        some = np.flatnonzero(readings.is_compound[code] & unread)
        forms = words["form"].gather(some)
        parts = parts_of(forms.unique(maintain_order=True))
        part_code = readings.codes(parts["part"])
        is_name = self._is_name(part_code)
        parts = parts.with_columns(code=part_code, is_name=is_name).filter(
            pl.col("is_name").all().over("compound")
        )
        laid = (
            pl.DataFrame({"row": some, "compound": forms})
            .filter(words["token"].gather(some) == forms)
            .join(parts, on="compound", maintain_order="left_right")
        )
        if laid.is_empty():
            return _Places(row, code, start, end)
        count = np.ones(len(row), dtype=np.int64)
        taken = laid["row"].to_numpy()
        np.add.at(count, taken, 1)
        count[taken] -= 1
        row = np.repeat(row, count)
        at = np.flatnonzero(count[row] > 1)
        code, start, end = code[row], start[row], end[row]
        code[at] = laid["code"].to_numpy()
        start[at] += laid["start"].to_numpy()
        end[at] = start[at] + laid["part"].str.len_chars().to_numpy()
        return _Places(row, code, start, end)

    def _is_name(self, codes: Numbers) -> Flags:
        """Which words are forms of names of one word."""
        which, reading = written_out(
            self._readings.first[codes], self._readings.count[codes]
        )
        _, hit = look_up(self._end_keys, self._readings.base[reading])
        is_name: Flags = np.bincount(which[hit], minlength=len(codes)) > 0
        return is_name

    def _walk(self, codes: Numbers, segments: Numbers) -> _Matches:
        """Follow the tree of names from each word on, all words in step."""
        readings = self._readings
        # Most words of a text are in no name.
        is_known = (readings.count + readings.plain + readings.exact) > 0
        begin = at = np.flatnonzero(is_known[codes])
        state = np.zeros(len(begin), dtype=np.int64)
        found = []
        while True:
            found.append(self._ends(begin, at, state, codes))
            steps = []
            for symbols in (self._readings.plain, self._readings.exact):
                symbol = symbols[codes[at]]
                here = np.flatnonzero(symbol)
                edge, hit = look_up(
                    self._edge_keys, (state[here] << _SHIFT) + symbol[here]
                )
                here = here[hit]
                steps.append((begin[here], at[here] + 1, self._edge_states[edge]))
            begin, at, state = joined(steps)
            goes_on = at < len(codes)
            goes_on[goes_on] = segments[at[goes_on]] == segments[at[goes_on] - 1]
            if not goes_on.any():
                return _Matches(*joined(found))
            begin, at, state = begin[goes_on], at[goes_on], state[goes_on]

    def _ends(
        self, begin: Numbers, at: Numbers, state: Numbers, codes: Numbers
    ) -> _Matches:
        """Names that end at these words, having come to these states of the tree."""
        code = codes[at]
        which, reading = written_out(
            self._readings.first[code], self._readings.count[code]
        )
        keys = (state[which] << _SHIFT) + self._readings.base[reading]
        low = np.searchsorted(self._end_keys, keys, side="left")
        high = np.searchsorted(self._end_keys, keys, side="right")
        pair, end = written_out(low, high - low)
        which, reading = which[pair], reading[pair]
        return _Matches(begin[which], at[which], self._end_rows[end], reading)

    def _stands_right(self, found: _Matches, codes: Numbers) -> Flags:
        derived = self._readings.derived[found.reading]
        is_adjective = derived & (found.begin == found.last)
        is_lower = self._readings.is_lower[codes[found.begin]]
        case = is_adjective | ~self._needs_capital[found.phrase] | ~is_lower
        stands: Flags = case & (~derived | self._derives[found.phrase])
        return stands

    def _written(
        self, words: pl.DataFrame, places: _Places, rows: Numbers, found: _Matches
    ) -> pl.DataFrame:
        readings = self._readings
        last = rows[found.last]
        begins, ends = _with_quotes(len(places.row), rows, found)
        derived = readings.derived[found.reading]
        length = self._base_length[readings.base[found.reading]]
        # Letters of Latin-script Kazakh cannot be told off against the form's.
        row = places.row[last]
        same = words["token"].gather(row) == words["form"].gather(row)
        is_cut = derived & same.to_numpy()
        end = np.where(is_cut, places.start[last] + length, places.end[ends])
        suffixes = readings.suffix_names().gather(readings.suffixes[found.reading])
        return pl.DataFrame(
            {
                "first": pl.Series(places.row[begins], dtype=pl.UInt32),
                "last": pl.Series(places.row[ends], dtype=pl.UInt32),
                "phrase_no": self._phrase_no.gather(found.phrase),
                "suffixes": suffixes,
                "derived": derived,
                "start_char": pl.Series(places.start[begins], dtype=pl.Int32),
                "end_char": pl.Series(end, dtype=pl.Int32),
            }
        )


def _cut(phrases: pl.DataFrame) -> Iterable[tuple[list[str], str, bool]]:
    """Give the words before the last, the last one, and whether all are exact."""
    unknown = sorted(set(phrases["needs"]) - set(NEEDS), key=str)
    if unknown:
        message = f"phrases: unknown codes in needs: {unknown}. Known: {list(NEEDS)}."
        raise ValueError(message)
    is_exact = pl.col("needs") == "exact"
    word = pl.col("token")
    cut = (
        tokenise(phrases.select(text="phrase"))
        .filter(~word.str.contains(f"^{QUOTES}$"))
        .join(phrases.select("needs").with_row_index("row"), on="row", how="left")
        .with_columns(
            symbol=pl.when(is_exact)
            .then(symbols_of(word, is_exact=True))
            .otherwise(symbols_of(word, is_exact=False)),
            last=pl.when(is_exact).then(word).otherwise(word.str.to_lowercase()),
            is_exact=is_exact,
        )
        .group_by("row", maintain_order=True)
        .agg("symbol", pl.col("last").last(), pl.col("is_exact").last())
    )
    if cut.height < phrases.height:
        without = phrases.with_row_index("row").join(cut, on="row", how="anti")
        message = f"phrases: no word in {without['phrase'].to_list()[:5]}."
        raise ValueError(message)
    return (
        (symbols[:-1], last, exact)
        for _, symbols, last, exact in cut.sort("row").iter_rows()
    )


def _derives(phrases: pl.DataFrame) -> Flags:
    if "derives" not in phrases.columns:
        return np.zeros(phrases.height, dtype=bool)
    return phrases["derives"].fill_null(value=False).to_numpy()


def _segments(words: pl.DataFrame) -> Numbers:
    """Number the sentences and titles."""
    keys = ("row_id", "in_title", "sentence_no")
    is_new = pl.any_horizontal(
        pl.col(key).ne_missing(pl.col(key).shift(1)) for key in keys
    )
    return words.select(is_new.cast(pl.Int64).cum_sum()).to_series().to_numpy()


def _with_quotes(
    height: int, rows: Numbers, found: _Matches
) -> tuple[Numbers, Numbers]:
    """First and last rows, with the mark that pairs one inside the name."""
    first, last = rows[found.begin], rows[found.last]
    is_odd = ((last - first) - (found.last - found.begin)) % 2 == 1
    is_quote = np.ones(height + 2, dtype=bool)
    is_quote[rows + 1] = is_quote[0] = is_quote[-1] = False
    before = is_odd & is_quote[first]
    after = is_odd & ~before & is_quote[last + 2]
    return first - before, last + after


def _best(found: _Matches) -> Flags:
    """Which matches stay where they overlap: longest first, then leftmost."""
    spans, inverse = np.unique(
        (found.begin << _SHIFT) + found.last, return_inverse=True
    )
    begin, last = spans >> _SHIFT, spans & ((1 << _SHIFT) - 1)
    reach = np.maximum.accumulate(last) if len(last) else last
    # Spans that overlap, directly or by others between them, are one group.
    opens = np.ones(len(spans), dtype=bool)
    opens[1:] = begin[1:] > reach[:-1]
    group = np.cumsum(opens) - 1
    order = np.lexsort((begin, begin - last, group))
    # The longest of each group; where it overlaps all the others, none of them stays.
    longest = order[np.flatnonzero(opens)]
    apart = (begin > last[longest][group]) | (last < begin[longest][group])
    is_open = np.bincount(group[apart], minlength=len(longest)) > 0
    stays = np.zeros(len(spans), dtype=bool)
    stays[longest[~is_open]] = True
    rest = np.flatnonzero(is_open[group])
    taken: set[int] = set()
    for span in rest[np.lexsort((begin[rest], begin[rest] - last[rest]))].tolist():
        places = range(int(begin[span]), int(last[span]) + 1)
        if taken.isdisjoint(places):
            taken.update(places)
            stays[span] = True
    chosen: Flags = stays[inverse.reshape(-1)]
    return chosen
