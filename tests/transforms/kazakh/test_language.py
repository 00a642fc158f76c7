from __future__ import annotations

import csv
import json

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from transforms.kazakh.language import detect_language

KAZAKH = "Үкімет отырысында өңірлердегі су тапшылығы мәселесі қаралды."
RUSSIAN = "На заседании правительства рассмотрели вопрос нехватки воды в регионах."


def languages_of(*texts: str | None) -> list[str]:
    frame = pl.DataFrame({"text": pl.Series(texts, dtype=pl.String)})
    return detect_language(frame, "text")["language"].to_list()


def test_language_and_script_are_added_and_nothing_else_changes():
    frame = pl.DataFrame({"no": [1, 2, 3], "body": [KAZAKH, None, RUSSIAN]})
    expected = frame.with_columns(
        language=pl.Series(["kk", "und", "ru"]),
        script=pl.Series(["cyrillic", "other", "cyrillic"]),
    )
    assert_frame_equal(detect_language(frame, "body"), expected)


def test_a_frame_without_rows_gets_the_columns():
    frame = pl.DataFrame({"text": pl.Series([], dtype=pl.String)})
    assert detect_language(frame, "text").schema == {
        "text": pl.String,
        "language": pl.String,
        "script": pl.String,
    }


@pytest.mark.parametrize("text", ["", " \n", "2025", "№ 5", "…", "12.05.2025 – 3%"])
def test_a_text_without_letters_is_undecided(text):
    assert languages_of(text) == ["und"]


# Our own sentences: the neighbours whose press is read in Kazakhstan, and others.
@pytest.mark.parametrize(
    ("language", "script", "text"),
    [
        ("kk", "cyrillic", KAZAKH),
        ("ru", "cyrillic", RUSSIAN),
        ("ky", "cyrillic", "Өкмөт жыйынында суу маселеси каралып, чечим кабыл алынды."),
        ("uz", "cyrillic", "Ҳукумат йиғилишида сув масаласи кўриб чиқилди ва қарор"),
        (
            "tg",
            "cyrillic",
            "Дар ҷаласаи ҳукумат масъалаи об баррасӣ ва қарор қабул шуд",
        ),
        ("tt", "cyrillic", "Хөкүмәт утырышында су мәсьәләсе каралды һәм карар җыелды."),
        (
            "uk",
            "cyrillic",
            "На засіданні уряду розглянули питання нестачі води в її містах",
        ),
        (
            "mn",
            "cyrillic",
            "Засгийн газрын хуралдаанаар усны асуудлыг хэлэлцэж шийдвэрлэв",
        ),
        (
            "en",
            "latin",
            "The government met to discuss the shortage of water in the south.",
        ),
        (
            "tr",
            "latin",
            "Hükümet toplantısında su sıkıntısı görüşüldü ve karar alındı.",
        ),
        (
            "az",
            "latin",
            "Hökumətin iclasında su məsələsi müzakirə edildi və qərar verildi",
        ),
        ("uz", "latin", "Hukumat yig'ilishida suv masalasi ko'rib chiqildi va qaror"),
        ("de", "latin", "Die Regierung hat gestern über den Mangel an Wasser beraten."),
        ("kk", "latin", "Ükımet otyrysynda öñırlerdegı su tapşylyğy mäselesı qaraldy."),
        (
            "kk",
            "latin",
            "Úkimet otyrysynda óńirlerdegi sý tapshylyǵy máselesi qaraldy.",
        ),
        ("kk", "latin", "U'kimet otyrysynda o'n'irlerdegi sy' tapshylyg'y ma'selesi"),
        ("kk", "latin", "Ükimet otırısında öñirlerdegi sw tapşılığı mäselesi qaraldı."),
        ("kk", "arabic", "ۇكىمەت وتىرىسىندا وڭىرلەردەگى سۋ تاپشىلىعى ماسەلەسى قارالدى"),
        (
            "ar",
            "arabic",
            "ناقشت الحكومة مسألة نقص المياه في المناطق الجنوبية من البلاد",
        ),
        ("zh", "other", "政府会议讨论了南部地区的缺水问题。"),
    ],
)
def test_a_sentence_is_told_by_its_letters_and_words(language, script, text):
    found = detect_language(pl.DataFrame({"text": [text]}), "text")
    assert found.select("language", "script").row(0) == (language, script)


def test_kazakh_typed_on_a_russian_keyboard_is_kazakh():
    text = (
        "Укимет отырысында онирлердеги су тапшылыгы маселеси каралды. Министр жана "
        "бойынша косымша каржы болинетинин айтты, деп хабарлайды баспасоз кызмети."
    )
    assert languages_of(text) == ["kk"]


def test_kyrgyz_typed_on_a_russian_keyboard_is_kyrgyz():
    text = (
        "Окмот жыйынында суу маселеси каралып, чечим кабыл алынды. Министр мындан "
        "тышкары кошумча каражат болунорун билдирди, бул тууралуу маалымат кызматы."
    )
    assert languages_of(text) == ["ky"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "uk",
            "Президент Казахстану зустрівся з міністрами. Їхні зустрічі були в Астані.",
        ),
        (
            "uk",
            "Міністр освіти відвідав Київ. Він зустрівся з ректорами вузу «Қазақстан».",
        ),
        (
            "be",
            "Прэзідэнт Казахстана сустрэўся з міністрамі. Яны абмеркавалі развіццё.",
        ),
    ],
)
def test_the_letter_i_alone_makes_no_text_kazakh(language, text):
    assert languages_of(text) == [language]


def test_a_short_kazakh_text_may_have_no_other_letter_than_i():
    assert languages_of("Бізде тірі, ірі істер.") == ["kk"]


def test_a_russian_article_full_of_kazakh_names_is_russian():
    article = (
        "Программу «Жаңа Қазақстан» и акцию «Таза Қазақстан» обсудили в Астане. "
        "Партия «Әділет» предложила закон «Қамқор», депутаты его поддержали. "
    )
    assert languages_of(article) == ["ru"]


def test_a_kazakh_article_that_quotes_russian_is_kazakh():
    article = (
        f"{KAZAKH} {KAZAKH} Министр журналистерге орысша жауап берді: «Вопрос воды "
        "стоит на контроле». Жиын соңында шешім қабылданды."
    )
    assert languages_of(article) == ["kk"]


@pytest.mark.parametrize(("kazakh", "russian"), [(2, 5), (5, 2)])
def test_the_language_of_a_mixed_text_is_that_of_most_of_it(kazakh, russian):
    mixed = " ".join([KAZAKH] * kazakh + [RUSSIAN] * russian)
    assert languages_of(mixed) == ["kk" if kazakh > russian else "ru"]


def test_the_answer_does_not_depend_on_the_other_rows():
    texts = [KAZAKH, RUSSIAN, "", None, "Алматы", "The news of the day is here."]
    assert languages_of(*texts) == [languages_of(text)[0] for text in texts]


def _lines(path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def _corpus_texts(corpus) -> dict[str, list[str]]:
    texts = {
        "kk": [
            *(
                item["text_raw"]
                for item in _lines(corpus / "kazinform_2015/articles.jsonl")
            ),
            *(item["text"] for item in _lines(corpus / "tengrinews_leads.jsonl")),
            *(item["text"] for item in _lines(corpus / "ntrex_kk_docs.jsonl")),
            *(item["text"] for item in _lines(corpus / "kaznerd_valid.jsonl")),
            *(corpus / "newsdev2019.kk.txt").read_text("utf-8").splitlines(),
        ],
        "ru": [
            *(item["text"] for item in _lines(corpus / "russian_news.jsonl")),
            *(corpus / "kazinform_2015/inform-rus.lines.txt")
            .read_text("utf-8")
            .split("\n"),
        ],
        "ky": [item["text"] for item in _lines(corpus / "kyrgyz_news.jsonl")],
    }
    folders = {"kk": "kaz_Cyrl", "ky": "kir_Cyrl", "ru": "rus_Cyrl", "tt": "tat_Cyrl"}
    for language, folder in {**folders, "ba": "bak_Cyrl", "uz": "uzn_Latn"}.items():
        for part in ("train", "dev"):
            path = corpus / "sib200" / folder / f"{part}.tsv"
            with path.open(encoding="utf-8") as file:
                rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
                texts.setdefault(language, []).extend(row["text"] for row in rows)
    return texts


# Share told wrong, of texts of 200 characters or more and of shorter ones. Measured:
# kk 1 of 1,428 and 0.5 %, ru 1 of 367 and none, ky none and 0.5 %, tt 1 of 66 and
# 1.0 %, ba 1 of 65 and 1.0 %, uz none and 0.1 %. The priors and margins were set with
# these texts in sight, and the letter shares counted in SIB-200's: expect a little less
# of unseen text. These ceilings are only lowered.
CEILINGS = {
    "kk": (0.001, 0.006),
    "ru": (0.006, 0.002),
    "ky": (0.0, 0.006),
    "tt": (0.016, 0.012),
    "ba": (0.016, 0.012),
    "uz": (0.009, 0.003),
}


@pytest.mark.parametrize("language", CEILINGS)
def test_the_corpus_is_told_apart(corpus, language):
    texts = pl.DataFrame({"text": _corpus_texts(corpus)[language]}).filter(
        pl.col("text").str.contains(r"\p{L}{3}")
    )
    told = detect_language(texts, "text").with_columns(
        is_long=pl.col("text").str.len_chars() >= 200,
        is_wrong=pl.col("language") != language,
    )
    for is_long, ceiling in zip((True, False), CEILINGS[language], strict=True):
        wrong = told.filter(pl.col("is_long") == is_long)["is_wrong"].mean()
        assert wrong <= ceiling, (language, is_long, wrong)


def test_at_most_one_long_text_in_a_hundred_is_told_wrong(corpus):
    wrong = total = 0
    for language, texts in _corpus_texts(corpus).items():
        if language in {"kk", "ru", "ky"}:
            long = [text for text in texts if len(text) >= 200]
            wrong += sum(found != language for found in languages_of(*long))
            total += len(long)
    assert wrong / total <= 0.001


_RUSSIAN_KEYBOARD = str.maketrans("әқғңөұүһіӘҚҒҢӨҰҮҺІ", "акгноуухиАКГНОУУХИ")

# Share told right of the same texts without the letters that a Russian keyboard lacks,
# of 200 characters or more and of shorter ones. Measured: kk 99.3 % and 71 % (the
# shorter may as well be Kyrgyz), ky 100 % and 98.3 %. These floors are only raised.
FLOORS_WITHOUT_LETTERS = {"kk": (0.99, 0.70), "ky": (0.999, 0.98)}


@pytest.mark.parametrize("language", FLOORS_WITHOUT_LETTERS)
def test_texts_without_letters_of_their_own_are_told_apart(corpus, language):
    texts = [
        text.translate(_RUSSIAN_KEYBOARD)
        for text in _corpus_texts(corpus)[language]
        if len(text) >= 40  # shorter ones may be of any language
    ]
    for is_long, floor in zip(
        (True, False), FLOORS_WITHOUT_LETTERS[language], strict=True
    ):
        part = [text for text in texts if (len(text) >= 200) == is_long]
        right = languages_of(*part).count(language) / len(part)
        assert right >= floor, (language, is_long, right)


def test_wire_items_without_kazakh_letters_are_kazakh(corpus):
    items = _lines(corpus / "tengrinews_leads.jsonl")
    long = [item["text"] for item in items if len(item["text"]) >= 200]
    plain = [text.translate(_RUSSIAN_KEYBOARD) for text in long]
    # Measured: 797 of 799.
    assert languages_of(*plain).count("kk") / len(plain) >= 0.99
