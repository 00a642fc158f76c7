import polars as pl
import pytest

from transforms.kazakh.calendar import MONTH_FORMS, PRINTED_DATE, month_number


def number(word):
    return pl.select(month_number(pl.lit(word))).item()


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("Қаңтарда", 1),
        ("ақпаннан", 2),
        ("наурыздағы", 3),
        ("сәуірінде", 4),
        ("мамырға", 5),
        ("маусымның", 6),
        ("шілдесі", 7),
        ("тамызбен", 8),
        ("қыркүйекте", 9),
        ("қыркүйегінен", 9),
        ("ҚАЗАНДА", 10),
        ("қарашасында", 11),
        ("желтоқсанға", 12),
        ("октября", 10),
        ("мая", 5),
        ("Sept", 9),
        ("jeltoqsan", 12),
    ],
)
def test_a_month_is_known_in_any_case_and_language(word, month):
    assert number(word) == month


@pytest.mark.parametrize("word", ["қазандық", "қарашай", "мамырлау", "мартышка", ""])
def test_a_word_that_only_begins_like_a_month_is_none(word):
    assert number(word) is None


def test_every_kazakh_month_has_all_its_cases():
    assert set(MONTH_FORMS.values()) == set(range(1, 13))
    for stem in ("қаңтар", "шілде", "қараша", "қыркүйек"):
        assert sum(form.startswith(stem[:5]) for form in MONTH_FORMS) >= 14


@pytest.mark.parametrize(
    "date", ["2025 жылғы 9 қазан", "9 қазан 2025", "19.12.2025 14:30", "2025-12-19"]
)
def test_a_printed_date_is_seen_inside_a_line(date):
    line = pl.lit(f"Күні: {date}")
    assert pl.select(line.str.extract(PRINTED_DATE, 1)).item() == date
