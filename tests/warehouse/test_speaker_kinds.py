"""The kind of a speaker, read from the words of an office."""

import pytest

from tests.warehouse.report_rows import filled_warehouse

KINDS = {
    "head_of_state": [
        "президент",
        "қазақстан республикасының президенті",
        "ресей федерациясының президенті",
        "мемлекет басшысының",
        "қхр төрағасы",
    ],
    "diplomats": ["сыртқы істер министрінің орынбасары", "елші", "сім ресми өкілі"],
    "parliament": ["мәжіліс депутаты", "сенат төрағасы", "спикер"],
    "local_government": [
        "әкім",
        "астана әкімдігі",
        "облыстық ауыл шаруашылығы басқармасы",
    ],
    "international": ["бұұ бас хатшысының орынбасары", "дүниежүзілік банк"],
    "law_and_rescue": [
        "облыстық полиция департаментінің баспасөз хатшысы",
        "сот",
        "ішкі істер министрі",
        "тжд",
    ],
    "business": ["басқарма төрағасы", "қожалық басшысы", "компания президенті"],
    "government": [
        "премьер-министр",
        "ғылым және жоғары білім министрі",
        "президент әкімшілігінің басшысы",
        "ұлттық банк",
        "вице-президент",
    ],
    "experts": ["осака университетінің профессоры", "экономист", "мектеп директоры"],
    "culture_and_sport": ["футбол клубының президенті", "ақын", "құраманың бапкері"],
    "media": ["бас редактор", "блогердің"],
    "associations": ["қауымдастық төрағасы", "қордың өкілі"],
    "citizens": ["ауыл тұрғыны", "оқушының анасы", "куәгерлердің"],
    "unknown": ["", "директор", "басшысы", "анар", "сотқа барған адам", "әкімжан"],
}


@pytest.fixture(scope="module")
def connection():
    with filled_warehouse({}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("words", "kind"),
    [(words, kind) for kind, listed in KINDS.items() for words in listed],
)
def test_an_office_tells_the_kind_of_its_holder(connection, words, kind):
    found = connection.execute("select speaker_kind(?)", [words]).fetchone()
    assert found == (kind,)


def test_every_kind_has_its_names(connection):
    named = connection.execute(
        "select kind from speaker_kinds() where least(name_kk, name_ru, name_en) <> ''"
    ).fetchall()
    assert [kind for (kind,) in named] == list(KINDS)
