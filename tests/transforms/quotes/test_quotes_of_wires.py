"""Quotations as news wires give them: bodies by short names, messages, epithets."""

import pytest

from tests.transforms.quotes.quoting import batch, found

SAID = "Жаңа көпір келесі жылы пайдалануға беріледі"
WRITTEN = f"«{SAID}», – делінген хабарламада."


def speakers(text, **options):
    """The speaker_id of each quote."""
    return [speaker for _, _, speaker in found(text, **options)]


def named(text, **options):
    """(speaker_surface, speaker_role, speaker_id) of each quote."""
    quotes, _ = batch(text, **options)
    return quotes.select("speaker_surface", "speaker_role", "speaker_id").rows()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Су министрлігі бағаны атады. Министрліктің мәліметінше, су арзандады.", 5),
        ("ТЖМ ескерту жасады. Ведомство мәліметінше, бүгін жел күшейеді.", 6),
        ("«Ақ бидай» ЖШС ұн шығарады. Компанияның мәліметінше, сұраныс өсті.", 11),
        (
            (
                "Су министрлігі бағаны атады. Министрліктің баспасөз қызметінің"
                " мәліметінше, су арзандады."
            ),
            5,
        ),
        # Two of a kind, another body between, a word that tells of another one.
        (
            (
                "Су министрлігі мен Қаржы министрлігі келісті. Министрліктің"
                " мәліметінше, су арзандады."
            ),
            None,
        ),
        ("ТЖМ келді. Полиция да келді. Ведомство мәліметінше, жел соқты.", None),
        ("ТЖМ ескерту жасады. Ресейлік ведомство мәліметінше, жел соқты.", None),
        ("Асқар Сейітов келді. Ведомство мәліметінше, бүгін жел күшейеді.", None),
    ],
)
def test_a_short_name_means_the_one_body_that_was_named(text, speaker):
    assert speakers(text) == [speaker]


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("Бұл туралы ТЖМ баспасөз қызметі хабарлады.", 6),
        ("ТЖМ тұрғындарға ескерту жариялады, – деп хабарлайды Kazinform тілшісі.", 6),
        ("Заңға қол қойылды, – деп хабарлайды Kazinform Ақордаға сілтеме жасап.", 7),
        ("Бұл туралы Асқар Сейітов мәлімдеді.", 1),
        # An act is no announcement, and another statement no message.
        ("Қаржы министрлігі шешім қабылдады, – деп хабарлайды Kazinform.", None),
        ("Асқар Сейітов бұл жобаны қолдайтынын айтты.", None),
        ("Көпір жабылды, – деп хабарлайды Kazinform сайтына сілтеме жасап.", None),
    ],
)
def test_a_message_is_of_the_one_who_announced_it(before, speaker):
    assert speakers(f"{before} {WRITTEN}")[-1] == speaker


def test_a_message_may_name_its_body():
    text = f"«{SAID}», – делінген Су министрлігі баспасөз қызметінің хабарламасында."
    assert speakers(text) == [5]
    text = f"Қаржы министрлігі келді. «{SAID}», – делінген ТЖМ хабарламасында."
    assert speakers(text) == [6]


def test_he_is_the_one_who_spoke_and_not_who_was_spoken_of():
    text = (
        "Асқар Сейітовтің айтуынша, министр Сәуле Ахметованың хаты келді."
        " Оның сөзінше, жауап дайын."
    )
    assert speakers(text) == [1, 1]


def test_a_text_that_breaks_off_before_the_name_has_no_speaker():
    text = f"Асқар Сейітов келді. «{SAID}», – деді обл"
    assert speakers(text) == [None]
    assert speakers(f"Асқар Сейітов келді. «{SAID}», – деді.") == [1]


def test_a_briefing_in_a_hall_is_not_told_by_the_hall():
    text = "Қаржы министрлігі алаңындағы брифингте министр көпір дайын екенін айтты."
    assert found(text) == [("indirect", "көпір дайын екенін", 1)]


def test_he_is_no_organisation():
    text = (
        "Асқар Сейітов көпірді ашты. ТЖМ мәліметінше, жол бос."
        " Оның айтуынша, көпір екі жылда салынды."
    )
    assert speakers(text) == [6, 1]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"Сәуле Ахметова көлдің тартылғанын айтты. «{SAID}», – деді ғалым.", 2),
        (
            f"Министр Асқар Сейітов жолдың тозғанын айтты. «{SAID}», – деді шенеунік.",
            1,
        ),
        # A minister is no scientist, and one who did not speak is not meant.
        (f"Министр Асқар Сейітов жолдың тозғанын айтты. «{SAID}», – деді ғалым.", None),
        (f"Сәуле Ахметова көлге барды. «{SAID}», – деді ғалым.", None),
        (
            (
                "Сәуле Ахметова көлдің тартылғанын айтты. Асқар Сейітов келді."
                f" «{SAID}», – деді ғалым."
            ),
            None,
        ),
        (f"Премьер-министр Сәуле Ахметова келді. «{SAID}», – деді Үкімет басшысы.", 2),
        (f"Асқар Сейітов келді. «{SAID}», – деді Үкімет басшысы.", None),
    ],
)
def test_an_epithet_means_the_one_who_spoke_if_it_suits(text, speaker):
    assert speakers(text)[-1] == speaker


def test_an_office_begins_after_the_verb():
    text = f"«{SAID}», – деді басқарма басшысы Сәуле Ахметова."
    assert named(text) == [("Сәуле Ахметова", "басқарма басшысы", 2)]


def test_a_calling_may_stand_between_an_office_and_a_name():
    text = "Қазылар алқасының төрағасы, ақын Сәуле Ахметова өлең ұнағанын айтты."
    assert found(text) == [("indirect", "өлең ұнағанын", 2)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Бас прокуратура бұзушылық деректері барын мойындады.", 8),
        ("Бас прокуратура тұрғынның арызы түскенін айтты.", 8),
    ],
)
def test_a_body_is_the_subject_where_nothing_belongs_to_it(text, said):
    assert speakers(text) == [said]


@pytest.mark.parametrize("office", ["басқарма төрағасы", "зерттеу тобының жетекшісі"])
def test_the_head_of_a_firm_speaks_and_not_the_firm(office):
    text = f"«Ақ бидай» {office} Сәуле Ахметова егін мол екенін айтты."
    assert found(text) == [("indirect", "егін мол екенін", 2)]


def test_a_colon_after_the_subject_is_not_said():
    text = "Асқар Сейітов: биыл көпір дайын екенін айтты."
    assert found(text) == [("indirect", "биыл көпір дайын екенін", 1)]


def test_a_city_hall_speaks():
    text = "Қала әкімдігі жолдың жабылатынын айтты."
    assert [row[0] for row in named(text)] == ["әкімдігі"]


def test_two_names_are_one_subject_and_neither_speaks_alone():
    text = "Асқар Сейітов пен Сәуле Ахметова көпірдің маңызды екенін атап өтті."
    assert named(text) == [("Асқар Сейітов пен Сәуле Ахметова", None, None)]
    text = "Асқар Сейітов пен Сәуле Ахметованың кездескені расталды."
    assert found(text) == []


def test_who_is_named_in_what_is_said_does_not_say_it():
    text = "Облыс Асқар Сейітовтің келетінін хабарлады."
    assert speakers(text) == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Көшеде жол жабылды, деп хабарлайды Жаңа заман.",
        "Полиция департаменті оқиғаны растады.",
        "Асқар Сейітов жалақы қаншаға өскенін айтты.",
    ],
)
def test_outlets_things_and_questions_are_no_quotations(text):
    assert found(text) == []


def test_a_flat_is_no_resident():
    text = "Асқар Сейітов тұрғын үй арзандайды деп мәлімдеді."
    assert found(text) == [("indirect", "тұрғын үй арзандайды", 1)]


def test_words_torn_apart_are_no_name():
    assert speakers("(сурет) Полиция мәліметінше, жол бүгін ашылады.") == [None]


def test_one_who_is_named_by_an_unknown_office_is_not_the_last_speaker():
    text = f"Асқар Сейітов келді. «{SAID}», – деді Қаржы министрлігінің қызметкері."
    assert speakers(text) != [1]


@pytest.mark.parametrize(
    "title",
    [
        "Асқар Сейітов пен Сәуле Ахметова: көпірді кімдер салды?",
        "Асқар Сейітов: көпір қашан ашылады?",
        "Жұмысшылар, дәрігерлер, ғалымдар: Асқар Сейітов марапат тапсырды",
        "Мас күйде көлік айдаған судья: Бас прокуратура жауап берді",
        "Астанада «Ауыл әйелі: бірлік, даму, болашақ» форумы өтті",
    ],
)
def test_a_heading_that_asks_or_tells_of_others_is_no_quotation(title):
    assert found("Жиын өтті.", title=title) == []


def test_a_title_with_an_office_after_the_name_is_a_quotation():
    title = "Асқар Сейітов, министр: Көпір келесі жылы ашылады"
    assert found("Жиын өтті.", title=title) == [
        ("direct", "Көпір келесі жылы ашылады", 1)
    ]
