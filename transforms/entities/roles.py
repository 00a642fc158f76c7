"""Find who holds which office, as articles state it.

Three ways of saying so are read: the office before the name («Түркия Президенті Режеп
Тайып Ердоған»), after it («Асқар Жұмағалиев – премьер-министрдің орынбасары»), and
appointments («министр болып тағайындалды»). Former holders, candidates and the
dismissed hold nothing. «Мемлекет басшысы» and «Үкімет басшысы» point at a holder and
are no statement of an office.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from transforms.entities.statements import find_statements

if TYPE_CHECKING:
    from transforms.entities.phrases import Reading

_DISMISSED = "(?i)^(?:босат(?:ыл)?(?:ды|ған|ты)|кетті|кеткен|алынды|алып|шеттетілді)"
_FROM_POST = "(?i)^(?:қызметінен|лауазымынан|қызметтен|отставкаға)$"
_YEAR = "^(?:19|20)[0-9]{2}$"

COLUMNS = (
    "row_id", "entity_id", "name", "role", "country_code", "organisation_id",
    "organisation", "is_single", "in_title", "sentence_no", "start_char", "end_char",
    "confidence", "method",
)  # fmt: skip


def find_roles(
    reading: Reading,
    articles: pl.DataFrame,
    *,
    offices: pl.DataFrame | None = None,
    person_ids: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Find the statements that a person holds an office.

    Args:
        reading: what `read_phrases` gave for the articles' mentions: persons,
            organisations and countries with their ``entity_id`` and ``name``, and
            ``country_code`` only on mentions of countries (and, where known, of
            organisations), never on those of towns.
        articles: ``row_id`` and ``published_date`` (an appointment in an earlier year
            is no statement of today).
        offices: the reference table. With it, and with ``person_ids`` (``name``,
            ``entity_id``), «Премьер-министр Олжас Бектенов» gets the country for which
            the table has him in this office.
        person_ids: see there.

    Returns:
        One row a statement, in order of place: the columns of `COLUMNS`. ``role`` is
        the office in the nominative, without country and organisation where these
        stand apart, with a capital first letter only; for mayors the place stays in it
        («Алматы қаласының әкімі»). ``is_single``: one holder at a time, of something
        that the statement tells. ``start_char`` and ``end_char`` reach over the office
        and the name. ``method`` is before, after or appointment.
    """
    numbered, placed, phrases = reading
    found = find_statements(placed, phrases, numbered)
    stated = found.filter(
        ~pl.col("is_former") & ~pl.col("is_reference") & pl.col("role").is_not_null()
    )
    stated = _still_true(stated, placed, numbered, articles)
    stated = _with_organisation(stated, placed)
    stated = _with_known_country(stated, offices, person_ids)
    return (
        stated.sort("from_n", "to_n", "person_n")
        .unique(["entity_id", "to_n"], keep="first", maintain_order=True)
        .select(COLUMNS)
    )


def _still_true(
    stated: pl.DataFrame,
    placed: pl.DataFrame,
    numbered: pl.DataFrame,
    articles: pl.DataFrame,
) -> pl.DataFrame:
    """Leave out whom the sentence dismisses, and appointments of earlier years."""
    form = pl.col("form")
    posts = numbered.filter(form.str.contains(_FROM_POST))
    after = [
        numbered["form"].gather(
            (posts["n"] + step).clip(upper_bound=numbered.height - 1)
        )
        for step in _NEAR
    ]
    leaves = pl.any_horizontal(word.str.contains(_DISMISSED) for word in after)
    persons = placed.filter(
        (pl.col("entity_type") == "person")
        & ~pl.col("form").str.contains("[нтд][ыі]ң$")
    ).select("entity_id", "to_n")
    gone = (
        posts.filter(leaves)
        .select("n", "begin")
        .join_asof(persons.sort("to_n"), left_on="n", right_on="to_n")
        .filter(pl.col("to_n") >= pl.col("begin"))
        .select("begin", "entity_id")
        .unique()
    )
    appointments = stated.filter(pl.col("method") == "appointment").select("begin")
    years = (
        numbered.join(appointments.unique(), on="begin", how="semi")
        .filter(form.str.contains(_YEAR))
        .group_by("begin")
        .agg(year=form.cast(pl.Int32).min())
    )
    published = articles.select("row_id", now=pl.col("published_date").dt.year())
    is_past = (pl.col("method") == "appointment") & (
        pl.col("year") < pl.col("now").fill_null(_FAR)
    )
    return (
        stated.join(gone, on=["begin", "entity_id"], how="anti")
        .join(years, on="begin", how="left")
        .join(published, on="row_id", how="left")
        .filter(~is_past.fill_null(value=False))
    )


_FAR = 9999
#: Words after «қызметінен» among which «босатылды» may be.
_NEAR = (1, 2, 3)


def _with_organisation(stated: pl.DataFrame, placed: pl.DataFrame) -> pl.DataFrame:
    organisations = (
        placed.filter(entity_type="organisation")
        .sort("from_n", pl.col("to_n") * -1)
        .unique("from_n", keep="first")
        .select(
            organisation_n="from_n",
            organisation_id="entity_id",
            organisation="name",
            organisation_country="country_code",
        )
    )
    return stated.join(organisations, on="organisation_n", how="left").with_columns(
        country_code=pl.coalesce("phrase_country", "organisation_country")
    )


def _with_known_country(
    stated: pl.DataFrame,
    offices: pl.DataFrame | None,
    person_ids: pl.DataFrame | None,
) -> pl.DataFrame:
    """Fill in countries from the rest of the article and the reference table."""
    same = ["row_id", "entity_id", "role"]
    here = _only_country(stated, same).rename({"country": "here"})
    if offices is None or person_ids is None:
        known = here.select("entity_id", "role", known="here").clear()
    else:
        table = offices.join(person_ids, left_on="person", right_on="name")
        known = _only_country(table, same[1:]).rename({"country": "known"})
    country = pl.coalesce("country_code", "here", "known")
    is_told = country.is_not_null() | pl.col("organisation_id").is_not_null()
    without_organisation = pl.col("organisation_n").is_null()
    return (
        stated.join(here, on=same, how="left", maintain_order="left")
        .join(known, on=same[1:], how="left", maintain_order="left")
        .with_columns(
            country_code=pl.when(without_organisation)
            .then(country)
            .otherwise("country_code")
        )
        .with_columns(
            is_single=(pl.col("single") == "always")
            | ((pl.col("single") == "told") & is_told)
        )
    )


def _only_country(table: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    return (
        table.drop_nulls("country_code")
        .group_by(by)
        .agg(
            country=pl.col("country_code").first(),
            number=pl.col("country_code").n_unique(),
        )
        .filter(pl.col("number") == 1)
        .drop("number")
    )
