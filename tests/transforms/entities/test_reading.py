"""What names of articles are read as, from the text on."""

import datetime as dt
import json
import time

import polars as pl
import pytest
from conftest import frame, read

from tests.conftest import ROOT
from transforms.articles import make_sentences
from transforms.entities import read_names
from transforms.entities.forms import with_patronymics
from transforms.entities.words import read_words

ADDRESS = "Қасым-Жомарт Тоқаев Астанада халыққа жолдау арнады."


def _ids(found):
    return found.mentions.select("entity_type", "surface", "entity_id").rows()


@pytest.mark.parametrize(
    ("text", "entity_type", "surface", "name"),
    [
        (
            "Кездесуді Сыртқы істер министрлігінің өкілі ашты.",
            "organisation",
            "Сыртқы істер министрлігінің",
            "Сыртқы істер министрлігі",
        ),
        (
            "Жиынға БҰҰ-ның өкілдері келді.",
            "organisation",
            "БҰҰ-ның",
            "Біріккен Ұлттар Ұйымы",
        ),
        (
            "Біріккен Ұлттар Ұйымы университетінде дәріс өтті.",
            "organisation",
            "Біріккен Ұлттар Ұйымы",
            "Біріккен Ұлттар Ұйымы",
        ),
        (
            "Ауғанстан Үкіметі мәлімдеме жасады.",
            "organisation",
            "Ауғанстан Үкіметі",
            "Ауғанстан Үкіметі",
        ),
        (
            "Елшілер кеңесі өкілдерінің тобы Ташкентке жол тартты.",
            "gpe",
            "Ташкентке",
            "Ташкент",
        ),
        (
            "Саммит Орталық Азияда өтеді.",
            "location",
            "Орталық Азияда",
            "Орталық Азия",
        ),
        ("Келісімге Жапонияның өкілі қол қойды.", "gpe", "Жапонияның", "Жапония"),
    ],
)
def test_a_name_leads_to_its_entity(names_in, text, entity_type, surface, name):
    assert (surface, name) in names_in(text, entity_type)


@pytest.mark.parametrize(
    "text",
    [
        "Қазақстан Ибраһим келісімдеріне қосылды.",
        "Ол Абай даңғылында тұрады.",
        "Ойын Қажымұқан Мұңайтпасов атындағы стадионда өтті.",
        "Бесінші Сәкен Сейфуллин көшесі жөнделеді.",
    ],
)
def test_what_is_named_after_a_person_is_no_person(names_in, text):
    assert names_in(text) == []


def test_two_names_that_touch_are_parted(names_in):
    text = "Қасым-Жомарт Тоқаев Владимир Путинмен сөйлесті. Тоқаев Путинмен кездеседі."
    assert names_in(text) == [
        ("Қасым-Жомарт Тоқаев", "Қасым-Жомарт Тоқаев"),
        ("Владимир Путинмен", "Владимир Путин"),
        ("Тоқаев", "Қасым-Жомарт Тоқаев"),
        ("Путинмен", "Владимир Путин"),
    ]


def test_an_explained_abbreviation_is_the_name_before_it(names_in):
    text = (
        "Зерттеуді Қоғамдық бағдарларды талдау орталығы (ҚБТО) жүргізді. "
        "ҚБТО-ның мәліметінше, көрсеткіш өскен."
    )
    found = dict(names_in(text, "organisation"))
    assert found["ҚБТО-ның"] == found["ҚБТО"] == "Қоғамдық бағдарларды талдау орталығы"


def test_initials_belong_to_the_mention(names_in):
    text = "Ержан Ашықбаев сөз сөйледі. Кейін Е. Ашықбаев сұраққа жауап берді."
    assert ("Е. Ашықбаев", "Ержан Ашықбаев") in names_in(text)


def test_the_head_of_state_of_an_article_is_its_president(known):
    text = f"{ADDRESS} Мемлекет басшысы жаңа міндеттерді атады."
    found, _ = read(known, [text])
    position = found.mentions.filter(entity_type="position").row(0, named=True)
    assert position["name"] == "Қасым-Жомарт Тоқаев"


def test_titles_are_read_with_offsets_of_their_own(known):
    found, articles = read(known, ["Мәтін осында."], ["Тоқаев Токиода болды"])
    in_title = found.mentions.filter("in_title")
    assert set(in_title["name"]) == {"Қасым-Жомарт Тоқаев", "Токио"}
    title = articles["title"][0]
    for row in in_title.iter_rows(named=True):
        assert title[row["start_char"] : row["end_char"]] == row["surface"]
        assert row["sentence_no"] is None


def test_articles_in_other_languages_give_no_rows(known):
    texts = [
        "Президент Касым-Жомарт Токаев прибыл в Астану и встретился с министром.",
        "President Tokayev arrived in Astana and met the minister of energy today.",
        "Президент Садыр Жапаров Бишкек шаарында өкмөт мүчөлөрү менен жолукту.",
    ]
    found, articles = read(known, texts)
    assert "kk" not in set(articles["language"])
    assert found.mentions.is_empty()
    assert found.countries.is_empty()


def test_mixed_articles_are_read_in_their_kazakh_sentences_only(known):
    russian = "Об этом Ивану Петрову сообщили в министерстве обороны России сегодня."
    kazakh = "Бұл туралы Сыртқы істер министрі Ермек Көшербаев Астанада айтты."
    more = "Затем делегация прибыла в Минск, где и прошли все главные переговоры."
    found, articles = read(
        known,
        [
            f"{kazakh} {kazakh} {russian} {kazakh}",
            f"{russian} {more} {kazakh} {russian}",
        ],
    )
    assert articles["language"].to_list() == ["kk", "ru"]
    for row in (0, 1):
        surfaces = set(found.mentions.filter(row_id=row)["surface"])
        assert "Ермек Көшербаев" in surfaces
        assert not {"Ивану Петрову", "России", "Минск"} & surfaces


@pytest.mark.parametrize(
    "text",
    [
        "Qasym-Jomart Toqaev Tokıoda Japonıanyń Premer-mınıstrimen kezdesti.",
        "Qasym-Jomart Toqaev Tokioda Japoniyanyñ ükimet basşysymen kezdesti.",
    ],
)
def test_latin_script_has_the_same_entities_and_its_own_offsets(known, text):
    found, _ = read(known, [text])
    by_surface = dict(found.mentions.select("surface", "name").rows())
    assert by_surface["Qasym-Jomart Toqaev"] == "Қасым-Жомарт Тоқаев"
    assert "Жапония" in by_surface.values()
    for row in found.mentions.iter_rows(named=True):
        assert text[row["start_char"] : row["end_char"]] == row["surface"]


def test_an_article_is_read_alike_alone_and_in_company(known):
    rows = json.loads((ROOT / "tests/gold/samples.json").read_text())
    lines = (ROOT / "tests/gold/names.jsonl").read_text().splitlines()
    texts = [json.loads(line)["text"] for line in lines[:24]]
    titles = [json.loads(line)["title"] for line in lines[:24]]
    assert rows
    together, _ = read(known, texts, titles)
    for row, (text, title) in enumerate(zip(texts, titles, strict=True)):
        alone, _ = read(known, [text], [title], article_id=1000 + row)
        mine = together.mentions.filter(row_id=row).drop("row_id")
        assert alone.mentions.drop("row_id").equals(mine), title
        shared = together.roles.filter(row_id=row).drop("row_id")
        assert alone.roles.drop("row_id").equals(shared), title


def test_threads_read_what_one_reads(known):
    lines = (ROOT / "tests/gold/names.jsonl").read_text().splitlines()
    gold = [json.loads(line) for line in lines] * 3
    articles = frame([item["text"] for item in gold], [item["title"] for item in gold])
    sentences = make_sentences(articles)
    one = read_names(articles, sentences, known)
    shared = read_names(articles, sentences, known, workers=3)
    for name, mine, theirs in zip(one._fields, one, shared, strict=True):
        assert mine.equals(theirs), name


def _check_surfaces(found, articles):
    texts = dict(articles.select("row_id", "text").iter_rows())
    titles = dict(articles.select("row_id", "title").iter_rows())
    assert found.mentions.height
    for row in found.mentions.iter_rows(named=True):
        text = (titles if row["in_title"] else texts)[row["row_id"]]
        assert text[row["start_char"] : row["end_char"]] == row["surface"], row
        assert row["surface"].strip() == row["surface"]
        assert 0 <= row["confidence"] <= 1
        assert (row["entity_id"] is None) == (row["name"] is None)


def test_every_offset_gives_back_its_surface_in_the_corpus(known, corpus):
    leads = [
        json.loads(line)
        for line in (corpus / "tengrinews_leads.jsonl").read_text("utf-8").splitlines()
    ]
    pages = sorted((corpus / "kazinform_2015").rglob("*.txt"))[:30]
    news = (corpus / "newsdev2019.kk.txt").read_text("utf-8").splitlines()
    blocks = ["\n".join(news[at : at + 20]) for at in range(0, len(news), 20)]
    texts = [lead["text"] for lead in leads]
    texts += [page.read_text("utf-8", "replace") for page in pages] + blocks
    titles = [lead["title"] for lead in leads] + ["Тақырып"] * (
        len(pages) + len(blocks)
    )
    found, articles = read(known, texts, titles)
    _check_surfaces(found, articles)


def test_every_offset_gives_back_its_surface_in_our_own_articles(known):
    lines = (ROOT / "tests/gold/names.jsonl").read_text().splitlines()
    gold = [json.loads(line) for line in lines]
    found, articles = read(
        known, [item["text"] for item in gold], [item["title"] for item in gold]
    )
    _check_surfaces(found, articles)


def test_countries_count_what_articles_name_and_their_weights_sum_to_one(known):
    text = "Қазақстан мен Жапония келісті. Қазақстандық компания АҚШ-қа барды."
    found, _ = read(known, [text])
    counts = dict(found.countries.select("country_code", "mention_count").rows())
    assert counts == {"KZ": 2, "JP": 1, "US": 1}
    assert found.countries["weight"].sum() == pytest.approx(1)


def test_learned_entities_have_the_same_keys_on_every_rebuild(known):
    text = "Жобаны Нұржан Сәрсенов пен Айгүл Тұрарқызы таныстырды."
    first, _ = read(known, [text])
    again, _ = read(known, [text], date=dt.date(2020, 1, 1), article_id=5)
    assert first.entities.filter(origin="learned").equals(
        again.entities.filter(origin="learned")
    )
    assert set(first.entities["name"]) == {"Нұржан Сәрсенов", "Айгүл Тұрарқызы"}


SENTENCE = "Нұржан Сәрсенов Астанада Қазақстан Президентімен кездесті. "


def _seconds(known, text):
    articles = frame([text])
    sentences = make_sentences(articles)
    started = time.perf_counter()
    read_names(articles, sentences, known)
    return time.perf_counter() - started


@pytest.mark.parametrize(
    "text",
    [
        lambda size: SENTENCE * (size // len(SENTENCE)),
        lambda size: "ж" * (size // 25),
        lambda size: "\n".join(["Астана", "Тоқаев", "президент"] * (size // 60)),
        lambda size: "– " * (size // 5) + SENTENCE,
        lambda size: "«" * (size // 10) + SENTENCE + "»" * (size // 10),
    ],
    ids=["long", "one word", "one-word lines", "dashes", "quotation marks"],
)
def test_time_grows_with_the_text_and_no_faster(known, text):
    small, large = text(200_000), text(800_000)
    _seconds(known, small)  # the words are read once
    ratio = _seconds(known, large) / max(_seconds(known, small), 0.05)
    assert ratio < 10, ratio


def test_a_huge_article_is_read(known):
    text = SENTENCE * (1_000_000 // len(SENTENCE))
    found, _ = read(known, [text])
    people = found.mentions.filter(name="Нұржан Сәрсенов")
    assert people.height >= text.count("Нұржан Сәрсенов") * 0.99


def test_words_of_an_empty_batch_have_their_columns():
    articles = frame([]).cast({"title": pl.String, "text": pl.String})
    words = read_words(articles, make_sentences(articles))
    assert words.is_empty()
    assert words.columns[:4] == ["row_id", "in_title", "sentence_no", "token"]


def test_an_empty_batch_has_no_names(known):
    found, _ = read(known, [])
    assert found.mentions.is_empty()
    assert found.entities.is_empty()


def _people(found):
    people = found.mentions.filter(pl.col("entity_type") == "person")
    return people.select("surface", "name").rows()


def test_marks_and_figures_are_no_part_of_a_name(known):
    found, _ = read(known, ['"Бектасовтың ісі жабылды", деді ол.'])
    assert _people(found) == [("Бектасовтың", "Бектасов")]
    found, _ = read(known, ["Тізімде 3-нөмірлі Сейітов бар."])
    assert _people(found) == [("Сейітов", "Сейітов")]


def test_a_capital_noun_is_nobody(known):
    found, _ = read(
        known, ["Асқар Оспанов Қор тобының жоспарын таныстырды. Құдай сақтасын."]
    )
    assert _people(found) == [("Асқар Оспанов", "Асқар Оспанов")]


def test_several_ministers_are_no_entity(known):
    text = "Астанада Қазақстан мен Түркия Қорғаныс министрлері келіссөз өткізді."
    found, _ = read(known, [text], [text])
    kinds = set(found.mentions["entity_type"])
    assert "organisation" not in kinds
    assert {"gpe"} <= kinds


@pytest.mark.parametrize(
    "text",
    [
        "Бұл туралы Tengrinews.kz тілшісі Daily Mail басылымына сілтеме жасап жазды.",
        "Деп хабарлайды тілші Deutsche Welle-ге сілтеме жасап.",
        "Ақ үй басшысы Truth Social әлеуметтік желісінде жазба жариялады.",
    ],
)
def test_outlets_in_latin_letters_are_no_people(known, text):
    assert _people(read(known, [text])[0]) == []


def test_a_single_letter_is_nobody(known):
    found, _ = read(known, ["Сотталған М-нің үкімі өзгерді."])
    assert _people(found) == []


def test_a_surname_in_a_case_ends_a_name(known):
    text = "Тоқаев Садыр Жапаровты Жоғорку Кенеші сайлауымен құттықтады."
    found, _ = read(known, [text])
    assert ("Садыр Жапаровты", "Садыр Жапаров") in _people(found)


@pytest.mark.parametrize(
    ("text", "name", "date"),
    [
        (
            (
                "Тоқаев пен Әлиев келіссөз жүргізді. Мемлекет басшысы Әзербайжан "
                "Президентімен сауда туралы сөйлесті."
            ),
            "Илхам Әлиев",
            dt.date(2025, 10, 20),
        ),
        # No office of his is named, or it was not his then.
        ("Тоқаев пен Әлиев келіссөз жүргізді.", "Әлиев", dt.date(2025, 10, 20)),
        (
            (
                "Тоқаев пен Әлиев келіссөз жүргізді. Мемлекет басшысы Әзербайжан "
                "Президентімен сауда туралы сөйлесті."
            ),
            "Әлиев",
            dt.date(2001, 10, 20),
        ),
        # The article knows another.
        (
            (
                "Суретші Мұрат Әлиев көрме ашты. Әлиев оған Әзербайжан Президентін "
                "шақырды."
            ),
            "Мұрат Әлиев",
            dt.date(2025, 10, 20),
        ),
    ],
)
def test_a_surname_alone_is_the_holder_of_an_office_that_is_named(
    known, text, name, date
):
    found, _ = read(known, [text], date=date)
    assert dict(_people(found))["Әлиев"] == name


@pytest.mark.parametrize(
    ("form", "parts", "expected"),
    [
        ("Айгүл Бекқызы Оспанова келді", [(0, 1), (2, 2)], [(0, 2)]),
        ("Айгүл Бекқызы , Оспанова келді", [(0, 1), (3, 3)], [(0, 1), (3, 3)]),
        # Here it is a surname.
        ("Бекқызы Оспановаға жазды", [(0, 0), (1, 1)], [(0, 0), (1, 1)]),
        ("Айгүл Бекқызы Дана Оспанова", [(0, 1), (2, 3)], [(0, 1), (2, 3)]),
    ],
)
def test_a_patronymic_between_divides_no_person(form, parts, expected):
    forms = form.split()
    words = pl.DataFrame({"form": forms}).with_columns(
        row_id=0, in_title=False, sentence_no=1, end_char=pl.int_range(pl.len()) + 1
    )
    firsts, lasts = zip(*parts, strict=True)
    spans = pl.DataFrame(
        {"first": firsts, "last": lasts},
        schema={"first": pl.UInt32, "last": pl.UInt32},
    ).with_columns(
        end_char=pl.col("last").cast(pl.Int64) + 1,
        entity_type=pl.lit("person"),
        known_id=pl.lit(None, pl.Int64),
        confidence=0.5,
        source=pl.lit("model"),
        form=pl.lit("?"),
    )
    joined = with_patronymics(spans, words)
    assert joined.select("first", "last").rows() == expected
    assert joined["end_char"].to_list() == [last + 1 for _, last in expected]
