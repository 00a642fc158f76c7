"""Search in the good warehouse of `warehouse_rows`, and faults of it.

Article 2 was there before; article 1 came again and has a new number.
"""

from __future__ import annotations

SEARCH_ROWS = {
    "search_document": ["(1, 2, 1)", "(3, 1, 2)"],
    "search_form": [
        "(1, 'сөйлем', 'сөйлем', 2)",
        "(2, 'бірінші', 'бірінші', 1)",
    ],
    "search_posting": ["(1, 1)", "(1, 3)", "(2, 3)"],
}

SEARCH_COLUMNS: dict[str, tuple[str, dict[str, str]]] = {
    "search_document": (
        "document_no, article_id, version",
        {"source_id": "2", "published_date": "date '2025-12-19'"},
    ),
    "search_form": ("form_no, form, term, article_count", {}),
    "search_posting": ("form_no, document_no", {"weight": "40"}),
}

_OF_1 = "where article_id = 1"

SEARCH_FAULTS: dict[str, list[str]] = {
    "search_has_current_versions": [
        f"delete from search_document {_OF_1}",
        f"update search_document set version = 1 {_OF_1}",
        f"update search_document set published_date = null {_OF_1}",
        (
            "insert into search_document by name select * replace (4 as document_no) "
            f"from search_document {_OF_1}"
        ),
    ],
    "search_document_unique": [
        "update search_document set document_no = 1",
    ],
    "search_posting_unique": [
        "insert into search_posting select * from search_posting",
    ],
    "search_posting_resolves": [
        "update search_posting set form_no = 9 where document_no = 3 and form_no = 2",
        (
            "update search_document set document_no = 0 where article_id = 2; "
            "insert into search_document values (5, 1, 3, 2, null); "
            "insert into search_posting values (1, 4, 40, null)"
        ),
    ],
    "search_form_unique": [
        "update search_form set form_no = 1",
        "update search_form set form = 'сөйлем'",
    ],
    "search_form_counted": [
        "update search_form set article_count = 0 where form_no = 2",
        "update search_form set article_count = 3 where form_no = 1",
        "update search_form set term = ''",
        "delete from search_posting where form_no = 2",
    ],
}
