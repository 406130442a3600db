"""Everything the handlers work with, built once and passed to each of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.access import Access
from bot.libraries import Libraries
from bot.readers import Readers
from bot.sending import Sender
from bot.store.store import Store
from bot.telegram_settings import BotSettings
from bot.texts import Texts
from bot.trash import Trash
from bot.turns import Turns
from bot.workers import Workers


@dataclass(frozen=True, slots=True)
class House:
    """The bot's parts."""

    settings: BotSettings
    texts: Texts
    store: Store
    workers: Workers
    libraries: Libraries
    readers: Readers
    access: Access
    sender: Sender
    turns: Turns
    trash: Trash
    reachable: set[int] = field(default_factory=set)
    """The chats that are known, since the start, to be marked as active."""
