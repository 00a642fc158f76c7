"""The macro `search`: what a query finds, in which order, and how it is shown."""

import itertools
from datetime import date

import polars as pl
import pytest

from tests.warehouse.copy_batches import article
from tests.warehouse.search_batches import find, load, load_read, new_warehouse
from transforms.search_words import _WORD, _folded
from warehouse.search.query import MOST_WORDS, SearchError, search_articles

ARTICLES = (
    article(
        1,
        "Оңтүстік өңірде су тапшылығы күшейді. Диқандар егінді суара алмай отыр.",
        "2026-03-01",
        title="Егін суы жетпейді",
        lead="Оңтүстік өңірде су тапшылығы күшейді.",
    ),
    article(
        2,
        "Қала тұрғындары тапшы тауарлар туралы айтты. Су құбыры жөнделіп жатыр.",
        "2026-03-02",
        title="Дүкендегі баға",
        source_id=2,
    ),
    article(
        3,
        "Qaladağy jaña kıtaphana aşyldy. Oqyrmandar köp keledı.",
        "2026-03-03",
        title="Jaña kıtaphana",
        script="latin",
    ),
    article(
        4,
        "Министрлiк KEGOCтың тарифін бекітті. Ол №5 бұйрықта жазылған.",
        "2026-03-04",
        title="Тариф бекітілді",
    ),
    article(
        5,
        "В столице открылась новая библиотека. Её построили за год.",
        "2026-03-05",
        title="Новая библиотека",
        language="ru",
    ),
)


@pytest.fixture(scope="module")
def searched():
    connection = new_warehouse()
    connection.execute(
        "insert into dim_source (source_id, source_code, name, time_zone) values "
        "(1, 'unknown', 'unknown', 'Asia/Almaty'), (2, 'egemen', 'e', 'Asia/Almaty')"
    )
    connection.execute(
        "insert into dim_entity (entity_id, entity_type, name, origin) "
        "values (7, 'gpe', 'Түркістан', 'reference')"
    )
    connection.execute(
        "insert into fact_mention by name select 2 as article_id, 1 as version, "
        "1 as mention_no, 7 as entity_id, 'gpe' as entity_type, 'Қала' as surface, "
        "0 as start_char, 4 as end_char, 1 as sentence_no, false as in_title, "
        "0.9 as confidence, 'model' as method"
    )
    load(connection, *ARTICLES)
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("судың тапшылығынан", 1),
        ("диқан", 1),
        ("құбырларымыздан", 2),
        ("ТАУАР", 2),
        ("кітапхананың", 3),
        ("kıtaphananyñ", 3),
        ("kitaphana", 3),
        ("oqyrman", 3),
        ("министрлiктің", 4),
        ("kegoc", 4),
        ("KEGOC-тың", 4),
        ("5", 4),
        ("библиотеки", 5),
        ("ее", 5),
        ("её", 5),
    ],
)
def test_a_word_finds_its_forms(searched, query, first):
    assert find(searched, query)[:1] == [first]


def test_a_title_weighs_more_than_a_text():
    connection = new_warehouse()
    text = "Жиында өңірдің жай-күйі айтылды."
    load(
        connection,
        article(1, f"{text} Қойма туралы да айтылды."),
        article(2, f"{text} Басқасы туралы да айтылды.", title="Қойма"),
    )
    assert find(connection, "қойма") == [2, 1]


def test_words_in_quotation_marks_stand_side_by_side(searched):
    assert find(searched, "су тапшы")[:2] != []
    for query in ("«су тапшылығы»", '"судың тапшылығы"', "“Су тапшылығы”"):
        assert find(searched, query) == [1]
    assert find(searched, "«тапшылығы су»") == []
    assert find(searched, "«су тапшылығы» «тауарлар»") == []
    # Not over the border between title and text.
    assert find(searched, "«жетпейді оңтүстік»") == []
    # In Latin script and with folded letters as well.
    for query in ("«жаңа кітапхана»", "«jaña kıtaphana»"):
        assert find(searched, query) == [3]
    assert find(searched, "«KEGOC тарифін»") == [4]
    # One word, two phrases, and small words that hold a place.
    assert find(searched, "«тауар»") == [2]
    assert find(searched, "«су тапшылығы» «егін суы»") == [1]
    assert find(searched, "«тауарлар туралы айтты»") == [2]


def test_a_phrase_is_found_wherever_it_stands_in_a_long_text():
    connection = new_warehouse()
    filler = "Су бар. Тапшылығы жоқ. " * 300
    load(
        connection,
        article(1, f"{filler} Су тапшылығы. {filler}"),
        article(2, filler),
        article(3, f"{filler} Су тапшылығы және су тапшылығының салдары."),
    )
    assert sorted(find(connection, "«су тапшылығы»")) == [1, 3]
    assert find(connection, "«су тапшылығының салдары»") == [3]
    assert find(connection, "«су тапшылығы және су»") == [3]
    assert find(connection, "«тапшылығының салдары су»") == []


def test_filters_keep_what_they_name(searched):
    every = sorted(find(searched, "су"))
    assert every == [1, 2]
    assert find(searched, "су", since="2026-03-02") == [2]
    assert find(searched, "су", until=date(2026, 3, 1)) == [1]
    assert find(searched, "су", source="egemen") == [2]
    assert find(searched, "су", entity="түркістан") == [2]
    assert find(searched, "су", entity="Алматы") == []


def test_the_snippet_marks_what_was_found(searched):
    (snippet,) = find(searched, "«су тапшылығы»", "snippet")
    assert "өңірде **су** **тапшылығы** күшейді" in snippet
    (snippet,) = find(searched, "библиотеки", "snippet")
    assert "новая **библиотека**." in snippet


def test_the_snippet_of_a_long_text_is_the_part_where_it_was_found():
    connection = new_warehouse()
    filler = "Мәжілісте басқа мәселе қаралды. " * 400
    load(connection, article(1, f"{filler}\nҚоймадағы астық сақталды.\n{filler}"))
    (snippet,) = find(connection, "астық", "snippet")
    assert "Қоймадағы **астық** сақталды." in snippet
    assert snippet.startswith("…")
    assert snippet.endswith("…")
    assert len(snippet) < 600


def test_after_the_first_hundred_articles_come_without_a_snippet():
    connection = new_warehouse()
    load(
        connection,
        *(
            article(number, "Астық жиналды.", title=f"Тақырып {number}")
            for number in range(1, 104)
        ),
    )
    assert find(connection, "астық", "title", max_rows=200) == [
        f"Тақырып {number}" for number in range(1, 104)
    ]
    snippets = find(connection, "астық", "snippet", max_rows=200)
    assert snippets == ["**Астық** жиналды."] * 100 + [None] * 3


def test_of_equal_scores_the_newest_comes_first():
    text = "Астық қоймасы ашылды."
    articles = [
        article(3, text, "2026-01-01"),
        article(1, text, "2026-01-02"),
        article(4, text),
        article(2, text, "2026-01-01"),
    ]
    for order in (articles, articles[::-1]):
        connection = new_warehouse()
        for one in order:
            load(connection, one)
        assert find(connection, "астық") == [1, 2, 3, 4]
        assert find(connection, "астық", max_rows=2) == [1, 2]


def test_the_order_of_loads_does_not_matter():
    found = []
    for order in itertools.islice(itertools.permutations(ARTICLES), 0, 120, 37):
        connection = new_warehouse()
        load(connection, *order[:2])
        load(connection, *order[2:])
        found.append(
            [
                connection.execute("from search($query)", {"query": query}).fetchall()
                for query in ("су тапшылығы", "кітапхана библиотека", "жаңа тариф")
            ]
        )
    assert all(one == found[0] for one in found)


def test_only_the_current_version_is_searched():
    connection = new_warehouse()
    old = article(1, "Астық қоймасы ашылды.", hour=8, day="2026-01-01")
    new = article(1, "Кітапхана ашылды.", hour=9, day="2026-01-01")
    load(connection, old, article(2, "Астық жиналды."))
    load(connection, new)
    assert find(connection, "қойма") == []
    assert find(connection, "кітапхана") == [1]
    assert find(connection, "астық") == [2]
    # A version from before the current one changes nothing.
    load(connection, article(1, "Жайлау туралы.", hour=7, day="2026-01-01"))
    assert find(connection, "жайлау") == []
    assert find(connection, "кітапхана") == [1]
    assert connection.execute(
        "select count(*) from search_form where form in ('қоймасы', 'жайлау')"
    ).fetchone() == (0,)


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "!?«»\"'",
        "«»",
        "'; drop table fact_article; --",
        "%_\\",
        "\x00",
        "$query {0} %s",
        "🙂 👍🏽",
        "(((((",
        "су" * 5000,
        " ".join(f"сөз{number}" for number in range(10_000)),
        "«" * 500 + "су" + "»" * 500,
    ],
)
def test_odd_queries_find_little_and_break_nothing(searched, query):
    before = searched.execute("select count(*) from fact_article").fetchone()
    assert len(find(searched, query)) <= 5
    assert searched.execute("select count(*) from fact_article").fetchone() == before


def test_small_words_are_asked_for_where_there_are_no_others(searched):
    assert find(searched, "в") == [5]
    assert find(searched, "тауар мен") == find(searched, "тауар")


def test_what_cannot_be_answered_says_why(searched):
    def ask(query, **filters):
        return search_articles(searched, query, limit=5, filters=filters).rows

    assert [row[0] for row in ask("тапшылық", since="2026-03-01")] == [1, 2]
    for query in ("", "  ", "«!?»"):
        with pytest.raises(SearchError, match="no word"):
            ask(query)
    words = [f"сөз{number}" for number in range(MOST_WORDS + 1)]
    assert ask(" ".join(words[1:])) == []
    with pytest.raises(SearchError, match="33 different words"):
        ask(" ".join(words))
    with pytest.raises(SearchError, match="--source"):
        ask("су", source="жоқ")
    with pytest.raises(SearchError, match="--entity"):
        ask("су", entity="Атлантида")


def test_the_warehouse_cuts_and_folds_words_as_the_index_does(searched):
    texts = [
        "Азық-түлік бағасы 12,5%-ға өсті: «KEGOC-тың» №5 (м²).",
        "Министрлiк, Казаxстан, кəсіп, ЁЛКА, KEGOCтың, iс, х2o, news.kz/a_b",
        "ﻗﺎﺯﺍﻕ 中文 é à ñ İI ǝ 🙂a👍🏽б 1°C 5\u00d76 ½ €3 a\u200bb \ufeffс",
        "".join(map(chr, range(32, 0x530))),
    ]
    for text in texts:
        words = pl.Series([text]).str.to_lowercase().str.extract_all(_WORD)[0]
        folded = words.to_frame("word").select(_folded(pl.col("word")))["form"]
        ((cut,),) = searched.execute(
            "select cut_words($text)", {"text": text.lower()}
        ).fetchall()
        assert cut == words.to_list()
        ((forms,),) = searched.execute(
            "select [fold_word(word) for word in $words]", {"words": words.to_list()}
        ).fetchall()
        assert forms == folded.to_list()


NAMED = (
    article(
        1,
        "АҚШ сауда келісімін жариялады. Келісім бір жылға созылады.",
        "2026-04-01",
        title="Сауда келісімі",
    ),
    article(
        2,
        "Америка Құрама Штаттарының делегациясы Алматыға келді.",
        "2026-04-02",
        title="Делегация келді",
    ),
    article(
        3,
        "Президент Қасым-Жомарт Тоқаев Алматыда жиын өткізді.",
        "2026-04-03",
        title="Жиын өтті",
    ),
    article(4, "Ауылда астық жиналды. Диқандар риза.", "2026-04-04"),
)


@pytest.fixture(scope="module")
def named():
    connection = new_warehouse()
    load_read(connection, *NAMED)
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("АҚШ", [1, 2]),
        ("ақш", [1, 2]),
        ("АҚШ-тың", [1, 2]),
        ("АҚШтан", [1, 2]),
        ("Америка Құрама Штаттары", [2, 1]),
        ("америка құрама штаттарынан", [2, 1]),
        ("USA", [1, 2]),
        ("США", [1, 2]),
        ("Соединенные Штаты", [1, 2]),
        ("United States", [1, 2]),
        ("Токаев", [3]),
        ("Касым-Жомарт Токаев", [3]),
        ("Tokayev", [3]),
        # A phrase is what it says.
        ("«Америка Құрама Штаттарының»", [2]),
    ],
)
def test_a_name_finds_its_bearer_by_other_names(named, query, found):
    answer = find(named, query)
    assert sorted(answer) == sorted(found)
    # Words as they were asked for come first.
    if query[0] in "Аа":
        assert answer == found


def test_the_snippet_marks_the_other_name(named):
    shown = dict(zip(find(named, "АҚШ"), find(named, "АҚШ", "snippet"), strict=True))
    assert shown[1].startswith("**АҚШ** сауда")
    assert shown[2].startswith("**Америка** **Құрама** Штаттарының делегациясы")


def test_of_names_inside_each_other_the_longest_counts():
    connection = new_warehouse()
    connection.execute(
        "insert into dim_entity (entity_id, entity_type, name, origin) values "
        "(1, 'gpe', 'Қазақстан', 'seed'), (2, 'gpe', 'Шығыс Қазақстан', 'seed'), "
        "(3, 'gpe', 'Нұр-Сұлтан', 'seed')"
    )
    connection.execute(
        "insert into dim_entity_alias select entity_id, name, 'seed' from dim_entity"
    )

    def meant(query):
        rows = connection.execute(
            "select entity_id, first_place, size from names_in($query) order by all",
            {"query": query},
        )
        return rows.fetchall()

    assert meant("Шығыс Қазақстанда жаңбыр") == [(2, 1, 2)]
    assert meant("шығыс қазақстан мен қазақстан") == [(1, 4, 1), (2, 1, 2)]
    assert meant("Казаxстан") == meant("қазақста") == []
    for query in ("qazaqstan", "Qazaqstannyñ", "Қазақcтан"):
        assert meant(query) == [(1, 1, 1)]
    assert meant("нұр-сұлтанның") == [(3, 1, 2)]
    assert meant("") == []


def test_a_name_of_many_says_nothing_and_a_merged_one_is_who_it_became():
    connection = new_warehouse()
    connection.execute(
        "insert into dim_entity (entity_id, entity_type, name, origin, merged_into) "
        "values (1, 'person', 'Әлия Серікова', 'learned', 2), "
        "(2, 'person', 'Әлия Серікқызы Серікова', 'learned', null), "
        "(3, 'person', 'Серікова', 'article', null)"
    )
    connection.execute(
        "insert into dim_entity select 10 + unnest(range(6)), 'person', 'Ахметов', "
        "null, null, null, 'learned', null"
    )
    connection.execute(
        "insert into dim_entity_alias select entity_id, name, 'learned' from dim_entity"
    )
    ids = "select entity_id from names_in($query) order by all"
    for name in ("Әлия Серікова", "Әлия Серікқызы Серікова"):
        found = connection.execute(ids, {"query": name}).fetchall()
        assert found == [(1,), (2,)]
    for name in ("Серікова", "Ахметов"):
        assert connection.execute(ids, {"query": name}).fetchall() == []


def test_a_new_version_names_whom_it_names():
    connection = new_warehouse()
    load_read(connection, NAMED[1], NAMED[3])
    assert find(connection, "АҚШ") == [2]
    changed = article(2, "Делегация келді.", "2026-04-02", hour=9)
    load_read(connection, changed)
    assert find(connection, "АҚШ") == []
    assert find(connection, "делегация") == [2]


def test_the_names_in_a_long_query_are_a_bounded_number(named):
    words = " ".join(f"Есім{number}" for number in range(200))
    assert named.execute("from names_in($q)", {"q": words + " АҚШ"}).fetchall() == []
    assert find(named, " ".join([*words.split()[:31], "АҚШ"])) == [1, 2]
