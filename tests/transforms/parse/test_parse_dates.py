import datetime as dt

import polars as pl
import pytest
from article_rows import BODY, OUTLETS, parse_one
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.parse.datetext import FIRST_YEAR, LAST_YEAR, read_date_strings


def moment(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


def published(value, **fields):
    return parse_one({"title": "Тақырып", "text": BODY, "published": value} | fields)


@pytest.mark.parametrize(
    "value",
    [
        "2025-10-09",
        "09.10.2025",
        "9/10/2025",
        "2025 жылғы 9 қазан",
        "2025 жылдың 9 қазаны",
        "9 қазан 2025 жыл",
        "9 Қазан, 2025 ж.",
        "9 октября 2025 года",
        "October 9, 2025",
        "20251009",
        "2025-10-09T00:00:00",
    ],
)
def test_a_day_is_read_in_every_form(value):
    article = published(value)
    assert article["published_date"] == dt.date(2025, 10, 9)
    assert article["published_at"] is None
    assert article["published_precision"] == "day"
    assert article["published_basis"] == "metadata"


@pytest.mark.parametrize(
    "value",
    [
        "2025-10-09T14:17:00+05:00",
        "2025-10-09T09:17:00Z",
        "2025-10-09 14:17",
        "2025-10-09T14:17:00.000+0500",
        "09.10.2025 14:17",
        "09 Қазан 2025, 14:17",
        "14:17, 9 қазан 2025",
        "2025 жылғы 9 қазан, сағат 14:17",
        "Thu, 09 Oct 2025 09:17:00 GMT",
        "October 9, 2025 2:17 PM",
        "1760001420",
        "1760001420000",
    ],
)
def test_a_time_is_read_in_every_form_and_kept_in_utc(value):
    article = published(value)
    assert article["published_at"] == moment(2025, 10, 9, 9, 17)
    assert article["published_date"] == dt.date(2025, 10, 9)
    assert article["published_precision"] == "minute"


@pytest.mark.parametrize(
    "value",
    ["31 ақпан 2025", "2025-13-45", "0000-01-01", "99999", "5 адам 2025", "29.02.2025",
     "кеше", "", "2025-00-10", "12345678901234567890"],
)  # fmt: skip
def test_a_nonsense_date_is_no_date(value):
    article = published(value)
    assert article["published_date"] is None
    assert article["published_precision"] == "unknown"
    assert article["published_basis"] == "unknown"


def test_a_month_or_year_alone_keeps_its_precision():
    assert published("2025-10")["published_precision"] == "month"
    assert published("қазан 2025")["published_date"] == dt.date(2025, 10, 1)
    assert published("2025")["published_precision"] == "year"


def test_an_impossible_time_leaves_the_day():
    article = published("2025-10-09 25:61")
    assert article["published_date"] == dt.date(2025, 10, 9)
    assert article["published_at"] is None


def test_kazakhstan_moved_to_utc_plus_five_in_march_2024():
    assert published("2024-02-15 12:00")["published_at"] == moment(2024, 2, 15, 6)
    assert published("2024-03-15 12:00")["published_at"] == moment(2024, 3, 15, 7)


def test_the_hour_that_came_twice_is_taken_the_first_time():
    article = published("2024-02-29 23:30")
    assert article["published_at"] == moment(2024, 2, 29, 17, 30)


def test_the_date_is_that_of_the_outlets_zone():
    here = published("2025-10-09T20:30:00Z", source="Kazinform")
    there = published("2025-10-09T14:30:00Z", source="Токио таңы")
    assert here["published_date"] == dt.date(2025, 10, 10)
    assert there["published_date"] == dt.date(2025, 10, 9)
    local = published("2025-10-09 09:00", source="Токио таңы")
    assert local["published_at"] == moment(2025, 10, 9, 0)


def test_a_time_zone_that_does_not_exist_is_named_with_its_file():
    outlets = OUTLETS.with_columns(time_zone=pl.lit("Asia/Qalqan"))
    with pytest.raises(ValueError, match=r"seeds/outlets\.csv.*Asia/Qalqan"):
        parse_one(
            {"title": "Т", "text": BODY, "published": "2025-10-09", "source": "BAQ.KZ"},
            outlets=outlets,
        )


def test_the_header_gives_the_date_and_stays_out_of_title_and_text():
    article = parse_one(f" date 2025-12-19 Тақырып осы\n{BODY}")
    assert article["title"] == "Тақырып осы"
    assert article["text"] == BODY
    assert article["published_date"] == dt.date(2025, 12, 19)
    assert article["published_basis"] == "header"


def test_a_date_line_gives_the_date_and_stays_as_evidence():
    article = parse_one(f"Тақырып осы\n2025 жылғы 9 қазан\n{BODY}")
    assert article["text"].startswith("2025 жылғы 9 қазан\n")
    assert article["published_date"] == dt.date(2025, 10, 9)
    assert article["published_basis"] == "body"
    assert article["lead"] == BODY.split("\n")[0]


def test_a_labelled_date_is_read_before_the_text_of_its_line():
    article = parse_one("Тақырып осы\nКүні: 25 тамыз 2015 Бүгін кездесу өтті.\nСоңы.")
    assert article["published_date"] == dt.date(2015, 8, 25)


def test_a_sentence_about_a_date_is_no_date_line():
    article = parse_one(f"Тақырып осы\n2025 жылғы 9 қазанда форум өтеді.\n{BODY}")
    assert article["published_date"] is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://baq.kz/2025/12/19/a.html", dt.date(2025, 12, 19)),
        ("https://baq.kz/news/20251219-suu", dt.date(2025, 12, 19)),
        ("https://baq.kz/news/368904/", None),
        ("https://baq.kz/2025/13/45/a", None),
        ("https://baq.kz/2027/12/19/a", None),
    ],
)
def test_an_address_tells_the_date_if_it_holds_one(url, day):
    article = published(None, url=url)
    assert article["published_date"] == day
    assert article["published_basis"] == ("url" if day else "unknown")


@pytest.mark.parametrize(
    ("path", "day", "precision"),
    [
        ("a/2025-12-19_x.txt", dt.date(2025, 12, 19), "day"),
        ("a/inform_20251219.txt", dt.date(2025, 12, 19), "day"),
        ("a/19.12.2025.txt", dt.date(2025, 12, 19), "day"),
        ("a/2025/12/x.txt", dt.date(2025, 12, 1), "month"),
        ("001_5191c9861a10396d.txt", None, "unknown"),
        ("z.zip::2025-12-19.txt", dt.date(2025, 12, 19), "day"),
    ],
)
def test_a_path_tells_the_date_if_nothing_else_does(path, day, precision):
    article = parse_one({"title": "Тақырып", "text": BODY}, path=path)
    assert article["published_date"] == day
    assert article["published_precision"] == precision
    assert article["published_basis"] == ("filename" if day else "unknown")


def test_a_dateline_without_a_year_is_inferred_and_never_after_the_arrival():
    past = parse_one("Тақырып осы\nАСТАНА. 8 қазан. ҚазАқпарат - Форум өтті.")
    ahead = parse_one("Тақырып осы\nАСТАНА. 8 желтоқсан. ҚазАқпарат - Форум өтті.")
    assert past["published_date"] == dt.date(2026, 10, 8)
    assert ahead["published_date"] == dt.date(2025, 12, 8)
    assert past["published_basis"] == ahead["published_basis"] == "inferred"


def test_the_folders_year_goes_before_the_arrivals():
    article = parse_one(
        "Тақырып осы\nАСТАНА. 8 қазан. ҚазАқпарат - Форум өтті.",
        path="2015/10/x.txt",
    )
    assert article["published_date"] == dt.date(2015, 10, 8)


def test_a_day_in_the_text_beats_a_month_in_the_metadata():
    article = parse_one(f" date 2025-12-19 Тақырып\n{BODY}", path="2025/12/x.txt")
    assert article["published_precision"] == "day"


def test_modification_is_kept_in_utc():
    article = published("2025-10-09", modified="2025-10-10T10:00:00+05:00")
    assert article["modified_at"] == moment(2025, 10, 10, 5)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=20))
def test_any_strings_give_possible_dates_or_none(strings):
    dates = read_date_strings(pl.Series(strings, dtype=pl.String))
    assert set(dates["raw"]) <= set(strings)
    assert dates["date"].drop_nulls().dt.year().is_between(FIRST_YEAR, LAST_YEAR).all()


@settings(max_examples=40, deadline=None)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_is_read_back_from_its_printed_form(day):
    kazakh = [
        "қаңтар",
        "ақпан",
        "наурыз",
        "сәуір",
        "мамыр",
        "маусым",
        "шілде",
        "тамыз",
        "қыркүйек",
        "қазан",
        "қараша",
        "желтоқсан",
    ]
    printed = f"{day.year} жылғы {day.day} {kazakh[day.month - 1]}"
    assert read_date_strings(pl.Series([printed]))["date"].to_list() == [day]
