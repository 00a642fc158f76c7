"""Names in the warehouse: the real articles, changed reference tables, forgetting."""

import datetime as dt
import json

import pytest

from flows.forget import forget
from flows.reprocess import reprocess
from flows.settings import Settings
from tests.flows.workspace import Workspace

OF_ARTICLE = """
    select distinct fact_mention.entity_type, dim_entity.name, dim_entity_alias.alias
    from fact_mention
    join fact_article using (article_id, version)
    join fact_file using (file_id)
    join dim_entity using (entity_id)
    left join dim_entity_alias using (entity_id)
    where fact_file.path = '{path}'
"""


@pytest.fixture(scope="module")
def real(tmp_path_factory, checker, shared_articles):
    workspace = Workspace(tmp_path_factory.mktemp("real") / "data", checker)
    workspace.load(shared_articles)
    return workspace


@pytest.fixture(scope="module")
def answers(shared_gold):
    return json.loads((shared_gold / "articles.json").read_text("utf-8"))


def test_real_articles_have_the_people_places_and_organisations_of_the_answers(
    real, answers
):
    for answer in answers:
        rows = real.ask(OF_ARTICLE.format(path=answer["file"]))
        people = {name for kind, name, _ in rows if kind == "person"}
        assert people == set(answer["persons"]), answer["file"]
        places = {name for kind, name, _ in rows if kind in {"gpe", "location"}}
        assert set(answer["places"]) <= places, answer["file"]
        spellings = {
            spelling
            for kind, name, alias in rows
            if kind == "organisation"
            for spelling in (name, alias)
        }
        assert set(answer["organisations"]) <= spellings, answer["file"]
        assert not people & set(answer["must_not_be_persons"])


def test_real_articles_have_the_countries_of_the_answers(real, answers):
    for answer in answers:
        rows = real.ask(
            f"""
            select country_code from bridge_article_country
            join fact_article using (article_id, version)
            join fact_file using (file_id)
            where path = '{answer["file"]}'
            """
        )
        codes = {code for (code,) in rows}
        assert set(answer["countries"]) <= codes, answer["file"]
        assert codes <= set(answer["countries_allowed"]), answer["file"]


def test_real_articles_say_who_is_president(real):
    rows = real.ask(
        """
        select dim_entity.name, dim_entity_role.country_code
        from dim_entity_role join dim_entity using (entity_id)
        where role = 'Президент'
        """
    )
    assert set(rows) == {("Қасым-Жомарт Тоқаев", "KZ"), ("Дональд Трамп", "US")}


TEXT = """Су қорын үнемдеу жөніндегі жиын өтті
{date}
Астанада өткен жиында Нұрлыбек Сәрсенұлы сөз сөйледі. Оның айтуынша, биыл
су қоймаларының жағдайы жақсарды. Н. Сәрсенұлы жаңа жобаларды да таныстырды.
Жиынға Көкорай қорының өкілдері мен өңір басшылары қатысты.
"""
NAMES = """
    select dim_entity.name, dim_entity.origin, count(*)
    from fact_mention join dim_entity using (entity_id)
    where fact_mention.entity_type = 'person'
    group by all order by all
"""


@pytest.fixture
def seeds(tmp_path):
    folder = tmp_path / "seeds"
    folder.mkdir()
    return folder


def _settings(workspace, seeds):
    return Settings(data=workspace.data, seeds=seeds, settle_seconds=0)


def test_a_changed_table_reaches_what_is_loaded(workspace, seeds):
    workspace.put("a.txt", TEXT.format(date="2025-12-01"))
    workspace.load(seeds=seeds)
    assert workspace.ask(NAMES) == [("Нұрлыбек Сәрсенұлы", "learned", 2)]
    (seeds / "entities.csv").write_text(
        "entity_type,name,name_ru,name_en,country_code,merged_into,source\n"
        "person,Нұрлыбек Сәрсен,Нурлыбек Сарсен,Nurlybek Sarsen,KZ,,desk\n"
    )
    (seeds / "aliases.csv").write_text(
        "alias,entity_type,name,source\n"
        "Нұрлыбек Сәрсенұлы,person,Нұрлыбек Сәрсен,desk\n"
    )
    settings = _settings(workspace, seeds)
    assert reprocess(settings, is_dry_run=True).behind == 1
    done = reprocess(settings)
    assert (done.status, done.articles, done.behind) == ("succeeded", 1, 1)
    assert workspace.ask(NAMES) == [("Нұрлыбек Сәрсен", "seed", 2)]
    assert workspace.ask(
        "select count(*) from dim_entity where name = 'Нұрлыбек Сәрсенұлы'"
    ) == [(0,)]
    assert workspace.ask(
        "select trigger, status, articles_loaded from dim_load "
        "order by started_at desc limit 1"
    ) == [("reprocess", "succeeded", 0)]
    assert reprocess(settings).behind == 0


def test_reprocessing_gives_the_tables_of_a_fresh_load(tmp_path, checker, seeds):
    aliases = (
        "alias,entity_type,name,source\nНұрлыбек Сәрсенұлы,person,Олжас Бектенов,desk\n"
    )
    old = Workspace(tmp_path / "old", checker)
    new = Workspace(tmp_path / "new", checker)
    for number, workspace in enumerate((old, new)):
        workspace.put("a.txt", TEXT.format(date="2025-12-01"))
        if number:
            (seeds / "aliases.csv").write_text(aliases)
        workspace.load(seeds=seeds)
    reprocess(_settings(old, seeds))
    assert old.tables() == new.tables()


def test_reprocessing_since_a_day_leaves_older_articles(workspace, seeds):
    workspace.put("a.txt", TEXT.format(date="2025-12-01"))
    workspace.put("b.txt", TEXT.format(date="2026-02-01").replace("Су қорын", "Қорды"))
    workspace.load(seeds=seeds)
    (seeds / "aliases.csv").write_text(
        "alias,entity_type,name,source\nНұрлыбек Сәрсенұлы,person,Олжас Бектенов,desk\n"
    )

    done = reprocess(_settings(workspace, seeds), since=dt.date(2026, 1, 1))
    assert done.articles == 1
    assert workspace.ask(NAMES) == [
        ("Нұрлыбек Сәрсенұлы", "learned", 2),
        ("Олжас Бектенов", "seed", 2),
    ]


def test_a_learned_name_leaves_with_its_last_article(workspace, seeds):
    workspace.put("a.txt", TEXT.format(date="2025-12-01"))
    workspace.load(seeds=seeds)
    ((article_id,),) = workspace.ask("select distinct article_id from fact_article")
    forget(
        _settings(workspace, seeds), str(article_id), reason="сұраныс", run_id="test"
    )
    for table in ("fact_mention", "bridge_article_country", "fact_role_mention"):
        assert workspace.ask(f"select count(*) from {table}") == [(0,)]
    assert workspace.ask("select count(*) from dim_entity where origin <> 'seed'") == [
        (0,)
    ]


def test_every_load_says_which_model_read_it(workspace, seeds):
    workspace.put("a.txt", TEXT.format(date="2025-12-01"))
    workspace.load(seeds=seeds)
    ((version,),) = workspace.ask("select distinct model_version from dim_load")
    assert version.startswith("kaznerd-")
    ((step,),) = workspace.ask(
        "select distinct step_version from article_step where step = 'names'"
    )
    assert step.startswith(version)
