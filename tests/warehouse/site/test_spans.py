"""Spans in a text, marked without losing a letter, however they overlap."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from warehouse.site.spans import KINDS, Mark, mark_text

TAG = re.compile(r"<[^>]*>")


def names(name):
    return (name, name, name)


def shown(html):
    return unescape(TAG.sub("", html))


def test_a_span_is_marked_with_its_kind_and_name():
    html = mark_text(
        "Тоқаев келді.",
        [(0, 13)],
        [Mark("person", 0, 6, ("Тоқаев", "Токаев", "Tokayev"), "../person/1.html")],
        (),
    )
    assert html == (
        '<p><span class="s"><a class="m person" id="c0" data-n="Тоқаев" '
        'data-ru="Токаев" data-en="Tokayev" href="../person/1.html">Тоқаев</a>'
        " келді.</span></p>"
    )


def test_where_spans_overlap_a_piece_names_all_of_them():
    text = "ҚР Президенті"
    html = mark_text(
        text,
        [],
        [
            Mark("position", 0, len(text), names("Президент")),
            Mark("place", 0, 2, ("Қазақстан", "Казахстан", "Kazakhstan")),
        ],
        (),
    )
    assert shown(html) == text
    assert 'class="m place many"' in html
    assert "Жер, ел: Қазақстан; Лауазым: Президент" in html
    assert "Place, country: Kazakhstan; Office: Президент" in html
    assert 'class="m position"' in html


def test_a_quote_over_two_sentences_is_marked_in_both():
    text = "Су керек. Жер құрғақ. Бітті."
    html = mark_text(
        text,
        [(0, 9), (10, 21), (22, 28)],
        [Mark("quote", 3, 21, names("Асқар"))],
        (),
    )
    assert html.count('class="w quote"') == 2
    assert html.count('class="s"') == 3
    assert shown(html) == "Су керек. Жер құрғақ. Бітті."


def test_an_anchor_stands_where_a_link_leads_and_only_once():
    html = mark_text(
        "Бір. Екі.", [(0, 4), (5, 9)], [Mark("amount", 5, 8, names("2"))], {0, 5, 6}
    )
    assert re.findall(r'id="(c\d+)"', html) == ["c0", "c5", "c6"]


def test_markup_in_text_and_names_is_escaped():
    html = mark_text('<b>"&', [], [Mark("name", 0, 3, names('"><i>'))], ())
    assert "<b>" not in html
    assert "<i>" not in html
    assert shown(html) == '<b>"&'


spans = st.builds(
    lambda kind, start, length: Mark(kind, start, start + length, names("а")),
    st.sampled_from(KINDS),
    st.integers(0, 40),
    st.integers(1, 20),
)


@given(
    st.text("аб .\n", min_size=1, max_size=40),
    st.lists(spans, max_size=8),
    st.sets(st.integers(0, 45)),
)
def test_no_letter_is_lost_and_every_element_is_closed(text, marks, anchors):
    html = mark_text(text, [(0, len(text))], marks, anchors)
    lines = [line for line in text.split("\n") if line.strip()]
    assert shown(html) == "".join(lines)
    depth = []
    for closing, name in re.findall(r"<(/?)(\w+)", html):
        if closing:
            assert depth.pop() == name
        else:
            depth.append(name)
    assert depth == []
    ids = re.findall(r'id="(c\d+)"', html)
    assert len(ids) == len(set(ids))
