"""What is told to have happened, by whom, when and where; what is not; hostile text."""

import time
from datetime import date

import pytest

from tests.eval.events_figures import as_batch, known
from transforms.articles import make_sentences
from transforms.enrichment import enrich
from transforms.entities import read_names

DAY = "2025-10-10"


def read(*texts, title="Жаңалық", day=DAY):
    articles = as_batch(
        [{"title": title, "text": text, "published_date": day} for text in texts]
    )
    return enrich(articles, make_sentences(articles), known()).details


def events(text, **more):
    return read(text, **more)["fact_event_statement"].to_dicts()


def types(text, **more):
    return [event["event_type"] for event in events(text, **more)]


def test_parts_are_told_by_case():
    [event] = events(
        "Мемлекет басшысы Қасым-Жомарт Тоқаев 9 қазанда Астанада Шавкат "
        "Мирзиёевпен кездесті."
    )
    assert event["event_type"] == "meeting"
    assert event["event_date"] == date(2025, 10, 9)
    assert event["event_precision"] == "day"
    assert event["place_id"] is not None
    assert {(one["actor_role"], one["country_code"]) for one in event["actors"]} == {
        ("initiator", "KZ"),
        ("partner", "UZ"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Қасым-Жомарт Тоқаев Шавкат Мирзиёевпен кездеспек.",
        "Қасым-Жомарт Тоқаев Шавкат Мирзиёевпен кездеседі.",
        "Қасым-Жомарт Тоқаев Шавкат Мирзиёевпен кездескен жоқ.",
        "Қасым-Жомарт Тоқаев Шавкат Мирзиёевпен кездеспеді.",
        "Қасым-Жомарт Тоқаев Шавкат Мирзиёевпен кездесуі мүмкін.",
        "Қасым-Жомарт Тоқаев Шавкат Мирзиёевпен кездесті ме?",
        "Егер Қазақстан Қытаймен келісімге қол қойса, тасымал артады.",
        "Кездесу бүгін мәдениет үйінде өтті.",
        "Қасым-Жомарт Тоқаев кездесу өткізді.",
    ],
)
def test_what_did_not_happen_or_has_no_two_sides_is_no_meeting(text):
    assert types(text) == []


def test_an_old_event_has_no_day_of_publication():
    [event] = events("Бұған дейін Дональд Трамп Владимир Путинмен кездесті.")
    assert (event["event_date"], event["event_precision"]) == (None, "unknown")


def test_a_year_is_a_year():
    [event] = events("2019 жылы Дональд Трамп Владимир Путинмен кездесті.")
    assert (event["event_date"], event["event_precision"]) == (
        date(2019, 1, 1),
        "year",
    )


def test_a_day_that_is_guessed_is_less_sure():
    [stated] = events("10 қазанда Қасым-Жомарт Тоқаев Владимир Путинмен кездесті.")
    [guessed] = events("Қасым-Жомарт Тоқаев Владимир Путинмен кездесті.")
    assert stated["event_date"] == guessed["event_date"]
    assert guessed["confidence"] < stated["confidence"]


def test_a_document_belongs_to_its_signing():
    details = read(
        "Қасым-Жомарт Тоқаев «Мемлекеттік сатып алу туралы» заңға қол қойды."
    )
    [document] = details["fact_document"].to_dicts()
    [event] = details["fact_event_statement"].to_dicts()
    assert document["title"] == "Мемлекеттік сатып алу туралы заң"
    assert (document["action"], document["event_no"]) == ("signed", event["event_no"])
    assert event["event_type"] == "signing"


def test_spans_are_the_characters_that_stand_there():
    text = "Бүгін жаңбыр жауды. Қасым-Жомарт Тоқаев Владимир Путинмен кездесті."
    [event] = events(text)
    assert text[event["start_char"] : event["end_char"]] == event["surface"]
    assert event["surface"].startswith("Қасым")


def test_neighbours_in_the_batch_change_nothing():
    one = "Жапония Ауғанстанға гуманитарлық көмек жіберді."
    other = "8 қазанда Иран АҚШ-ты айыптады."
    both = read(one, other)["fact_event_statement"].drop("row_id").to_dicts()
    assert both == [
        {key: value for key, value in event.items() if key != "row_id"}
        for event in events(one) + events(other)
    ]


def actors(text):
    """Who took part, by name, event by event."""
    articles = as_batch([{"title": "Жаңалық", "text": text, "published_date": DAY}])
    sentences = make_sentences(articles)
    found = enrich(articles, sentences, known()).details["fact_event_statement"]
    mentions = read_names(articles, sentences, known().names).mentions
    names = dict(mentions.select("entity_id", "name").drop_nulls().iter_rows())
    return [
        sorted(names[one["entity_id"]] for one in event["actors"])
        for event in found.to_dicts()
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "АСТАНА. ҚазАқпарат - Қазақстан мен Өзбекстан 10 қазанда келісімге "
                "туралы меморандумға қол қойды."
            ),
            [["Қазақстан", "Өзбекстан"]],
        ),
        (
            "БІШКЕК. KAZINFORM – Қазақстан мен Қырғызстан меморандумға қол қойды.",
            [["Қазақстан", "Қырғызстан"]],
        ),
        ("Бұл туралы бүгін мәлімдеді, деп хабарлайды Tengrinews.kz.", []),
        (
            (
                "Қасым-Жомарт Тоқаев Владимир Путинмен кездесті, деп хабарлайды "
                "Tengrinews.kz тілшісі."
            ),
            [["Владимир Путин", "Қасым-Жомарт Тоқаев"]],
        ),
    ],
)
def test_where_the_news_is_from_does_not_act(text, expected):
    assert actors(text) == expected


def test_an_agency_that_signs_acts():
    assert actors("Kazinform мен Түркия меморандумға қол қойды.") == [
        ["Kazinform", "Түркия"]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Мәжіліс депутаты Айдар Сейітов бұл жобаны қолдайтынын мәлімдеді.",
        (
            "Қаржы министрлігінің (ҚМ) өкілі Айдар Сейітов тексеру басталғанын "
            "мәлімдеді."
        ),
    ],
)
def test_who_speaks_for_a_body_is_the_person(text):
    assert actors(text) == [["Айдар Сейітов"]]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Бұған дейін Ержан Сәденов орталық директоры болып тағайындалғаны туралы "
            "ақпарат тараған еді."
        ),
        "Геннадий Головкин америкалық Айдар Сейітовпен (12-3) кездесті.",
        "Геннадий Головкин финалда америкалық Айдар Сейітовпен кездесті.",
    ],
    ids=["rumour", "record", "final"],
)
def test_rumours_and_bouts_are_no_events(text):
    assert types(text) == []


def test_a_shared_statement_has_both_sides():
    text = "Қасым-Жомарт Тоқаев пен Шавкат Мирзиёев Бірлескен мәлімдемеге қол қойды."
    assert actors(text) == [["Шавкат Мирзиёев", "Қасым-Жомарт Тоқаев"]]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Мемлекет басшысы Венгрия Парламентінің Қазақстанмен достық тобы "
            "өкілдерімен кездесті."
        ),
        "Қазақстан мен Түркия ғалымдары зертхана ашу туралы меморандумға қол қойды.",
        (
            "Қасым-Жомарт Тоқаевтың тапсырмасын орындау үшін делегация Қытайға жұмыс "
            "сапарымен барды."
        ),
        "Құрметті Шавкат Мирзиёев, Қазақстанға мемлекеттік сапармен келдіңіз!",
    ],
    ids=["ties with a country", "its scholars", "who sent them", "spoken to"],
)
def test_who_is_only_spoken_of_does_not_act(text):
    assert events(text) == []


def test_a_day_to_come_in_a_title_is_not_that_of_the_news():
    title = "Қазақстанда 1 қаңтардан бастап салық өзгереді"
    [event] = events("Мәжіліс жаңа заң қабылдады.", title=title)
    assert event["event_date"] == date(2025, 10, 10)


def test_lately_is_no_day():
    [event] = events("Жақында Қасым-Жомарт Тоқаев Түркияға ресми сапармен барды.")
    assert (event["event_date"], event["event_precision"]) == (None, "unknown")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Қазақстан мен Түркия ғалымдары бірлескен зертхана ашу туралы "
                "меморандумға қол қойды."
            ),
            ["бірлескен зертхана ашу туралы меморандум"],
        ),
        (
            (
                "«Дала» қоры мен «Көкжиек» ЖШС жас мамандарды оқыту "
                "туралы меморандумға қол қойды."
            ),
            ["жас мамандарды оқыту туралы меморандум"],
        ),
        (
            "Жиын соңында су ресурстарын қорғау туралы келісімге қол қойылды.",
            ["су ресурстарын қорғау туралы келісім"],
        ),
        ("Олар дәрінің жаңа түрін Қазақстанда өндіру туралы келісімге қол қойды.", []),
        (
            "Сенатта «Табиғатты қорғау туралы» ҚР Заңы қабылданды.",
            ["Табиғатты қорғау туралы ҚР заң"],
        ),
    ],
)
def test_a_title_begins_where_it_begins(text, expected):
    assert read(text)["fact_document"]["title"].to_list() == expected


@pytest.mark.parametrize(
    "text",
    [
        "– " * 10_000,
        "«" * 5_000 + "Тоқаев Путинмен кездесті" + "»" * 5_000,
        "Тоқаев " + "9" * 10_000 + " жылы Путинмен кездесті.",
        "Тоқаев 31 ақпанда, 99999 жылы Путинмен кездесті.",
        "кездесті " * 50_000,
        "сапар келді, " * 30_000,
        "Тоқаев Путинмен кездесті, " * 5_000,
        "қол қойды туралы келісімге " * 10_000,
        "кездес" + "у" * 100_000,
        "кездесті\n" * 50_000,
    ],
    ids=range(10),
)
def test_hostile_text_is_read_in_time(text):
    began = time.process_time()
    found = events(text)
    assert time.process_time() - began < 20
    for event in found:
        assert event["event_date"] is None or event["event_date"].year < 2026
        assert len(event["surface"]) < 30_000
