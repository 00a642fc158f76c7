"""Abbreviations of Kazakh news, by what may stand after their full stop.

Collected from the usage of agencies and ministries, with the Russian forms that Kazakh
texts keep. Written in lower case, without the last full stop. Words that are also
abbreviations («бет», «қар», «мың», «деп») are left out: at a sentence's end they are
nearly always the word.
"""

from __future__ import annotations

_TITLES_AND_DEGREES = (
    "проф акад доц мырз м-р д-р зам пред подп лейт серж адм т.ғ.д т.ғ.к ф.ғ.д ф.ғ.к "
    "э.ғ.д э.ғ.к з.ғ.д з.ғ.к п.ғ.д п.ғ.к с.ғ.д с.ғ.к м.ғ.д м.ғ.к х.ғ.д х.ғ.к б.ғ.д "
    "б.ғ.к т.ғ ф.ғ э.ғ з.ғ а.ш к.т.н д.т.н м.а mr mrs ms dr st jr vs inc ltd"
)
_PLACES = "қ ауд обл көш даң пр-т мкр ы.а а.о р-н аул пос ст г ул просп пр бульв"
_TIME_MONEY_MEASURES = (
    "ж жж ғ ғғ гг в вв млн млрд трлн тыс тг долл руб кг мг т ц км м см мм га л мл кв "
    "куб кв.м куб.м км/сағ сағ мин сек б.з б.з.д б.э.д қ.ж н.с шт экз"
)
_REFERENCES = "тарм сур кест мыс мәс рис ср тел факс авт нөм ред құраст б бб с"

#: A name, a number or a noun follows as a rule: a new sentence begins only where a
#: word stands that clearly begins one («Бұл», «Сондай-ақ»).
SELDOM_LAST = frozenset(
    f"{_TITLES_AND_DEGREES} {_PLACES} {_TIME_MONEY_MEASURES} {_REFERENCES}".split()
)

_AND_OTHERS = "т.б т.б.с т.с.с т.т т.с с.с ж.б ж.т.б т.д т.п др"

#: «and others», «and so on»: they close a list, often with the sentence.
OFTEN_LAST = frozenset(_AND_OTHERS.split())

_STARTERS = (
    "Бұл Осы Осыған Осылайша Осындай Сол Соның Соған Сонда Сонымен Сондай Сондай-ақ "
    "Сондықтан Сонан Содан Сөйтіп Ол Олар Олардың Оның Оған Онда Одан Оны Онымен "
    "Оларды Оларға Біз Біздің Бізге Мен Менің Сіз Сіздің Ал Алайда Бірақ Дегенмен "
    "Әйтсе Әйтпесе Өйткені Себебі Яғни Мұнда Мұндай Мұның Мұны Мұнымен Бұдан Бұған "
    "Бұны Бұлар Бүгін Бүгінде Кеше Ертең Қазір Айта Айтпақшы Айтқандай Атап Еске "
    "Естеріңізге Енді Егер Әрине Жалпы Жоғарыда Кейін Кейбір Тағы Тек Әсіресе Мысалы "
    "Нәтижесінде Осыдан Кездесуде Іс-шара Аталған Әзірге Ендеше Демек Керісінше Барлық "
    "Барлығы Қалған Негізінен"
)

#: Words that begin a sentence and are seldom a name.
STARTERS = frozenset(_STARTERS.split())
