"""Amounts: forms that are found, numbers that are none, and hostile texts."""

import time

import polars as pl
import pytest

from tests.conftest import ROOT
from tests.eval.amounts_figures import find, read_units
from transforms.amounts import AMOUNT_SCHEMA, Units, find_amounts
from transforms.articles import make_sentences
from transforms.entities.words import WORD_SCHEMA, read_words
from transforms.kazakh.number_words import number_word, value_of


def texts(*lines, script="cyrillic", title=""):
    return pl.DataFrame(
        {
            "row_id": range(len(lines)),
            "title": [title] * len(lines),
            "text": lines,
            "language": ["kk"] * len(lines),
            "script": [script] * len(lines),
        },
        schema_overrides={"row_id": pl.Int32},
    )


def amounts(text, *columns):
    return find(texts(text)).select("surface", *columns).rows()


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("12,4 миллиард", 12.4e9, None),
        ("12\u00a0500", 12_500, None),
        ("1\u202f234\u202f567,8", 1_234_567.8, None),
        ("3 мың 500", 3_500, None),
        ("60-тан", 60, None),
        ("5-7", 5, 7),
        ("10–12 мың", 10_000, 12_000),
        ("екі жүз елу мың", 250_000, None),
        ("бір жүз сексен мың", 180_000, None),
        ("бір жарым миллион", 1.5e6, None),
        ("жарты", 0.5, None),
        ("бес-алты жүз", 500, 600),
        ("он-он бес", 10, 15),
        ("елу алты – елу жеті", 56, 57),
        ("екі бүтін оннан жеті миллиард", 2.7e9, None),
        ("екі бүтін жүзден жиырма бес", 2.25, None),
        ("бір де екі миллиард", 1.2e9, None),
        ("12млн", 12e6, None),
    ],
)
def test_numbers_have_the_value_that_they_say(text, low, high):
    value = value_of(text)
    assert value is not None
    assert (pytest.approx(low), high) == tuple(value)


@pytest.mark.parametrize(
    "text",
    ["09.10.2025", "10:30", "3:2", "1/2", "7-5", "екі үш", "бес он", "007", "9" * 40],
)
def test_what_is_no_number_has_no_value(text):
    assert value_of(text) is None


@pytest.mark.parametrize(
    "form", ["ондай", "бірақ", "жетіп", "онда", "үшін", "мыңдаған"]
)
def test_words_that_begin_like_numbers_are_none(form):
    assert number_word(form) is None


@pytest.mark.parametrize(
    "text",
    [
        "2025 жылғы 9 қазанда 2026-2030 жылдарға арналған жоспар бекітілді.",
        "Жиын сағат 10:30-да басталып, 09.00-де аяқталған.",
        "Кеңестің 2803 қарары мен заңның 18-бабы, № 5 бұйрық туралы айтылды.",
        "Команда 3:2 есебімен жеңіп, 5-ші орынға шықты.",
        "Әуежайға Boeing 737 мен Су-35 қонды, COVID-19 тарады.",
        "ХХІ ғасырда, 90-жылдары, 1990 жылдары олар басқаша ойлады.",
        "Байланыс телефоны: +7 701 123 45 67, 8 (7172) 74 12 34.",
        "Ол Абай көшесі, 12 мекенжайында тұрады.",
        "«100 мектеп» жобасы туралы бір адам айтты.",
        "Наурыздың 22-сінде, он бесінші қатарда, екінші тоқсанда кездесті.",
        "Кездесу түнгі 2-де болды, 15 күні аяқталды.",
        "Бірнеше мың адам келіп, ондаған үй қирады.",
        "Құжатта 99999 жыл, 31 ақпан деп жазылған.",
    ],
)
def test_numbers_that_are_no_amounts_are_left_out(text):
    assert amounts(text) == []


@pytest.mark.parametrize(
    ("text", "surface", "approximation"),
    [
        ("Қор 5 миллион теңгеден асты.", "5 миллион теңгеден асты", "over"),
        ("Қор 5 миллион теңгеден аспайды.", "5 миллион теңгеден аспайды", "under"),
        ("Онда 50 тоннадан кем емес бидай бар.", "50 тоннадан кем емес", "over"),
        ("Онда 50-ден кем емес гектар бар.", "50-ден кем емес гектар", "over"),
        ("Онда 50 тоннадан кем бидай бар.", "50 тоннадан кем", "under"),
        ("Онда 50 тоннаға жуық бидай бар.", "50 тоннаға жуық", "about"),
        ("Онда 50 тоннадай бидай бар.", "50 тоннадай", "about"),
        ("Онда 50 тоннаға дейін бидай сияды.", "50 тоннаға дейін", "under"),
        ("Баға 5 пайызға дейін төмендеді.", "5 пайызға дейін", "exact"),
        ("Саны 50 мыңға дейін жетті.", "50 мыңға дейін", "exact"),
        ("Кем дегенде 50 тонна керек.", "Кем дегенде 50 тонна", "over"),
        ("Онда 50% астам үлес бар.", "50% астам", "over"),
    ],
)
def test_words_of_approximation_are_understood(text, surface, approximation):
    assert amounts(text, "approximation") == [(surface, approximation)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Түнде −15 градус болады.", ("−15 градус", -15.0, "Cel", None)),
        ("Күндіз +25 °C болады.", ("25 °C", 25.0, "Cel", None)),
        ("Ол $5 млн алды.", ("$5 млн", 5e6, None, "USD")),
        ("Ол 12.500 теңге алды.", ("12.500 теңге", 12_500.0, None, "KZT")),
        ("Ол 7 млн фунт стерлинг алды.", ("7 млн фунт стерлинг", 7e6, None, "GBP")),
        ("Желдің жылдамдығы 90 км/сағ болды.", ("90 км/сағ", 90.0, "km/h", None)),
        ("Жылына 5 млн кВт·сағ керек.", ("5 млн кВт·сағ", 5e6, "kW.h", None)),
        ("Бағам 2 пайыздық тармаққа өсті.", ("2 пайыздық тармаққа", 2.0, "{pp}", None)),
        ("Ол 100 өзбек сомын алды.", ("100 өзбек сомын", 100.0, None, "UZS")),
    ],
)
def test_units_and_currencies_are_known_in_all_their_forms(text, expected):
    assert amounts(text, "value", "unit_code", "currency_code") == [expected]


def test_a_fall_from_one_figure_to_another_is_the_second_one_s():
    text = "Мөлшерлеме 35 пайыздан 30 пайызға төмендеді."
    assert amounts(text, "direction") == [("35 пайыздан", None), ("30 пайызға", "fall")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Түнде –6...–8° аяз болады.", ("–6...–8°", -8.0, -6.0)),
        ("Түнде −13…−15 °C болады.", ("−13…−15 °C", -15.0, -13.0)),
        ("Түнде -3…+5 градус болады.", ("-3…+5 градус", -3.0, 5.0)),
        ("Желдің екпіні 15…20 м/с болады.", ("15…20 м/с", 15.0, 20.0)),
        ("Баға 5 млн – 7 млн теңге.", ("5 млн – 7 млн теңге", 5e6, 7e6)),
        ("Құны 5 пен 7 млн теңге аралығында.", ("5 пен 7 млн теңге", 5e6, 7e6)),
    ],
)
def test_ranges_are_one_amount(text, expected):
    assert amounts(text, "value", "value_max") == [expected]


def test_a_number_before_and_shares_the_unit_of_the_next():
    assert amounts("Ол 6,5 және 5,25 пайыз алды.", "unit_code") == [
        ("6,5", "%"),
        ("5,25 пайыз", "%"),
    ]


def test_amounts_of_titles_stand_in_the_title():
    articles = texts("Мәтін бар.", title="Ауылға 3 млрд теңге бөлінді")
    found = find(articles).row(0, named=True)
    assert (found["in_title"], found["sentence_no"]) == (True, None)
    title = articles["title"][0]
    assert title[found["start_char"] : found["end_char"]] == "3 млрд теңге"


def test_a_row_more_in_the_table_of_units_is_found_in_all_its_forms():
    table = pl.read_csv(ROOT / "seeds/units.csv", infer_schema=False)
    naira = {
        "unit_code": "NGN",
        "kind": "money",
        "name_kk": "Нигерия найрасы",
        "words": "найра;₦",
        "currency_code": "NGN",
    }
    units = Units(pl.concat([pl.DataFrame([naira]), table], how="diagonal"))
    articles = texts("Олар 300 найрадан астам ақша мен 5 мың Нигерия найрасын алды.")
    words = read_words(articles, make_sentences(articles.with_columns(article_id=1)))
    found = find_amounts(words, articles, units)
    assert found["currency_code"].to_list() == ["NGN", "NGN"]
    assert found["surface"][0] == "300 найрадан астам"


def test_no_words_give_no_amounts():
    empty = pl.DataFrame(schema=WORD_SCHEMA)
    found = find_amounts(empty, texts(), read_units())
    assert found.schema == AMOUNT_SCHEMA
    assert found.is_empty()


HOSTILE = {
    "dashes": "—" * 10_000,
    "dashed digits": "5-" * 10_000 + "5",
    "spaced dashes": "5 - " * 10_000,
    "nested quotation marks": "«" * 5_000 + "5 адам" + "»" * 5_000,
    "a long number": "1" * 10_000 + " теңге",
    "groups": "123 " * 20_000 + "теңге",
    "points": "1." * 20_000,
    "a long word": "ә" * 100_000 + " 5 адам",
    "a year that none is": "99999 жыл бойы, 31 ақпанда.",
    "number words": "мың " * 20_000,
    "more number words": "жүз бес " * 20_000,
    "adjectives": "5 " + "жаңа " * 20_000,
    "words of approximation": "5 " + "астам " * 20_000,
    "lines": "адам\n" * 50_000,
    "numbers in lines": "5\n" * 20_000,
    "units": "5 " + "шаршы " * 20_000 + "метр",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_cost_little_and_give_no_nonsense(name):
    begun = time.perf_counter()
    found = find(texts("Қазақстанда үкімет отырысы өтті. " + HOSTILE[name]))
    assert time.perf_counter() - begun < 20
    assert found["value"].abs().max() is None or found["value"].abs().max() < 1e18
    assert found["surface"].str.len_chars().max() is None or (
        found["surface"].str.len_chars().max() < 120
    )
    assert found.filter(pl.col("value").is_nan()).is_empty()


def test_neighbours_in_the_batch_change_nothing():
    lines = ["Онда 5", "адам бар, 60-тан астам", "келісім бар. Қор 5 млн теңге."]
    alone = [find(texts(line)).drop("row_id") for line in lines]
    assert find(texts(*lines)).drop("row_id").equals(pl.concat(alone))
