"""Style and scripts of the site; the charts' library is in an installed wheel."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import metadata, resources
from typing import TYPE_CHECKING

from warehouse.definitions import LANGUAGES
from warehouse.site.texts import site_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.site.writer import Writer

STYLE = "assets/site.css"
SCRIPT = "assets/site.js"
CHARTS = "assets/charts.js"
LIBRARY = "assets/vega.js"
#: The release of Vega-Lite that Altair writes for.
_VEGA_LITE = "6.4"
#: What the library leaves for other scripts.
_SNIPPET = "window.vegaEmbed = vegaEmbed;"
_NOTICE = (
    "/* Vega, Vega-Lite, Vega-Embed, Vega-Interpreter and what they need, bundled by "
    "vl-convert-python {version}. BSD-3-Clause: https://github.com/vega */\n"
)


def put_assets(writer: Writer) -> None:
    """Write style and scripts; the library only where its release changed."""
    writer.put(STYLE, _static("site.css") + _kind_labels())
    writer.put(SCRIPT, _static("site.js"))
    writer.put(CHARTS, _static("charts.js"))
    version = metadata.version("vl-convert-python")
    made_of = f"vl-convert-python {version} {_VEGA_LITE} {_SNIPPET}"
    if not writer.keep(LIBRARY, made_of):
        writer.put(LIBRARY, _library(version), made_of=made_of)


@cache
def code_digest() -> str:
    """Changes with the site's own code, templates and texts, and with the reports."""
    digest = hashlib.sha256()
    package = resources.files("warehouse")
    for folder in ("site", "reports", "views"):
        for text in _texts_below(package / folder):
            digest.update(text)
    digest.update((package / "definitions.py").read_bytes())
    return digest.hexdigest()


def _texts_below(folder: resources.abc.Traversable) -> Iterator[bytes]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _texts_below(entry)
        elif entry.name.endswith((".py", ".sql", ".toml", ".html", ".css", ".js")):
            yield entry.name.encode() + b"\0" + entry.read_bytes()


def _static(name: str) -> str:
    path = resources.files("warehouse") / "site" / "static" / name
    return path.read_text(encoding="utf-8")


def _kind_labels() -> str:
    """Names of the kinds of marks, as the style shows them beside a marked word."""
    rules = []
    for language in LANGUAGES:
        names = "".join(
            f"--kind-{kind}:{json.dumps(texts[language], ensure_ascii=False)};"
            for kind, texts in site_texts()["kinds"].items()
        )
        rules.append(f"html[lang={language}]{{{names}}}")
    rules += [
        f".m.{kind},.w.{kind}{{--kind:var(--kind-{kind})}}"
        for kind in site_texts()["kinds"]
    ]
    return "\n".join(rules) + "\n"


@cache
def _library(version: str) -> str:
    """The library as one plain script: modules do not load from disk."""
    import vl_convert  # noqa: PLC0415 - large, and needed once a release

    bundle = vl_convert.javascript_bundle(_SNIPPET, vl_version=_VEGA_LITE)
    notice = _NOTICE.format(version=version)
    return f'{notice}(()=>{{"use strict";\n{bundle}\n}})();\n'
