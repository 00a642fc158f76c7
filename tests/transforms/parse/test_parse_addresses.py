import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.parse.address import canonical_url


def canonical(url):
    return pl.select(canonical_url(pl.lit(url, dtype=pl.String))).item()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://www.Inform.kz/News/1/?utm_source=fb&id=5#top",
         "https://inform.kz/News/1?id=5"),
        ("https://m.baq.kz/a/?fbclid=x&utm_medium=y", "https://baq.kz/a"),
        ("baq.kz/a/", "https://baq.kz/a"),
        ("//baq.kz/a", "https://baq.kz/a"),
        ("https://baq.kz:443/a?id=1&yclid=2&b=3", "https://baq.kz/a?id=1&b=3"),
        ("https://baq.kz/", "https://baq.kz"),
        ("mailto:a@b.kz", None),
        ("ftp://baq.kz/a", None),
        ("javascript:alert(1)", None),
        ("бос сөз", None),
        ("", None),
        (None, None),
    ],
)  # fmt: skip
def test_one_page_has_one_address(url, expected):
    assert canonical(url) == expected


@settings(max_examples=50, deadline=None)
@given(
    st.from_regex(
        r"\A(https?://)?(www\.)?[a-z]{1,8}\.kz(/[a-z]{0,3}){0,3}[?&a-z=#]{0,9}\Z"
    )
)
def test_a_canonical_address_is_its_own_canonical_address(url):
    once = canonical(url)
    assert once is None or canonical(once) == once
