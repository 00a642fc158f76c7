"""A warehouse of many articles, grown out of a few that were really loaded.

Every row of a loaded warehouse is repeated under other keys, a span of days earlier
each time: articles, what was read out of them, copies, stories, events, search, files
and loads. What several articles share (offices, aggregates, measures) is then made of
all of them by the code that makes it in a load. So `qoima checks --full` finds nothing
wrong with the result, and a load finds in it what it would find after years of loads.
"""

from __future__ import annotations

import json
import os
import random
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.benchmarks.generate import sample_sentences
from tests.benchmarks.news import news_article
from warehouse.aggregates import rebuild_aggregates
from warehouse.calendar import ensure_days
from warehouse.catalog import open_warehouse
from warehouse.contributions import Change
from warehouse.measures import keep_measures
from warehouse.roles import rebuild_roles

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

#: So many articles appear on a day.
A_DAY = 200
_OUTLETS = ("kazinform", "egemen", "aikyn", "tengrinews", "baq.kz", "anatili")
#: Of so many names and surnames are the people whom articles teach.
_NAMES = (
    "Айбек", "Айгүл", "Айдар", "Алия", "Арман", "Асхат", "Бақыт",
    "Бекзат", "Ботагөз", "Гүлмира", "Дамир", "Дана", "Динара", "Ержан",
    "Еркін", "Жанар", "Жандос", "Жәнібек", "Зарина", "Ілияс", "Қайрат",
    "Қанат", "Қуаныш", "Лаура", "Мадина", "Марат", "Мұрат", "Назгүл",
    "Нұржан", "Рүстем", "Сәкен", "Серік", "Талғат", "Тимур", "Ұлан",
    "Шолпан",
)  # fmt: skip
_STEMS = (
    "Абай", "Айдар", "Арыстан", "Байжан", "Бекмұрат", "Бердібек", "Досжан",
    "Елубай", "Ерғали", "Есжан", "Жақып", "Жантөре", "Жұмағали", "Исабек",
    "Қалдыбай", "Қасымжан", "Қожахмет", "Құдайберген", "Мақсат", "Мейірбек", "Нұртаза",
    "Өтеген", "Рахымжан", "Сағындық", "Сатыбалды", "Сейітқали", "Тастан", "Төлеген",
    "Тұрсын", "Шаймерден",
)  # fmt: skip

#: Columns that name an article, a story, an event or a file.
_KEYS = {
    "article_id",
    "other_article_id",
    "story_id",
    "duplicate_of",
    "file_id",
    "event_id",
    "first_article_id",
    "rejection_id",
}
_TIMES = {
    "published_date",
    "modified_at",
    "published_at",
    "arrived_at",
    "seen_at",
    "loaded_at",
    "known_by",
    "told_at",
    "first_date",
    "last_date",
    "event_date",
    "start_date",
    "end_date",
    "started_at",
    "finished_at",
    "ran_at",
}
_ENTITIES = {"entity_id", "speaker_id", "organisation_id", "merged_into"}
#: Other columns: how one is written of the ``no``-th repetition.
_OTHERS = {
    "record_hash": "left(record_hash, 60) || printf('%04d', $no)",
    "content_hash": "left(content_hash, 60) || printf('%04d', $no)",
    "load_id": "load_id || '-' || $no",
    "run_id": "run_id || '-' || $no",
    "path": "$no || '/' || path",
    "url": "url || '/' || $no",
    "outlet_key": "outlet_key || '/' || $no",
    "bucket_key": "(hash(bucket_key, $no) >> 1)::bigint",
    "actors": "list_transform(actors, lambda actor: struct_pack("
    "entity_id := if(list_contains($own, actor.entity_id), "
    "xor(actor.entity_id, $no), actor.entity_id), actor_role := actor.actor_role, "
    "country_code := actor.country_code))",
}
#: Documents have numbers of their own in search.
_DOCUMENT_NO = "document_no + $no::integer * $documents::integer"
#: Tables of which every row is repeated, and whose rows are told otherwise.
_TABLES = (
    "dim_load",
    "fact_check",
    "fact_file",
    "file_hint",
    "fact_record",
    "fact_rejection",
    "fact_article",
    "fact_sentence",
    "article_step",
    "fact_mention",
    "fact_role_mention",
    "bridge_article_country",
    "bridge_article_topic",
    "fact_topic_mention",
    "fact_quote",
    "fact_amount",
    "fact_date_mention",
    "fact_document",
    "fact_event_statement",
    "fact_event",
    "fact_event_mention",
    "bridge_event_actor",
    "article_signature",
    "article_bucket",
    "fact_duplicate",
    "story_link",
    "dim_story",
    "search_document",
)
#: Made anew of all articles.
_MADE = ("dim_entity_role", "article_measure", "fact_measure", "fact_restatement")


def grown_article(number: int, samples: list[str]) -> dict[str, str]:
    """One article as a record: news of `tests.benchmarks.news`, and people of its own.

    The same number gives the same article; one in ten is nearly that before it.
    """
    _, text, _ = news_article(number, samples)
    # The few titles of that generator would make one story of everything.
    told = random.Random(number - number % 10 // 9)  # noqa: S311 - repeatable
    words = " ".join(told.sample(samples, 4)).split()
    title = " ".join(told.sample(words, 7))
    day = datetime(2026, 2, 2, tzinfo=UTC) + timedelta(days=number // A_DAY)
    luck = random.Random(number)  # noqa: S311 - repeatable, not secret
    person, other = (
        f"{luck.choice(_NAMES)} {luck.choice(_STEMS)}{luck.choice(('ов', 'ұлы'))}"
        for _ in range(2)
    )
    return {
        "url": f"https://inform.kz/news/{number}",
        "source": _OUTLETS[number % len(_OUTLETS)],
        "title": title,
        "text": f"{text}\nЖиналысқа маман {person} пен {other} қатысты. "
        f"– Жұмыс уақытында аяқталады, – деді {person}.",
        "date": f"{day:%Y-%m-%d}T{number % 24:02d}:00:00+05:00",
    }


def write_grown(folder: Path, numbers: range, **changes: str) -> None:
    """Write these articles as files, a thousand a folder, changed a minute ago."""
    samples = sample_sentences()
    for number in numbers:
        path = folder / f"{number // 1000:04d}" / f"{number:07d}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        told = grown_article(number, samples) | changes
        path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        changed = time.time() - 60
        os.utime(path, (changed, changed))


def grow(warehouse: Path, times: int) -> None:
    """Repeat what a warehouse has, so that it has so many times as much.

    Args:
        warehouse: the file; loads of `grown_article` have filled it.
        times: how often it will have each article, at most 128.
    """
    now = datetime.now(UTC)
    with open_warehouse(warehouse, now=now) as connection:
        own = _own_entities(connection)
        span, documents = connection.execute(
            "select max(published_date) - min(published_date) + 3, "
            "(select max(document_no) from search_document) from fact_article"
        ).fetchone() or (0, 0)
        values = {"own": own, "documents": documents}
        for table in _TABLES:
            connection.execute(f"create temp table base_{table} as from {table}")
            connection.execute(f"truncate {table}")
        for table in ("dim_entity", "dim_entity_alias"):
            connection.execute(
                f"create temp table base_{table} as from {table} "
                "where list_contains($own, entity_id)",
                {"own": own},
            )
        _repeat_forms(connection, times, values)
        for no in reversed(range(times)):
            days = {"no": no, "days": no * span} | values
            for table in _TABLES:
                _repeat(connection, table, days)
            if no:
                _repeat(connection, "dim_entity", days)
                _repeat(connection, "dim_entity_alias", days)
        _make_of_all(connection, now)
        connection.execute("checkpoint")


def _own_entities(connection: duckdb.DuckDBPyConnection) -> list[int]:
    """Entities that articles have taught: others teach others."""
    rows = connection.execute(
        "select entity_id from dim_entity where origin <> 'seed' order by entity_id"
    ).fetchall()
    return [row[0] for row in rows]


def _repeat(
    connection: duckdb.DuckDBPyConnection, table: str, values: dict[str, object]
) -> None:
    columns = [
        row[0] for row in connection.execute(f"describe base_{table}").fetchall()
    ]
    written = ", ".join(f"{_of_repetition(one)} as {one}" for one in columns)
    if table == "search_document":
        written = written.replace("document_no", _DOCUMENT_NO, 1)
    connection.execute(
        f"insert into {table} by name select {written} from base_{table}",
        _used(written, values),
    )


def _used(sql: str, values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if f"${name}" in sql}


def _of_repetition(column: str) -> str:
    if column in _KEYS:
        return f"xor({column}, $no)"
    if column in _TIMES:
        return f"{column} - $days::integer * interval 1 day"
    if column in _ENTITIES:
        return f"if(list_contains($own, {column}), xor({column}, $no), {column})"
    return _OTHERS.get(column, column)


def _repeat_forms(
    connection: duckdb.DuckDBPyConnection, times: int, values: dict[str, object]
) -> None:
    """Words: rare ones and names of people become others, the rest more frequent."""
    for statement in (
        "create temp table base_search_posting as from search_posting",
        "truncate search_posting",
        """
        create temp table base_search_form as
        select
            *,
            try_cast(substring(form, 3) as bigint) as entity_id,
            case
                when form like 'e:%'
                    then list_contains($own, try_cast(substring(form, 3) as bigint))
                else article_count = 1
            end as is_own,
            max(form_no) over () as forms
        from search_form
        """,
        """
        delete from search_form where form_no in (
            select form_no from base_search_form where is_own
        )
        """,
        f"update search_form set article_count = article_count * {times}",
        f"""
        insert into search_form by name
        select
            form_no + no * forms as form_no,
            case
                when form like 'e:%' then 'e:' || xor(entity_id, no)
                when no = 0 then form
                else form || '~' || no
            end as form,
            if(form like 'e:%' or no > 0, form, term) as term,
            article_count,
            beginning
        from base_search_form
        cross join range({times}) as repetition (no)
        where is_own
        """,
        "update search_form set term = form where form like 'e:%'",
        f"""
        insert into search_posting by name
        select
            posting.form_no + if(is_own, no * forms, 0) as form_no,
            document_no + no * $documents as document_no,
            weight,
            places
        from range({times}) as repetition (no)
        cross join base_search_posting as posting
        inner join base_search_form as form on posting.form_no = form.form_no
        order by no desc, 1, 2
        """,
    ):
        connection.execute(statement, _used(statement, values))


def _make_of_all(connection: duckdb.DuckDBPyConnection, now: datetime) -> None:
    years = connection.execute(
        "select distinct year(published_date) from fact_article"
    ).fetchall()
    ensure_days(connection, [row[0] for row in years])
    for table in _MADE:
        connection.execute(f"truncate {table}")
    connection.execute(
        "create temp table touched_article as "
        "select distinct article_id from fact_article"
    )
    rebuild_roles(connection)
    rebuild_aggregates(connection)
    keep_measures(connection, Change(None, "grown", now))
    connection.execute("truncate fact_restatement")
    connection.execute("drop table touched_article")
