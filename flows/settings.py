"""Settings: the one place that reads the environment and ``qoima.toml``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import ByteSize, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from flows.errors import UserError
from flows.place import place_warehouse

if TYPE_CHECKING:
    from typing import Any

CONFIG_FILE = "qoima.toml"
ENV_PREFIX = "QOIMA_"
_PREFECT_PREFIX = "PREFECT_"
#: Each of them says where OpenTelemetry's traces go; "none" says nowhere.
_TRACE_VARIABLES = (
    "OTEL_TRACES_EXPORTER",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
)


class SettingsError(UserError):
    """A setting is wrong; the message is one line that says which and how."""


class Settings(BaseSettings):
    """What a workspace can set, in ``qoima.toml`` or by ``QOIMA_*`` variables."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX, toml_file=CONFIG_FILE, extra="forbid", frozen=True
    )

    data: Path = Field(
        default=Path("data"),
        description="Folder that holds the landing folder, raw zone and warehouse.",
    )
    warehouse: str = Field(
        default="file",
        pattern=r"^(file$|ducklake:postgres:.)",
        description="Where the tables are: file, for warehouse.duckdb in data; or "
        "ducklake:postgres: and connection words of libpq, for a lake.",
    )
    lake_path: str | None = Field(
        default=None,
        description="Folder, or s3://bucket/prefix, of a lake's Parquet files.",
    )
    s3_endpoint: str | None = Field(
        default=None,
        description="Object store of lake_path if not Amazon's: http://host:9000.",
    )
    s3_region: str | None = Field(default=None, description="Its region.")
    s3_key: str | None = Field(default=None, description="Its access key.")
    s3_secret: SecretStr | None = Field(
        default=None, description="Its secret key; better as a variable."
    )
    keep_snapshot_days: int = Field(
        default=7,
        ge=1,
        description="Days that a lake keeps earlier states, for --as-of.",
    )
    seeds: Path | None = Field(
        default=None,
        description="Folder of reference tables that override the packaged ones.",
    )
    settle_seconds: float = Field(
        default=2.0,
        ge=0,
        le=600,
        description="A file changed within this time is still being written.",
    )
    max_file_size: ByteSize = Field(
        default=ByteSize(64 * 1024 * 1024),
        gt=0,
        description="Larger files are quarantined unread; bytes, or such as 64MiB.",
    )
    max_unpacked_size: ByteSize = Field(
        default=ByteSize(2 * 1024 * 1024 * 1024),
        gt=0,
        description="Zip archives that hold more are quarantined unopened.",
    )
    landing_after: Literal["keep", "archive", "delete"] = Field(
        default="keep",
        description="What becomes of a loaded file in the landing folder.",
    )
    load_max_files: int = Field(
        default=5000, ge=1, description="Most files in one load; a run makes several."
    )
    load_max_bytes: ByteSize = Field(
        default=ByteSize(256 * 1024 * 1024),
        gt=0,
        description="Most bytes in one load.",
    )
    engine: Literal["local", "dask"] = Field(
        default="local",
        description="Who reads articles: this process, or the workers of a Dask "
        "cluster (extra `scale`).",
    )
    dask_address: str | None = Field(
        default=None,
        description="Dask's scheduler, such as tcp://host:8786 or tls://host:8786; "
        "unset: a cluster on this machine for the time of a run.",
    )
    dask_workers: int = Field(
        default=2, ge=1, le=256, description="Workers of a cluster on this machine."
    )
    dask_part_articles: int = Field(
        default=500, ge=1, description="Most articles in one task of the cluster."
    )
    dask_wait_seconds: float = Field(
        default=30.0,
        gt=0,
        le=3600,
        description="How long a run waits for a worker when there is none.",
    )
    site: bool = Field(
        default=False, description="Bring the report site up after each load."
    )
    site_days: int = Field(
        default=28,
        ge=1,
        description="Last days whose articles all get a page of the site.",
    )
    site_url: str | None = Field(
        default=None,
        description="Address under which DATA/site is served; runs on a Prefect server "
        "link to it.",
    )
    keep_raw_days: int = Field(
        default=0,
        ge=0,
        description="Days that raw copies of loaded files are kept; 0: for ever. "
        "What went cannot be read again.",
    )
    keep_quarantine_days: int = Field(
        default=0,
        ge=0,
        description="Days that closed rejections are kept; 0: for ever.",
    )
    keep_loads_days: int = Field(
        default=366,
        ge=0,
        description="Days that results of checks are kept, loads for ever; 0: both.",
    )
    keep_prefect_days: int = Field(
        default=90,
        ge=1,
        description="Days that the server of `qoima up` keeps its runs and logs.",
    )
    keep_prefect_runs: int = Field(
        default=10_000,
        ge=10,
        description="Runs that the server of `qoima up` keeps at most, the newest.",
    )
    compact_free_percent: int = Field(
        default=50,
        ge=1,
        le=100,
        description="The warehouse file is written anew once so much of it is free.",
    )
    notify: list[str] = Field(
        default=[],
        description="Whom to tell of incidents: addresses as Apprise reads them, such "
        "as json://host/path, mailto://… or slack://….",
    )
    notify_block: str | None = Field(
        default=None,
        description="Notification block of the Prefect server to tell by, such as "
        "slack-webhook/desk.",
    )
    log_level: Literal["off", "error", "warning", "info", "debug"] = Field(
        default="info",
        description="What goes into the log of runs: errors, each step (info), or "
        "beginnings of steps too (debug); off: there is none.",
    )
    log_file: Path | None = Field(
        default=None,
        description="The log of runs; by default logs/qoima.jsonl in the data folder.",
    )
    log_max_size: ByteSize = Field(
        default=ByteSize(10 * 1024 * 1024),
        gt=0,
        description="Size at which a new log file is begun.",
    )
    log_files: int = Field(
        default=5, ge=1, le=100, description="Log files kept, the newest ones."
    )
    prefect_api_url: str | None = Field(
        default=None,
        description="Prefect server that `qoima run` reports to, if it answers.",
    )
    schedule_cron: str = Field(
        default="*/15 * * * *", description="When `qoima up` makes a pass, as cron."
    )
    schedule_zone: str = Field(
        default="Asia/Almaty", description="Time zone of the schedule."
    )
    schedule_port: int = Field(
        default=4200,
        ge=1,
        le=65535,
        description="Port of the server of `qoima up`; if taken, a free one.",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - not used
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - not used
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments before variables before the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**overrides: Any) -> Settings:
    """Read the settings of the working folder.

    Args:
        overrides: values of the command line; None means not given.

    Raises:
        SettingsError: a value or a name is wrong, or the file is no TOML.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        settings = Settings(**given)
    except ValidationError as error:
        raise SettingsError(_explain(error, given)) from None
    except ValueError as error:  # broken TOML, or a broken value in a variable
        message = f"{CONFIG_FILE}: {str(error).splitlines()[0]}"
        raise SettingsError(message) from None
    place_warehouse(settings, settings.data)
    return settings


def child_environment(changes: dict[str, str]) -> dict[str, str]:
    """The environment of a process of ours that runs Prefect.

    What the user has set for another Prefect (a profile, an address) is kept out.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_PREFECT_PREFIX)
    }
    return kept | changes


def wants_traces() -> bool:
    """Whether the environment names somewhere for OpenTelemetry's traces to go."""
    named = {
        name: value
        for name, value in os.environ.items()
        if name in _TRACE_VARIABLES and value
    }
    return bool(named) and "none" not in named.values()


def _explain(error: ValidationError, given: dict[str, Any]) -> str:
    """One line for the first wrong setting, naming where it can be mended."""
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        known = ", ".join(Settings.model_fields)
        return f"{CONFIG_FILE}: unknown setting {name}. Known settings: {known}."
    place = (
        f"--{name}" if name in given else f"{CONFIG_FILE} or {ENV_PREFIX}{name.upper()}"
    )
    return f"{place}: {name}: {first['msg']} (got {first['input']!r})."
