"""The gold articles of names as frames.

`tests/gold/names.jsonl` holds one article of our own writing a line. Its answers:

- ``mentions``: every person, organisation, place and facility that must be found, and
  the positions that stand for a person («Мемлекет басшысы» as a subject). Spans as
  KazNERD draws them: the name without «қаласы», «компаниясы» or quotation marks, a
  person without the position before it. ``entity`` is the canonical name, null where
  the name belongs to nobody in particular (a surname that two persons share, a plural);
  ``entity_also`` are further names that are right.
- ``optional``: spans that may be found or not, such as a position before a name;
  places and organisations inside them are neither right nor wrong.
- ``countries``: codes of all countries named in title and text, by name, adjective or
  demonym.
- ``must_not_be_persons``: stretches that name no person although they look so.
- ``roles``: offices that the text states of a person; the optional ones (professions,
  other wordings) are neither right nor wrong.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import orjson
import polars as pl

from tests.eval.floors import hash_of

GOLD = Path(__file__).resolve().parent.parent / "gold" / "names.jsonl"

_SPAN = {
    "row_id": pl.Int32,
    "in_title": pl.Boolean,
    "start_char": pl.Int32,
    "end_char": pl.Int32,
    "entity_type": pl.String,
    "surface": pl.String,
    "entity": pl.String,
    "entity_also": pl.List(pl.String),
    "is_optional": pl.Boolean,
}


@dataclass(frozen=True)
class Gold:
    """Articles and their answers; row_id counts the articles.

    Attributes:
        articles: row_id, id, half (dev, held), title, text, language, script,
            published_date.
        spans: row_id, in_title, start_char, end_char, entity_type, surface, entity,
            entity_also, is_optional.
        countries: row_id, country_code.
        not_persons: row_id, in_title, start_char, end_char: each place of a stretch
            that names no person.
        roles: row_id, person, role, country_code, organisation, is_optional.
    """

    articles: pl.DataFrame
    spans: pl.DataFrame
    countries: pl.DataFrame
    not_persons: pl.DataFrame
    roles: pl.DataFrame


def gold_hash() -> str:
    """SHA-256 of the gold file: figures belong to what they were measured on."""
    return hash_of(GOLD)


def read_gold(path: Path = GOLD) -> Gold:
    """Read the gold articles from a file of JSON lines."""
    return make_gold([orjson.loads(line) for line in path.read_bytes().splitlines()])


def make_gold(records: list[dict]) -> Gold:
    """Bring gold records into frames, numbering them in their order."""
    keys = ("id", "half", "title", "text", "language", "script")
    numbered = list(enumerate(records))
    articles = pl.DataFrame(
        [
            {"row_id": row}
            | {key: record[key] for key in keys}
            | {"published_date": date.fromisoformat(record["published_date"])}
            for row, record in numbered
        ],
        schema_overrides={"row_id": pl.Int32},
    )
    answers = [(row, record, record["answers"]) for row, record in numbered]
    spans = [
        _span(row, span) | {"is_optional": key == "optional"}
        for row, _, answer in answers
        for key in ("mentions", "optional")
        for span in answer[key]
    ]
    countries = [
        {"row_id": row, "country_code": code}
        for row, _, answer in answers
        for code in answer["countries"]
    ]
    roles = [
        {
            "row_id": row,
            "person": role["person"],
            "role": role["role"],
            "country_code": role["country"],
            "organisation": role["organisation"],
            "is_optional": role.get("optional", False),
        }
        for row, _, answer in answers
        for role in answer["roles"]
    ]
    places = [
        {"row_id": row, "in_title": part == "title", "start_char": start}
        | {"end_char": start + len(surface)}
        for row, record, answer in answers
        for surface in answer["must_not_be_persons"]
        for part in ("title", "text")
        for start in _occurrences(record[part], surface)
    ]
    return Gold(
        articles=articles,
        spans=pl.DataFrame(spans, schema=_SPAN),
        countries=pl.DataFrame(
            countries, schema={"row_id": pl.Int32, "country_code": pl.String}
        ),
        not_persons=pl.DataFrame(
            places,
            schema={name: _SPAN[name] for name in list(_SPAN)[:4]},
        ),
        roles=pl.DataFrame(
            roles,
            schema={"row_id": pl.Int32}
            | dict.fromkeys(
                ("person", "role", "country_code", "organisation"), pl.String
            )
            | {"is_optional": pl.Boolean},
        ),
    )


def _span(row: int, span: dict) -> dict:
    return {
        "row_id": row,
        "in_title": span.get("in_title", False),
        "start_char": span["start"],
        "end_char": span["start"] + len(span["surface"]),
        "entity_type": span["type"],
        "surface": span["surface"],
        "entity": span.get("entity"),
        "entity_also": span.get("entity_also", []),
    }


def _occurrences(text: str, surface: str) -> list[int]:
    starts, start = [], text.find(surface)
    while start >= 0:
        starts.append(start)
        start = text.find(surface, start + 1)
    return starts
