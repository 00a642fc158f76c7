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
from transforms.kazakh.lemmas import lemmatise
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
#: A form's key, an article's number in its batch and a place there, in 64 bits.
_OF_NUMBER, _OF_PLACE = 1 << 20, 1 << 16
#: The place of what has none: a name that is mentioned, a word of the lead, which stands
#: in the text too, and what follows so many words.
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


_CASE_OF_OWNED = "(?:н|н[ае]|н[ыі]ң|нд[ае]|н[ае]н|мен)?"
#: What a derived noun ends in with its possessive -> without: «алаяқтығы», «нашарлауы».
_OWNED = {
    "[лдт]ы)ғы": "${1}қ",
    "[лдт]і)гі": "${1}к",
    "у)[ыі]": "${1}",
}


class _Part(NamedTuple):
    """A part of an article: its weight, and the length that counts as ordinary."""

    column: str
    weight: float
    words: int


#: The lead is the beginning of the text, so its words count in both.
_PARTS = (
    _Part("title", 2.0, 9),
    _Part("lead", 0.5, 40),
    _Part("text", 1.0, 150),
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
        articles: ``row_id`` (Int32, one after another, fewer than a million),
            ``title``, ``lead``, ``text`` (nulls are empty), ``language`` and ``script``.
        mentions: what they name: ``row_id`` (Int32), ``entity_id``, ``in_title`` and
            ``start_char`` (code points, in the title or the text).
    """
    words = pl.concat(_counted(_latin_kazakh_in_cyrillic(articles), mentions))
    met = words["word"].unique().sort()
    folded = met.to_frame("word").select("word", _folded(pl.col("word")))
    forms = folded.select(pl.col("form").unique().sort()).with_row_index("form_key")
    of_word = folded.join(forms, on="form", maintain_order="left")["form_key"]
    form_key = of_word.gather(words["word"].cast(pl.Enum(met)).to_physical())
    first = articles["row_id"].min() or 0
    number = (pl.col("row_id") - first).cast(pl.UInt64)
    postings = _sum_up(
        words.select(
            key=(form_key.cast(pl.UInt64) * _OF_NUMBER + number) * _OF_PLACE
            + pl.col("place"),
            share="share",
        )
    ).with_columns(pl.col("row_id") + first)
    counts = postings.group_by("form_key").agg(
        pl.len().cast(pl.Int32).alias("article_count")
    )
    return Words(forms.join(counts, on="form_key", maintain_order="left"), postings)


def read_terms(forms: pl.Series) -> pl.DataFrame:
    """Give the headword of each form.

    Args:
        forms: distinct forms, as `read_words` gives them.

    Returns:
        ``form`` and ``term``, one row a form in their order: the lemma in small
        letters, the form itself where it is no word in Cyrillic.
    """
    is_cyrillic = forms.str.contains(f"^[{CYRILLIC}]+$")
    known = forms.filter(is_cyrillic)
    lemmas = pl.DataFrame(
        {"form": known, "lemma": lemmatise(known)["lemma"].str.to_lowercase()}
    )
    is_whole = pl.col("lemma") == pl.col("form")
    lemma = pl.when(is_whole).then(_unowned(pl.col("form"))).otherwise("lemma")
    return (
        forms.to_frame("form")
        .join(lemmas, on="form", how="left", maintain_order="left")
        .select("form", pl.coalesce(lemma, "form").alias("term"))
    )


def _unowned(form: pl.Expr) -> pl.Expr:
    """Take the possessive off new words in -лық and -у that the lemmatiser has left."""
    for ending, headword in _OWNED.items():
        form = form.str.replace(f"^(..+{ending}{_CASE_OF_OWNED}$", headword)
    return form


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
    """row_id, word (the form of the entity), and which parts the mention stands in."""
    lead = pl.col("lead").str.len_chars().fill_null(0).alias("lead_chars")
    return mentions.join(articles.select("row_id", lead), on="row_id").select(
        "row_id",
        pl.format("e:{}", "entity_id").alias("word"),
        pl.col("in_title").alias("title"),
        (~pl.col("in_title") & (pl.col("start_char") < pl.col("lead_chars"))).alias(
            "lead"
        ),
        (~pl.col("in_title")).alias("text"),
    )


def _counted(articles: pl.DataFrame, mentions: pl.DataFrame) -> list[pl.DataFrame]:
    """row_id, word, share and place: what counts in articles, part by part."""
    named = _named(articles, mentions)
    cut = {part.column: _cut(articles, part) for part in _PARTS}
    after_title = cut["title"].select("row_id", first=pl.col("length") + 1)
    firsts = {
        "title": cut["title"].select("row_id", first=0),
        "text": cut["text"].select("row_id").join(after_title, on="row_id", how="left"),
    }
    nowhere = pl.lit(_NO_PLACE, pl.Int64).alias("place")
    counted = []
    for part, words in cut.items():
        columns = ["row_id", "word", "share"]
        if part == "lead":
            counted.append(words.select(columns).explode("word").with_columns(nowhere))
        else:
            counted.append(_placed(words.join(firsts[part], on="row_id")))
        counted.append(
            named.filter(part)
            .join(words.drop("word"), on="row_id")
            .select(*columns, nowhere)
        )
    return counted


def _placed(words: pl.DataFrame) -> pl.DataFrame:
    """Give each word its place: row_id, word, share, place."""
    first = pl.col("first").fill_null(0).cast(pl.Int64)
    place = pl.int_ranges(first, first + pl.col("length"))
    return (
        words.select("row_id", "word", "share", place=place)
        .explode("word", "place")
        .with_columns(pl.col("place").clip(upper_bound=_NO_PLACE))
    )


def _cut(articles: pl.DataFrame, part: _Part) -> pl.DataFrame:
    """row_id, word (a list), its length, and share: what one word of it weighs."""
    text = pl.col(part.column).str.to_lowercase()
    norm = 1 - _LENGTH_SHARE + _LENGTH_SHARE * pl.col("length") / part.words
    share = (_MILLIONTHS * part.weight / norm).round().cast(pl.Int64)
    return (
        articles.select("row_id", text.str.extract_all(_WORD).alias("word"))
        .with_columns(pl.col("word").list.len().cast(pl.Int64).alias("length"))
        .filter(pl.col("length") > 0)
        .with_columns(share.alias("share"))
    )


def _sum_up(shares: pl.DataFrame) -> pl.DataFrame:
    """Add up what has one key but for the place; by sorting, faster than grouping."""
    posting = pl.col("key") // _OF_PLACE
    place = pl.col("key") % _OF_PLACE
    is_last = posting != posting.shift(-1)
    weight = pl.col("total") - pl.col("total").shift(1, fill_value=0)
    ordered = shares.sort("key").with_columns(
        place=place.cast(pl.UInt16),
        total=pl.col("share").cum_sum(),
        places=(place != _NO_PLACE).cum_sum().cast(pl.Int64),
    )
    summed = ordered.filter(is_last.fill_null(value=True))
    places = pl.Series(
        "places",
        pa.LargeListArray.from_arrays(
            pa.concat_arrays([pa.array([0], pa.int64()), summed["places"].to_arrow()]),
            ordered.filter(pl.col("place") != _NO_PLACE)["place"].to_arrow(),
        ),
    )
    return summed.select(
        (posting % _OF_NUMBER).cast(pl.Int32).alias("row_id"),
        (posting // _OF_NUMBER).cast(pl.UInt32).alias("form_key"),
        ((weight + _A_HUNDREDTH // 2) // _A_HUNDREDTH)
        .clip(1, _LARGEST_WEIGHT)
        .cast(pl.UInt16)
        .alias("weight"),
        places,
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
