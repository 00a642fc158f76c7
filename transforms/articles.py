"""From bytes to articles: the chain of transforms, in the order of the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from transforms.clean import clean_columns
from transforms.conform import CONFORM_VERSION, conform_articles
from transforms.kazakh.language import detect_language
from transforms.kazakh.mixed_script import has_mixed_script
from transforms.kazakh.sentences import split_sentences
from transforms.keys import key
from transforms.parse import parse_articles
from transforms.readers import read_content
from transforms.records import REASONS, RECORD_SCHEMA, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from transforms.readers import FieldNames

#: Version of each step, kept for every article; a change of a step's results raises
#: its number, by which reprocessing finds what is behind.
STEP_VERSIONS = {
    "read": "1",
    "clean": "1",
    "parse": "1",
    "language": "1",
    "sentences": "1",
    "conform": CONFORM_VERSION,
}

REJECTION_SCHEMA: dict[str, Any] = {
    "rejection_id": pl.Int64,
    "file_id": pl.Int64,
    "record_no": pl.Int32,
    "stage": pl.String,
    "reason_code": pl.String,
    "detail": pl.String,
}

_ENCODINGS: dict[str, Any] = {"file_id": pl.Int64, "encoding": pl.String}


@dataclass(frozen=True)
class ReadOutcome:
    """What the readers made of a batch.

    Attributes:
        records: the columns of `RECORD_SCHEMA`.
        rejections: the columns of `REJECTION_SCHEMA`; record_no is null where the
            whole input is refused.
        encodings: file_id, encoding.
    """

    records: pl.DataFrame
    rejections: pl.DataFrame
    encodings: pl.DataFrame


def read_records(
    inputs: pl.DataFrame,
    field_names: FieldNames,
    on_file: Callable[[], None] = lambda: None,
) -> ReadOutcome:
    """Read every record of a batch of inputs.

    A reader that fails unexpectedly refuses its own input and no other.

    Args:
        inputs: file_id, path, format, content.
        field_names: the mapping of outlets' field names to ours.
        on_file: called after each input, for a progress display.
    """
    records: list[dict[str, Any]] = []
    rejections: list[dict[str, Any]] = []
    encodings: list[dict[str, Any]] = []
    has_reader = pl.col("format").is_not_null()
    for file_id, path in inputs.filter(~has_reader).select("file_id", "path").rows():
        rejections.append(
            rejection(file_id, None, "read", "unsupported_format", _ending(path))
        )
    wanted = inputs.filter(has_reader).select("file_id", "path", "format", "content")
    for file_id, path, file_format, content in wanted.iter_rows():
        try:
            result = read_content(
                content, path=path, file_format=file_format, field_names=field_names
            )
        except InputError as error:
            rejections.append(
                rejection(file_id, None, "read", error.reason_code, error.detail)
            )
        except Exception as error:  # noqa: BLE001 - one odd file must not stop a load
            detail = f"{type(error).__name__}: {error}"[:500]
            rejections.append(rejection(file_id, None, "read", "reader_error", detail))
        else:
            records += [record | {"file_id": file_id} for record in result.records]
            rejections += [
                rejection(file_id, e.record_no, "read", e.reason_code, e.detail)
                for e in result.errors
            ]
            encodings.append({"file_id": file_id, "encoding": result.encoding})
        on_file()
    return ReadOutcome(
        records=pl.DataFrame(records, schema=RECORD_SCHEMA),
        rejections=rejection_frame(rejections),
        encodings=pl.DataFrame(encodings, schema=_ENCODINGS),
    )


def make_articles(
    records: pl.DataFrame, *, files: pl.DataFrame, outlets: pl.DataFrame
) -> pl.DataFrame:
    """Clean, parse, recognise the language and give keys.

    Args:
        records: the columns of `RECORD_SCHEMA`.
        files: file_id, path, format, arrived_at.
        outlets: the reference table of outlets.

    Returns:
        One row a record, with the parse step's columns, language, script, source_id,
        article_id, record_hash, word_count, arrived_at, and what the record itself
        said of its source.
    """
    columns = [name for name, dtype in RECORD_SCHEMA.items() if dtype == pl.String]
    said = records.select("file_id", "record_no", "source")
    return (
        records.with_columns(has_mixed_script(pl.col("text")).alias("has_mixed_script"))
        .pipe(clean_columns, columns)
        .pipe(parse_articles, files=files, outlets=outlets)
        .pipe(detect_language, "text")
        .pipe(conform_articles)
        .join(
            files.select("file_id", "arrived_at"),
            on="file_id",
            how="left",
            maintain_order="left",
        )
        .join(said, on=["file_id", "record_no"], how="left", maintain_order="left")
    )


def make_sentences(articles: pl.DataFrame) -> pl.DataFrame:
    """Sentences of a batch.

    Args:
        articles: row_id, article_id, text.

    Returns:
        row_id, sentence_no, start_char, end_char.
    """
    return split_sentences(
        articles.select("article_id", pl.col("row_id").alias("version"), "text")
    ).select(pl.col("version").alias("row_id"), "sentence_no", "start_char", "end_char")


def rejection(
    file_id: int, record_no: int | None, stage: str, reason_code: str, detail: str
) -> dict[str, Any]:
    """One row of the quarantine; the same refusal always has the same id."""
    return {
        "rejection_id": key("rejection", file_id, record_no, stage, reason_code),
        "file_id": file_id,
        "record_no": record_no,
        "stage": stage,
        "reason_code": reason_code,
        "detail": detail or REASONS.get(reason_code, ""),
    }


def rejection_frame(rejections: Iterable[dict[str, Any]]) -> pl.DataFrame:
    """Rejections as a frame of `REJECTION_SCHEMA`, each once."""
    return pl.DataFrame(list(rejections), schema=REJECTION_SCHEMA).unique(
        "rejection_id", maintain_order=True
    )


def _ending(path: str) -> str:
    name = path.rpartition("/")[2]
    dot, ending = name.rpartition(".")[1:]
    return f"no reader for .{ending} files" if dot else "the name has no ending"
