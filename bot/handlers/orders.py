"""/ask and /add: what is wanted is said in so many words."""

from __future__ import annotations

from functools import partial

from telegram import Message, Update

from bot.clippings import Clippings
from bot.contents import links_of, replied_to, text_of
from bot.handlers.asking import Asking
from bot.handlers.links import Links
from bot.handlers.messages import Messages
from bot.handlers.saving import Saving
from bot.handlers.scope import Scope, articles_replied_to, speaker_of
from bot.house import House
from bot.mentions import is_from, uncommanded, unnamed
from bot.routing import Incoming, Intent, route
from bot.sending import Reply


class Orders:
    """Does what it is told, with what a message says or with the message that it replies to."""

    def __init__(
        self,
        house: House,
        messages: Messages,
        saving: Saving,
        asking: Asking,
        clippings: Clippings,
        links: Links,
    ) -> None:
        self._house = house
        self._messages = messages
        self._saving = saving
        self._asking = asking
        self._clippings = clippings
        self._links = links

    async def ask(self, update: Update, context: object) -> None:
        """/ask and a question, or in reply to one"""
        message = update.effective_message
        if message is None:
            return
        question = text_of(uncommanded(message)).strip()
        scope = await articles_replied_to(self._house, message)
        replied = self.other(message)
        if not question and replied:
            question, scope = text_of(replied).strip(), Scope()
        if question:
            await self._ask(message, question, scope)
        else:
            await self._say(message, self._house.texts.ask_how)

    async def add(self, update: Update, context: object) -> None:
        """/add in reply to a message, or with what is to be kept"""
        message = update.effective_message
        if message is None:
            return
        own, replied = uncommanded(message), self.other(message)
        if text_of(own).strip():
            await self.save(message, own)
        elif replied:
            await self.save(message, replied)
        else:
            await self._say(message, self._house.texts.add_how)

    def other(self, message: Message) -> Message | None:
        """What somebody else said that a message replies to, as if the bot were not named."""
        replied = replied_to(message)
        if replied is None or is_from(replied.from_user, message):
            return None
        return unnamed(replied)

    async def take(self, message: Message, source: Message) -> None:
        """Do with the words of another message what is done with those that the bot is sent."""
        words = text_of(source).strip()
        if words and source.effective_attachment is None and source.forward_origin is None:
            chosen = route(Incoming(words, links=links_of(source)))
            if chosen.intent is Intent.ASK and chosen.question:
                await self._ask(message, chosen.question, Scope(), doubtful=chosen.doubtful)
                return
            if chosen.intent not in (Intent.SAVE, Intent.BOTH):
                await self._say(message, self._house.texts.unclear)
                return
        await self.save(message, source)

    async def save(self, message: Message, source: Message) -> None:
        """Save what one message holds because another says so."""
        links = [] if source.document else self._messages.links_of(source)
        if links:
            await self._links.save(message, links, held_by=source.message_id)
        elif source.document or source.photo or text_of(source).strip():
            reading = partial(self._clippings.read, [source])
            await self._saving.save(message, [reading])
        else:
            await self._say(message, self._house.texts.nothing_to_read)

    async def _ask(
        self, message: Message, question: str, scope: Scope, *, doubtful: bool = False
    ) -> None:
        await self._asking.ask(
            message.chat.id,
            message.message_id,
            question,
            scope,
            doubtful=doubtful,
            by=speaker_of(message),
        )

    async def _say(self, message: Message, text: str) -> None:
        await self._house.sender.send(message.chat.id, text, reply=Reply(message.message_id))
