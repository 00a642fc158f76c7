"""How well names, their entities, countries and offices are found on the gold articles.

Pure measuring: frames that were found against frames that are right. What is found is
any object with three frames (`transforms.entities.read_names` gives one):

- ``mentions``: row_id, in_title, start_char, end_char, entity_type, surface, name,
  confidence;
- ``countries``: row_id, country_code;
- ``roles``: row_id, name, role, country_code.

Rules: spans must agree to the character, quotation marks at their ends apart; gpe and
location are one kind, place. Places and organisations inside a longer gold name, in an
optional span or in a facility are left out of the count.
"""

import itertools
from typing import Protocol

import polars as pl

from tests.eval.names_gold import Gold

KINDS = {
    "persons": ["person"],
    "organisations": ["organisation"],
    "places": ["gpe", "location"],
}
BANDS = [0.5, 0.7, 0.8, 0.9]
HALVES = {"dev": ["dev"], "held": ["held"], "all": ["dev", "held"]}
_QUOTES = "«»“”„‟\"‹›' "
_PART = ["row_id", "in_title"]
_SPAN = [*_PART, "start_char", "end_char"]
_SCHEMA = {
    "half": pl.String,
    "measure": pl.String,
    "count": pl.Int64,
    "precision": pl.Float64,
    "recall": pl.Float64,
    "f1": pl.Float64,
    "said": pl.Float64,
}


class Found(Protocol):
    """What was found in the gold articles, by their row_id."""

    mentions: pl.DataFrame
    countries: pl.DataFrame
    roles: pl.DataFrame


def measure(found: Found, gold: Gold) -> pl.DataFrame:
    """Measure what was found, for each half of the articles and for both.

    Returns:
        half (dev, held, all), measure, count, precision, recall, f1, said. For spans,
        countries and roles, count is that of the right answers. Linking has the share
        of gold mentions with the right entity as its recall; ``must_not_be_persons``
        has only a count, of violations; a band of confidence has the count of mentions
        found, the share that is right as its precision, and the mean confidence in
        ``said``.
    """
    spans = judged_spans(found, gold)
    parts = {
        "spans": spans,
        "persons linked": judged_links(found, gold, ["person", "position"]),
        "organisations linked": judged_links(found, gold, ["organisation"]),
        "countries": judged_countries(found, gold),
        "must_not_be_persons": violations(found, gold),
        "roles": judged_roles(found, gold),
    }
    rows = []
    for half, members in HALVES.items():
        ids = gold.articles.filter(pl.col("half").is_in(members))["row_id"].implode()
        own = {
            name: frame.filter(pl.col("row_id").is_in(ids))
            for name, frame in parts.items()
        }
        rows += [_f1(half, kind, own["spans"].filter(kind=kind)) for kind in KINDS]
        for name in ("persons linked", "organisations linked"):
            right = own[name]["is_right"]
            rows.append(_row(half, name, right.len(), recall=right.mean()))
        rows.append(_f1(half, "countries", own["countries"]))
        count = own["must_not_be_persons"].height
        rows.append(_row(half, "must_not_be_persons", count))
        rows.append(_f1(half, "roles", own["roles"]))
        rows += _bands(half, own["spans"])
    return pl.DataFrame(rows, schema=_SCHEMA)


def judged_spans(found: Found, gold: Gold) -> pl.DataFrame:
    """Spans found, right or missed.

    Returns:
        row_id, in_title, start_char, end_char, kind, surface, is_gold, is_found,
        confidence (null where missed), without spans that are left out.
    """
    kinds = {entity: kind for kind, entities in KINDS.items() for entity in entities}
    kind = pl.col("entity_type").replace_strict(kinds, default=None)
    right = (
        gold.spans.filter(~pl.col("is_optional"))
        .with_columns(kind=kind)
        .drop_nulls("kind")
        .select(*_SPAN, "kind", gold_surface="surface", is_gold=True)
    )
    said = (
        _trimmed(found.mentions)
        .with_columns(kind=kind)
        .drop_nulls("kind")
        .group_by(*_SPAN, "kind", maintain_order=True)
        .agg(pl.col("surface").first(), pl.col("confidence").max())
        .with_columns(is_found=pl.lit(value=True))
    )
    joined = right.join(said, on=[*_SPAN, "kind"], how="full", coalesce=True)
    joined = joined.with_columns(
        pl.col("is_gold", "is_found").fill_null(value=False),
        surface=pl.coalesce("gold_surface", "surface"),
    ).drop("gold_surface")
    return joined.join(
        _left_out(joined.filter(~pl.col("is_gold")), gold), on=[*_SPAN, "kind"],
        how="anti",
    ).sort(*_SPAN, "kind")  # fmt: skip


def _left_out(wrong: pl.DataFrame, gold: Gold) -> pl.DataFrame:
    """Of the spans that are not gold, those that are not wrong either."""
    shields = gold.spans.select(
        *_PART,
        pl.col("entity_type", "is_optional"),
        shield_start="start_char",
        shield_end="end_char",
    )
    pairs = wrong.join(shields, on=_PART).filter(
        pl.col("shield_start") <= pl.col("start_char"),
        pl.col("end_char") <= pl.col("shield_end"),
    )
    is_inside = (pl.col("end_char") - pl.col("start_char")) < (
        pl.col("shield_end") - pl.col("shield_start")
    )
    is_open = pl.col("is_optional") | (pl.col("entity_type") == "facility")
    in_longer = is_inside & pl.col("entity_type").is_in(["organisation", "position"])
    is_person = pl.col("kind") == "persons"
    as_person = pl.col("is_optional") & (pl.col("entity_type") == "person")
    return pairs.filter((is_person & as_person) | (~is_person & (is_open | in_longer)))


def judged_links(found: Found, gold: Gold, entity_types: list[str]) -> pl.DataFrame:
    """Gold mentions of these types, and whether what was found names the right entity.

    A mention is met by the mention found that overlaps it most, one of its own type
    first. Where gold knows no entity, none must be named.

    Returns:
        row_id, in_title, start_char, end_char, surface, entity, name, is_right.
    """
    wanted = gold.spans.filter(
        ~pl.col("is_optional"), pl.col("entity_type").is_in(entity_types)
    ).with_row_index("number")
    said = found.mentions.filter(pl.col("entity_type").is_in(entity_types)).select(
        *_PART, "name", said_type="entity_type", s="start_char", e="end_char"
    )
    overlap = pl.min_horizontal("end_char", "e") - pl.max_horizontal("start_char", "s")
    met = (
        wanted.join(said, on=_PART)
        .with_columns(overlap=overlap, own=pl.col("entity_type") == pl.col("said_type"))
        .filter(pl.col("overlap") > 0)
        .sort("number", "own", "overlap", "s", descending=[False, True, True, False])
        .group_by("number", maintain_order=True)
        .agg(pl.col("name").first())
    )
    names = pl.concat_list(
        pl.col("entity_also").list.eval(folded(pl.element())), folded(pl.col("entity"))
    )
    is_named = folded(pl.col("name")).is_in(names)
    return (
        wanted.join(met, on="number", how="left", maintain_order="left")
        .with_columns(
            is_right=pl.when(pl.col("entity").is_null())
            .then(pl.col("name").is_null())
            .otherwise(is_named.fill_null(value=False))
        )
        .select(*_SPAN, "surface", "entity", "name", "is_right")
    )


def judged_countries(found: Found, gold: Gold) -> pl.DataFrame:
    """Countries of articles: row_id, country_code, is_gold, is_found."""
    keys = ["row_id", "country_code"]
    return _full(gold.countries.select(keys), found.countries.select(keys), keys)


def judged_roles(found: Found, gold: Gold) -> pl.DataFrame:
    """Offices found, right or missed: row_id, person, role, country_code and flags."""
    keys = ["row_id", "person", "role", "country_code"]
    # A second spelling of a person counts as the first.
    also = (
        gold.spans.filter(pl.col("entity_also").list.len() > 0)
        .select("row_id", entity=folded(pl.col("entity")), person="entity_also")
        .explode("person")
        .with_columns(folded(pl.col("person")))
        .unique(["row_id", "person"])
    )
    said = (
        found.roles.select(
            "row_id",
            "country_code",
            person=folded(pl.col("name")),
            role=folded(pl.col("role")),
        )
        .join(also, on=["row_id", "person"], how="left")
        .with_columns(person=pl.coalesce("entity", "person"))
        .select(keys)
    )
    all_roles = gold.roles.with_columns(folded(pl.col("person", "role")))
    right = all_roles.filter(~pl.col("is_optional")).select(keys)
    optional = all_roles.filter("is_optional").join(
        right, on=["row_id", "person", "role"], how="anti"
    )
    said = said.join(optional, on=["row_id", "person", "role"], how="anti")
    return _full(right, said, keys)


def violations(found: Found, gold: Gold) -> pl.DataFrame:
    """Persons found where none is named: row_id, in_title, start_char, surface."""
    persons = found.mentions.filter(entity_type="person").select(
        *_PART, "surface", s="start_char", e="end_char"
    )
    meets = (pl.col("s") < pl.col("end_char")) & (pl.col("start_char") < pl.col("e"))
    real = gold.spans.filter(entity_type="person").select(_SPAN)
    found_real = persons.join(real, on=_PART).filter(meets)
    keys = [*_PART, "s", "e"]
    return (
        persons.join(gold.not_persons, on=_PART)
        .filter(meets)
        .join(found_real, on=keys, how="anti")
        .unique(keys)
        .select(*_PART, "surface", start_char="s")
        .sort(*_PART, "start_char")
    )


def folded(text: pl.Expr) -> pl.Expr:
    """A name without what spellings differ in: case, ё, spaces, dots, hyphens."""
    return (
        text.str.to_lowercase()
        .str.replace_all("ё", "е", literal=True)
        .str.replace_all(r"[^\p{L}\p{N}]", "")
    )


def print_table(frame: pl.DataFrame) -> None:
    """Print what `measure` returned, one half after the other."""
    for (half,), rows in frame.group_by("half", maintain_order=True):
        print(f"\n{half:<22} count  precision  recall     f1   said")
        for row in rows.iter_rows(named=True):
            figures = [row[name] for name in ("precision", "recall", "f1", "said")]
            cells = [" " * 6 if x is None else f"{x:6.3f}" for x in figures]
            print(f"{row['measure']:<22} {row['count']:5}     " + "  ".join(cells))


def _trimmed(mentions: pl.DataFrame) -> pl.DataFrame:
    """Spans without quotation marks at their ends."""
    start = pl.col("surface").str.strip_chars_start(_QUOTES).str.len_chars()
    end = pl.col("surface").str.strip_chars_end(_QUOTES).str.len_chars()
    size = pl.col("surface").str.len_chars()
    return mentions.with_columns(
        pl.col("start_char") + (size - start).cast(pl.Int32),
        pl.col("end_char") - (size - end).cast(pl.Int32),
        surface=pl.col("surface").str.strip_chars(_QUOTES),
    ).filter(pl.col("surface") != "")


def _full(right: pl.DataFrame, said: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    return (
        right.unique()
        .with_columns(is_gold=True)
        .join(
            said.unique().with_columns(is_found=True),
            on=keys,
            how="full",
            coalesce=True,
            nulls_equal=True,
        )
        .with_columns(pl.col("is_gold", "is_found").fill_null(value=False))
        .sort(keys)
    )


def _f1(half: str, name: str, judged: pl.DataFrame) -> dict:
    gold, found = judged["is_gold"].sum(), judged["is_found"].sum()
    both = judged.filter(pl.col("is_gold") & pl.col("is_found")).height
    return _row(
        half,
        name,
        gold,
        precision=both / found if found else None,
        recall=both / gold if gold else None,
        f1=2 * both / (gold + found) if gold + found else None,
    )


def _bands(half: str, spans: pl.DataFrame) -> list[dict]:
    edges = [0.0, *BANDS, 1.0]
    band = pl.sum_horizontal(pl.col("confidence") >= edge for edge in BANDS)
    said = spans.filter("is_found").with_columns(band=band)
    rows = []
    for number, (low, high) in enumerate(itertools.pairwise(edges)):
        own = said.filter(pl.col("band") == number)
        rows.append(
            _row(
                half,
                f"confidence {low:g}–{high:g}",
                own.height,
                precision=own["is_gold"].mean(),
                said=own["confidence"].mean(),
            )
        )
    return rows


def _row(half: str, name: str, count: int, **figures: object) -> dict:
    empty = dict.fromkeys(("precision", "recall", "f1", "said"))
    return {"half": half, "measure": name, "count": count} | empty | figures
