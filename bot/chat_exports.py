"""What Telegram Desktop exports: one chat or a whole account (result.json), read as a stream.

Pure but for the file. The format is that of its exporter, whose ids are numbers of their own kind:
bots know a channel 123 as -1000000000123.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import ijson
from ijson.common import ObjectBuilder

from bot.addresses import beside
from bot.exported_messages import LARGEST, post_of, together
from bot.posts import CHANNEL_IDS, Place, Post, has_words
from bot.routing import Incoming, Intent, route
from index import ImportFileError

CHANNELS = frozenset({"public_channel", "private_channel"})
SUPERGROUPS = frozenset({"public_supergroup", "private_supergroup"})
GROUPS = SUPERGROUPS | {"private_group"}
ALONE = frozenset({"saved_messages", "personal_chat", "bot_chat", "replies"})
KEPT_OF_ALL = CHANNELS | GROUPS | {"saved_messages"}
"""What is taken out of the export of a whole account: not the talk with other people."""
LONGEST_TITLE = 200

_CHATS = ("", "chats.list.item", "left_chats.list.item")
_MESSAGES = {f"{chat}.messages.item".lstrip("."): chat for chat in _CHATS}
_FIELDS = {
    f"{chat}.{name}".lstrip("."): (chat, name) for chat in _CHATS for name in ("name", "type", "id")
}
_SIMPLE = ("string", "number", "null")
# The exporter writes control characters as \x07, which is no JSON.
_ESCAPE = re.compile(rb"\\(?:x([0-9A-Fa-f]{2})|.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ExportedChat:
    """A chat of an export."""

    kind: str
    place: Place

    @property
    def is_channel(self) -> bool:
        """Whether all that is in it are posts."""
        return self.kind in CHANNELS


@dataclass(frozen=True, slots=True)
class ChatExport:
    """What an export holds."""

    chats: tuple[ExportedChat, ...]
    posts: int
    """How many will be given."""
    left_out: int
    """Messages without words, or such as are talk rather than articles."""

    @property
    def only(self) -> ExportedChat | None:
        """The one chat it is of."""
        return self.chats[0] if len(self.chats) == 1 else None


@dataclass(slots=True)
class _Tally:
    chats: list[ExportedChat] = field(default_factory=list)
    left_out: int = 0


def look_through(file: Path) -> ChatExport | None:
    """What is in a file, which is read to its end; None where it is no export of chats.

    Raises:
        ImportFileError: it is one, and damaged or cut off.
    """
    tally = _Tally()
    try:
        posts = sum(1 for _ in _posts(file, tally))
    except ImportFileError:
        if tally.chats:
            raise
        return None
    return ChatExport(tuple(tally.chats), posts, tally.left_out) if tally.chats else None


def exported_posts(file: Path) -> Iterator[tuple[ExportedChat, Post]]:
    """The posts that are worth keeping, in the order of the file.

    Of a channel those are all that have words; of other chats those that a person would have
    saved: no short talk, and no links with nothing beside them.
    """
    return _posts(file, _Tally())


def _posts(file: Path, tally: _Tally) -> Iterator[tuple[ExportedChat, Post]]:
    with file.open("rb") as stream:
        for chat, messages in together(_messages(stream, file, tally)):
            post = post_of(messages)
            if _is_kept(chat, post):
                yield chat, post
            else:
                tally.left_out += 1


def _is_kept(chat: ExportedChat, post: Post) -> bool:
    if not has_words(post):
        return False
    if chat.is_channel:
        return True
    chosen = route(Incoming(post.text, links=post.links, formatted=post.formatted))
    if chosen.intent not in (Intent.SAVE, Intent.BOTH) or chosen.doubtful:
        return False
    # What is about a link is not opened: there may be thousands.
    words = beside(post.text, post.links)
    return not post.links or route(Incoming(words)).intent in (Intent.SAVE, Intent.BOTH)


def _messages(
    stream: BinaryIO, file: Path, tally: _Tally
) -> Iterator[tuple[ExportedChat, dict[str, Any]]]:
    """Each message with its chat, as it stands in the file; no notices of Telegram's."""
    told: dict[str, dict[str, Any]] = {chat: {} for chat in _CHATS}
    chat: ExportedChat | None = None
    builder: ObjectBuilder | None = None
    within = ""
    try:
        for prefix, event, value in ijson.parse(_Repaired(stream)):
            if builder is not None:
                builder.event(event, value)
                if event == "end_map" and prefix == within:
                    if chat and builder.value.get("type") == "message":
                        yield chat, builder.value
                    builder = None
            elif prefix in _MESSAGES:
                if event == "start_map":
                    builder, within = ObjectBuilder(), prefix
                    builder.event(event, value)
            elif prefix in _FIELDS and event in _SIMPLE:
                base, name = _FIELDS[prefix]
                told[base][name] = value
            elif event == "start_array" and f"{prefix}.item" in _MESSAGES:
                base = _MESSAGES[f"{prefix}.item"]
                chat = _chat(told.pop(base, {}), whole=not base)
                told[base] = {}
                if chat:
                    tally.chats.append(chat)
    except (ijson.JSONError, ValueError, OverflowError) as error:
        raise ImportFileError(
            f"{file} is an export of Telegram Desktop that is damaged or cut off.",
            "Export the chat once more, and wait for Telegram Desktop to say that it is done.",
        ) from error


def _chat(told: Mapping[str, Any], *, whole: bool) -> ExportedChat | None:
    """The chat of which this is told; `whole` where the file is of this chat only."""
    kind, number, name = told.get("type"), told.get("id"), told.get("name")
    if not isinstance(kind, str) or not isinstance(number, int) or not 0 < abs(number) < LARGEST:
        return None
    if kind not in (KEPT_OF_ALL | ALONE if whole else KEPT_OF_ALL):
        return None
    title = " ".join(name.split())[:LONGEST_TITLE] if isinstance(name, str) else ""
    return ExportedChat(kind, Place(_known_as(kind, number), title))


def _known_as(kind: str, number: int) -> int | None:
    """The id by which bots know a chat; None for a person's own."""
    if number < 0:
        return number  # as bots write it
    if kind in CHANNELS or kind in SUPERGROUPS:
        return -CHANNEL_IDS - number
    return -number if kind in GROUPS else None


class _Repaired:
    """A file of JSON with such escapes as the exporter writes put right."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        """About so many bytes; none at the end."""
        data = self._stream.read(size)
        if size == 0 or not data:
            return data
        # No escape goes beyond the end of a line.
        data += self._stream.readline()
        return _ESCAPE.sub(_valid, data) if b"\\x" in data else data


def _valid(escape: re.Match[bytes]) -> bytes:
    return b"\\u00" + escape[1] if escape[1] else escape[0]
