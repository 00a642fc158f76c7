"""Lines that belong to the web page and not to the article.

One table of patterns over lines in lower case; a line goes only if it is short and
looks wholly like chrome, so that a sentence about Telegram stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from transforms.parse.chrome_boxes import (
    BOX_SIGNS,
    BOX_WORDS,
    BOXES,
    LINK_LISTS,
    SECTION_LINE,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Longer lines are never chrome, in bytes (Kazakh letters take two).
SHORT_LINE_BYTES = 480

_NETWORK = (
    r"(?:facebook|twitter|x|telegram|whatsapp|vk|вконтакте|instagram|youtube|tiktok"
    r"|threads|viber|одноклассники|фейсбук|твиттер|телеграм|ватсап|инстаграм"
    r"|e-?mail|google news|сілтемені көшіру|копировать ссылку|copy link)"
)

#: What the chrome is -> the pattern of its whole line, in lower case.
CHROME: dict[str, str] = {
    "share buttons": rf"(?:(?:достарыңызбен |жаңалықпен )?бөліс(?:у|іңіз|іңіздер)"
    rf"|поделиться|share)(?:\s*[:!])?(?:[\s,|/·•]*{_NETWORK})*[\s.!]*$",
    "networks": rf"{_NETWORK}(?:[\s,|/·•]+{_NETWORK})*[\s.|]*$",
    "read also": r"(?:(?:бұдан бөлек|сондай-ақ|тағы да|тағы|бұл туралы)[\s.,…]*"
    r"оқ(?:ыңыз|ыңыздар|и отырыңыз|ып көріңіз)|оқи отырыңыз(?:дар)?|оқи түсіңіз"
    r"|(?:осы )?тақырып(?:қа|та|пен)? (?:орай|бойынша|қатысты|байланысты)"
    r"|ұқсас (?:жаңалықтар|материалдар|мақалалар)|читайте также|читать также"
    r"|ещ[её] по теме|(?:материалы )?по теме|read also|read more)"
    r"\s*(?:[:–—>-].*|[.…]*)$",
    "subscription": r"(?:[^.]*\b(?:жазылыңыз(?:дар)?|тіркеліңіз(?:дер)?"
    r"|қосылыңыз(?:дар)?|подписывайтесь|подпишитесь|присоединяйтесь|следите за"
    r"|subscribe|follow us)\b"
    r".*(?:telegram|телеграм|whatsapp|google|youtube|instagram|инстаграм|facebook"
    r"|tiktok|канал|арна|парақша|push).*"
    r"|.*(?:telegram|телеграм|whatsapp|google|youtube|instagram|инстаграм|facebook"
    r"|tiktok|канал|арна|парақша|push).*\b(?:жазылыңыз(?:дар)?|жазылып алыңыз"
    r"|оқи аласыз(?:дар)?|біле аласыз(?:дар)?"
    r"|тіркеліңіз(?:дер)?|қосылыңыз(?:дар)?|оқыңыз(?:дар)?|оқып отырыңыз"
    r"|қадағалаңыз(?:дар)?|подписывайтесь|подпишитесь|присоединяйтесь"
    r"|читайте нас)\b[^.]*[.!\s]*)$",
    "mistake": r"(?:(?:мәтіннен |мәтінде |материалдан )?қате(?:ні|лік|лікті)? "
    r"(?:байқадыңыз|таптыңыз|көрдіңіз|тапсаңыз|байқасаңыз|көрсеңіз)"
    r"|(?:нашли|заметили|увидели) (?:ошибку|опечатку)|(?:белгілеп|выделите)\b.*"
    r"(?:ctrl|басыңыз|нажмите)|found a (?:mistake|typo)).*$",
    "rights": r"(?:©|\(c\)|copyright|барлық құқық(?:тар|тары)?\b|все права (?:защищены"
    r"|принадлежат)|(?:көшірмені|көшіріп|материалды|материалдарды|сайт материалдарын"
    r"|мақаланы|ақпаратты)\b.*\b(?:көшір\p{L}*|пайдалан\p{L}*|бас\p{L}*"
    r"|жариялан?\p{L}*)"
    r"\b.*\b(?:сілтеме\p{L}*|рұқсат\p{L}*|тыйым|міндетті|құқығы?)\b|көшірме(?:ні|сі"
    r"|леу)?"
    r"\b.*\b(?:сілтеме\p{L}*|рұқсат\p{L}*|тыйым|болады|құқық\p{L}*)\b"
    r"|при (?:использовании|копировании|перепечатке|цитировании)\b"
    r"|(?:перепечатка|копирование|использование)\b.*\b(?:запрещ|ссылк|только с)).*$",
    "counter": r"(?:(?:қаралым(?:дар)?(?: саны)?|қаралды|көрілім(?:дер)?|оқылды|оқылым"
    r"|пікір(?:лер)?|просмотр(?:ов|ы)?|прочитано|комментари(?:й|и|ев)|views|comments)"
    r"\s*[:(]?\s*[\d\s]*\)?|[\d\s]+(?:рет )?(?:қаралым|қаралды|көрілім|оқылды"
    r"|оқылым|просмотр\p{L}*|пікір|комментари\p{L}*|views|comments)"
    r"|ай бойы келгендер.*|[👁💬❤👍🔥\u{fe0f}\s\d.,k]*[👁💬❤👍🔥]"
    r"[👁💬❤👍🔥\u{fe0f}\s\d.,k]*)$",
    "navigation": r"(?:басты бет|главная|home|артқа|кері қайту|назад|жоғарыға|мәзір"
    r"|меню"
    r"|келесі (?:мақала|жаңалық)|алдыңғы (?:мақала|жаңалық)|соңғы жаңалықтар"
    r"|басты жаңалықтар|таңдаулы жаңалықтар|последние новости|елдің басты жобалары"
    r"|главные проекты страны|жарнама|реклама|advertisement|баспаға шығару"
    r"|басып шығару|версия для печати|print)(?:\s*[>»/|\x{203a}→].*)?[\s.:]*$",
    "comments": r"(?:пікір (?:қалдыру|жазу|қосу)|пікіріңізді (?:қалдырыңыз|жазыңыз)"
    r"|оставить комментарий|добавить комментарий|leave a comment)[\s.:!]*$",
    "languages": r"(?:(?:қазақша|qazaqsha|qazaqşa|русский|english|қаз|рус|eng|kz|ru|en)"
    r"(?:[\s|/·•]+|$)){2,}$",
}

#: Every chrome line holds one of these words: one pass over all lines finds the few
#: that the patterns are then tried on. In lower case; capitalised forms are added.
_TRIGGERS = (
    "бөліс", "поделиться", "share", "facebook", "twitter", "telegram", "whatsapp",
    "вконтакте", "instagram", "youtube", "tiktok", "threads", "viber", "одноклассники",
    "фейсбук", "твиттер", "телеграм", "ватсап", "инстаграм", "e-mail", "email",
    "google",
    "сілтемені көшіру", "копировать ссылку", "copy link", "оқыңыз", "оқи ", "тақырып",
    "ұқсас", "читайте", "читать", "по теме", "read ", "жазылыңыз", "тіркеліңіз",
    "қосылыңыз", "подписывайтесь", "подпишитесь", "присоединяйтесь", "следите",
    "subscribe", "follow us", "қате", "ошибку", "опечатку", "белгілеп", "выделите",
    "found a", "©", "(c)", "copyright", "құқық", "права", "көшір", "материал", "мақала",
    "ақпаратты", "перепечат", "копирован", "использован", "цитирован", "қаралым",
    "қаралды", "көрілім", "оқылды", "оқылым", "пікір", "просмотр", "прочитано",
    "комментари", "views", "comment", "келгендер", "👁", "💬", "❤", "👍", "🔥", "басты ",
    "главн", "home", "артқа", "кері қайту", "назад", "жоғарыға", "мәзір", "меню",
    "келесі ", "алдыңғы ", "соңғы жаңалықтар", "жаңалықтар", "последние", "жарнама",
    "реклама", "advertisement", "баспаға", "басып шығару", "версия", "print", "қазақша",
    "qazaq", "русский", "english",  "кілт", "тегтер",
    "тэгтер", "теги", "тэги", "тег:", "тэг:", "ключевые", "tags", "сурет", "фото",
    "photo", "коллаж", "иллюстрация", "скриншот",
)  # fmt: skip


def _all_cases(words: Iterable[str]) -> list[str]:
    """A search in the line as it stands is faster than one in a lowered copy."""
    forms = (str.lower, str.capitalize, str.upper, str.title)
    return sorted({form(word) for word in words for form in forms})


_ALL_TRIGGERS = _all_cases((*_TRIGGERS, *BOX_SIGNS))
_ALL_BOX_WORDS = _all_cases(BOX_WORDS)

#: How a sentence ends. Teasers end with the last of them, but begin with a date.
_STOPS = (".", "!", "?", ":", ";", "»", '"', "”", "…")
_TEASER = r"^\d{4} жылдың \d.*…$"

_ANY_CHROME = "^[\\s>→•·*-]*(?:" + "|".join((CHROME | BOXES).values()) + ")"

#: Chrome that is glued to the end of a line of the article.
_GLUED = (
    r"(?i)\s+(?:қате таптыңыз ба|қатені байқадыңыз ба|нашли ошибку|басты сөздер\s*:"
    r"|кілт сөздер\s*:|ключевые слова\s*:|(?:теги|тегтер)\s*:).*$"
)

#: A line of keywords; the group holds them, separated by commas.
_KEYWORDS = (
    r"(?i)^(?:басты сөздер|кілт сөздер|кілтсөздер|тегтер|тэгтер|теги|тэги|тег|тэг"
    r"|ключевые слова|tags)\s*:\s*(.+?)"
    r"(?:\s+(?:қате таптыңыз|нашли ошибку).*|поделиться.*)?$"
)
_GLUED_KEYWORDS = (
    r"(?i)\s(?:басты сөздер|кілт сөздер|ключевые слова|теги|тегтер)\s*:\s*(.+?)"
    r"(?:\s+(?:қате таптыңыз|нашли ошибку).*|поделиться.*)?$"
)

#: «Сурет: gov.kz», «Фото © …», «Сурет gov.kz сайтынан алынды»; groups: the credit.
_PHOTO_LABELLED = (
    r"(?i)^[\[(]?\s*(?:©\s*)?(?:негізгі |басты )?(?:сурет(?:тер)?(?:і)?"
    r"|фото(?:сурет|сы|лар|графия)?|photo|коллаж|иллюстрация|скриншот)"
    r"(?:\s+(?:авторы|көзі|автор|by|credit))?\s*(?::\s*©?|©\s*:?|[–—-]\s|\|)\s*"
    r"(\S.{0,110}?)\s*[\])]?[.\s]*$"
)
_PHOTO_FROM = (
    r"(?i)^[\[(]?\s*(?:сурет(?:тер)?|фото(?:сурет)?)\s+(\S.{0,80}?\s"
    r"(?:сайтынан|мұрағатынан|архивінен|парақшасынан|баспасөз қызметінен)"
    r"|ашық дереккөз\p{L}*)(?:\s+алын\p{L}+)?\s*[\])]?[.\s]*$"
)
_PHOTO_NAME = r"^Фото\s+(\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+)?)\.?$"

#: The bare heading over a list of links, after which link titles follow.
_LINKS_HEADING = (
    r"^(?:тағы оқыңыз(?:дар)?|сондай-ақ[\s.,…]*оқыңыз(?:дар)?|оқи отырыңыз(?:дар)?"
    r"|ұқсас (?:жаңалықтар|материалдар|мақалалар)|(?:осы )?тақырып(?:қа|та) "
    r"(?:орай|қатысты|байланысты)|читайте также|ещ[её] по теме|(?:материалы )?по теме"
    rf"|read also|read more|{LINK_LISTS})\s*[:.…]*$"
)

#: So many names of sections on lines in a row are a menu.
_MENU_LINES = 3


def mark_chrome(lines: pl.DataFrame) -> pl.DataFrame:
    """Tell the lines of the page from the lines of the article.

    Args:
        lines: ``line`` (String), ``row`` (the article), in the order of the text.

    Returns:
        The same rows in the same order with ``line`` rid of glued chrome,
        ``is_chrome`` (to be dropped; photo credits and keywords among them),
        ``photo_credit`` and ``keywords`` (String, null on other lines).
    """
    lines = lines.with_row_index("line_id")
    short = (
        lines.lazy()
        .filter(pl.col("line").str.len_bytes() <= SHORT_LINE_BYTES)
        .filter(_may_be_chrome())
        .with_columns(lower=pl.col("line").str.to_lowercase())
        .with_columns(
            is_chrome=pl.col("lower").str.contains(_ANY_CHROME),
            photo_credit=pl.coalesce(
                pl.col("line").str.extract(pattern, 1)
                for pattern in (_PHOTO_LABELLED, _PHOTO_FROM, _PHOTO_NAME)
            ),
            own_keywords=pl.col("line").str.extract(_KEYWORDS, 1),
            glued_keywords=pl.col("line").str.extract(_GLUED_KEYWORDS, 1),
            cut=pl.col("line").str.replace(_GLUED, ""),
            is_heading=pl.col("lower").str.contains(_LINKS_HEADING),
            is_section=pl.col("lower").str.contains(SECTION_LINE),
        )
        .filter(
            pl.col("is_chrome")
            | pl.col("is_heading")
            | pl.col("is_section")
            | pl.col("photo_credit").is_not_null()
            | pl.col("own_keywords").is_not_null()
            | (pl.col("cut") != pl.col("line"))
        )
        .select(
            "line_id",
            "cut",
            "photo_credit",
            "is_heading",
            "is_section",
            keywords=pl.coalesce("own_keywords", "glued_keywords"),
            is_chrome=pl.col("is_chrome")
            | pl.col("is_heading")
            | pl.col("photo_credit").is_not_null()
            | pl.col("own_keywords").is_not_null(),
        )
        .collect()
    )
    return (
        lines.join(short, on="line_id", how="left", maintain_order="left")
        .with_columns(
            line=pl.coalesce("cut", "line"),
            is_chrome=pl.col("is_chrome").fill_null(value=False),
            is_heading=pl.col("is_heading").fill_null(value=False),
            is_section=pl.col("is_section").fill_null(value=False),
        )
        .drop("cut", "line_id")
        .pipe(_mark_menus)
        .pipe(_mark_link_lists)
    )


def _may_be_chrome() -> pl.Expr:
    """The few lines that are worth trying the patterns on."""
    line = pl.col("line")
    last = line.str.tail(1)
    return (
        line.str.contains_any(_ALL_TRIGGERS)
        | (~last.is_in(_STOPS) & line.str.contains_any(_ALL_BOX_WORDS))
        | ((last == "…") & line.str.contains(_TEASER))
    )


def _mark_menus(lines: pl.DataFrame) -> pl.DataFrame:
    """Mark names of sections that stand on lines of their own, one under the other."""
    if not lines["is_section"].any():
        return lines.drop("is_section")
    run = pl.struct("row", "is_section").rle_id()
    return lines.with_columns(
        is_chrome=pl.col("is_chrome")
        | (pl.col("is_section") & (pl.len().over(run) >= _MENU_LINES))
    ).drop("is_section")


def _mark_link_lists(lines: pl.DataFrame) -> pl.DataFrame:
    """Mark the link titles that stand under a bare «read also» heading.

    The first one always, the others where nothing but such titles follows to the
    article's end: a sentence ends with a stop, a link title does not.
    """
    if not lines["is_heading"].any():
        return lines.drop("is_heading")
    is_sentence = ~pl.col("is_chrome") & (
        pl.col("line").str.contains(r"[.!?…:;»\"”]$")
        | (pl.col("line").str.len_bytes() > SHORT_LINE_BYTES)
    )
    return (
        lines.with_columns(is_sentence=is_sentence)
        .with_columns(
            under_heading=pl.col("is_heading").cum_max().over("row"),
            before_sentence=pl.col("is_sentence").cum_max(reverse=True).over("row"),
            is_first_title=pl.col("is_heading").shift(1, fill_value=False).over("row")
            & ~pl.col("is_sentence"),
        )
        .with_columns(
            is_chrome=pl.col("is_chrome")
            | pl.col("is_first_title")
            | (pl.col("under_heading") & ~pl.col("before_sentence"))
        )
        .drop(
            "is_heading",
            "is_sentence",
            "under_heading",
            "before_sentence",
            "is_first_title",
        )
    )
