"""One chat's updates one after another, and the messages that belong together as one."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

from telegram import Message, Update
from telegram.ext import BaseUpdateProcessor

from bot.contents import piece_of
from bot.parts import Piece, continues, quiet_seconds
from bot.telegram_settings import BotSettings

log = logging.getLogger(__name__)

Speaker = tuple[int, int, int | None]
"""A chat, who speaks in it, and the topic that they speak in."""
MESSAGES, BUTTONS, INLINE = "messages", "buttons", "inline"
MOST_WAITING = 100_000
"""Updates in memory at once; each waits for its chat's turn at the cost of a few kilobytes."""

_processed: ContextVar[Update] = ContextVar("update")


class Group:
    """Messages of one chat that are one item, as far as they have come."""

    def __init__(self, update: Update, message: Message, piece: Piece) -> None:
        self.update_ids = [update.update_id]
        self.messages = [message]
        self.pieces = [piece]
        self.closed = False
        self.finished = asyncio.Event()
        self._changed = asyncio.Event()

    def add(self, update: Update, message: Message, piece: Piece) -> None:
        """Take in another message."""
        self.update_ids.append(update.update_id)
        self.messages.append(message)
        self.pieces.append(piece)
        self._changed.set()

    def close(self) -> None:
        """Take in no more."""
        self.closed = True
        self._changed.set()

    async def gather(self, settings: BotSettings) -> list[Message]:
        """The messages, once no more can be expected, by their ids."""
        while not self.closed:
            last = max(piece.arrived for piece in self.pieces)
            seconds = last + quiet_seconds(self.pieces, settings) - time.monotonic()
            if seconds <= 0:
                break
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), seconds)
            except asyncio.TimeoutError:
                break
        self.closed = True
        return sorted(self.messages, key=lambda message: message.message_id)


class Turns(BaseUpdateProcessor):
    """Processes the updates of all chats side by side, and those of one chat in order.

    Buttons do not wait for the messages before them, only for one another.
    """

    def __init__(
        self, settings: BotSettings, finish: Callable[[list[int]], Awaitable[None]]
    ) -> None:
        super().__init__(MOST_WAITING)
        self._settings = settings
        self._finish = finish
        self._open: dict[Speaker, Group] = {}
        """The group of each speaker that another message of theirs may still join."""
        self._groups: dict[int, Group] = {}
        """By the id of the update that leads it."""
        self._locks: dict[object, tuple[asyncio.Lock, int]] = {}
        self._unfinished: set[int] = set()
        self._held: dict[int, list[int] | None] = {}
        """Updates whose work goes on; with all that belong to one, once its handler is through."""
        self.closing = False

    async def initialize(self) -> None:
        """Nothing has to be made ready."""

    async def shutdown(self) -> None:
        """Nothing has to be let go."""

    async def gather(self, update: Update) -> list[Message]:
        """All messages of the item that this update leads, after a short quiet time."""
        return await self._groups[update.update_id].gather(self._settings)

    def at_once(self, update: Update) -> list[Message]:
        """The messages of the item so far; what comes after them is another item."""
        group = self._groups[update.update_id]
        group.close()
        return sorted(group.messages, key=lambda message: message.message_id)

    @asynccontextmanager
    async def alone(self, chat_id: int) -> AsyncIterator[None]:
        """A time in which no message of a chat is being dealt with."""
        async with self._turn((chat_id, MESSAGES)):
            yield

    def leave_unfinished(self, update: Update) -> None:
        """Have this update replayed at the next start."""
        self._unfinished.add(update.update_id)

    def hold(self) -> Update:
        """The update that is being processed; it is not done before it is let go, too."""
        update = _processed.get()
        self._held[update.update_id] = None
        return update

    async def let_go(self, update: Update) -> None:
        """Have an update that was held be done, unless it is left unfinished."""
        updates = self._held.pop(update.update_id, None)
        if updates and update.update_id not in self._unfinished:
            await self._finish(updates)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Process an update in its chat's turn, or with the group that it belongs to."""
        assert isinstance(coroutine, Coroutine)
        if not isinstance(update, Update):
            await coroutine
            return
        message = update.message or update.channel_post
        group = self._group_of(update, message) if message else None
        if group and group.update_ids[0] != update.update_id:
            coroutine.close()
            await group.finished.wait()
            return
        try:
            async with self._turn(_turn_of(update)):
                if self.closing:
                    return
                _processed.set(update)
                await coroutine
            together = group.update_ids if group else [update.update_id]
            if update.update_id in self._held:
                self._held[update.update_id] = together
            elif update.update_id not in self._unfinished:
                await self._finish(together)
        finally:
            coroutine.close()  # where it was never begun
            if group:
                self._dissolve(update.update_id, group)

    def _group_of(self, update: Update, message: Message) -> Group:
        speaker, piece = _speaker(message), piece_of(message)
        open_group = self._open.get(speaker)
        if open_group and not open_group.closed:
            if continues(open_group.pieces, piece):
                open_group.add(update, message, piece)
                return open_group
            open_group.close()
        group = Group(update, message, piece)
        self._open[speaker] = self._groups[update.update_id] = group
        return group

    def _dissolve(self, update_id: int, group: Group) -> None:
        group.close()
        group.finished.set()
        self._groups.pop(update_id, None)
        speaker = _speaker(group.messages[0])
        if self._open.get(speaker) is group:
            del self._open[speaker]

    @asynccontextmanager
    async def _turn(self, key: object) -> AsyncIterator[None]:
        lock, waiting = self._locks.get(key, (None, 0))
        lock = lock or asyncio.Lock()
        self._locks[key] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._locks[key]
            if waiting == 1:
                del self._locks[key]
            else:
                self._locks[key] = (lock, waiting - 1)


def _speaker(message: Message) -> Speaker:
    author = message.sender_chat or message.from_user
    topic = message.message_thread_id if message.is_topic_message else None
    return message.chat.id, author.id if author else 0, topic


def _turn_of(update: Update) -> tuple[object, ...]:
    """What waits for what: inline queries for nothing, so that a newer one can overtake."""
    if update.inline_query:
        return (update.update_id, INLINE)
    chat = update.effective_chat
    return (chat.id if chat else None, BUTTONS if update.callback_query else MESSAGES)
