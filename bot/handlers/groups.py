"""Messages in groups: those that are for the bot, and those that it keeps silently."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from telegram import Message, Update

from bot.contents import is_command, links_of, piece_of, text_of
from bot.handlers.editing import Editing
from bot.handlers.keeping import Keeping
from bot.handlers.messages import Messages
from bot.handlers.orders import Orders
from bot.handlers.reacting import QUIET
from bot.handlers.welcome import Welcome
from bot.house import House
from bot.mentions import (
    is_for_bot,
    is_from,
    is_named,
    is_order,
    is_own_command,
    uncommanded,
    unnamed,
)
from bot.parts import SHORTEST_PIECE, PieceKind
from bot.routing import Incoming, Intent, route
from bot.routing_language import means_to_save
from bot.routing_signs import word_count
from bot.sending import Reply
from bot.store.records import Kind

LONGEST_ORDER = 4
"""Words beside a mention that say no more than that something is to be kept."""
_IDLE = (Intent.GREETING, Intent.UNCLEAR)

Callback = Callable[[Update, Any], Coroutine[Any, Any, None]]


class Groups:
    """Tells what in a group is for the bot, and stays out of the rest."""

    def __init__(
        self,
        house: House,
        messages: Messages,
        editing: Editing,
        orders: Orders,
        keeping: Keeping,
        welcome: Welcome,
    ) -> None:
        self._house = house
        self._messages = messages
        self._editing = editing
        self._orders = orders
        self._keeping = keeping
        self._welcome = welcome

    async def received(self, update: Update, context: object) -> None:
        """A message that is no command, with those that belong to it."""
        message = update.message
        if message is None or is_from(message.via_bot, message):
            return
        house, chat = self._house, message.chat.id
        if is_for_bot(message):
            async with house.sender.typing(chat):
                await self._answer(await house.turns.gather(update))
            return
        piece = piece_of(message)
        if piece.kind is PieceKind.TEXT and piece.text_length < SHORTEST_PIECE:
            # Nobody waits for what follows on people's talk.
            messages = house.turns.at_once(update)
        else:
            messages = await house.turns.gather(update)
        if any(map(is_for_bot, messages)):
            async with house.sender.typing(chat):
                await self._answer(messages)
        elif house.chats.settings(chat).quiet:
            await self._keeping.keep(messages)

    async def edited(self, update: Update, context: object) -> None:
        """A message was edited: it matters if it was for the bot, or was kept."""
        message = update.edited_message
        if message is None or (is_command(message) and not is_order(message)):
            return
        house, chat, number = self._house, message.chat.id, message.message_id
        exchanges = house.store.exchanges
        own = await house.workers.records(exchanges.parts_of_message, chat, number, Kind.SAVE)
        own += await house.workers.records(exchanges.parts_of_message, chat, number, Kind.ASK)
        if is_order(message):
            if own:
                await self._editing.follow(uncommanded(message), ordered=True)
        elif own:
            quiet = all(each.details.get(QUIET) for each in own)
            await self._editing.follow(unnamed(message), quiet=quiet)
        elif await house.workers.records(exchanges.pieces_of_message, chat, number):
            # Somebody else had it kept: who edits it is not spoken to.
            await self._editing.follow(unnamed(message), quiet=True)
        elif is_for_bot(message):
            async with house.sender.typing(chat):
                await self._answer([message])

    async def command(self, update: Update, context: object) -> None:
        """A command that there is not, or another bot's."""
        message = update.message
        if message and is_own_command(message):
            await self._welcome.unknown(update, context)

    def by_administrators(self, callback: Callback) -> Callback:
        """A command that in a group only administrators may give."""

        async def asked(update: Update, context: object) -> None:
            house, message = self._house, update.message
            if message is None:
                return
            chat, user, sender = message.chat, message.from_user, message.sender_chat
            if await house.rights.may_manage(chat, user, sender):
                await callback(update, context)
            else:
                said = house.texts.alert_administrators_only
                await house.sender.send(chat.id, said, reply=Reply(message.message_id))

        return asked

    async def _answer(self, messages: Sequence[Message]) -> None:
        """Deal with messages that are one item, and for the bot."""
        said = [unnamed(message) for message in messages]
        if len(said) > 1 or not await self._dealt_with(messages[0], said[0]):
            await self._messages.deal(said, [piece_of(message) for message in messages])

    async def _dealt_with(self, message: Message, said: Message) -> bool:
        """Deal with a message that is of no interest by itself; False if it is."""
        if said.effective_attachment is not None:
            return False
        words, other = text_of(said).strip(), self._orders.other(message)
        if other and not words:
            await self._orders.take(said, other)
        elif other and means_to_save(words) and word_count(words) <= LONGEST_ORDER:
            await self._orders.save(said, other)
        elif not words:
            unclear = self._house.texts.unclear
            await self._house.sender.send(message.chat.id, unclear, reply=Reply(said.message_id))
        else:
            # Who replies to the bot with a nod needs no answer.
            idle = route(Incoming(words, links=links_of(said))).intent in _IDLE
            return idle and not is_named(message)
        return True
