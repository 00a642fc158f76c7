"""The codes that the contract allows, each list written once."""

from __future__ import annotations

PRECISIONS = ("minute", "day", "month", "year", "unknown")
BASES = ("header", "body", "url", "metadata", "filename", "inferred", "unknown")
SCRIPTS = ("cyrillic", "latin", "arabic", "other")
DUPLICATE_ROLES = ("original", "copy", "rewrite")
FILE_STATUSES = ("loaded", "duplicate", "quarantined", "held")
REJECTION_STAGES = ("pickup", "read", "check")
REJECTION_STATUSES = ("open", "replayed", "dismissed")
LOAD_STATUSES = ("succeeded", "blocked", "failed", "interrupted")
LOAD_TRIGGERS = ("manual", "schedule", "backfill", "reprocess")
SEVERITIES = ("critical", "warning", "info")

#: Bases that no person printed as the article's date.
GUESSED_BASES = ("url", "filename", "inferred", "metadata")

#: Languages of the family that are written in one script only (ISO 639-1). Kazakh,
#: Uzbek, Tatar, Azerbaijani and Serbian use several and are left out.
CYRILLIC_LANGUAGES = ("ru", "ky", "tg", "uk", "be", "bg", "mk", "mn", "ba")
LATIN_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "tr", "pl", "cs", "tk")
ARABIC_LANGUAGES = ("ar", "fa", "ur", "ps")
