"""Who wrote it: the author of the record, or a byline at the text's ends."""

from __future__ import annotations

import polars as pl

from transforms.kazakh.abbreviations import STARTERS

_LABEL = (
    r"(?i)^\s*(?:авторы?|авторлары?|автор мәтіні|мәтін(?:ді)?(?: дайындаған)?"
    r"|дайындаған|жазған|әңгімелескен|сұхбаттасқан|сұхбат(?:ты)? (?:алған|жүргізген)"
    r"|тілші|подготовил[аи]?|беседовал[аи]?|text by|written by|author"
    r"|by)\s*[:–—-]\s*(.{3,90}?)\s*$"
)
#: «Сұхбаттасқан Назгүл ОРЫНБАСАРҚЫЗЫ»: a verb of authorship needs no colon.
_VERB = (
    r"^\s*(?:Әңгімелескен|Сұхбаттасқан|Сұхбат жүргізген|Сұхбатты жүргізген|Дайындаған"
    r"|Жазған|Подготовил[аи]?|Беседовал[аи]?)"
    r"\s+(\p{Lu}[\p{L}.-]+\s\p{Lu}[\p{L}-]+)[.,]?\s*$"
)
#: Shorter capitals are nearly always an abbreviation; these are the commonest
#: surnames of Kazakhstan's Koreans.
_SHORT_SURNAMES = "ЛИ|КИМ|ЦОЙ|ПАК|ТЕН|ХАН|НАМ|ШИН|ЮН|КАН"
_SURNAME = rf"(?:\p{{Lu}}{{4,}}(?:-\p{{Lu}}{{2,}})*|{_SHORT_SURNAMES})"
_FIRST = r"(?:\p{Lu}\p{Ll}+(?:-\p{Lu}?\p{Ll}+)*|\p{Lu}\.(?:\s?\p{Lu}\.)?)"
_CAPITALS = (
    rf"(?:{_FIRST}(?:\s{_FIRST})?\s?{_SURNAME}|\p{{Lu}}{{4,}}\s\p{{Lu}}\p{{Ll}}+)"
)
#: An office follows a comma, a bracket or a dash between spaces: a hyphen joins an
#: ending («АСЕАН-ға»), and a dash with a full stop at the end is a whole sentence.
_CAPITALS_LINE = (
    rf"^\s*[–—-]?\s*({_CAPITALS}(?:,\s+{_CAPITALS})*)"
    r"(?:[,.;]?\s*|\s*[,(]\s*[^.!?]{3,120}\.?|\s+[–—-]\s+[^.!?]{3,120})$"
)
#: Abbreviations of four capitals and more, and words without a vowel, are no surnames.
_NO_SURNAME = (
    r"(?:^|[\s,])(?:ЕАЭО|ЕҚЫҰ|КСРО|СССР|ДДСҰ|НАТО|ЭКСПО|АСЕАН|ЮНЕСКО|ЮНИСЕФ|ОПЕК|МАГАТЭ"
    r"|ЕАЭС|ОБСЕ|БРИКС|ФИФА|УЕФА|БАӘ|ҰҚШҰ|ОДКБ|COVID|NATO|ASEAN|OPEC|BRICS"
    r"|[БВГҒДЖЗЙКҚЛМНҢПРСТФХЦЧШЩҺB-DF-HJ-NP-TV-XZ]+)(?:[\s,-]|$)"
)
#: Words that begin a sentence, and countries, are no first names.
_NO_FIRST_NAME = (
    rf"^(?:{'|'.join(sorted(STARTERS))}|Қазақстан|Қытай|Ресей|Өзбекстан|Қырғызстан"
    r"|Тәжікстан|Түрікменстан|Әзербайжан|Түркия|Иран|Германия|Алмания|Франция|Украина"
    r"|Жапония|Үндістан|Пәкістан|Ауғанстан|Казахстан|Китай|Россия|Узбекистан|Өкмөт"
    r"|Үкімет|Кыргызстан|Еуропада?|Америка)\s"
)
#: The last word of a sentence and not of an office.
_ENDS_AS_SENTENCE = (
    r"\p{Ll}(?:ады|еді|йды|йді|лды|лді|нды|нді|рды|рді|йып|дық|тық|ған|ген|етті|өтті"
    r"|айтты|отыр|жатыр|емес)\.?$"
)
#: A name in ordinary case counts only with a surname's ending, alone on its line.
_PLAIN_LINE = (
    r"^\s*(\p{Lu}\p{Ll}+\s\p{Lu}\p{Ll}+(?:ұлы|қызы|ов|ова|ев|ева|ёв|ин|ина|ин|бай|бек"
    r"|хан|ғали|қали|тай|жан|бекова|баев|баева|ский|ская))[,.]?\s*$"
)

#: Not authors: desks, accounts and the like.
_NOBODY = (
    r"(?i)^(?:admin(?:istrator)?|editor|redaktor|редак(?:ция|тор)\p{L}*|әкімші\p{L}*"
    r"|тілші(?:лер)?|ақпарат\p{L}*|news|баспасөз қызметі|пресс-служба|staff|автор)$"
)


def read_bylines(lines: pl.DataFrame) -> pl.DataFrame:
    """Find the byline of each article.

    Args:
        lines: the first and last lines of articles: ``row``, ``line``, ``line_no``
            (from 0) and ``lines_after`` (0 for the last line).

    Returns:
        One row an article with a byline: ``row``, ``byline`` (the name, as printed).
    """
    short = lines.filter(pl.col("line").str.len_bytes() <= 260)  # noqa: PLR2004 - bytes
    label = pl.coalesce(
        pl.col("line").str.extract(_VERB, 1), pl.col("line").str.extract(_LABEL, 1)
    )
    in_capitals = pl.col("line").str.extract(_CAPITALS_LINE, 1)
    capitals = pl.when(
        ~in_capitals.str.contains(_NO_SURNAME),
        ~in_capitals.str.contains(_NO_FIRST_NAME),
        # «Ал COVID»: a name is in one script.
        ~(
            in_capitals.str.contains(r"\p{Cyrillic}")
            & in_capitals.str.contains(r"\p{Latin}")
        ),
        ~pl.col("line").str.contains(_ENDS_AS_SENTENCE),
    ).then(in_capitals)
    at_end = pl.col("lines_after") < 2  # noqa: PLR2004 - a byline and its office
    plain = pl.when(at_end & (pl.col("line_no") > 1)).then(
        pl.col("line").str.extract(_PLAIN_LINE, 1)
    )
    office = (
        pl.when(at_end & (pl.col("line_no") > 1))
        .then(pl.col("line").str.extract(_WITH_OFFICE, 1))
    )  # fmt: skip
    return (
        short.with_columns(byline=pl.coalesce(label, capitals, plain, office))
        .filter(pl.col("byline").is_not_null())
        .sort(pl.col("byline").ne_missing(label), "lines_after", maintain_order=True)
        .unique("row", keep="first", maintain_order=True)
        .select("row", "byline")
    )


#: «Асан Серікұлы, халықаралық қатынастар сарапшысы».
_WITH_OFFICE = _PLAIN_LINE.replace(
    r"[,.]?\s*$",
    r",\s+\p{Ll}[^.!?]{3,100}(?:сы|сі|шы|ші|ды|ды|ері|ары|тор|ист|лог|ты|ер)\.?$",
)


def clean_author(author: pl.Expr, outlet_names: list[str]) -> pl.Expr:
    """A name in ordinary case, without labels, addresses, desks and outlets.

    Args:
        author: String expression, as the record or the byline has it.
        outlet_names: folded names of outlets; the agency is never the author.

    Returns:
        String expression: «Асан СЕРІКҰЛЫ» as «Асан Серікұлы»; null where nobody.
    """
    bare = (
        author.str.replace(_LABEL, "$1")
        .str.replace(_VERB, "$1")
        .str.replace_all(r"\s*[<(\[]?\S+@\S+[>)\]]?", "")
        .str.replace_all(r"https?://\S+", "")
        .str.replace_all(r"\s+", " ")
        .str.strip_chars(" ,.;:–—-|/")
    )
    # Polars has no callback in replace: each capital word is cut out, and the text
    # put together again from ordinary and lowered pieces.
    has_capitals = bare.str.contains(r"\p{Lu}{2}")
    lowered = (
        bare.str.extract_all(r"\p{Lu}{2,}|\p{Lu}?[^\p{Lu}]+|\p{Lu}")
        .list.eval(
            pl.when(pl.element().str.contains(r"^\p{Lu}{2,}$"))
            .then(pl.element().str.to_titlecase())
            .otherwise(pl.element())
        )
        .list.join("")
    )
    named = pl.when(has_capitals).then(lowered).otherwise(bare)
    folded = named.str.to_lowercase()
    is_somebody = (
        named.str.contains(r"\p{L}{2}")
        & ~named.str.contains(_NOBODY)
        & ~folded.is_in(outlet_names)
        & ~folded.str.contains(r"^[^\s]+\.(?:kz|com|ru|org|net|info|asia)$")
    )
    return pl.when(is_somebody).then(named)
