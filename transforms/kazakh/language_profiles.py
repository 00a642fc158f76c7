"""What tells the languages of Kazakhstan's press apart: letters and small words.

The letter shares of Kazakh, Kyrgyz, Tatar, Bashkir and Russian were counted in the
parts of SIB-200 (Apache-2.0) in those languages and rounded; those of the others are
estimates of the same order. Only letters that not every Cyrillic alphabet has are
listed, and the few common ones whose frequency differs most.
"""

from __future__ import annotations

from transforms.kazakh.letters import KAZAKH_LOWER

#: Letters per thousand letters of text, by ISO 639-1 code. Kazakh and Kyrgyz are also
#: typed on a Russian keyboard, without letters of their own (``.plain``: і as и, ұ and
#: ү as у, ө as о, қ as к); counted in the same texts with those letters folded.
_LETTER_SHARES: dict[str, dict[str, float]] = {
    "kk": {
        "і": 51, "қ": 26, "ғ": 15, "ң": 14, "ү": 9.5, "ә": 8.5, "ө": 8, "ұ": 8,
        "һ": 0.1, "ы": 72, "э": 1, "в": 3, "ч": 0.5, "ж": 18, "о": 28, "ь": 1.4,
    },
    "kk.plain": {
        "ы": 72, "э": 1, "в": 3, "ч": 0.5, "ж": 18, "о": 37, "ь": 1.4,
    },
    "ky": {
        "ү": 31, "ө": 23.5, "ң": 4.6, "ы": 49, "э": 8, "в": 3.5, "ч": 14, "ж": 18,
        "о": 42, "ь": 1, "уу": 7, "оо": 2.6, "аа": 2.8, "ээ": 1.2,
    },
    "ky.plain": {
        "ы": 49, "э": 8, "в": 3.5, "ч": 14, "ж": 18, "о": 65, "ь": 1, "уу": 11,
        "оо": 3.6, "аа": 2.8, "ээ": 1.2,
    },
    "tt": {
        "ә": 58, "ү": 11, "ө": 10.5, "ң": 9.5, "һ": 5.5, "җ": 3.5, "ы": 50, "э": 3,
        "ъ": 1, "в": 7, "ч": 16, "ж": 1, "о": 22, "ь": 4.5,
    },
    "ba": {
        "ә": 60, "ҡ": 21, "ҙ": 21, "һ": 18, "ғ": 16.5, "ө": 16, "ү": 13, "ң": 11,
        "ҫ": 3, "ы": 60, "э": 3, "ъ": 0.6, "в": 5, "ч": 0.5, "ж": 1.4, "о": 24,
        "ь": 2.6,
    },
    "ru": {
        "ы": 20.6, "э": 3.7, "ё": 1.8, "ъ": 0.3, "щ": 3.5, "в": 45, "ч": 13.7,
        "ж": 8.7, "о": 107, "ь": 15.7, "оо": 0.5,
    },
    "uz": {
        "ў": 14, "қ": 21, "ғ": 6, "ҳ": 11, "э": 5, "ъ": 4, "ё": 3, "в": 14, "ч": 10,
        "ж": 6, "о": 63, "ь": 3,
    },
    "tg": {
        "ӣ": 12, "ҳ": 16, "ӯ": 8, "қ": 7, "ҷ": 7, "ғ": 3, "э": 4, "ъ": 4, "ё": 4,
        "в": 17, "ч": 6, "ж": 1, "о": 82,
    },
    "ug": {
        "ә": 60, "қ": 25, "ғ": 14, "ү": 12, "ң": 9, "ө": 7, "һ": 7, "җ": 5, "э": 3,
        "в": 8, "ч": 10, "ж": 1, "о": 28, "ь": 2,
    },
    "az": {
        "ә": 80, "ҹ": 12, "ү": 20, "ө": 8, "ғ": 5, "һ": 8, "ҝ": 5, "ј": 15, "ы": 35,
        "в": 12, "ч": 8, "ж": 0.5, "о": 28,
    },
    "mn": {
        "ө": 18, "ү": 30, "ы": 10, "э": 40, "ъ": 0.5, "ё": 3, "в": 8, "ч": 8, "ж": 8,
        "о": 55, "ь": 6, "уу": 10, "оо": 8, "аа": 20, "ээ": 12,
    },
    "uk": {
        "і": 57, "ї": 7, "є": 5, "ґ": 0.2, "щ": 6, "в": 54, "ч": 13, "ж": 8, "о": 95,
        "ь": 17,
    },
    "be": {
        "і": 60, "ў": 15, "ы": 40, "э": 14, "ё": 6, "в": 27, "ч": 14, "ж": 8, "о": 32,
        "ь": 16,
    },
    "bg": {"ъ": 18, "щ": 6, "в": 45, "ч": 14, "ж": 6, "о": 90},
    "sr": {
        "ј": 40, "љ": 6, "њ": 7, "ћ": 7, "ђ": 2, "џ": 0.5, "в": 35, "ч": 10, "ж": 6,
        "о": 95,
    },
    "mk": {
        "ј": 20, "ќ": 4, "ѓ": 2, "љ": 1, "њ": 2, "ѕ": 0.5, "в": 40, "ч": 9, "ж": 4,
        "о": 100,
    },
    "cv": {
        "ӑ": 35, "ӗ": 35, "ҫ": 15, "ӳ": 5, "ы": 15, "э": 3, "в": 22, "ч": 10, "ж": 1,
        "о": 15, "ь": 8,
    },
}  # fmt: skip

# Russian articles of Kazakhstan are full of Kazakh names. A seventh of Kazakh's own
# shares puts the border between the two where half of the text is in each.
_NAMES = {letter: _LETTER_SHARES["kk"][letter] / 7 for letter in KAZAKH_LOWER}
CYRILLIC_SHARES = {**_LETTER_SHARES, "ru": _NAMES | _LETTER_SHARES["ru"]}

#: Natural logarithm of how likely a language is before its text is read: the outlets
#: are Kazakhstan's and its neighbours'. Only short texts feel it.
PRIORS: dict[str, float] = {
    "kk": 0.0,
    "ru": -1.0,
    "ky": -2.5,
    "kk.plain": -5.0,
    "ky.plain": -5.0,
    "uz": -3.0,
    "tt": -3.5,
    "ba": -3.5,
}
OTHER_PRIOR = -10.0

#: Letters of no alphabet here still occur: a name, a quotation, a misprint.
FLOOR_SHARE = 0.2

#: Small words of each model in Cyrillic, as frequent as they are telling.
CYRILLIC_WORDS: dict[str, str] = {
    "ru": "и в на не что с по как это из для от к о за его их так у но был была было "
    "были при до или также который которая которые будет может со после чтобы во он "
    "она они если уже только года году",
    "kk": "және мен бен пен үшін деп бұл осы болып болды еді екен ғана бойынша олар "
    "кейін туралы арқылы ретінде сондай-ақ бір бар жоқ ол оның керек болады жылы",
    "kk.plain": "жане мен бен пен ушин деп бул осы болып болды еди екен гана бойынша "
    "олар кейин туралы аркылы ретинде сондай-ак бир бар жок ол онын керек болады жылы "
    "хабарлайды хабарлады дейин кажет емес барлык",
    "ky": "жана менен үчүн деп бул боюнча болгон эле кийин бир бирок анын ошондой "
    "болуп болот алар эмес бар керек жок турган деген же тууралуу",
    "ky.plain": "жана менен учун деп бул боюнча болгон эле кийин бир бирок анын "
    "ошондой болуп болот алар эмес бар керек жок турган деген же тууралуу билдирди "
    "чейин",
    "tt": "һәм белән өчен бу дип булган бер ул яки да дә торган буенча",
    "ba": "һәм менән өсөн был тип булған бер ул йәки да ла буйынса",
    "mn": "нь байна юм болон бол гэж энэ байсан байгаа хийх",
    "uz": "ва билан учун бу деб ҳам бўлган эди бўлиб бир",
    "tg": "ва дар аст ба ки аз барои бо ин он буд шуд",
    "uk": "і в на не що та як це за від у є до він які про",
    "be": "і у на не што з да як гэта за ад ён якія",
    "bg": "на и се да от за е в че са по не като ще към",
    "mk": "на и се да од за е во дека со не како",
    "sr": "и у је да на се за су од са не као",
}

#: The same for Latin script, one model a written form: Kazakh has five (see
#: `transforms.kazakh.latin`). In every name the language stands before the dot.
LATIN_SHARES: dict[str, dict[str, float]] = {
    "kk.umlaut": {
        "y": 72, "ı": 51, "q": 26, "ğ": 15, "ñ": 14, "ş": 13, "ä": 8.5, "ö": 8,
        "ü": 9.5, "ū": 8, "j": 18, "v": 3, "f": 2.5, "h": 3, "z": 13, "i": 40,
        "u": 20,
    },
    "kk.acute": {
        "y": 72, "i": 51, "q": 26, "ǵ": 15, "ń": 14, "á": 8.5, "ó": 8, "ú": 9.5,
        "ý": 20, "ı": 40, "j": 18, "v": 3, "f": 2.5, "h": 16, "z": 13, "u": 8,
    },
    "kk.apostrophe": {
        "y": 92, "i": 90, "q": 26, "'": 100, "j": 18, "v": 3, "f": 2.5, "h": 3,
        "z": 13, "u": 18,
    },
    "kk.wikipedia": {
        "ı": 72, "i": 51, "q": 26, "ğ": 15, "ñ": 14, "ş": 13, "ä": 8.5, "ö": 8,
        "ü": 9.5, "ï": 20, "w": 20, "y": 20, "j": 18, "v": 3, "f": 2.5, "h": 3,
        "z": 13, "u": 8,
    },
    "kk.plain": {
        "y": 72, "i": 85, "q": 26, "h": 35, "zh": 15, "j": 4, "v": 3, "f": 2.5,
        "z": 26, "u": 40, "c": 1,
    },
    "uz": {
        "i": 130, "q": 21, "'": 15, "j": 6, "v": 14, "f": 6.6, "h": 42, "x": 5,
        "c": 11.5, "y": 30, "z": 13, "u": 31, "w": 0.3,
    },
    "tr": {
        "ı": 51, "i": 86, "ş": 18, "ğ": 11, "ç": 12, "ö": 8, "ü": 19, "j": 0.5,
        "v": 10, "f": 5, "c": 10, "h": 12, "y": 33, "z": 15, "u": 32, "w": 0.3,
    },
    "az": {
        "ə": 80, "ı": 40, "i": 85, "q": 12, "x": 7, "ş": 15, "ğ": 4, "ç": 6, "ö": 8,
        "ü": 18, "j": 0.5, "v": 14, "f": 5, "c": 9, "h": 10, "y": 25, "z": 14,
        "u": 25,
    },
    "tk": {
        "y": 60, "i": 60, "ä": 14, "ö": 12, "ü": 20, "ý": 30, "ň": 10, "ş": 13,
        "ç": 11, "ž": 1, "j": 10, "w": 12, "h": 15, "f": 2, "z": 12, "u": 25,
    },
    "en": {
        "i": 70, "c": 28, "h": 61, "w": 24, "v": 10, "f": 22, "x": 1.5, "y": 20,
        "q": 1, "j": 1.5, "z": 0.7, "u": 28, "'": 2,
    },
}  # fmt: skip

#: Small words of each language in Latin script, in every form that is met.
LATIN_WORDS: dict[str, str] = {
    "kk": "jäne jáne ja'ne zhäne jane zhane üşin úshin u's'in üshin ushin dep bul būl "
    "bolyp bolıp boldy boldı bolğan bolǵan bolg'an osy osı jyly jılı zhyly boiynşa "
    "boıynsha boyınşa turaly turalı",
    "en": "the of and to in is that for was with on as by at from are has have it its "
    "this will be an his he they",
    "uz": "va uchun bilan bu ham hamda yoki deb edi qilish mumkin keyin orqali "
    "tomonidan bo'lgan bo'lib o'z",
    "tr": "ve bir bu için ile olarak olan gibi daha çok sonra kadar ise göre",
    "az": "və bir bu üçün ilə olan kimi daha çox sonra qədər isə görə",
}
