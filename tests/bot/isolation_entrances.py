"""What attackers send that is no button: commands, messages, edits, posts, and what not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

from isolation_attacks import Attacker
from isolation_past import NAME, export_of, forward_of
from isolation_world import (
    CIRCLE,
    MARKET,
    POST,
    PROBES,
    SECRETS,
    STRANGE,
    TITLES,
    VILLAGE,
    WHO,
    World,
    chat_of,
    said_by_bot,
)
from recording_request import BOT
from telegram.ext import CallbackQueryHandler, CommandHandler
from update_samples import ANN, BEN, person

GOAT = "A goat came by. " * 40
MESSAGES = "id, chat_id, kind, json_extract(details, '$.library'), message_id, reply_id"
Attack = Callable[[World, Attacker], Awaitable[None]]

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "start": ("inline", "x" * 64),
    "help": (),
    "ask": tuple(map(WHO.format, PROBES.values())),
    "add": ("The keeper of the lamp is a goat. " * 20,),
    "articles": tuple(PROBES.values()),
    "delete": ("1", str(ANN)),
    "export": (str(ANN), str(CIRCLE), TITLES[CIRCLE]),
    "import": (str(CIRCLE),),
    "privacy": (str(CIRCLE),),
    "settings": ("Kyiv",),
    "stats": (str(CIRCLE), TITLES[CIRCLE]),
    "watch": tuple(map(WHO.format, PROBES.values())),
    "allow": (str(BEN), "1004", str(CIRCLE)),
    "use": (*TITLES.values(), *map(str, TITLES), str(ANN), "o"),
}
"""What is said behind each command."""


def entrances(world: World) -> set[str]:
    """All that the bot listens to beside buttons and commands, by what it calls for it."""
    handlers = [each for group in world.scene.application.handlers.values() for each in group]
    other = [each for each in handlers if not isinstance(each, CommandHandler)]
    return {
        each.callback.__qualname__
        for each in other
        if not (isinstance(each, CallbackQueryHandler) and each.pattern)
    }


def commands(world: World) -> set[str]:
    """All commands that the bot knows."""
    handlers = [each for group in world.scene.application.handlers.values() for each in group]
    return {name for each in handlers if isinstance(each, CommandHandler) for name in each.commands}


def numbers_of_messages(world: World, by: Attacker, *, own: bool) -> list[int]:
    """Of each kind of exchange the number of a message that led to it, and of the bot's reply.

    With `own` also those of the attacker's chat, which may be about other chats' articles; of
    the others there are none with these numbers there.
    """
    every = [row for row in world.columns(MESSAGES, "exchanges") if own or row[1] != by.chat]
    each = {tuple(row[1:4]): row for row in every}
    return sorted({number for row in each.values() for number in row[4:] if number})


def replies(world: World, by: Attacker) -> Iterator[dict[str, Any]]:
    """No reply, and one to each of these messages, as if all were the attacker's chat's."""
    yield {}
    for number in numbers_of_messages(world, by, own=True):
        yield {"reply_to_message": said_by_bot(by.chat, number)}


async def command(world: World, by: Attacker, name: str) -> None:
    """A command with all that may stand behind it, and in reply to everything."""
    for words in ("", *COMMANDS[name]):
        await world.rewind()
        await world.says(by.who, by.chat, f"/{name}{NAME} {words}".strip())
    for replied in replies(world, by):
        await world.says(by.who, by.chat, f"/{name}{NAME}", **replied)


async def messages(world: World, by: Attacker) -> None:
    """Questions, replies, forwards and files."""
    name = NAME if by.chat < 0 else ""
    for probe in PROBES.values():
        await world.rewind()
        await world.says(by.who, by.chat, f"{name} {WHO.format(probe)}".strip())
    for replied in replies(world, by):
        await world.says(by.who, by.chat, f"{name} Who is it?".strip(), **replied)
    for chat in (POST, CIRCLE, MARKET, ANN, VILLAGE):
        for kind in ("channel", "chat", "hidden_user"):
            forwarded = forward_of(90, chat, kind)
            text = f"{name} A post that was {kind} of {chat}, {by.who}. " + "It goes on. " * 30
            await world.says(by.who, by.chat, text, **forwarded)
    for file in files(world):
        await world.says(by.who, by.chat, document=file, caption=name or None)
        replied = {**said_by_bot(by.chat, 2999), "from": person(by.who), "document": file}
        await world.says(by.who, by.chat, f"/import{NAME}", reply_to_message=replied)


def files(world: World) -> Iterator[dict[str, Any]]:
    """Exports that claim to be of other chats."""
    for chat, kind in (
        *((POST, each) for each in ("private_channel", "public_channel", "private_supergroup")),
        *((CIRCLE, each) for each in ("private_supergroup", "private_channel")),
        *((VILLAGE, "private_group"), (ANN, "personal_chat"), (ANN, "private_group")),
    ):
        yield world.file("result.json", export_of([GOAT], chat, kind))
    header = '{"cuttings": 1, "library": "chat%d", "encoder": "none", "dimension": 3}\n'
    line = '{"title": "A goat", "text": "A goat came by.", "address": "t.me/c/1234567890/%d"}\n'
    for chat in (ANN, CIRCLE, POST):
        yield world.file("cuttings.jsonl", (header % chat + line % 41).encode())


async def edits(world: World, by: Attacker) -> None:
    """Changes of messages whose numbers are those of other chats."""
    name = f"{NAME} " if by.chat < 0 else ""
    numbers = numbers_of_messages(world, by, own=False)
    for number in numbers:
        text = f"{name}{WHO.format(PROBES[CIRCLE])}"
        await world.says(by.who, by.chat, text, edited=number)
    for number in numbers[::3]:
        for text in (f"{name}{GOAT} It was goat {number}.", f"/add{NAME} A goat."):
            await world.says(by.who, by.chat, text, edited=number)


async def posts(world: World, by: Attacker) -> None:
    """Posts and their edits in a channel of Ben's, and in one that the bot does not work in."""
    numbers = [1, 41, *numbers_of_messages(world, by, own=False)[:6]]
    for chat in (MARKET, STRANGE):
        own = {**chat_of(chat), "type": "channel"}
        for number in numbers:
            for more in ({}, forward_of(41), {"sender_chat": chat_of(POST)}):
                sent = {"message_id": number, "date": 1_800_000_000, "chat": own, "text": GOAT}
                sent |= {"sender_chat": own, **more}
                await world.does("channel_post", sent)
                await world.does("edited_channel_post", {**sent, "edit_date": 1_900_000_000})


async def questions_typed(world: World, by: Attacker) -> None:
    """What is asked inline."""
    for number, words in enumerate(("", *map(WHO.format, PROBES.values()), *PROBES.values())):
        query = {"id": str(number), "from": person(by.who), "query": words, "offset": ""}
        await world.does("inline_query", query)


async def moves(world: World, by: Attacker) -> None:
    """Messages that say that the attacker's chat is what another one has become, or becomes it.

    Of a small group only Telegram knows whether that is true, and nobody else can send such.
    """
    for chat in (*SECRETS, STRANGE):
        if chat not in (by.chat, VILLAGE):
            anonymous: dict[str, Any] = {
                "from": {**BOT, "id": 1087968824},
                "sender_chat": chat_of(by.chat),
            }
            for said in ("migrate_from_chat_id", "migrate_to_chat_id"):
                await world.says(by.who, by.chat, None, **{said: chat})
                await world.says(by.who, by.chat, None, **{said: chat}, **anonymous)


async def comings(world: World, by: Attacker) -> None:
    """The bot is brought to a chat, made an administrator there, and removed."""
    for old, new in (("left", "member"), ("member", "member"), ("member", "kicked")):
        told = [{"user": BOT, "status": each, "until_date": 0} for each in (old, new)]
        change = {"chat": chat_of(by.chat), "from": person(by.who), "date": 1_800_000_000}
        change |= {"old_chat_member": told[0], "new_chat_member": told[1]}
        if by.chat == STRANGE:
            await world.does("my_chat_member", change)


async def unknown(world: World, by: Attacker) -> None:
    """Commands that there are not."""
    for replied in replies(world, by):
        await world.says(by.who, by.chat, f"/everything{NAME} {TITLES[CIRCLE]}", **replied)


async def presses(world: World, by: Attacker) -> None:
    """Buttons below messages that are not there any more, or that others have sent on."""
    for data in ("forgetall:1", "everything", "undo:-1"):
        await world.presses(by.who, by.chat, data)
        query = {"id": "1", "from": person(by.who), "chat_instance": "1", "data": data}
        await world.does("callback_query", {**query, "inline_message_id": "1"})


ENTRANCES: Mapping[str, Attack] = {
    "Welcome.unknown": unknown,
    "Groups.command": unknown,
    "Messages.received": messages,
    "Groups.received": messages,
    "Editing.edited": edits,
    "Groups.edited": edits,
    "Channels.posted": posts,
    "Channels.edited": posts,
    "Inline.asked": questions_typed,
    "Membership.migrated": moves,
    "Membership.changed": comings,
    "Admission.unknown_pressed": presses,
    "Admission.guard": comings,
}
"""How each of these is attacked."""
