"""``qoima search``."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from flows.commands.ask import check_date
from flows.errors import UserError
from flows.output import Format, write_answer
from flows.run import REPORTS
from flows.settings import load_settings
from warehouse.catalog import open_reports
from warehouse.search.query import SearchError, search_articles

if TYPE_CHECKING:
    from pathlib import Path


def search_command(  # noqa: PLR0913 - the options of the command
    query: str,
    data: Path | None,
    filters: dict[str, str | None],
    *,
    limit: int,
    form: Format,
    out: Path | None,
) -> None:
    """Write the articles that a query finds."""
    for option in ("since", "until"):
        check_date(option, filters[option])
    settings = load_settings(data=data)
    with closing(open_reports(settings.data / REPORTS)) as connection:
        try:
            answer = search_articles(connection, query, limit=limit, filters=filters)
        except SearchError as error:
            raise UserError(str(error)) from None
    write_answer(answer, form, out)
