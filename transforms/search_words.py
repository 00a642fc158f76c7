"""The words of articles as search finds them: forms, their headwords, their weights.

A form is a word as it stands, in small letters, Latin-script Kazakh written in Cyrillic
and look-alike letters folded. Search meets a form by itself, by its headword and by how
it begins, so an inflection that the lemmatiser reads wrongly is still found.

Where a form stands is kept too, so that phrases are found without reading texts: places
count on from the title to the text, with a gap between them.

The weight of a form in an article is BM25F's: its count in each part of the article,
times the weight of the part, over the part's length (Robertson, Zaragoza, «The
Probabilistic Relevance Framework: BM25 and Beyond», 2009). Lengths are measured against
fixed ones, not the mean of what is loaded: a weight depends on its article alone.

A person, place or body that an article names is a form too, «e:» and its entity_id,
which no word can be: so a query by one name finds an article that has another. Each
mention counts as one word of its part.
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl
import pyarrow as pa

from transforms.kazakh.latin import to_cyrillic
from transforms.kazakh.letters import CYRILLIC, TO_CYRILLIC
from transforms.kazakh.mixed_script import MIXED

#: Raised whenever forms, headwords or weights change.
SEARCH_VERSION = "3"

#: Longer ones are no words; they are cut, not lost.
_LONGEST_FORM = 40
#: Weights are kept as whole hundredths; on the way there as millionths, whose sum is
#: the same in any order.
_MILLIONTHS, _A_HUNDREDTH = 1_000_000, 10_000
_LARGEST_WEIGHT = 65_535
#: A form's key, an article's number in its batch, a part and a place, in 64 bits.
_OF_NUMBER, _OF_PART, _OF_PLACE = 1 << 20, 1 << 2, 1 << 16
#: The place of what has none: a name that is mentioned, a word of the lead, which is in
#: the text too, and what follows so many words.
_NO_PLACE = _OF_PLACE - 1
#: How much a part's length counts.
_LENGTH_SHARE = 0.75

#: What stands between words, in the blocks of Unicode that texts have. Named in place
#: of letters because the macro `cut_words` of the warehouse must cut alike, and fast.
_BETWEEN = (
    r"\x00-/:-@\[-\x60{-\x{BF}\x{D7}\x{F7}\x{2000}-\x{2BFF}\x{3000}-\x{303F}"
    r"\x{FE00}-\x{FE0F}\x{FEFF}\x{1F000}-\x{1FAFF}"
)
_WORD = f"[^{_BETWEEN}]+"
#: A Latin name with a Kazakh ending: «kegocтың» is «kegoc».
_NAME_WITH_ENDING = rf"^([a-z0-9]{{2,}})[{CYRILLIC}]+$"
_LOOK_ALIKES = {
    latin: cyrillic for latin, cyrillic in TO_CYRILLIC.items() if latin == latin.lower()
}


class _Part(NamedTuple):
    """A part of an article: its weight, and the length that counts as ordinary."""

    column: str
    weight: float
    words: int


#: The lead is the beginning of the text, so its words count in both. Places rise from
#: part to part.
_PARTS = (
    _Part("title", 2.0, 9),
    _Part("text", 1.0, 150),
    _Part("lead", 0.5, 40),
)


class Words(NamedTuple):
    """The words of a batch.

    Attributes:
        forms: one row a form: ``form_key`` (UInt32, of this batch alone), ``form`` and
            ``article_count`` (Int32).
        postings: one row a form of an article: ``row_id`` (Int32), ``form_key``,
            ``weight`` (UInt16, hundredths, at least 1) and ``places`` (a list of
            UInt16, rising; empty for whom the article mentions).
    """

    forms: pl.DataFrame
    postings: pl.DataFrame


def read_words(articles: pl.DataFrame, mentions: pl.DataFrame) -> Words:
    """Weigh the forms of articles.

    Args:
        articles: ``row_id`` (Int32, all within a million), ``title``, ``lead``,
            ``text`` (nulls are empty), ``language`` and ``script``.
        mentions: what they name: ``row_id`` (Int32), ``entity_id``, ``in_title`` and
            ``start_char`` (code points, in the title or the text).
    """
    first = articles.select(pl.col("row_id").min().fill_null(0)).item()
    numbered = _latin_kazakh_in_cyrillic(articles).with_columns(
        number=(pl.col("row_id") - first).cast(pl.UInt64)
    )
    cut = [_cut(numbered, part) for part in _PARTS]
    words = _counted(cut, _named(numbered, mentions))
    # Numbers of categories, from 0 where they are new: far faster than unique words.
    spelled = words["word"].cast(pl.Categorical(pl.Categories.random()))
    number_of_word = spelled.to_physical()
    once = number_of_word.arg_unique()
    met = pl.DataFrame(
        {
            "number": number_of_word.gather(once),
            "word": spelled.gather(once).cast(pl.String),
        }
    ).sort("number")
    folded = met.select(_folded(pl.col("word").str.to_lowercase()))
    forms = folded.unique().sort("form").with_row_index("form_key")
    of_word = folded.join(forms, on="form", how="left", maintain_order="left")
    form_key = of_word["form_key"].gather(number_of_word).cast(pl.UInt64)
    keys = words.select(
        ((form_key * _OF_NUMBER + pl.col("number")) * _OF_PART + pl.col("part"))
        * _OF_PLACE
        + pl.col("place")
    ).to_series()
    postings = _sum_up(keys, _shares(cut)).with_columns(pl.col("row_id") + first)
    counts = postings.group_by("form_key").agg(
        pl.len().cast(pl.Int32).alias("article_count")
    )
    return Words(forms.join(counts, on="form_key", maintain_order="left"), postings)


def _latin_kazakh_in_cyrillic(articles: pl.DataFrame) -> pl.DataFrame:
    columns = [part.column for part in _PARTS]
    is_latin = (pl.col("script") == "latin") & (pl.col("language") == "kk")
    if not articles.select(is_latin.any()).item():
        return articles
    latin = articles.filter(is_latin)
    # As one text: which alphabet it is shows in a long one only.
    joined = pl.concat_str([pl.col(c).fill_null("") for c in columns], separator="\f")
    written = (
        latin.select(joined.alias("all"))
        .select(
            to_cyrillic(pl.col("all")).str.split("\f").list.to_struct(fields=columns)
        )
        .unnest("all")
    )
    return pl.concat(
        [
            articles.filter(~is_latin.fill_null(value=False)),
            latin.with_columns(written.get_columns()),
        ]
    )


def _named(articles: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """number, word (the form of the entity), and which parts the mention stands in."""
    lead = pl.col("lead").str.len_chars().fill_null(0).alias("lead_chars")
    found = mentions.join(articles.select("row_id", "number", lead), on="row_id")
    return found.select(
        "number",
        pl.format("e:{}", "entity_id").alias("word"),
        pl.col("in_title").alias("title"),
        (~pl.col("in_title") & (pl.col("start_char") < pl.col("lead_chars"))).alias(
            "lead"
        ),
        (~pl.col("in_title")).alias("text"),
    )


def _cut(articles: pl.DataFrame, part: _Part) -> pl.DataFrame:
    """number, word (a list), its length, and share: what one word of it weighs."""
    norm = 1 - _LENGTH_SHARE + _LENGTH_SHARE * pl.col("length") / part.words
    share = (_MILLIONTHS * part.weight / norm).round().cast(pl.Int64)
    return (
        articles.select("number", word=pl.col(part.column).str.extract_all(_WORD))
        .with_columns(pl.col("word").list.len().cast(pl.Int64).alias("length"))
        .filter(pl.col("length") > 0)
        .with_columns(share.alias("share"))
    )


def _counted(cut: list[pl.DataFrame], named: pl.DataFrame) -> pl.DataFrame:
    """number, word, part and place: all that counts in articles."""
    title, text, lead = cut
    after_title = title.select("number", first=pl.col("length") + 1)
    placed = [
        title.select("number", "word", "length", first=pl.lit(0, pl.Int64)),
        text.select("number", "word", "length").join(
            after_title, on="number", how="left"
        ),
    ]
    first = pl.col("first").fill_null(0)
    counted = [
        part.select("number", "word", pl.int_ranges(first, first + pl.col("length")))
        .explode("word", "first")
        .select(
            "number",
            "word",
            place=pl.col("first").clip(upper_bound=_NO_PLACE),
            part=pl.lit(place),
        )
        for place, part in enumerate(placed)
    ]
    nowhere = pl.lit(_NO_PLACE, pl.Int64).alias("place")
    counted.append(
        lead.select("number", "word", nowhere, part=pl.lit(len(placed))).explode("word")
    )
    counted += [
        named.filter(part.column).select("number", "word", nowhere, part=pl.lit(place))
        for place, part in enumerate(_PARTS)
    ]
    return pl.concat(counted)


def _shares(cut: list[pl.DataFrame]) -> pl.Series:
    """What one word weighs in each article and part, at number * 4 + part."""
    known = pl.concat(
        part.select(pl.col("number") * _OF_PART + place, "share")
        for place, part in enumerate(cut)
    )
    largest = known.select(pl.col("number").max().fill_null(0)).item()
    every = pl.select(number=pl.int_range(largest + 1, dtype=pl.UInt64))
    return every.join(known, on="number", how="left", maintain_order="left")[
        "share"
    ].fill_null(0)


def _sum_up(keys: pl.Series, shares: pl.Series) -> pl.DataFrame:
    """Add up what has one form and article; by sorting, far faster than grouping."""
    key = pl.col("key")
    posting = key // (_OF_PLACE * _OF_PART)
    ordered = keys.sort().to_frame("key")
    part = ordered.select(key // _OF_PLACE % (_OF_NUMBER * _OF_PART)).to_series()
    ordered = ordered.with_columns(
        place=(key % _OF_PLACE).cast(pl.UInt16),
        total=shares.gather(part).cum_sum(),
    )
    has_place = pl.col("place") != _NO_PLACE
    is_last = posting != posting.shift(-1)
    summed = ordered.with_columns(places=has_place.cum_sum().cast(pl.Int64)).filter(
        is_last.fill_null(value=True)
    )
    ends = pa.array([0], pa.int64()), summed["places"].to_arrow()
    places = pa.LargeListArray.from_arrays(
        pa.concat_arrays(ends), ordered.filter(has_place)["place"].to_arrow()
    )
    weight = pl.col("total") - pl.col("total").shift(1, fill_value=0)
    return summed.select(
        (posting % _OF_NUMBER).cast(pl.Int32).alias("row_id"),
        (posting // _OF_NUMBER).cast(pl.UInt32).alias("form_key"),
        ((weight + _A_HUNDREDTH // 2) // _A_HUNDREDTH)
        .clip(1, _LARGEST_WEIGHT)
        .cast(pl.UInt16)
        .alias("weight"),
        pl.Series("places", places),
    )


def _folded(word: pl.Expr) -> pl.Expr:
    word = word.str.replace_all("ё", "е", literal=True)
    mixed = (
        pl.when(word.str.contains(_NAME_WITH_ENDING))
        .then(word.str.extract(_NAME_WITH_ENDING))
        .otherwise(
            word.str.replace_many(list(_LOOK_ALIKES), list(_LOOK_ALIKES.values()))
        )
    )
    whole = pl.when(word.str.contains(MIXED)).then(mixed).otherwise(word)
    return whole.str.slice(0, _LONGEST_FORM).alias("form")
