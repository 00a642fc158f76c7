"""What is quoted and what is not; speakers given as mentions by hand."""

import time

import pytest

from tests.transforms.quotes.quoting import batch, found
from transforms.evidence import QUOTE_SCHEMA

SAID = "Жаңа көпір келесі жылы пайдалануға беріледі"


@pytest.mark.parametrize(
    "text",
    [
        f"– {SAID}, – деді Асқар Сейітов.",
        f"— {SAID}, — деп атап өтті Асқар Сейітов.",
        f"-{SAID},-дейді Асқар Сейітов.",
        f"«{SAID}», – деді Асқар Сейітов.",
        f'"{SAID}", - деп мәлімдеді Асқар Сейітов жиында.',
        f"“{SAID}”, – деп жазды Асқар Сейітов.",
        f"„{SAID}“, – деп хабарлады Асқар Сейітов.",
        f"Асқар Сейітов: «{SAID}», – деді.",
        f"Асқар Сейітов былай деді: «{SAID}».",
        f"«{SAID}» деп Асқар Сейітов баса айтты.",
        f"Асқар Сейітовтің айтуынша, «{SAID}».",
        f"Асқар Сейітов жиынды ашты. «{SAID}», – деді ол.",
    ],
)
def test_direct_speech_is_found_in_every_form(text):
    assert found(text) == [("direct", SAID, 1)]


def test_a_dash_inside_does_not_end_the_quotation():
    said = "Біз екі көршімен — Ресеймен және Қытаймен — тату тұрамыз"
    assert found(f"— {said}, — деді министр.") == [("direct", said, 1)]


def test_a_narrator_between_two_parts_joins_them():
    text = "– Жол ашық, – деді Асқар Сейітов, – бірақ абай болған жөн."
    quotes, articles = batch(text)
    assert quotes["text"].item() == "Жол ашық бірақ абай болған жөн."
    surface = "Жол ашық, – деді Асқар Сейітов, – бірақ абай болған жөн."
    assert quotes["surface"].item() == surface
    assert articles["text"].item().find(surface) == quotes["start_char"].item()


def test_a_narrator_may_speak_inside_the_marks():
    text = "«Жол ашық, – деді Асқар Сейітов. – Бірақ абай болған жөн»."
    assert found(text) == [("direct", "Жол ашық Бірақ абай болған жөн", 1)]


def test_paragraphs_go_on_to_the_narrator():
    text = "– Су деңгейі көтерілді.\nБөгет тексерілді, – деді Асқар Сейітов.\nКүн ашық."
    said = "Су деңгейі көтерілді. Бөгет тексерілді"
    assert found(text) == [("direct", said, 1)]


def test_paragraphs_may_each_be_opened_and_only_the_last_closed():
    text = "«Су деңгейі көтерілді.\n«Бөгет тексерілді», – деді Асқар Сейітов."
    said = "Су деңгейі көтерілді. Бөгет тексерілді"
    assert found(text) == [("direct", said, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "«Заң және тәртіп» қағидатын Асқар Сейітов жиында таныстырды.",
        "Көпір «Достық көпірі» деп аталады. Асқар Сейітов оны ашты.",
        "Шара «Біз біргеміз» ұранымен өтті, Асқар Сейітов сөз сөйледі.",
        "«Қазақстан темір жолы» компаниясы жаңа бағыт ашты.",
        "– екі мектеп салу;\n– жол жөндеу;\n– көше жарықтандыру.",
        "Облыста жаңа аурухана салынады, деп хабарлайды Kazinform.",
        "Жолда өзгеріс болады, – деп хабарлайды Kazinform тілшісі.",
        "«Көпір ертең ашылады, оған екі жыл кетті», – деп жазады Kazinform.",
        "Сәуле Ахметова үш ән айтты.",
        "Тұрғындар қала күнін атап өтті.",
        "Құтқарушылар жүкті ауылға жеткізді.",
        "Асқар Сейітов емтиханның қашан басталатынын айтты.",
    ],
)
def test_names_lists_and_outlets_are_no_quotations(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Асқар Сейітов көпір дайын екенін айтты.", "көпір дайын екенін"),
        ("Жиында министр жолдың тозғанын жеткізді.", "жолдың тозғанын"),
        ("Көпір дайын екенін Асқар Сейітов атап өтті.", "Көпір дайын екенін"),
        ("Министр келді. Асқар Сейітов көпір керек деп санайды.", "көпір керек"),
        ("Көпір биыл ашылады, деп мәлімдеді министр.", "Көпір биыл ашылады"),
        ("Асқар Сейітовтің айтуынша, көпір биыл ашылады.", "көпір биыл ашылады"),
        ("Асқар Сейітов жолдың маңызын атап өтті.", "жолдың маңызын"),
    ],
)
def test_indirect_speech_is_the_clause_without_its_subject(text, said):
    quotes = found(text)
    assert [(kind, speaker) for kind, _, speaker in quotes] == [("indirect", 1)]
    assert quotes[0][1].endswith(said)
    assert "Асқар" not in quotes[0][1]


def test_he_is_the_last_who_spoke_or_was_spoken_of():
    text = (
        "Асқар Сейітов жиынды ашты.\n– Көпір келесі жылы ашылады, – деді ол.\n"
        "Сәуле Ахметова есеп берді.\n– Аурухана биыл толық жөнделді, – деді ол."
    )
    assert [speaker for _, _, speaker in found(text)] == [1, 2]


def test_an_organisation_speaks_through_its_press_service():
    text = f"«{SAID}», – деп хабарлады Қаржы министрлігінің баспасөз қызметі."
    assert found(text) == [("direct", SAID, 3)]


def test_paragraphs_may_each_begin_with_a_dash():
    text = (
        "Асқар Сейітов келді.\n– Кәсіп ашқысы келген әр адамға есігіміз ашық.\n"
        "– Жер телімі онлайн беріледі, – деді ол."
    )
    said = "Кәсіп ашқысы келген әр адамға есігіміз ашық. Жер телімі онлайн беріледі"
    assert found(text) == [("direct", said, 1)]


def test_a_noun_means_the_person_before_whose_name_it_stood():
    text = "Сарапшы Сәуле Ахметова келді.\n– Баға биыл өспейді, – деді сарапшы."
    assert found(text) == [("direct", "Баға биыл өспейді", 2)]


def test_what_a_noun_owns_is_no_speaker():
    text = "Үкімет келді. Сарапшы салық мөлшерлемесі өспейтінін айтты."
    quotes, _ = batch(text)
    assert quotes.select("text", "speaker_surface").rows() == [
        ("салық мөлшерлемесі өспейтінін", "Сарапшы")
    ]


def test_a_document_and_strangers_have_no_known_speaker():
    written = f"Асқар Сейітов келді. «{SAID}», – делінген хабарламада."
    assert found(written) == [("direct", SAID, None)]
    quotes, _ = batch(f"Асқар Сейітов келді. «{SAID}», – дейді ауыл тұрғыны.")
    assert quotes["speaker_id"].item() is None
    assert quotes["speaker_surface"].item() == "ауыл тұрғыны"


def test_a_title_may_be_a_quotation():
    title = "Асқар Сейітов: Көпір келесі жылы ашылады"
    quotes, _ = batch("Жиын өтті.", title=title)
    assert quotes.select("in_title", "text", "speaker_id").rows() == [
        (True, "Көпір келесі жылы ашылады", 1)
    ]
    title = "Көпір келесі жылы ашылады – Асқар Сейітов"
    quotes, _ = batch("Жиын өтті.", title=title)
    assert quotes["text"].to_list() == ["Көпір келесі жылы ашылады"]
    assert batch("Жиын өтті.", title="Алматы: күн ашық, жел болады")[0].is_empty()


def test_answers_belong_to_the_interviewee_and_headings_to_nobody():
    text = (
        "Асқар Сейітов сұхбат берді.\n– Көпір қашан ашылады?\nКелесі жылы ашамыз.\n"
        "Оған дайынбыз.\nКадр мәселесі\n– Маман жете ме?\nЖоқ, он адам жетпейді.\n"
        "– Рақмет!"
    )
    title = "Асқар Сейітовтің газетке берген сұхбаты"
    assert found(text, title=title, is_interview=True) == [
        ("answer", "Келесі жылы ашамыз. Оған дайынбыз.", 1),
        ("answer", "Жоқ, он адам жетпейді.", 1),
    ]


def test_answers_may_begin_with_a_dash_too():
    text = (
        "– Көпір қашан ашылады?\n– Келесі жылы ашамыз.\n– Маман жете ме?\n"
        "– Он адам жетпейді.\n– Сұхбатыңызға рақмет!"
    )
    title = "Асқар Сейітовтің газетке берген сұхбаты"
    answers = found(text, title=title, is_interview=True)
    assert [said for _, said, _ in answers] == [
        "Келесі жылы ашамыз.",
        "Он адам жетпейді.",
    ]


def test_every_row_is_as_the_schema_says_and_stands_where_it_says():
    said = f"Асқар Сейітов келді.\n– {SAID}, – деді ол."
    text = f"{said}\nМинистр жолдың жаман екенін айтты."
    quotes, _ = batch(text)
    assert quotes.schema == QUOTE_SCHEMA
    assert quotes["confidence"].is_between(0, 1).all()
    assert quotes["sentence_no"].to_list() == [2, 3]
    for row in quotes.iter_rows(named=True):
        assert text[row["start_char"] : row["end_char"]] == row["surface"]


def test_no_text_has_no_quotes():
    quotes, _ = batch("")
    assert quotes.schema == QUOTE_SCHEMA
    assert quotes.is_empty()


def test_an_article_does_not_depend_on_its_neighbours():
    texts = [
        f"– {SAID}, – деді ол.",
        "Асқар Сейітов келді. «Көпір дайын болады», – деді ол.",
        "Сәуле Ахметова көпір дайын екенін айтты.",
    ]
    together, _ = batch(*texts)
    for row, text in enumerate(texts):
        alone, _ = batch(text)
        own = together.filter(row_id=row)
        assert own.drop("row_id").equals(alone.drop("row_id"))


HOSTILE = {
    "dashes": "– " * 10_000,
    "dashed lines": "– Біз келдік бүгін осында, – деді ол.\n" * 3000,
    "narrators": "– Біз келдік, – деді ол, " * 5000,
    "open marks": "Қазақстан өңірі «" * 10_000,
    "nested marks": "«Қазақ " * 5000 + " сөз»" * 5000 + ", – деді ол.",
    "straight marks": '"Қазақстан өңірі ' * 10_000,
    "only marks": "«»“”„" * 3000,
    "paragraphs": "«Біз мұны көрдік\n" * 4000 + "», – деді ол.",
    "digits": "Өңір " + "9" * 10_000 + " теңге екенін айтты.",
    "a word": "Қазақ " + "ә" * 100_000 + " екенін айтты министр.",
    "lines": "сөз\n" * 50_000,
    "according": "Оның айтуынша, бұл дұрыс. " * 3000,
    "verbs": "айтты " * 20_000,
    "he": "ол " * 20_000 + "екенін айтты",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("is_interview", [False, True])
def test_hostile_texts_take_no_quadratic_time(name, is_interview):
    begun = time.process_time()
    quotes, articles = batch(HOSTILE[name], is_interview=is_interview)
    # Quadratic time would be minutes; words and sentences are read here as well.
    assert time.process_time() - begun < 15
    text = articles["text"].item()
    assert (quotes["start_char"] < quotes["end_char"]).all()
    for row in quotes.head(500).iter_rows(named=True):
        assert text[row["start_char"] : row["end_char"]] == row["surface"]
