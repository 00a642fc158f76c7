"""Which person a mention is: full names, surnames, initials, given names.

Inside an article the short forms of a name belong to its full name: «Тоқаев»,
«Қ. Тоқаев» and «Қасым-Жомарт Кемелұлы» to «Қасым-Жомарт Тоқаев», as long as one
person only fits; a form that fits two names nobody. People of different articles meet
by the full name alone. A short form without a full name is looked up among the known
people; else it is a person of this one article.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from transforms.entities.nominative import name_candidates
from transforms.entities.spelling import name_key
from transforms.keys import key, keys

_INITIAL = re.compile(r"(\w{1,2})\.\s*")
_PATRONYMIC = re.compile(r"\w{2,}(?:ұлы|қызы|улы|кызы|[ое]вич|[ое]вна|ична)\w{0,5}")
_KIND = "person"
_SEVERAL = 2
_LONGEST_NAME = 3
#: Names that are kept taken apart; they come again in every batch.
_KEPT_FORMS = 100_000


class _Parts(NamedTuple):
    """A person's name as it stands, but for the last word's ending."""

    form: str
    initials: str
    #: Names before the last one, patronymics left out.
    before: str
    #: The inflected word; a patronymic that stands last in «Surname Given Patronymic»
    #: is none.
    last: str
    patronymic: str
    words: int


@lru_cache(_KEPT_FORMS)
def _parse(form: str) -> _Parts:
    """Take a name apart: «Қ.К. Тоқаевтың», «Қасым-Жомарт Кемелұлы Тоқаев»."""
    initials = "".join(_INITIAL.findall(form)).lower()
    words = [word for word in _INITIAL.sub(" ", form).split() if word]
    if not words:
        return _Parts(form, initials, "", form, "", 1)
    patronymic = ""
    if len(words) == 3 and _PATRONYMIC.fullmatch(words[2]):  # noqa: PLR2004
        # The official order: surname, given name, patronymic.
        words, patronymic = [words[1], words[0]], words[2]
    elif len(words) > 2:  # noqa: PLR2004
        inner = [word for word in words[1:-1] if _PATRONYMIC.fullmatch(word)]
        patronymic = inner[0] if inner else ""
        words = [word for word in words if word not in inner]
    return _Parts(
        form, initials, " ".join(words[:-1]), words[-1], patronymic, len(words)
    )


class KnownPeople:
    """People of the reference tables, by every spelling.

    Attributes:
        spellings: ``words`` (the sorted words of a spelling's key), ``entity_id`` and
            ``name``.
        initials: ``surname``, ``initial``, ``entity_id`` and ``name``, where one known
            person only fits.
    """

    def __init__(self, spellings: pl.DataFrame) -> None:
        """List the spellings.

        Args:
            spellings: ``alias`` (the canonical name too), ``entity_id`` and ``name``.
        """
        keyed = spellings.with_columns(key=name_key(pl.col("alias"))).unique(
            ["key", "entity_id"], maintain_order=True
        )
        self.spellings = (
            keyed.with_columns(words=_sorted_words("key"))
            .filter(pl.col("entity_id").n_unique().over("words") == 1)
            .unique("words", maintain_order=True)
            .select("words", "entity_id", "name")
        )
        names = pl.col("key").str.split(" ")
        self.initials = (
            keyed.filter(names.list.len() > 1)
            .select(
                surname=names.list.last(),
                initial=names.list.first().str.slice(0, 1),
                entity_id="entity_id",
                name="name",
            )
            .unique(maintain_order=True)
            .filter(pl.col("entity_id").n_unique().over("surname", "initial") == 1)
            .unique(["surname", "initial"], maintain_order=True)
        )


def link_people(mentions: pl.DataFrame, known: KnownPeople) -> pl.DataFrame:
    """Say who each mention of a person is.

    Args:
        mentions: ``row_id``, ``article_id`` and ``form`` (Cyrillic, single spaces).
        known: people of the reference tables.

    Returns:
        One row a distinct (``row_id``, ``form``): both, ``entity_id`` (null where two
        people of the article fit), ``name`` (the entity's, in the nominative),
        ``normal_form`` (the mention's own nominative) and ``origin`` (seed, learned
        from a full name, or article: known in this article alone).
    """
    distinct = mentions.select("row_id", "article_id", "form").unique(
        maintain_order=True
    )
    people = _read(distinct, known)
    full = _join_variants(_identify(people.filter(pl.col("words") > 1), known))
    short = people.filter(pl.col("words") == 1)
    linked = _link_short(short, full, known)
    return pl.concat(
        [frame.select(_COLUMNS) for frame in (full, linked)], how="vertical"
    )


_COLUMNS = ("row_id", "form", "entity_id", "name", "normal_form", "origin")


def _read(distinct: pl.DataFrame, known: KnownPeople) -> pl.DataFrame:
    """Take the names apart, each with the nominative that its article supports."""
    parsed = _parsed(distinct["form"].unique(maintain_order=True))
    readings = distinct.join(parsed, on="form", maintain_order="left_right")
    # A nominative that several forms of the article share is the right one.
    support = pl.col("form").n_unique().over("row_id", "surname")
    is_known = pl.col("sorted").is_in(known.spellings["words"].implode())
    return (
        readings.with_columns(support=support, is_known=is_known)
        .sort(
            "row_id",
            "form",
            "is_known",
            "support",
            "rank",
            descending=[False, False, True, True, False],
        )
        .unique(["row_id", "form"], keep="first", maintain_order=True)
        .drop("support", "is_known", "rank")
    )


def _parsed(forms: pl.Series) -> pl.DataFrame:
    """Every reading of distinct forms, with the keys of their parts."""
    parts = pl.DataFrame(
        [_parse(form) for form in forms],
        schema={
            "form": pl.String,
            "initials": pl.String,
            "before": pl.String,
            "last": pl.String,
            "patronymic": pl.String,
            "words": pl.Int64,
        },
        orient="row",
    )
    candidates = name_candidates(parts["last"].unique(maintain_order=True))
    spoken = pl.concat_str("before", "nominative", separator=" ").str.strip_chars()
    return (
        parts.join(candidates, left_on="last", right_on="form", maintain_order="left")
        .with_columns(name=_proper(spoken))
        .with_columns(
            key=name_key(pl.col("name")),
            surname=name_key(pl.col("nominative")),
            given=name_key(pl.col("before")).str.extract("^(.)"),
            given_name=name_key(pl.col("before")),
            patronymic=name_key(pl.col("patronymic")),
            normal_form=_normal_form(),
        )
        .with_columns(sorted=_sorted_words("key"))
    )


def _normal_form() -> pl.Expr:
    initials = pl.col("form").str.extract(r"^((?:\w{1,2}\.\s*)+)").fill_null("")
    return pl.concat_str(initials.str.replace_all(r"\s", ""), pl.col("name"))


def _proper(name: pl.Expr) -> pl.Expr:
    """Write names in capitals as names are written: «Мұрат ТҰРАРОВ», «Тұраров»."""
    return (
        pl.when(name.str.contains(r"\p{Lu}{4}"))
        .then(name.str.to_titlecase())
        .otherwise(name)
    )


def _sorted_words(column: str) -> pl.Expr:
    return pl.col(column).str.split(" ").list.sort().list.join(" ")


def _identify(full: pl.DataFrame, known: KnownPeople) -> pl.DataFrame:
    """Give full names their entity: a known one, or one with the name's own key."""
    joined = full.join(
        known.spellings.rename({"entity_id": "known_id", "name": "known_name"}),
        left_on="sorted",
        right_on="words",
        how="left",
        maintain_order="left",
    )
    learned = person_ids(full["key"])
    return joined.with_columns(
        entity_id=pl.coalesce("known_id", learned),
        name=pl.coalesce("known_name", "name"),
        origin=pl.when(pl.col("known_id").is_null())
        .then(pl.lit("learned"))
        .otherwise(pl.lit("seed")),
    ).drop("known_id", "known_name")


def person_ids(name_keys: pl.Series) -> pl.Series:
    """Keys of people by the `name_key` of their full names."""
    return entity_ids(_KIND, name_keys)


def entity_ids(kind: str, name_keys: pl.Series) -> pl.Series:
    """Keys of entities of a kind by the `name_key` of their names."""
    ids = [None if name is None else _entity_id(kind, name) for name in name_keys]
    return pl.Series("entity_id", ids, dtype=pl.Int64)


@lru_cache(_KEPT_FORMS)
def _entity_id(kind: str, name: str) -> int:
    return key("entity", kind, name)


def _join_variants(full: pl.DataFrame) -> pl.DataFrame:
    """Within an article a shorter full name is the longer one that holds its words.

    «Тайып Ердоған» beside «Режеп Тайып Ердоған», «Қасым-Жомарт Кемелұлы» beside
    «Қасым-Жомарт Кемелұлы Тоқаев». A known person wins over a longer learned name.
    """
    every = pl.concat_list(
        pl.col("key").str.split(" "),
        pl.when(pl.col("patronymic") == "")
        .then(pl.lit([], pl.List(pl.String)))
        .otherwise(pl.concat_list("patronymic")),
    )
    people = full.select(
        "row_id", "entity_id", "name", "origin", "given_name", every=every
    ).unique(["row_id", "entity_id", "every"], maintain_order=True)
    pairs = (
        people.with_columns(first=pl.col("given_name").str.split(" ").list.first())
        .join(
            people.select(
                "row_id",
                pl.col("entity_id").alias("longer_id"),
                pl.col("name").alias("longer_name"),
                pl.col("origin").alias("longer_origin"),
                pl.col("every").alias("longer"),
            ).explode("longer", keep_nulls=False),
            left_on=["row_id", "first"],
            right_on=["row_id", "longer"],
        )
        .filter(pl.col("entity_id") != pl.col("longer_id"))
    )
    wholes = people.select(
        "row_id", pl.col("entity_id").alias("longer_id"), longer="every"
    )
    fitting = (
        pairs.join(wholes, on=["row_id", "longer_id"])
        .filter(
            pl.col("every").list.set_difference("longer").list.len() == 0,
            pl.col("longer").list.len() > pl.col("every").list.len(),
            pl.col("origin") != "seed",
            # A longer row of names is two people rather.
            pl.col("longer").list.len() <= _LONGEST_NAME,
        )
        .unique(["row_id", "entity_id", "longer_id"], maintain_order=True)
        .filter(pl.len().over("row_id", "entity_id") == 1)
        .select("row_id", "entity_id", "longer_id", "longer_name", "longer_origin")
    )
    return full.join(
        fitting, on=["row_id", "entity_id"], how="left", maintain_order="left"
    ).with_columns(
        entity_id=pl.coalesce("longer_id", "entity_id"),
        name=pl.coalesce("longer_name", "name"),
        origin=pl.coalesce("longer_origin", "origin"),
    )


def _link_short(
    short: pl.DataFrame, full: pl.DataFrame, known: KnownPeople
) -> pl.DataFrame:
    """Give surnames, initials and given names the one person that they fit."""
    short = short.with_columns(initial=name_key(pl.col("initials")).str.slice(0, 1))
    people = full.select(
        "row_id", "entity_id", "name", "origin", "surname", "given_name"
    ).unique(["row_id", "entity_id", "surname", "given_name"], maintain_order=True)
    by_surname = people.rename({"surname": "short"})
    by_given = people.select(
        "row_id",
        "entity_id",
        "name",
        "origin",
        "given_name",
        short=pl.col("given_name").str.split(" ").list.first(),
    )
    choices = pl.concat(
        [
            by_surname.select(*by_given.columns[:-1], "short"),
            by_given.with_columns(given_name=pl.lit(None, pl.String)),
        ]
    )
    fits = pl.col("initial").is_null() | (pl.col("initial") == "")
    same_initial = pl.col("given_name").str.starts_with(pl.col("initial"))
    found = (
        short.select("row_id", "form", "surname", "initial")
        .join(choices, left_on=["row_id", "surname"], right_on=["row_id", "short"])
        .filter((fits | same_initial).fill_null(value=False))
        .unique(["row_id", "form", "entity_id"], maintain_order=True)
        .with_columns(people=pl.len().over("row_id", "form"))
        .unique(["row_id", "form"], keep="first", maintain_order=True)
        .select("row_id", "form", "people", *_RENAMED)
    )
    joined = short.join(found, on=["row_id", "form"], how="left", maintain_order="left")
    # «Рысбековтер» are several.
    joined = joined.with_columns(
        people=pl.when("is_plural").then(_SEVERAL).otherwise("people")
    )
    open_ = joined.filter(pl.col("people").is_null())
    return pl.concat(
        [
            joined.filter(pl.col("people") == 1)
            .with_columns(entity_id="one_id", name="one_name", origin="one_origin")
            .select(_COLUMNS),
            joined.filter(pl.col("people") > 1)
            .with_columns(_nobody, origin=pl.lit("article"))
            .select(_COLUMNS),
            _look_up(open_, known).select(_COLUMNS),
        ]
    )


_RENAMED = (
    pl.col("entity_id").alias("one_id"),
    pl.col("name").alias("one_name"),
    pl.col("origin").alias("one_origin"),
)
_nobody = pl.lit(None, pl.Int64).alias("entity_id")


def _look_up(short: pl.DataFrame, known: KnownPeople) -> pl.DataFrame:
    """Short names without a full one: known people, or people of this article."""
    bare = known.spellings.rename({"entity_id": "bare_id", "name": "bare_name"})
    with_initial = known.initials.rename(
        {"entity_id": "initial_id", "name": "initial_name"}
    )
    has_initial = pl.col("initial") != ""
    joined = short.join(
        bare, left_on="sorted", right_on="words", how="left", maintain_order="left"
    ).join(with_initial, on=["surname", "initial"], how="left", maintain_order="left")
    known_id = pl.when(has_initial).then("initial_id").otherwise("bare_id")
    known_name = pl.when(has_initial).then("initial_name").otherwise("bare_name")
    # «А. Омаров» and «Б. Омаров» are two; «Омаров» beside them is nobody's.
    initials = (
        pl.col("initial").filter(has_initial).n_unique().over("row_id", "surname")
    )
    own = pl.when(initials > 1).then("initial").otherwise(pl.lit(""))
    is_unclear = (initials > 1) & ~has_initial
    natural = joined.select(
        pl.concat_str(
            pl.lit("entity"),
            pl.lit(_KIND),
            pl.col("article_id").cast(pl.String),
            own,
            pl.col("surname"),
            separator="\x1f",
        ).alias("entity_id")
    ).to_series()
    return joined.with_columns(
        pl.when(known_id.is_not_null())
        .then(known_id)
        .when(~is_unclear)
        .then(keys(natural))
        .alias("entity_id"),
        # «А. Омаров» is called so where nothing tells his full name.
        pl.coalesce(
            known_name,
            pl.when(has_initial).then(
                pl.concat_str(
                    pl.col("initials").str.slice(0, 1).str.to_uppercase(),
                    pl.lit(". "),
                    pl.col("name"),
                )
            ),
            "name",
        ).alias("name"),
        pl.when(known_id.is_not_null())
        .then(pl.lit("seed"))
        .otherwise(pl.lit("article"))
        .alias("origin"),
    )
