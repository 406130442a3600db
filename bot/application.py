"""The composition root: every part is built here, every handler registered here, in order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from telegram import BotCommand, LinkPreviewOptions, MessageEntity, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    Defaults,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.access import Access
from bot.attachments import Attachments
from bot.chats import Chats
from bot.clippings import Clippings
from bot.failures import Failures
from bot.handlers.adding import Adding
from bot.handlers.admission import Admission
from bot.handlers.articles import Articles
from bot.handlers.asking import Asking
from bot.handlers.editing import Editing
from bot.handlers.feeds import Feeds
from bot.handlers.links import Links
from bot.handlers.membership import Membership
from bot.handlers.messages import Messages
from bot.handlers.privacy import Privacy
from bot.handlers.removing import Removing
from bot.handlers.saving import Saving
from bot.handlers.transfer import Transfer
from bot.handlers.voice import Voice
from bot.handlers.welcome import Welcome
from bot.house import House
from bot.inbox import Inbox
from bot.libraries import PAGES_OF_PASSAGES, Libraries
from bot.pace import Pace
from bot.polling import PollingRequest
from bot.readers import Readers
from bot.rights import Rights
from bot.sending import Sender
from bot.store.store import Store
from bot.telegram_settings import BotSettings
from bot.texts import Texts
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
    access = Access(settings, store, workers)
    chats = Chats(store, workers)
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
        turns=turns,
        trash=Trash(),
    )
    register(application, house)
    return application, house, inbox, request


def open_readers(settings: IndexSettings, workers: Workers) -> Readers:
    """What reads documents, links and speech; nothing of it has begun yet."""
    parser = Parser(settings)
    return Readers(parser, LinkReader(settings, parser), workers)


def register(application: Bot, house: House) -> None:
    """Register every handler. In each group the first that fits is called."""
    attachments = Attachments(house.readers)
    clippings = Clippings(house.libraries.settings, house.workers, attachments)
    admission = Admission(house)
    welcome = Welcome(house)
    privacy = Privacy(house)
    transfer = Transfer(house)
    removing = Removing(house)
    articles = Articles(house, removing)
    adding = Adding(house)
    feeds = Feeds(house, adding)
    links = Links(house, adding, feeds)
    saving = Saving(house, adding, removing)
    asking = Asking(house, saving, clippings)
    saving.asked = asking.ask_instead
    voice = Voice(house, asking, attachments)
    messages = Messages(house, saving, asking, clippings, links, voice, transfer)
    editing = Editing(house, messages, saving, asking, clippings, links, adding)
    membership = Membership(house)
    failures = Failures(house)

    async def failed(update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        await failures.handle(update, context.error)

    # Access runs before everything else, for every kind of update.
    application.add_handler(TypeHandler(object, admission.guard), group=-1)

    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL
    for name, callback in (
        ("start", welcome.start),
        ("help", welcome.help),
        ("articles", articles.list),
        ("delete", articles.delete),
        ("export", transfer.export),
        ("import", transfer.import_),
        ("privacy", privacy.privacy),
        ("stats", privacy.stats),
        ("allow", admission.allow),
    ):
        application.add_handler(CommandHandler(name, callback, filters=private))
    for pattern, pressed in (
        (r"undo:\d+", saving.undo),
        (r"question:\d+", saving.was_question),
        (r"feed:\d+:\d+", feeds.add),
        (r"restore:\d+(:\d+)?", removing.restore),
        (r"save:\d+", asking.save_instead),
        (r"more:\d+:\d+", asking.more),
        (r"context:\d+:\d+", asking.context),
        (r"answer:\d+", asking.back),
        (r"list:\d+:\d+", articles.turn),
        (r"newlist", articles.new_list),
        (r"search", articles.search),
        (r"open:\d+:\d+:\d+", articles.open),
        (r"delete:\d+:\d+:\d+", articles.confirm),
        (r"remove:\d+", articles.remove),
        (r"keep:\d+", articles.keep),
        (r"forget", privacy.confirm),
        (r"forgetall", privacy.forget),
        (r"keepall", privacy.keep),
        (r"allow:\d+", admission.allow_pressed),
        (r"refuse:\d+", admission.refuse_pressed),
        (r"dismiss:\d+", admission.dismiss_pressed),
        (r".*", admission.unknown_pressed),
    ):
        application.add_handler(CallbackQueryHandler(pressed, pattern=f"^{pattern}$"))
    application.add_handler(MessageHandler(private & filters.COMMAND, welcome.unknown))
    application.add_handler(MessageHandler(private, messages.received))
    groups = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE
    spoken_to = filters.COMMAND | filters.Entity(MessageEntity.MENTION)
    application.add_handler(MessageHandler(groups & spoken_to, welcome.group))
    edits = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE
    application.add_handler(MessageHandler(edits, editing.edited))
    application.add_handler(ChatMemberHandler(membership.changed, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_error_handler(failed)


def menu(texts: Texts) -> list[BotCommand]:
    """The commands that Telegram offers below the bot's text field."""
    return [
        BotCommand("articles", texts.command_articles),
        BotCommand("delete", texts.command_delete),
        BotCommand("export", texts.command_export),
        BotCommand("import", texts.command_import),
        BotCommand("stats", texts.command_stats),
        BotCommand("privacy", texts.command_privacy),
        BotCommand("help", texts.command_help),
    ]


def open_archive(settings: IndexSettings, data: Path, **models: Any) -> Archive:
    """The data folder, with as many passages to an answer as can be paged through."""
    shown = max(settings.shown_passages, PAGES_OF_PASSAGES)
    return Archive(data, settings.model_copy(update={"shown_passages": shown}), **models)
