"""Tell whom a position means: «Мемлекет басшысы», «министр», «Түркия Президенті».

A position beside a name means that person. Elsewhere it means somebody whom the same
article names: by what the article says of him, or by the reference table of offices at
the date of the article. Where that leaves it open, it means nobody.
"""

from __future__ import annotations

import polars as pl

from transforms.entities.answers import find_answers
from transforms.entities.holders import (
    HOME,
    merge_holders,
    persons_of,
    senses,
    stated_holders,
    table_holders,
)
from transforms.entities.phrases import Reading, place_mentions, read_phrases
from transforms.entities.roles import find_roles
from transforms.entities.statements import find_statements
from transforms.kazakh.office_vocabulary import OFFICE_ITSELF
from transforms.surfaces import add_surfaces

__all__ = ["find_roles", "link_positions", "read_phrases"]

#: How sure a link is that rests on: a name beside it; the one holder in the article;
#: the nearest holder before it; the reference table, for Kazakhstan and for others;
#: the article's only person.
_BESIDE, _ONLY_HOLDER, _NEAREST = 0.97, 0.9, 0.7
_IN_TABLE, _FOREIGN_IN_TABLE, _ONLY_PERSON = 0.88, 0.6, 0.5
#: How sure a position is that the recogniser missed and a rule found.
_MISSED = 0.85
_OBLIQUE = "(?:[нтд][ыі]ң|[дт][ае]|[дтн][ае]н|[ғгқк][ае]|[дтн][ыі]|[мбп]ен)$"


def link_positions(  # noqa: PLR0913, PLR0917
    mentions: pl.DataFrame,
    reading: Reading,
    roles: pl.DataFrame,
    articles: pl.DataFrame,
    offices: pl.DataFrame,
    person_ids: pl.DataFrame,
) -> pl.DataFrame:
    """Link positions to the persons that they stand for.

    Args:
        mentions: all mentions, persons, organisations and countries linked; columns as
            `find_roles` takes them.
        reading: what `read_phrases` gave for them.
        roles: what `find_roles` gave for them.
        articles: ``row_id``, ``title``, ``text``, ``published_date``.
        offices: the reference table: ``role``, ``country_code``, ``person``,
            ``valid_from``, ``valid_to`` (strings; empty or null is open).
        person_ids: ``name`` and ``entity_id`` of the persons in it.

    Returns:
        The mentions in order, with ``entity_id``, ``name``, ``confidence`` and
        ``method`` (apposition, in_article, reference) set for linked positions, and
        further rows (``method`` rule before linking) for «Мемлекет басшысы» and
        «Президент» that no mention holds. A person is only linked where the article
        names him.
    """
    numbered, placed, phrases = reading
    phrases = _with_surroundings(phrases, numbered)
    columns = mentions.columns
    missed = _missed(phrases, placed, numbered, articles)
    mentions = pl.concat([mentions, missed], how="diagonal").select(columns)
    mentions = mentions.sort(
        "row_id", pl.col("in_title").not_(), "start_char", maintain_order=True
    )
    placed = place_mentions(mentions, numbered)
    positions = placed.filter(
        (pl.col("entity_type") == "position") & pl.col("entity_id").is_null()
    )
    at_home = _heads_at_home(articles, offices)
    statements = _without_objects(find_statements(placed, phrases, numbered), at_home)
    beside = _beside(positions, placed, phrases, statements, numbered)
    stated = stated_holders(statements, roles)
    holders = merge_holders(
        stated, table_holders(placed, articles, offices, person_ids)
    )
    asks = _asks(positions, phrases, placed).join(beside, on="mention", how="anti")
    found = find_answers(asks, holders, placed)
    alone = _only_person(
        asks.join(found, on="mention", how="anti"), placed, stated, at_home
    )
    links = pl.concat([beside, found, alone]).unique("mention", keep="first")
    return _linked(mentions, links).select(columns)


def _with_surroundings(phrases: pl.DataFrame, numbered: pl.DataFrame) -> pl.DataFrame:
    """Say of each phrase whether it begins with a capital, and drop offices as such."""
    forms = numbered["form"]
    following = (phrases["to_n"] + 1).clip(upper_bound=numbered.height - 1)
    after = numbered[following].select(
        is_office=pl.col("form").str.contains(OFFICE_ITSELF.pattern)
        & (pl.col("n") > pl.col("begin"))
        & (pl.col("n") > phrases["to_n"])
    )
    capital = forms.gather(phrases["from_n"]).str.contains("^[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]")
    return phrases.with_columns(after.to_series(), is_capital=capital)


def _missed(
    phrases: pl.DataFrame,
    placed: pl.DataFrame,
    numbered: pl.DataFrame,
    articles: pl.DataFrame,
) -> pl.DataFrame:
    """Make mentions of «Мемлекет басшысы» and «Президент» that none holds."""
    inside = placed.select(to_n=_range()).explode("to_n").unique()
    found = (
        phrases.filter(
            pl.col("role").is_in(["Мемлекет басшысы", "Президент"])
            & pl.col("is_bare")
            & pl.col("is_one")
            & pl.col("is_capital")
            & ~pl.col("is_office")
            & ~pl.col("is_former")
        )
        .join(inside, on="to_n", how="anti")
        .join(numbered.select(from_n="n", start_char="start_char"), on="from_n")
        .join(numbered.select("sentence_no", to_n="n", end_char="end_char"), on="to_n")
        .select("row_id", "in_title", "sentence_no", "start_char", "end_char")
    )
    wanted = articles.join(found, on="row_id", how="semi")
    return add_surfaces(found, wanted).with_columns(
        form=pl.col("surface").str.replace_all(r"\s+", " "),
        entity_type=pl.lit("position"),
        confidence=pl.lit(_MISSED),
        method=pl.lit("rule"),
    )


def _range() -> pl.Expr:
    return pl.int_ranges(pl.col("from_n"), pl.col("to_n") + 1)


def _beside(
    positions: pl.DataFrame,
    placed: pl.DataFrame,
    phrases: pl.DataFrame,
    statements: pl.DataFrame,
    numbered: pl.DataFrame,
) -> pl.DataFrame:
    """Link positions beside a name."""
    stated = statements.filter(pl.col("method") != "appointment").select(
        "to_n", "entity_id", "name"
    )
    # Posts and titles that are no offices: «Халық әртісі Роза Рымбаева».
    last = pl.col("form").str.split(" ").list.last()
    # A name that follows stands in the same sentence.
    begin, last_n = numbered["begin"], positions["to_n"]
    titles = (
        positions.filter(begin.shift(-1).gather(last_n) == begin.gather(last_n))
        .join(phrases, on="to_n", how="anti")
        .filter(~last.str.contains(_OBLIQUE))
        .select("mention", person_n=pl.col("to_n") + 1)
        .join(
            persons_of(placed).select("entity_id", "name", person_n="from_n"),
            on="person_n",
        )
        .drop("person_n")
    )
    return pl.concat(
        [
            positions.select("mention", "to_n")
            .join(stated.unique("to_n", keep="first", maintain_order=True), on="to_n")
            .drop("to_n"),
            titles.unique("mention", keep="first", maintain_order=True),
        ]
    ).with_columns(sure=pl.lit(_BESIDE), how=pl.lit("apposition"))


def _asks(
    positions: pl.DataFrame, phrases: pl.DataFrame, placed: pl.DataFrame
) -> pl.DataFrame:
    """Say what each position asks for: keys, country, whether home goes first."""
    organisations = (
        placed.filter(pl.col("entity_type") == "organisation")
        .select(organisation_n="from_n", organisation_id="entity_id")
        .unique("organisation_n", keep="first", maintain_order=True)
    )
    role = pl.col("role").str.to_lowercase()
    owned = pl.col("organisation_id").cast(pl.String).fill_null("")
    head = pl.lit("h:") + pl.col("head")
    in_state = pl.col("sense").is_in(["state", "government", "foreign"])
    first = (
        pl.when("is_former")
        .then(pl.lit("f:") + role)
        .when(in_state)
        .then(pl.lit("k:") + pl.col("sense"))
        .when(pl.col("sense") == "minister")
        .then(pl.lit("h:министр"))
        .when(pl.col("sense") == "akim")
        .then(pl.lit("h:әкім"))
        .when("is_bare")
        .then(head)
        .otherwise(pl.concat_str(pl.lit("r:"), role, pl.lit("|"), owned))
    )
    second = pl.when(in_state & pl.col("is_bare") & ~pl.col("is_reference")).then(head)
    return (
        positions.select("mention", "row_id", "at", "to_n")
        .join(phrases.drop("row_id"), on="to_n")
        .join(organisations, on="organisation_n", how="left", maintain_order="left")
        .filter(pl.col("is_one") & ~pl.col("is_office"))
        .select(
            "mention",
            "row_id",
            "at",
            "is_bare",
            "sense",
            country="phrase_country",
            first=first,
            second=second,
            home_first=(pl.col("sense") == "state")
            & pl.col("is_bare")
            & (pl.col("is_capital") | pl.col("is_reference")),
        )
    )


def _heads_at_home(articles: pl.DataFrame, offices: pl.DataFrame) -> pl.DataFrame:
    """Say who was head of state at home when an article appeared, where it is known."""
    home = senses(offices).filter(
        (pl.col("country_code") == HOME) & (pl.col("sense") == "state")
    )
    dated = articles.select("row_id", "published_date").filter(
        pl.col("published_date").is_not_null()
    )
    return (
        dated.sort("published_date")
        .join_asof(
            home.drop_nulls("begin").sort("begin"),
            left_on="published_date",
            right_on="begin",
        )
        .filter(
            pl.col("begin").is_not_null()
            & (pl.col("end").is_null() | (pl.col("end") >= pl.col("published_date")))
        )
        .select("row_id", head_at_home="person")
    )


def _without_objects(statements: pl.DataFrame, at_home: pl.DataFrame) -> pl.DataFrame:
    """Drop «Мемлекет басшысы Х-ты марапаттады», where Х is known not to be he.

    Nor is he in «Мемлекет басшысы Х саясатына баға берді»: with no country the words
    mean the head of state at home.
    """
    is_object = (
        pl.col("is_reference")
        & pl.col("is_bare")
        & (pl.col("sense") == "state")
        & (pl.col("name") != pl.col("head_at_home")).fill_null(value=False)
    )
    return statements.join(
        at_home, on="row_id", how="left", maintain_order="left"
    ).filter(~is_object)


def _only_person(
    asks: pl.DataFrame,
    placed: pl.DataFrame,
    stated: pl.DataFrame,
    at_home: pl.DataFrame,
) -> pl.DataFrame:
    """Link a bare «Президент» to an article's only person, if nothing speaks against.

    Something does where the table knows who was president at home on that day (he
    would have been found by it), or where the article gives the person another office.
    """
    alone = (
        persons_of(placed)
        .group_by("row_id")
        .agg(pl.col("entity_id").n_unique().alias("number"), pl.col("name").first(),
             pl.col("entity_id").first())
        .filter(pl.col("number") == 1)
        .join(stated.filter(pl.col("sense") != "state"), on="row_id", how="anti")
        .join(at_home, on="row_id", how="anti")
    )  # fmt: skip
    return (
        asks.filter("home_first")
        .join(alone, on="row_id")
        .select(
            "mention",
            "entity_id",
            "name",
            sure=pl.lit(_ONLY_PERSON),
            how=pl.lit("in_article"),
        )
    )


def _linked(mentions: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    return (
        mentions.with_row_index("mention")
        .join(
            links.rename({"entity_id": "linked_id", "name": "linked_name"}),
            on="mention",
            how="left",
            maintain_order="left",
        )
        .with_columns(
            entity_id=pl.coalesce("entity_id", "linked_id"),
            name=pl.coalesce("name", "linked_name"),
            confidence=pl.col("confidence") * pl.col("sure").fill_null(1.0),
            method=pl.coalesce("how", "method"),
        )
        .drop("mention")
    )
