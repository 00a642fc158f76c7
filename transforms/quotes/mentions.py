"""Mentions of those who may speak, as quotations use them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from transforms.kazakh.office_words import office_word
from transforms.quotes.vocabulary import SAID, THAT, VERB_FORMS, WRITTEN

if TYPE_CHECKING:
    from transforms.quotes.parts import Part

_KINDS = ("person", "position", "organisation")
#: «Х пен У»: two who are one subject.
_LINK = re.compile(r"\s+(?:[мбп]ен|және)\s+")
_LONGEST = 150
_ONE = ((), ("poss3",))
#: What no office begins with: verbs of speech, and where one spoke.
_NARRATED = sorted(
    {*SAID, *WRITTEN, *VERB_FORMS, THAT, "жиында", "отырыста", "брифингте"}
)


class Mention(NamedTuple):
    """A mention of one who may speak."""

    start: int
    end: int
    kind: str
    entity_id: int | None
    is_subject: bool
    sentence_no: int | None


def joined_to(part: Part, mention: Mention) -> Mention | None:
    """What is joined to a mention by «мен»: «Х пен У».

    Args:
        part: the title or text.
        mention: the first of two.

    Returns:
        The second; None where nothing is joined, and the first itself where what
        follows is no one who may speak.
    """
    link = _LINK.match(part.text, mention.end)
    if not link:
        return None
    for other in part.mentions_in(link.end(), link.end() + _LONGEST):
        if other.start == link.end():
            return other
    return mention


def mentions_by_part(
    mentions: pl.DataFrame, rows: set[int]
) -> dict[tuple[int, bool], list[Mention]]:
    """The mentions of each title and text, in order.

    Args:
        mentions: as `transforms.entities.read_names` gives them.
        rows: the articles that are read.

    Returns:
        By article, and whether it is the title.
    """
    spoken = (
        mentions.filter(
            pl.col("entity_type").is_in(_KINDS),
            pl.col("row_id").is_in(rows),
            # «бет) Полиция»: words that were torn apart are no name.
            ~pl.col("surface").str.contains(r"^[^(]*\)"),
        )
        .with_columns(start_char=_without_verb())
        .sort("row_id", ~pl.col("in_title"), "start_char", -pl.col("end_char"))
    )
    subjects = _are_subjects(spoken)
    columns = ("row_id", "in_title", "start_char", "end_char", "entity_type")
    found: dict[tuple[int, bool], list[Mention]] = {}
    for (row, in_title, start, end, kind, entity, no), is_subject in zip(
        spoken.select(*columns, "entity_id", "sentence_no").iter_rows(),
        subjects,
        strict=True,
    ):
        found.setdefault((row, in_title), []).append(
            Mention(start, end, kind, entity, is_subject, no)
        )
    return found


def _without_verb() -> pl.Expr:
    """Where an office begins, past a verb: «деді басқарма басшысы»."""
    first = pl.col("surface").str.extract(r"^(\S+\s+)\S")
    is_verb = first.str.strip_chars_end().str.to_lowercase().is_in(_NARRATED)
    return (
        pl.when(is_verb & (pl.col("entity_type") == "position"))
        .then(pl.col("start_char") + first.str.len_chars())
        .otherwise("start_char")
    )


def _are_subjects(spoken: pl.DataFrame) -> list[bool]:
    """Whether each mention stands in the nominative and means one."""
    columns = spoken.select("entity_type", "form", "normal_form", "name")
    known: dict[tuple[str, ...], bool] = {}
    for row in columns.unique().iter_rows():
        known[row] = _is_subject(*row)
    return [known[row] for row in columns.iter_rows()]


def _is_subject(kind: str, form: str, normal: str | None, name: str | None) -> bool:
    last = form.replace(".", " ").split()[-1:]
    if not last:
        return False
    word = last[0].lower()
    if kind == "position":
        office = office_word(word)
        return office is None or office.suffixes in _ONE
    names = f"{normal or ''} {name or ''}".lower().replace(".", " ").split()
    if kind == "person":
        return word in names
    return word == (normal or form).lower().split()[-1] or form == name
