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


@dataclass(slots=True)
class Message:
    """A message as it stands now; what it replies to is told apart, for that may change."""

    chat_id: int
    id: int
    sender: Person
    date: int
    content: Json
    """Its own fields as the Bot API names them: text, entities, document ..."""
    reply_to: int | None = None
    quote: Json | None = None
    markup: Json | None = None
    """The keyboard below it."""
    edited: int | None = None
    reactions: list[Json] = field(default_factory=list)

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
        view: Json = {
            "message_id": self.id,
            "from": self.sender.view(),
            "chat": chat,
            "date": self.date,
            **self.content,
        }
        if self.edited:
            view["edit_date"] = self.edited
        if self.quote:
            view["quote"] = self.quote
        if self.markup and (for_page or "inline_keyboard" in self.markup):
            view["reply_markup"] = self.markup
        if for_page and self.reactions:
            view["reactions"] = self.reactions
        return view
