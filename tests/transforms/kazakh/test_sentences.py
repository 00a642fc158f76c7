from __future__ import annotations

import time

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from transforms.clean import clean_columns
from transforms.kazakh.sentences import split_sentences

# The first example compiles the expressions; on a busy machine that takes a while.
no_deadline = settings(deadline=None)

LONG_QUOTATION = (
    "«Жаз келді.|Егіншілер қырман басында күзді қарсы алып, малшылар қыстауға көшті де,"
    " ауыл тұрғындары қысқа дайындалды.|Қыс келді» деді ол."
)

# Each text with "|" where a sentence must end. Our own sentences.
GOLD = [
    "Түнде –6...–8°, күндіз -2…-4 °C аяз болады.|Ертең жылынады.",
    "Аңыз айтты...|– Иә, – деді ол.",
    # Plain ends.
    "Үкімет отырысы өтті.|Онда бюджет қаралды.",
    "Келісім қашан күшіне енеді?|Министр бұл сұраққа жауап берді.",
    "Жеңіс құтты болсын!|Команда елге оралды.",
    "Не істейміз?!|Уақыт аз қалды.",
    "Ол ойланып қалды…|Сосын күлді.",
    "Ол ойланып қалды... сосын күлді.",
    "Сапар аяқталды...|Делегация Астанаға қайтты.",
    "Бір ғана сөйлем",
    "Жиын 10.30-да басталды.|2026 жылы тағы өтеді.",
    "Қоғамда «Заң және тәртіп» қағидаты орнықты.|Бұл маңызды.",
    # Initials.
    "Жиында Е.Ашықбаев сөз сөйледі.|Ол ұсыныс айтты.",
    "Жиынға Қ. Тоқаев қатысты.|Кездесу бір сағатқа созылды.",
    "Қ.К. Тоқаев пен Ә. Б. Сейітов келіссөз жүргізді.",
    "Мақаланы А. Б. В. деген автор жазған.",
    "Мақала авторы – М.О.Әуезов.|Еңбек 1950 жылы жарық көрді.",
    "АҚШ президенті Дж. Байден мен Дж.Трюдо кездесті.",
    "Тізімде Ә.Нұрлан, Б.Серік және В.Асан бар.|Олар дайын.",
    # Abbreviations that go on.
    "Жобаға 5 млн. теңге бөлінді.|Қаржы бюджеттен алынды.",
    "Экспорт 12,5 млрд. АҚШ долларына жетті.",
    "Кәсіпорын 2025 ж. ашылды.|Қазір онда 300 адам істейді.",
    "Мектеп 2025 ж. Қазақстан қаржысына салынды.",
    "Зауыт 2019 ж. салынған.|Бұл аймақтағы ең ірі зауыт.",
    "Ол Алматы қ. тұрады.|Мекенжайы – Абай көш. 15-үй.",
    "Жиын Астана қ. Мәңгілік Ел даң. 8-үйде өтті.",
    "Дәрісті проф. Асан Серіков пен акад. Болат Омаров оқыды.",
    "Кітап б.з.д. III ғасыр туралы.|Ол қазақша жазылған.",
    "Жұмысты т.ғ.д. Марат Оспанов басқарды.",
    "Облыс, аудан (мыс. Абай ауданы) әкімдері қатысты.",
    "Ұзындығы 5 км. болатын жол жөнделді.",
    "Шығын 3 млн.|Бұл былтырғыдан аз.",
    "Жолдың құны 7 млрд.|Сондай-ақ көпір салынады.",
    # Abbreviations that close a list.
    "Онда сүт, ет, нан т.б. өнімдер сатылады.",
    "Шарада әнші, биші, күйші т.б.|Қазақстан өнерпаздары өнер көрсетті.",
    "Дүкенде қант, тұз, ұн және т.с.с. бар.|Бағасы қолжетімді.",
    "Жиынға әкім, депутат, ғалым ж.б. қатысты.",
    "Азық-түлік (нан, сүт т.б.) Қазақстанда өндіріледі.",
    # Numbers, dates, addresses.
    "1. Келісімге қол қойылды.|2. Хаттама бекітілді.",
    "Отырыс 12.05.2025 күні өтті.|Келесісі 19.05.2025 күні болады.",
    "Өсім 3.7 пайызға жетті.|Болжам 4.1 пайыз еді.",
    "Толығырақ gov.kz сайтында.|Сілтемесі төменде.",
    "Бұл туралы BAQ.KZ хабарлады.|Дереккөз – министрлік.",
    "Хабарды Tengrinews.kz таратты.|Оны polisia.kz растады.",
    "Келісім № 5. Қосымша бекітілді.",
    "IV. Қорытынды ережелер бекітілді.",
    "Ойын 2:1 есебімен аяқталды.|Гол 90+3 минутта соғылды.",
    "Нөмірі 8.700.123.45.67 деп жазылған.",
    # Missing spaces.
    "Дамуға үлес қосамыз.|Пәкістанға алғашқы сапарым осы.",
    "Сіз қалай ойлайсыз?|Менің ойымша, дұрыс.",
    "«Біз дайынбыз».|Ал олар дайын емес.",
    "Күдікті ұсталды.|«2015 жылы ол қашқан», – деді тергеуші.",
    "Бұл туралы Sports.kz.|Қазақстандық боксшы жеңді.",
    "Сайт mail.ru мен egov.kz болып өзгерді.",
    # Direct speech.
    "«Қайда барасыз?» – деп сұрады тілші.|Ол үндемеді.",
    "«Біз жеңдік!» – деді капитан.",
    "«Бұл дұрыс емес пе?» деп сұрады депутат.",
    "– Біз дайынбыз, – деді министр.|– Жұмыс басталды.",
    "— Жоба аяқталады. — деді ол.|Құрылыс жүріп жатыр.",
    "– Қашан келдің? – деп сұрады Асан.|– Кеше.",
    "«Біз дайынбыз.|Олар да келеді», – деді ол.",
    "Ол: «Келемін!» – Асан сенді.",
    "“Уақыт келді!”|Залдағылар қол соқты.",
    "Бұл (шын мәнінде!) үлкен жетістік.",
    "Ол «жеңдік» (!) Дегенмен есеп тең еді.",
    "(Бұл мәтін ықшамдалды.)|Толық нұсқасы сайтта.",
    # Names of several sentences in quotation marks, and marks left alone.
    'Облыста "Ауыл Әйелі: Бірлік. Даму. Болашақ" атты форум өтті.|Оған 200 адам келді.',
    "Астанада «Бірлік. Даму. Болашақ.» атты форум өтті.|Оған ұстаздар келді.",
    'Ол "Жаңа жол" газетінде.|Бұл "Су. Нан" науқаны туралы.|Ол "Ақ" деді.',
    LONG_QUOTATION,
    'Жиын аяқталды. "\n|Қонақтар тарады.',
    # Datelines and lines.
    "ТОКИО. KAZINFORM – Президент дәріс оқыды.|Оған студенттер келді.",
    "АСТАНА. ҚазАқпарат - Бүгін жиын өтті.",
    "Тақырып нүктесіз\n|Мәтін басталды.|Екінші сөйлем.",
    "Мекенжайы: Алматы қ.\n|Телефоны: 123.",
    "Бірінші абзац.\n\n|Екінші абзац!",
    # Other languages in the same text.
    "Президент принял министра.|Встреча прошла в Астане.",
    "Qazaqstan Prezidentı sapar jasady.|Kezdesu ötti.",
]

# Where the outlet left out the space between two sentences.
WITHOUT_SPACE = ("қосамыз.|", "ойлайсыз?|", "дайынбыз».|", "ұсталды.|", "kz.|")


def frame_of(*texts: str | None) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "article_id": pl.Series(range(len(texts)), dtype=pl.Int64),
            "version": pl.Series([1] * len(texts), dtype=pl.Int32),
            "text": pl.Series(texts, dtype=pl.String),
        }
    )


def sentences_of(text: str) -> list[str]:
    spans = split_sentences(frame_of(text)).select("start_char", "end_char")
    return [text[start:end] for start, end in spans.rows()]


@pytest.mark.parametrize("marked", GOLD)
def test_a_sentence_ends_where_a_reader_ends_it(marked):
    without_space = any(ending in marked for ending in WITHOUT_SPACE)
    text = marked.replace("|", "" if without_space or "\n" in marked else " ")
    assert sentences_of(text) == [part.strip() for part in marked.split("|")]


def test_the_table_has_one_row_a_sentence_numbered_in_each_version():
    given_texts = frame_of("Бір. Екі.", None, "", " \n ", "Үш")
    expected = pl.DataFrame(
        {
            "article_id": [0, 0, 4],
            "version": [1, 1, 1],
            "sentence_no": [1, 2, 1],
            "start_char": [0, 5, 0],
            "end_char": [4, 9, 2],
        },
        schema={
            "article_id": pl.Int64,
            "version": pl.Int32,
            "sentence_no": pl.Int32,
            "start_char": pl.Int32,
            "end_char": pl.Int32,
        },
    )
    assert_frame_equal(split_sentences(given_texts), expected)


def test_no_articles_have_no_sentences():
    assert split_sentences(frame_of()).height == 0


def test_two_versions_of_an_article_are_numbered_apart():
    versions = frame_of("Бір. Екі.", "Бір. Екі. Үш.").with_columns(
        article_id=pl.lit(7, pl.Int64), version=pl.Series([1, 2], dtype=pl.Int32)
    )
    assert split_sentences(versions)["sentence_no"].to_list() == [1, 2, 1, 2, 3]


def test_offsets_count_code_points_not_bytes():
    text = "😀 Қ𝒳ә! Ұлы дала."
    assert sentences_of(text) == ["😀 Қ𝒳ә!", "Ұлы дала."]


texts = st.text(
    st.sampled_from("аәқҚТабБABcz19.!?…«»“”\"'’()[]–-—,;:№/ \n\t\u00a0😀"),
    max_size=80,
)


@no_deadline
@given(st.lists(texts, min_size=1, max_size=4))
@example(["А. Б. В."])
@example(["..", ".\n.", " . ", "«.»"])
def test_every_character_but_white_space_lies_in_exactly_one_sentence(many):
    spans = split_sentences(frame_of(*many))
    for article_id, text in enumerate(many):
        own = spans.filter(pl.col("article_id") == article_id)
        last, covered = 0, ""
        for start, end in own.select("start_char", "end_char").rows():
            assert last <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
            assert "\n" not in text[start:end]
            assert not text[last:start].strip()
            covered += text[start:end]
            last = end
        assert not text[last:].strip()
        assert own["sentence_no"].to_list() == list(range(1, own.height + 1))


@no_deadline
@given(texts, texts)
def test_an_article_is_split_alike_alone_and_beside_another(one, other):
    together = split_sentences(frame_of(one, other)).filter(pl.col("article_id") == 0)
    assert_frame_equal(together, split_sentences(frame_of(one)))


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit",
    [".", "а.", "А. ", "а", "! ", "т.б. ", "\n", " ", "«", "(", "1. ", ". а"],
)
def test_a_hostile_text_takes_time_in_proportion_to_its_length(unit):
    def seconds(length: int) -> float:
        articles = frame_of(unit * (length // len(unit)))
        started = time.process_time()
        split_sentences(articles)
        return time.process_time() - started

    seconds(1_000)
    small, large = seconds(100_000), seconds(1_000_000)
    # Ten times the text; a quadratic step would take a hundred times as long.
    assert large < 40 * max(small, 0.01)


def test_the_shared_articles_split_into_sentences_a_reader_would_count(shared_articles):
    texts = [
        path.read_text(encoding="utf-8") for path in sorted(shared_articles.iterdir())
    ]
    articles = clean_columns(frame_of(*texts), ["text"])
    spans = split_sentences(articles).join(articles, on=["article_id", "version"])
    lengths = spans.select(length=pl.col("end_char") - pl.col("start_char"))["length"]
    assert lengths.max() < 600
    counts = spans.group_by("article_id", maintain_order=True).len()["len"].to_list()
    assert counts == [24, 19, 115]
