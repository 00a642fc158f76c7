"""``qoima init``."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING

import typer

from flows.errors import UserError
from flows.reference_rules import TABLES
from flows.settings import CONFIG_FILE, Settings

if TYPE_CHECKING:
    from pathlib import Path


def init_command(folder: Path) -> None:
    """Lay out a workspace; what is there already stays as it is."""
    if folder.exists() and not folder.is_dir():
        message = f"{folder} is a file."
        raise UserError(message)
    landing = folder / "data" / "landing"
    landing.mkdir(parents=True, exist_ok=True)
    link = folder / "landing"
    if not link.exists():
        link.symlink_to(landing.relative_to(folder), target_is_directory=True)
    _write_new(folder / CONFIG_FILE, default_config())
    seeds = folder / "seeds"
    seeds.mkdir(exist_ok=True)
    for name, table in TABLES.items():
        text = (resources.files("seeds") / f"{name}.csv").read_text(encoding="utf-8")
        if not table.is_copied:
            # Only the analyst's rows belong there: a copy of thousands would hide
            # what later versions mend.
            text = text.splitlines(keepends=True)[0]
        _write_new(seeds / f"{name}.csv", text)
    typer.echo(
        f"A workspace is in {folder.resolve()}:\n"
        f"  {CONFIG_FILE}    settings, all with their defaults\n"
        "  landing/       put article files here (a link to data/landing)\n"
        "  seeds/*.csv    reference tables; your rows override the packaged ones\n"
        "Next: put files into landing/ and run `qoima run` there."
    )


def default_config() -> str:
    """The settings file of a new workspace: every setting, its default, its meaning."""
    lines = ["# Settings of this Qoima workspace. QOIMA_* variables override them.", ""]
    for name, field in Settings.model_fields.items():
        lines.append(f"# {field.description}")
        if name == "seeds":
            lines.append('seeds = "seeds"')
        elif field.default is None:
            lines.append(f'# {name} = ""')
        elif isinstance(field.default, list):
            lines.append(f"{name} = {json.dumps(field.default)}")
        elif isinstance(field.default, bool):
            lines.append(f"{name} = {str(field.default).lower()}")
        elif isinstance(field.default, int | float):
            lines.append(
                f"{name} = {field.default:g}"
                if isinstance(field.default, float)
                else f"{name} = {int(field.default)}"
            )
        else:
            lines.append(f'{name} = "{field.default}"')
        lines.append("")
    return "\n".join(lines)


def _write_new(path: Path, text: str) -> None:
    if not path.exists():
        path.write_text(text, encoding="utf-8")
