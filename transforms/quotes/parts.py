"""Titles and texts as quotations are looked for in them, cut where it matters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from transforms.quotes.mentions import Mention, mentions_by_part
from transforms.quotes.vocabulary import (
    ACCORDING,
    ACCORDING_BEFORE,
    MARKS,
    SAID,
    SAY,
    SEVERAL,
    TAKES_CLAUSE,
    THAT,
    VERB_FORMS,
    WRITTEN,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Words that make a sentence worth reading. Verbs that say only after «деп» or a mark
#: are read where one of those stands.
_TELLING = [
    *(form for form, stem in VERB_FORMS.items() if stem in SAY | TAKES_CLAUSE),
    *ACCORDING,
    *ACCORDING_BEFORE,
    *SAID,
    *WRITTEN,
    THAT,
]
#: «атап өтті»: the last word tells only after the first.
_LAST_OF_SEVERAL = [form for form, stem in VERB_FORMS.items() if stem in SEVERAL]
_FIRST_OF_SEVERAL = [word for words in SEVERAL.values() for word in words]
_LINE_DASHES = ["–", "—", "-", "―", "−"]
#: Longer sentences are lists and tables; only so many of their words are read.
_MOST_WORDS = 400
_PLACE = ["row_id", "in_title", "sentence_no"]


class Sentence(NamedTuple):
    """A sentence: its number, its words in lower case and where each stands."""

    no: int | None
    forms: list[str]
    starts: list[int]
    ends: list[int]

    def words(self, start: int, end: int) -> range:
        """Which words begin and end between two places."""
        last = bisect_right(self.ends, end)
        return range(bisect_left(self.starts, start), last)

    @property
    def start(self) -> int:
        """Where its first word begins."""
        return self.starts[0]

    @property
    def end(self) -> int:
        """Where its last word ends."""
        return self.ends[-1]


#: By article, and whether it is the title.
_Sentences = dict[tuple[int, bool], list[Sentence]]


@dataclass
class Part:
    """The title or the text of one article.

    Attributes:
        row_id: the article.
        in_title: whether this is its title.
        is_interview: whether the article is one.
        text: the characters.
        sentences: those with a word that may tell of speech, in order.
        mentions: people, positions and organisations, in order.
        title: the part that is the title of this text.
    """

    row_id: int
    in_title: bool
    is_interview: bool
    text: str
    sentences: list[Sentence] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    title: Part | None = None

    def __post_init__(self) -> None:
        """Keep the places that are searched."""
        self._sentence_starts = [sentence.start for sentence in self.sentences]
        self._mention_starts = [mention.start for mention in self.mentions]

    def sentence_at(self, place: int) -> Sentence | None:
        """The read sentence that a place is in."""
        at = bisect_right(self._sentence_starts, place) - 1
        if at < 0 or place >= self.sentences[at].end:
            return None
        return self.sentences[at]

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """Mentions that begin and end between two places."""
        first = bisect_right(self._mention_starts, start - 1)
        last = bisect_right(self._mention_starts, end - 1)
        return [found for found in self.mentions[first:last] if found.end <= end]

    def line_end(self, place: int) -> int:
        """Where the line of a place ends."""
        at = self.text.find("\n", place)
        return len(self.text) if at < 0 else at

    def last_before(self, place: int) -> int:
        """The last place before one that is no space; -1 if there is none."""
        place -= 1
        while place >= 0 and self.text[place].isspace():
            place -= 1
        return place

    def begins_line(self, place: int) -> bool:
        """Whether nothing but spaces stands before a place in its line."""
        before = self.text[max(0, place - 8) : place].rstrip(" \t\u00a0")
        return not before or before.endswith("\n")


def make_parts(
    words: pl.DataFrame, articles: pl.DataFrame, mentions: pl.DataFrame
) -> Iterator[Part]:
    """Cut a batch into parts, title before text, without what tells of no speech.

    The words of a text are taken only where the sentence has a word of speech or a
    quotation mark, or begins a line with a dash.
    """
    by_part = _sentences(_telling_words(words))
    spoken = mentions_by_part(mentions, {row for row, _ in by_part})
    chosen = articles.filter(pl.col("row_id").is_in({row for row, _ in by_part}))
    for row, title, text, is_interview in chosen.select(
        "row_id", "title", "text", pl.col("is_interview").fill_null(value=False)
    ).iter_rows():
        title_part = _part(row, title or "", by_part, spoken, in_title=True)
        yield title_part
        text_part = _part(row, text or "", by_part, spoken, in_title=False)
        text_part.title = title_part
        text_part.is_interview = is_interview
        yield text_part


def _telling_words(words: pl.DataFrame) -> pl.DataFrame:
    """The words of the sentences that tell something, and all of titles.

    Marks tell where one is left open or closed, or begins the sentence; a name in the
    middle of one tells nothing.
    """
    form = pl.col("form")
    is_new = pl.any_horizontal(
        pl.col(name).ne_missing(pl.col(name).shift(1)) for name in _PLACE
    ).fill_null(value=True)
    is_mark = form.is_in(list(MARKS))
    first = form.shift(1).is_in(_FIRST_OF_SEVERAL)
    # A particle may stand between: «атап та өтті».
    first |= form.shift(2).is_in(_FIRST_OF_SEVERAL)
    tells = (
        pl.col("in_title")
        | form.is_in(_TELLING)
        | (form.is_in(_LAST_OF_SEVERAL) & first)
        | (is_new & (is_mark | form.is_in(_LINE_DASHES)))
    )
    marked = words.select(
        *_PLACE,
        "form",
        "start_char",
        "end_char",
        sentence=is_new.cum_sum(),
        tells=tells,
        is_mark=is_mark,
    )
    left_open = (
        marked.filter("is_mark")
        .group_by("sentence")
        .agg(marks=pl.len())
        .filter(pl.col("marks") % 2 == 1)
    )
    chosen = pl.concat([marked.filter("tells")["sentence"], left_open["sentence"]])
    return marked.filter(pl.col("sentence").is_in(chosen.unique().implode()))


def _sentences(words: pl.DataFrame) -> _Sentences:
    """The sentences of each title and text."""
    lengths = words.group_by("sentence", maintain_order=True).agg(
        pl.col(_PLACE).first(), length=pl.len()
    )
    forms = words["form"].str.to_lowercase().to_list()
    starts, ends = words["start_char"].to_list(), words["end_char"].to_list()
    found: _Sentences = {}
    first = 0
    for row, in_title, no, length in lengths.select(*_PLACE, "length").iter_rows():
        read = slice(first, first + min(length, _MOST_WORDS))
        found.setdefault((row, in_title), []).append(
            Sentence(no, forms[read], starts[read], ends[read])
        )
        first += length
    return found


def _part(
    row: int,
    text: str,
    by_part: _Sentences,
    spoken: dict[tuple[int, bool], list[Mention]],
    *,
    in_title: bool,
) -> Part:
    return Part(
        row_id=row,
        in_title=in_title,
        is_interview=False,
        text=text,
        sentences=by_part.get((row, in_title), []),
        mentions=spoken.get((row, in_title), []),
    )
