"""Corrections: values that a source has wrong, and what is right, as rows of a table.

A correction changes what is shown and read, never what an article is: its keys and the
hash by which versions are told apart stay those of the record as it came. So a
correction splits no article and makes no version, and the same record that comes again
is known. The value as it was found is kept beside, so that it comes back when the
correction is taken away.
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from transforms.conform import count_words
from transforms.keys import digests, keys
from transforms.parse.address import canonical_url

#: The step in article_step.
CORRECTIONS = "corrections"
#: Raised when the same rows would change articles otherwise.
CORRECTIONS_VERSION = "1"
#: Fields that are one column of text, and replaced whole.
PLAIN_FIELDS = (
    "title",
    "lead",
    "author",
    "section",
    "dateline_place",
    "photo_credit",
    "language",
)
DATE_FIELDS = ("published_date", "published_at")
#: ``text``: a passage of it is replaced, in all places; ``source``: the outlet's code.
FIELDS = (*PLAIN_FIELDS, *DATE_FIELDS, "source", "text")
#: What a correction's row says it expects of the source.
EXPECTED = ("wrong", "mended")
STATES = ("applied", "outdated", "mended")
_NOTHING = "-"
_PUBLISHED = ("published_at", "published_date", "published_precision",
              "published_basis")  # fmt: skip
_TIME = "%Y-%m-%dT%H:%M:%S"
_BETWEEN = "\x1f"

#: Columns of `fact_correction`, with row_id for the article version.
CORRECTION_SCHEMA = pl.Schema(
    {
        "row_id": pl.Int32,
        "field": pl.String,
        "wrong": pl.String,
        "found_value": pl.String,
        "corrected_value": pl.String,
        "reason": pl.String,
        "state": pl.String,
    }
)


class Corrected(NamedTuple):
    """A batch with its corrections.

    Attributes:
        articles: the same rows and columns.
        rows: `CORRECTION_SCHEMA`: each correction of each article version.
        changed: row_id of the versions that had a correction, or had one before.
    """

    articles: pl.DataFrame
    rows: pl.DataFrame
    changed: pl.Series


def canonical_targets(table: pl.DataFrame) -> pl.DataFrame:
    """Write the column ``article`` of corrections or fixes as articles are known by.

    Addresses become canonical ones; ids and ``outlet:own id`` stay.
    """
    is_address = pl.col("article").str.contains("/", literal=True)
    return table.with_columns(
        target=pl.when(is_address)
        .then(pl.coalesce(canonical_url(pl.col("article")), "article"))
        .otherwise("article")
    )


def targets_of(articles: pl.DataFrame) -> pl.DataFrame:
    """What each article of a batch may be called by: target, row_id.

    Args:
        articles: row_id, article_id, url, source_code, outlet_key.
    """
    own = pl.concat_str("source_code", pl.lit(":"), "outlet_key")
    names = [pl.col("article_id").cast(pl.String), pl.col("url"), own]
    return pl.concat(
        articles.select(name.alias("target"), "row_id") for name in names
    ).drop_nulls()


def steps_of(rows: pl.DataFrame, by: str) -> pl.DataFrame:
    """The version of a step for each article that has rows: a hash of these.

    Args:
        rows: the rows of the reference table, with the column ``by``.
        by: row_id or article_id.

    Returns:
        ``by``, step_version.
    """
    said = [name for name in rows.columns if name not in {by, "target", "article"}]
    line = pl.concat_str(
        [pl.col(name).cast(pl.String).fill_null("") for name in sorted(said)],
        separator=_BETWEEN,
    )
    joined = (
        rows.select(by, line.alias("line"))
        .unique()
        .sort(by, "line")
        .group_by(by, maintain_order=True)
        .agg(pl.col("line").str.join("\n"))
    )
    return joined.select(by, digests(joined["line"]).str.head(12).alias("step_version"))


def correct_articles(
    articles: pl.DataFrame,
    corrections: pl.DataFrame,
    *,
    before: pl.DataFrame | None = None,
) -> Corrected:
    """Put what is right in the place of what is wrong.

    Args:
        articles: row_id, source_code and the columns of fact_article.
        corrections: row_id, field, wrong, right, reason, expected: the rows of the
            reference table that mean these articles; at most one for a field's wrong
            value.
        before: `CORRECTION_SCHEMA`, what was corrected in these articles earlier: the
            found values come back first.

    Returns:
        The articles and what became of each correction: ``applied``; where the found
        value is another one ``outdated``, or ``mended`` if that was expected.
    """
    before = CORRECTION_SCHEMA.to_frame() if before is None else before
    changed = pl.concat([before["row_id"], corrections["row_id"]]).unique().sort()
    if changed.is_empty():
        return Corrected(articles, CORRECTION_SCHEMA.to_frame(), changed)
    is_changed = pl.col("row_id").is_in(changed.implode())
    found = _restore(articles.filter(is_changed), before)
    some = found
    rows = [CORRECTION_SCHEMA.to_frame()]
    for field in FIELDS:
        asked = corrections.filter(field=field).unique(
            ["row_id", "wrong"], keep="last", maintain_order=True
        )
        if asked.height:
            some, told = _correct(some, found, field, asked)
            rows.append(told)
    some = some.with_columns(
        keys(some["source_code"]).alias("source_id"),
        count_words(pl.col("text")).alias("word_count"),
    )
    whole = (
        pl.concat([articles.filter(~is_changed), some.select(articles.columns)])
        .join(
            articles.select("row_id").with_row_index("place_"),
            on="row_id",
            maintain_order="left",
        )
        .sort("place_")
        .drop("place_")
    )
    return Corrected(
        whole, pl.concat(rows).sort("row_id", "field", "wrong", nulls_last=False),
        changed,
    )  # fmt: skip


def _restore(articles: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """Give the found values back."""
    applied = before.filter(state="applied").unique(["row_id", "field"])
    for (field,), rows in applied.group_by("field", maintain_order=True):
        found = rows.select("row_id", "found_value", has_found=True)
        joined = articles.join(found, on="row_id", how="left", maintain_order="left")
        articles = _set(joined, str(field), pl.col("found_value"), "has_found").drop(
            "found_value", "has_found"
        )
    return articles


def _set(
    articles: pl.DataFrame, field: str, value: pl.Expr, condition: str
) -> pl.DataFrame:
    """Write found values, as `_found` writes them down, where a condition holds."""
    holds = pl.col(condition).fill_null(value=False)
    if field not in DATE_FIELDS:
        column = "source_code" if field == "source" else field
        return articles.with_columns(
            pl.when(holds).then(value).otherwise(column).alias(column)
        )
    parts = value.str.split(" ")
    values: list[pl.Expr] = [
        pl.when(parts.list.get(place, null_on_oob=True) != _NOTHING).then(
            parts.list.get(place, null_on_oob=True)
        )
        for place in range(4)
    ]
    dtype = articles.schema["published_at"]
    zone = getattr(dtype, "time_zone", None)
    values[0] = values[0].str.to_datetime(_TIME, time_unit="us", time_zone=zone)
    values[1] = values[1].str.to_date("%Y-%m-%d")
    return articles.with_columns(
        pl.when(holds).then(value).otherwise(name).alias(name)
        for name, value in zip(_PUBLISHED, values, strict=True)
    )


def _found(field: str) -> pl.Expr:
    """A field's value as text: that of a date with its time, precision and basis."""
    if field == "source":
        return pl.col("source_code")
    if field not in DATE_FIELDS:
        return pl.col(field)
    parts = [
        pl.col("published_at").dt.replace_time_zone(None).dt.strftime(_TIME),
        pl.col("published_date").dt.strftime("%Y-%m-%d"),
        pl.col("published_precision"),
        pl.col("published_basis"),
    ]
    return pl.concat_str([part.fill_null(_NOTHING) for part in parts], separator=" ")


def _correct(
    articles: pl.DataFrame, found: pl.DataFrame, field: str, asked: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One field of a batch, and what became of its corrections."""
    told = asked.join(
        found.select("row_id", *_columns(field), found_value=_found(field)),
        on="row_id",
        maintain_order="left",
    )
    told = told.with_columns(is_wrong=_is_wrong(field))
    right = _passages(told) if field == "text" else _right(told, field)
    state = (
        pl.when("is_wrong")
        .then(pl.lit("applied"))
        .when(pl.col("expected") == "mended")
        .then(pl.lit("mended"))
        .otherwise(pl.lit("outdated"))
    )
    rows = told.with_columns(corrected_value="right", state=state)
    joined = articles.join(right, on="row_id", how="left", maintain_order="left")
    done = _set(joined, field, pl.col("new_value"), "has_new").drop(
        "new_value", "has_new"
    )
    return done, rows.select(CORRECTION_SCHEMA.names()).cast(CORRECTION_SCHEMA)


def _columns(field: str) -> list[str]:
    return ["published_at", "published_date"] if field in DATE_FIELDS else []


def _is_wrong(field: str) -> pl.Expr:
    """Whether the found value is the one that the correction calls wrong."""
    wrong = pl.col("wrong")
    if field == "text":
        return pl.col("found_value").str.contains(wrong, literal=True)
    if field == "published_date":
        found = pl.col("published_date").dt.strftime("%Y-%m-%d")
        return found.eq_missing(wrong)
    if field == "published_at":
        found = pl.col("published_at").dt.replace_time_zone(None)
        return found.eq_missing(_instant(wrong).dt.replace_time_zone(None))
    return pl.col("found_value").eq_missing(wrong)


def _right(told: pl.DataFrame, field: str) -> pl.DataFrame:
    """row_id, new_value (as `_found` writes it), has_new: of those that are wrong."""
    right = pl.col("right")
    if field == "published_date":
        # 2026, 2026-01 or 2026-01-31; nothing where it is unknown.
        length = right.str.len_chars()
        precision = (
            pl.when(length == len("2026"))
            .then(pl.lit("year"))
            .when(length == len("2026-01"))
            .then(pl.lit("month"))
            .when(length > 0)
            .then(pl.lit("day"))
            .otherwise(pl.lit("unknown"))
        )
        day = (right + "-01-01").str.head(len("2026-01-31"))
        basis = pl.when(length > 0).then(pl.lit("correction"))
        right = pl.concat_str(
            pl.lit(_NOTHING),
            day.fill_null(_NOTHING),
            precision,
            basis.otherwise(pl.lit("unknown")),
            separator=" ",
        )
    elif field == "published_at":
        moment = _instant(right).dt.replace_time_zone(None).dt.strftime(_TIME)
        right = pl.concat_str(
            moment,
            right.str.head(len("2026-01-31")),
            pl.lit("minute"),
            pl.lit("correction"),
            separator=" ",
        )
    return told.filter("is_wrong").select(
        "row_id", right.alias("new_value"), pl.lit(value=True).alias("has_new")
    )


def _instant(time: pl.Expr) -> pl.Expr:
    return time.str.to_datetime("%Y-%m-%dT%H:%M:%S%z", time_unit="us", strict=False)


def _passages(told: pl.DataFrame) -> pl.DataFrame:
    """As `_right`, with all passages of a text replaced, one after another."""
    texts: dict[int, str] = {}
    rows = told.filter("is_wrong").select("row_id", "found_value", "wrong", "right")
    for row_id, found, wrong, right in rows.sort("row_id", "wrong").iter_rows():
        texts[row_id] = texts.get(row_id, found).replace(wrong, right)
    return pl.DataFrame(
        {"row_id": list(texts), "new_value": list(texts.values())},
        schema={"row_id": pl.Int32, "new_value": pl.String},
    ).with_columns(has_new=pl.lit(value=True))
