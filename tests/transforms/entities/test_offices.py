"""Who holds which office, and whom a position means.

The sentences of tests/gold/offices.jsonl are of our own writing. When the parts
``held`` and ``last`` were first run, 62 of 66 and 27 of 32 answers (the roles of a
sentence, the links of a sentence) were right; their misses were mended since. So the
floors show what is kept, and those two figures what to expect of new text.
"""

import datetime as dt
import json
import time

import polars as pl
import pytest

from tests.conftest import ROOT
from tests.transforms.entities.marked_texts import (
    MENTION,
    OFFICES,
    PERSON_IDS,
    frames,
    parse,
    run,
)
from transforms.entities.offices import find_roles, link_positions, read_phrases
from transforms.keys import key

GOLD = [
    json.loads(line)
    for line in (ROOT / "tests/gold/offices.jsonl").read_text("utf-8").splitlines()
]
FLOORS = {"roles": 0.98, "links": 0.98}

TOKAEV = "Қасым-Жомарт Тоқаев"


def roles_of(text, **given):
    found = run([text], **given)[0]
    return [tuple(row) for row in found.select("name", "role").iter_rows()]


def links_of(text, **given):
    positions = run([text], **given)[1].filter(entity_type="position")
    return positions["name"].to_list()


def test_the_gold_sentences_reach_their_floors():
    dates = [dt.date.fromisoformat(row["date"]) for row in GOLD]
    roles, linked, _ = run([row["text"] for row in GOLD], dates=dates)
    right = dict.fromkeys(FLOORS, 0)
    for number, row in enumerate(GOLD):
        stated = roles.filter(row_id=number).with_columns(
            pl.col("country_code").fill_null(""), pl.col("is_single").cast(pl.Int8)
        )
        found = stated.select("name", "role", "country_code", "is_single").cast(
            pl.String
        )
        right["roles"] += sorted(found.rows()) == sorted(map(tuple, row["roles"]))
        positions = linked.filter(row_id=number, entity_type="position")
        right["links"] += positions["name"].to_list() == row["links"]
    shares = {name: count / len(GOLD) for name, count in right.items()}
    assert len(GOLD) >= 60
    assert {name for name, share in shares.items() if share < FLOORS[name]} == set()


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Ұлттық банктің төрағасы", "Ұлттық банк төрағасы"),
        ("Ұлттық Банкінің Төрағасы", "Ұлттық банк төрағасы"),
        ("премьер-министр орынбасары", "Премьер-министрдің орынбасары"),
        ("Премьер-Министрінің орынбасары", "Премьер-министрдің орынбасары"),
        ("вице-премьер", "Премьер-министрдің орынбасары"),
        ("Шымкент қаласының әкімі", "Шымкент қаласының әкімі"),
        ("Шымкент әкімі", "Шымкент қаласының әкімі"),
        ("Президенттің көмекшісі", "Президент көмекшісі"),
        ("«Береке» ЖШС директоры", "«Береке» ЖШС директоры"),
        ("Бас прокурор", "Бас прокурор"),
        ("сыртқы істер министрі", "Сыртқы істер министрі"),
    ],
)
def test_an_office_has_one_spelling(words, role):
    text = f"Жиынды <r>{words}</r> <p>Сәбит Орманов</p> ашты."
    assert roles_of(text) == [("Сәбит Орманов", role)]


def test_an_office_is_found_where_no_position_was_recognised():
    text = "Бүгін Көлік министрі <p>Сәбит Орманов</p> келді."
    assert roles_of(text) == [("Сәбит Орманов", "Көлік министрі")]


@pytest.mark.parametrize(
    "text",
    [
        "Экс-министр <p>Сәбит Орманов</p> келді.",
        "Бұрынғы әкім <p>Сәбит Орманов</p> келді.",
        "Министр болған <p>Сәбит Орманов</p> келді.",
        "Министрлер <p>Сәбит Орманов</p> мен <p>Айгүл Серікова</p> келді.",
        "Министрдің <p>Сәбит Ормановқа</p> айтқаны көп.",
        "Депутаттыққа үміткер <p>Сәбит Орманов</p> келді.",
        "Көлік министрі <p>Сәбит Орманов</p> қызметінен кетті.",
        "АҚШ-тың 26-шы президенті <p>Теодор Рузвельт</p> туралы кітап.",
        "<p>Сәбит Орманов</p> министрге хат жазды.",
        "2019 жылы <p>Сәбит Орманов</p> министр болып тағайындалды.",
    ],
)
def test_no_office_is_held_by_whom_the_text_does_not_give_one(text):
    assert roles_of(text) == []


def test_who_dismisses_keeps_his_own_office():
    text = (
        "Президент <p Қасым-Жомарт Тоқаев>Тоқаевтың</p> Жарлығымен Көлік министрі "
        "<p>Сәбит Орманов</p> қызметінен босатылды."
    )
    assert roles_of(text) == [(TOKAEV, "Президент")]


def test_a_country_comes_from_the_article_or_from_the_table():
    text = (
        "<c FR>Франция</c> президенті <p>Эмиль Дюпон</p> келді. "
        "Президент <p>Эмиль Дюпон</p> сөйледі. Премьер-министр <p>Олжас Бектенов</p> "
        "тыңдады. Премьер-министр <p>Ян Новак</p> болмады."
    )
    found = run([text])[0].select("name", "country_code", "is_single")
    assert found.rows() == [
        ("Эмиль Дюпон", "FR", True),
        ("Эмиль Дюпон", "FR", True),
        ("Олжас Бектенов", "KZ", True),
        ("Ян Новак", None, False),
    ]


@pytest.mark.parametrize(
    "countries",
    [
        "<c JP>Жапонияның</c> <c KZ>Қазақстандағы</c>",
        "<c JP>Жапонияның</c> <c KZ>Қазақстан Республикасындағы</c>",
        "<c JP>Жапония</c> мемлекетінің <c KZ>Қазақстан</c> Республикасындағы",
    ],
)
def test_an_ambassador_is_of_the_country_that_sent_him(countries):
    text = f"{countries} Төтенше және Өкілетті Елшісі <p>Ямада Кен</p> келді."
    row = run([text])[0].row(0, named=True)
    assert (row["role"], row["country_code"]) == ("Елші", "JP")


def test_an_organisation_is_named_apart():
    text = "<o Сенат>Сенаттың</o> төрағасы <p>Сәбит Орманов</p> келді."
    row = run([text])[0].row(0, named=True)
    assert (row["role"], row["organisation"]) == ("Төраға", "Сенат")
    assert row["organisation_id"] == key("entity", "organisation", "сенат")


def test_offsets_reach_over_the_office_and_the_name():
    text = "Кеше <p>Сәбит Орманов</p>, <c KZ>Қазақстанның</c> Көлік министрі, келді."
    roles, _, articles = run([text])
    row = roles.row(0, named=True)
    plain = articles["text"][0]
    surface = plain[row["start_char"] : row["end_char"]]
    assert surface == "Сәбит Орманов, Қазақстанның Көлік министрі"


def test_every_offset_gives_back_its_surface():
    texts = ["😀 \u00a0" + row["text"] for row in GOLD]
    _, linked, articles = run(texts)
    plain = dict(articles.select("row_id", "text").iter_rows())
    for row in linked.filter(~pl.col("in_title")).iter_rows(named=True):
        surface = plain[row["row_id"]][row["start_char"] : row["end_char"]]
        assert surface == row["surface"]


def test_texts_together_give_what_each_gives_alone():
    texts = [row["text"] for row in GOLD[::5]]
    roles, linked, _ = run(texts)
    for number, text in enumerate(texts):
        for whole, alone in zip((roles, linked), run([text])[:2], strict=True):
            mine = whole.filter(row_id=number).drop("row_id")
            assert mine.equals(alone.drop("row_id"))


def test_a_title_is_understood_through_the_text():
    mentions, words, articles = frames(
        ["<p>Қасым-Жомарт Тоқаев</p> форумда сөйледі."],
        titles=["Мемлекет басшысы: Су бәрінен қымбат"],
    )
    reading = read_phrases(mentions, words)
    roles = find_roles(reading, articles)
    linked = link_positions(mentions, reading, roles, articles, OFFICES, PERSON_IDS)
    first = linked.row(0, named=True)
    assert (first["in_title"], first["surface"], first["name"], first["method"]) == (
        True,
        "Мемлекет басшысы",
        TOKAEV,
        "reference",
    )


@pytest.mark.parametrize(
    ("date", "names"),
    [
        (dt.date(2015, 5, 1), ["Нұрсұлтан Назарбаев"]),
        (dt.date(2024, 5, 1), [TOKAEV]),
        (None, [None]),
    ],
)
def test_the_table_counts_at_the_date_of_the_article(date, names):
    text = (
        "<p>Нұрсұлтан Назарбаев</p> пен <p>Қасым-Жомарт Тоқаев</p> кездесті. "
        "<r>Мемлекет басшысы</r> сөйледі."
    )
    found = links_of(text, dates=[date])
    if date is None:
        # Both held it; the one who was named last is the guess.
        names = [TOKAEV]
    assert found == names


def test_only_persons_of_the_article_are_meant():
    text = "<r>Мемлекет басшысы</r> <p Айгүл Серікова>Айгүл Серікованы</p> марапаттады."
    assert links_of(text) == [None]


def test_without_a_table_the_only_person_is_meant_with_less_confidence():
    text = "<p>Қасым-Жомарт Тоқаев</p> келді. <r>Мемлекет басшысы</r> сөйледі."
    mentions, words, articles = frames([text])
    reading = read_phrases(mentions, words)
    roles = find_roles(reading, articles)
    linked = link_positions(
        mentions, reading, roles, articles, OFFICES.clear(), PERSON_IDS.clear()
    )
    position = linked.filter(entity_type="position").row(0, named=True)
    assert position["name"] == TOKAEV
    assert position["confidence"] < 0.5


def test_a_surname_after_initials_counts_as_a_name():
    text = "<r>Көлік министрі</r> <p Сәбит Орманов>С.Орманов</p> келді. Министр кетті."
    assert links_of(text) == ["Сәбит Орманов"]


def test_missed_positions_become_mentions():
    text = "<p>Қасым-Жомарт Тоқаев</p> келді. Халық Президентке қол бұлғады."
    added = run([text])[1].filter(entity_type="position").row(0, named=True)
    assert (added["surface"], added["sentence_no"]) == ("Президентке", 2)
    assert (added["name"], added["method"]) == (TOKAEV, "reference")


@pytest.mark.parametrize(
    "text",
    [
        "Президент сайлауы өтті.",
        "Президенттік резерв жасақталды.",
        "Президент Әкімшілігі хабарлады.",
        "Вице-президент келді.",
        "Президенттер келді.",
        "мемлекет басшылары келді.",
    ],
)
def test_what_is_no_president_becomes_no_mention(text):
    marked = f"<p>Қасым-Жомарт Тоқаев</p> айтты. {text}"
    assert links_of(marked) == []


def test_empty_frames_give_empty_frames_of_the_same_columns():
    mentions, words, articles = frames(["Ауа райы жылы."])
    assert mentions.is_empty()
    reading = read_phrases(mentions, words)
    roles = find_roles(reading, articles)
    linked = link_positions(mentions, reading, roles, articles, OFFICES, PERSON_IDS)
    assert roles.is_empty()
    assert linked.schema == mentions.schema
    nothing = find_roles(read_phrases(mentions, words.clear()), articles.clear())
    assert nothing.schema == roles.schema


def one_word_lines(count):
    """Make an article whose lines are, by turns, an office noun and a new name."""
    text = "\n".join(
        "министр" if number % 2 == 0 else f"Пәлен{number}" for number in range(count)
    )
    words, mentions, start = [], [], 0
    for number, token in enumerate(text.split("\n")):
        place = (start, start + len(token))
        words.append((0, False, number // 2 + 1, token, token, *place))
        kind = "position" if number % 2 == 0 else "person"
        linked = (None, None) if kind == "position" else (number, token)
        mentions.append(
            (
                *(0, False, number // 2 + 1, kind, token, token, *place),
                *(0.9, "model", *linked, None),
            )
        )
        start = place[1] + 1
    shape = {
        name: MENTION[name]
        for name in ("row_id", "in_title", "sentence_no", "surface", "form")
    } | {"start_char": pl.Int32, "end_char": pl.Int32}
    articles = frames(["министр"])[2].with_columns(text=pl.lit(text))
    return (
        pl.DataFrame(mentions, schema=MENTION, orient="row"),
        pl.DataFrame(words, schema=shape, orient="row").rename({"surface": "token"}),
        articles,
    )


def test_time_grows_with_the_number_of_mentions_and_no_faster():
    seconds = []
    for count in (5_000, 50_000):
        mentions, words, articles = one_word_lines(count)
        begin = time.process_time()
        reading = read_phrases(mentions, words)
        roles = find_roles(reading, articles)
        link_positions(mentions, reading, roles, articles, OFFICES, PERSON_IDS)
        seconds.append(time.process_time() - begin)
        assert roles.height == count // 2
    assert seconds[1] < 40 * max(seconds[0], 0.05)


def test_marks_are_read_as_written():
    text, mentions = parse("Бүгін <r><c KZ>ҚР</c> Президенті</r> келді.")
    assert text == "Бүгін ҚР Президенті келді."
    assert [mention[:2] for mention in mentions] == [
        ("gpe", "ҚР"),
        ("position", "ҚР Президенті"),
    ]
