"""Countries named in Kazakh text: names, abbreviations, adjectives and demonyms.

Whole columns at a time. Decisions that a reader of counts should know:

- «Америка» alone is the United States, as news uses it; «Латын Америкасы» is not.
- «Корея» alone is South Korea, «Конго» alone the Democratic Republic.
- England, Scotland, Wales and Northern Ireland are the United Kingdom.
- A currency («АҚШ доллары», «Ресей рублі») is an amount, no mention of a country.
- The name of a people counts where it speaks of its state («қырғыз тарапы», «қазақ
  дипломаты»), not of a language, a dish or an ethnic group («қазақ тілі»).
- Names need a capital letter («Мали», «Чад», «Того»); adjectives do not.
- Regions and unions («Орталық Азия», «Еуропа Одағы») are no countries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from transforms.kazakh.latin import to_cyrillic

if TYPE_CHECKING:
    from transforms.kazakh.country_names import CountryNames

#: Put before and after each spelling that was found in a text.
_BEGIN, _END = "\u0001", "\u0002"
#: Stands in where two Latin letters became one.
_FILLER = "\u0003"
#: The rest of a word, and a suffix after a hyphen or apostrophe.
_TAIL = "^(\\p{L}*(?:[-‐‑–’'ʼ][а-яғқңөұүһі]{1,8})?)"
_HYPHEN = "^[-‐‑–]$"


def find_countries(articles: pl.DataFrame, names: CountryNames) -> pl.DataFrame:
    """Find every mention of a country.

    Args:
        articles: ``article_id``, ``version``, ``text`` and, where there is Latin-script
            Kazakh, ``script`` (``latin``). Only Kazakh text should come in.
        names: the names to look for, made from the reference tables.

    Returns:
        One row a mention, in order of place: ``article_id``, ``version``,
        ``country_code``, ``surface``, ``start_char``, ``end_char`` (code points in
        ``text``) and ``kind`` (name, abbreviation, adjective, demonym).
    """
    texts = articles.with_row_index("row")
    script = pl.col("script") if "script" in articles.columns else pl.lit("cyrillic")
    is_latin = script.eq_missing("latin")
    latin = texts.filter(is_latin)
    found = _mentions(texts.filter(~is_latin), names)
    if latin.height:
        found = pl.concat([found, _in_latin(latin, names)])
    return (
        found.sort("row", "start_char")
        .join(texts.drop("text"), on="row", maintain_order="left")
        .select("article_id", "version", *found.columns[1:])
    )


def _in_latin(texts: pl.DataFrame, names: CountryNames) -> pl.DataFrame:
    """Find the mentions in Latin script, with offsets in the text as it was."""
    filled = texts.select("row", text=to_cyrillic(pl.col("text"), filler=_FILLER))
    plain = pl.col("text").str.replace_all(_FILLER, "", literal=True)
    found = _mentions(filled.with_columns(plain), names)
    if found.is_empty():
        return found
    # Place of each sign of the plain text in the filled one, which is the original's.
    signs = pl.concat_list(pl.col("text").str.split(""), pl.lit(""))
    places = (
        filled.join(found.select("row").unique(), on="row", how="semi")
        .select("row", sign=signs)
        .explode("sign")
        .with_columns(moved=pl.int_range(pl.len()).over("row"))
        .filter(pl.col("sign") != _FILLER)
        .select("row", "moved", number=pl.int_range(pl.len()).over("row"))
    )
    for column in ("start_char", "end_char"):
        found = (
            found.join(places, left_on=["row", column], right_on=["row", "number"])
            .drop(column)
            .rename({"moved": column})
        )
    # Python's slices take the time of the slice, those of a column that of the text.
    original = dict(texts.select("row", "text").iter_rows())
    bounds = found.select("row", "start_char", "end_char").iter_rows()
    surfaces = [original[row][start:end] for row, start, end in bounds]
    return found.with_columns(surface=pl.Series(surfaces)).select(*_COLUMNS)


_COLUMNS = ("row", "country_code", "surface", "start_char", "end_char", "kind")


def _mentions(texts: pl.DataFrame, names: CountryNames) -> pl.DataFrame:
    stretches = _stretches(texts, names)
    found = pl.concat([_judged(stretches, names), _peoples(stretches, names)])
    return found.select(
        "row",
        "country_code",
        "surface",
        pl.col("place").alias("start_char"),
        (pl.col("place") + pl.col("length")).alias("end_char"),
        "kind",
    )


def _stretches(texts: pl.DataFrame, names: CountryNames) -> pl.DataFrame:
    """Where a word begins with a spelling: row, place, base, tail, and what follows."""
    # Cutting the text before each spelling gives offsets for a whole column. Signs of
    # ours that stand in the text would shift them, so they are replaced first.
    marked = (
        pl.col("text")
        .str.replace_all(f"[{_BEGIN}{_END}\u00a0]", " ")
        .str.replace_many(
            names.spellings,
            [f"{_BEGIN}{spelling}{_END}" for spelling in names.spellings],
            leftmost=True,
        )
        .str.split(_BEGIN)
    )
    pieces = (
        texts.select("row", piece=marked)
        .explode("piece")
        .with_columns(
            base=pl.col("piece").str.extract(f"^([^{_END}]*){_END}"),
            rest=pl.col("piece").str.replace(f"^[^{_END}]*{_END}", ""),
            length=pl.col("piece").str.len_chars().cast(pl.Int64)
            - pl.col("piece").str.contains(_END, literal=True).cast(pl.Int64),
        )
        .with_columns(
            place=(pl.col("length").cum_sum() - pl.col("length")).over("row"),
            before=pl.col("rest").str.tail(1).shift(1).over("row"),
            tail=pl.col("rest").str.extract(_TAIL),
        )
    )
    begins_word = ~pl.col("before").str.contains(r"[\p{L}\p{N}]")
    return pieces.filter(pl.col("base").is_not_null() & begins_word)


def _judged(stretches: pl.DataFrame, names: CountryNames) -> pl.DataFrame:
    distinct = stretches.select("base", "tail").unique()
    rows = [
        (base, tail, (base + tail)[: found[1]], *found)
        for base, tail in distinct.iter_rows()
        if (found := names.judge(base, tail))
    ]
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "base": pl.String,
        "tail": pl.String,
        "surface": pl.String,
        "country_code": pl.String,
        "length": pl.Int64,
        "kind": pl.String,
    }
    verdicts = pl.DataFrame(rows, schema=schema, orient="row")
    return (
        stretches.drop("length")
        .join(verdicts, on=["base", "tail"])
        .select("row", "place", "surface", "country_code", "length", "kind")
    )


def _peoples(stretches: pl.DataFrame, names: CountryNames) -> pl.DataFrame:
    """Names of peoples that stand for their state, alone or joined by a hyphen."""
    people = pl.col("base").str.to_lowercase()
    is_people = pl.col("base").is_in(names.people_spellings)
    of_state = pl.col("rest").str.contains(names.state_word)
    next_is_joined = (
        pl.col("rest").str.contains(_HYPHEN)
        & of_state.shift(-1).over("row")
        & is_people.shift(-1).over("row")
    )
    return stretches.filter(is_people & (of_state | next_is_joined)).select(
        "row",
        "place",
        surface="base",
        country_code=people.replace_strict(names.peoples, default=None),
        length=pl.col("base").str.len_chars().cast(pl.Int64),
        kind=pl.lit("adjective"),
    )
