"""Table rules on the ledgers: files, rejections, loads, and the account of a load.

They look at the rows of the load in ``current_load``; where that table is empty, in a
full audit, at all rows. The account then has nothing to compare and passes.
"""

from __future__ import annotations

from functools import partial

from checks import codes
from checks.rule import Rule, one_of, table_rule
from checks.scopes import OF_THE_LOAD

_ledger_rule = partial(table_rule, scope=OF_THE_LOAD)


_account_rule = partial(
    table_rule,
    "dim_load",
    remedy="An input was lost or counted twice: report it with these figures; "
    "nothing was kept, and the files come again.",
    looked_at="current_load",
)


_FILES = (
    _ledger_rule(
        "fact_file",
        "file_unique",
        "a file stands once for each path and content",
        f"""
        select min(file_id) as file_id, path, content_hash, count(*) as copies
        from fact_file
        where content_hash is not null and path in (
            select path from fact_file where {OF_THE_LOAD}
        )
        group by path, content_hash having count(*) > 1
        union all
        select file_id, min(path), min(content_hash), count(*)
        from fact_file
        where file_id in (select file_id from fact_file where {OF_THE_LOAD})
        group by file_id having count(*) > 1
        """,
    ),
    _ledger_rule(
        "fact_file",
        "file_loaded_is_whole",
        "a loaded file has its content's hash, its records and the time of its load",
        f"""
        select file_id, path, content_hash, record_count, loaded_at from fact_file
        where {OF_THE_LOAD} and status = 'loaded' and (
            coalesce(length(content_hash), 0) <> 64
            or record_count < 1
            or loaded_at is null
        )
        """,
    ),
    _ledger_rule(
        "fact_file",
        "file_content_loaded_once",
        "no content is loaded from two files",
        f"""
        select content_hash, min(path) as path, max(path) as other_path,
            count(*) as copies
        from fact_file
        where status = 'loaded' and content_hash in (
            select content_hash from fact_file where {OF_THE_LOAD}
        )
        group by content_hash having count(*) > 1
        """,
    ),
    _ledger_rule(
        "fact_file",
        "file_duplicate_resolves",
        "a duplicate names the file with its content, a loaded or quarantined one none",
        # A held file may name one: what it repeats may be held with it.
        f"""
        select file_id, path, status, duplicate_of from fact_file
        where {OF_THE_LOAD} and (
            (status = 'duplicate' and duplicate_of is null)
            or (status in ('loaded', 'quarantined') and duplicate_of is not null)
            or (
                status = 'duplicate' and (duplicate_of, content_hash) not in (
                    select (file_id, content_hash) from fact_file
                    where content_hash is not null and status <> 'duplicate'
                        and file_id in (
                            select duplicate_of from fact_file where {OF_THE_LOAD}
                        )
                )
            )
        )
        """,
    ),
    _ledger_rule(
        "fact_file",
        "file_quarantined_has_reason",
        "every quarantined file has an open or dismissed rejection",
        f"""
        select file_id, path, status from fact_file
        where {OF_THE_LOAD} and status = 'quarantined' and file_id not in (
            select file_id from fact_rejection where status <> 'replayed'
        )
        """,
    ),
)

_REJECTIONS = (
    _ledger_rule(
        "fact_rejection",
        "rejection_codes_valid",
        "a rejection has a known stage and status, and a reason",
        f"""
        select rejection_id, file_id, record_no, stage, status, reason_code
        from fact_rejection where {OF_THE_LOAD} and not (
            {one_of("stage", codes.REJECTION_STAGES)}
            and {one_of("status", codes.REJECTION_STATUSES)}
            and trim(reason_code) <> ''
        )
        """,
        is_of_rows=True,
    ),
)

_ACCOUNTS = (
    _account_rule(
        "account_of_files",
        "files read = loaded + unchanged + duplicate + quarantined",
        """
        select load_id, files_read, files_loaded, files_unchanged, files_duplicate,
            files_quarantined
        from current_load
        where (
            files_read
            = files_loaded + files_unchanged + files_duplicate + files_quarantined
        ) is not true
        """,
    ),
    _account_rule(
        "account_of_records",
        "records read = loaded + unchanged + rejected",
        """
        select load_id, records_read, articles_loaded, articles_unchanged,
            articles_rejected
        from current_load
        where (
            records_read = articles_loaded + articles_unchanged + articles_rejected
        ) is not true
        """,
    ),
    _account_rule(
        "account_of_articles_written",
        "as many article versions are written as the load says",
        """
        with written as (
            select load_id, articles_loaded, (
                select count(*) from fact_article
                where fact_article.load_id = current_load.load_id
            ) as articles_written
            from current_load
        )
        select * from written where articles_loaded is distinct from articles_written
        """,
    ),
    _account_rule(
        "account_of_files_written",
        "as many files are written with each status as the load says",
        """
        with written as (
            select current_load.load_id, files_loaded, files_duplicate,
                files_quarantined,
                count(fact_file.file_id) filter (
                    where fact_file.status = 'loaded'
                ) as loaded_written,
                count(fact_file.file_id) filter (
                    where fact_file.status = 'duplicate'
                ) as duplicate_written,
                count(fact_file.file_id) filter (
                    where fact_file.status = 'quarantined'
                ) as quarantined_written
            from current_load left join fact_file
                on current_load.load_id = fact_file.load_id
            group by all
        )
        select * from written
        where files_loaded is distinct from loaded_written
            or files_duplicate is distinct from duplicate_written
            or files_quarantined is distinct from quarantined_written
        """,
    ),
)

LEDGER_RULES: tuple[Rule, ...] = (*_FILES, *_REJECTIONS, *_ACCOUNTS)
