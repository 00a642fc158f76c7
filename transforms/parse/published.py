"""When an article was published: the best of all the places that tell it."""

from __future__ import annotations

import polars as pl
from polars.exceptions import ComputeError

from transforms.kazakh.calendar import PRINTED_DATE
from transforms.parse.datetext import read_date_strings
from transforms.parse.outlets import DEFAULT_ZONE

#: Order of trust, the first wins.
_METADATA, _HEADER, _BODY, _URL, _FILENAME, _INFERRED = range(6)
_BASIS = {
    _METADATA: "metadata",
    _HEADER: "header",
    _BODY: "body",
    _URL: "url",
    _FILENAME: "filename",
    _INFERRED: "inferred",
}

_LABEL = (
    r"(?i)^\s*(?:күні|жарияланған(?: күні| уақыты)?|жарияланды|жаңартылған|уақыты"
    r"|дата(?: публикации)?|опубликовано|published)\s*[:–—-]?\s*"
)
_PLACE_BEFORE = r"^\s*\p{Lu}\p{L}+(?: қаласы| қ\.)?,\s+(\d.*)$"
_COUNTERS_AFTER = r"\s*(?:[|•·👁]|\s/\s).*$"
#: Longer lines are no date lines, in characters.
_DATE_LINE = 80

_URL_DATES = (
    r"/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})(?:[/?_-]|$)",
    r"[/_=-]((?:19|20)\d{2})[-_](\d{2})[-_](\d{2})(?:[^\d]|$)",
    r"[/_-]((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)(?:[/_.?-]|$)",
    r"/((?:19|20)\d{2})/(\d{1,2})(/)",
)
_PATH_DATES = (
    r"(?:^|[^\p{L}\d])((?:19|20)\d{2})[-_.](\d{1,2})[-_.](\d{1,2})(?:[^\d][^/]*)?$",
    r"(?:^|[^\p{L}\d])((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)(?:[^\d][^/]*)?$",
    r"(?:^|/)((?:19|20)\d{2})[/_.-](\d{1,2})[/_.-](\d{1,2})/",
    r"(?:^|/)((?:19|20)\d{2})[/_.-](\d{1,2})(/)",
)
_PATH_DAY_FIRST = (
    r"(?:^|[^\p{L}\d])(\d{2})[-_.](\d{2})[-_.]((?:19|20)\d{2})(?:[^\d][^/]*)?$"
)


def add_dates(articles: pl.DataFrame, edge_lines: pl.DataFrame) -> pl.DataFrame:
    """Find publication and modification times.

    In this order: the record's own field, the header, a date line at the text's ends,
    the address, the file's name or folders; a day beats a month or a year. A day and
    month without a year (dateline, date line) take the year that makes them the latest
    not after the file's arrival, and are marked as inferred. Nothing else is guessed.

    Args:
        articles: ``row``, ``published``, ``modified``, ``header_date``,
            ``dateline_date``, ``url``, ``path``, ``arrived_at`` (Datetime, UTC) and
            ``zone`` (time zone name, in which times without a zone are printed).
        edge_lines: ``row``, ``line``, ``line_no``, ``lines_after``; in order.

    Returns:
        The same rows with ``published_at``, ``modified_at`` (Datetime, us, UTC),
        ``published_date`` (Date, in the zone), ``published_precision`` and
        ``published_basis``.

    Raises:
        ValueError: a time zone that does not exist.
    """
    told = pl.concat(
        [
            _told(articles, _METADATA, pl.col("published")),
            _told(articles, _HEADER, pl.col("header_date")),
            _date_lines(edge_lines),
            _told(articles, _URL, _digits_date(pl.col("url"), _URL_DATES)),
            _told(articles, _FILENAME, _path_date(pl.col("path"))),
            _told(articles, _INFERRED, pl.col("dateline_date")),
        ]
    ).filter(pl.col("raw").is_not_null())
    changed = articles.select("row", raw="modified").drop_nulls()
    dates = read_date_strings(pl.concat([told["raw"], changed["raw"]]))
    where = articles.select("row", "zone", "arrived_at")
    published = (
        told.join(dates, on="raw", how="inner", maintain_order="left")
        .join(where, on="row", how="left", maintain_order="left")
        .pipe(_infer_years)
        .pipe(_localise)
        .pipe(_choose)
    )
    modified = (
        changed.join(dates.filter(pl.col("date").is_not_null()), on="raw")
        .join(where, on="row", how="left", maintain_order="left")
        .pipe(_localise)
        .select("row", modified_at="moment")
    )
    return (
        articles.join(published, on="row", how="left", maintain_order="left")
        .join(modified, on="row", how="left", maintain_order="left")
        .with_columns(
            pl.col("published_precision", "published_basis").fill_null("unknown")
        )
    )


def _told(articles: pl.DataFrame, rank: int, raw: pl.Expr) -> pl.DataFrame:
    return articles.select(
        "row", raw=raw.str.strip_chars(), rank=pl.lit(rank, dtype=pl.Int8)
    )


def _digits_date(text: pl.Expr, patterns: tuple[str, ...]) -> pl.Expr:
    """The first date of digits in an address or a path, as year-month[-day]."""
    groups = [text.str.extract_groups(pattern).struct for pattern in patterns]
    return pl.coalesce(
        pl.concat_str(
            group.field("1"),
            group.field("2").str.zfill(2),
            group.field("3").str.replace("/", ""),
            separator="-",
        ).str.strip_chars_end("-")
        for group in groups
    )


def _path_date(path: pl.Expr) -> pl.Expr:
    day_first = path.str.extract_groups(_PATH_DAY_FIRST).struct
    return pl.coalesce(
        _digits_date(path, _PATH_DATES[:2]),
        pl.concat_str(
            day_first.field("3"), day_first.field("2"), day_first.field("1"),
            separator="-",
        ),
        _digits_date(path, _PATH_DATES[2:]),
    )  # fmt: skip


def _date_lines(edge_lines: pl.DataFrame) -> pl.DataFrame:
    """Strings of lines that are a date, or begin with a labelled one."""
    line = pl.col("line")
    labelled = line.str.extract(_LABEL + PRINTED_DATE, 1)
    whole = (
        pl.when(line.str.len_chars() <= _DATE_LINE)
        .then(
            line.str.replace(_LABEL, "")
            .str.replace(_PLACE_BEFORE, "$1")
            .str.replace(_COUNTERS_AFTER, "")
        )
        .otherwise(None)
    )
    return (
        edge_lines.lazy()
        .filter(line.str.contains(r"^\D{0,40}\d"))
        .filter(
            (line.str.len_bytes() <= _DATE_LINE * 2) | line.str.contains(_LABEL)
        )
        .select(
            "row",
            raw=pl.coalesce(labelled, whole).str.strip_chars(),
            rank=pl.lit(_BODY, dtype=pl.Int8),
        )
        # A bare number in a line of its own is no date line.
        .filter(~pl.col("raw").str.contains(r"^\d*$"))
        .collect()
    )  # fmt: skip


def _infer_years(told: pl.DataFrame) -> pl.DataFrame:
    """Give a year to day and month; never later than the arrival."""
    arrived = pl.col("arrived_at").dt.date()

    def in_year(year: pl.Expr) -> pl.Expr:
        return pl.format(
            "{}-{}-{}",
            year,
            pl.col("month").cast(pl.String).str.zfill(2),
            pl.col("day").cast(pl.String).str.zfill(2),
        ).str.to_date("%Y-%m-%d", strict=False)

    this, last = (in_year(arrived.dt.year() - back) for back in (0, 1))
    inferred = pl.when(this <= arrived).then(this).otherwise(last)
    yearless = pl.col("date").is_null()
    known_year = (
        pl.when(~yearless & pl.col("precision").is_in(["month", "year"]))
        .then(pl.col("date").dt.year())
        .max()
        .over("row")
    )
    of_known_year = in_year(known_year)
    return told.with_columns(
        date=pl.when(~yearless)
        .then("date")
        .when(known_year.is_not_null())
        .then(pl.when(of_known_year <= arrived).then(of_known_year))
        .otherwise(inferred),
        rank=pl.when(yearless)
        .then(pl.lit(_INFERRED, dtype=pl.Int8))
        # A dateline that prints its year tells the date outright.
        .when(pl.col("rank") == _INFERRED)
        .then(pl.lit(_BODY, dtype=pl.Int8))
        .otherwise("rank"),
    ).filter(
        pl.col("date").is_not_null(),
        # Numbers in addresses and names, and lines of the text, may be of an
        # event to come; a record's own field is judged by the checks instead.
        (pl.col("rank") <= _HEADER) | (pl.col("date") <= arrived.dt.offset_by("1d")),
        # A year alone is told only by metadata.
        (pl.col("rank") == _METADATA) | (pl.col("precision") != "year"),
    )


def _localise(dates: pl.DataFrame) -> pl.DataFrame:
    """From the printed date, time and offset to a moment and the local day."""
    naive = pl.col("date").cast(pl.Datetime("us")) + pl.col("time").fill_null(
        pl.duration(microseconds=0)
    )
    parts = [
        part.with_columns(
            moment=pl.when(pl.col("offset").is_not_null())
            .then((naive - pl.col("offset")).dt.replace_time_zone("UTC"))
            .otherwise(_to_utc(naive, zone))
        ).with_columns(
            local_date=pl.when(
                pl.col("offset").is_not_null() & pl.col("time").is_not_null()
            )
            .then(pl.col("moment").dt.convert_time_zone(zone).dt.date())
            .otherwise("date")
        )
        for (zone,), part in _by_zone(dates)
    ]
    if not parts:
        return dates.with_columns(
            moment=pl.lit(None, dtype=pl.Datetime("us", "UTC")), local_date="date"
        )
    return pl.concat(parts)


def _by_zone(dates: pl.DataFrame) -> list[tuple[tuple[str], pl.DataFrame]]:
    """Parts of one zone each, every zone known to the time zone database."""
    parts = dates.with_columns(pl.col("zone").fill_null(DEFAULT_ZONE)).partition_by(
        "zone", as_dict=True, maintain_order=True
    )
    for (zone,) in parts:
        try:
            pl.select(pl.datetime(2024, 1, 1).dt.replace_time_zone(str(zone)))
        except ComputeError as error:
            message = (
                f"seeds/outlets.csv: unknown time zone {zone!r}. Use a name of the"
                f" IANA database, such as {DEFAULT_ZONE!r}, and run again."
            )
            raise ValueError(message) from error
    return [((str(zone),), part) for (zone,), part in parts.items()]


def _to_utc(naive: pl.Expr, zone: str) -> pl.Expr:
    """Local time to UTC: of two equal times the earlier, of none an hour later."""
    first, later = (
        time.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
        for time in (naive, naive.dt.offset_by("1h"))
    )
    return pl.coalesce(first, later).dt.convert_time_zone("UTC")


def _choose(told: pl.DataFrame) -> pl.DataFrame:
    """The best date of each article."""
    midnight = (pl.col("time") == pl.duration(microseconds=0)) & (
        pl.col("offset").is_null()
    )
    has_time = (pl.col("precision") == "minute") & ~midnight
    return (
        told.with_columns(
            # Midnight to the second, without a zone, is how programs write a day.
            precision=pl.when((pl.col("precision") == "minute") & midnight)
            .then(pl.lit("day"))
            .otherwise("precision"),
            moment=pl.when(has_time).then("moment"),
        )
        .sort(
            "row",
            pl.col("precision").is_in(["month", "year"]),
            "rank",
            maintain_order=True,
        )
        .unique("row", keep="first", maintain_order=True)
        .select(
            "row",
            published_at="moment",
            published_date="local_date",
            published_precision="precision",
            published_basis=pl.col("rank").replace_strict(
                _BASIS, return_dtype=pl.String
            ),
        )
    )
