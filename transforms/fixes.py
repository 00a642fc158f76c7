"""Analysts' fixes: what an extracted row should say, addressed by its characters.

A fix names an article, a span of its title or text, and the words that stand there. It
is applied after the extractors that made the row and before those that build on it, so
that whatever follows (offices, events, countries, search) follows from the fixed row.
Where the article has a newer version, the span is looked for by its words.

Few articles have fixes: these are gone through row by row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from transforms.entities.names import ENTITY_SCHEMA
from transforms.entities.names import KINDS as SAME_KIND
from transforms.entities.people import entity_ids
from transforms.entities.reading import (
    MENTION_SCHEMA,
    count_countries,
    each_once,
    in_order,
    met_aliases,
)
from transforms.entities.spelling import name_key
from transforms.evidence import QUOTE_SCHEMA, numbered

if TYPE_CHECKING:
    from transforms.entities import NamesRead
    from transforms.entities.names import Names

#: The step in article_step, and what rows say of how they were found.
FIXES = "fixes"
METHOD = "fix"
#: Raised when the same rows would change articles otherwise.
FIXES_VERSION = "1"
#: In the order in which they are applied.
NAME_KINDS = ("not_a_mention", "entity", "country")
QUOTE_KINDS = ("not_a_quote", "speaker")
KINDS = (*NAME_KINDS, *QUOTE_KINDS)
#: ``article``: every mention in the article that names the same.
SCOPES = ("span", "article")
STATES = ("applied", "no_place")
#: Classes whose spans name an entity of a kind of their own.
_PERSON = "person"
_POSITION = "position"

#: Columns of `fact_fix`, with row_id for the article version.
FIX_SCHEMA = pl.Schema(
    {
        "row_id": pl.Int32,
        "kind": pl.String,
        "in_title": pl.Boolean,
        "start_char": pl.Int32,
        "end_char": pl.Int32,
        "surface": pl.String,
        "corrected_value": pl.String,
        "scope": pl.String,
        "reason": pl.String,
        "state": pl.String,
    }
)

#: A row of a frame.
_Row = dict[str, Any]


class Entity(NamedTuple):
    """Whom or what a fix names."""

    entity_id: int
    entity_type: str
    name: str
    country_code: str | None
    is_known: bool


class Fixer:
    """The fixes of a batch of articles, and what became of them.

    Attributes:
        entities: those that only fixes have named, `ENTITY_SCHEMA`.
    """

    def __init__(
        self,
        fixes: pl.DataFrame,
        articles: pl.DataFrame,
        sentences: pl.DataFrame,
        known: Names,
    ) -> None:
        """Find the places of the fixes in these versions of their articles.

        Args:
            fixes: row_id, kind, in_title (Boolean), start_char, end_char (integers),
                surface, right, scope, reason, sentence.
            articles: row_id, title, text, and maybe of other articles.
            sentences: row_id, sentence_no, start_char, end_char.
            known: the names of the reference tables.
        """
        self._known = known
        self._entities: list[_Row] = []
        rows = fixes["row_id"].unique().implode()
        of_fixes = articles.filter(pl.col("row_id").is_in(rows))
        texts = {
            row["row_id"]: (row["title"] or "", row["text"])
            for row in of_fixes.select("row_id", "title", "text").to_dicts()
        }
        self._sentences = sentences.filter(pl.col("row_id").is_in(rows)).to_dicts()
        order = {kind: place for place, kind in enumerate(KINDS)}
        self._fixes = sorted(
            (_placed(fix, texts[fix["row_id"]]) for fix in fixes.to_dicts()),
            key=lambda fix: (
                fix["row_id"],
                order[fix["kind"]],
                not fix["in_title"],
                fix["start_char"],
                fix["end_char"],
            ),
        )
        self._texts = texts

    def names(self, names: NamesRead) -> NamesRead:
        """Fix mentions, and with them offices, countries and spellings.

        Args:
            names: what was read in the batch.
        """
        asked = [fix for fix in self._fixes if fix["kind"] in NAME_KINDS]
        rows = {fix["row_id"] for fix in asked if fix["has_place"]}
        if not rows:
            return names
        is_asked = pl.col("row_id").is_in(list(rows))
        mentions = names.mentions.filter(is_asked).to_dicts()
        roles = names.roles.filter(is_asked).to_dicts()
        for fix in asked:
            if fix["has_place"]:
                mentions, roles = self._fix_mentions(fix, mentions, roles)
        fixed = pl.concat(
            [
                names.mentions.filter(~is_asked),
                pl.DataFrame(mentions, schema=MENTION_SCHEMA),
            ]
        ).unique(
            ["row_id", "in_title", "start_char", "end_char", "entity_type"],
            keep="first",
            maintain_order=True,
        )
        schema = names.roles.schema
        return names._replace(
            mentions=in_order(fixed),
            countries=count_countries(fixed),
            roles=pl.concat(
                [names.roles.filter(~is_asked), pl.DataFrame(roles, schema=schema)]
            ),
            entities=each_once(pl.concat([names.entities, self.entities])),
            aliases=met_aliases(fixed),
        )

    def quotes(self, quotes: pl.DataFrame) -> pl.DataFrame:
        """Fix the rows of fact_quote: the columns of `QUOTE_SCHEMA` and quote_no."""
        asked = [fix for fix in self._fixes if fix["kind"] in QUOTE_KINDS]
        rows = {fix["row_id"] for fix in asked if fix["has_place"]}
        if not rows:
            return quotes
        is_asked = pl.col("row_id").is_in(list(rows))
        said = quotes.filter(is_asked).select(QUOTE_SCHEMA.names()).to_dicts()
        for fix in asked:
            quote = _nearest(fix, said) if fix["has_place"] else None
            if quote is None:
                continue
            fix["is_applied"] = True
            if fix["kind"] == "not_a_quote":
                said.remove(quote)
                continue
            who = self._entity(fix["right"], _PERSON) if fix["right"] else None
            quote |= {
                "speaker_id": who.entity_id if who else None,
                "speaker_surface": None,
                "speaker_role": None,
                "confidence": 1.0,
                "method": METHOD,
            }
        fixed = pl.DataFrame(said, schema=QUOTE_SCHEMA)
        rest = quotes.filter(~is_asked)
        again = numbered(fixed, QUOTE_SCHEMA, "quote_no", ties=["quote_kind", "text"])
        return pl.concat([rest, again.select(rest.columns)]).sort("row_id", "quote_no")

    @property
    def entities(self) -> pl.DataFrame:
        """The entities that no table has: `ENTITY_SCHEMA`, each once."""
        return each_once(pl.DataFrame(self._entities, schema=ENTITY_SCHEMA))

    def rows(self) -> pl.DataFrame:
        """What became of each fix: `FIX_SCHEMA`."""
        rows = pl.DataFrame(
            [
                fix
                | {
                    "corrected_value": fix["right"],
                    "scope": fix["scope"] or SCOPES[0],
                    "state": STATES[not fix["is_applied"]],
                }
                for fix in self._fixes
            ],
            schema=FIX_SCHEMA,
        )
        # Two rows may come to one place in a new version.
        place = ["row_id", "kind", "in_title", "start_char", "end_char"]
        return rows.sort(*place, pl.exclude(place), nulls_last=False).unique(
            place, keep="first", maintain_order=True
        )

    def _fix_mentions(
        self, fix: _Row, mentions: list[_Row], roles: list[_Row]
    ) -> tuple[list[_Row], list[_Row]]:
        """Apply one fix to the mentions and offices of its article."""
        hit = _nearest(fix, mentions)
        if hit is None:
            made = self._made(fix) if fix["kind"] == "entity" else None
            fix["is_applied"] = made is not None
            return [*mentions, *([made] if made else [])], roles
        fix["is_applied"] = True
        by = "country_code" if fix["kind"] == "country" else "entity_id"
        hits = [hit]
        if fix["scope"] == "article" and hit[by] is not None:
            hits = [
                one
                for one in mentions
                if one["row_id"] == fix["row_id"] and one[by] == hit[by]
            ]
        if fix["kind"] == "country":
            for one in hits:
                one.update({"country_code": fix["right"]} | _SURE)
            return mentions, roles
        held = [role for role in roles if _is_held_by(role, hits)]
        beside = _pointing(mentions, hits, held)
        if fix["kind"] == "not_a_mention":
            for one in beside:
                one.update({"entity_id": None, "name": None})
            return (
                [one for one in mentions if not _is_among(one, hits)],
                [role for role in roles if not _is_among(role, held)],
            )
        who = self._entity(fix["right"], hit["entity_type"])
        for one in hits + beside:
            self._name(one, who, mentions)
        for role in held:
            role.update({"entity_id": who.entity_id} | _SURE)
        return mentions, roles

    def _name(self, mention: _Row, who: Entity, mentions: list[_Row]) -> None:
        """Let a mention mean somebody or something else."""
        if mention["entity_type"] not in {_POSITION, who.entity_type} and not any(
            one["entity_type"] == who.entity_type and _overlap(one, mention)
            for one in mentions
        ):
            mention["entity_type"] = who.entity_type
        mention |= {
            "entity_id": who.entity_id,
            "name": who.name,
            "country_code": who.country_code,
        } | _SURE

    def _made(self, fix: _Row) -> _Row | None:
        """A mention where none was found; None where it would cross a sentence."""
        sentence_no = None
        if not fix["in_title"]:
            for one in self._sentences:
                if one["row_id"] == fix["row_id"] and _is_inside(fix, one):
                    sentence_no = one["sentence_no"]
            if sentence_no is None:
                return None
        who = self._entity(fix["right"], _PERSON)
        return {
            "row_id": fix["row_id"],
            "in_title": fix["in_title"],
            "sentence_no": sentence_no,
            "entity_type": who.entity_type,
            "surface": fix["surface"],
            "form": fix["surface"],
            "normal_form": who.name,
            "start_char": fix["start_char"],
            "end_char": fix["end_char"],
            "entity_id": who.entity_id,
            "name": who.name,
            "country_code": who.country_code,
        } | _SURE

    def _entity(self, name: str, entity_type: str) -> Entity:
        """Whom a name means: one of the tables, of this kind if there is one; else new.

        Args:
            name: the canonical name, or a spelling that the tables have.
            entity_type: of the span.
        """
        kind = _PERSON if entity_type == _POSITION else entity_type
        found = known_entities(self._known, name)
        if found:
            same = [one for one in found if _kind(one.entity_type) == _kind(kind)]
            return (same or found)[0]
        (key,) = pl.select(name_key(pl.lit(name))).to_series()
        entity = Entity(entity_ids(_kind(kind), pl.Series([key]))[0], kind, name,
                        None, is_known=False)  # fmt: skip
        self._entities.append(
            dict.fromkeys(ENTITY_SCHEMA)
            | {
                "entity_id": entity.entity_id,
                "entity_type": kind,
                "name": name,
                "origin": "learned",
            }
        )
        return entity


#: A person has said so.
_SURE: _Row = {"confidence": 1.0, "method": METHOD}


def known_entities(known: Names, name: str) -> list[Entity]:
    """The entities of the reference tables that a name may mean, merged ones as heads.

    Countries have their code, as mentions of them have.
    """
    key = name_key(pl.lit(name))
    ids = known.aliases.filter(name_key(pl.col("alias")) == key).select("entity_id")
    countries = known.countries.select("entity_id", named_country="country_code")
    found = (
        known.entities.join(ids.unique(), on="entity_id", how="semi")
        .join(countries, on="entity_id", how="left")
        .sort("entity_type", "entity_id")
    )
    return [
        Entity(
            row["entity_id"],
            row["entity_type"],
            row["name"],
            row["named_country"],
            is_known=True,
        )
        for row in found.to_dicts()
    ]


def find_place(
    text: str, start: int, end: int, surface: str, sentence: str | None
) -> tuple[int, int] | None:
    """Where the words of a fix stand in a version of its article.

    Args:
        text: the title or text.
        start: where they stood.
        end: where they ended.
        surface: the words, or the first of them.
        sentence: the sentence that they stood in, or its beginning.

    Returns:
        The old place if the words stand there; else their only place in that sentence,
        else their only place at all; None where there is no such place.
    """
    length = end - start
    if text.startswith(surface, start):
        return start, end
    if sentence and text.count(sentence) == 1 and sentence.count(surface) == 1:
        at = text.index(sentence) + sentence.index(surface)
        return at, at + length
    if text.count(surface) == 1:
        at = text.index(surface)
        return at, at + length
    return None


def _placed(fix: _Row, texts: tuple[str, str]) -> _Row:
    """A fix at its place in this version."""
    text = texts[0 if fix["in_title"] else 1]
    place = find_place(
        text, fix["start_char"], fix["end_char"], fix["surface"], fix["sentence"]
    )
    start, end = place or (fix["start_char"], fix["end_char"])
    return fix | {
        "start_char": start,
        "end_char": min(end, len(text)) if place else end,
        "has_place": place is not None,
        "is_applied": False,
    }


def _nearest(fix: _Row, rows: list[_Row]) -> _Row | None:
    """The row that a fix is about: the same span, else the one that shares most."""
    hits = [
        (_overlap(fix, row), -(row["end_char"] - row["start_char"]), -at, row)
        for at, row in enumerate(rows)
        if row["row_id"] == fix["row_id"]
        and not _is_value(row)
        and 2 * _overlap(fix, row) > min(_length(fix), _length(row))
    ]
    return max(hits, key=lambda hit: hit[:3])[3] if hits else None


def _is_value(row: _Row) -> bool:
    """Whether a mention gives a number or a day and names nobody and nothing."""
    return row.get("entity_type") in {
        "cardinal",
        "date",
        "money",
        "ordinal",
        "percentage",
        "quantity",
        "time",
    }


def _overlap(one: _Row, other: _Row) -> int:
    if one["row_id"] != other["row_id"] or one["in_title"] != other["in_title"]:
        return 0
    start = max(one["start_char"], other["start_char"])
    shared: int = min(one["end_char"], other["end_char"]) - start
    return max(0, shared)


def _length(row: _Row) -> int:
    length: int = row["end_char"] - row["start_char"]
    return length


def _is_inside(inner: _Row, outer: _Row) -> bool:
    return bool(
        outer["start_char"] <= inner["start_char"]
        and inner["end_char"] <= outer["end_char"]
    )


def _same(one: _Row, role: _Row) -> bool:
    return bool(
        one["row_id"] == role["row_id"]
        and one["in_title"] == role["in_title"]
        and one["entity_id"] == role["entity_id"]
    )


def _pointing(mentions: list[_Row], hits: list[_Row], held: list[_Row]) -> list[_Row]:
    """Offices that mean the person of the mentions, and go with them.

    Those of the same statement; all, where no other mention names the person.
    """
    named = hits[0]
    if named["entity_id"] is None:
        return []
    same = [
        one
        for one in mentions
        if one["row_id"] == named["row_id"]
        and one["entity_id"] == named["entity_id"]
        and not _is_among(one, hits)
    ]
    offices = [one for one in same if one["entity_type"] == _POSITION]
    if len(offices) == len(same):
        return offices
    return [
        one
        for one in offices
        if any(_same(one, role) and _is_inside(one, role) for role in held)
    ]


def _is_among(row: _Row, rows: list[_Row]) -> bool:
    """Whether a row is one of the rows, and not only equal to it."""
    return any(row is one for one in rows)


def _is_held_by(role: _Row, hits: list[_Row]) -> bool:
    """Whether a statement of an office is about one of the mentions."""
    return any(_same(hit, role) and _is_inside(hit, role) for hit in hits)


def _kind(entity_type: str) -> str:
    return SAME_KIND.get(entity_type, entity_type)
