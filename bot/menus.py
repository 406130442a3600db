"""What Telegram shows around a chat: the commands and what the bot is, in every language."""

from __future__ import annotations

import logging

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from bot.texts import Texts
from bot.tongues import ENGLISH, LANGUAGES, texts_in

log = logging.getLogger(__name__)

IN_PRIVATE = (
    *("articles", "delete", "export", "import", "stats", "watch", "use", "settings", "privacy"),
    "help",
)
IN_GROUPS = (
    *("ask", "add", "articles", "delete", "stats", "watch", "settings", "privacy"),
    "help",
)


def menu(names: tuple[str, ...], texts: Texts) -> tuple[BotCommand, ...]:
    """Commands as they are offered, in one language."""
    return tuple(BotCommand(name, getattr(texts, f"command_{name}")) for name in names)


async def set_menus(bot: Bot) -> None:
    """Set what is not yet as it should be; the bot works without."""
    try:
        # Telegram shows what is set for no language to those whose language we do not speak.
        for code in (None, *(code for code in LANGUAGES if code != ENGLISH)):
            await _set(bot, code)
    except TelegramError as error:
        log.warning("menus not set", exc_info=error)


async def _set(bot: Bot, code: str | None) -> None:
    texts = texts_in(code)
    menus: tuple[tuple[BotCommandScope, tuple[BotCommand, ...]], ...] = (
        (BotCommandScopeAllPrivateChats(), menu(IN_PRIVATE, texts)),
        (BotCommandScopeAllGroupChats(), menu(IN_GROUPS, texts_in(code, in_group=True))),
    )
    for scope, wanted in menus:
        if await bot.get_my_commands(scope, code) != wanted:
            await bot.set_my_commands(wanted, scope, code)
    if (await bot.get_my_description(code)).description != texts.description:
        await bot.set_my_description(texts.description, code)
    short = texts.short_description
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, code)
