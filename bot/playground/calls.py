"""One call of a Bot API method: its parameters, read as strictly as Telegram reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.playground.chats import Chat
from bot.playground.messages import Message
from bot.playground.people import Person
from bot.playground.refusals import ApiError, bad_request, forbidden, migrated
from bot.playground.world import World

_INTEGER = re.compile(r"\s*[+-]?\d{1,19}\s*")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str | None
    data: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """A method's name and its parameters: strings in a form, any value in JSON."""

    world: World
    method: str
    parameters: Mapping[str, object]
    uploads: Mapping[str, Upload]

    def has(self, name: str) -> bool:
        """Whether a parameter was given."""
        return self.parameters.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """A string; empty if it was not given."""
        value = self.parameters.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; what is none counts as not given, as with Telegram."""
        value = self.parameters.get(name)
        if isinstance(value, bool) or value is None:
            return default
        return int(str(value)) if _INTEGER.fullmatch(str(value)) else default

    def number(self, name: str) -> float:
        """A number of seconds."""
        try:
            return float(self.text(name) or 0)
        except ValueError:
            return 0.0

    def flag(self, name: str) -> bool:
        """Whether something is wanted."""
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def value(self, name: str, what: str = "") -> object:
        """A JSON value; None if it was not given."""
        value = self.parameters.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what or name} JSON object") from None

    def values(self, name: str, what: str = "") -> list[object]:
        """A JSON array; empty if it was not given."""
        value = self.value(name, what)
        if value is None:
            return []
        if not isinstance(value, list):
            raise bad_request(f"can't parse {what or name}: Expected an Array")
        return value

    def chat(self, name: str = "chat_id") -> Chat:
        """The chat that a parameter names, whether the bot may write there or not."""
        identifier = self.text(name).strip()
        if not identifier:
            raise bad_request(f"{name} is empty")
        chat = None
        if _INTEGER.fullmatch(identifier):
            chat = self.world.chats.get(int(identifier))
            met = chat is not None and self.world.bot.id in chat.standings
            if chat is not None and not met and chat.username is None:
                chat = None  # nobody learns anything of a chat by its number alone
        elif identifier.startswith("@"):
            chat = self.world.named(identifier[1:])
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def known_chat(self, name: str = "chat_id") -> Chat:
        """The chat that a parameter names, if the bot may look at it.

        It may if it is in it, if anybody may, or if it was in it and it is a basic group.
        """
        chat = self.chat(name)
        return chat if chat.kind == "group" else self._checked(chat)

    def peopled_chat(self, name: str = "chat_id") -> Chat:
        """The same, if the bot may ask there who is in it."""
        return self._checked(self.chat(name))

    def joined_chat(self, name: str = "chat_id") -> Chat:
        """The same, if the bot is in it."""
        chat = self.peopled_chat(name)
        if not chat.standing(self.world.bot.id).is_in:
            raise self._gone(chat)
        return chat

    def _checked(self, chat: Chat) -> Chat:
        if chat.became is not None:
            raise migrated(chat.became)
        standing = chat.standing(self.world.bot.id)
        if standing.status == "kicked" or not (standing.is_in or chat.username):
            raise self._gone(chat)
        return chat

    def _gone(self, chat: Chat) -> ApiError:
        kicked = chat.standing(self.world.bot.id).status == "kicked"
        how = "was kicked from" if kicked else "is not a member of"
        return forbidden(f"bot {how} the {chat.kind} chat")

    def open_chat(self, name: str = "chat_id") -> Chat:
        """The chat that a parameter names; ApiError (403) if the bot may not write there."""
        chat = self.joined_chat(name)
        if chat.is_channel and not chat.standing(self.world.bot.id).runs:
            raise bad_request("need administrator rights in the channel chat")
        if chat.person is not None:
            if chat.person.blocks:
                raise forbidden("bot was blocked by the user")
            if not chat.started:
                raise forbidden("bot can't initiate conversation with a user")
        return chat

    def message(self, chat: Chat, missing: str, name: str = "message_id") -> Message:
        """The message that a parameter names."""
        identifier = self.integer(name)
        if identifier <= 0:
            raise bad_request("message identifier is not specified")
        if identifier not in chat.messages:
            raise bad_request(missing)
        return chat.messages[identifier]

    def member(self, chat: Chat) -> Person:
        """The person of `user_id`, or the bot, as far as the chat knows them."""
        identifier = self.integer("user_id")
        if identifier == self.world.bot.id:
            return self.world.bot
        if identifier <= 0:
            raise bad_request("invalid user_id specified")
        if identifier not in self.world.people:
            raise bad_request("PARTICIPANT_ID_INVALID")
        return self.world.people[identifier]
