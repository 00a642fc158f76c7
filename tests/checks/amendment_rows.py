"""Corrections and fixes in the warehouse of `warehouse_rows`, and faults of them."""

from __future__ import annotations

AMENDMENT_ROWS = {
    "fact_correction": [
        "(1, 1, 'author', null, 'applied')",
        "(1, 2, 'author', null, 'applied')",
        "(1, 2, 'author', 'А. Бек', 'mended')",
    ],
    "fact_fix": ["(1, 1, 'no_place')", "(1, 2, 'applied')"],
}

AMENDMENT_COLUMNS: dict[str, tuple[str, dict[str, str]]] = {
    "fact_correction": (
        "article_id, version, field, wrong, state",
        {
            "found_value": "null",
            "corrected_value": "'Асан Бек'",
            "reason": "'қате'",
            "load_id": "'load-2'",
        },
    ),
    "fact_fix": (
        "article_id, version, state",
        {
            "kind": "'speaker'",
            "in_title": "false",
            "start_char": "0",
            "end_char": "7",
            "surface": "'Бірінші'",
            "scope": "'span'",
            "reason": "'қате'",
            "load_id": "'load-2'",
        },
    ),
}

#: Every row of the reference tables means an article.
AMENDMENT_SETUP = """
create temp table amendment_target (
    file_name varchar, target varchar, article_id bigint
);
insert into amendment_target values
('corrections.csv', 'https://a.kz/1', 1), ('fixes.csv', '1', 1);
"""

_LOST = "update amendment_target set article_id = null where file_name = "

AMENDMENT_FAULTS: dict[str, list[str]] = {
    "correction_means_an_article": [f"{_LOST}'corrections.csv'"],
    "fix_means_an_article": [f"{_LOST}'fixes.csv'"],
    "correction_is_outdated": ["update fact_correction set state = 'outdated'"],
    "fix_has_no_place": ["update fact_fix set state = 'no_place'"],
}
