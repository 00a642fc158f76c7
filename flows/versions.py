"""Which version of each step a load works with: its code and its tables together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.split import CRITICAL_RULES
from flows.search import SEARCH
from transforms.articles import STEP_VERSIONS
from transforms.copies import COPIES_VERSION
from transforms.keys import digests
from transforms.search_words import SEARCH_VERSION

if TYPE_CHECKING:
    from flows.references import References
    from transforms.enrichment import Known

#: The step that finds copies and stories.
COPIES = "copies"
#: The step that judges records; its version is made of the rules that refuse them.
CHECK = "check"
#: The steps that begin at the bytes of the raw zone, in order.
RAW_STEPS = (*STEP_VERSIONS, CHECK)
#: What parsing knows of an outlet: its other columns change no article.
_PARSED_COLUMNS = (
    "source_code",
    "name",
    "name_kk",
    "name_ru",
    "name_en",
    "domains",
    "spellings",
    "time_zone",
)


def raw_versions(references: References) -> dict[str, str]:
    """Versions of the steps that make articles of bytes: `RAW_STEPS`.

    Reading goes by the table of field names, parsing by that of outlets: a change of
    theirs is one of the step. The version of ``check`` is that of the critical rules on
    records, which say what is let in.
    """
    rules = "\n".join(f"{rule.rule_id}: {rule.predicate}" for rule in CRITICAL_RULES)
    tables = {
        "read": references.field_names.write_csv(),
        "parse": references.outlets.select(_PARSED_COLUMNS).write_csv(),
    }
    return {
        step: f"{version}+{_short(tables[step])}" if step in tables else version
        for step, version in STEP_VERSIONS.items()
    } | {CHECK: _short(rules)}


def load_versions(references: References, known: Known) -> dict[str, str]:
    """Versions of all steps that every article of a load goes through."""
    return (
        raw_versions(references)
        | known.step_versions
        | {COPIES: COPIES_VERSION, SEARCH: SEARCH_VERSION}
    )


def _short(content: str) -> str:
    return str(digests([content])[0])[:12]
