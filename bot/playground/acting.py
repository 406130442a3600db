"""What people do: write, send files, edit, delete, press buttons, block the bot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.playground import utf16
from bot.playground.chats import Chat
from bot.playground.cutting import pieces
from bot.playground.entities import Entity, within
from bot.playground.formatting import Formatted, formatted
from bot.playground.forwards import new_album
from bot.playground.gathering import check_in
from bot.playground.limits import ALBUM_FILES, CAPTION_CHARACTERS, MESSAGE_CHARACTERS
from bot.playground.messages import Message
from bot.playground.people import Person
from bot.playground.quoting import plain_quote_of
from bot.playground.refusals import PageError
from bot.playground.standing import KICKED, MEMBER
from bot.playground.values import Json
from bot.playground.world import World


@dataclass(frozen=True, slots=True)
class Writing:
    """What a person writes, and where; a quote is a part of the message that is replied to."""

    text: str = ""
    entities: tuple[Entity, ...] = ()
    rich: Json | None = None
    reply_to: int | None = None
    quote: str | None = None
    topic: int | None = None
    anonymous: bool = False
    """Whether an administrator writes in the name of the group."""


@dataclass(frozen=True, slots=True)
class Hand:
    """A person in a chat, where they may act."""

    world: World
    chat: Chat
    person: Person

    def write(self, writing: Writing) -> list[Message]:
        """A text, in as many messages as a client makes of it, or a rich message."""
        if writing.rich is not None:
            contents: list[Json] = [{"rich_message": writing.rich}]
        else:
            contents = [text.fields() for text in cut(writing.text, writing.entities)]
        if not contents:
            raise PageError("There is nothing to send.")
        return self.post(contents, writing)

    def upload(self, shown: Sequence[Json], writing: Writing) -> list[Message]:
        """Documents or photos, or a voice message; several are an album.

        Each is a message; the caption stands below the first.
        """
        if not 1 <= len(shown) <= ALBUM_FILES:
            raise PageError(f"One message has a file, an album up to {ALBUM_FILES}.")
        caption = _caption(writing.text, writing.entities)
        album: Json = {"media_group_id": new_album()} if len(shown) > 1 else {}
        contents: list[Json] = [{**content, **album} for content in shown]
        contents[0].update(caption)
        return self.post(contents, writing)

    def post(
        self,
        contents: Sequence[Json],
        writing: Writing = Writing(),
        markup: Json | None = None,
    ) -> list[Message]:
        """Messages one after another; the first is the reply."""
        self.check_may_post(writing)
        quote, topic = None, writing.topic
        if writing.reply_to is not None:
            target = self.message(writing.reply_to)
            quote = plain_quote_of(target, writing.quote) if writing.quote else None
            topic = target.thread if target.is_in_topic else topic
        self.chat.started = True
        signed = self.chat.is_channel and self.chat.signs
        signature: Json = {"author_signature": self.person.first_name} if signed else {}
        replies = [writing.reply_to, *[None] * (len(contents) - 1)]
        quotes = [quote, *[None] * (len(contents) - 1)]
        return [
            self.world.post(
                self.chat,
                self.person,
                {**content, **signature},
                reply_to=reply_to,
                quote=marked,
                markup=markup,
                topic=topic,
                for_chat=writing.anonymous,
            )
            for content, reply_to, marked in zip(contents, replies, quotes, strict=True)
        ]

    def edit(self, message: Message, writing: Writing) -> Message:
        """Another text, or another caption; who runs a channel edits any post."""
        if not (self.chat.is_channel and self.runs):
            self.check_own(message)
        if "forward_origin" in message.content or "via_bot" in message.content:
            raise PageError("What was forwarded cannot be edited.")
        if message.shown:
            content = _caption(writing.text, writing.entities)
        elif "text" in message.content:
            text = formatted(writing.text, entities=writing.entities)
            if not text.text:
                raise PageError("A message cannot be empty: delete it instead.")
            if len(text.text) > MESSAGE_CHARACTERS:
                raise PageError(f"A message has at most {MESSAGE_CHARACTERS} characters.")
            content = text.fields()
        else:
            raise PageError("This message cannot be edited.")
        self.world.edit(self.chat, message, content)
        return message

    def delete(self, message: Message) -> None:
        """Remove one's own message, or any of one's private chat or of a chat that one runs."""
        if not self.chat.is_private and not self.runs:
            self.check_own(message)
        self.world.delete(self.chat, message)

    def press(self, message: Message, data: str) -> str:
        """Press a button; returns the id of the query that the bot shall answer."""
        self.check_unblocked()
        if data not in [button.get("callback_data") for button in message.buttons]:
            raise PageError("The message has no such button.")
        query_id = self.world.presses.add(self.person.id, self.chat.id, message.id)
        query: Json = {
            "id": query_id,
            "from": self.person.view(),
            **self._pressed(message),
            "chat_instance": str(abs(self.chat.id) * 7_919),
            "data": data,
        }
        if "via_bot" in message.content or self.chat.standing(self.world.bot.id).is_in:
            self.world.updates.put("callback_query", query)
        return query_id

    def _pressed(self, message: Message) -> Json:
        """Which message it is; of one that was sent by way of the bot, it learns little."""
        if "via_bot" in message.content:
            return {"inline_message_id": f"{abs(self.chat.id)}-{message.id}"}
        return {"message": self.chat.message_view(message)}

    def message(self, message_id: object) -> Message:
        """The message of an id in this chat."""
        found = self.chat.messages.get(message_id) if isinstance(message_id, int) else None
        if found is None:
            raise PageError("There is no such message.", 404)
        return found

    @property
    def runs(self) -> bool:
        """Whether the person is an administrator."""
        return self.chat.standing(self.person.id).runs

    def check_own(self, message: Message) -> None:
        """PageError if somebody else wrote it."""
        if message.sender is not self.person:
            raise PageError("Only who wrote a message can do that.", 403)

    def check_may_post(self, writing: Writing = Writing()) -> None:
        """PageError if the person may not write here, in this topic or without a name."""
        self.check_unblocked()
        if self.chat.is_channel and not self.runs:
            raise PageError("Only administrators post in a channel.", 403)
        if self.chat.standing(self.person.id).status == "restricted":
            raise PageError(f"{self.person.first_name} may not write here.", 403)
        if writing.anonymous and (self.chat.kind != "supergroup" or not self.runs):
            raise PageError("Only administrators of a supergroup write without their name.", 403)
        if writing.topic is not None and writing.topic not in (self.chat.topics or {}):
            raise PageError("There is no such topic.", 404)

    def check_unblocked(self) -> None:
        """PageError if the person has blocked the bot and this is their chat with it."""
        if self.chat.is_private and self.person.blocks:
            raise PageError(f"{self.person.first_name} has blocked the bot: unblock it first.", 403)


def hand(world: World, chat: Chat, person: Person) -> Hand:
    """The person in the chat; PageError if they are not in it."""
    check_in(chat, person)
    return Hand(world, chat, person)


def set_blocked(world: World, person: Person, blocked: bool) -> None:
    """Let a person block or unblock the bot."""
    if person.blocks == blocked:
        return
    person.blocks = blocked
    before, after = (MEMBER, KICKED) if blocked else (KICKED, MEMBER)
    world.membership(world.chats[person.id], person, before, after)
    world.events.publish("person", person.id, person=person.view(), blocked=blocked)


def cut(text: str, entities: Sequence[Entity]) -> list[Formatted]:
    """The messages that a client makes of a text."""
    before = utf16.positions(text)
    return [
        made
        for start, end in pieces(text)
        if (
            made := formatted(
                text[start:end], entities=within(entities, before[start], before[end])
            )
        ).text
    ]


def _caption(text: str, entities: Sequence[Entity]) -> Json:
    caption = formatted(text, entities=entities)
    if len(caption.text) > CAPTION_CHARACTERS:
        raise PageError(f"A caption has at most {CAPTION_CHARACTERS} characters.")
    return caption.fields("caption", "caption_entities")
