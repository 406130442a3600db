"""Every handler is registered here, in order."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.attachments import Attachments
from bot.clippings import Clippings
from bot.errands import Errands
from bot.failures import Failures
from bot.handlers.adding import Adding
from bot.handlers.admission import Admission
from bot.handlers.articles import Articles
from bot.handlers.asking import Asking
from bot.handlers.belonging import Belonging
from bot.handlers.channels import Channels
from bot.handlers.editing import Editing
from bot.handlers.feeds import Feeds
from bot.handlers.groups import Groups
from bot.handlers.importing import Importing
from bot.handlers.inline import Inline
from bot.handlers.keeping import Keeping
from bot.handlers.links import Links
from bot.handlers.membership import Membership
from bot.handlers.messages import Messages
from bot.handlers.orders import Orders
from bot.handlers.privacy import Privacy
from bot.handlers.removing import Removing
from bot.handlers.saving import Saving
from bot.handlers.settings import Settings
from bot.handlers.transfer import Transfer
from bot.handlers.using import Using
from bot.handlers.voice import Voice
from bot.handlers.watching import Watching
from bot.handlers.welcome import Welcome
from bot.house import House

Bot = Application[Any, Any, Any, Any, Any, Any]
Callback = Callable[[Update, Any], Coroutine[Any, Any, None]]

_SENT = filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL
PRIVATE = filters.ChatType.PRIVATE & _SENT
GROUPS = filters.ChatType.GROUPS & _SENT
EVERYWHERE = (filters.ChatType.PRIVATE | filters.ChatType.GROUPS) & _SENT


def register(application: Bot, house: House) -> None:
    """Register every handler. In each group the first that fits is called."""
    attachments = Attachments(house.readers, house.settings.max_file_megabytes)
    clippings = Clippings(house.libraries.settings, house.workers, attachments)
    belonging = Belonging(house)
    admission = Admission(house, belonging)
    welcome = Welcome(house)
    privacy = Privacy(house)
    failures = Failures(house)
    errands = Errands(house.turns, application.create_task, failures.handle)
    importing = Importing(house, application.bot, errands)
    transfer = Transfer(house, importing)
    removing = Removing(house)
    channels = Channels(house, attachments, removing)
    articles = Articles(house, removing)
    using = Using(house)
    inline = Inline(house)
    adding = Adding(house)
    feeds = Feeds(house, adding)
    links = Links(house, adding, feeds)
    saving = Saving(house, adding, removing)
    asking = Asking(house, saving, clippings)
    saving.asked = asking.ask_instead
    voice = Voice(house, asking, attachments)
    messages = Messages(house, saving, asking, clippings, links, voice, transfer, channels)
    editing = Editing(house, messages, saving, asking, clippings, links, adding)
    watching = Watching(house)
    orders = Orders(house, messages, saving, asking, clippings, links)
    keeping = Keeping(messages, saving, links, clippings)
    groups = Groups(house, messages, editing, orders, keeping, welcome)
    membership = Membership(house, belonging)
    settings = Settings(house)

    # Access runs before everything else, for every kind of update.
    application.add_handler(TypeHandler(object, admission.guard), group=-1)

    commands_everywhere: Mapping[str, Callback] = {
        "start": welcome.start,
        "help": welcome.help,
        "ask": orders.ask,
        "add": orders.add,
        "articles": articles.list,
        "delete": articles.delete,
        "export": groups.by_administrators(transfer.export),
        "import": groups.by_administrators(transfer.import_),
        "privacy": privacy.privacy,
        "settings": settings.settings,
        "stats": articles.stats,
        "watch": watching.watch,
    }
    commands_in_private: Mapping[str, Callback] = {
        "allow": admission.allow,
        "use": using.use,
    }
    commands_in_groups: Mapping[str, Callback] = {}
    for where, commands in (
        (EVERYWHERE, commands_everywhere),
        (PRIVATE, commands_in_private),
        (GROUPS, commands_in_groups),
    ):
        for name, callback in commands.items():
            application.add_handler(CommandHandler(name, callback, filters=where))

    buttons: Mapping[str, Callback] = {
        r"undo:\d+": saving.undo,
        r"question:\d+": saving.was_question,
        r"feed:\d+:\d+": feeds.add,
        r"restore:\d+(:\d+)?": removing.restore,
        r"unpost:\d+": channels.undo,
        r"into:\d+:\d+": importing.choose,
        r"stopimport:\d+": importing.stop,
        r"goon:\d+": importing.go_on,
        r"save:\d+": asking.save_instead,
        r"more:\d+:\d+": asking.more,
        r"context:\d+:\d+": asking.context,
        r"answer:\d+": asking.back,
        r"list:\d+:\d+": articles.turn,
        r"newlist": articles.new_list,
        r"search": articles.search,
        r"open:\d+:\d+:\d+": articles.open,
        r"delete:\d+:\d+:\d+": articles.confirm,
        r"remove:\d+(:\d+)?": articles.remove,
        r"keep:\d+": articles.keep,
        r"unwatch:\d+": watching.stop,
        r"use:-?\d+": using.chosen,
        r"forget": privacy.confirm,
        r"forgetall": privacy.forget,
        r"keepall": privacy.keep,
        r"allow:-?\d+": admission.allow_pressed,
        r"refuse:-?\d+": admission.refuse_pressed,
        r"dismiss:-?\d+": admission.dismiss_pressed,
        r"settings": settings.shown,
        r"quiet:[01]": settings.quiet,
        r"languages": settings.languages,
        r"language:\d+": settings.language,
        r"zones:\d+": settings.zones,
        r"zone:\d+": settings.zone,
    }
    for pattern, callback in buttons.items():
        application.add_handler(CallbackQueryHandler(callback, pattern=f"^{pattern}$"))
    application.add_handler(CallbackQueryHandler(admission.unknown_pressed))

    edited = filters.UpdateType.EDITED_MESSAGE
    for fitting, callback in (
        (PRIVATE & filters.COMMAND, welcome.unknown),
        (PRIVATE, messages.received),
        (filters.UpdateType.CHANNEL_POST & ~filters.StatusUpdate.ALL, channels.posted),
        (filters.UpdateType.EDITED_CHANNEL_POST, channels.edited),
        (GROUPS & filters.COMMAND, groups.command),
        (GROUPS, groups.received),
        (filters.ChatType.PRIVATE & edited, editing.edited),
        (filters.ChatType.GROUPS & edited, groups.edited),
    ):
        application.add_handler(MessageHandler(fitting, callback))
    application.add_handler(InlineQueryHandler(inline.asked))
    moves = filters.UpdateType.MESSAGE & filters.StatusUpdate.MIGRATE
    application.add_handler(MessageHandler(moves, membership.migrated))
    application.add_handler(ChatMemberHandler(membership.changed, ChatMemberHandler.MY_CHAT_MEMBER))

    async def failed(update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        await failures.handle(update, context.error)

    application.add_error_handler(failed)
