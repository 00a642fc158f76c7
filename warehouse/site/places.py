"""Places in articles that numbers lead to: gathered from all pages, read at once."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from warehouse.site.asking import ask_site, keep_table
from warehouse.site.markup import clean, three

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    import duckdb

    from warehouse.site.texts import Texts

#: A sentence is cut to so many characters around what is cited.
_LONGEST = 420
#: Articles whose texts are read at a time.
_BATCH = 1000


class Place(NamedTuple):
    """A span of a version of an article; offsets are None for the whole article."""

    article_id: int
    version: int
    in_title: bool
    start_char: int | None
    end_char: int | None

    @property
    def anchor(self) -> str:
        """Where in the article's page it is."""
        if self.start_char is None:
            return ""
        return f"#{'t' if self.in_title else 'c'}{self.start_char}"


class Shown(NamedTuple):
    """A place as readers see it."""

    path: str
    published_date: date | None
    source: Markup
    words: Markup


@dataclass
class Places:
    """All places that pages show.

    Attributes:
        cited: the places, each once.
        articles: the articles that they, or links to whole articles, need pages of.
    """

    cited: dict[Place, Shown | None] = field(default_factory=dict)
    articles: set[int] = field(default_factory=set)

    def cite(
        self, evidence: Iterable[dict[str, Any]] | None, most: int
    ) -> tuple[Place, ...]:
        """Note the first places of a row's evidence; they can be read later."""
        places = []
        for given in list(evidence or ())[:most]:
            place = Place(
                given["article_id"],
                given["version"],
                bool(given["in_title"]),
                given["start_char"],
                given["end_char"],
            )
            self.cited.setdefault(place)
            self.articles.add(place.article_id)
            places.append(place)
        return tuple(places)

    def anchors(self) -> dict[int, set[tuple[bool, int]]]:
        """Article to the offsets, in title or text, that pages lead to."""
        found: dict[int, set[tuple[bool, int]]] = {}
        for place in self.cited:
            if place.start_char is not None:
                found.setdefault(place.article_id, set()).add(
                    (place.in_title, place.start_char)
                )
        return found

    def read(
        self, connection: duckdb.DuckDBPyConnection, sources: Mapping[str, Texts]
    ) -> None:
        """Fetch what stands at every place, in one question.

        Args:
            connection: the published warehouse.
            sources: names of outlets, by code.
        """
        places = list(self.cited)
        keep_table(
            connection,
            "site_place",
            {
                "place_no": "integer",
                "article_id": "bigint",
                "version": "integer",
                "in_title": "boolean",
                "start_char": "integer",
                "end_char": "integer",
            },
            ((number, *place) for number, place in enumerate(places)),
        )
        found: dict[int, list[dict[str, Any]]] = {}
        for row in ask_site(connection, "evidence_places"):
            found.setdefault(places[row["place_no"]].article_id, []).append(row)
        keys = sorted(found)
        for start in range(0, len(keys), _BATCH):
            batch = keys[start : start + _BATCH]
            for article in ask_site(connection, "evidence_texts", ids=batch):
                for row in found.pop(article["article_id"]):
                    place = places[row["place_no"]]
                    self.cited[place] = Shown(
                        f"article/{place.article_id}.html{place.anchor}",
                        row["published_date"],
                        three(sources[row["source"]]),
                        _words(place, row["title"] or "", article),
                    )


def _words(place: Place, title: str, article: dict[str, Any]) -> Markup:
    """The sentence with what is cited marked in it; the title of a whole article."""
    if place.start_char is None or place.end_char is None:
        return clean(title)
    text, start = title, place.start_char
    if not place.in_title:
        first, last = _sentence(place.start_char, place.end_char, article)
        text, start = article["text"][first:last], place.start_char - first
    end = start + place.end_char - place.start_char
    left, right = max(0, start - _LONGEST // 2), min(len(text), start + _LONGEST)
    if right - left >= len(text) - 20:
        left, right = 0, len(text)
    cited = clean(text[start : min(end, right)])
    is_all = start == 0 and end >= len(text)
    return Markup("{}{}{}{}{}").format(
        "…" if left else "",
        clean(text[left:start]),
        cited if is_all else Markup("<mark>{}</mark>").format(cited),
        clean(text[max(end, start) : right]) if end < right else "",
        "…" if right < len(text) else "",
    )


def _sentence(start: int, end: int, article: dict[str, Any]) -> tuple[int, int]:
    """The sentence that a span begins in, or the span, with all of the span."""
    number = bisect_right(article["starts"], start) - 1
    if number < 0 or article["ends"][number] <= start:
        return start, end
    return article["starts"][number], max(end, article["ends"][number])
