"""The report site: static pages that open from disk, made of the published warehouse."""

from __future__ import annotations

from warehouse.site.build import Built, build_site

__all__ = ["Built", "build_site"]
