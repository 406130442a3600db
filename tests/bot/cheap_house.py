"""All the bot's parts, real but for the wire and the models. Ann is the owner."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cheap_models import CheapEncoder, cheap_archive
from recording_request import TOKEN, RecordingRequest
from telegram import Bot
from update_samples import ANN

from bot.access import Access
from bot.chats import Chats
from bot.fairness import Fairness
from bot.house import House
from bot.inbox import Inbox
from bot.libraries import Libraries
from bot.readers import Readers
from bot.rights import Rights
from bot.sending import Sender
from bot.store.store import Store
from bot.telegram_settings import BotSettings
from bot.trash import Trash
from bot.turns import Turns
from bot.workers import Workers
from index import LinkReader, Parser


@dataclass(frozen=True)
class Built:
    """A house, what stands before its door, and the wire."""

    house: House
    inbox: Inbox
    bot: Bot
    request: RecordingRequest

    @property
    def said(self) -> list[str]:
        """What was sent as a message, in order."""
        return [call.text for call in self.request.made("sendMessage")]


@asynccontextmanager
async def cheap_house(
    data: Path,
    encoder: CheapEncoder | None = None,
    index: Mapping[str, Any] | None = None,
    worker: str = "index.parsing.worker",
    **settings: Any,
) -> AsyncIterator[Built]:
    """Everything open, the models loaded, with short pauses; all closed in the end.

    `index` are settings of the library, such as hosts that links may lead to; `worker` is the
    program that reads documents.
    """
    chosen = BotSettings(**{"owner": ANN, "quiet_seconds": 0.05, "comment_seconds": 0, **settings})
    store, workers = Store(data), Workers(2)
    request = RecordingRequest()
    bot = Bot(TOKEN, request=request, get_updates_request=request)
    with cheap_archive(data, encoder, **(index or {})) as archive:
        parser = Parser(archive.settings, worker=worker)
        links = LinkReader(archive.settings, parser)
        chats = Chats(store, workers)
        access = Access(chosen, store, workers, chats)
        inbox = Inbox(store, workers, access.admits)
        house = House(
            settings=chosen,
            store=store,
            workers=workers,
            libraries=Libraries(archive, workers),
            readers=Readers(parser, links, workers),
            access=access,
            chats=chats,
            rights=Rights(bot),
            fairness=Fairness(chosen, access),
            sender=Sender(bot, first_pause=0.001),
            turns=Turns(chosen, inbox.finish),
            trash=Trash(),
        )
        try:
            await access.load()
            await house.chats.load()
            await house.libraries.load()
            yield Built(house, inbox, bot, request)
        finally:
            house.trash.close()
            await house.readers.close()
            await asyncio.to_thread(workers.close)
            store.close()
