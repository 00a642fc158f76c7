from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.kazakh.latin import to_cyrillic

# The first example compiles the expressions; on a busy machine that takes a while.
no_deadline = settings(deadline=None)

# One sentence of our own in each written form of Latin-script Kazakh.
SENTENCE = "Әкім көпір құрылысын жаңа қаржыға аяқтап, үш ауыл тұрғынын қуантты"
FORMS = {
    "umlaut": "Äkım köpır qūrylysyn jaña qarjyğa aiaqtap, üş auyl tūrğynyn quantty",
    "acute": "Ákim kópir qurylysyn jańa qarjyǵa aıaqtap, úsh aýyl turǵynyn qýantty",
    "apostrophe": "A'kim ko'pir qurylysyn jan'a qarjyg'a ai'aqtap, u's' ay'yl "
    "turg'ynyn qy'antty",
    "wikipedia": "Äkim köpir qurılısın jaña qarjığa ayaqtap, üş awıl turğının qwanttı",
}


def cyrillic(text: str, filler: str = "") -> str:
    frame = pl.DataFrame({"text": [text]})
    return frame.select(to_cyrillic(pl.col("text"), filler=filler)).item()


@pytest.mark.parametrize("form", FORMS)
def test_every_written_form_is_brought_to_the_same_cyrillic(form):
    assert cyrillic(FORMS[form]) == SENTENCE


def test_text_without_any_marks_is_near_enough_to_read():
    assert cyrillic("Zhana kopir qurylysy ayaqtaldy") == "Жана копир қурылысы аыақталды"


def test_digraphs_are_one_letter_in_either_case():
    assert cyrillic("Shymkent SHYMKENT shekara") == "Шымкент ШЫМКЕНТ шекара"


def test_null_stays_null():
    frame = pl.DataFrame({"text": pl.Series([None], dtype=pl.String)})
    assert frame.select(to_cyrillic(pl.col("text")))["text"].to_list() == [None]


@pytest.mark.parametrize("form", FORMS)
def test_with_a_filler_a_word_is_found_where_it_stands_in_the_original(form):
    text = FORMS[form]
    aligned = cyrillic(text, filler="\u2060")
    assert len(aligned) == len(text)
    start = aligned.index("қарж")
    assert text[start : start + 4] == "qarj"


@no_deadline
@given(st.text(st.sampled_from("abcqshzhkigaeiouyäöüğñşáóúýńǵ'ı IAYUSH"), max_size=60))
def test_with_a_filler_every_offset_holds_for_any_text(text):
    assert len(cyrillic(text, filler="\u2060")) == len(text)
