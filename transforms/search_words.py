"""The words of articles as search finds them: forms, their headwords, their weights.

A form is a word as it stands, in small letters, Latin-script Kazakh written in Cyrillic
and look-alike letters folded. Search meets a form by itself, by its headword and by how
it begins, so an inflection that the lemmatiser reads wrongly is still found.

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

from transforms.kazakh.latin import to_cyrillic
from transforms.kazakh.lemmas import lemmatise
from transforms.kazakh.letters import CYRILLIC, TO_CYRILLIC
from transforms.kazakh.mixed_script import MIXED

#: Raised whenever forms, headwords or weights change.
SEARCH_VERSION = "2"

#: Longer ones are no words; they are cut, not lost.
_LONGEST_FORM = 40
#: Weights are kept as whole hundredths; on the way there as millionths, whose sum is
#: the same in any order.
_MILLIONTHS, _A_HUNDREDTH = 1_000_000, 10_000
_LARGEST_WEIGHT = 65_535
#: A form's key and an article's number side by side in 64 bits.
_HALF = 1 << 32
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
        postings: one row a form of an article: ``row_id`` (Int32), ``form_key`` and
            ``weight`` (UInt16, hundredths, at least 1).
    """

    forms: pl.DataFrame
    postings: pl.DataFrame


def read_words(articles: pl.DataFrame, mentions: pl.DataFrame) -> Words:
    """Weigh the forms of articles.

    Args:
        articles: ``row_id`` (Int32), ``title``, ``lead``, ``text`` (nulls are empty),
            ``language`` and ``script``.
        mentions: what they name: ``row_id`` (Int32), ``entity_id``, ``in_title`` and
            ``start_char`` (code points, in the title or the text).
    """
    in_cyrillic = _latin_kazakh_in_cyrillic(articles)
    named = _named(articles, mentions)
    counted = []
    for part in _PARTS:
        cut = _cut(in_cyrillic, part)
        counted += [
            cut.explode("word"),
            named.filter(part.column).join(cut.drop("word"), on="row_id")[cut.columns],
        ]
    words = pl.concat(counted)
    met = words["word"].unique().sort()
    folded = met.to_frame("word").select("word", _folded(pl.col("word")))
    forms = folded.select(pl.col("form").unique().sort()).with_row_index("form_key")
    of_word = folded.join(forms, on="form", maintain_order="left")["form_key"]
    place = words["word"].cast(pl.Enum(met)).to_physical()
    postings = _sum_up(
        words.select(
            key=of_word.gather(place).cast(pl.UInt64) * _HALF + pl.col("row_id"),
            share="share",
        )
    )
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


def _cut(articles: pl.DataFrame, part: _Part) -> pl.DataFrame:
    """row_id, word (a list) and share, what one word of the part weighs."""
    text = pl.col(part.column).str.to_lowercase()
    length = pl.col("word").list.len()
    norm = 1 - _LENGTH_SHARE + _LENGTH_SHARE * length / part.words
    share = (_MILLIONTHS * part.weight / norm).round().cast(pl.Int64)
    return (
        articles.select("row_id", text.str.extract_all(_WORD).alias("word"))
        .filter(length > 0)
        .with_columns(share.alias("share"))
    )


def _sum_up(shares: pl.DataFrame) -> pl.DataFrame:
    """Add up what has one key; by sorting, which is far faster than grouping."""
    is_last = pl.col("key") != pl.col("key").shift(-1)
    weight = pl.col("total") - pl.col("total").shift(1, fill_value=0)
    return (
        shares.sort("key")
        .with_columns(pl.col("share").cum_sum().alias("total"))
        .filter(is_last.fill_null(value=True))
        .select(
            (pl.col("key") % _HALF).cast(pl.Int32).alias("row_id"),
            (pl.col("key") // _HALF).cast(pl.UInt32).alias("form_key"),
            ((weight + _A_HUNDREDTH // 2) // _A_HUNDREDTH)
            .clip(1, _LARGEST_WEIGHT)
            .cast(pl.UInt16)
            .alias("weight"),
        )
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
