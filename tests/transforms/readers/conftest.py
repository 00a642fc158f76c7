"""The packaged table of field names, and reading by path as the flow does."""

import csv
from pathlib import Path

import pytest

from transforms.readers import FieldNames, format_of, read_content

SEED = Path(__file__).resolve().parents[3] / "seeds" / "field_names.csv"


@pytest.fixture(scope="session")
def field_names() -> FieldNames:
    with SEED.open(encoding="utf-8", newline="") as file:
        rows = [(row["field_name"], row["field"]) for row in csv.DictReader(file)]
    return FieldNames.from_rows(rows)


@pytest.fixture(scope="session")
def read(field_names):
    """Read content under a file name; text is encoded as UTF-8."""

    def read_named(content, path):
        data = content.encode() if isinstance(content, str) else content
        return read_content(
            data, path=path, file_format=format_of(path), field_names=field_names
        )

    return read_named
