"""The measuring of names counts what it says, on frames made by hand."""

from types import SimpleNamespace

import polars as pl
import pytest

from tests.eval.names import folded, measure, print_table, violations
from tests.eval.names_figures import (
    falls_short,
    floors_of,
    mistakes,
)
from tests.eval.names_gold import make_gold

TEXT = (
    "Түркия Президенті Асан Омаров пен Үсен Омаров Абай көшесінде «Нұр» қорына келді."
)


def span(surface, entity_type, entity=None, text=TEXT, **more):
    answer = {"surface": surface, "start": text.index(surface), "type": entity_type}
    return answer | {"entity": entity} | more


def record(half="dev", **changed):
    answers = {
        "mentions": [
            span("Асан Омаров", "person", "Асан Омаров"),
            span("Үсен Омаров", "person", "Үсен Омаров", entity_also=["Үсен Омар"]),
            span("Нұр", "organisation", "Нұр"),
            span("Абай көшесінде", "facility", "Абай көшесі"),
        ],
        "optional": [span("Түркия Президенті", "position")],
        "countries": ["TR"],
        "must_not_be_persons": ["Абай көшесінде"],
        "roles": [
            {
                "person": "Асан Омаров",
                "role": "Президент",
                "country": "TR",
                "organisation": None,
            }
        ],
    }
    return {
        "id": half,
        "half": half,
        "title": "Асан Омаров келді",
        "text": TEXT,
        "language": "kk",
        "script": "cyrillic",
        "published_date": "2025-01-01",
        "answers": answers | changed,
    }


def mention(surface, entity_type, name=None, confidence=0.95):
    start = TEXT.index(surface)
    return {
        "row_id": 0,
        "in_title": False,
        "start_char": start,
        "end_char": start + len(surface),
        "entity_type": entity_type,
        "surface": surface,
        "name": name,
        "confidence": confidence,
    }


def found(mentions=(), countries=(), roles=()):
    schema = {
        "row_id": pl.Int32,
        "in_title": pl.Boolean,
        "start_char": pl.Int32,
        "end_char": pl.Int32,
        "entity_type": pl.String,
        "surface": pl.String,
        "name": pl.String,
        "confidence": pl.Float64,
    }
    code = {"row_id": pl.Int32, "country_code": pl.String}
    role = {"row_id": pl.Int32, "name": pl.String, "role": pl.String}
    return SimpleNamespace(
        mentions=pl.DataFrame(list(mentions), schema=schema),
        countries=pl.DataFrame(list(countries), schema=code, orient="row"),
        roles=pl.DataFrame(
            list(roles), schema=role | {"country_code": pl.String}, orient="row"
        ),
    )


PERFECT = [
    mention("Асан Омаров", "person", "Асан Омаров"),
    mention("Үсен Омаров", "person", "Үсен Омаров"),
    mention("Нұр", "organisation", "Нұр"),
]


def figure(frame, name, column, half="all"):
    return frame.filter(half=half, measure=name)[column].item()


def measured(*mentions, gold=None, **others):
    return measure(found(mentions, **others), gold or make_gold([record()]))


def test_right_answers_have_full_marks():
    frame = measured(
        *PERFECT, countries=[(0, "TR")], roles=[(0, "Асан Омаров", "президент", "TR")]
    )
    for name in ("persons", "organisations", "countries", "roles"):
        assert figure(frame, name, "f1") == 1, name
    for name in ("persons linked", "organisations linked"):
        assert figure(frame, name, "recall") == 1, name
    assert figure(frame, "must_not_be_persons", "count") == 0


def test_nothing_found_has_no_precision_and_no_recall():
    frame = measured()
    assert figure(frame, "persons", "recall") == 0
    assert figure(frame, "persons", "precision") is None
    assert figure(frame, "persons", "count") == 2
    assert figure(frame, "persons linked", "recall") == 0


def test_a_span_must_agree_to_the_character():
    frame = measured(mention("Омаров", "person"), PERFECT[1])
    assert figure(frame, "persons", "precision") == 0.5
    assert figure(frame, "persons", "recall") == 0.5


def test_quotation_marks_around_a_name_do_not_matter():
    frame = measured(mention("«Нұр»", "organisation", "Нұр"))
    assert figure(frame, "organisations", "f1") == 1


def test_a_place_inside_an_optional_position_is_neither_right_nor_wrong():
    frame = measured(mention("Түркия", "gpe"))
    assert figure(frame, "places", "precision") is None
    frame = measured(mention("келді", "gpe"))
    assert figure(frame, "places", "precision") == 0


def test_a_facility_may_be_called_a_location_but_no_person():
    frame = measured(mention("Абай көшесінде", "location"))
    assert figure(frame, "places", "precision") is None
    frame = measured(mention("Абай", "person"))
    assert figure(frame, "persons", "precision") == 0
    assert figure(frame, "must_not_be_persons", "count") == 1


def test_a_place_may_be_called_gpe_or_location():
    gold = make_gold([record(mentions=[span("Абай", "location", "Абай")])])
    frame = measured(mention("Абай", "gpe"), gold=gold)
    assert figure(frame, "places", "f1") == 1


def test_a_person_who_is_gold_breaks_no_rule():
    gold = make_gold([record(must_not_be_persons=["Омаров"])])
    assert violations(found(PERFECT), gold).is_empty()


def test_two_persons_of_one_surname_must_stay_apart():
    frame = measured(
        PERFECT[0], mention("Үсен Омаров", "person", "Асан Омаров"), PERFECT[2]
    )
    assert figure(frame, "persons linked", "recall") == 0.5


def test_a_second_name_of_an_entity_is_right():
    frame = measured(PERFECT[0], mention("Үсен Омаров", "person", "Үсен Омар"))
    assert figure(frame, "persons linked", "recall") == 1


def test_a_wider_span_still_links():
    frame = measured(mention("Президенті Асан Омаров", "person", "Асан Омаров"))
    assert figure(frame, "persons linked", "recall") == 0.5


def test_a_name_of_nobody_must_stay_without_entity():
    gold = make_gold([record(mentions=[span("Омаров", "person")])])
    linked = measured(mention("Омаров", "person", "Асан Омаров"), gold=gold)
    assert figure(linked, "persons linked", "recall") == 0
    for mentions in ([], [mention("Омаров", "person")]):
        assert figure(measured(*mentions, gold=gold), "persons linked", "recall") == 1


def test_roles_are_told_apart_by_country():
    frame = measured(roles=[(0, "Асан Омаров", "Президент", None)])
    assert figure(frame, "roles", "f1") == 0


def test_an_optional_role_is_neither_right_nor_wrong():
    role = {"person": "Асан Омаров", "role": "Ұстаз", "country": None}
    optional = role | {"organisation": None, "optional": True}
    gold = make_gold([record(roles=[optional])])
    frame = measured(roles=[(0, "Асан Омаров", "ұстаз", "KZ")], gold=gold)
    assert figure(frame, "roles", "precision") is None
    frame = measured(roles=[(0, "Асан Омаров", "дәрігер", None)], gold=gold)
    assert figure(frame, "roles", "precision") == 0


def test_each_half_has_its_own_figures():
    gold = make_gold([record("dev"), record("held")])
    frame = measured(*PERFECT, countries=[(0, "TR")], gold=gold)
    assert figure(frame, "persons", "f1", "dev") == 1
    assert figure(frame, "persons", "f1", "held") == 0
    assert figure(frame, "countries", "recall", "all") == 0.5


def test_a_band_tells_mean_confidence_and_the_share_that_is_right():
    frame = measured(
        mention("Асан Омаров", "person", confidence=0.9),
        mention("Үсен Омаров", "person", confidence=1.0),
        mention("келді", "person", confidence=0.95),
        mention("Нұр", "organisation", confidence=0.4),
        mention("Түркия", "gpe", confidence=0.6),
    )
    assert figure(frame, "confidence 0.9–1", "count") == 3
    assert figure(frame, "confidence 0.9–1", "said") == pytest.approx(0.95)
    assert figure(frame, "confidence 0.9–1", "precision") == pytest.approx(2 / 3)
    assert figure(frame, "confidence 0–0.5", "count") == 1
    assert figure(frame, "confidence 0.5–0.7", "count") == 0


def test_folding_forgets_how_a_name_is_set():
    names = pl.Series(["Қ.К. Тоқаев", "қ к тоқаев", "Бай-Ғали", "Королёв"])
    made = pl.select(folded(names)).to_series().to_list()
    assert made == ["қктоқаев", "қктоқаев", "байғали", "королев"]


def test_mistakes_list_the_dev_half_alone():
    gold = make_gold([record("dev"), record("held")])
    listed = mistakes(found([PERFECT[0]], countries=[(0, "KZ")]), gold)
    assert set(listed["id"]) == {"dev"}
    assert ("dev", "persons", "missed", "Үсен Омаров") in listed.select(
        "id", "measure", "what", "surface"
    ).rows()
    assert ("countries", "too many", "KZ") in listed.select(
        "measure", "what", "surface"
    ).rows()


def test_the_table_prints_every_half(capsys):
    print_table(measured(*PERFECT))
    printed = capsys.readouterr().out
    assert all(half in printed for half in ("dev", "held", "all"))
    assert "persons linked" in printed


def test_more_violations_fall_short():
    clean, dirty = measured(), measured(mention("Абай", "person"))
    assert floors_of(clean)["all must_not_be_persons"] == 0
    short = falls_short(dirty, {"floors": floors_of(clean)})
    assert any("must_not_be_persons" in line for line in short)
