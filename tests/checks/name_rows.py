"""Names in the good warehouse of `warehouse_rows`, and each a fault of their rules."""

from __future__ import annotations

#: A person, his office's country and organisation, and a town. The text of article 1,
#: version 2 is «Бірінші сөйлем. Үшінші сөйлем.», its title «Тақырып».
NAME_ROWS = {
    "dim_entity": [
        "(101, 'person', 'Айдос Серікұлы', 'KZ', 'learned', null)",
        "(102, 'gpe', 'Қазақстан', 'KZ', 'seed', null)",
        "(103, 'organisation', 'Су министрлігі', 'KZ', 'seed', null)",
        "(104, 'organisation', 'Су шаруашылығы министрлігі', 'KZ', 'seed', 103)",
        "(105, 'gpe', 'Арал', 'KZ', 'seed', null)",
        "(106, 'person', 'Болат Асанұлы', null, 'article', null)",
    ],
    "dim_entity_alias": [
        "(101, 'Серікұлы', 'learned')",
        "(103, 'СМ', 'seed')",
    ],
    "dim_country": ["('KZ', 'Қазақстан', false, 102)"],
    "dim_place": ["(105, 105, 'Арал', 'city', 'KZ', 46.8, 61.7, false)"],
    "fact_mention": [
        "(1, 1, 1, 101, 'person', 'Бірінші', 0, 7, 1, false)",
        "(1, 2, 1, 101, 'person', 'Тақырып', 0, 7, null, true)",
        "(1, 2, 2, 101, 'person', 'Бірінші', 0, 7, 1, false)",
        "(1, 2, 3, 102, 'gpe', 'Бірінші', 0, 7, 1, false)",
        "(1, 2, 4, 106, 'person', 'Үшінші', 16, 22, 2, false)",
        "(1, 2, 5, null, 'cardinal', 'сөйлем.', 23, 30, 2, false)",
        "(2, 1, 1, 102, 'gpe', 'Жалғыз', 0, 6, 1, false)",
    ],
    "fact_role_mention": [
        "(1, 1, 101, 'Министр', 'KZ', 103, true, false, 1, 0, 14)",
        "(1, 2, 101, 'Министр', 'KZ', 103, true, false, 1, 0, 14)",
        "(1, 2, 106, 'Депутат', null, null, false, true, null, 0, 7)",
        "(2, 1, 101, 'Министр', 'KZ', 103, true, false, 1, 0, 13)",
    ],
    "dim_entity_role": [
        "(201, 101, 'Министр', 'KZ', 103, true, null, 1)",
        "(202, 106, 'Депутат', null, null, false, null, 1)",
    ],
    "bridge_article_country": ["(1, 2, 'KZ', 1, 1.0)", "(2, 1, 'KZ', 1, 1.0)"],
}

NAME_COLUMNS: dict[str, tuple[str, dict[str, str]]] = {
    "dim_entity": (
        "entity_id, entity_type, name, country_code, origin, merged_into",
        {},
    ),
    "dim_entity_alias": ("entity_id, alias, origin", {}),
    "dim_country": ("country_code, name_kk, is_former, entity_id", {}),
    "dim_place": (
        (
            "place_id, entity_id, name, kind, country_code, latitude, longitude,"
            " is_capital"
        ),
        {},
    ),
    "fact_mention": (
        (
            "article_id, version, mention_no, entity_id, entity_type, surface,"
            " start_char, end_char, sentence_no, in_title"
        ),
        {"confidence": "0.9", "method": "'model'"},
    ),
    "fact_role_mention": (
        (
            "article_id, version, entity_id, role, country_code, organisation_id,"
            " is_single, in_title, sentence_no, start_char, end_char"
        ),
        {"confidence": "0.8", "method": "'before'"},
    ),
    "dim_entity_role": (
        (
            "role_id, entity_id, role, country_code, organisation_id, is_single,"
            " valid_to, evidence_article_id"
        ),
        {
            "valid_from": "date '2025-12-19'",
            "is_current": "true",
            "evidence_count": "1",
        },
    ),
    "bridge_article_country": (
        "article_id, version, country_code, mention_count, weight",
        {},
    ),
}

_MENTION = "update fact_mention set"
_STATEMENT = "update fact_role_mention set"
_SPAN = "update dim_entity_role set"
_PLACE = "update dim_place set"
_ENTITY = "update dim_entity set"
_OF_2 = "where article_id = 1 and version = 2"


def _add(table: str, row: str) -> str:
    names, rest = NAME_COLUMNS[table]
    tail = "".join(f", {value}" for value in rest.values())
    return f"insert into {table} ({', '.join([names, *rest])}) values {row[:-1]}{tail})"


NAME_FAULTS: dict[str, list[str]] = {
    "mention_unique": [f"{_MENTION} mention_no = 2 {_OF_2} and mention_no = 3"],
    "mention_in_order": [
        f"{_MENTION} mention_no = 9 {_OF_2} and mention_no = 5",
        f"{_MENTION} mention_no = 6 - mention_no {_OF_2}",
        f"{_MENTION} mention_no = 3 - mention_no {_OF_2} and mention_no < 3",
        f"{_MENTION} mention_no = 9 - mention_no {_OF_2} and mention_no > 3",
    ],
    "mention_article_resolves": [
        _add("fact_mention", "(1, 3, 1, 101, 'person', 'Бірінші', 0, 7, 1, false)"),
    ],
    "mention_entity_resolves": [f"{_MENTION} entity_id = 9 {_OF_2} and mention_no = 4"],
    "mention_codes_valid": [
        f"{_MENTION} {column} = 'odd' {_OF_2}" for column in ("entity_type", "method")
    ],
    "mention_confidence_valid": [
        f"{_MENTION} confidence = {value} {_OF_2}"
        for value in ("1.01", "-0.1", "'nan'::double")
    ],
    "mention_value_names_nothing": [
        f"{_MENTION} entity_id = 101 {_OF_2} and mention_no = 5"
    ],
    "mention_in_its_sentence": [
        f"{_MENTION} {change} {_OF_2} and mention_no = 4"
        for change in (
            "sentence_no = 1",
            "sentence_no = 3",
            "sentence_no = null",
            "in_title = true",
            "end_char = 16",
            "end_char = 31",
            "start_char = 15",
        )
    ]
    + [
        f"{_MENTION} {change} {_OF_2} and mention_no = 1"
        for change in ("sentence_no = 1", "start_char = -1", "end_char = 0")
    ],
    "mention_gives_its_surface": [
        f"{_MENTION} {change} {_OF_2} and mention_no = {number}"
        for number in (1, 4)
        for change in (
            "surface = 'Басқа'",
            "surface = surface || ' '",
            "surface = '', end_char = start_char",
            "start_char = start_char + 1",
            "end_char = end_char + 1",
        )
    ],
    "mention_no_crossing_of_a_class": [
        f"{_MENTION} entity_type = 'person' {_OF_2} and mention_no = 3",
        _add("fact_mention", "(1, 2, 6, 101, 'person', 'інші с', 18, 24, 2, false)"),
    ],
    "article_country_unique": [
        _add("bridge_article_country", "(1, 2, 'KZ', 1, 1.0)"),
    ],
    "article_country_resolves": [
        f"update bridge_article_country set country_code = 'XX' {_OF_2}",
        f"update bridge_article_country set version = 3 {_OF_2}",
    ],
    "article_country_weights_sum": [
        f"update bridge_article_country set {change} {_OF_2}"
        for change in (
            "weight = 0.99999",
            "weight = 1.00001",
            "weight = 'nan'::double",
            "mention_count = 0",
        )
    ],
    "role_mention_unique": [
        _add(
            "fact_role_mention",
            "(1, 2, 101, 'Министр', 'KZ', 103, false, false, 1, 0, 14)",
        ),
    ],
    "role_mention_references_resolve": [
        f"{_STATEMENT} {change} {_OF_2}"
        for change in (
            "version = 3",
            "entity_id = 9",
            "entity_id = 103",
            "organisation_id = 9",
            "country_code = 'XX'",
        )
    ],
    "role_mention_values_valid": [
        f"{_STATEMENT} {change} {_OF_2}"
        for change in (
            "role = ' '",
            "confidence = 2",
            "confidence = 'nan'::double",
            "method = 'odd'",
        )
    ],
    "role_mention_in_its_sentence": [
        f"{_STATEMENT} {change} {_OF_2} and entity_id = 101"
        for change in (
            "sentence_no = 2",
            "sentence_no = 3",
            "sentence_no = null",
            "in_title = true",
            "end_char = 0",
            "end_char = 16",
        )
    ],
    "role_unique": [
        f"{_SPAN} role_id = 201",
        _add(
            "dim_entity_role", "(203, 101, 'Министр', 'KZ', 103, true, '2026-01-01', 1)"
        ),
    ],
    "role_span_valid": [
        f"{_SPAN} {change} where role_id = 201"
        for change in (
            "valid_to = '2025-12-18', is_current = false",
            "valid_to = '2026-01-01'",
            "is_current = false",
            "evidence_count = 0",
        )
    ],
    "role_one_holder": [
        _add("dim_entity_role", "(203, 106, 'Министр', 'KZ', 103, true, null, 1)"),
        f"{_SPAN} is_current = false, valid_to = '2026-01-01' where role_id = 201",
        _add(
            "dim_entity_role", "(203, 106, 'Министр', 'KZ', 103, true, '2026-01-01', 1)"
        )
        + ";"
        f"{_SPAN} is_current = false where role_id = 203;"
        f"{_SPAN} valid_from = '2026-01-01' where role_id = 201",
    ],
    "role_person_resolves": [
        f"{_SPAN} entity_id = 9 where role_id = 201",
        f"{_SPAN} entity_id = 103 where role_id = 201",
    ],
    "role_has_evidence": [
        f"{_SPAN} {change} where role_id = 201"
        for change in (
            "evidence_article_id = 9",
            "entity_id = 106",
            "role = 'Әкім'",
            "country_code = null",
            "organisation_id = null",
            "valid_from = '2025-12-18'",
        )
    ]
    + [f"delete from fact_role_mention {_OF_2}"],
    "entity_unique": [
        _add("dim_entity", "(101, 'person', 'Айдос Серікұлы', 'KZ', 'learned', null)"),
    ],
    "entity_values_valid": [
        f"{_ENTITY} {column} = '{value}'"
        for column, value in (
            ("entity_type", "odd"),
            ("origin", "odd"),
            ("name", " "),
        )
    ],
    "entity_merged_into_resolves": [
        f"{_ENTITY} merged_into = 9 where entity_id = 104",
        f"{_ENTITY} merged_into = 104 where entity_id = 104",
        f"{_ENTITY} merged_into = 104 where entity_id = 101",
    ],
    "entity_country_resolves": [f"{_ENTITY} country_code = 'XX'"],
    "alias_unique": [_add("dim_entity_alias", "(103, 'СМ', 'learned')")],
    "alias_values_valid": [
        "update dim_entity_alias set origin = 'article'",
        "update dim_entity_alias set alias = ' '",
    ],
    "alias_entity_resolves": ["update dim_entity_alias set entity_id = 9"],
    "country_valid": [
        _add("dim_country", "('KZ', 'Қазақстан', false, 105)"),
        _add("dim_country", "('KG', 'Қырғызстан', false, 102)"),
        "update dim_country set country_code = 'KAZ'",
        "update dim_country set entity_id = 9",
    ],
    "place_unique": [
        _add("dim_place", "(105, 105, 'Арал', 'city', 'KZ', 46.8, 61.7, false)"),
        f"{_PLACE} entity_id = 102",
    ],
    "place_valid": [
        f"{_PLACE} {change}"
        for change in (
            "place_id = 9, entity_id = 9",
            "country_code = 'XX'",
            "latitude = 91",
            "longitude = -181",
            "latitude = null",
            "longitude = null",
        )
    ],
}
