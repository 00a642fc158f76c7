"""Every table of the warehouse: its grain, its references, its columns of codes.

A test walks the schema: a table, a reference or a column of codes that is missing here
has to be exempted there, with a reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import codes
from checks.grain import Coded, Grain, Refers, Unique
from checks.rule import Owner, Severity
from checks.scopes import (
    OF_THE_LOAD,
    ON_TOUCHED_DAY,
    REBUILT,
    TOUCHED,
    TOUCHED_NUMBER,
    TOUCHED_STORY,
)

if TYPE_CHECKING:
    from checks.rule import Rule

_VERSION = "article_id, version"
_SENTENCE = f"{_VERSION}, sentence_no"
_STATEMENT = f"{_VERSION}, event_no"
_MEASURE = "measure, source_id, measured_date"


def _fault_of(step: str) -> str:
    return f"This is a fault of the step {step}: report it with these rows."


def _in_its_article(prefix: str, row: str) -> tuple[Refers, Refers]:
    """What every row of evidence refers to: its article version and its sentence."""
    return (
        Refers(
            f"{prefix}_article_resolves",
            _VERSION,
            "fact_article",
            says=f"the article version of {row} exists",
        ),
        Refers(f"{prefix}_in_its_sentence", _SENTENCE, "fact_sentence"),
    )


_ARTICLES = (
    Grain(
        "fact_article",
        Unique("article_version_unique", _VERSION, "an article has each version once"),
        (
            Refers(
                "article_source_resolves",
                "source_id",
                "dim_source",
                says="the outlet of every article is in dim_source",
            ),
            Refers(
                "article_file_resolves",
                "file_id",
                "fact_file",
                says="the file of every article is in fact_file",
            ),
            Refers(
                "article_load_resolves",
                "load_id",
                "dim_load",
                says="the load of every article is in dim_load",
            ),
            Refers(
                "article_date_in_calendar", "published_date", "dim_date", "full_date"
            ),
            Refers(
                "article_duplicate_resolves",
                "duplicate_of",
                "fact_article",
                "article_id",
            ),
            Refers("story_agrees_with_its_articles", "story_id", "dim_story"),
            Coded("article_codes_valid", "published_precision", codes.PRECISIONS),
            Coded("article_codes_valid", "published_basis", codes.BASES),
            Coded("article_codes_valid", "duplicate_role", codes.DUPLICATE_ROLES),
            Coded("article_codes_valid", "script", codes.SCRIPTS),
        ),
        scope=TOUCHED,
    ),
    Grain(
        "fact_sentence",
        Unique("sentence_unique", _SENTENCE, "a sentence stands once"),
        (
            Refers(
                "sentence_article_resolves",
                _VERSION,
                "fact_article",
                says="the article version of every sentence exists",
            ),
        ),
        scope=TOUCHED,
        remedy=_fault_of("sentences"),
    ),
    Grain(
        "article_step",
        Unique("step_unique", f"{_VERSION}, step", "a step stands once for a version"),
        (
            Refers(
                "step_article_resolves",
                _VERSION,
                "fact_article",
                says="the article version of every step exists",
            ),
        ),
        scope=TOUCHED,
    ),
)

_NAMES = (
    Grain(
        "fact_mention",
        Unique("mention_unique", f"{_VERSION}, mention_no", "a mention stands once"),
        (
            *_in_its_article("mention", "a mention"),
            Refers(
                "mention_entity_resolves",
                "entity_id",
                "dim_entity",
                says="the entity of every mention is in dim_entity",
            ),
            Coded(
                "mention_codes_valid",
                "entity_type",
                codes.ENTITY_TYPES,
                says="class and method of a mention are known codes",
            ),
            Coded("mention_codes_valid", "method", codes.NAME_METHODS),
        ),
        read="touched_mention",
        remedy=_fault_of("names"),
    ),
    Grain(
        "fact_role_mention",
        Unique(
            "role_mention_unique",
            f"{_VERSION}, entity_id, role, country_code, organisation_id, in_title, "
            "start_char, end_char",
            "a statement of an office stands once",
        ),
        (
            Refers("role_mention_references_resolve", _VERSION, "fact_article"),
            Refers("role_mention_references_resolve", "entity_id", "dim_entity"),
            Refers(
                "role_mention_references_resolve",
                "organisation_id",
                "dim_entity",
                "entity_id",
            ),
            Refers("role_mention_references_resolve", "country_code", "dim_country"),
            Refers("role_mention_in_its_sentence", _SENTENCE, "fact_sentence"),
            Coded("role_mention_values_valid", "method", codes.ROLE_METHODS),
        ),
        scope=TOUCHED,
        remedy=_fault_of("names"),
    ),
    Grain(
        "bridge_article_country",
        Unique(
            "article_country_unique",
            f"{_VERSION}, country_code",
            "a country stands once for an article version",
        ),
        (
            Refers(
                "article_country_resolves",
                _VERSION,
                "fact_article",
                says="article version and country of every row exist",
            ),
            Refers("article_country_resolves", "country_code", "dim_country"),
        ),
        scope=TOUCHED,
        remedy=_fault_of("names"),
    ),
    Grain(
        "dim_entity",
        Unique("entity_unique", "entity_id", "an entity stands once"),
        (
            Refers("entity_country_resolves", "country_code", "dim_country"),
            Refers(
                "entity_merged_into_resolves", "merged_into", "dim_entity", "entity_id"
            ),
            Coded("entity_values_valid", "entity_type", codes.ENTITY_TYPES),
            Coded("entity_values_valid", "origin", codes.ENTITY_ORIGINS),
        ),
    ),
    Grain(
        "dim_entity_alias",
        Unique("alias_unique", "entity_id, alias", "a spelling stands once"),
        (
            Refers(
                "alias_entity_resolves",
                "entity_id",
                "dim_entity",
                says="the entity of every spelling is in dim_entity",
            ),
            Coded("alias_values_valid", "origin", codes.ALIAS_ORIGINS),
        ),
    ),
    Grain(
        "dim_entity_role",
        Unique("role_unique", "role_id"),
        (
            Refers("role_person_resolves", "entity_id", "dim_entity"),
            Refers(
                "role_references_resolve",
                "organisation_id",
                "dim_entity",
                "entity_id",
                says="organisation and country of every office exist",
            ),
            Refers("role_references_resolve", "country_code", "dim_country"),
            Refers(
                "role_has_evidence", "evidence_article_id", "fact_article", "article_id"
            ),
        ),
    ),
)

_COPIES = (
    Grain(
        "article_signature",
        Unique("signature_of_current_version", "article_id"),
        (Refers("signature_of_current_version", _VERSION, "fact_article"),),
        scope=TOUCHED,
    ),
    Grain(
        "article_bucket",
        Unique(
            "bucket_unique",
            f"{_VERSION}, bucket_key",
            "a bucket of an article stands once",
        ),
        (
            Refers(
                "bucket_article_resolves",
                _VERSION,
                "fact_article",
                says="the article version of every bucket exists",
            ),
        ),
        scope=TOUCHED,
        remedy=_fault_of("copies"),
    ),
    *(
        Grain(
            table,
            Unique(f"{name}_pair_unique", "article_id, other_article_id"),
            (
                Refers(f"{name}_pair_resolves", "article_id", "fact_article"),
                Refers(
                    f"{name}_pair_resolves",
                    "other_article_id",
                    "fact_article",
                    "article_id",
                ),
            ),
        )
        for table, name in (("fact_duplicate", "duplicate"), ("story_link", "story"))
    ),
    Grain(
        "dim_story",
        Unique("story_unique", "story_id", "a story stands once"),
        (
            Refers(
                "story_agrees_with_its_articles",
                "story_id",
                "fact_article",
                "article_id",
            ),
        ),
        scope=TOUCHED_STORY,
        remedy=_fault_of("copies"),
    ),
    Grain(
        "story_redirect",
        Unique("story_redirect_resolves", "old_story_id"),
        (Refers("story_redirect_resolves", "story_id", "dim_story"),),
    ),
)

_SEARCH = (
    Grain(
        "search_document",
        Unique("search_document_unique", "document_no"),
        (
            Refers("search_has_current_versions", _VERSION, "fact_article"),
            Refers(
                "search_source_resolves",
                "source_id",
                "dim_source",
                says="the outlet of every document is in dim_source",
            ),
        ),
        scope=TOUCHED,
        remedy=_fault_of("search"),
    ),
    Grain("search_form", Unique("search_form_unique", "form_no")),
    Grain(
        "search_posting",
        Unique(
            "search_posting_unique",
            "form_no, document_no",
            "a form stands once for an article",
        ),
        (
            Refers(
                "search_posting_resolves",
                "form_no",
                "search_form",
                says="form and article of every row exist",
            ),
            Refers("search_posting_resolves", "document_no", "search_document"),
        ),
        scope=TOUCHED_NUMBER,
        remedy=f"{_fault_of('search')[:-1]}, and run `qoima reprocess --step search`.",
    ),
)

_EVIDENCE = (
    Grain(
        "fact_quote",
        Unique("quote_in_order", f"{_VERSION}, quote_no"),
        (
            *_in_its_article("quote", "a quotation"),
            Refers(
                "quote_speaker_resolves",
                "speaker_id",
                "dim_entity",
                "entity_id",
                says="the speaker of a quotation is in dim_entity",
            ),
            Coded("quote_values_valid", "quote_kind", codes.QUOTE_KINDS),
        ),
        scope=TOUCHED,
        remedy=_fault_of("quotes"),
    ),
    Grain(
        "fact_amount",
        Unique("amount_in_order", f"{_VERSION}, amount_no"),
        (
            *_in_its_article("amount", "an amount"),
            Refers("amount_unit_fits", "unit_code", "dim_unit"),
            Refers("amount_unit_fits", "currency_code", "dim_unit"),
            Coded("amount_values_valid", "kind", codes.AMOUNT_KINDS),
            Coded("amount_values_valid", "approximation", codes.APPROXIMATIONS),
            Coded("amount_values_valid", "direction", codes.DIRECTIONS),
        ),
        scope=TOUCHED,
        remedy=_fault_of("amounts"),
    ),
    Grain(
        "fact_date_mention",
        Unique("date_mention_in_order", f"{_VERSION}, date_no"),
        (
            *_in_its_article("date_mention", "a date"),
            Coded("date_mention_values_valid", "precision", codes.MENTIONED_PRECISIONS),
            Coded("date_mention_values_valid", "basis", codes.MENTIONED_BASES),
        ),
        scope=TOUCHED,
        remedy=_fault_of("dates"),
    ),
    Grain(
        "dim_unit",
        Unique("unit_valid", "unit_code"),
        (
            Refers("unit_valid", "base_unit_code", "dim_unit", "unit_code"),
            Coded("unit_valid", "kind", codes.AMOUNT_KINDS),
        ),
    ),
    Grain(
        "fact_topic_mention",
        Unique(
            "topic_mention_unique",
            f"{_VERSION}, topic_id, in_title, start_char, end_char",
            "a span speaks for a topic once",
        ),
        (
            *_in_its_article("topic_mention", "evidence of a topic"),
            Refers(
                "topic_mention_topic_resolves",
                "topic_id",
                "dim_topic",
                says="the topic of evidence is in dim_topic",
            ),
        ),
        scope=TOUCHED,
        remedy=_fault_of("topics"),
    ),
    Grain(
        "bridge_article_topic",
        Unique(
            "article_topic_unique",
            f"{_VERSION}, topic_id",
            "a topic stands once for an article version",
        ),
        (
            Refers(
                "article_topic_resolves",
                _VERSION,
                "fact_article",
                says="article version and topic of every row exist",
            ),
            Refers("article_topic_resolves", "topic_id", "dim_topic"),
        ),
        scope=TOUCHED,
        remedy=_fault_of("topics"),
    ),
    Grain(
        "dim_topic",
        Unique("topic_valid", "topic_id"),
        (Refers("topic_valid", "parent_id", "dim_topic", "topic_id"),),
    ),
)

_EVENTS = (
    Grain(
        "fact_event_statement",
        Unique("event_statement_in_order", _STATEMENT),
        (
            *_in_its_article("event_statement", "a statement of an event"),
            Refers("event_statement_has_its_event", "event_id", "fact_event"),
            Refers(
                "event_statement_references_resolve",
                "event_type",
                "dim_event_type",
                says="type and place of a statement exist",
            ),
            Refers("event_statement_references_resolve", "place_id", "dim_place"),
            Coded(
                "event_statement_values_valid",
                "event_precision",
                codes.EVENT_PRECISIONS,
            ),
        ),
        scope=TOUCHED,
        remedy=_fault_of("events"),
    ),
    Grain(
        "fact_document",
        Unique("document_in_order", f"{_VERSION}, document_no"),
        (
            *_in_its_article("document", "a document"),
            Refers("document_event_resolves", "event_id", "fact_event"),
            Refers("document_event_resolves", _STATEMENT, "fact_event_statement"),
        ),
        scope=TOUCHED,
        remedy=_fault_of("events"),
    ),
    Grain(
        "fact_event",
        Unique("event_unique", "event_id", "an event stands once"),
        (
            Refers("event_values_valid", "event_type", "dim_event_type"),
            Refers("event_values_valid", "place_id", "dim_place"),
            Refers(
                "event_mentions_counted",
                "first_article_id",
                "fact_article",
                "article_id",
            ),
            Coded("event_values_valid", "event_precision", codes.EVENT_PRECISIONS),
        ),
        scope=REBUILT,
        remedy=_fault_of("events"),
    ),
    Grain(
        "fact_event_mention",
        Unique("event_mention_resolves", "event_id, article_id"),
        (
            Refers("event_mentions_counted", "event_id", "fact_event"),
            Refers("event_mention_resolves", _VERSION, "fact_article"),
            Refers("event_mention_resolves", _STATEMENT, "fact_event_statement"),
        ),
        remedy=_fault_of("events"),
    ),
    Grain(
        "bridge_event_actor",
        Unique("event_actor_valid", "event_id, entity_id"),
        (
            Refers("event_actor_valid", "event_id", "fact_event"),
            Refers("event_actor_valid", "entity_id", "dim_entity"),
            Refers("event_actor_valid", "country_code", "dim_country"),
        ),
    ),
    Grain(
        "event_redirect",
        Unique("event_redirect_resolves", "old_event_id"),
        (Refers("event_redirect_resolves", "event_id", "fact_event"),),
    ),
    Grain(
        "dim_event_type",
        Unique("event_type_valid", "event_type"),
        (Coded("event_type_valid", "quad_class", codes.QUAD_CLASSES),),
    ),
)

_LEDGERS = (
    Grain(
        "fact_file",
        Unique("file_unique", "file_id"),
        (
            Refers("file_duplicate_resolves", "duplicate_of", "fact_file", "file_id"),
            Refers(
                "file_load_resolves",
                "load_id",
                "dim_load",
                says="the load of every file is in dim_load",
            ),
            Coded(
                "file_status_valid",
                "status",
                codes.FILE_STATUSES,
                says="the status of a file is a known code",
            ),
        ),
        scope=OF_THE_LOAD,
    ),
    Grain(
        "fact_record",
        Unique("record_unique", "file_id, record_no", "a record is one article"),
        (
            Refers(
                "record_file_resolves",
                "file_id",
                "fact_file",
                says="the file of every record exists",
            ),
            Refers(
                "record_load_resolves",
                "load_id",
                "dim_load",
                says="the load of every record is in dim_load",
            ),
        ),
        scope=OF_THE_LOAD,
    ),
    Grain(
        "fact_rejection",
        Unique("rejection_unique", "rejection_id", "a rejection stands once"),
        (
            Refers(
                "rejection_references_resolve",
                "file_id",
                "fact_file",
                says="the file and the load of every rejection exist",
            ),
            Refers("rejection_references_resolve", "load_id", "dim_load"),
            Coded("rejection_codes_valid", "stage", codes.REJECTION_STAGES),
            Coded("rejection_codes_valid", "status", codes.REJECTION_STATUSES),
        ),
        scope=OF_THE_LOAD,
    ),
    Grain(
        "dim_load",
        Unique("load_unique", "load_id", "a load stands once"),
        (
            Coded(
                "load_codes_valid",
                "status",
                codes.LOAD_STATUSES,
                says="status and trigger of a load are known codes",
            ),
            Coded("load_codes_valid", "trigger", codes.LOAD_TRIGGERS),
        ),
        scope=OF_THE_LOAD,
    ),
    Grain(
        "fact_check",
        Unique("check_unique", "load_id, rule_id", "a rule stands once for a load"),
        (
            Refers(
                "check_references_resolve",
                "load_id",
                "dim_load",
                says="the load and the rule of every result exist",
            ),
            Refers("check_references_resolve", "rule_id", "dim_rule"),
            Coded(
                "check_codes_valid",
                "severity",
                codes.SEVERITIES,
                says="the severity of a result is a known code",
            ),
        ),
        scope=OF_THE_LOAD,
    ),
    Grain(
        "fact_check_row",
        Unique(
            "check_row_unique",
            "load_id, rule_id, row_no",
            "a row that broke a rule stands once",
        ),
        (
            Refers(
                "check_row_references_resolve",
                "load_id, rule_id",
                "fact_check",
                says="the result, the file, the article and the outlet of every row "
                "that broke a rule exist",
            ),
            Refers("check_row_references_resolve", "file_id", "fact_file"),
            Refers("check_row_references_resolve", "source_id", "dim_source"),
        ),
        scope=OF_THE_LOAD,
    ),
    Grain(
        "dim_rule",
        Unique("rule_unique", "rule_id", "a rule stands once"),
        (
            Coded(
                "rule_codes_valid",
                "severity",
                codes.SEVERITIES,
                says="level, severity and owner of a rule are known codes",
            ),
            Coded("rule_codes_valid", "level", codes.LEVELS),
            Coded("rule_codes_valid", "owner", codes.OWNERS),
        ),
    ),
    Grain(
        "file_hint",
        Unique("hint_unique", "root_id, path", "a path of a folder has one hint"),
        scope=f"file_id in (select file_id from fact_file where {OF_THE_LOAD})",
        remedy="Hints only save time: run again, and report it if it stays.",
        owner=Owner.ENGINEER,
    ),
    Grain(
        "forgotten_article",
        Unique("forgotten_unique", "article_id", "an article is forgotten once"),
    ),
    Grain(
        "schema_version",
        Unique(
            "schema_version_unique", "version", "the number of a schema stands once"
        ),
    ),
)

_HISTORY = (
    Grain(
        "article_measure",
        Unique("article_measure_is_whole", _VERSION),
        (
            Refers("article_measure_is_whole", _VERSION, "fact_article"),
            Refers("article_measure_is_whole", "source_id", "dim_source"),
        ),
        scope=TOUCHED,
    ),
    Grain(
        "fact_measure",
        Unique("measure_unique", _MEASURE, "a measure of an outlet stands once a day"),
        (
            Refers("measure_resolves", "source_id", "dim_source"),
            Refers("measure_resolves", "load_id", "dim_load"),
            Coded("measure_valid", "measure", codes.MEASURES),
        ),
        scope=ON_TOUCHED_DAY,
    ),
    Grain(
        "fact_restatement",
        Unique(
            "restatement_unique",
            f"{_MEASURE}, load_id, restated_at",
            "a load restates a measure of a day once",
        ),
        (
            Refers("restatement_resolves", "source_id", "dim_source"),
            Refers("restatement_resolves", "load_id", "dim_load"),
            Coded("restatement_valid", "measure", codes.PUBLISHED_MEASURES),
            Coded("restatement_valid", "cause", codes.RESTATEMENT_CAUSES),
        ),
        scope=OF_THE_LOAD,
    ),
    Grain(
        "dim_incident",
        Unique("incident_unique", "incident_id", "an incident stands once"),
        (
            Refers("incident_valid", "source_id", "dim_source"),
            Coded("incident_valid", "measure", codes.MEASURES),
        ),
        remedy="A row of seeds/incidents.csv became this: report it with these rows.",
        owner=Owner.REFERENCES,
    ),
)

_MEND_OUTLETS = "Correct seeds/outlets.csv and run again."
_MEND_PLACES = "Correct seeds/places.csv and run again."

_DIMENSIONS = (
    Grain(
        "dim_source",
        Unique("source_unique", "source_id"),
        (
            Refers(
                "source_country_resolves",
                "country_code",
                "dim_country",
                says="the country of an outlet is in dim_country",
                severity=Severity.WARNING,
            ),
            Coded(
                "source_kind_known",
                "kind",
                codes.SOURCE_KINDS,
                says="the kind of an outlet is a known code",
                severity=Severity.WARNING,
            ),
        ),
        remedy=_MEND_OUTLETS,
        owner=Owner.REFERENCES,
    ),
    Grain(
        "dim_source_history",
        Unique("source_history_consistent", "source_id, valid_from"),
        (
            Refers("source_history_consistent", "source_id", "dim_source"),
            Refers(
                "source_history_country_resolves",
                "country_code",
                "dim_country",
                says="the country of an outlet in each span is in dim_country",
                severity=Severity.WARNING,
            ),
            Coded(
                "source_history_kind_known",
                "kind",
                codes.SOURCE_KINDS,
                says="the kind of an outlet in each span is a known code",
                severity=Severity.WARNING,
            ),
        ),
        remedy=_MEND_OUTLETS,
        owner=Owner.REFERENCES,
    ),
    Grain("dim_date", Unique("date_unique", "full_date")),
    Grain(
        "dim_country",
        Unique("country_valid", "country_code"),
        (Refers("country_valid", "entity_id", "dim_entity"),),
    ),
    Grain(
        "dim_place",
        Unique("place_unique", "place_id"),
        (
            Refers("place_valid", "entity_id", "dim_entity"),
            Refers("place_valid", "country_code", "dim_country"),
            Coded(
                "place_kind_known",
                "kind",
                codes.PLACE_KINDS,
                says="the kind of a place is a known code",
            ),
        ),
        remedy=_MEND_PLACES,
        owner=Owner.REFERENCES,
    ),
)


def _aggregate(table: str, key: str, *columns: str) -> Grain:
    """A table for reports: one rule compares these columns with the facts."""
    follows = f"{table}_follows"
    return Grain(
        table,
        Unique(follows, key),
        tuple(
            Refers(follows, column, "fact_article")
            for column in ("article_id", "version", "source_id", *columns)
        ),
    )


_OF_ARTICLE = ("published_date", "story_id", "duplicate_role")
_AGGREGATES = (
    _aggregate("agg_article", _VERSION, *_OF_ARTICLE, "published_precision", "file_id"),
    _aggregate(
        "agg_country", f"{_VERSION}, country_code", *_OF_ARTICLE, "country_code"
    ),
    _aggregate("agg_quote", f"{_VERSION}, quote_no", *_OF_ARTICLE, "quote_no"),
    _aggregate("agg_amount", f"{_VERSION}, amount_no", *_OF_ARTICLE, "amount_no"),
    _aggregate(
        "agg_quote_mention",
        f"{_VERSION}, quote_no, mention_no",
        "quote_no",
        "mention_no",
        "entity_id",
        "text_key",
    ),
)

GRAINS: tuple[Grain, ...] = (
    *_ARTICLES,
    *_NAMES,
    *_COPIES,
    *_SEARCH,
    *_EVIDENCE,
    *_EVENTS,
    *_AGGREGATES,
    *_LEDGERS,
    *_DIMENSIONS,
    *_HISTORY,
)

GRAIN_RULES: tuple[Rule, ...] = tuple(
    rule for grain in GRAINS for rule in grain.rules()
)
