"""Whether what happens on a date is past or to come, as the verb after it says.

Kazakh puts the verb at the end: of the words after a date the first verb tells, be it
finite («9 қазанда өтті») or a participle («9 қазанда өтетін форум»). Reported speech
needs no rule of its own, since the verb of what is reported stands before that of the
report. Plans are to come, whatever their form («9 қазанға жоспарланған»).
"""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from transforms.kazakh.analyses import analyses
from transforms.kazakh.lemmas import lemmatise

#: Words that are kept read; verbs come again in every batch.
_KEPT_WORDS = 100_000
#: Words after the date that are looked at.
_REACH = 20
#: Endings of words that may be verbs; which are is told by the lemmatiser.
_MAY_BE_VERB = (
    r"(?:[дт][ыі](?:м|қ|к|ң|ңыз|ңіз)?|(?:[ғқ]ан|[гк]ен)(?:\p{L}{0,6})"
    r"|[тй][ыі]н(?:\p{L}{0,6})|[мбп][ае][қк]|[аейи][мб][ыі]з|[аейи]м[ыі]н)$"
)
_PLANNED = r"^(?:жоспарлан|көздел|күтіл|белгілен|жоспарлап)"
#: The verbs of reports in the present: «дейді министр» tells nothing.
_REPORTING = r"^(?:де|айт|хабарла|жаз|жеткіз)(?:йді|еді|ады|йды)$"
#: A participle before a noun tells of the date only if it is near: «9 қазанда өткен
#: форум», but not «9 қазаннан бастап бұрын енгізілген ереже күшін жояды».
_PARTICIPLE = r"(?:[ғқ]ан|[гк]ен|[тй][ыі]н)$"
_NEAR = 3
_CLOSES = r"^[\p{P}]$|^(?:болатын|еді|екен|жоқ|емес)$"
#: Participles that have become other words: «арналған» is "for", «қараған түні».
_FROZEN = (
    "болатын",
    "қараған",
    "арналған",
    "деген",
    "аталған",
    "сүйенген",
    "екен",
    "екенін",
    "екендігін",
)
#: Of a date in these cases the verb does not speak: «18 қарашаға белгіленді» and
#: «18 қарашадағы бағам белгілі болды» are said before the day. Plans still tell.
_OTHER_CASES = r"(?:[дт]ағы|[дт]егі|[ғқ]а|[гк]е|[нд][ыі]|[тд][ыі]ң|н[ыі]ң)$"
_PAST = ("ды", "ді", "ты", "ті")
_FINITE = {"unknown": None, "planned": "future", "past if last": "past"}
#: Tenses that may be sure.
SURE = ("past", "future")
#: Suffix, as `transforms.kazakh.lemmas` names it -> tense.
_TENSES = {
    "past": "past",
    "past.part": "past",
    "pres": "future",
    "hab.part": "habitual",
    "goal": "future",
}


def tense_after(words: pl.DataFrame, dates: pl.DataFrame) -> pl.Series:
    """Find the tense of the verb after each date.

    Args:
        words: ``row_id``, ``in_title``, ``sentence_no`` and ``form``.
        dates: ``after`` (UInt32): the row of ``words`` that follows the date.

    Returns:
        ``past``, ``future``, ``habitual`` (to come, or again and again: «өтетін») or
        null, a value a date; ``surely past`` or ``surely future`` where the clause ends
        right after the date with such a verb. Nothing beyond the sentence is looked at.
    """
    numbered = dates.select("after").with_row_index("date")
    sentence = words.select("row_id", "in_title", "sentence_no")
    place = pl.col("after").cast(pl.Int64)
    near = (
        numbered.with_columns(at=pl.int_ranges(place, place + _REACH))
        .explode("at")
        .filter(pl.col("at") < words.height)
    )
    near = near.filter(_same(sentence, near["at"], near["after"] - 1))
    beyond = (near["at"] + 1).clip(upper_bound=words.height - 1)
    goes_on = _same(sentence, beyond, near["at"]) & (beyond > near["at"])
    form = words["form"]
    near = near.with_columns(
        form=form.gather(near["at"]).str.to_lowercase(),
        following=pl.select(pl.when(goes_on).then(form.gather(beyond))).to_series(),
        own=form.gather(near["after"] - 1),
    )
    is_near = pl.col("at") - place < _NEAR
    is_loose = pl.col("form").str.contains(_PARTICIPLE)
    closes = pl.col("following").str.contains(_CLOSES).fill_null(value=True)
    is_plan = pl.col("tense") == "planned"
    first = (
        near.join(_verbs(near["form"]), on="form", how="inner", maintain_order="left")
        .filter(
            is_plan
            | (pl.col("own") == "күні")
            | ~pl.col("own").str.contains(_OTHER_CASES),
            is_plan | ~is_loose | is_near | closes,
            (pl.col("tense") != "past if last") | closes,
        )
        .group_by("date", maintain_order=True)
        .agg(
            pl.col("tense").first().replace(_FINITE),
            is_sure=(is_near & ~is_loose & closes).first(),
        )
        .select(
            "date",
            tense=pl.when(pl.col("is_sure") & pl.col("tense").is_in(SURE))
            .then("surely " + pl.col("tense"))
            .otherwise("tense"),
        )
    )
    told = numbered.join(first, on="date", how="left", maintain_order="left")
    return told["tense"]


def _same(sentence: pl.DataFrame, these: pl.Series, those: pl.Series) -> pl.Series:
    """Whether words stand in the same sentences as others."""
    pairs = [
        column.gather(these).eq_missing(column.gather(those)) for column in sentence
    ]
    return pairs[0] & pairs[1] & pairs[2]


def _verbs(forms: pl.Series) -> pl.DataFrame:
    """Of these words the verbs, with their tense: form, tense."""
    form = pl.col("form")
    distinct = forms.unique(maintain_order=True).to_frame("form")
    planned = distinct.filter(form.str.contains(_PLANNED))
    reporting = distinct.filter(form.str.contains(_REPORTING))
    open_ = distinct.filter(
        form.str.contains(_MAY_BE_VERB),
        ~form.str.contains(f"{_PLANNED}|{_REPORTING}"),
        ~form.is_in(_FROZEN),
        form.str.len_chars() < 30,  # noqa: PLR2004 - longer words are no verbs
    )
    suffixes = lemmatise(open_["form"])["suffixes"]
    tense = suffixes.list.eval(
        pl.element().replace_strict(_TENSES, default=None, return_dtype=pl.String)
    ).list.drop_nulls()
    # «алды» is more often "its front" than "took", but not at the end of a clause.
    is_perhaps = pl.Series(
        [word.endswith(_PAST) and _may_be_past(word) for word in open_["form"]],
        dtype=pl.Boolean,
    )
    read = open_.with_columns(
        tense=pl.when(is_perhaps & tense.list.first().is_null())
        .then(pl.lit("past if last"))
        .otherwise(tense.list.first())
    ).drop_nulls("tense")
    return pl.concat(
        [
            planned.with_columns(tense=pl.lit("planned")),
            reporting.with_columns(tense=pl.lit("unknown")),
            # «24 ақпаннан бері».
            distinct.filter(form == "бері").with_columns(tense=pl.lit("past")),
            read,
        ]
    )


@lru_cache(_KEPT_WORDS)
def _may_be_past(word: str) -> bool:
    return any(
        reading.is_verb and reading.suffixes == ("past",) for reading in analyses(word)
    )
