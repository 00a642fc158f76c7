"""What stands around every page: its title, its place in the site, the newest load."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from warehouse.site.markup import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warehouse.site.places import Places

#: Parts of the site in the order of its menu: key of their name to their page.
SECTIONS = {
    "overview": "index.html",
    "reports": "reports.html",
    "people": "people.html",
    "countries": "countries.html",
    "stories": "stories.html",
    "quality": "quality.html",
}


@dataclass(frozen=True)
class Frame:
    """What templates need besides their own page.

    Attributes:
        places: cited places, read.
        load: the newest load; None before the first.
        root: from the page to the site's folder.
        section: the part of the site that the page belongs to.
        title: the page's title by language.
        has_charts: whether the page draws any.
    """

    places: Places
    load: Mapping[str, Any] | None
    root: str = ""
    section: str = "overview"
    title: Mapping[str, str] | None = None
    has_charts: bool = True

    @property
    def sections(self) -> dict[str, str]:
        """The menu."""
        return SECTIONS

    def at(
        self, root: str, section: str, title: Mapping[str, str], *, charts: bool = True
    ) -> Frame:
        """The frame of one page."""
        shown = {name: plain(text) for name, text in title.items()}
        return replace(self, root=root, section=section, title=shown, has_charts=charts)


def same(title: str) -> dict[str, str]:
    """A title that is the same in every language."""
    return {"kk": title, "ru": title, "en": title}
