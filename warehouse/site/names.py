"""What codes and names of the warehouse are called, and which of them have pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from warehouse.query import ask
from warehouse.site.texts import value_texts

if TYPE_CHECKING:
    import duckdb

    from warehouse.site.texts import Texts

#: Words by which a column's name says what stands in it, and where its names come from.
_FAMILIES = {
    "country": ("country", "partner"),
    "topic": ("topic",),
    "event_type": ("event_type", "event"),
    "source": ("source", "outlet", "copied_by"),
    "person": ("person", "speaker", "holder", "actor", "participant", "entity", "who"),
}
#: A longer name of an outlet gives way to the one that it uses itself.
_LONG = 30
_DIMENSIONS = {
    "country": """
        select country_code as code, name_kk, name_ru, name_en from dim_country
    """,
    "topic": "select topic_code as code, name_kk, name_ru, name_en from dim_topic",
    "event_type": """
        select event_type as code, name_kk, name_ru, name_en from dim_event_type
    """,
    "source": f"""
        select
            source_code as code,
            case when len(name_kk) <= {_LONG} then name_kk else name end as name_kk,
            case when len(name_ru) <= {_LONG} then name_ru else name end as name_ru,
            case when len(name_en) <= {_LONG} then name_en else name end as name_en
        from dim_source
    """,
}


@dataclass
class Names:
    """Names in three languages by code or Kazakh name, and pages by key.

    Attributes:
        texts: family to code or name to texts.
        people: name of a person that has a page, if no other has the name, to the key.
        person_pages: keys of persons that have a page.
        country_pages: codes of countries that have a page.
        story_pages: keys of stories that have a page.
    """

    texts: dict[str, dict[str, Texts]] = field(default_factory=dict)
    country_codes: dict[str, str] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    person_pages: set[int] = field(default_factory=set)
    country_pages: set[str] = field(default_factory=set)
    story_pages: set[int] = field(default_factory=set)

    def add_people(self, rows: list[dict[str, Any]]) -> None:
        """Say which persons have pages; a name of several leads to none."""
        counts: dict[str, int] = {}
        for row in rows:
            counts[row["person"]] = counts.get(row["person"], 0) + 1
        self.person_pages = {row["person_id"] for row in rows}
        self.texts["person"] = {
            row["person"]: {
                "kk": row["person"],
                "ru": row["person_ru"] or row["person"],
                "en": row["person_en"] or row["person"],
            }
            for row in rows
            if counts[row["person"]] == 1
        }
        self.people = {
            row["person"]: row["person_id"]
            for row in rows
            if counts[row["person"]] == 1
        }

    def shown(self, column: str, value: str) -> tuple[Texts | None, str | None]:
        """What readers see for a value, and the page it leads to.

        Args:
            column: the column that it stands in.
            value: a code or a name.

        Returns:
            Texts, None where it stands for itself; the page's path, None without one.
        """
        family = family_of(column)
        texts = value_texts(column, value)
        if texts is None and family:
            texts = self.texts.get(family, {}).get(value)
        return texts, self._page(family, value)

    def _page(self, family: str | None, value: str) -> str | None:
        if family == "country":
            code = self.country_codes.get(value)
            return f"country/{code}.html" if code in self.country_pages else None
        if family == "person" and value in self.people:
            return f"person/{self.people[value]}.html"
        return None


def family_of(column: str) -> str | None:
    """Which names stand in a column, by what it is called."""
    for family, marks in _FAMILIES.items():
        if any(
            column == mark
            or column.startswith((f"{mark}_", f"{mark}s"))
            or column.endswith((f"_{mark}", f"_{mark}s"))
            for mark in marks
        ):
            return family
    return None


def load_names(connection: duckdb.DuckDBPyConnection) -> Names:
    """Read the names of countries, topics, types of events and outlets."""
    names = Names()
    for family, sql in _DIMENSIONS.items():
        known: dict[str, Texts] = {}
        for code, kazakh, russian, english in ask(connection, sql).rows:
            texts = {"kk": kazakh, "ru": russian or kazakh, "en": english or kazakh}
            known[code] = known[kazakh] = texts
            if family == "country":
                names.country_codes |= {code: code, kazakh: code}
        names.texts[family] = known
    return names
