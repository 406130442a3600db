"""Everything the handlers work with, built once and passed to each of them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.access import Access
from bot.chats import Chats
from bot.fairness import Fairness
from bot.libraries import Libraries
from bot.occasion import occasion
from bot.readers import Readers
from bot.rights import Rights
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
    store: Store
    workers: Workers
    libraries: Libraries
    readers: Readers
    access: Access
    chats: Chats
    rights: Rights
    fairness: Fairness
    sender: Sender
    turns: Turns
    trash: Trash
    """The chats that are known, since the start, to be marked as active."""

    @property
    def texts(self) -> Texts:
        """The sentences in the language of the chat that is being dealt with."""
        return occasion().texts
