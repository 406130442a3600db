"""Quiet saving: what a group keeps without anybody asking for it, and without a word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from telegram import Message

from bot.clippings import Clippings
from bot.contents import piece_of
from bot.handlers.links import Links
from bot.handlers.messages import Messages
from bot.handlers.saving import Saving
from bot.parts import item_of
from bot.quiet import is_kept, kept_links


class Keeping:
    """Keeps the links, files and long posts of a group that has switched that on."""

    def __init__(
        self, messages: Messages, saving: Saving, links: Links, clippings: Clippings
    ) -> None:
        self._messages = messages
        self._saving = saving
        self._links = links
        self._clippings = clippings

    async def keep(self, messages: Sequence[Message]) -> None:
        """Keep what is worth it of messages that are one item, each article by itself."""
        by_id = {message.message_id: message for message in messages}
        item = item_of([piece_of(message) for message in messages])
        alone = ((item.comment,),) if item.comment is not None else ()
        for numbers in (*alone, *item.articles):
            together = [by_id[number] for number in numbers]
            first = together[0]
            links = self._links_of(first) if len(together) == 1 else []
            if links:
                await self._links.save(first, links, quiet=True)
            elif is_kept(together):
                reading = partial(self._clippings.read, together)
                await self._saving.save(first, [reading], quiet=True)

    def _links_of(self, message: Message) -> list[str]:
        if message.document is not None:
            return []
        return kept_links(message, self._messages.links_of(message))
