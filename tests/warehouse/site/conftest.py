"""One site of the sample articles and of articles that try to break out of a page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ROOT
from tests.flows.workspace import BODY, Workspace
from warehouse.site import Built, build_site

SAMPLES = ROOT / "seeds" / "articles"
LONG_WORD = "Қ" * 300
#: Titles and texts of articles that nobody should trust.
UNTRUSTED = {
    "script": "<script>window.caught=1</script> Су қоймасы",
    "image": '"><img src=x onerror="window.caught=2"> Су қоймасы',
    "end": "</script></title><svg onload=window.caught=3> Су қоймасы",
    "turned": "Жаңа \u202eтақырып\u202c соңы",
    "long": LONG_WORD,
    "formula": '=HYPERLINK("http://example.org";"ҚР")',
    "template": "{{ 7*7 }} {% raw %} ${7*7} Су қоймасы",
}


@dataclass(frozen=True)
class Site:
    """A site, and the workspace whose articles it shows."""

    folder: Path
    workspace: Workspace
    built: Built

    def pages(self, pattern: str = "**/*.html") -> list[Path]:
        return sorted(self.folder.glob(pattern))

    def article(self, name: str) -> str:
        """The path of the page of one of the `UNTRUSTED`."""
        article_id = self.workspace.one(
            "select article_id from fact_article where is_current and url = ?",
            address(name),
        )
        return f"article/{article_id}.html"


def untrusted_lines() -> str:
    return "\n".join(
        json.dumps(
            {
                "title": f"Су қоймасы {name}",
                "text": f"{BODY} «Су керек», – деді Асқар Бейсенұлы. {name * 3}",
                "date": "2026-10-14T10:00:00+05:00",
                "url": address(name),
            },
            ensure_ascii=False,
        )
        for name in UNTRUSTED
    )


def spoil(reports: Path) -> None:
    """Put into the published file what no cleaning let through."""
    with duckdb.connect(str(reports)) as connection:
        for name, words in UNTRUSTED.items():
            connection.execute(
                "update fact_article set title = $words, author = $words, "
                "text = text || chr(10) || $words where url = $url",
                {"words": words, "url": address(name)},
            )
        connection.execute(
            "update dim_entity set name = name || $words, name_ru = $words "
            "where name = 'Асқар Бейсенұлы'",
            {"words": UNTRUSTED["image"]},
        )


def address(name: str) -> str:
    return f"https://baq.kz/untrusted/{name}"


@pytest.fixture(scope="session")
def site(tmp_path_factory, checker) -> Site:
    workspace = Workspace(tmp_path_factory.mktemp("site") / "data", checker)
    workspace.put("untrusted.jsonl", untrusted_lines())
    workspace.load(SAMPLES, workspace.landing)
    spoil(workspace.data / "reports.duckdb")
    folder = workspace.data / "site"
    built = build_site(workspace.data / "reports.duckdb", folder, days=28)
    return Site(folder, workspace, built)
