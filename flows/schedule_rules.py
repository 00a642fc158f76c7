"""What a schedule has to be like."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flows.errors import UserError

if TYPE_CHECKING:
    from flows.settings import Settings

#: Dates of a schedule by which its pace is judged.
_DATES, _WEEK = 50, 7 * 86_400


def check_schedule(settings: Settings) -> None:
    """Refuse a schedule that Prefect would, before anything is started.

    Prefect is imported here; its environment is set before.

    Raises:
        UserError: the settings `schedule_cron` or `schedule_zone` are wrong.
    """
    from prefect.client.schemas.schedules import CronSchedule
    from pydantic import ValidationError

    try:
        CronSchedule(cron=settings.schedule_cron, timezone=settings.schedule_zone)
    except ValidationError as error:
        first = error.errors()[0]
        name = "schedule_zone" if "timezone" in first["loc"] else "schedule_cron"
        message = f"{name}: {first['msg'].removeprefix('Value error, ')}"
        raise UserError(message) from None


def event_seconds(settings: Settings) -> int:
    """How long the runs that are kept take to come due, but a week at most.

    The server tells what happens to runs in events, several for each, and keeps them
    by their age alone.
    """
    cron: Any = import_module("prefect._vendor.croniter")  # it has no types
    now = datetime.now(ZoneInfo(settings.schedule_zone))
    dates = cron.croniter(settings.schedule_cron, now)
    first = dates.get_next(float)
    last = [dates.get_next(float) for _ in range(_DATES)][-1]
    return int(min(_WEEK, settings.keep_prefect_runs * (last - first) / _DATES))
