from __future__ import annotations

import unicodedata

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from transforms.clean import clean_columns, clean_titles
from transforms.kazakh.letters import KAZAKH_LETTERS
from transforms.mojibake import has_mojibake

# The first example compiles the expressions; on a busy machine that takes a while.
no_deadline = settings(deadline=None)

SENTENCE = "Қазақстан Үкіметі «Ғылым және өңір» бағдарламасын Ұлттық банкке берді."


def clean(*texts: str | None) -> list[str | None]:
    frame = pl.DataFrame({"text": pl.Series(texts, dtype=pl.String)})
    return clean_columns(frame, ["text"])["text"].to_list()


def kazakh_letters(text: str) -> int:
    # Taken apart, because І with a diaeresis becomes the one letter Ї.
    text = unicodedata.normalize("NFD", text)
    return sum(text.count(letter) for letter in KAZAKH_LETTERS)


def shows_mojibake(text: str) -> bool:
    return pl.DataFrame({"text": [text]}).select(has_mojibake(pl.col("text"))).item()


# Characters that meet in real damage, thick enough for the steps to meet each other.
damaged = st.text(
    st.sampled_from(
        "абгдыәғқңөұүһіӘҒҚҢӨҰҮҺІйЙёїўРСТДУ aceiopxyhkmtbqzwACEHKMOPTXYBIWəƏɵŋï¥"
        " \t\n\r\u00a0\u2009\u2028\u0085\u00ad\u200b\u200d\ufeff\u0301\u0306\u0308"
        "ÐÑÒÓ\u009b\u0098°·Іёі»«–—“”\"'-.,!?0123\ue000\u212a\ufffd"
    ),
    max_size=60,
)


def test_a_clean_text_comes_back_as_it_is():
    assert clean(SENTENCE) == [SENTENCE]


def test_null_stays_null_and_empty_stays_empty():
    assert clean(None, "", " \n\u200b ") == [None, "", ""]


def test_other_columns_and_the_order_of_rows_are_kept():
    frame = pl.DataFrame({"no": [1, 2, 3], "text": ["а  ә", "ә\u00a0қ", "і"]})
    expected = pl.DataFrame({"no": [1, 2, 3], "text": ["а ә", "ә қ", "і"]})
    assert_frame_equal(clean_columns(frame, ["text"]), expected)


def test_the_given_frame_is_not_changed():
    frame = pl.DataFrame({"text": ["мiнистр", "ә\u00a0 қ", "a\u00ad"]})
    before = frame.clone()
    clean_columns(frame, ["text"])
    assert_frame_equal(frame, before)


def test_paragraphs_are_kept_and_longer_gaps_made_one():
    assert clean("Бір \r\n екі\r\rүш\n \n \nтөрт\u2028бес") == [
        "Бір\nекі\n\nүш\n\nтөрт\nбес"
    ]


def test_a_title_is_one_line():
    frame = pl.DataFrame({"title": ["Бір\n\nекі \n үш"]})
    assert clean_titles(frame, ["title"])["title"].to_list() == ["Бір екі үш"]


def test_spaces_of_every_kind_become_one_plain_space():
    assert clean("5\u00a0млн\u202fтеңге\u2009 \tмен\u3000бір") == [
        "5 млн теңге мен бір"
    ]


def test_what_cannot_be_seen_is_removed():
    assert clean("\ufeffмем\u00adле\u200bкет\u200e \u0007ісі\u2060\ue001") == [
        "мемлекет ісі"
    ]


def test_letters_written_in_two_characters_become_one():
    assert clean(unicodedata.normalize("NFD", "Сырттай йод ёлка")) == [
        "Сырттай йод ёлка"
    ]


def test_dashes_and_quotation_marks_stay_as_printed():
    printed = '«Иә», – деді. “Жоқ”, — деді ол - "бәрі" „дұрыс‟ \u2039иә\u203a ‘сөз’…'
    assert clean(printed) == [printed]


def test_the_replacement_character_stays_for_the_checks_to_count():
    assert clean("мем\ufffdлекет") == ["мем\ufffdлекет"]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Казаxстан", "Казахстан"),
        ("әкiмшiлiгi", "әкімшілігі"),
        ("кəсіпкер Əлия", "кәсіпкер Әлия"),
        ("тауeлсіздік", "тауелсіздік"),
        ("Kөкшетау", "Көкшетау"),
        ("TOКИО", "ТОКИО"),
        ("Yкімет", "Үкімет"),
        ("Yкраина", "Украина"),
        ("көктемнiң", "көктемнің"),
        ("ɵнер", "өнер"),
        ("¥лттық", "Ұлттық"),
        ("Skурe", "Skype"),
        ("Gооgle", "Google"),
        ("Тwitter", "Twitter"),
    ],
)
def test_look_alike_letters_are_folded_where_the_word_decides(printed, meant):
    assert clean(printed) == [meant]


@pytest.mark.parametrize(
    "name",
    [
        "COVID-19-дың",
        "BAQ.KZ-ке",
        "iPhone",
        "KEGOC-тың",
        "KEGOCтың",
        "OPECтің",
        "iPhoneдар",
        "Qazaqstan",
        "Äzerbaycan Əliyev",
        "XXI ғасыр",
        "100 ¥",
        "wi-fi желісі",
        "Orda.kz сайты",
    ],
)
def test_names_in_latin_letters_survive(name):
    assert clean(name) == [name]


@pytest.mark.parametrize("table", ["latin-1", "cp1252", "cp1251"])
def test_utf8_read_with_a_wrong_table_is_mended(table):
    # The bytes a table leaves undefined are handed through, as browsers do.
    misread = "".join(
        bytes([byte]).decode(table, errors="ignore") or chr(byte)
        for byte in SENTENCE.encode()
    )
    assert misread != SENTENCE
    assert clean(misread, f"Бірінші жол дұрыс.\n{misread}") == [
        SENTENCE,
        f"Бірінші жол дұрыс.\n{SENTENCE}",
    ]


def test_single_byte_cyrillic_read_as_western_is_mended():
    assert clean(SENTENCE.encode("kz1048").decode("latin-1")) == [SENTENCE]


@pytest.mark.parametrize(
    "text",
    [
        "ÐÑ",
        "Gràcia és a Barcelona, à côté de São Paulo",
        "Þórður Ægisson",
        "РУСАЛ, РСФСР, СССР, ТМД",
        "Різдво Україна Іспанія",
        "АҚШ – Ресей: «Сұхбат»",
    ],
)
def test_what_only_resembles_a_wrong_decoding_stays(text):
    assert clean(text) == [text]


@no_deadline
@given(st.lists(damaged, max_size=4))
@example(["у\u0306", "y\u0306а", "РiР°С‚Р"])
def test_cleaning_twice_is_cleaning_once(texts):
    once = clean(*texts)
    assert clean(*once) == once


@no_deadline
@given(st.text(max_size=80))
def test_cleaning_twice_is_cleaning_once_for_any_text(text):
    once = clean(text)
    assert clean(*once) == once


@no_deadline
@given(damaged)
def test_no_kazakh_letter_is_ever_lost(text):
    # In a wrong decoding those letters are half of another one, so they may go.
    if not shows_mojibake(text):
        assert kazakh_letters(clean(text)[0]) >= kazakh_letters(text)


@no_deadline
@given(damaged)
def test_a_clean_text_is_composed_and_trimmed(text):
    cleaned = clean(text)[0]
    assert cleaned == unicodedata.normalize("NFC", cleaned)
    assert cleaned == cleaned.strip(" \n")
    assert not any(gap in cleaned for gap in ("  ", " \n", "\n ", "\n\n\n"))


def test_a_row_is_cleaned_alike_alone_and_among_others():
    texts = [SENTENCE, "мiнистр  бар", None, "ә\u00a0қ", "", "а\n\n\n\nб"]
    assert clean(*texts) == [clean(text)[0] for text in texts]


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    ["қ" * 2_000_000, "қa" * 500_000, "ab" * 1_000_000, " \n" * 1_000_000, "Ð" * 10**6],
)
def test_a_hostile_text_takes_no_longer_than_its_length(text):
    clean(text)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("&quot;Бірлік&quot; форумы", '"Бірлік" форумы'),
        ("&laquo;Бірлік&raquo;&nbsp;форумы", "«Бірлік» форумы"),
        ("5&amp;nbsp;млн &amp;amp;mdash; аз", "5 млн — аз"),
        ("&#1240;лем &#x4D8;лем", "Әлем Әлем"),
        ("A&B; AT&T, &foo; &copy &notit;", "A&B; AT&T, &foo; &copy &notit;"),
        ("&#0; &#xD800; &#9999999;", "&#0; &#xD800; &#9999999;"),
        ("&" + "amp;" * 1000 + "quot;", '"'),
    ],
)
def test_html_entities_become_their_characters(printed, meant):
    assert clean(printed) == [meant]


@no_deadline
@given(
    st.lists(
        st.sampled_from(["&", "amp;", "#", "38;", "quot;", "nbsp;", "#13;", " ", "қ"]),
        max_size=12,
    ).map("".join)
)
def test_cleaning_entities_twice_is_cleaning_once(text):
    once = clean(text)
    assert clean(*once) == once
    assert kazakh_letters(once[0]) == kazakh_letters(text)
