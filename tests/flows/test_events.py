"""Events in the warehouse: put together over articles, checked, made anew."""

import pytest

from flows.reprocess import reprocess
from flows.settings import Settings
from tests.flows.workspace import Workspace

ARTICLE = """{title}
2025-10-{day}
{text}
Тараптар өңірлік ынтымақтастықты дамыту мәселелерін жан-жақты талқылады.
"""
MET = "Қасым-Жомарт Тоқаев Астанада 9 қазанда Шавкат Мирзиёевпен кездесті."
SIGNED = "Қазақстан мен Өзбекстан көлік саласындағы келісім туралы хаттамаға қол қойды."


@pytest.fixture
def loaded(tmp_path, checker):
    workspace = Workspace(tmp_path / "data", checker)
    workspace.put("a.txt", ARTICLE.format(title="Келіссөз", day="09", text=MET))
    workspace.put(
        "b.txt", ARTICLE.format(title="Қос ел", day="10", text=f"{MET} {SIGNED}")
    )
    workspace.load()
    return workspace


def test_one_event_of_two_articles_has_its_actors_and_place(loaded):
    assert loaded.ask(
        """
        select event_date::varchar, event_precision, dim_place.name, article_count
        from fact_event join dim_place using (place_id)
        where event_type = 'meeting'
        """
    ) == [("2025-10-09", "day", "Астана", 2)]
    assert set(
        loaded.ask(
            """
            select name, actor_role, bridge_event_actor.country_code
            from bridge_event_actor join dim_entity using (entity_id)
            join fact_event using (event_id) where event_type = 'meeting'
            """
        )
    ) == {
        ("Қасым-Жомарт Тоқаев", "initiator", "KZ"),
        ("Шавкат Мирзиёев", "partner", "UZ"),
    }


def test_a_document_leads_to_its_event(loaded):
    assert loaded.ask(
        """
        select action, event_type, name_en
        from fact_document join fact_event using (event_id)
        join dim_event_type using (event_type)
        """
    ) == [("signed", "transport_agreement", "Transport agreement")]


def test_types_have_their_codes(loaded):
    assert loaded.ask(
        "select plover_type, cameo_code, quad_class from dim_event_type "
        "where event_type = 'meeting'"
    ) == [("CONSULT", "040", "verbal_cooperation")]


def test_a_new_trigger_reaches_what_is_loaded(loaded, tmp_path):
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "event_triggers.csv").write_text(
        "event_type,actors,noun,verb,source\nmeeting,two,мәселе,талқыла,desk\n"
    )
    settings = Settings(data=loaded.data, seeds=seeds, settle_seconds=0)
    assert reprocess(settings).articles == 2
    assert reprocess(settings).behind == 0


def test_real_articles_load_with_events(tmp_path, checker, shared_articles):
    workspace = Workspace(tmp_path / "real", checker)
    workspace.load(shared_articles)
    said = workspace.ask(
        "select event_type, surface, title, text, in_title, start_char, end_char "
        "from fact_event_statement join fact_article using (article_id, version)"
    )
    for _, surface, title, text, in_title, start, end in said:
        assert (title if in_title else text)[start:end] == surface
