"""Where names stand: what the trained model finds, and the known names.

The model reads every sentence by itself; the reference tables know countries, places,
organisations and people. Where both speak about the same words, the tables decide who
it is and the model whether it is a name at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from transforms.entities.people import entity_ids
from transforms.entities.spelling import name_key
from transforms.kazakh.countries import find_countries
from transforms.kazakh.named_after import NAMED_AFTER, class_of_noun
from transforms.kazakh.places import find_places
from transforms.kazakh.recognition.tag import tag

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from transforms.entities.names import Names

#: A known name that the model did not mark is right about so often; see
#: tests/eval/names.json.
_KNOWN_ALONE = {"country": 0.95, "place": 0.9, "name": 0.9}
#: What both found.
_BOTH = 0.98
#: From this confidence on the model's person stands against a known place.
_SURE = 0.9
#: Below this a single word in small letters is no name.
_DOUBTFUL = 0.6
#: A person cut out of a longer span of the model.
_PARTED = 0.6
_GENITIVE = r"\p{L}{3}(?:[ндт][ыі]ң)$"
#: «Вучич Белградқа», «Путин Женевада»: where somebody is, not who.
_LOCAL_CASE = r"\p{L}{3}(?:[дт][ае]|[дтн][ае]н|[дт][ае]ғы|[дт][ае]гі|[қгкғ][ае])$"
_PATRONYMIC = r"\p{L}{2}(?:ұлы|қызы|улы|кызы|[ое]вич|[ое]вна|ична)"
#: More characters than a text may have.
_TEXT = 1 << 32
_CLASSES_OF_PLACES = ("gpe", "location", "norp", "facility")

#: Columns of mentions before linking.
SPAN_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "row_id": pl.Int32,
    "in_title": pl.Boolean,
    "sentence_no": pl.Int32,
    "entity_type": pl.String,
    "start_char": pl.Int32,
    "end_char": pl.Int32,
    "first": pl.UInt32,
    "last": pl.UInt32,
    "confidence": pl.Float64,
    "method": pl.String,
    "known_id": pl.Int64,
    "known_name": pl.String,
    "country_code": pl.String,
    "source": pl.String,
}


def find_mentions(
    words: pl.DataFrame, articles: pl.DataFrame, names: Names
) -> pl.DataFrame:
    """Find the names in the words of a batch.

    Args:
        words: as `transforms.entities.words.read_words` gives them.
        articles: ``row_id``, ``title``, ``text``, ``script``.
        names: what is known.

    Returns:
        `SPAN_SCHEMA`, in order of place: ``first`` and ``last`` are rows of ``words``,
        ``known_id`` and ``known_name`` the entity of the reference tables, where one is
        meant, ``country_code`` the country that is named.
    """
    places = words.with_row_index("at")
    by_model = _by_model(places, names)
    known = pl.concat(
        [
            _countries(places, articles, names),
            _places(places, names),
            _known_names(places, names),
        ]
    )
    known = _bodies_of_others(known, names.entities)
    return _settle(by_model, known, places)


def _by_model(words: pl.DataFrame, names: Names) -> pl.DataFrame:
    found = tag(
        words.select(
            pl.col("row_id").alias("article_id"),
            (~pl.col("in_title")).cast(pl.Int8).alias("version"),
            pl.col("sentence_no").fill_null(0),
            "token",
            "form",
            "start_char",
            "end_char",
        ),
        names.scorer,
    ).select(
        pl.col("article_id").alias("row_id"),
        (pl.col("version") == 0).alias("in_title"),
        "entity_type",
        "start_char",
        "end_char",
        "confidence",
    )
    return (
        _on_words(found, words)
        .pipe(_trim, words)
        .pipe(_people_in_capitals, words)
        .pipe(_drop_small_words, words)
        .with_columns(
            method=pl.lit("model"),
            known_id=pl.lit(None, pl.Int64),
            known_name=pl.lit(None, pl.String),
            country_code=pl.lit(None, pl.String),
            source=pl.lit("model"),
        )
        .pipe(_in_schema)
    )


def _on_words(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Add the first and last word of spans of characters, and the sentence.

    A span that begins before every word of its text is put on the word before, of
    another text; the caller looks whether the words reach to its end.
    """
    starts = _place_in_batch(words, "start_char")
    first = np.searchsorted(starts, _place_in_batch(spans, "start_char"), "right") - 1
    last = np.searchsorted(starts, _place_in_batch(spans, "end_char") - 1, "right") - 1
    first, last = first.clip(0), last.clip(0)
    return spans.with_columns(
        pl.Series("first", first, dtype=pl.UInt32),
        pl.Series("last", last, dtype=pl.UInt32),
        words["sentence_no"].gather(first),
    )


def _place_in_batch(frame: pl.DataFrame, column: str) -> NDArray[np.int64]:
    """One ascending number for article, title or text, and character."""
    text = pl.col("row_id").cast(pl.Int64) * 2 + (~pl.col("in_title")).cast(pl.Int64)
    place = text * _TEXT + pl.col(column).cast(pl.Int64)
    return frame.select(place.alias("place")).to_series().to_numpy()


def _trim(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Cut dashes and commas off the ends of the model's spans; drop what is none."""
    token = words["token"]
    is_mark = ~token.str.contains(r"[\p{L}\p{N}%$€₸]")
    opens = token.is_in(["«", '"', "“", "„"])
    closes = token.is_in(["»", '"', "”"])
    for _ in range(2):
        first, last = spans["first"], spans["last"]
        spans = spans.filter(first <= last)
        first, last = spans["first"], spans["last"]
        cut_first = (is_mark & ~opens).gather(first)
        cut_last = (is_mark & ~closes).gather(last)
        spans = spans.with_columns(
            first=first + cut_first.cast(pl.UInt32),
            last=(last.cast(pl.Int64) - cut_last.cast(pl.Int64)),
        )
        spans = spans.filter(pl.col("first") <= pl.col("last")).with_columns(
            pl.col("last").cast(pl.UInt32)
        )
    spans = _until_bracket(spans, words)
    return spans.with_columns(
        start_char=pl.when(
            words["start_char"].gather(spans["first"]) > pl.col("start_char")
        )
        .then(words["start_char"].gather(spans["first"]))
        .otherwise("start_char"),
        end_char=pl.min_horizontal(
            words["end_char"].gather(spans["last"]), pl.col("end_char")
        ),
    )


def _until_bracket(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """End a name before a bracket: «… орталығы (АҚО» is the centre alone."""
    brackets = (
        _words_under(spans)
        .join(words.filter(pl.col("form") == "(").select("at"), on="at", how="semi")
        .sort("span", "at")
        .unique("span", keep="first")
        .rename({"at": "bracket"})
    )
    is_inner = pl.col("bracket") > pl.col("first")
    return (
        spans.with_row_index("span")
        .join(brackets, on="span", how="left", maintain_order="left")
        .with_columns(
            last=pl.when(is_inner).then(pl.col("bracket") - 1).otherwise("last")
        )
        .drop("span", "bracket")
    )


def _drop_small_words(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Drop doubtful names of one word in small letters: «хабар» is no organisation."""
    is_small = words["form"].gather(spans["first"]).str.contains(r"^\p{Ll}")
    return spans.filter(
        ~(
            is_small
            & (pl.col("first") == pl.col("last"))
            & (pl.col("confidence") < _DOUBTFUL)
            & pl.col("entity_type").is_in(
                ["organisation", "facility", "gpe", "location"]
            )
        )
    )


def _people_in_capitals(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Cut small-letter words off the ends of people; drop initials that stand alone."""
    is_person = spans["entity_type"] == "person"
    form = words["form"]
    is_small = form.str.contains(r"^\p{Ll}") & ~form.str.contains("^әл-")
    for _ in range(2):
        first, last = spans["first"], spans["last"]
        several = (first < last) & is_person
        skip = (several & is_small.gather(first)).cast(pl.UInt32)
        first = first + skip
        cut = (several & (first < last) & is_small.gather(last)).cast(pl.UInt32)
        last = last - cut
        spans = spans.with_columns(
            first=first,
            last=last,
            start_char=pl.when(skip == 1)
            .then(words["start_char"].gather(first))
            .otherwise("start_char"),
            end_char=pl.when(cut == 1)
            .then(words["end_char"].gather(last))
            .otherwise("end_char"),
        )
    is_letter = (spans["first"] == spans["last"]) & (
        form.gather(spans["first"]).str.len_chars() == 1
    )
    is_name = spans["entity_type"].is_in(
        ["person", *_CLASSES_OF_PLACES, "organisation"]
    )
    return spans.filter(~(is_name & is_letter))


def _countries(
    words: pl.DataFrame, articles: pl.DataFrame, names: Names
) -> pl.DataFrame:
    read = articles.join(words.select("row_id").unique(), on="row_id", how="semi")
    parts = [
        find_countries(
            read.filter(pl.col(column).is_not_null()).select(
                pl.col("row_id").alias("article_id"),
                pl.lit(version).alias("version"),
                pl.col(column).alias("text"),
                "script",
            ),
            names.country_names,
        )
        for version, column in enumerate(("title", "text"))
    ]
    found = pl.concat(parts).select(
        pl.col("article_id").alias("row_id"),
        (pl.col("version") == 0).alias("in_title"),
        "country_code",
        pl.col("start_char").cast(pl.Int32),
        pl.col("end_char").cast(pl.Int32),
        "kind",
    )
    is_name = pl.col("kind").is_in(["name", "abbreviation"])
    if words.is_empty():
        return pl.DataFrame(schema=SPAN_SCHEMA)
    placed = _on_words(found, words)
    # A sentence that is not read (another language's) has no words of its own.
    begins, ends = (
        _place_in_batch(words[placed[name]], column)
        for name, column in (("first", "start_char"), ("last", "end_char"))
    )
    placed = placed.filter(
        (begins <= _place_in_batch(placed, "start_char"))
        & (begins // _TEXT == _place_in_batch(placed, "start_char") // _TEXT)
        & (ends >= _place_in_batch(placed, "end_char"))
    )
    return (
        placed.join(
            names.countries.select(
                "country_code", known_id="entity_id", known_name="name_kk"
            ),
            on="country_code",
            how="left",
            maintain_order="left",
        )
        .with_columns(
            entity_type=pl.when(is_name).then(pl.lit("gpe")).otherwise(pl.lit("norp")),
            confidence=pl.lit(_KNOWN_ALONE["country"]),
            method=pl.lit("gazetteer"),
            source=pl.lit("country"),
        )
        .pipe(_in_schema)
    )


def _places(words: pl.DataFrame, names: Names) -> pl.DataFrame:
    is_region = pl.col("kind") == "world_region"
    found = find_places(words.drop("at"), names.place_gazetteer, names.place_phrases)
    ids = entity_ids("place", found.select(name_key(pl.col("name"))).to_series())
    return _in_schema(
        found.pipe(_add_place_of, words).with_columns(
            # «алматылық» is who or what is of Almaty.
            entity_type=pl.when("derived")
            .then(pl.lit("norp"))
            .when(is_region)
            .then(pl.lit("location"))
            .otherwise(pl.lit("gpe")),
            known_id=ids,
            known_name="name",
            confidence=pl.lit(_KNOWN_ALONE["place"]),
            method=pl.lit("gazetteer"),
            source=pl.lit("place"),
            country_code=pl.lit(None, pl.String),
        )
    )


def _known_names(words: pl.DataFrame, names: Names) -> pl.DataFrame:
    bare = words.drop("at")
    found = pl.concat(
        [names.gazetteer.find(bare), names.union_gazetteer.find(bare)]
    ).filter(~pl.col("derived"))
    return (
        found.join(
            names.phrases.select(
                "phrase_no",
                "entity_type",
                pl.col("country_code").is_not_null().alias("of_country"),
                known_id="entity_id",
                known_name="name",
            ),
            on="phrase_no",
            how="left",
            maintain_order="left",
        )
        .with_columns(entities=pl.col("known_id").n_unique().over("first", "last"))
        # A spelling that two entities share is nobody's.
        .filter(pl.col("entities") == 1)
        .unique(["first", "last"], keep="first", maintain_order=True)
        .sort("first", "last", descending=[False, True])
        .pipe(_add_place_of, words)
        .with_columns(
            confidence=pl.lit(_KNOWN_ALONE["name"]),
            method=pl.lit("gazetteer"),
            source=pl.when(
                (pl.col("entity_type") == "organisation") & pl.col("of_country")
            )
            .then(pl.lit("body"))
            .otherwise(pl.lit("name")),
            country_code=pl.lit(None, pl.String),
        )
        .pipe(_in_schema)
    )


def _bodies_of_others(known: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """Take another country's body for its own: «Ауғанстан Үкіметі», «Ресей СІМ»."""
    homes = entities.select(known_id="entity_id", home="country_code")
    bodies = (
        known.filter(pl.col("source") == "body")
        .join(homes, on="known_id", how="left", maintain_order="left")
        .with_columns(before=pl.col("first").cast(pl.Int64) - 1)
    )
    countries = known.filter(
        pl.col("source") == "country", pl.col("entity_type") == "gpe"
    ).select(
        pl.col("last").cast(pl.Int64).alias("before"),
        "row_id",
        "in_title",
        "sentence_no",
        other="country_code",
        other_first="first",
        other_start="start_char",
    )
    joined = bodies.join(
        countries,
        on=["before", "row_id", "in_title", "sentence_no"],
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    is_others = (pl.col("other") != pl.col("home")).fill_null(value=False)
    changed = joined.with_columns(
        first=pl.when(is_others).then("other_first").otherwise("first"),
        start_char=pl.when(is_others).then("other_start").otherwise("start_char"),
        known_id=pl.when(~is_others).then("known_id"),
        known_name=pl.when(~is_others).then("known_name"),
        method=pl.when(is_others).then(pl.lit("rule")).otherwise("method"),
    )
    return pl.concat([known.filter(pl.col("source") != "body"), _in_schema(changed)])


def _add_place_of(found: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    return found.with_columns(
        words[name].gather(found["first"])
        for name in ("row_id", "in_title", "sentence_no")
    )


def _in_schema(spans: pl.DataFrame) -> pl.DataFrame:
    return spans.select(pl.col(name).cast(dtype) for name, dtype in SPAN_SCHEMA.items())


def _settle(
    model: pl.DataFrame, known: pl.DataFrame, words: pl.DataFrame
) -> pl.DataFrame:
    """Decide between spans that share words."""
    known = _without(known, _lesser_known(known))
    model = _split_people(model, known, words)
    pairs = _pairs(model, known)
    known_gone = _loses_to_model(pairs)
    pairs = pairs.join(known_gone, left_on="other", right_on="span", how="anti")
    model_gone = _loses_to_known(pairs)
    confirmed = pairs.filter(_is_equal, _same_family()).select("other").unique()
    known = known.with_row_index("span")
    settled_known = known.join(known_gone, on="span", how="anti").with_columns(
        confidence=pl.when(pl.col("span").is_in(confirmed["other"].to_list()))
        .then(pl.lit(_BOTH))
        .otherwise("confidence")
    )
    settled_model = _cut_before(model.with_row_index("span"), pairs, words).join(
        model_gone, on="span", how="anti"
    )
    every = pl.concat([settled_model.drop("span"), settled_known.drop("span")])
    return _name_things(every, words).sort(
        "row_id",
        ~pl.col("in_title"),
        "first",
        "last",
        descending=[False, False, False, True],
    )


def _split_people(
    model: pl.DataFrame, known: pl.DataFrame, words: pl.DataFrame
) -> pl.DataFrame:
    """Part people whom the model ran together: «Тоқаев Серджо Маттарелламен».

    A name ends where a word in it is a genitive, where a known person's name ends, and
    before and after a country. Known people remain as known spans.
    """
    people = _until_genitive(model.filter(pl.col("entity_type") == "person"), words)
    inside = _pairs(people, known).filter(_other_inside)
    is_first = pl.col("other_first") == pl.col("first")
    after_known = inside.filter(
        is_first, pl.col("other_entity_type") == "person"
    ).select("span", "other_last", "last")
    next_form = words["form"].gather(after_known["other_last"] + 1)
    after_known = after_known.filter(~next_form.str.contains(_PATRONYMIC)).select(
        "span", cut_first=pl.lit(0, pl.Int64), cut_last="other_last"
    )
    around_country = inside.filter(pl.col("other_source") == "country").select(
        "span", cut_first=pl.col("other_first").cast(pl.Int64), cut_last="other_last"
    )
    before_place = inside.filter(
        pl.col("other_source") == "place",
        (pl.col("other_last") == pl.col("last")) | is_first,
    )
    before_place = before_place.filter(
        words["form"].gather(before_place["other_last"]).str.contains(_LOCAL_CASE)
    ).select(
        "span", cut_first=pl.col("other_first").cast(pl.Int64), cut_last="other_last"
    )
    cuts = (
        pl.concat([after_known, around_country, before_place])
        .group_by("span")
        .agg(pl.col("cut_first").max(), pl.col("cut_last").max().cast(pl.Int64))
    )
    numbered = people.with_row_index("span")
    cut = numbered.join(cuts, on="span")
    halves = pl.concat(
        [
            cut.with_columns(last=pl.col("cut_first") - 1),
            cut.with_columns(first=pl.col("cut_last") + 1),
        ],
        how="vertical_relaxed",
    ).filter(pl.col("first") <= pl.col("last"))
    halves = halves.with_columns(
        start_char=words["start_char"].gather(halves["first"]),
        end_char=words["end_char"].gather(halves["last"]),
        confidence=pl.min_horizontal("confidence", _PARTED),
    )
    return pl.concat(
        [
            model.filter(pl.col("entity_type") != "person"),
            _in_schema(numbered.join(cuts, on="span", how="anti")),
            _in_schema(halves),
        ]
    )


def _until_genitive(people: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """End a name at its first genitive: «Трамптың Газа …» is about Трамп."""
    owners = (
        _words_under(people)
        .join(
            words.filter(pl.col("form").str.contains(_GENITIVE)).select(
                "at", owner_end="end_char"
            ),
            on="at",
        )
        .sort("span", "at")
        .unique("span", keep="first")
        .rename({"at": "owner"})
    )
    is_inner = pl.col("owner") < pl.col("last")
    return _in_schema(
        people.with_row_index("span")
        .join(owners, on="span", how="left", maintain_order="left")
        .with_columns(
            last=pl.when(is_inner).then("owner").otherwise("last"),
            end_char=pl.when(is_inner).then("owner_end").otherwise("end_char"),
        )
    )


def _pairs(spans: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """Spans of two frames that share a word, with both of their columns."""
    left = _words_under(spans)
    right = _words_under(others).rename({"span": "other"})
    met = left.join(right, on="at").select("span", "other").unique()
    columns = ("first", "last", "entity_type", "confidence", "source", "known_id")
    return met.join(
        spans.with_row_index("span").select("span", *columns, "country_code"),
        on="span",
    ).join(
        others.with_row_index("other").select(
            "other",
            *(pl.col(name).alias(f"other_{name}") for name in columns),
            other_country="country_code",
            other_start="start_char",
        ),
        on="other",
    )


def _words_under(spans: pl.DataFrame) -> pl.DataFrame:
    ranges = pl.int_ranges("first", pl.col("last") + 1, dtype=pl.UInt32)
    return spans.with_row_index("span").select("span", at=ranges).explode("at")


_is_equal = (pl.col("first") == pl.col("other_first")) & (
    pl.col("last") == pl.col("other_last")
)
_other_inside = (
    (pl.col("first") <= pl.col("other_first"))
    & (pl.col("last") >= pl.col("other_last"))
    & ~_is_equal
)
_inside_other = (
    (pl.col("first") >= pl.col("other_first"))
    & (pl.col("last") <= pl.col("other_last"))
    & ~_is_equal
)
_crosses = ~(_is_equal | _other_inside | _inside_other)
_is_of_place = pl.col("other_entity_type").is_in(_CLASSES_OF_PLACES)


def _same_family() -> pl.Expr:
    both_places = pl.col("entity_type").is_in(_CLASSES_OF_PLACES) & _is_of_place
    return (pl.col("entity_type") == pl.col("other_entity_type")) | both_places


def _without(spans: pl.DataFrame, gone: pl.DataFrame) -> pl.DataFrame:
    return spans.with_row_index("span").join(gone, on="span", how="anti").drop("span")


#: Where spans of the tables have the same words, the first of these counts.
_RANKS = {"country": 0, "name": 1, "body": 1, "place": 2}


def _lesser_known(known: pl.DataFrame) -> pl.DataFrame:
    """Known spans that give way to other known ones: column span."""
    rank = pl.col("source").replace_strict(_RANKS, return_dtype=pl.Int8)
    other_rank = pl.col("other_source").replace_strict(_RANKS, return_dtype=pl.Int8)
    pairs = _pairs(known, known).filter(pl.col("span") != pl.col("other"))
    length = pl.col("last") - pl.col("first")
    other_length = pl.col("other_last") - pl.col("other_first")
    loses_equal = _is_equal & (rank > other_rank)
    is_person = pl.col("other_entity_type") == "person"
    # «Абай» in «Абай Құнанбайұлы» is no place, «Назарбаев» in a university no person.
    # «Шанхай» in an organisation's name is no place that is spoken of, nor is
    # «Қазақстан» in «Батыс Қазақстан облысы».
    is_place = pl.col("source") == "place"
    of_name = is_place & pl.col("other_source").is_in(["name", "body"])
    of_place = (pl.col("other_source") == "place") & _same_family()
    loses_inside = _inside_other & (
        is_person | (pl.col("entity_type") == "person") | of_name | of_place
    )
    loses_cross = _crosses & (
        (length < other_length) | (length == other_length) & (rank > other_rank)
    )
    return (
        pairs.filter(loses_equal | loses_inside | loses_cross).select("span").unique()
    )


def _loses_to_model(pairs: pl.DataFrame) -> pl.DataFrame:
    """Known spans that give way to the model's: column span."""
    model_is_person = pl.col("entity_type") == "person"
    is_sure = pl.col("confidence") >= _SURE
    known_is_person = pl.col("other_entity_type") == "person"
    same_words = (
        _is_equal & model_is_person & is_sure & (pl.col("other_source") == "place")
    )
    # Inside a person's name stands no place; inside another name no person, but the
    # position before a name may have swallowed it.
    inside_person = _other_inside & model_is_person & ~known_is_person
    inside_full_name = _other_inside & model_is_person & known_is_person
    person_inside = (
        _other_inside
        & known_is_person
        & pl.col("entity_type").is_in(["organisation", "facility", "gpe", "location"])
    )
    crosses = (
        _crosses
        & (pl.col("confidence") >= _SURE)
        & (pl.col("other_source") != "country")
    )
    return (
        pairs.filter(
            same_words
            | inside_person
            | inside_full_name
            | person_inside
            | crosses
            | _is_part_of_body
        )
        .select(span="other")
        .unique()
    )


#: «Ресей Сыртқы істер министрлігі» is not the ministry of the reference table, nor is
#: a department that ends in the name of a ministry.
_is_part_of_body = (
    _other_inside
    & (pl.col("entity_type") == "organisation")
    & (pl.col("other_entity_type") == "organisation")
    & (pl.col("other_last") == pl.col("last"))
    & (pl.col("other_source") == "body")
)


def _loses_to_known(pairs: pl.DataFrame) -> pl.DataFrame:
    """The model's spans that give way to known ones: column span."""
    place_in_place = (
        _other_inside
        & pl.col("entity_type").is_in(_CLASSES_OF_PLACES[:3])
        & _is_of_place
    )
    crosses = _crosses & (pl.col("entity_type") == pl.col("other_entity_type"))
    return (
        pairs.filter(_is_equal | _inside_other | place_in_place | crosses)
        .select("span")
        .unique()
    )


def _cut_before(
    model: pl.DataFrame, pairs: pl.DataFrame, words: pl.DataFrame
) -> pl.DataFrame:
    """Cut a span that ran on into a known organisation: «… кеңесі БҰҰ-ны»."""
    ran_on = (
        pairs.filter(
            _other_inside,
            (pl.col("other_last") == pl.col("last")),
            pl.col("entity_type") == "organisation",
            pl.col("other_entity_type") == "organisation",
        )
        .group_by("span")
        .agg(cut=pl.col("other_first").min())
    )
    cut = pl.col("cut") - 1
    shorter = model.join(ran_on, on="span", how="left", maintain_order="left")
    ends = words.select(cut="at", cut_end="end_char").with_columns(pl.col("cut") + 1)
    return (
        shorter.join(ends, on="cut", how="left", maintain_order="left")
        .with_columns(
            last=pl.coalesce(cut, "last"),
            end_char=pl.coalesce("cut_end", "end_char"),
        )
        .drop("cut", "cut_end")
    )


def _name_things(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Turn people into what is named after them: streets, stadiums, agreements."""
    spans = spans.with_row_index("span")
    people = spans.filter(pl.col("entity_type") == "person")
    token = words.select(
        "form",
        "sentence_no",
        "row_id",
        "in_title",
        "end_char",
        pl.col("at").cast(pl.Int64),
    )
    last_form = words["form"].gather(people["last"])
    is_owner = last_form.str.contains("[ндт][ыі]ң$")
    after = pl.concat(
        [
            people.select(
                "span",
                step=pl.lit(step),
                row="row_id",
                title="in_title",
                sentence="sentence_no",
                at=pl.col("last").cast(pl.Int64) + step,
            ).filter(~is_owner)
            for step in range(1, 5)
        ]
    ).join(token, on="at")
    after = after.filter(
        pl.col("row") == pl.col("row_id"),
        pl.col("title") == pl.col("in_title"),
        pl.col("sentence").eq_missing(pl.col("sentence_no")),
    ).with_columns(
        noun=class_of_noun(pl.col("form")),
        named_after=pl.col("form").str.contains(NAMED_AFTER),
    )
    directly = after.filter(pl.col("step") == 1, pl.col("noun").is_not_null())
    called = after.filter(pl.col("step") == 1, "named_after").select("span")
    through = (
        after.join(called, on="span", how="semi")
        .filter(pl.col("step") > 1)
        .sort("span", "step")
        .group_by("span", maintain_order=True)
        .agg(
            noun=pl.col("noun").drop_nulls().first(),
            at=pl.col("at").filter(pl.col("noun").is_not_null()).first(),
            end_char=pl.col("end_char").filter(pl.col("noun").is_not_null()).first(),
        )
        .with_columns(noun=pl.col("noun").fill_null("facility"))
    )
    turned = pl.concat([directly.select("span", "noun", "at", "end_char"), through])
    turned = turned.rename({"end_char": "noun_end"}).unique("span", keep="first")
    changed = (
        people.join(turned, on="span")
        .with_columns(
            entity_type="noun",
            last=pl.coalesce(pl.col("at").cast(pl.UInt32), "last"),
            end_char=pl.coalesce("noun_end", "end_char"),
            confidence=pl.min_horizontal("confidence", 0.6),
            method=pl.lit("rule"),
            known_id=pl.lit(None, pl.Int64),
            known_name=pl.lit(None, pl.String),
        )
        .select(spans.columns)
    )
    rest = spans.join(turned, on="span", how="anti")
    # Another span may hold the whole name already.
    met = (
        _words_under(changed.drop("span"))
        .join(_words_under(rest.drop("span")).rename({"span": "other"}), on="at")
        .select("span")
        .unique()
    )
    new = _without(changed.drop("span"), met)
    return pl.concat([rest.drop("span"), new])
