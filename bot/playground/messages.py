"""One message of a chat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.playground.people import Person
from bot.playground.values import Json

REPLACED = ("text", "entities", "caption", "caption_entities", "link_preview_options")
"""The fields that an edit replaces."""
CAPTIONED = ("document", "photo", "voice")
"""What a message may show above a caption."""
SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "forum_topic_created",
)
"""What only tells of something that happened in the chat."""
ANONYMOUS = Person(1087968824, "Group", "GroupAnonymousBot", is_bot=True)
"""Who writes, to bots, what an administrator writes in the name of a group."""


@dataclass(slots=True)
class Message:
    """A message as it stands now; what it replies to is told apart, for that may change."""

    chat_id: int
    id: int
    sender: Person
    """Who wrote it, even if it stands there in the name of the chat."""
    date: int
    content: Json
    """Its own fields as the Bot API names them: text, entities, document ..."""
    reply_to: int | None = None
    quote: Json | None = None
    markup: Json | None = None
    """The keyboard below it."""
    edited: int | None = None
    reactions: list[Json] = field(default_factory=list)
    thread: int | None = None
    """The topic, or the message with which a thread of replies began."""
    is_in_topic: bool = False
    for_chat: bool = False
    """Whether it stands there in the name of the chat: a post, or an anonymous administrator's."""

    @property
    def is_service(self) -> bool:
        """Whether nobody wrote it: it tells of something that happened in the chat."""
        return any(name in self.content for name in SERVICE)

    @property
    def text(self) -> str:
        """Its text or caption."""
        return str(self.content.get("text") or self.content.get("caption") or "")

    @property
    def shown(self) -> Json:
        """The document, photo or voice message that it shows, under that name."""
        return {name: self.content[name] for name in CAPTIONED if name in self.content}

    @property
    def entity_views(self) -> list[Json]:
        """What is formatted in its text or caption."""
        found = self.content.get("entities") or self.content.get("caption_entities")
        return list(found or ())

    @property
    def buttons(self) -> list[Json]:
        """The buttons of its inline keyboard."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    def replace(self, content: Mapping[str, object]) -> None:
        """New text or caption in place of the old."""
        kept = {name: value for name, value in self.content.items() if name not in REPLACED}
        self.content = {**kept, **content}

    def view(self, chat: Json, *, for_page: bool = False) -> Json:
        """As the Bot API shows it, without what it replies to.

        The page also sees keyboards that are not inline, and reactions: clients draw them.
        """
        view: Json = {"message_id": self.id, **self._author(chat, for_page=for_page)}
        view.update({"chat": chat, "date": self.date, **self.content})
        if self.thread is not None:
            view["message_thread_id"] = self.thread
        if self.is_in_topic:
            view["is_topic_message"] = True
        if self.edited:
            view["edit_date"] = self.edited
        if self.quote:
            view["quote"] = self.quote
        if self.markup and (for_page or "inline_keyboard" in self.markup):
            view["reply_markup"] = self.markup
        if for_page and self.reactions:
            view["reactions"] = self.reactions
        return view

    def _author(self, chat: Json, *, for_page: bool) -> Json:
        """The fields that tell who wrote it; only the page learns who wrote for a chat."""
        if not self.for_chat:
            return {"from": self.sender.view()}
        told: Json = {} if chat["type"] == "channel" else {"from": ANONYMOUS.view()}
        told["sender_chat"] = chat
        return {**told, "written_by": self.sender.view()} if for_page else told
