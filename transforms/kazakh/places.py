"""Towns, regions and world regions named in Kazakh text.

Decisions that a reader of counts should know:

- «Алматы» and «Алматы қаласы» are the city, «Алматы облысы» and «Алматы облыстық» the
  region, and in «Жамбыл, Алматы облыстары» all are regions.
- A city's mention is its name alone, as KazNERD has it («Алматы» of «Алматы
  қаласында»); a region's has its «облысы», but not where that is an adjective.
- A name that is also a person's or a word (``ambiguity`` in the table) is a place only
  before «қаласы», «ауданы» or «облысы», or in a case that says where («Қонаевта»), with
  no given name or initial before it.
- Nothing with an initial at its side («А. Семей») is a place.
- Lakes, mountains, states and districts of other cities that are named like a city
  (`place_names.NOT_PLACES`) are not it. Names of organisations and facilities keep
  the place in them («Семей полигоны»).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from transforms.kazakh.abbreviations import STARTERS
from transforms.kazakh.place_names import BLOCKED, place_phrases
from transforms.kazakh.word_readings import QUOTES

if TYPE_CHECKING:
    from transforms.kazakh.gazetteer import Gazetteer

__all__ = ["find_places", "place_phrases", "resolve_places"]

#: «қ. Алматы» and «Алматы қ.»: the city.
_CITY_SIGN = "қ"
#: Cases that say where; a name that is a word too needs one of them.
_LOCAL = ("loc", "abl", "attr")
_CASES = (*_LOCAL, "gen", "acc", "ins", "dat", "pl")
#: Between the names of a list.
_LIST_SIGNS = (",", "және", "мен", "бен", "пен", "әрі", "немесе", "/")
#: More words that begin a sentence and are no given name.
_ADVERBS = (
    "Бүгін Кеше Ертең Биыл Былтыр Жуырда Жақында Таяуда Бұрын Кейін Содан Қазіргі "
    "Мәселен Бірінші Екінші Тіпті Ресми Жергілікті Барлық Әсіресе Негізі Ал"
)
_NO_NAMES = [*sorted(STARTERS), *_ADVERBS.split()]
_DECLINED = r"\p{Ll}{3}(?:[дтн][ае]н|[дт][ае]|[ғқ]а|[гк]е|[ндт][ыі]ң|[дт][ае][ғг][ыі])$"
_INITIAL = r"^\p{Lu}\p{Ll}?$"
_PLACE = {
    "kind": pl.String,
    "name": pl.String,
    "country_code": pl.String,
    "bloc_code": pl.String,
}


def find_places(
    words: pl.DataFrame, gazetteer: Gazetteer, phrases: pl.DataFrame
) -> pl.DataFrame:
    """Find the places named in a batch of articles.

    Args:
        words: as `Gazetteer.find` takes them.
        gazetteer: made of ``phrases``; it may hold other phrases with other numbers.
        phrases: what `place_phrases` gave.

    Returns:
        One row a mention, in order of place: ``first`` and ``last`` (UInt32, rows of
        ``words``), ``start_char``, ``end_char``, ``suffixes``, ``derived``, as the
        gazetteer gives them, ``kind`` (city, region, world_region), ``name``
        (``name_kk`` of the row in the reference table, which with ``country_code`` and
        ``kind`` is its key), ``country_code`` and ``bloc_code``.
    """
    return resolve_places(words, gazetteer.find(words), phrases)


def resolve_places(
    words: pl.DataFrame, matches: pl.DataFrame, phrases: pl.DataFrame
) -> pl.DataFrame:
    """Choose among what the gazetteer found.

    Args:
        words: the words that were searched.
        matches: what the gazetteer found in them; other phrases are left out.
        phrases: what `place_phrases` gave.

    Returns:
        As `find_places`.
    """
    found = matches.join(
        phrases.drop("phrase", "needs", "derives"),
        on="phrase_no",
        maintain_order="left",
    ).filter(pl.col("use") != BLOCKED)
    around = _around(words, found)
    return (
        found.with_columns(around)
        .with_columns(in_list=_in_list())
        .filter(_is_place())
        .with_columns(
            listed_first=~((pl.col("use") == "listed") & pl.col("in_list")),
            least=pl.col("suffixes").list.len(),
        )
        .sort("first", "start_char", "last", "listed_first", "least", "rank")
        .unique(["first", "start_char"], keep="first", maintain_order=True)
        .pipe(_without_kind_word, words)
        .select(
            *("first", "last", "start_char", "end_char", "suffixes", "derived"), *_PLACE
        )
    )


def _around(words: pl.DataFrame, found: pl.DataFrame) -> list[pl.Series]:
    """Look at the words beside each match, within its sentence."""
    keys = ("row_id", "in_title", "sentence_no")
    is_new = pl.any_horizontal(
        pl.col(key).ne_missing(pl.col(key).shift(1)) for key in keys
    )
    token = pl.col("token")
    begins = is_new.fill_null(value=True)
    text = words.select(
        begins=begins,
        before=pl.when(~begins).then(token.shift(1)),
        before2=pl.when(~begins & ~begins.shift(1)).then(token.shift(2)),
        after=pl.when(~begins.shift(-1)).then(token.shift(-1)),
        after2=pl.when(~begins.shift(-1) & ~begins.shift(-2)).then(token.shift(-2)),
        is_second=begins.shift(1),
        opened=begins | (begins.shift(1) & token.shift(1).str.contains(QUOTES)),
    )
    first = text[found["first"]]
    last = text[found["last"]]
    return first.select(
        "before",
        pl.col("opened").fill_null(value=True).alias("is_first"),
        pl.col("is_second").fill_null(value=False),
        last["after"].alias("after"),
        (
            ((pl.col("before") == ".") & pl.col("before2").str.contains(_INITIAL))
            | (last["after"].str.contains(_INITIAL) & (last["after2"] == "."))
        )
        .fill_null(value=False)
        .alias("has_initial"),
        (
            ((pl.col("before") == ".") & (pl.col("before2") == _CITY_SIGN))
            | ((last["after"] == _CITY_SIGN) & (last["after2"] == "."))
        )
        .fill_null(value=False)
        .alias("says_city"),
    ).get_columns()


def _is_place() -> pl.Expr:
    is_bare = pl.col("use") == "bare"
    said = pl.col("suffixes")
    is_local = said.list.set_intersection(list(_LOCAL)).list.len() > 0
    is_dative = (pl.col("ambiguity") == "surname") & said.list.contains("dat")
    only_cases = said.list.set_difference(list(_CASES)).list.len() == 0
    # «Аралдардан»: a plural of the word, not of the name.
    first_is_case = said.list.first() != "pl"
    is_word = pl.col("ambiguity") == "word"
    clear = (
        (is_local | is_dative)
        & only_cases
        & first_is_case
        & ~_follows_a_name()
        & ~(is_word & pl.col("is_first"))
    )
    is_clear = pl.when(pl.col("derived")).then(~is_word).otherwise(clear)
    return (
        pl.when(pl.col("use") == "listed")
        .then(pl.col("in_list"))
        .when(is_bare)
        .then(
            ~pl.col("has_initial")
            & (
                (pl.col("ambiguity") == "")
                | is_clear
                | pl.col("in_list")
                | pl.col("says_city")
            )
        )
        .otherwise(statement=True)
        .fill_null(value=False)
    )


def _follows_a_name() -> pl.Expr:
    """Whether a word that may be a given name or a surname stands right before."""
    is_capital = pl.col("before").str.contains(r"^\p{Lu}\p{Ll}")
    is_starter = pl.col("is_second") & (
        pl.col("before").is_in(_NO_NAMES) | (pl.col("ambiguity") == "word")
    )
    # «Алматыдан Қонаевқа»: a given name before a surname is in the nominative.
    is_declined = pl.col("before").str.contains(_DECLINED)
    return (is_capital & ~is_starter & ~is_declined).fill_null(value=False)


def _in_list() -> pl.Expr:
    """Whether a match stands in a list that ends with «облыстары»."""
    begins = pl.col("first").shift(-1)
    is_same = (pl.col("first") == begins).fill_null(value=False)
    joins = (
        (begins == pl.col("last") + 2) & pl.col("after").is_in(_LIST_SIGNS)
    ).fill_null(value=False)
    # Names up to and with the first that no list sign follows are one group.
    group = (~(is_same | joins)).cast(pl.Int64).cum_sum(reverse=True)
    ends = (pl.col("use") == "region") & pl.col("suffixes").list.contains("pl")
    ends_group = ends.reverse().cum_max().reverse().over(group)
    return ends_group & (pl.col("use") != "region")


def _without_kind_word(found: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Leave «қаласы» outside, and «облыстық», which is an adjective."""
    has_kind = pl.col("use").is_in(["city", "district"]) | (
        (pl.col("use") == "region") & pl.col("derived")
    )
    # «обл.» is two words and never derived; every other kind word is one.
    last = pl.col("last") - has_kind.cast(pl.UInt32)
    cut = found.with_columns(last=last, has_kind=has_kind)
    return cut.with_columns(
        end_char=pl.when("has_kind")
        .then(words["end_char"].gather(cut["last"]))
        .otherwise("end_char"),
        derived=pl.col("derived") & ~pl.col("has_kind"),
    )
