"""The report site: static pages of the published warehouse that open from disk."""

from __future__ import annotations

from warehouse.site.build import Built, build_site

__all__ = ["Built", "build_site"]
