"""What extractors found, as rows of the warehouse."""

import polars as pl

from transforms.event_evidence import (
    DOCUMENT_SCHEMA,
    EVENT_SCHEMA,
    document_rows,
    event_rows,
)
from transforms.evidence import (
    AMOUNT_SCHEMA,
    DATE_SCHEMA,
    QUOTE_SCHEMA,
    TOPIC_MENTION_SCHEMA,
    TOPIC_SCHEMA,
    amount_rows,
    date_rows,
    quote_rows,
    topic_mention_rows,
    topic_rows,
)


def rows(schema, *given):
    """Rows of a schema in the text of article 0, unless told otherwise."""
    usual = {
        "row_id": 0,
        "in_title": False,
        "sentence_no": 1,
        "start_char": 0,
        "end_char": 5,
        "confidence": 0.9,
        "method": "rule",
        "surface": "сауда",
    }
    kept = {name: value for name, value in usual.items() if name in schema}
    return pl.DataFrame([kept | one for one in given], schema=schema)


def test_rows_are_numbered_title_first_then_by_place():
    for schema, make, number in (
        (QUOTE_SCHEMA, quote_rows, "quote_no"),
        (AMOUNT_SCHEMA, amount_rows, "amount_no"),
        (DATE_SCHEMA, date_rows, "date_no"),
    ):
        found = make(
            rows(
                schema,
                {"start_char": 7, "end_char": 9, "confidence": 0.876},
                {"row_id": 1, "start_char": 3},
                {"start_char": 7, "end_char": 12},
                {"start_char": 9, "in_title": True, "sentence_no": None},
            ).with_columns(extra=1)
        )
        assert found.columns == [*schema.names(), number]
        assert found.select("row_id", "start_char", "end_char", number).rows() == [
            (0, 9, 5, 1),
            (0, 7, 12, 2),
            (0, 7, 9, 3),
            (1, 3, 5, 1),
        ]
        assert found["confidence"].to_list() == [0.9, 0.9, 0.88, 0.9]


def test_topics_have_a_row_each_in_order():
    given = rows(
        TOPIC_SCHEMA,
        {"row_id": 1, "topic_id": 7, "mention_count": 1, "weight": 1.0},
        {"row_id": 0, "topic_id": 9, "mention_count": 1, "weight": 0.5},
        {"row_id": 0, "topic_id": 8, "mention_count": 1, "weight": 0.5},
    )
    assert topic_rows(given)["topic_id"].to_list() == [8, 9, 7]


def test_a_span_speaks_for_a_topic_once_by_its_surest_and_longest_term():
    given = rows(
        TOPIC_MENTION_SCHEMA,
        {"topic_id": 7, "term": "сауда"},
        {"topic_id": 7, "term": "сауда үйі"},
        {"topic_id": 7, "term": "саудалау келісімі", "confidence": 0.5},
        {"topic_id": 8, "term": "сауда"},
    )
    for order in ([0, 1, 2, 3], [3, 2, 1, 0]):
        found = topic_mention_rows(given[order])
        assert found.select("topic_id", "term").rows() == [
            (7, "сауда үйі"),
            (8, "сауда"),
        ]


def actor(entity_id, role="guest"):
    return {"entity_id": entity_id, "actor_role": role, "country_code": None}


def test_documents_find_the_statement_of_their_event():
    events = rows(
        EVENT_SCHEMA,
        {"event_at": 5, "start_char": 20, "actors": [actor(2), actor(1), actor(2)]},
        {"event_at": 6, "start_char": 10, "actors": []},
        {"event_at": 7, "row_id": 1, "start_char": 10, "actors": [actor(3)]},
    )
    assert event_rows(events).select("row_id", "start_char", "event_no").rows() == [
        (0, 10, 1),
        (0, 20, 2),
        (1, 10, 1),
    ]
    assert event_rows(events)["actors"].to_list() == [
        [],
        [actor(1), actor(2)],
        [actor(3)],
    ]
    documents = rows(
        DOCUMENT_SCHEMA,
        {"event_at": 5, "start_char": 30, "title": "Келісім"},
        {"event_at": None, "start_char": 40, "title": "Меморандум"},
        {"event_at": 7, "start_char": 50, "title": "Басқа мақаланікі"},
        {"event_at": 7, "row_id": 1, "title": "Хаттама"},
    )
    found = document_rows(documents, events)
    assert found.select("row_id", "document_no", "event_no").rows() == [
        (0, 1, 2),
        (0, 2, None),
        (0, 3, None),
        (1, 1, 1),
    ]


def test_nothing_found_makes_no_rows():
    assert event_rows(EVENT_SCHEMA.to_frame()).is_empty()
    none = document_rows(DOCUMENT_SCHEMA.to_frame(), EVENT_SCHEMA.to_frame())
    assert none.is_empty()
    assert topic_mention_rows(TOPIC_MENTION_SCHEMA.to_frame()).is_empty()
