"""The agency dateline: «ТОКИО. KAZINFORM – », «АСТАНА. 8 қазан. ҚазАқпарат - »."""

from __future__ import annotations

from typing import Any

import polars as pl

from transforms.kazakh.calendar import month_number

#: A place in capitals inside a line: «АСТАНА.», «НЬЮ-ЙОРК.», «АСТАНА -ТАРАЗ.»
INLINE_PLACE = r"\p{Lu}[\p{Lu}’'-]{2,}(?:\s?[–-]\s?\p{Lu}{3,})*\s*\."

#: Agencies that datelines name, beside the register: those outside Kazakhstan.
_FOREIGN = (
    r"Интерфакс(?:-Қазақстан|-Казахстан)?|Синьхуа|Спутник|Рейтер|Анадолы|Анадолу|Тренд"
)
_DASH = r"[–—―−‒-]"
_DATE = (
    r"(?:\d{4}\s*(?:жылғы|жылдың|ж\.)?\s*)?(?P<day>\d{1,2})[\s-]+(?P<month>\p{L}{3,14})"
    r"(?:\s+(?P<year>\d{4})(?:\s*(?:жыл|ж|г|года)\.?)?)?"
)
_PLACE = (
    r"(?P<place>\p{Lu}[\p{L}’'-]*(?:(?:\s?[–-]\s?|/|\s)\p{Lu}[\p{L}’'-]*){0,2})"
    r"(?:\s*\([^)]{2,20}\)|,\s*\p{Lu}{2,})?"
)

#: How a line with a dateline begins: capitals, or a stop right after a name.
_MAY_BEGIN = (
    r"^\s*(?:\p{Lu}{2}|\p{Lu}[\p{L}’'-]+(?:[ -]\p{Lu}[\p{L}’'-]+){0,2}\s?[.,/(])"
)
_FOUND: dict[str, Any] = dict.fromkeys(
    (
        "dateline_place",
        "dateline_agency",
        "dateline_date",
        "dateline_line",
        "dateline_rest",
    ),
    pl.String,
)

#: What a place is: written small after its name.
_KINDS_OF_PLACE = (
    "облысы", "ауданы", "қаласы", "ауылы", "ауылдық", "округі", "кенті", "область",
    "район",
)  # fmt: skip


def agency_pattern(agencies: str) -> str:
    """Pattern of an agency's name: a registered one, or one shaped like a name.

    Args:
        agencies: alternation of registered names (`outlets.Register.pattern`).

    Returns:
        A pattern without groups of its own. «ҚазАқпарат», «KAZINFORM», «BAQ.KZ» and
        «ТАСС» are shaped like names of agencies; «Бүгін» is not.
    """
    return (
        rf"(?:[/(«]?(?:(?i:{agencies})|{_FOREIGN}"
        r"|\p{L}[\p{L}\d.-]*\p{Ll}\p{Lu}[\p{L}\d.]*|\p{Lu}{3,}\d*(?:[.-][\p{Lu}]{2,})*"
        r"|[A-Z][A-Za-z]+(?:\.[a-z]{2,3})?)"
        r"(?:\s(?:агенттігі|ХАА|халықаралық агенттігі|корр?\.))?[/)»]?)"
    )


def read_datelines(lines: pl.DataFrame, agencies: str) -> pl.DataFrame:
    """Read the first dateline among the first lines of each article.

    A dateline needs an agency or a date after its place: a place and a dash alone
    also begin ordinary sentences («БҰҰ – халықаралық ұйым»).

    Args:
        lines: first lines of articles: ``row``, ``line``; in the order of the text.
        agencies: alternation of registered names (`outlets.Register.pattern`).

    Returns:
        One row an article with a dateline: ``row``; ``dateline_place`` (nominative,
        in ordinary case); ``dateline_agency`` and ``dateline_date`` (String, null
        where not printed); ``dateline_line`` (the line) and ``dateline_rest`` (the
        sentence after it).
    """
    agency = agency_pattern(agencies)
    known = rf"(?:[/(«]?(?:(?i:{agencies})|{_FOREIGN})[/)»]?)"
    with_agency = (
        rf"^\s*{_PLACE}(?P<stop>\s*[.,]\s*[/(]?|\s*[/(]|\s+)(?:{_DATE}\s*[.,]?\s*)?"
        rf"(?P<agency>{agency})\s*[.:]?\s*{_DASH}+\s+(?P<rest>.*)$"
    )
    with_known = (
        rf"^\s*{_PLACE}\s*(?P<stop>[.,])\s*(?:{_DATE}\s*[.,]?\s*)?(?P<agency>{known})"
        r"\s*[.:]\s+(?P<rest>.+)$"
    )
    with_date = (
        rf"^\s*{_PLACE}\s*(?P<stop>[.,])\s*{_DATE}\s*[.,]?\s*{_DASH}+\s+"
        rf"(?:(?P<agency>{agency})\s*[.:]\s*)?(?P<rest>.*)$"
    )
    names = ("place", "stop", "agency", "day", "month", "year", "rest")
    groups = [
        pl.col("line").str.extract_groups(pattern).struct
        for pattern in (with_agency, with_known, with_date)
    ]
    # Cheap first: capitals, or a stop right after the place.
    lines = lines.filter(pl.col("line").str.contains(_MAY_BEGIN))
    if lines.is_empty():  # and so are the patterns' hundreds of names not compiled
        return pl.DataFrame(schema={"row": lines.schema["row"], **_FOUND})
    return (
        lines.with_columns(
            pl.coalesce(group.field(name) for group in groups).alias(name)
            for name in names
        )
        .filter(
            pl.col("place").is_not_null(),
            pl.col("month").is_null() | month_number(pl.col("month")).is_not_null(),
            # In ordinary case only a separator tells «Токио. KAZINFORM –» from the
            # name of a newspaper: «Astana Times – газет».
            ~pl.col("place").str.contains(r"\p{Ll}")
            | pl.col("stop").str.contains(r"[.,/(]"),
        )
        .unique("row", keep="first", maintain_order=True)
        .select(
            "row",
            dateline_place=_ordinary_case(pl.col("place")),
            dateline_agency=pl.col("agency").str.strip_chars("/()«» "),
            dateline_date=pl.concat_str(
                pl.col("day"), pl.col("month"), pl.col("year"), separator=" ",
                ignore_nulls=True,
            ).replace("", None),
            dateline_line=pl.col("line"),
            dateline_rest=pl.col("rest").str.strip_chars(),
        )
    )  # fmt: skip


def _ordinary_case(place: pl.Expr) -> pl.Expr:
    """«НЬЮ-ЙОРК» as «Нью-Йорк», «АБАЙ ОБЛЫСЫ» as «Абай облысы»."""
    tidy = place.str.replace_all(r"\s*[–-]\s*", "-").str.strip_chars()
    titled = tidy.str.to_titlecase()
    for word in ("На", "Де", "Ла", "Дель", "Эль", "Ле"):
        # The first word keeps its capital: «Ла-Пас», «Эль-Кувейт».
        titled = titled.str.replace_all(rf"(\p{{L}})-{word}-", f"$1-{word.lower()}-")
    for kind in _KINDS_OF_PLACE:
        titled = titled.str.replace_all(rf" {kind.title()}( |$)", f" {kind}$1")
    return pl.when(tidy.str.contains(r"\p{Ll}")).then(tidy).otherwise(titled)
