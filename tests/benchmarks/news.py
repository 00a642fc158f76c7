"""Generates news for load tests: people, offices, quotes, amounts and dates as met.

The articles of `tests.benchmarks.generate` have the letters and lengths of the samples,
but neither quotes nor people who say them. Here every sentence is of our own writing,
with places for names and numbers; the same number gives the same article. One article
in ten is another one's copy, with a sentence left out.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

WORDS_AN_ARTICLE = 450
#: One of so many articles is a copy.
_COPY_EVERY = 10

#: Full name, surname, its genitive and dative, and what the person is.
_PEOPLE = (
    ("Ерлан Асанов", "Асанов", "Асановтың", "Асановқа", "Энергетика министрі"),
    ("Дәурен Жұмабаев", "Жұмабаев", "Жұмабаевтың", "Жұмабаевқа", "Көлік министрі"),
    ("Самат Омаров", "Омаров", "Омаровтың", "Омаровқа", "Қаржы министрі"),
    ("Әсел Бекенова", "Бекенова", "Бекенованың", "Бекеноваға", "Еңбек министрі"),
    ("Нұрлан Есенов", "Есенов", "Есеновтің", "Есеновке", "Алматы облысының әкімі"),
    ("Гүлнар Қуатова", "Қуатова", "Қуатованың", "Қуатоваға", "Мәдениет министрі"),
    ("Бауыржан Жүнісов", "Жүнісов", "Жүнісовтің", "Жүнісовке", "Астана әкімі"),
    ("Олжас Бектенов", "Бектенов", "Бектеновтің", "Бектеновке", "Премьер-министр"),
    ("Қасым-Жомарт Тоқаев", "Тоқаев", "Тоқаевтың", "Тоқаевқа", "Мемлекет басшысы"),
    ("Айдос Сапаров", "Сапаров", "Сапаровтың", "Сапаровқа", "Су ресурстары министрі"),
)
#: Head of another country, the country, its genitive and dative.
_GUESTS = (
    ("Шавкат Мирзиёев", "Өзбекстан", "Өзбекстанның", "Өзбекстанға"),
    ("Режеп Тайып Ердоған", "Түркия", "Түркияның", "Түркияға"),
    ("Си Цзиньпин", "Қытай", "Қытайдың", "Қытайға"),
    ("Ильхам Әлиев", "Әзербайжан", "Әзербайжанның", "Әзербайжанға"),
    ("Садыр Жапаров", "Қырғызстан", "Қырғызстанның", "Қырғызстанға"),
    ("Франк-Вальтер Штайнмайер", "Германия", "Германияның", "Германияға"),
)
#: A town, its dative and locative.
_TOWNS = (
    ("Астана", "Астанаға", "Астанада"),
    ("Алматы", "Алматыға", "Алматыда"),
    ("Шымкент", "Шымкентке", "Шымкентте"),
    ("Атырау", "Атырауға", "Атырауда"),
    ("Семей", "Семейге", "Семейде"),
    ("Қостанай", "Қостанайға", "Қостанайда"),
)
_BODIES = (
    "Ұлттық экономика министрлігі", "Қаржы министрлігі", "Ұлттық банк", "«ҚазМұнайГаз»",
    "«Қазақстан темір жолы» компаниясы", "«Самұрық-Қазына» қоры", "Дүниежүзілік банк",
    "БҰҰ Даму бағдарламасы", "Еуропалық Одақ", "Шанхай ынтымақтастық ұйымы",
)  # fmt: skip
_MONTHS = (
    "қаңтарда", "ақпанда", "наурызда", "сәуірде", "мамырда", "маусымда", "шілдеде",
    "тамызда", "қыркүйекте", "қазанда", "қарашада", "желтоқсанда",
)  # fmt: skip
_WHEN = (
    "былтыр", "биыл", "келесі жылы", "өткен аптада", "кеше", "соңғы үш жылда",
    "2027 жылға дейін", "жыл басынан бері", "{day} {month}", "2024 жылғы {day} {month}",
)  # fmt: skip
_TITLES = (
    "{body} жаңа жобаны таныстырды",
    "{full} {town_in} кеңес өткізді",
    "Қазақстан мен {country} бірлескен құжаттарға қол қойды",
    "{town_in} {n} орындық мектеп ашылады",
)
#: With names of people, bodies, countries and towns.
_NAMES = """
{office} {full} {town_to} барып, жаңа нысандардың құрылысымен танысты.
{country} Президенті {guest} {when} Қазақстанға сапармен келеді.
{country_of} компаниялары еліміздің экономикасына қызығушылық танытып отыр.
{full} мен {guest} екі елдің іскерлік кеңесіне қатысты.
{body} бұл жобаны қолдайды.
{full} шетелдік серіктестерге алғыс білдіріп, ортақ жұмысты жалғастыруға шақырды.
{surname_of} тапсырмасымен {town_in} жаңа аурухананың құрылысы басталды.
Мемлекет басшысы {surname_to} тиісті тапсырмалар берді.
{body} {when} {town_in} халықаралық форум өткізеді.
Жиында {office} {full} атқарылған жұмыс туралы есеп берді.
Тараптар Қазақстан мен {country} арасындағы ынтымақтастықты талқылады.
{town_in} өткен кездесуге {country_of} елшісі де қатысты.
Келесі кезекте {surname} {country_to} сапарының қорытындысын баяндады.
"""
#: With numbers and dates too.
_NUMBERS = """
{body} бұл жобаға {n} миллиард теңге бөледі.
{surname_of} мәліметінше, {when} өнім көлемі {share} пайызға артқан.
{town_in} {n} орындық мектеп пен {m} шақырым жол салынып жатыр.
Тараптар сауда айналымын {n} миллиард долларға жеткізуге уағдаласты.
{when} елде {n} мыңнан астам адам жұмысқа орналасты.
Кездесу соңында Қазақстан мен {country} арасында {m} құжатқа қол қойылды.
Құрылысқа {share} миллиард теңге жұмсалады.
"""
_QUOTES = """
– Ауылдағы жолдардың сапасын тұрғындардың өзі бағалауы керек, – деді {surname}.
– Екі ел арасындағы сауданы бірге дамытуға мүдделіміз, – деп атап өтті {office}.
«Жаңа зауыт іске қосылғанда {n} адам тұрақты жұмыспен қамтылады», – деді {full}.
{full} жобаның мерзімінде аяқталатынын, сапасы қатаң бақыланатынын айтты.
– Бұл келісім өңірдің қауіпсіздігі үшін маңызды. Біз оны қолдаймыз, – деді {guest}.
{surname} «су – ортақ байлық, оны үнемдеу әркімнің міндеті» деп мәлімдеді.
"""
#: Without any of these.
_PLAIN = """
Жиналғандар жұмыстың барысын талқылап, өз ұсыныстарын ортаға салды.
Мамандардың пікірінше, мұндай жобалар ауыл тұрғындарының тұрмысын жақсартады.
Жиынға кәсіпкерлер, ғалымдар және қоғамдық ұйымдардың өкілдері қатысты.
Тұрғындар көптен күткен жолдың жөнделгеніне қуанып отыр.
Алдағы уақытта оқушылар жаңа зертханаларда сабақ оқитын болады.
Сонымен қатар жас мамандарға тұрғын үй беру мәселесі де қаралды.
Өңірде мал шаруашылығын дамытуға қолайлы жағдай жасалған.
Бұл істе жергілікті билік пен кәсіпкерлердің бірлескен жұмысы маңызды.
"""
#: A sentence of the samples, for their words.
_SAMPLE = "{sample}"
#: Kinds of sentences, and how often each stands.
_KINDS = (_NAMES, _NUMBERS, _QUOTES, _PLAIN, _SAMPLE)
_WEIGHTS = (8, 3, 2, 8, 6)


def news_article(number: int, samples: list[str]) -> tuple[str, str, date]:
    """Make an article.

    Args:
        number: which one.
        samples: sentences of the samples.

    Returns:
        Title, text of about 450 words and date of publication.
    """
    if number % _COPY_EVERY == _COPY_EVERY - 1:
        title, text, day = news_article(number - 1, samples)
        lines = text.split("\n")
        return title, "\n".join(lines[:3] + lines[4:]), day + timedelta(days=1)
    luck = random.Random(number)  # noqa: S311 - repeatable, not secret
    day = date(2024, 1, 1) + timedelta(days=number % 700)
    cast = luck.sample(_PEOPLE, 3), luck.sample(_GUESTS, 2), luck.sample(_TOWNS, 2)
    title = _filled(luck.choice(_TITLES), luck, cast)
    lines, words = [], 0
    paragraph = [f"{luck.choice(_TOWNS)[0].upper()}. ҚазАқпарат –"]
    while words < WORDS_AN_ARTICLE:
        kind = luck.choices(_KINDS, _WEIGHTS)[0]
        template = luck.choice(kind.strip().splitlines())
        sentence = (
            luck.choice(samples) if kind is _SAMPLE else _filled(template, luck, cast)
        )
        words += len(sentence.split())
        if kind is _QUOTES or luck.random() < 0.4:
            lines.append(" ".join(paragraph))
            paragraph = []
        paragraph.append(sentence)
        if kind is _QUOTES:
            lines.append(paragraph.pop())
    lines.append(" ".join(paragraph))
    return title, "\n".join(line for line in lines if line), day


def _filled(
    template: str,
    luck: random.Random,
    cast: tuple[list[tuple[str, ...]], ...],
) -> str:
    people, guests, towns = cast
    full, surname, surname_of, surname_to, office = luck.choice(people)
    guest, country, country_of, country_to = luck.choice(guests)
    _, town_to, town_in = luck.choice(towns)
    when = luck.choice(_WHEN).format(
        day=luck.randrange(1, 29), month=luck.choice(_MONTHS)
    )
    sentence = template.format(
        full=full,
        surname=surname,
        surname_of=surname_of,
        surname_to=surname_to,
        office=office,
        guest=guest,
        country=country,
        country_of=country_of,
        country_to=country_to,
        town_to=town_to,
        town_in=town_in,
        body=luck.choice(_BODIES),
        when=when,
        n=luck.randrange(2, 900),
        m=luck.randrange(2, 30),
        share=f"{luck.randrange(2, 60)},{luck.randrange(1, 9)}",
    )
    return sentence[0].upper() + sentence[1:]
