"""The codes that the contract allows, each list written once."""

from __future__ import annotations

PRECISIONS = ("minute", "day", "month", "year", "unknown")
BASES = (
    "header",
    "body",
    "url",
    "metadata",
    "filename",
    "inferred",
    "correction",
    "unknown",
)
#: What became of a row of corrections.csv or fixes.csv.
CORRECTION_STATES = ("applied", "outdated", "mended")
FIX_STATES = ("applied", "no_place")
FIX_KINDS = ("not_a_mention", "entity", "country", "not_a_quote", "speaker")
FIX_SCOPES = ("span", "article")
SCRIPTS = ("cyrillic", "latin", "arabic", "other")
DUPLICATE_ROLES = ("original", "copy", "rewrite")
FILE_STATUSES = ("loaded", "duplicate", "quarantined", "held")
REJECTION_STAGES = ("pickup", "read", "check")
REJECTION_STATUSES = ("open", "replayed", "dismissed")
LOAD_STATUSES = ("succeeded", "blocked", "failed", "interrupted")
LOAD_TRIGGERS = ("manual", "schedule", "backfill", "reprocess")
SEVERITIES = ("critical", "warning", "info")
LEVELS = ("record", "batch", "table", "history")
OWNERS = ("maintainer", "data engineer", "reference tables", "outlet", "analyst")
SOURCE_KINDS = (
    "agency",
    "newspaper",
    "portal",
    "broadcaster",
    "government",
    "research",
)
PLACE_KINDS = ("city", "region")

#: The classes of KazNERD, in lower case.
ENTITY_TYPES = (
    "adage",
    "art",
    "cardinal",
    "contact",
    "date",
    "disease",
    "event",
    "facility",
    "gpe",
    "language",
    "law",
    "location",
    "miscellaneous",
    "money",
    "non_human",
    "norp",
    "ordinal",
    "organisation",
    "percentage",
    "person",
    "position",
    "product",
    "project",
    "quantity",
    "time",
)
#: Classes whose spans give a value and name nobody and nothing.
VALUE_TYPES = ("cardinal", "date", "money", "ordinal", "percentage", "quantity", "time")
ENTITY_ORIGINS = ("seed", "learned", "article")
ALIAS_ORIGINS = ("seed", "learned")
#: How a span was found (the first five) or what linked it to its entity.
NAME_METHODS = (
    "model",
    "gazetteer",
    "rule",
    "recall",
    "definition",
    "apposition",
    "in_article",
    "reference",
    "fix",
)
#: Where the office stands: before or after the name, or in words of an appointment.
ROLE_METHODS = ("before", "after", "appointment", "fix")

QUOTE_KINDS = ("direct", "indirect", "answer")
AMOUNT_KINDS = ("money", "percent", "count", "quantity", "duration")
APPROXIMATIONS = ("exact", "over", "under", "about")
DIRECTIONS = ("rise", "fall")
#: What a date expression names.
MENTIONED_PRECISIONS = (
    "day",
    "week",
    "month",
    "quarter",
    "half",
    "season",
    "year",
    "decade",
    "century",
    "range",
    "unknown",
)
MENTIONED_BASES = ("absolute", "relative")
EVENT_PRECISIONS = ("day", "month", "year", "unknown")
#: As in PLOVER and CAMEO.
QUAD_CLASSES = (
    "verbal_cooperation",
    "material_cooperation",
    "verbal_conflict",
    "material_conflict",
)

#: Measures of a day of publication, then of a day of arrival.
PUBLISHED_MEASURES = (
    "articles",
    "without_copies",
    "mentions",
    "quotes",
    "amounts",
    "events",
    "mentions_an_article",
    "quotes_an_article",
    "amounts_an_article",
    "events_an_article",
    "low_confidence_share",
)
MEASURES = (
    *PUBLISHED_MEASURES,
    "arrived_files",
    "arrived_records",
    "arrived_rejects",
    "arrived_reject_share",
    "arrived_articles",
    "arrived_undated_share",
    "arrived_kazakh_share",
    "arrived_russian_share",
    "arrived_copy_share",
    "arrived_low_confidence_share",
    "arrived_words_an_article",
)
#: Why a published measure changed.
RESTATEMENT_CAUSES = (
    "correction",
    "forget",
    "reprocess",
    "backfill",
    "new_version",
    "late_copy",
    "late_article",
)

#: Bases that no person printed as the article's date.
GUESSED_BASES = ("url", "filename", "inferred", "metadata")

#: Languages of the family that are written in one script only (ISO 639-1). Kazakh,
#: Uzbek, Tatar, Azerbaijani and Serbian use several and are left out.
CYRILLIC_LANGUAGES = ("ru", "ky", "tg", "uk", "be", "bg", "mk", "mn", "ba")
LATIN_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "tr", "pl", "cs", "tk")
ARABIC_LANGUAGES = ("ar", "fa", "ur", "ps")
