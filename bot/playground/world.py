"""The little world of the playground: who is there, which chats, and what happens in them.

All of it lives in the server's event loop, so that nothing needs a lock.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from bot.playground.callbacks import Presses
from bot.playground.chats import Chat
from bot.playground.events import EventLog
from bot.playground.faults import Faults
from bot.playground.files import FileStore
from bot.playground.menu import Menu
from bot.playground.messages import Message
from bot.playground.people import Person
from bot.playground.privacy import seen_by
from bot.playground.refusals import PageError
from bot.playground.updates import UpdateQueue
from bot.playground.values import Json

FIRST_PERSON = 1001
GROUP = -1_001_000_000_001
GROUP_TITLE = "Reading circle"
_CHANNELS = -1_002_000_000_000
_STRANGERS = 5_000_000_000


class World:
    """Everything there is; changes are told to the bot (updates) and to the page (events)."""

    def __init__(self, bot: Person, people: Sequence[str], *, privacy_mode: bool = True) -> None:
        self.bot = bot
        self.privacy_mode = privacy_mode
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.events = EventLog()
        self.updates = UpdateQueue()
        self.files = FileStore()
        self.faults = Faults()
        self.presses = Presses()
        self.menu = Menu()
        self._private_messages = 0
        self._outsiders: dict[tuple[str, str], int] = {}
        for name in people:
            self._settle(name, None, "en")
        members = [*self.people, bot.id]
        self.chats[GROUP] = Chat(GROUP, "supergroup", GROUP_TITLE, members=members)

    def close(self) -> None:
        """Let nobody wait any longer."""
        self.events.close()
        self.updates.close()

    def view(self) -> Json:
        """All of it in short, for the page."""
        bot = {
            **self.bot.view(),
            "commands": self.menu.shown(),
            "description": self.menu.text("description", ""),
        }
        chats = [
            {
                "id": chat.id,
                "type": chat.kind,
                "title": chat.title or (chat.person.first_name if chat.person else ""),
                "members": chat.members,
            }
            for chat in self.chats.values()
        ]
        people = [person.view() for person in self.people.values()]
        return {
            "bot": bot,
            "people": people,
            "chats": chats,
            "blocked": [person.id for person in self.people.values() if person.blocks],
            "cursor": self.events.cursor,
        }

    def add_person(
        self, first_name: str, username: str | None = None, language_code: str | None = "en"
    ) -> Person:
        """Somebody new, told to the page."""
        person = self._settle(first_name, username, language_code)
        self.events.publish("person", person.id, person=person.view())
        return person

    def _settle(self, name: str, username: str | None, language_code: str | None) -> Person:
        """Somebody new, with a private chat with the bot."""
        person = Person(FIRST_PERSON + len(self.people), name, username, language_code)
        self.people[person.id] = person
        self.chats[person.id] = Chat(
            person.id, "private", person=person, members=[person.id, self.bot.id]
        )
        return person

    def person(self, person_id: object) -> Person:
        """The person of an id."""
        person = self.people.get(person_id) if isinstance(person_id, int) else None
        if person is None:
            raise PageError("There is no such person.", 404)
        return person

    def chat(self, chat_id: int) -> Chat:
        """The chat of an id."""
        if chat_id not in self.chats:
            raise PageError("There is no such chat.", 404)
        return self.chats[chat_id]

    def outsider(self, kind: str, name: str) -> int:
        """The id of a channel or of a person who is only known from forwards."""
        start, step = (_CHANNELS, -1) if kind == "channel" else (_STRANGERS, 1)
        known = self._outsiders.setdefault((kind, name), len(self._outsiders) + 1)
        return start + step * known

    def post(
        self,
        chat: Chat,
        sender: Person,
        content: Mapping[str, object],
        *,
        reply_to: int | None = None,
        quote: Json | None = None,
        markup: Json | None = None,
    ) -> Message:
        """A new message, told to those who see it."""
        if chat.is_private:
            self._private_messages += 1
            message_id = self._private_messages
        else:
            chat.last_id += 1
            message_id = chat.last_id
        message = Message(
            chat.id, message_id, sender, int(time.time()), dict(content), reply_to, quote, markup
        )
        chat.messages[message_id] = message
        self._tell(chat, message, "message", "message")
        return message

    def edit(
        self,
        chat: Chat,
        message: Message,
        content: Mapping[str, object] | None,
        markup: Json | None = None,
    ) -> None:
        """New text or caption (None: the same) and keyboard of a message."""
        if content is not None:
            message.replace(content)
            message.edited = int(time.time())
        message.markup = markup
        self._tell(chat, message, "edit", "edited_message")

    def delete(self, chat: Chat, message: Message) -> None:
        """Remove a message; no bot is told of that."""
        del chat.messages[message.id]
        self.events.publish("delete", chat.id, message_id=message.id)

    def _tell(self, chat: Chat, message: Message, event: str, update: str) -> None:
        view = chat.message_view(message, for_page=True)
        self.events.publish(event, chat.id, message=view)
        if message.sender is self.bot or self.bot.id not in chat.members:
            return
        target = chat.messages.get(message.reply_to) if message.reply_to else None
        if chat.is_private or not self.privacy_mode or seen_by(self.bot, message, target):
            self.updates.put(update, chat.message_view(message))

    def membership(self, chat: Chat, actor: Person, before: str, after: str) -> None:
        """Tell the bot that it was blocked, unblocked or that it left."""
        self.updates.put(
            "my_chat_member",
            {
                "chat": chat.view(),
                "from": actor.view(),
                "date": int(time.time()),
                "old_chat_member": self.bot_member(before),
                "new_chat_member": self.bot_member(after),
            },
        )

    def bot_member(self, status: str) -> Json:
        """The bot as a ChatMember."""
        until: Json = {"until_date": 0} if status == "kicked" else {}
        return {"user": self.bot.view(), "status": status, **until}
