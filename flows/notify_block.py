"""Tells by a notification block of the Prefect server.

Importing this module imports Prefect.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from prefect.blocks.abstract import NotificationBlock
from prefect.blocks.core import Block

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any


def notify_block(name: str, title: str, body: str) -> str | None:
    """Send a message by a block that was made in Prefect's interface.

    Args:
        name: the kind of block and its name, as in ``slack-webhook/desk``.
        title: the message in a few words.
        body: the message.

    Returns:
        Why it could not be sent; None if it was.
    """
    try:
        asyncio.run(_notify(name, title, body))
    except Exception as error:  # noqa: BLE001 - the load stands, whatever the channel does
        return f"{name} ({type(error).__name__})"
    return None


async def _notify(name: str, title: str, body: str) -> None:
    block = await _waited(Block.aload(name))
    if not isinstance(block, NotificationBlock):
        message = f"{name} is no notification block"
        raise TypeError(message)
    await _waited(block.notify(body, title))


async def _waited(work: Coroutine[Any, Any, Any] | Any) -> Any:
    """Blocks of other packages may notify with or without a coroutine."""
    return await work if asyncio.iscoroutine(work) else work
