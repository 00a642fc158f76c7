"""Copies and stories in the good warehouse of `warehouse_rows`, and faults of them.

Article 2 was there before; article 1 copies it, and both are one story.
"""

from __future__ import annotations

COPY_ROWS = {
    "article_signature": ["(1, 2)", "(2, 1)"],
    "article_bucket": ["(1, 2, 41)", "(2, 1, 41)"],
    "fact_duplicate": ["(1, 2, 0.95, 0.9, true)"],
    "story_link": ["(1, 2)"],
    "dim_story": ["(2, 2, 1)"],
    "story_redirect": ["(1, 2)"],
}

COPY_COLUMNS: dict[str, tuple[str, dict[str, str]]] = {
    "article_signature": (
        "article_id, version",
        {"shingle_count": "20", "signature": "''::blob", "title_terms": "[]"},
    ),
    "article_bucket": ("article_id, version, bucket_key", {}),
    "fact_duplicate": (
        "article_id, other_article_id, similarity, jaccard, is_copy",
        {},
    ),
    "story_link": ("article_id, other_article_id", {}),
    "dim_story": (
        "story_id, article_count, source_count",
        {
            "title": "'Тақырып'",
            "first_date": "date '2025-12-19'",
            "last_date": "date '2025-12-19'",
        },
    ),
    "story_redirect": ("old_story_id, story_id", {}),
}

#: What the articles of the good warehouse say of copies and stories.
COPY_SETUP = """
update fact_article set story_id = 2 where is_current;
update fact_article set duplicate_role = 'copy', duplicate_of = 2
where is_current and article_id = 1
"""

_ARTICLE = "update fact_article set"
_OF_1 = "where is_current and article_id = 1"
_OF_2 = "where is_current and article_id = 2"

COPY_FAULTS: dict[str, list[str]] = {
    "signature_of_current_version": [
        "delete from article_signature where article_id = 1",
        "update article_signature set version = 1 where article_id = 1",
        "insert into article_signature by name select * from article_signature",
    ],
    "duplicate_pair_unique": [
        "insert into fact_duplicate select * from fact_duplicate",
        "update fact_duplicate set article_id = 2, other_article_id = 1",
        "update fact_duplicate set article_id = 1, other_article_id = 1",
    ],
    "duplicate_pair_resolves": ["update fact_duplicate set other_article_id = 9"],
    "duplicate_measures_valid": [
        f"update fact_duplicate set {change}"
        for change in ("similarity = 1.01", "jaccard = -0.1", "jaccard = 0.96")
    ],
    "duplicate_of_an_original": [
        f"{_ARTICLE} duplicate_role = 'rewrite', duplicate_of = 1 {_OF_2}"
    ],
    "duplicate_has_its_pair": [
        "delete from fact_duplicate",
        "update fact_duplicate set is_copy = false",
    ],
    "story_pair_unique": [
        "insert into story_link select * from story_link",
        "update story_link set article_id = 2, other_article_id = 1",
    ],
    "story_pair_resolves": ["update story_link set other_article_id = 9"],
    "article_has_a_story": [
        f"{_ARTICLE} story_id = null {_OF_1}",
        f"{_ARTICLE} story_id = 2 where article_id = 1",
        f"{_ARTICLE} duplicate_role = 'copy', duplicate_of = 2 where article_id = 1",
    ],
    "story_link_in_one_story": [f"{_ARTICLE} story_id = 1 {_OF_1}"],
    "story_unique": ["insert into dim_story select * from dim_story"],
    "story_agrees_with_its_articles": [
        f"update dim_story set {change}"
        for change in (
            "story_id = 3",
            "article_count = 3",
            "source_count = 2",
            "first_date = date '2025-12-18'",
            "last_date = null",
        )
    ]
    + [f"{_ARTICLE} story_id = 1 where is_current"],
    "story_redirect_resolves": [
        "update story_redirect set story_id = 9",
        "update story_redirect set old_story_id = 2",
        "insert into story_redirect select * from story_redirect",
    ],
}
