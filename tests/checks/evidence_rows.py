"""Quotes, amounts, dates, topics, events and documents, and each a fault of them.

They stand in the good warehouse of `warehouse_rows`: the text of article 1, version 2
is «Бірінші сөйлем. Үшінші сөйлем.», its title «Тақырып».
"""

from __future__ import annotations

_GUEST = "[{'entity_id': 101, 'actor_role': 'guest', 'country_code': 'KZ'}]"

EVIDENCE_ROWS = {
    "dim_unit": [
        "('m', 'метр', 'quantity', null, null, null)",
        "('km', 'километр', 'quantity', null, 'm', 1000)",
        "('KZT', 'теңге', 'money', 'KZT', null, null)",
    ],
    "dim_topic": [
        "(301, 'economy', null, 'Экономика')",
        "(302, 'economy.trade', 301, 'Сауда')",
    ],
    "dim_event_type": [
        "('visit', 'сапар', 'verbal_cooperation')",
        "('accident', 'апат', null)",
    ],
    "fact_quote": [
        "(1, 2, 1, 'direct', null, 'Тақырып', null, true, 0, 7)",
        "(1, 2, 2, 'indirect', 101, 'Бірінші сөйлем. Үшінші', 1, false, 0, 22)",
        "(1, 2, 3, 'answer', 101, 'Үшінші', 2, false, 16, 22)",
        "(2, 1, 1, 'direct', 101, 'Жалғыз', 1, false, 0, 6)",
    ],
    "fact_amount": [
        "(1, 2, 1, 5, 7, 'money', null, 'KZT', 'rise', 'Тақырып', null, true, 0, 7)",
        "(1, 2, 2, 1, null, 'count', null, null, null, 'Бірінші', 1, false, 0, 7)",
        "(1, 2, 3, 3, null, 'quantity', 'km', null, null, 'Үшінші', 2, false, 16, 22)",
    ],
    "fact_date_mention": [
        (
            "(1, 2, 1, date '2025-12-01', date '2025-12-31', 'month', 'Тақырып',"
            " null, true, 0, 7)"
        ),
        (
            "(1, 2, 2, date '2025-12-19', date '2025-12-19', 'day', 'Бірінші', 1,"
            " false, 0, 7)"
        ),
        "(1, 2, 3, null, null, 'unknown', 'Үшінші', 2, false, 16, 22)",
    ],
    "bridge_article_topic": ["(1, 2, 302, 2, 0.75)", "(1, 2, 301, 1, 0.25)"],
    "fact_topic_mention": [
        "(1, 2, 302, 'Тақырып', null, true, 0, 7)",
        "(1, 2, 302, 'Үшінші', 2, false, 16, 22)",
        "(1, 2, 301, 'Үшінші', 2, false, 16, 22)",
    ],
    "fact_event_statement": [
        f"(1, 1, 1, null, 'visit', {_GUEST}, 'Бірінші', 1, false, 0, 7)",
        f"(1, 2, 1, 401, 'visit', {_GUEST}, 'Тақырып', null, true, 0, 7)",
        "(1, 2, 2, 402, 'accident', [], 'Бірінші', 1, false, 0, 7)",
        f"(1, 2, 3, 401, 'visit', {_GUEST}, 'Үшінші', 2, false, 16, 22)",
        f"(2, 1, 1, 401, 'visit', {_GUEST}, 'Жалғыз', 1, false, 0, 6)",
    ],
    "fact_event": ["(401, 'visit', 2, 2)", "(402, 'accident', 1, 1)"],
    "fact_event_mention": [
        "(401, 1, 2, 1, 2, 'Тақырып', null, true, 0, 7)",
        "(402, 1, 2, 2, 1, 'Бірінші', 1, false, 0, 7)",
        "(401, 2, 1, 1, 1, 'Жалғыз', 1, false, 0, 6)",
    ],
    "bridge_event_actor": ["(401, 101, 'guest', 'KZ', 2)"],
    "event_redirect": ["(499, 401)"],
    "fact_document": [
        "(1, 1, 1, 1, null, 'Бірінші', 1, false, 0, 7)",
        "(1, 2, 1, 1, 401, 'Тақырып', null, true, 0, 7)",
        "(1, 2, 2, null, null, 'Бірінші', 1, false, 0, 7)",
        "(1, 2, 3, 3, 401, 'Үшінші', 2, false, 16, 22)",
    ],
}

_SPAN = "surface, sentence_no, in_title, start_char, end_char"
_SURE = {"confidence": "0.9", "method": "'rule'"}
_HAPPENED = {
    "event_date": "date '2025-12-19'",
    "event_precision": "'day'",
    "place_id": "105",
}

EVIDENCE_COLUMNS: dict[str, tuple[str, dict[str, str]]] = {
    "dim_unit": (
        "unit_code, name_kk, kind, currency_code, base_unit_code, factor",
        {},
    ),
    "dim_topic": ("topic_id, topic_code, parent_id, name_kk", {}),
    "dim_event_type": ("event_type, name_kk, quad_class", {}),
    "fact_quote": (
        (
            "article_id, version, quote_no, quote_kind, speaker_id, surface,"
            " sentence_no, in_title, start_char, end_char"
        ),
        {"text": "'Сөз.'", **_SURE},
    ),
    "fact_amount": (
        (
            "article_id, version, amount_no, value, value_max, kind, unit_code,"
            f" currency_code, direction, {_SPAN}"
        ),
        {"approximation": "'exact'", **_SURE},
    ),
    "fact_date_mention": (
        f"article_id, version, date_no, start_date, end_date, precision, {_SPAN}",
        {"basis": "'absolute'", **_SURE},
    ),
    "bridge_article_topic": (
        "article_id, version, topic_id, mention_count, weight",
        {},
    ),
    "fact_topic_mention": (
        f"article_id, version, topic_id, {_SPAN}",
        {"term": "'сауда'", **_SURE},
    ),
    "fact_event_statement": (
        f"article_id, version, event_no, event_id, event_type, actors, {_SPAN}",
        {**_HAPPENED, **_SURE},
    ),
    "fact_event": (
        "event_id, event_type, first_article_id, article_count",
        {**_HAPPENED, "confidence": "0.9"},
    ),
    "fact_event_mention": (
        f"event_id, article_id, version, event_no, statement_count, {_SPAN}",
        _SURE,
    ),
    "bridge_event_actor": (
        "event_id, entity_id, actor_role, country_code, article_count",
        {},
    ),
    "event_redirect": ("old_event_id, event_id", {}),
    "fact_document": (
        f"article_id, version, document_no, event_no, event_id, {_SPAN}",
        {"title": "'Келісім'", "action": "'signed'", **_SURE},
    ),
}

_OF_2 = "where article_id = 1 and version = 2"


def _add(table: str, row: str) -> str:
    names, rest = EVIDENCE_COLUMNS[table]
    tail = "".join(f", {value}" for value in rest.values())
    return f"insert into {table} ({', '.join([names, *rest])}) values {row[:-1]}{tail})"


def _changes(table: str, where: str, *changes: str) -> list[str]:
    return [f"update {table} set {change} {where}" for change in changes]


def _unsure(table: str, *changes: str) -> list[str]:
    return _changes(
        table,
        _OF_2,
        *changes,
        "confidence = 1.01",
        "confidence = -0.1",
        "confidence = 'nan'::double",
        "method = ' '",
    )


def _numbered(table: str, number: str) -> list[str]:
    return _changes(
        table,
        _OF_2,
        f"{number} = {number} + 1",
        f"{number} = least({number}, 2)",
        f"{number} = 4 - {number}",
        f"{number} = if({number} = 1, 1, 5 - {number})",
    )


def _spans(prefix: str, table: str, *, is_long: bool = False) -> dict[str, list[str]]:
    """The faults of every table of spans; one in the title and one in sentence 2."""
    second, title = f"{_OF_2} and start_char = 16", f"{_OF_2} and in_title"
    ends = () if is_long else ("end_char = 31",)
    return {
        f"{prefix}_article_resolves": _changes(table, _OF_2, "version = 3"),
        f"{prefix}_in_its_sentence": [
            *_changes(
                table,
                second,
                "sentence_no = 1",
                "sentence_no = 3",
                "sentence_no = null",
                "in_title = true",
                "end_char = 16",
                "start_char = 15",
                "start_char = 30",
                *ends,
            ),
            *_changes(
                table, title, "sentence_no = 1", "start_char = -1", "end_char = 0"
            ),
        ],
        f"{prefix}_gives_its_surface": [
            change
            for place in (second, title)
            for change in _changes(
                table,
                place,
                "surface = 'Басқа'",
                "surface = surface || ' '",
                "surface = '', end_char = start_char",
                "start_char = start_char + 1",
                "end_char = end_char + 1",
            )
        ],
    }


EVIDENCE_FAULTS: dict[str, list[str]] = {
    "quote_in_order": _numbered("fact_quote", "quote_no"),
    **_spans("quote", "fact_quote", is_long=True),
    "quote_values_valid": _unsure("fact_quote", "quote_kind = 'odd'", "text = ' '"),
    "quote_speaker_resolves": _changes("fact_quote", _OF_2, "speaker_id = 9"),
    "amount_in_order": _numbered("fact_amount", "amount_no"),
    **_spans("amount", "fact_amount"),
    "amount_values_valid": _unsure(
        "fact_amount",
        "value = 'nan'::double",
        "value = 'inf'::double",
        "value_max = value - 1",
        "value_max = 'inf'::double",
        "kind = 'odd'",
        "approximation = 'odd'",
        "direction = 'odd'",
    ),
    "amount_unit_fits": [
        *_changes("fact_amount", f"{_OF_2} and amount_no = 1", "unit_code = 'm'"),
        *_changes("fact_amount", f"{_OF_2} and amount_no = 1", "currency_code = 'XXX'"),
        *_changes("fact_amount", f"{_OF_2} and amount_no = 2", "unit_code = 'm'"),
        *_changes("fact_amount", f"{_OF_2} and amount_no = 3", "unit_code = 'ell'"),
        *_changes("fact_amount", f"{_OF_2} and amount_no = 3", "currency_code = 'KZT'"),
    ],
    "date_mention_in_order": _numbered("fact_date_mention", "date_no"),
    **_spans("date_mention", "fact_date_mention"),
    "date_mention_values_valid": _unsure(
        "fact_date_mention",
        "start_date = null",
        "end_date = null",
        "start_date = date '2026-01-01'",
        "end_date = end_date + 1",
        "precision = 'odd'",
        "basis = 'odd'",
    ),
    "unit_valid": [
        _add("dim_unit", "('km', 'шақырым', 'quantity', null, 'm', 1000)"),
        *_changes(
            "dim_unit",
            "where unit_code = 'km'",
            "unit_code = ' '",
            "kind = 'odd'",
            "kind = 'money'",
            "currency_code = 'KZT'",
            "base_unit_code = 'ell'",
            "base_unit_code = null",
            "factor = null",
            "factor = 0",
            "factor = 'nan'::double",
        ),
    ],
    "topic_mention_unique": [
        _add("fact_topic_mention", "(1, 2, 302, 'Тақырып', null, true, 0, 7)"),
    ],
    **_spans("topic_mention", "fact_topic_mention"),
    "topic_mention_values_valid": _unsure("fact_topic_mention", "term = ' '"),
    "topic_mention_topic_resolves": _changes(
        "fact_topic_mention", _OF_2, "topic_id = 9"
    ),
    "article_topic_unique": [_add("bridge_article_topic", "(1, 2, 302, 2, 0.75)")],
    "article_topic_resolves": _changes(
        "bridge_article_topic", _OF_2, "topic_id = 9", "version = 3"
    ),
    "article_topic_has_evidence": [
        f"delete from fact_topic_mention {_OF_2} and topic_id = 301"
    ],
    "article_topic_weights_sum": [
        *_changes(
            "bridge_article_topic",
            f"{_OF_2} and topic_id = 302",
            "weight = 0.75002",
            "weight = 0.74998",
            "weight = 'nan'::double",
            "mention_count = 0",
        ),
        "update bridge_article_topic set weight = if(topic_id = 301, 0, 1)",
    ],
    "topic_valid": [
        _add("dim_topic", "(302, 'economy.labour', 301, 'Еңбек')"),
        _add("dim_topic", "(303, 'economy.trade', 301, 'Еңбек')"),
        _add("dim_topic", "(303, 'economy.trade.foreign', 302, 'Еңбек')"),
        *_changes(
            "dim_topic",
            "where topic_id = 302",
            "parent_id = 9",
            "topic_code = ' '",
            "name_kk = ' '",
        ),
    ],
    "event_statement_in_order": _numbered("fact_event_statement", "event_no"),
    **_spans("event_statement", "fact_event_statement"),
    "event_statement_values_valid": _unsure(
        "fact_event_statement",
        "event_date = null",
        "event_precision = 'unknown'",
        "event_precision = 'odd'",
    ),
    "event_statement_references_resolve": _changes(
        "fact_event_statement", _OF_2, "event_type = 'odd'", "place_id = 9"
    ),
    "event_statement_actors_resolve": _changes(
        "fact_event_statement",
        _OF_2,
        *(
            f"actors = [{actors}]"
            for actors in (
                "{'entity_id': 9, 'actor_role': 'guest', 'country_code': 'KZ'}",
                "{'entity_id': null, 'actor_role': 'guest', 'country_code': 'KZ'}",
                "{'entity_id': 101, 'actor_role': ' ', 'country_code': 'KZ'}",
                "{'entity_id': 101, 'actor_role': null, 'country_code': 'KZ'}",
                "{'entity_id': 101, 'actor_role': 'guest', 'country_code': 'XX'}",
                (
                    "{'entity_id': 101, 'actor_role': 'guest', 'country_code': 'KZ'}, "
                    "{'entity_id': 101, 'actor_role': 'host', 'country_code': null}"
                ),
            )
        ),
    ),
    "event_statement_has_its_event": [
        *_changes("fact_event_statement", _OF_2, "event_id = null"),
        "update fact_event_statement set event_id = 401 where version = 1",
        f"delete from fact_event_mention {_OF_2} and event_id = 402",
    ],
    "document_in_order": _numbered("fact_document", "document_no"),
    **_spans("document", "fact_document"),
    "document_values_valid": _unsure(
        "fact_document", "title = ' '", "action = 'Қол қойды'", "action = ''"
    ),
    "document_event_resolves": [
        *_changes("fact_document", f"{_OF_2} and document_no = 1", "event_id = 402"),
        *_changes("fact_document", f"{_OF_2} and document_no = 1", "event_id = null"),
        *_changes("fact_document", f"{_OF_2} and document_no = 2", "event_no = 9"),
        *_changes("fact_document", f"{_OF_2} and document_no = 2", "event_id = 401"),
    ],
    "event_unique": [_add("fact_event", "(401, 'visit', 2, 2)")],
    "event_values_valid": _changes(
        "fact_event",
        "where event_id = 401",
        "event_type = 'odd'",
        "event_precision = 'odd'",
        "event_date = null",
        "event_precision = 'unknown'",
        "place_id = 9",
        "confidence = 1.5",
        "confidence = 'nan'::double",
    ),
    "event_mentions_counted": [
        "update fact_event set article_count = 1",
        "update fact_event set first_article_id = 2",
        "delete from fact_event where event_id = 401",
        "delete from fact_event_mention where event_id = 402",
    ],
    "event_mention_resolves": [
        _add("fact_event_mention", "(401, 1, 2, 3, 1, 'Үшінші', 2, false, 16, 22)"),
        *_changes(
            "fact_event_mention",
            f"{_OF_2} and event_id = 401",
            "event_no = 2",
            "version = 1",
            "event_id = 402, article_id = 2, version = 1",
        ),
        (
            "update fact_event_statement set event_id = 401 where version = 1;"
            f"update fact_event_mention set version = 1 {_OF_2} and event_id = 401"
        ),
    ],
    "event_actor_valid": [
        _add("bridge_event_actor", "(401, 101, 'host', 'KZ', 1)"),
        *_changes(
            "bridge_event_actor",
            "",
            "event_id = 9",
            "entity_id = 9",
            "actor_role = ' '",
            "country_code = 'XX'",
            "article_count = 0",
        ),
    ],
    "event_redirect_resolves": [
        _add("event_redirect", "(499, 402)"),
        *_changes("event_redirect", "", "event_id = 9", "old_event_id = 402"),
    ],
    "event_type_valid": [
        _add("dim_event_type", "('visit', 'бару', null)"),
        *_changes(
            "dim_event_type",
            "where event_type = 'visit'",
            "event_type = ' '",
            "name_kk = ' '",
            "quad_class = 'odd'",
        ),
    ],
}
