"""Chats and what was said in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.playground.messages import Message
from bot.playground.people import Person
from bot.playground.values import Json


@dataclass(slots=True)
class Chat:
    """A private chat with the bot, or a group."""

    id: int
    kind: str
    title: str | None = None
    person: Person | None = None
    """The other side of a private chat."""
    members: list[int] = field(default_factory=list)
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0
    """The last message id of a supergroup; private chats share one count."""
    started: bool = False
    """Whether the person has written to the bot."""

    @property
    def is_private(self) -> bool:
        """Whether nobody but one person and the bot is in it."""
        return self.kind == "private"

    def view(self) -> Json:
        """As a Chat of the Bot API."""
        if self.person is None:
            return {"id": self.id, "title": self.title, "type": self.kind}
        person = self.person.view()
        names: Json = {name: person[name] for name in ("first_name", "username") if name in person}
        return {"id": self.id, **names, "type": self.kind}

    def message_view(self, message: Message, *, for_page: bool = False) -> Json:
        """A message with the one it replies to, if that is still there."""
        chat = self.view()
        view = message.view(chat, for_page=for_page)
        target = self.messages.get(message.reply_to) if message.reply_to else None
        if target is not None:
            view["reply_to_message"] = target.view(chat)
        return view

    def history(self) -> Iterator[Json]:
        """Its messages for the page, oldest first."""
        return (self.message_view(message, for_page=True) for message in self.messages.values())
