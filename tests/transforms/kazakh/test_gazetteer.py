"""Known names are found in all their forms, and nothing that only looks like them."""

import polars as pl
import pytest

from tests.conftest import ROOT
from transforms.kazakh.analyses import suffixes_after
from transforms.kazakh.gazetteer import Gazetteer
from transforms.kazakh.name_forms import Base, read
from transforms.kazakh.sentences import split_sentences
from transforms.kazakh.tokens import sentence_tokens


def words_of(*texts):
    articles = pl.DataFrame(
        {"article_id": range(len(texts)), "text": texts},
        schema={"article_id": pl.Int64, "text": pl.String},
    ).with_columns(version=1)
    return sentence_tokens(articles, split_sentences(articles)).select(
        pl.col("article_id").cast(pl.Int32).alias("row_id"),
        pl.lit(value=False).alias("in_title"),
        "sentence_no",
        "token",
        pl.col("token").alias("form"),
        "start_char",
        "end_char",
    )


def gazetteer(*phrases, needs="capital", derives=False):
    return Gazetteer(
        pl.DataFrame(
            {
                "phrase": phrases,
                "phrase_no": range(len(phrases)),
                "needs": needs,
                "derives": derives,
            },
            schema_overrides={"phrase_no": pl.UInt32},
        )
    )


def found(text, names):
    rows = names.find(words_of(text)).iter_rows(named=True)
    return [text[row["start_char"] : row["end_char"]] for row in rows]


@pytest.mark.parametrize(
    ("phrase", "needs", "text", "surfaces"),
    [
        ("Алматы", "capital", "Алматыдағы жиын Алматыға ауысты.",
         ["Алматыдағы", "Алматыға"]),
        ("Алматы", "capital", "алматы алмасы", []),
        ("Алматы", "capital", "АЛМАТЫДА ЖАҢА ЖОЛ АШЫЛДЫ", ["АЛМАТЫДА"]),
        ("Орал", "capital", "Оралман отбасы Оралдан көшті.", ["Оралдан"]),
        ("Ұлттық банк", "capital", "Ұлттық банктің есебі шықты.", ["Ұлттық банктің"]),
        ("Ұлттық банк", "capital", "ұлттық банктер туралы", []),
        ("Ғылым министрлігі", "capital", "Ғылым министрлігіне хат жазды.",
         ["Ғылым министрлігіне"]),
        ("Ғылым министрлігі", "any", "ол ғылым министрлігінде істейді",
         ["ғылым министрлігінде"]),
        ("БҰҰ", "exact", "БҰҰ-ның, БҰҰның және БҰҰ.", ["БҰҰ-ның", "БҰҰның", "БҰҰ"]),
        ("ТІЛ", "exact", "Тіл туралы заң, ТІЛде", ["ТІЛде"]),
        ("Google", "capital", "Google-дың, Googleдің және Google’да",
         ["Google-дың", "Googleдің", "Google’да"]),
        ("Facebook", "capital", "Facebook’тегі жазба, facebook-те", ["Facebook’тегі"]),
        ("«Самұрық-Қазына» АҚ", "capital", "Кеше «Самұрық-Қазына» АҚ-ның есебі шықты.",
         ["«Самұрық-Қазына» АҚ-ның"]),
        ("Самұрық-Қазына", "capital", "«Самұрық‑Қазынаның» басшысы",
         ["Самұрық‑Қазынаның"]),
        ("Нұр Отан партиясы", "capital", "«Нұр Отан» партиясына кірді",
         ["«Нұр Отан» партиясына"]),
        ("Талдыбұлақ клубы", "capital", "Талдыбұлақ клубының", ["Талдыбұлақ клубының"]),
        ("Зайсанкөл", "capital", "Заисанкөлге барды", ["Заисанкөлге"]),
        ("Кёльн", "capital", "Кельнде кездесті", ["Кельнде"]),
        ("Ақтөбе қазақтары одағы", "capital", "Ақтөбе қазақтары одағының жиыны",
         ["Ақтөбе қазақтары одағының"]),
        ("Жастар театры", "capital", "Жастар. Театры жоқ.", []),
        ("Ташкент", "capital", "Ташкентсіз келісім болмады.", ["Ташкентсіз"]),
    ],
)  # fmt: skip
def test_a_name_is_found_in_its_forms(phrase, needs, text, surfaces):
    assert found(text, gazetteer(phrase, needs=needs)) == surfaces


def test_a_softened_last_letter_is_followed_but_is_no_name_by_itself():
    names = gazetteer("Жаңаталап")
    assert found("Жаңаталабы мен Жаңаталапқа", names) == ["Жаңаталабы", "Жаңаталапқа"]
    assert found("Жаңаталаб ауылы", names) == []


def test_the_longest_name_wins_and_the_leftmost_among_equals():
    names = gazetteer(
        "Алматы", "Алматы облысы", "облысы әкімдігі", "Алматы облысы соты"
    )
    assert found("Алматы облысы әкімдігіне", names) == ["Алматы облысы"]
    assert found("Алматы облысы соты", names) == ["Алматы облысы соты"]
    assert found("Алматы. Облысы әкімдігі", names) == ["Алматы", "Облысы әкімдігі"]


def test_names_with_the_same_words_are_all_given():
    names = gazetteer("Абай", "Абай")
    assert names.find(words_of("Абайдың жолы"))["phrase_no"].to_list() == [0, 1]


def test_a_derived_word_is_found_where_wanted_and_ends_with_the_name():
    wanted = gazetteer("Алматы", "Ташкент", derives=True)
    text = "Бұл алматылық жігіттер мен Ташкенттіктердің алдында болды."
    rows = wanted.find(words_of(text))
    assert found(text, wanted) == ["алматы", "Ташкент"]
    assert rows["derived"].all()
    assert rows["suffixes"].to_list() == [[], ["pl", "gen"]]
    assert found(text, gazetteer("Алматы", "Ташкент")) == []


def test_suffixes_are_those_of_the_last_word():
    names = gazetteer("Ғылым министрлігі", "БҰҰ", needs="any")
    rows = names.find(
        words_of("Ғылым министрліктеріне емес, ғылым министрлігіне, БҰҰ-ға")
    )
    assert rows["suffixes"].to_list() == [["dat"], ["dat"]]


def test_rows_name_the_words_of_the_match():
    words = words_of("Кеше. Ал «Нұр Отан» партиясы ашты")
    rows = gazetteer("Нұр Отан партиясы").find(words)
    assert rows.select("first", "last").rows() == [(3, 7)]
    assert words["token"][3] == "«"


TEXTS = [
    "Алматы облысы әкімдігі БҰҰ-ның өкілін қабылдады.",
    "Ол Алматыдан Ташкентке ұшып кетті. Ташкенттік дәрігер келді.",
    "",
    "«Нұр Отан» партиясы мен алматылықтар",
]
NAMES = ("Алматы", "Алматы облысы", "Ташкент", "Нұр Отан партиясы")


def test_what_was_read_before_changes_nothing():
    fresh = gazetteer(*NAMES, derives=True).find(words_of(*TEXTS))
    used = gazetteer(*NAMES, derives=True)
    used._readings._forget()
    for text in reversed(TEXTS):
        used.find(words_of(text))
    assert used.find(words_of(*TEXTS)).equals(fresh)
    assert fresh.height == 6


def test_a_store_that_is_full_begins_anew(monkeypatch):
    monkeypatch.setattr("transforms.kazakh.word_readings._MOST_WORDS", 3)
    names = gazetteer(*NAMES, derives=True)
    twice = [names.find(words_of(*TEXTS)) for _ in range(2)]
    assert twice[0].equals(twice[1])
    assert len(names._readings._known) < 40


def test_no_words_have_no_names():
    names = gazetteer("Алматы")
    assert names.find(words_of("")).is_empty()
    assert names.find(words_of("", "Алматы"))["first"].to_list() == [0]


def test_names_joined_by_a_hyphen_are_found_where_all_are_names():
    names = gazetteer("Алматы", "Астана", "Ұлы Тау")
    text = "Кеше Алматы-Астанада, Алматы-Семейде, Ұлы-Тауда, Астана-Алматы-Астана."
    assert found(text, names) == ["Алматы", "Астанада", "Астана", "Алматы", "Астана"]
    rows = names.find(words_of(text))
    assert rows["first"].to_list() == rows["last"].to_list() == [1, 1, 7, 7, 7]
    joined = gazetteer("Алматы", "Астана", "Алматы-Астана")
    assert found("Алматы-Астанада", joined) == ["Алматы-Астанада"]


def test_a_word_of_a_hundred_thousand_letters_is_no_name():
    assert found("Алматы" + "да" * 50_000, gazetteer("Алматы")) == []


def test_a_phrase_without_words_or_with_an_unknown_need_is_refused():
    with pytest.raises(ValueError, match="no word in"):
        gazetteer("Алматы", "«»")
    with pytest.raises(ValueError, match="'often'"):
        gazetteer("Алматы", needs="often")


TAILS = (
    *[
        "ның",
        "нің",
        "дың",
        "дің",
        "тың",
        "тің",
        "ға",
        "ге",
        "қа",
        "ке",
        "на",
        "не",
        "ны",
        "ні",
        "ды",
        "ді",
        "ты",
        "ті",
        "да",
        "де",
        "та",
        "те",
    ],
    *[
        "дан",
        "ден",
        "тан",
        "тен",
        "нан",
        "нен",
        "мен",
        "бен",
        "пен",
        "лар",
        "лер",
        "дар",
        "дер",
        "тар",
        "тер",
        "ы",
        "і",
        "сы",
        "сі",
    ],
    *[
        "дағы",
        "дегі",
        "тағы",
        "тегі",
        "дағылар",
        "тегілердің",
        "ымыз",
        "інде",
        "сына",
        "сінің",
        "ндағы",
        "н",
        "ан",
        "ек",
    ],
)


def test_reading_by_the_end_of_a_name_gives_what_the_whole_name_gives():
    places = pl.read_csv(ROOT / "seeds/places.csv", infer_schema=False)["name_kk"]
    hard = ("нк", "рк", "ск", "кт", "рг")
    names = [name.lower() for name in places if not name.endswith(hard)]
    for name in names:
        for possessed in {False, name[-1] in "ыі"}:
            base = Base(name, is_exact=False, is_possessed=possessed)
            for tail in TAILS:
                found = read(name + tail, base)
                expected = [
                    suffixes_after(name, name + tail, possessed=owned)
                    for owned in ((True, False) if possessed else (False,))
                ]
                wanted = next((each for each in expected if each is not None), None)
                is_plain = found is not None and not found.is_derived
                assert (found.suffixes if is_plain else None) == wanted, (name, tail)
