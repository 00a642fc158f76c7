"""Rules that one record must meet, over the narrow batch.

A record that fails a critical one goes to quarantine with the rule's name; the rest
of the batch goes on.
"""

from __future__ import annotations

from checks import codes
from checks.rule import Owner, Rule, Severity, one_of, record_rule

_SHOW = "`qoima quarantine show` prints the record"
_REPLAY = "mend the file or the mapping and run `qoima quarantine replay`"
#: Characters of the text in which letters are counted (the batch measures a sample).
_ENOUGH_LETTERS = 100


_CRITICAL = (
    record_rule(
        "record_keys_present",
        Severity.CRITICAL,
        "file_id is not null and record_no >= 1 and article_id is not null"
        " and length(record_hash) > 0",
        evidence=("article_id", "record_hash"),
        protects="every record has its keys and its place in the file",
        remedy="This is a fault of the reader: report it with the file.",
        owner=Owner.MAINTAINER,
    ),
    record_rule(
        "title_present",
        Severity.CRITICAL,
        "title_length > 0",
        evidence=("title_length", "format"),
        protects="every article has a title",
        remedy=f"If the title stands under another name, add it to "
        f"seeds/field_names.csv; {_REPLAY}.",
        owner=Owner.REFERENCES,
    ),
    record_rule(
        "text_present",
        Severity.CRITICAL,
        "text_length > 0",
        evidence=("text_length", "format"),
        protects="every article has a text",
        remedy=f"If the text stands under another name, add it to "
        f"seeds/field_names.csv; {_REPLAY}.",
        owner=Owner.REFERENCES,
    ),
    record_rule(
        "no_replacement_characters",
        Severity.CRITICAL,
        "replacement_count = 0",
        evidence=("replacement_count", "encoding"),
        protects="no letter was lost in decoding (U+FFFD)",
        remedy=f"The bytes were damaged before they came: fetch the file again, "
        f"then {_REPLAY}.",
        owner=Owner.OUTLET,
    ),
    record_rule(
        "published_date_not_in_future",
        Severity.CRITICAL,
        # One day of grace: the date is local to the outlet, arrival is in UTC.
        "published_date is null or published_date <= cast(arrived_at as date) + 1",
        evidence=("published_date", "published_basis", "arrived_at"),
        protects="nothing is published later than it arrived",
        remedy=f"Correct the date in the file, or the clock of this machine; {_SHOW}.",
        owner=Owner.OUTLET,
    ),
    record_rule(
        "published_date_plausible",
        Severity.CRITICAL,
        "published_date is null or published_date >= date '1900-01-01'",
        evidence=("published_date", "published_basis"),
        protects="no date lies before 1900",
        remedy=f"Correct the date in the file; {_SHOW}.",
        owner=Owner.OUTLET,
    ),
    record_rule(
        "date_codes_valid",
        Severity.CRITICAL,
        f"{one_of('published_precision', codes.PRECISIONS)}"
        f" and {one_of('published_basis', codes.BASES)}",
        evidence=("published_precision", "published_basis"),
        protects="precision and basis of a date are known codes",
        remedy="This is a fault of the parse step: report it with the file.",
        owner=Owner.MAINTAINER,
    ),
    record_rule(
        "date_agrees_with_precision",
        Severity.CRITICAL,
        "(published_date is null) = (published_precision = 'unknown')"
        " and (published_date is null) = (published_basis = 'unknown')"
        " and (published_at is null) = (published_precision <> 'minute')"
        " and (published_precision <> 'month' or day(published_date) = 1)"
        " and (published_precision <> 'year'"
        " or (month(published_date) = 1 and day(published_date) = 1))",
        evidence=(
            "published_at",
            "published_date",
            "published_precision",
            "published_basis",
        ),
        protects="a date says no more than its precision, and none has no basis",
        remedy="This is a fault of the parse step: report it with the file.",
        owner=Owner.MAINTAINER,
    ),
    record_rule(
        "language_codes_valid",
        Severity.CRITICAL,
        "length(language) in (2, 3) and regexp_full_match(language, '[a-z]+')"
        f" and {one_of('script', codes.SCRIPTS)}",
        evidence=("language", "script"),
        protects="language is an ISO 639 code and script a known one",
        remedy="This is a fault of the language step: report it with the file.",
        owner=Owner.MAINTAINER,
    ),
)

_DATES_AND_SOURCES = (
    record_rule(
        "outlet_found",
        Severity.WARNING,
        "source_is_known or source_named is not null",
        evidence=("source_code", "url"),
        protects="the outlet of every article is found",
        remedy="Add the outlet's domain and spellings to seeds/outlets.csv; "
        "later loads match with it.",
        owner=Owner.REFERENCES,
    ),
    record_rule(
        "named_outlet_known",
        Severity.WARNING,
        "source_is_known or source_named is null",
        evidence=("source_named", "url"),
        protects="every outlet that a record names is in seeds/outlets.csv",
        remedy="Add these outlets to seeds/outlets.csv; later loads match with it.",
        owner=Owner.REFERENCES,
    ),
    record_rule(
        "date_known",
        Severity.WARNING,
        "published_date is not null",
        evidence=("published_basis", "format"),
        protects="the publication date of every article is known",
        remedy="If the file carries a date, report its form; else leave it unknown.",
        owner=Owner.OUTLET,
    ),
    record_rule(
        "date_not_bare_new_year",
        Severity.WARNING,
        # A real 1 January is printed in the article or comes with a time of day.
        "published_date is null or published_precision <> 'day'"
        " or month(published_date) <> 1 or day(published_date) <> 1"
        f" or not {one_of('published_basis', codes.GUESSED_BASES)}",
        evidence=("published_date", "published_basis", "url"),
        protects="no date is a bare guess of 1 January",
        remedy=f"Check where the date was read from; {_SHOW}.",
        owner=Owner.ENGINEER,
    ),
    record_rule(
        "modified_not_before_published",
        Severity.WARNING,
        "modified_at is null or coalesce(published_at,"
        " cast(published_date as timestamp) - interval 1 day) is null"
        " or modified_at >= coalesce(published_at,"
        " cast(published_date as timestamp) - interval 1 day)",
        evidence=("published_at", "published_date", "modified_at"),
        protects="nothing is changed before it is published",
        remedy="Check the outlet's time_zone in seeds/outlets.csv.",
        owner=Owner.REFERENCES,
    ),
    record_rule(
        "modified_not_in_future",
        Severity.WARNING,
        "modified_at is null or modified_at <= arrived_at + interval 1 day",
        evidence=("modified_at", "arrived_at"),
        protects="nothing is changed later than it arrived",
        remedy="Check the outlet's time_zone in seeds/outlets.csv: such a time wins "
        "over every later version.",
        owner=Owner.REFERENCES,
    ),
    record_rule(
        "url_valid",
        Severity.WARNING,
        r"url is null or regexp_full_match(url, 'https?://[^\s/]+\.[^\s/]+(/\S*)?')",
        evidence=("url",),
        protects="every address is a whole http(s) address",
        remedy="Correct the address in the file: it decides which article it is.",
        owner=Owner.OUTLET,
    ),
)

_TEXTS = (
    record_rule(
        "language_decided",
        Severity.WARNING,
        "language <> 'und'",
        evidence=("language", "script", "text_length"),
        protects="the language of every article is decided",
        remedy="Read the text: it may be too short, mixed, or wrongly decoded.",
        owner=Owner.ANALYST,
    ),
    record_rule(
        "language_fits_script",
        Severity.WARNING,
        f"(not {one_of('language', codes.CYRILLIC_LANGUAGES)} or script = 'cyrillic')"
        f" and (not {one_of('language', codes.LATIN_LANGUAGES)} or script = 'latin')"
        f" and (not {one_of('language', codes.ARABIC_LANGUAGES)}"
        " or script = 'arabic')",
        evidence=("language", "script"),
        protects="no text is in a script that its language is not written in",
        remedy="Read the text: a wrong encoding or a mixed text looks like this.",
        owner=Owner.ANALYST,
    ),
    record_rule(
        "kazakh_letters_fit_language",
        Severity.WARNING,
        # Measured on 2,162 Kazakh news texts of 100 letters or more: 4.8% to 28%;
        # on 175 Russian ones: at most 5.1%, from Kazakh names. Shorter texts pass.
        f"script <> 'cyrillic' or letter_count < {_ENOUGH_LETTERS}"
        " or ((language <> 'kk' or kazakh_letter_count >= 0.04 * letter_count)"
        " and (language <> 'ru' or kazakh_letter_count <= 0.06 * letter_count))",
        evidence=("language", "letter_count", "kazakh_letter_count"),
        protects="Kazakh in Cyrillic has its own letters and Russian has not",
        remedy="Read the text: Kazakh letters may have been lost at the outlet, or "
        "the text is mixed.",
        owner=Owner.ANALYST,
    ),
    record_rule(
        "script_fits_letters",
        Severity.WARNING,
        "(script <> 'cyrillic' or cyrillic_count >= latin_count)"
        " and (script <> 'latin' or latin_count >= cyrillic_count)",
        evidence=("script", "cyrillic_count", "latin_count"),
        protects="the script is that of most letters",
        remedy="Read the text: it may begin in one language and go on in another.",
        owner=Owner.ANALYST,
    ),
    record_rule(
        "text_long_enough",
        Severity.WARNING,
        "word_count >= 20",
        evidence=("word_count", "text_length", "format"),
        protects="a text has at least 20 words",
        remedy="Check that the file holds the whole article and not a teaser.",
        owner=Owner.OUTLET,
    ),
    record_rule(
        "text_more_than_title",
        Severity.WARNING,
        "not is_title_only",
        evidence=("title_length", "text_length"),
        protects="a text says more than its title",
        remedy="Check that the file holds the whole article and not a headline.",
        owner=Owner.OUTLET,
    ),
    record_rule(
        "words_of_sane_length",
        Severity.WARNING,
        "longest_word <= 120",
        evidence=("longest_word", "encoding"),
        protects="no run of characters without a space is over 120 long",
        remedy="Read the text: lost spaces or embedded data look like this.",
        owner=Owner.ENGINEER,
    ),
    record_rule(
        "no_control_characters",
        Severity.WARNING,
        "control_count = 0",
        evidence=("control_count", "encoding"),
        protects="texts hold no control characters",
        remedy="The text may be wrongly decoded or binary: check the encoding.",
        owner=Owner.ENGINEER,
    ),
    record_rule(
        "title_of_sane_length",
        Severity.WARNING,
        "title_length <= 300",
        evidence=("title_length", "format"),
        protects="a title has at most 300 characters",
        remedy="The first paragraph may have been taken for the title: report it.",
        owner=Owner.MAINTAINER,
    ),
    record_rule(
        "author_of_sane_length",
        Severity.INFO,
        "author_length <= 80",
        evidence=("author_length",),
        protects="a byline has at most 80 characters",
        remedy="A sentence may have been taken for the byline: report it.",
        owner=Owner.MAINTAINER,
    ),
    record_rule(
        "text_of_one_article",
        Severity.INFO,
        "word_count <= 15000",
        evidence=("word_count", "format"),
        protects="a text has at most 15,000 words",
        remedy="The file may hold many articles: split it into one record each.",
        owner=Owner.ENGINEER,
    ),
    record_rule(
        "no_scan_noise",
        Severity.INFO,
        "not has_scan_noise",
        evidence=("has_scan_noise", "format"),
        protects="texts bear no marks of a scan",
        remedy="Names in such texts may be misread: prefer the outlet's own text.",
        owner=Owner.ANALYST,
    ),
)

RECORD_RULES: tuple[Rule, ...] = (*_CRITICAL, *_DATES_AND_SOURCES, *_TEXTS)
