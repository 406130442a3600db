"""Methods about the bot itself: who it is, its commands and descriptions."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from bot.playground.calls import Call
from bot.playground.limits import COMMAND_DESCRIPTION_CHARACTERS, COMMANDS
from bot.playground.refusals import bad_request
from bot.playground.values import Json

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")
_SCOPES: dict[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


async def get_me(call: Call) -> object:
    """The bot and what it may do."""
    return {
        **call.world.bot.view(),
        "can_join_groups": True,
        "can_read_all_group_messages": not call.world.privacy_mode,
        "supports_inline_queries": call.world.inline_mode,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def set_my_commands(call: Call) -> object:
    """The menu of a scope and language."""
    raw = call.values("commands")
    if len(raw) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return _store(call, [_command(item) for item in raw])


async def delete_my_commands(call: Call) -> object:
    """No menu for a scope and language."""
    return _store(call, [])


async def get_my_commands(call: Call) -> object:
    """The menu of exactly this scope and language."""
    return call.world.menu.commands(_scope(call), _language(call))


def _store(call: Call, commands: list[Json]) -> bool:
    call.world.menu.set_commands(commands, _scope(call), _language(call))
    call.world.events.publish("commands", None, commands=call.world.menu.shown())
    return True


def _command(item: object) -> Json:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: Expected an Object")
    command = str(item.get("command", "")).removeprefix("/")
    description = str(item.get("description", "")).strip()
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= COMMAND_DESCRIPTION_CHARACTERS:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def _scope(call: Call) -> Json:
    raw = call.value("scope", "BotCommandScope")
    if raw is None:
        return {}
    kind = raw.get("type") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    scope: Json = {"type": kind}
    for name in _SCOPES[kind]:
        value = str(raw.get(name, ""))
        known = call.world.chats if name == "chat_id" else call.world.people
        if not value.lstrip("-").isdecimal() or int(value) not in known:
            raise bad_request("chat not found" if name == "chat_id" else "user not found")
        scope[name] = int(value)
    return scope


def _language(call: Call) -> str:
    language = call.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def text_setter(name: str, limit: int) -> Callable[[Call], Awaitable[object]]:
    """A method that sets a description, at most `limit` characters long."""

    async def set_text(call: Call) -> object:
        text = call.text(name).strip()
        if len(text) > limit:
            raise bad_request(f"{name.replace('_', ' ')} is too long")
        call.world.menu.set_text(name, _language(call), text)
        return True

    return set_text


def text_getter(name: str) -> Callable[[Call], Awaitable[object]]:
    """The method that tells it."""

    async def get_text(call: Call) -> object:
        text = call.world.menu.text(name, _language(call))
        if name == "name":
            text = text or call.world.bot.first_name
        return {name: text}

    return get_text
