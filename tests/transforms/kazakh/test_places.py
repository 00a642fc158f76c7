"""Places come with the row of the reference table that they name."""

import polars as pl
import pytest

from tests.conftest import ROOT
from tests.transforms.kazakh.test_gazetteer import words_of
from transforms.kazakh.gazetteer import Gazetteer
from transforms.kazakh.places import find_places, place_phrases, resolve_places

PLACES = pl.DataFrame(
    [
        ("Алматы", "Алма-Ата", "city", "KZ", "false", ""),
        ("Алматы облысы", "", "region", "KZ", "false", ""),
        ("Қазан қаласы", None, "city", "RU", "false", "word"),
        ("Душанбе", "Дүйсенбі қаласы", "city", "TJ", "true", ""),
        ("Триполи", None, "city", "LB", "false", ""),
        ("Триполи", None, "city", "LY", "true", ""),
        ("Қонаев", None, "city", "KZ", "false", "surname"),
        ("Сәтбаев", None, "city", "KZ", "false", "person"),
        ("Шығыс Қазақстан облысы", "ШҚО", "region", "KZ", "false", ""),
    ],
    schema=[
        "name_kk", "other_names", "kind", "country_code", "is_capital", "ambiguity",
    ],
    orient="row",
)  # fmt: skip
BLOCS = pl.DataFrame(
    {
        "bloc_code": ["EU", "asia"],
        "name_kk": ["Еуропалық Одақ", "Азия"],
        "other_names": ["Еуроодақ", None],
        "kind": ["union", "region"],
    }
)
PHRASES = place_phrases(PLACES, BLOCS)
NAMES = Gazetteer(PHRASES)


def found(*texts):
    rows = find_places(words_of(*texts), NAMES, PHRASES)
    return rows.select("name", "kind", "country_code", "bloc_code").rows()


def test_a_mention_has_the_key_of_its_row():
    assert found("Алма-Атаға") == [("Алматы", "city", "KZ", None)]
    assert found("Алматы облысына") == [("Алматы облысы", "region", "KZ", None)]
    assert found("Азияда") == [("Азия", "world_region", None, "asia")]
    assert found("ШҚО-дағы") == [("Шығыс Қазақстан облысы", "region", "KZ", None)]


def test_unions_are_no_places():
    assert found("Еуроодақ пен Еуропалық Одақта") == []


def test_of_two_cities_of_one_name_the_capital_is_meant():
    assert found("Триполиде") == [("Триполи", "city", "LY", None)]


def test_a_name_that_the_table_gives_with_its_kind_word_is_found_only_with_it():
    assert found("Келесі Дүйсенбіде кездесеміз") == []
    assert found("Дүйсенбі қаласында") == [("Душанбе", "city", "TJ", None)]


@pytest.mark.parametrize(
    ("text", "is_place"),
    [
        ("Ол Қонаевта тұрады.", True),
        ("Ол Қонаевқа барды.", True),
        ("Ол Сәтбаевқа барды.", False),
        ("Ол Сәтбаевтан келді.", True),
        ("Ол Қаныш Сәтбаевтан сұрады.", False),
        ("Ол Қ. Сәтбаевтан сұрады.", False),
        ("Бүгін Сәтбаевта қар жауды.", True),
        ("Сәтбаев сөз сөйледі.", False),
        ("Сәтбаев қаласы гүлденді.", True),
        ("Қазанда жаңбыр жауады.", False),
        ("Көрме Қазанда ашылды.", True),
        ("Көрмені Қазан қабылдады.", False),
        ("Жиынға Алматы А. келді.", False),
        ("Мекенжайы Сәтбаев қ.", True),
        ("Мекенжайы: қ. Сәтбаев", True),
        ("Жиынды Сәтбаев Қ. ашты.", False),
        ("Жиын Алматы ауданында өтті.", False),
    ],
)
def test_a_name_of_persons_or_a_word_is_a_place_only_where_it_says_where(
    text, is_place
):
    assert bool(found(text)) == is_place


def test_sentences_beside_do_not_matter():
    apart = find_places(words_of("Жиынды ашты Қаныш", "Сәтбаевта"), NAMES, PHRASES)
    assert apart["first"].to_list() == [3]
    assert found("Келген облыстары. Алматы") == [("Алматы", "city", "KZ", None)]


def test_spans_are_the_name_alone_and_rows_of_words_agree_with_them():
    texts = ["Алматы қ. мен қ. Алматы, Алматы қалалық, Алматы-Триполи, алматылықтар"]
    words = words_of(*texts)
    rows = find_places(words, NAMES, PHRASES)
    surfaces = [
        texts[0][start:end]
        for start, end in rows.select("start_char", "end_char").iter_rows()
    ]
    assert surfaces == ["Алматы"] * 4 + ["Триполи", "алматы"]
    for first, last, start, end in rows.select(
        "first", "last", "start_char", "end_char"
    ).iter_rows():
        assert words["start_char"][first] <= start < end <= words["end_char"][last]
        assert first == last


def test_other_names_may_be_looked_for_together_with_places():
    other = PHRASES.select("phrase", "needs", "derives", "phrase_no").head(1)
    other = other.with_columns(
        phrase=pl.lit("Алматы тауы"), phrase_no=pl.lit(9999, dtype=pl.UInt32)
    )
    both = Gazetteer(pl.concat([PHRASES.select(other.columns), other]))
    words = words_of("Алматы тауы мен Алматы")
    places = resolve_places(words, both.find(words), PHRASES)
    assert places["first"].to_list() == [3]


def test_phrases_of_the_shipped_tables_are_all_of_known_rows():
    places = pl.read_csv(ROOT / "seeds/places.csv", infer_schema=False)
    blocs = pl.read_csv(ROOT / "seeds/blocs.csv", infer_schema=False)
    phrases = place_phrases(places, blocs).filter(pl.col("use") != "none")
    assert phrases["phrase_no"].is_unique().all()
    key = ["name", "kind", "country_code"]
    rows = places.rename({"name_kk": "name"}).select(key)
    named = phrases.filter(kind="city").select(key).unique()
    assert named.join(rows, on=key, how="anti").is_empty()
    assert rows.filter(kind="city").join(named, on=key, how="anti").is_empty()
    assert set(places["ambiguity"].fill_null("")) <= {"", "word", "person", "surname"}
