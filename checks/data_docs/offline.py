"""Makes Data Docs whole: what their pages would fetch is taken out or put in."""

from __future__ import annotations

import re
import shutil
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: Nothing is fetched, from the network or beside the page.
_POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'\">"
)
_LINKS = re.compile(r"<link\b[^>]*>")
_FETCHED_SCRIPTS = re.compile(r"<script\b[^>]*\bsrc=[^>]*>\s*</script>")
_IMAGES = re.compile(r"<img\b[^>]*>")
#: An invitation to a newsletter, fixed to the foot of every page.
_FOOTER = re.compile(r"<footer>.*?</footer>", re.DOTALL)
_FETCHED_IN_STYLES = re.compile(r"url\(\s*['\"]?https?:[^)]*\)")
_HEAD = "</head>"
_NAME = "Great Expectations"


def make_offline(pages: Path) -> None:
    """Let every page of a folder of Data Docs open from disk, with its styles.

    Styles and scripts of other sites (Bootstrap, jQuery, Font Awesome) give way to a
    small style and script of our own for the parts that the pages use.

    Args:
        pages: the folder; its HTML files are written anew.
    """
    files = resources.files("checks") / "data_docs"
    style = (files / "offline.css").read_text(encoding="utf-8")
    script = (files / "offline.js").read_text(encoding="utf-8")
    put_in = f"{_POLICY}\n<style>\n{style}</style>\n<script>\n{script}</script>\n"
    for path in pages.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        for unwanted, instead in (
            (_LINKS, ""),
            (_FETCHED_SCRIPTS, ""),
            (_IMAGES, _NAME),
            (_FOOTER, ""),
            (_FETCHED_IN_STYLES, "none"),
        ):
            page = unwanted.sub(instead, page)
        head, found, rest = page.partition(_HEAD)
        path.write_text(f"{head}{put_in}{found}{rest}", encoding="utf-8")
    shutil.rmtree(pages / "static", ignore_errors=True)
