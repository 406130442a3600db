"""What a message says to the bot, without the bot's own name in it."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from telegram import Message, MessageEntity, User

from bot.addressed import speaks_to
from bot.contents import text_of

ORDERS = ("/add", "/ask")
"""They may stand before the words beside a file, too, where Telegram sees no command."""
_FOLLOWING = re.compile(r"[ \t]*[,:]?[ \t]*")
_ENDING = re.compile(r"[\n.,:;!?)]|$")

Range = tuple[int, int]
"""Of a message's words, in UTF-16 units."""


def is_for_bot(message: Message) -> bool:
    """Whether a message of a group is meant for the bot.

    It names it, replies to what it said, or is a file with a command beside it. What is forwarded
    was said to somebody else.
    """
    if message.forward_origin is not None:
        return False
    return bool(
        speaks_to(message, message.get_bot().id, message.get_bot().username)
        or _names(message)
        or _caption_command(message)
    )


def is_from(user: User | None, message: Message) -> bool:
    """Whether this user of a message's is the bot itself."""
    return user is not None and user.id == message.get_bot().id


def unnamed(message: Message) -> Message:
    """The message as if the bot were not named in it, nor a command stood before its caption."""
    return _without(message, [*_names(message), *_caption_command(message)])


def is_order(message: Message) -> bool:
    """Whether it begins with a command that says what to do with the words behind it."""
    return any(
        entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0 and _is_order(words)
        for entity, words in message.parse_entities().items()
    )


def is_own_command(message: Message) -> bool:
    """Whether it begins with a command that names the bot, so that no other bot is meant."""
    name = f"@{message.get_bot().username}".casefold()
    return any(
        entity.type == MessageEntity.BOT_COMMAND
        and entity.offset == 0
        and words.casefold().endswith(name)
        for entity, words in message.parse_entities().items()
    )


def uncommanded(message: Message) -> Message:
    """The message without the command that it begins with, as if the bot were not named in it."""
    commands = [
        (0, entity.length)
        for entity in message.entities
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0
    ]
    return _without(message, [*commands, *_names(message)])


def is_named(message: Message) -> bool:
    """Whether the bot is named in a message."""
    return bool(_names(message))


def _names(message: Message) -> list[Range]:
    """Where the bot is named."""
    name = f"@{message.get_bot().username}".casefold()
    if not (message.text or message.caption):  # the blocks of a rich message have no entities
        units = _units(text_of(message))
        found = re.finditer(rf"{re.escape(name)}\b", units, re.IGNORECASE)
        return [match.span() for match in found]
    return [
        (entity.offset, entity.offset + entity.length)
        for entity, words in _entities(message).items()
        if (entity.type == MessageEntity.TEXT_MENTION and is_from(entity.user, message))
        or (entity.type == MessageEntity.MENTION and words.casefold() == name)
    ]


def _caption_command(message: Message) -> list[Range]:
    return [
        (entity.offset, entity.offset + entity.length)
        for entity in message.caption_entities
        if entity.type == MessageEntity.BOT_COMMAND
        and entity.offset == 0
        and _is_order(message.parse_caption_entity(entity))
    ]


def _is_order(command: str) -> bool:
    return command.partition("@")[0].casefold() in ORDERS


def _entities(message: Message) -> Mapping[MessageEntity, str]:
    return {**message.parse_entities(), **message.parse_caption_entities()}


def _without(message: Message, ranges: Sequence[Range]) -> Message:
    """The message without these ranges of its words."""
    if not ranges:
        return message
    units = _units(text_of(message))
    cut = {at for start, end in _widened(units, ranges) for at in range(start, end)}
    kept = [at for at in range(len(units)) if at not in cut]
    while kept and units[kept[0]].isspace():
        del kept[0]
    while kept and units[kept[-1]].isspace():
        del kept[-1]
    there = set(kept)
    # How many units are kept before each.
    places = [0, *accumulate(int(at in there) for at in range(len(units)))]
    data: dict[str, Any] = message.to_dict()
    words, marks = ("caption", "caption_entities") if message.caption else ("text", "entities")
    moved = []
    for entity in data.get(marks, ()):
        start, end = (
            places[min(at, len(units))]
            for at in (entity["offset"], entity["offset"] + entity["length"])
        )
        if start < end:
            moved.append({**entity, "offset": start, "length": end - start})
    said = "".join(units[at] for at in kept)
    made = Message.de_json({**data, words: _text(said), marks: moved}, message.get_bot())
    assert made is not None
    return made


def _widened(units: str, ranges: Iterable[Range]) -> list[Range]:
    """The ranges with the white space and the comma that would be left over."""
    found = []
    for start, end in ranges:
        following = _FOLLOWING.match(units, end)
        end = following.end() if following else end
        if _ENDING.match(units, end):
            while start and units[start - 1] in " \t":
                start -= 1
            if start == 0 or units[start - 1] == "\n":
                end += units[end : end + 1] == "\n"
        found.append((start, end))
    return found


def _units(text: str) -> str:
    """The UTF-16 units of a text, a character for each."""
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data)))


def _text(units: str) -> str:
    data = struct.pack(f"<{len(units)}H", *map(ord, units))
    return data.decode("utf-16-le", "surrogatepass")
