"""Everything the bot sends: within limits, retried where safe, plain where HTML is refused."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import httpx
from aiolimiter import AsyncLimiter
from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.markup import plain
from bot.occasion import topic_in

log = logging.getLogger(__name__)

Result = TypeVar("Result")

TYPING_LASTS = 4.5
"""Seconds; Telegram shows it for five."""
TYPING_PUT_OFF = 1.0
TYPING_RATE = (8, 1.0)
"""How many chats are shown it in so many seconds."""
REFUSED_TRIES = 4
FIRST_PAUSE = 0.5
"""Seconds before a call is made again; each pause is twice the one before."""
LONGEST_PAUSE = 30.0
ALERT_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Reply:
    """The message to reply to, and the words of it to quote."""

    message_id: int
    quote: str | None = None
    entities: Sequence[MessageEntity] = ()


class Unsent(Exception):  # noqa: N818
    """Whether it was sent cannot be known: it must not be sent again."""


class Sender:
    """Sends and edits the bot's messages."""

    def __init__(self, bot: Bot, *, first_pause: float = FIRST_PAUSE) -> None:
        self._bot = bot
        self._typing = AsyncLimiter(*TYPING_RATE)
        self._shown: set[int] = set()
        self._first_pause = first_pause

    async def send(
        self,
        chat_id: int,
        html: str,
        *,
        reply: Reply | None = None,
        buttons: InlineKeyboardMarkup | None = None,
    ) -> int | None:
        """Send a message; its id, or None where it may or may not have arrived.

        A quote that Telegram does not find, and HTML that it does not parse, are left out.

        Raises:
            Forbidden: the person has blocked the bot.
        """
        text = html
        mode: str | None = ParseMode.HTML

        def attempt() -> Awaitable[Message]:
            return self._bot.send_message(
                chat_id,
                text,
                parse_mode=mode,
                reply_parameters=_parameters(reply),
                reply_markup=buttons,
                message_thread_id=topic_in(chat_id),
            )

        while True:
            try:
                return (await self._patiently(attempt)).message_id
            except BadRequest as error:
                said = str(error).lower()
                if mode and "parse" in said:
                    log.warning("HTML refused", extra={"chat": chat_id})
                    text, mode = plain(html), None
                elif reply and reply.quote and "quote" in said:
                    log.info("quote refused", extra={"chat": chat_id})
                    reply = Reply(reply.message_id)
                else:
                    raise
            except Unsent:
                log.warning("perhaps not sent", extra={"chat": chat_id})
                return None

    async def edit(
        self,
        chat_id: int,
        message_id: int,
        html: str,
        *,
        buttons: InlineKeyboardMarkup | None = None,
    ) -> bool:
        """Change a message of the bot's; False when it is not there any more."""
        text = html
        mode: str | None = ParseMode.HTML

        def attempt() -> Awaitable[Message | bool]:
            return self._bot.edit_message_text(
                text, chat_id, message_id, parse_mode=mode, reply_markup=buttons
            )

        while True:
            try:
                await self._patiently(attempt, again=True)
            except BadRequest as error:
                said = str(error).lower()
                if "not modified" in said:
                    return True
                if not mode or "parse" not in said:
                    log.info("message not edited", extra={"chat": chat_id})
                    return False
                log.warning("HTML refused", extra={"chat": chat_id})
                text, mode = plain(html), None
            else:
                return True

    async def document(self, chat_id: int, file: Path, name: str, caption: str) -> int | None:
        """Send a file, with its caption in HTML; its message's id as `send` gives it."""
        try:
            with file.open("rb") as stream:
                sent = await self._patiently(
                    lambda: self._bot.send_document(
                        chat_id,
                        stream,
                        filename=name,
                        caption=caption,
                        parse_mode=ParseMode.HTML,
                        message_thread_id=topic_in(chat_id),
                        disable_content_type_detection=True,
                        write_timeout=300,
                        read_timeout=60,
                    ),
                    rewind=lambda: stream.seek(0),
                )
        except Unsent:
            log.warning("perhaps not sent", extra={"chat": chat_id})
            return None
        return sent.message_id

    async def delete(self, chat_id: int, message_id: int) -> bool:
        """Delete a message of the bot's; False when Telegram does not allow it any more."""
        try:
            await self._patiently(lambda: self._bot.delete_message(chat_id, message_id), again=True)
        except BadRequest:
            return False
        return True

    async def react(self, chat_id: int, message_id: int, emoji: str) -> None:
        """Put a reaction below a message; where that is not allowed nothing happens."""
        with suppress(TelegramError):
            await self._patiently(
                lambda: self._bot.set_message_reaction(chat_id, message_id, emoji), again=True
            )

    async def acknowledge(
        self, query: CallbackQuery, text: str | None = None, *, alert: bool = False
    ) -> None:
        """Answer the press of a button, which ends its waiting; a late answer is no fault."""
        if text and len(text) > ALERT_LIMIT:
            text = text[: ALERT_LIMIT - 1] + "…"
        with suppress(BadRequest, NetworkError, RetryAfter):
            await query.answer(text, show_alert=alert)

    async def name_of(self, user_id: int) -> str | None:
        """What a person calls themselves, where they have written to the bot."""
        with suppress(TelegramError):
            return (await self._bot.get_chat(user_id)).effective_name
        return None

    @asynccontextmanager
    async def typing(self, chat_id: int) -> AsyncIterator[None]:
        """Show "typing…" at once and for as long as the context lasts."""
        topic = topic_in(chat_id)

        async def show() -> None:
            while True:
                # Where hundreds wait at once, what is shown to them must not take the time and
                # the limits that their answers need.
                shown = self._typing.has_capacity()
                if shown:
                    await self._typing.acquire()
                    with suppress(TelegramError):
                        await self._bot.send_chat_action(
                            chat_id, ChatAction.TYPING, message_thread_id=topic
                        )
                await asyncio.sleep(TYPING_LASTS if shown else TYPING_PUT_OFF)

        if chat_id in self._shown:
            yield
            return
        self._shown.add(chat_id)
        task = asyncio.create_task(show())
        try:
            yield
        finally:
            self._shown.discard(chat_id)
            task.cancel()

    async def _patiently(
        self,
        call: Callable[[], Awaitable[Result]],
        *,
        again: bool = False,
        rewind: Callable[[], object] | None = None,
    ) -> Result:
        """Make a call until it is answered.

        A network that is down is waited out: nothing was sent. What the server refused with an
        error of its own is tried a few times. Where an answer was lost the call is made again only
        when that does no harm (`again`); else Unsent is raised.
        """
        pause, refused = self._first_pause, 0
        while True:
            try:
                return await call()
            except (BadRequest, Forbidden, RetryAfter):
                raise
            except NetworkError as error:
                if not _was_not_sent(error):
                    if not (again or _was_refused(error)):
                        raise Unsent from error
                    refused += 1
                    if refused >= REFUSED_TRIES:
                        raise
                if rewind:
                    rewind()
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE, pause * 2)


def _parameters(reply: Reply | None) -> ReplyParameters | None:
    if reply is None:
        return None
    return ReplyParameters(
        reply.message_id,
        allow_sending_without_reply=True,
        quote=reply.quote,
        quote_entities=reply.entities if reply.quote else None,
    )


def _was_not_sent(error: NetworkError) -> bool:
    return isinstance(
        error.__cause__, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout
    )


def _was_refused(error: NetworkError) -> bool:
    # An answer with an HTTP status, whose body may be no JSON: a gateway's.
    cause = error.__cause__
    answered = cause is None or isinstance(cause, TelegramError)
    return answered and not isinstance(error, TimedOut)
