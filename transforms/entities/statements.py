"""Pair office phrases with the persons that they stand beside."""

from __future__ import annotations

import polars as pl

#: How sure each way of saying is, chosen on sentences of our own.
_SURE = {"before": 0.95, "after": 0.85, "appointment": 0.85}
#: An office noun beside the name where no position was recognised.
_UNRECOGNISED = 0.9
#: An appointment's verb stands no farther from «болып» than this, the name no farther
#: from the office, in words.
_NEAR_VERB, _NEAR_NAME = 6, 16

_DASHES = ["–", "—", "-", "―"]
_APPOINTED = "(?i)^(?:тағайындал|сайлан|бекітіл)(?:ды|ған|ған[ыі]н?|ып|ді|ген|іп)$"
_APPOINTS = "(?i)^(?:тағайында|сайла|бекіт)(?:ды|ған|ты|ті|п)$"
_AS = "(?i)^(?:болып|етіп|қызметіне|лауазымына)$"


def find_statements(
    placed: pl.DataFrame, phrases: pl.DataFrame, numbered: pl.DataFrame
) -> pl.DataFrame:
    """Pair office phrases with the persons that they stand beside.

    Args:
        placed: mentions, see `place_mentions`.
        phrases: see `find_phrases`.
        numbered: see `number_words`.

    Returns:
        One row a pair: the phrase's columns, the person's ``entity_id``, ``name``,
        ``person_n`` and ``person_to_n`` (words), ``sentence_no``, ``start_char``,
        ``end_char``, ``confidence`` and ``method``.
    """
    persons = (
        placed.filter(
            (pl.col("entity_type") == "person") & pl.col("entity_id").is_not_null()
        )
        .select(
            "entity_id",
            "name",
            person_n="from_n",
            person_to_n="to_n",
            person_confidence="confidence",
            is_nominative=_is_nominative(),
        )
        .rename({"is_nominative": "is_person_nominative"})
    )
    around = _around(phrases, numbered)
    nominative = around.filter(pl.col("is_nominative"))
    before = _before(nominative, persons, numbered)
    pairs = [before, _after(nominative, persons, numbered)]
    into_office = around.filter(
        pl.col("next_form").str.contains(_AS) & ~pl.col("is_last") & pl.col("is_one")
    )
    if into_office.height:
        appointed = _appointments(into_office, persons, numbered)
        # «Президент Х-ты министр етіп тағайындады»: the first office is another
        # person's.
        objects = appointed.filter("is_active").select("person_n").unique()
        pairs[0] = before.join(objects, on="person_n", how="anti")
        pairs.append(appointed)
    found = pl.concat(pairs, how="diagonal_relaxed")
    first = pl.min_horizontal("from_n", "person_n")
    last = pl.max_horizontal("to_n", "person_to_n")
    sure = pl.col("method").replace_strict(_SURE, return_dtype=pl.Float64)
    starts, ends = numbered["start_char"], numbered["end_char"]
    found = found.with_columns(first=first, last=last)
    return (
        found.with_columns(
            starts.gather(found["first"]).alias("start_char"),
            ends.gather(found["last"]).alias("end_char"),
            numbered["sentence_no"].gather(found["first"]).alias("sentence_no"),
            confidence=sure
            * pl.col("person_confidence")
            * pl.col("span_confidence").fill_null(_UNRECOGNISED),
        )
        .drop("first", "last")
        .sort("to_n", "person_n", "method")
    )


def _is_nominative() -> pl.Expr:
    """Whether a name stands in the nominative: its last word is one of the name."""
    last = pl.col("form").str.split(" ").list.last().str.split(".").list.last()
    return (
        pl.col("name")
        .str.to_lowercase()
        .str.split(" ")
        .list.contains(last.str.to_lowercase())
    )


def _around(phrases: pl.DataFrame, numbered: pl.DataFrame) -> pl.DataFrame:
    """Add the words after each phrase and where the sentence ends."""
    to_n = phrases["to_n"]
    following = to_n + 1
    following = following.set(following >= numbered.height, None)
    return phrases.with_columns(
        begin=numbered["begin"].gather(to_n),
        next_form=numbered["form"].gather(following),
        next_begin=numbered["begin"].gather(following),
    ).with_columns(is_last=pl.col("next_begin").ne_missing(pl.col("begin")))


def _before(
    phrases: pl.DataFrame, persons: pl.DataFrame, numbered: pl.DataFrame
) -> pl.DataFrame:
    """Pair an office with the name right after it, a dash between them or not."""
    dashed = pl.col("next_form").is_in(_DASHES) & ~pl.col("is_last")
    beside = (
        phrases.with_columns(person_n=pl.col("to_n") + 1 + dashed.cast(pl.Int64))
        .filter(~pl.col("is_last"))
        .join(persons, on="person_n")
    )
    # A sentence may end with the dash.
    beside = beside.filter(
        numbered["begin"].gather(beside["person_n"]) == beside["begin"]
    )
    chained = _chained(phrases, beside)
    further = _chained(phrases, chained)
    # «Сауд Арабиясының Тақ мұрагері, Премьер-министрі …»: one country for both.
    country = chained.select(
        from_n=pl.col("to_n") + 2, earlier_country="phrase_country"
    )
    beside = (
        beside.join(country, on="from_n", how="left", maintain_order="left")
        .with_columns(phrase_country=pl.coalesce("phrase_country", "earlier_country"))
        .drop("earlier_country")
    )
    return pl.concat([beside, chained, further]).with_columns(method=pl.lit("before"))


def _chained(phrases: pl.DataFrame, later: pl.DataFrame) -> pl.DataFrame:
    """Pair the office before another one of the same person: «министр – төраға …»."""
    people = later.select(
        "person_n",
        "entity_id",
        "name",
        "person_to_n",
        "person_confidence",
        "is_person_nominative",
        later_n="from_n",
        later_span="span_n",
        later_begin="begin",
    )
    listed = (pl.col("next_form") == ",") & (
        (pl.col("head") == "орынбасар") | (pl.col("to_n") >= pl.col("later_span"))
    )
    return (
        phrases.filter(~pl.col("is_last"))
        .with_columns(later_n=pl.col("to_n") + 2)
        .join(people, on="later_n")
        .filter(pl.col("later_begin") == pl.col("begin"))
        .filter(pl.col("next_form").is_in(_DASHES) | listed.fill_null(value=False))
        .select(later.columns)
    )


def _after(
    phrases: pl.DataFrame, persons: pl.DataFrame, numbered: pl.DataFrame
) -> pl.DataFrame:
    """Pair an office with the name before it and a comma, a dash or a bracket."""
    ended = pl.col("is_last") | pl.col("next_form").is_in(
        [",", ".", ";", ":", ")", "!"]
    )
    return (
        phrases.filter(ended | pl.col("next_form").is_in(_DASHES))
        .with_columns(person_to_n=pl.col("from_n") - 2)
        .join(persons.filter("is_person_nominative"), on="person_to_n", how="inner")
        .join(numbered.select(from_n=pl.col("n") + 1, divider="form"), on="from_n")
        .filter(
            (pl.col("person_n") >= pl.col("begin"))
            & pl.col("divider").is_in([*_DASHES, ",", "("])
        )
        .with_columns(method=pl.lit("after"))
    )


def _appointments(
    into_office: pl.DataFrame, persons: pl.DataFrame, numbered: pl.DataFrame
) -> pl.DataFrame:
    """Pair an office with the person who is appointed or elected to it."""
    form = pl.col("form")
    verbs = (
        numbered.select("form", "begin", verb_n="n")
        .join(into_office, on="begin", how="semi", maintain_order="left")
        .select(
            "verb_n",
            is_active=form.str.contains(_APPOINTS),
            is_verb=form.str.contains(_APPOINTED) | form.str.contains(_APPOINTS),
        )
        .filter("is_verb")
    )
    offices = (
        into_office.with_columns(verb_from=pl.col("to_n") + 2)
        .sort("verb_from")
        .join_asof(verbs, left_on="verb_from", right_on="verb_n", strategy="forward")
        .filter(pl.col("verb_n") - pl.col("to_n") <= _NEAR_VERB)
        .join(numbered.select(verb_n="n", verb_begin="begin"), on="verb_n")
        .filter(pl.col("verb_begin") == pl.col("begin"))
    )
    found = [
        _nearest(offices.filter(pl.col("is_active") == active), people)
        for active, people in (
            (False, persons.filter("is_person_nominative")),
            (True, persons.filter(~pl.col("is_person_nominative"))),
        )
    ]
    return pl.concat(found).with_columns(method=pl.lit("appointment"))


def _nearest(offices: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """Find the person between the office and its verb, else the last one before."""
    people = persons.with_columns(ends=pl.col("person_to_n")).sort("ends")
    between = (
        offices.sort("verb_n")
        .join_asof(people, left_on="verb_n", right_on="ends")
        .filter(pl.col("person_n") > pl.col("to_n"))
    )
    before = (
        offices.join(between, on="to_n", how="anti")
        .sort("from_n")
        .join_asof(people, left_on="from_n", right_on="ends")
        .filter(
            (pl.col("person_n") >= pl.col("begin"))
            & (pl.col("from_n") - pl.col("person_to_n") <= _NEAR_NAME)
        )
    )
    return pl.concat([between, before]).drop("ends")
