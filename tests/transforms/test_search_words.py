"""Forms, headwords and weights of words."""

import polars as pl

from transforms.search_terms import read_terms
from transforms.search_words import read_words

NAMED = {
    "row_id": pl.Int32,
    "entity_id": pl.Int64,
    "in_title": pl.Boolean,
    "start_char": pl.Int32,
}


def words_of(*articles, mentions=()):
    rows = [
        {
            "row_id": number,
            "title": None,
            "lead": None,
            "text": "",
            "language": "kk",
            "script": "cyrillic",
        }
        | one
        for number, one in enumerate(articles)
    ]
    schema = dict.fromkeys(rows[0], pl.String) | {"row_id": pl.Int32}
    named = pl.DataFrame(mentions, schema=NAMED, orient="row")
    words = read_words(pl.DataFrame(rows, schema=schema), named)
    return words.postings.join(words.forms, on="form_key").sort("row_id", "form")


def forms_of(**given):
    return words_of(given)["form"].to_list()


def test_words_become_small_and_are_cut_at_hyphens():
    found = forms_of(title="АҚШ-тың", text="Азық-түлік: 2026 жыл, елка мен ёлка.")
    assert found == sorted(
        ["ақш", "тың", "азық", "түлік", "2026", "жыл", "елка", "мен"]
    )


def test_latin_kazakh_is_written_in_cyrillic_as_one_text():
    found = forms_of(
        title="Jaña jyl", text="Qazaqstanda jaña jyl bastaldy.", script="latin"
    )
    assert found == ["басталды", "жаңа", "жыл", "қазақстанда"]
    assert forms_of(text="new year", script="latin", language="en") == ["new", "year"]


def test_look_alikes_are_folded():
    assert forms_of(text="iс KEGOCтың Казаxстан") == ["kegoc", "казахстан", "іс"]


def test_weights_rise_with_counts_and_fall_with_length():
    once, twice, long = (
        words_of({"text": text}).filter(form="су")["weight"].item()
        for text in ("су қоры", "су су", "су " + "сөз " * 500)
    )
    assert once < twice
    assert long < once
    title = words_of({"title": "су", "text": "қор"}).filter(form="су")["weight"].item()
    assert title > once


def test_places_count_on_from_the_title_to_the_text():
    found = words_of(
        {"text": "Қор да аз."},
        {"title": "Су қоры", "lead": "Су аз.", "text": "Су аз. Қор да аз."},
        mentions=[(1, -7, True, 0)],
    )
    places = dict(found.filter(row_id=1).select("form", "places").rows())
    assert places == {
        "су": [0, 3],
        "қоры": [1],
        "аз": [4, 7],
        "қор": [5],
        "да": [6],
        "e:-7": [],
    }
    places = dict(found.filter(row_id=0).select("form", "places").rows())
    assert places == {"қор": [0], "да": [1], "аз": [2]}


def test_what_follows_a_great_many_words_has_no_place():
    found = words_of({"text": "сөз " * 70_000 + "су"})
    places = dict(found.select("form", "places").rows())
    assert places["су"] == []
    assert places["сөз"] == list(range(65_535))


def test_an_article_weighs_the_same_among_others():
    articles = [
        {"title": "Су қоры", "lead": "Су аз.", "text": "Су аз. Қор да аз."},
        {"title": None, "text": "Қор"},
        {"text": ""},
    ]
    together = words_of(*articles)
    for number, one in enumerate(articles):
        alone = words_of(one).select("form", "weight")
        assert alone.equals(together.filter(row_id=number).select("form", "weight")), (
            number
        )
    assert together["article_count"].to_list() == (
        together.select(pl.len().over("form"))["len"].to_list()
    )


def test_forms_meet_in_their_headword():
    forms = pl.Series(["суды", "судың", "2026", "kegoc", "қоймасында"])
    assert read_terms(forms).rows() == [
        ("суды", "су"),
        ("судың", "су"),
        ("2026", "2026"),
        ("kegoc", "kegoc"),
        ("қоймасында", "қойма"),
    ]
    assert read_terms(forms.clear()).is_empty()


def test_a_mention_weighs_as_a_word_of_its_part_and_is_a_form_of_its_own():
    found = words_of(
        {"title": "Астана", "text": "Астана қаласы. Ақмола.", "lead": "Астана қаласы."},
        mentions=[(0, -7, True, 0), (0, -7, False, 0), (0, 8, False, 15)],
    )
    weights = dict(found.select("form", "weight").rows())
    assert weights["e:-7"] == weights["астана"]
    assert weights["e:8"] == weights["ақмола"] < weights["қаласы"]
    terms = read_terms(pl.Series(["e:-7"]))
    assert terms.row(0) == ("e:-7", "e:-7")
