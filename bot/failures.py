"""What went wrong: logged without a word of anybody's, told kindly, never leaked."""

from __future__ import annotations

import logging

from telegram import Chat, Update
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.contents import is_command
from bot.house import House
from bot.libraries import Stopping
from bot.mentions import is_for_bot
from bot.occasion import occasion, speaking
from bot.store.exchanges import ExchangeGone
from bot.supergroups import follow
from index import StorageBusyError, StorageError, StorageFullError

log = logging.getLogger(__name__)


class Failures:
    """The one place where an error in a handler ends."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def handle(self, update: object, error: BaseException | None) -> None:
        """Log an error and tell who was waiting."""
        house = self._house
        if not isinstance(update, Update) or error is None:
            log.error("error outside an update", exc_info=error)
            return
        where = {"update": update.update_id}
        if isinstance(error, Stopping):
            house.turns.leave_unfinished(update)
            log.info("interrupted", extra=where)
        elif isinstance(error, ExchangeGone):
            log.info("chat was forgotten meanwhile", extra=where)
        elif isinstance(error, Forbidden):
            await self._inactive(update)
        elif isinstance(error, ChatMigrated) and _is_of_a_group(update):
            await self._follow(update, error.new_chat_id)
        elif isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest):
            # It could not be said: the next start tries again.
            house.turns.leave_unfinished(update)
            log.warning("telegram refused", extra=where, exc_info=error)
        else:
            log.error("update failed", extra=where, exc_info=error)
            await self._tell(update, error)

    async def _tell(self, update: Update, error: BaseException) -> None:
        house, texts = self._house, self._house.texts
        if isinstance(error, StorageFullError):
            said = texts.storage_full
        elif isinstance(error, StorageBusyError):
            said = texts.busy
        else:
            said = texts.failure
        if isinstance(error, StorageError):
            house.turns.leave_unfinished(update)
        try:
            if update.callback_query:
                await house.sender.acknowledge(
                    update.callback_query, texts.alert_failure, alert=True
                )
            elif update.effective_chat and _is_awaited(update):
                await house.sender.send(update.effective_chat.id, said)
        except TelegramError as failed:
            log.warning("failure not told", extra={"update": update.update_id}, exc_info=failed)

    async def _follow(self, update: Update, new: int) -> None:
        """A reply could not be given, for the group is a supergroup by now."""
        house, chat = self._house, update.effective_chat
        assert chat is not None
        try:
            await follow(house, chat.id, new)
        except StorageError as failed:
            house.turns.leave_unfinished(update)
            log.error("group not followed", extra={"chat": chat.id}, exc_info=failed)
            return
        try:
            with speaking(house.chats.occasion(new)):
                await house.sender.send(new, occasion().texts.moved)
        except TelegramError as failed:
            log.warning("failure not told", extra={"update": update.update_id}, exc_info=failed)

    async def _inactive(self, update: Update) -> None:
        chat = update.effective_chat
        if chat is None:
            return
        log.info("chat inactive", extra={"chat": chat.id})
        try:
            await self._house.chats.mark(chat.id, active=False)
        except StorageError as failed:
            log.error("chat not marked", extra={"chat": chat.id}, exc_info=failed)


def _is_of_a_group(update: Update) -> bool:
    return update.effective_chat is not None and update.effective_chat.type == Chat.GROUP


def _is_awaited(update: Update) -> bool:
    """Whether somebody waits for an answer: not where people talk to one another."""
    chat, message = update.effective_chat, update.effective_message
    if chat is None or chat.type in (Chat.PRIVATE, Chat.CHANNEL):
        return chat is not None and chat.type == Chat.PRIVATE
    return message is not None and (is_command(message) or is_for_bot(message))
