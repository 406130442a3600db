"""Telegram on one's own machine: a Bot API server and a chat page, for people and for tests.

A bot program uses it unmodified, by its base URL. Names are imported when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.playground.client import PlaygroundClient
    from bot.playground.handles import PersonHandle
    from bot.playground.server import Playground

__all__ = ["PersonHandle", "Playground", "PlaygroundClient"]

_MODULES = {"PersonHandle": "handles", "Playground": "server", "PlaygroundClient": "client"}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
