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
from bot.playground.inline import InlineQueries
from bot.playground.menu import Menu
from bot.playground.messages import Message
from bot.playground.people import Person
from bot.playground.privacy import seen_by
from bot.playground.refusals import PageError
from bot.playground.standing import CREATOR, MEMBER, Standing
from bot.playground.updates import UpdateQueue
from bot.playground.values import Json

FIRST_PERSON = 1001
GROUP = -1_001_000_000_001
GROUP_TITLE = "Reading circle"
_CHANNELS = -1_002_000_000_000
_STRANGERS = 5_000_000_000


class World:
    """Everything there is; changes are told to the bot (updates) and to the page (events)."""

    def __init__(
        self,
        bot: Person,
        people: Sequence[str],
        *,
        privacy_mode: bool = True,
        inline_mode: bool = True,
        inline_feedback: bool = False,
    ) -> None:
        self.bot = bot
        self.privacy_mode = privacy_mode
        self.inline_mode = inline_mode
        self.inline_feedback = inline_feedback
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.events = EventLog()
        self.updates = UpdateQueue()
        self.files = FileStore()
        self.faults = Faults()
        self.presses = Presses()
        self.inline = InlineQueries()
        self.menu = Menu()
        self._messages = 0
        """How many there are in all private chats and basic groups."""
        self._outsiders: dict[tuple[str, str], int] = {}
        for name in people:
            self._settle(name, None, "en")
        self.chats[GROUP] = Chat(
            GROUP, "supergroup", GROUP_TITLE, standings=standings_of([*self.people, bot.id])
        )

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
        chats = [chat.page_view(self.bot.id) for chat in self.chats.values()]
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
        both = {person.id: MEMBER, self.bot.id: MEMBER}
        self.chats[person.id] = Chat(person.id, "private", person=person, standings=both)
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

    def named(self, username: str) -> Chat | None:
        """The public chat of that name."""
        found = (chat for chat in self.chats.values() if not chat.is_private and chat.username)
        return next((c for c in found if str(c.username).lower() == username.lower()), None)

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
        topic: int | None = None,
        for_chat: bool = False,
    ) -> Message:
        """A new message, told to those who see it; a reply is in the topic of what it answers."""
        message_id = self._next_id(chat)
        message = Message(
            chat.id, message_id, sender, int(time.time()), dict(content), reply_to, quote, markup
        )
        message.for_chat = for_chat or chat.is_channel
        _place(chat, message, topic)
        chat.messages[message_id] = message
        self._tell(chat, message, "message")
        return message

    def _next_id(self, chat: Chat) -> int:
        if chat.counts_alone:
            chat.last_id += 1
            return chat.last_id
        self._messages += 1
        return self._messages

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
        self._tell(chat, message, "edit")

    def delete(self, chat: Chat, message: Message) -> None:
        """Remove a message; no bot is told of that."""
        del chat.messages[message.id]
        self.events.publish("delete", chat.id, message_id=message.id)

    def _tell(self, chat: Chat, message: Message, event: str) -> None:
        view = chat.message_view(message, for_page=True)
        self.events.publish(event, chat.id, message=view)
        if message.sender is not self.bot and self._sees(chat, message):
            kind = "channel_post" if chat.is_channel else "message"
            update = f"edited_{kind}" if event == "edit" else kind
            self.updates.put(update, chat.message_view(message))

    def _sees(self, chat: Chat, message: Message) -> bool:
        """Whether the bot is told of a message."""
        standing = chat.standing(self.bot.id)
        if message.content.get("left_chat_member", {}).get("id") == self.bot.id:
            return chat.kind == "group"  # of a supergroup it hears nothing any more
        if not standing.is_in or chat.is_private or standing.runs or not self.privacy_mode:
            return standing.is_in
        target = chat.messages.get(message.reply_to) if message.reply_to else None
        return seen_by(self.bot, message, target)

    def membership(self, chat: Chat, actor: Person, before: Standing, after: Standing) -> None:
        """Tell the bot how it stands in a chat from now on."""
        self.updates.put("my_chat_member", self.change(chat, actor, self.bot, before, after))

    def change(
        self, chat: Chat, actor: Person, person: Person, before: Standing, after: Standing
    ) -> Json:
        """As a ChatMemberUpdated of the Bot API."""
        return {
            "chat": chat.view(),
            "from": actor.view(),
            "date": int(time.time()),
            "old_chat_member": before.view(person.view(), chat.kind),
            "new_chat_member": after.view(person.view(), chat.kind),
        }

    def tell_chat(self, chat: Chat) -> None:
        """Tell the page how a chat is now."""
        self.events.publish("chat", chat.id, chat=chat.page_view(self.bot.id))


def standings_of(members: Sequence[int]) -> dict[int, Standing]:
    """How the members of a new chat stand in it: the first is its creator."""
    return {one: MEMBER if at else CREATOR for at, one in enumerate(members)}


def _place(chat: Chat, message: Message, topic: int | None) -> None:
    """Put a message into its topic, or into the thread of the message that it answers."""
    answered = chat.messages.get(message.reply_to) if message.reply_to else None
    if "forum_topic_created" in message.content:
        topic = message.id
    if topic is None and answered is not None and answered.is_in_topic:
        topic = answered.thread
    if topic is not None:
        message.thread, message.is_in_topic = topic, True
    elif answered is not None and chat.kind == "supergroup":
        message.thread = answered.thread or answered.id
