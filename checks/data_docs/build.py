"""Builds Data Docs from kept results: one suite a table, one validation a load of it.

Imports Great Expectations, which takes four to ten seconds.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checks.data_docs.offline import make_offline
from checks.rules import RULES

# Read when Great Expectations is imported.
os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
from great_expectations.core import (
    ExpectationSuite,
    ExpectationSuiteValidationResult,
    ExpectationValidationResult,
)
from great_expectations.core.run_identifier import RunIdentifier
from great_expectations.data_context.types.resource_identifiers import (
    ExpectationSuiteIdentifier,
    ValidationResultIdentifier,
)
from great_expectations.expectations.core.unexpected_rows_expectation import (
    UnexpectedRowsExpectation,
)
from great_expectations.expectations.metadata_types import FailureSeverity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from great_expectations.expectations.expectation_configuration import (
        ExpectationConfiguration,
    )

_SITE = "qoima"


class DataDocsError(Exception):
    """Great Expectations made no page of some results."""


def build_data_docs(results: Iterable[Mapping[str, Any]], folder: Path) -> Path:
    """Write Data Docs of the results that the warehouse keeps.

    The folder is replaced when the new pages are whole. They need no network and ask
    for none: styles and scripts stand in each page.

    Args:
        results: rows of fact_check: load_id, rule_id, table_name, severity,
            checked_count, failed_count, is_passed, error, and ran_at, a UTC time.
        folder: where the pages are to be.

    Returns:
        The first page.

    Raises:
        DataDocsError: a page could not be made; the folder is as it was.
    """
    by_table: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for result in results:
        by_table[result["table_name"]].append(result)
    # Great Expectations takes no path that is relative.
    first, folder = folder / "index.html", folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".data-docs-") as made:
        pages = Path(made) / "pages"
        context = _context(pages)
        for table, rows in sorted(by_table.items()):
            _add_table(context, table, rows)
        context.build_data_docs(site_names=[_SITE])
        _require_pages(pages, by_table)
        make_offline(pages)
        old = Path(made) / "old"
        if folder.exists():
            folder.rename(old)
        pages.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    return first


def _require_pages(
    pages: Path, by_table: Mapping[str, list[Mapping[str, Any]]]
) -> None:
    """Great Expectations logs a page that it cannot make, and goes on without it."""
    wanted = {
        (table, row["load_id"]) for table, rows in by_table.items() for row in rows
    }
    made = {
        (page.stem, page.parent.parent.name)
        for page in pages.glob("validations/**/*.html")
    }
    if made != wanted:
        message = f"pages that could not be made: {sorted(wanted - made)}"
        raise DataDocsError(message)


def _context(pages: Path) -> Any:
    """A context in memory with one site on disk; it sends nothing."""
    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(enable=False)
    for site in list(context.list_data_docs_sites()):
        context.delete_data_docs_site(site)
    context.add_data_docs_site(
        site_name=_SITE,
        site_config={
            "class_name": "SiteBuilder",
            "show_how_to_buttons": False,  # type: ignore[typeddict-unknown-key] # its stub lacks it
            "store_backend": {
                "class_name": "TupleFilesystemStoreBackend",
                "base_directory": str(pages),
            },
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        },
    )
    return context


def _add_table(context: Any, table: str, rows: list[Mapping[str, Any]]) -> None:
    """One suite of all rules on the table, and a validation of it by each load."""
    rule_ids = list(dict.fromkeys(row["rule_id"] for row in rows))
    severities = {row["rule_id"]: row["severity"] for row in rows}
    suite = context.suites.add(
        ExpectationSuite(
            name=table,
            expectations=[
                _expectation(rule_id, severities[rule_id]) for rule_id in rule_ids
            ],
        )
    )
    configurations = {
        expectation.meta["rule_id"]: expectation.configuration
        for expectation in suite.expectations
    }
    by_load: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        by_load[row["load_id"]].append(row)
    for load_id, of_load in by_load.items():
        validation = _validation(table, load_id, of_load, configurations)
        context.validation_results_store.set(
            ValidationResultIdentifier(
                expectation_suite_identifier=ExpectationSuiteIdentifier(table),
                run_id=validation.meta["run_id"],
                batch_identifier=table,
            ),
            validation,
        )


def _expectation(rule_id: str, severity: str) -> UnexpectedRowsExpectation:
    """The rule as an expectation whose words are the rule's own."""
    rule = RULES.get(rule_id)
    protects = rule.protects if rule else "a rule that is no longer known"
    remedy = f" If not: {rule.remedy}" if rule else ""
    return UnexpectedRowsExpectation(
        # Shown by its description; what ran is the rule's SQL over a batch or tables.
        unexpected_rows_query="select * from {batch}",
        # A dollar sign is a placeholder of the templates.
        description=f"{rule_id} ({severity}): {protects}.{remedy}".replace("$", "$$"),
        severity=FailureSeverity(severity),
        meta={"rule_id": rule_id},
    )


def _validation(
    table: str,
    load_id: str,
    rows: list[Mapping[str, Any]],
    configurations: Mapping[str, ExpectationConfiguration],
) -> ExpectationSuiteValidationResult:
    passed = sum(row["is_passed"] for row in rows)
    ran_at: datetime = rows[0]["ran_at"]
    if ran_at.tzinfo is None:
        ran_at = ran_at.replace(tzinfo=UTC)
    return ExpectationSuiteValidationResult(
        success=passed == len(rows),
        results=[_result(row, configurations[row["rule_id"]]) for row in rows],
        suite_name=table,
        statistics={
            "evaluated_expectations": len(rows),
            "successful_expectations": passed,
            "unsuccessful_expectations": len(rows) - passed,
            "success_percent": 100.0 * passed / len(rows),
        },
        meta={
            # Where the pages look for the name of what was checked.
            "batch_kwargs": {"data_asset_name": table},
            "run_id": RunIdentifier(run_name=load_id, run_time=ran_at),
            "active_batch_definition": {
                "datasource_name": _SITE,
                "data_connector_name": "fluent",
                "data_asset_name": table,
                "batch_identifiers": {},
            },
            "validation_time": ran_at.isoformat(),
        },
    )


def _result(
    row: Mapping[str, Any], configuration: ExpectationConfiguration
) -> ExpectationValidationResult:
    """A rule that could not run is shown with its error, as neither kept nor broken."""
    error = row["error"]
    shown = f"{row['failed_count']:,} of {row['checked_count']:,}"
    return ExpectationValidationResult(
        success=row["is_passed"],
        expectation_config=configuration,
        result={} if error else {"observed_value": shown},
        exception_info={
            "raised_exception": error is not None,
            "exception_message": error,
            "exception_traceback": "",
        },
        meta={},
    )
