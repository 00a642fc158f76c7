"""The report site of a data folder: built on demand, and after publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.run import REPORTS

if TYPE_CHECKING:
    from flows.settings import Settings
    from warehouse.site import Built

SITE = "site"


def site_is_there(settings: Settings) -> bool:
    """Whether the data folder has a site."""
    return (settings.data / SITE / "index.html").exists()


def build(settings: Settings) -> Built:
    """Bring the site up to the published warehouse.

    Raises:
        WarehouseError: nothing was published yet.
    """
    from warehouse.site import build_site

    return build_site(
        settings.data / REPORTS, settings.data / SITE, days=settings.site_days
    )


def build_after_run(settings: Settings) -> str | None:
    """Build the site at the end of a pass.

    What was loaded and published stays so, whatever becomes of the site.

    Returns:
        What went wrong, in one line; None if nothing did.
    """
    try:
        build(settings)
    except Exception as error:  # noqa: BLE001 - said to the user, see above
        words = " ".join(str(error).split())
        return f"the site was not built ({type(error).__name__}: {words})"
    return None
