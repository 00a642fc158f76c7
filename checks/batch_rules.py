"""Rules that a batch must meet as a whole, over the narrow batch.

One odd record is a record; half a batch of them is a broken decoder, mapping or date
parser, and then no record of it can be trusted. Shares are judged only from
`ENOUGH_RECORDS` records on, so that a small batch never raises an alarm.
"""

from __future__ import annotations

from checks.rule import Level, Owner, Rule, Severity, one_of

ENOUGH_RECORDS = 20

_IS_FIRST_JANUARY = (
    f"{one_of('published_precision', ('day', 'minute'))}"
    " and month(published_date) = 1 and day(published_date) = 1"
)
#: Prose is more than four fifths letters; the batch counts them in 2,000 characters.
_IS_UNREADABLE = (
    "title_length = 0 or text_length = 0 or replacement_count > 0"
    " or control_count > 0 or letter_count * 2 < least(text_length, 2000)"
)


def _share_rule(  # noqa: PLR0913 - a rule's fields, by keyword
    rule_id: str,
    severity: Severity,
    bad: str,
    *,
    at_most: float,
    evidence: tuple[str, ...],
    protects: str,
    remedy: str,
    owner: Owner,
) -> Rule:
    """A rule that returns the bad records if they are too large a share."""
    columns = ", ".join(("file_id", "record_no", "path", *evidence))
    return Rule(
        rule_id=rule_id,
        level=Level.BATCH,
        table_name="fact_article",
        severity=severity,
        protects=f"{protects} (at most {at_most:.0%}, from {ENOUGH_RECORDS} records)",
        remedy=remedy,
        owner=owner,
        failing_rows=(
            f"with judged as (select *, coalesce(({bad}), false) as is_bad from batch),"
            " share as (select count(*) as records,"
            " count(*) filter (where is_bad) as bad_records from judged)"
            f" select {columns} from judged where is_bad and ("
            f"select records >= {ENOUGH_RECORDS}"
            f" and bad_records > {at_most} * records from share)"
            " order by path, record_no"
        ),
    )


BATCH_RULES: tuple[Rule, ...] = (
    Rule(
        rule_id="batch_records_unique",
        level=Level.BATCH,
        table_name="fact_article",
        severity=Severity.CRITICAL,
        protects="a place in a file gives one record",
        remedy="This is a fault of the reader of these files: report it.",
        failing_rows=(
            "select file_id, record_no, path, count(*) as records from batch"
            " group by file_id, record_no, path having count(*) > 1"
            " order by path, record_no"
        ),
        owner=Owner.MAINTAINER,
    ),
    _share_rule(
        "batch_language_decided",
        Severity.CRITICAL,
        "language = 'und'",
        at_most=0.5,
        evidence=("language", "encoding", "text_length"),
        protects="few texts of a batch are of undecided language",
        remedy="Most likely the texts are wrongly decoded: look at some with "
        "`qoima run --dry-run` and at their encoding, then run again.",
        owner=Owner.ENGINEER,
    ),
    _share_rule(
        "batch_texts_readable",
        Severity.CRITICAL,
        _IS_UNREADABLE,
        at_most=0.5,
        evidence=("title_length", "text_length", "letter_count", "encoding"),
        protects="few records of a batch lack title or readable text",
        remedy="Most likely the encoding or seeds/field_names.csv does not fit these "
        "files: correct it and run again.",
        owner=Owner.ENGINEER,
    ),
    Rule(
        rule_id="batch_not_on_one_new_year",
        level=Level.BATCH,
        table_name="fact_article",
        severity=Severity.CRITICAL,
        protects="no batch lies mostly on one 1 January "
        f"(at most 50%, from {ENOUGH_RECORDS} records)",
        remedy="Most likely dates were guessed from a year: see where they were read "
        "(published_basis).",
        failing_rows=(
            f"with judged as (select *, coalesce(({_IS_FIRST_JANUARY}), false) as"
            " is_bad from batch),"
            " crowded as (select published_date from judged where is_bad"
            " group by published_date having count(*) >"
            f" 0.5 * (select count(*) from judged)"
            f" and (select count(*) from judged) >= {ENOUGH_RECORDS})"
            " select file_id, record_no, path, published_date, published_basis"
            " from judged where is_bad"
            " and published_date in (select published_date from crowded)"
            " order by path, record_no"
        ),
        owner=Owner.ENGINEER,
    ),
    _share_rule(
        "batch_first_january_share",
        Severity.WARNING,
        _IS_FIRST_JANUARY,
        at_most=0.05,
        evidence=("published_date", "published_basis", "url"),
        protects="few dates of a batch are 1 January",
        remedy="Check where these dates were read from (published_basis).",
        owner=Owner.ENGINEER,
    ),
    _share_rule(
        "batch_dates_known",
        Severity.WARNING,
        "published_date is null",
        at_most=0.3,
        evidence=("format", "published_basis"),
        protects="few articles of a batch are undated",
        remedy="If the files name their date otherwise, add the name to "
        "seeds/field_names.csv; what comes after is read with it.",
        owner=Owner.REFERENCES,
    ),
    _share_rule(
        "batch_dates_read",
        Severity.WARNING,
        one_of("published_basis", ("filename", "inferred")),
        at_most=0.5,
        evidence=("published_date", "published_basis"),
        protects="few dates of a batch are inferred or from file names",
        remedy="Check that the files still carry their dates.",
        owner=Owner.OUTLET,
    ),
    _share_rule(
        "batch_outlets_known",
        Severity.WARNING,
        "not source_is_known",
        at_most=0.3,
        evidence=("source_named", "url"),
        protects="few articles of a batch are of an unknown outlet",
        remedy="Add the outlets to seeds/outlets.csv; later loads match with it.",
        owner=Owner.REFERENCES,
    ),
    _share_rule(
        "batch_languages_decided",
        Severity.WARNING,
        "language = 'und'",
        at_most=0.1,
        evidence=("language", "encoding", "text_length"),
        protects="nearly all texts of a batch are of decided language",
        remedy="Read some of these texts: they may be wrongly decoded or too short.",
        owner=Owner.ENGINEER,
    ),
    _share_rule(
        "batch_kazakh_present",
        Severity.INFO,
        "language <> 'kk'",
        at_most=0.8,
        evidence=("language", "script"),
        protects="a batch is not mostly in other languages than Kazakh",
        remedy="Other languages are loaded and marked, but nothing is drawn from them.",
        owner=Owner.ANALYST,
    ),
    Rule(
        rule_id="batch_records_differ",
        level=Level.BATCH,
        table_name="fact_article",
        severity=Severity.WARNING,
        protects="few records of a batch repeat another exactly "
        f"(at most 30%, from {ENOUGH_RECORDS} records)",
        remedy="Repeats add nothing to the warehouse, but cost time: check whether "
        "the same export was dropped twice under other names.",
        failing_rows=(
            "with numbered as (select *, row_number() over ("
            "partition by article_id, record_hash order by path, record_no)"
            " as copy_no from batch),"
            " share as (select count(*) as records,"
            " count(*) filter (where copy_no > 1) as repeats from numbered)"
            " select file_id, record_no, path, article_id from numbered"
            " where copy_no > 1 and ("
            f"select records >= {ENOUGH_RECORDS} and repeats > 0.3 * records"
            " from share) order by path, record_no"
        ),
        owner=Owner.ENGINEER,
    ),
    _share_rule(
        "batch_texts_long_enough",
        Severity.WARNING,
        "word_count < 20",
        at_most=0.3,
        evidence=("word_count", "format"),
        protects="few texts of a batch are under 20 words",
        remedy="Check that the files hold whole articles and not teasers.",
        owner=Owner.OUTLET,
    ),
)
