"""The composition root: every part is built here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from telegram import LinkPreviewOptions, Update
from telegram.ext import Application, ApplicationBuilder, Defaults

from bot.access import Access
from bot.chats import Chats
from bot.fairness import Fairness
from bot.house import House
from bot.inbox import Inbox
from bot.libraries import PAGES_OF_PASSAGES, Libraries
from bot.pace import Pace
from bot.polling import PollingRequest
from bot.readers import Readers
from bot.registering import register
from bot.rights import Rights
from bot.sending import Sender
from bot.store.store import Store
from bot.telegram_settings import BotSettings
from bot.trash import Trash
from bot.turns import Turns
from bot.workers import Workers
from index import Archive, IndexSettings, LinkReader, Parser

UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CHANNEL_POST,
    Update.EDITED_CHANNEL_POST,
    Update.INLINE_QUERY,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
)
"""What is asked of Telegram."""

Bot = Application[Any, Any, Any, Any, Any, Any]


def build(
    settings: BotSettings, archive: Archive, store: Store
) -> tuple[Bot, House, Inbox, PollingRequest]:
    """The application with all its handlers, the house they work in, its inbox and its polls."""
    workers = Workers(settings.answer_threads)
    chats = Chats(store, workers)
    access = Access(settings, store, workers, chats)
    inbox = Inbox(store, workers, access.admits)
    turns = Turns(settings, inbox.finish)
    request = PollingRequest()
    server = settings.api_url.rstrip("/")
    application = (
        ApplicationBuilder()
        .token(settings.token.get_secret_value())
        .base_url(f"{server}/bot")
        .base_file_url(f"{server}/file/bot")
        .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .rate_limiter(Pace())
        .update_queue(inbox)
        .concurrent_updates(turns)
        .connection_pool_size(64)
        .pool_timeout(30)
        .connect_timeout(10)
        .read_timeout(20)
        .get_updates_request(request)
        .build()
    )
    house = House(
        settings=settings,
        store=store,
        workers=workers,
        libraries=Libraries(archive, workers),
        readers=open_readers(archive.settings, workers),
        access=access,
        sender=Sender(application.bot),
        chats=chats,
        rights=Rights(application.bot),
        fairness=Fairness(settings, access),
        turns=turns,
        trash=Trash(),
    )
    register(application, house)
    return application, house, inbox, request


def open_readers(settings: IndexSettings, workers: Workers) -> Readers:
    """What reads documents, links and speech; nothing of it has begun yet."""
    parser = Parser(settings)
    return Readers(parser, LinkReader(settings, parser), workers)


def open_archive(settings: IndexSettings, data: Path, **models: Any) -> Archive:
    """The data folder, with as many passages to an answer as can be paged through."""
    shown = max(settings.shown_passages, PAGES_OF_PASSAGES)
    return Archive(data, settings.model_copy(update={"shown_passages": shown}), **models)
