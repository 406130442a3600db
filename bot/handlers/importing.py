"""Chats that Telegram Desktop has exported, taken in beside whatever else goes on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from telegram import Bot, Document, Message, Update
from telegram.error import TelegramError

from bot.chat_exports import ChatExport, look_through
from bot.errands import Errands
from bot.handlers.allowance import person_of
from bot.handlers.notice import BETWEEN_EDITS, Notice
from bot.handlers.pressed import Pressed, data, exchange_of, keyboard, may_decide, pressed
from bot.house import House
from bot.libraries import Progress
from bot.markup import fill
from bot.post_import import Posts, Tally, parts_of, take_in
from bot.sending import Reply
from bot.store.records import Exchange, KnownChat
from index import Library, Receipt, ReceiptStatus, UnknownLibraryError

EXPORT = "export"
"""The detail of an exchange that holds which file it is, until all of it is taken in."""
FILE_NAME = "result.json"
DOWNLOAD_SECONDS = 60
LONGEST_LABEL = 30
INTO_ITS_OWN, INTO_MINE = 1, 0


class Importing:
    """Takes in exported chats: with progress, to be stopped, and gone on with after a restart."""

    def __init__(self, house: House, bot: Bot, errands: Errands) -> None:
        self._house = house
        self._bot = bot
        self._errands = errands
        self._running: dict[int, asyncio.Event] = {}
        """What stops an import, by the id of its exchange."""

    async def begin(
        self, exchange: Exchange, message: Message, document: Document, export: ChatExport
    ) -> None:
        """Take in a file that was sent; where it is of a chat that its sender runs, ask whereto."""
        house, texts, chat = self._house, self._house.texts, message.chat
        notice, reply = Notice(house, exchange), Reply(exchange.message_id)
        if not export.posts:
            said = texts.export_empty_of_posts
            await notice.finish(exchange, said, buttons=None, reply=reply)
            return
        sender = message.from_user
        told: dict[str, Any] = {**exchange.details.get(EXPORT, {}), "file": document.file_id}
        details = {**exchange.details, "by": sender.id if sender else None, EXPORT: told}
        own = self._run_by(export) if chat.type == chat.PRIVATE else None
        asks = own and sender and await house.rights.runs(own.chat_id, sender.id)
        if not own or not asks:
            exchange = await self._changed(exchange, details=details)
            self._errands.begin(self._run(exchange))
            return
        details[EXPORT] = {**told, "of": own.chat_id}
        said = fill(texts.export_whose, title=own.title)
        buttons = keyboard(
            [(own.title[:LONGEST_LABEL], data("into", exchange.id, INTO_ITS_OWN))],
            [(texts.button_own_articles, data("into", exchange.id, INTO_MINE))],
        )
        await notice.finish(exchange, said, buttons=buttons, reply=reply, details=details)

    async def choose(self, update: Update, context: object) -> None:
        """The buttons that say whose articles an export shall become."""
        found = await self._pressed(update)
        if found is None:
            return
        press, exchange = found
        details, of = dict(exchange.details), exchange.details[EXPORT].get("of")
        details.pop("library", None)
        if press.numbers[1] == INTO_ITS_OWN and of is not None:
            if not await may_decide(self._house, press, library=of):
                return
            details["library"] = of
        await self._house.sender.acknowledge(press.query)
        await self._go_on(exchange, details)

    async def stop(self, update: Update, context: object) -> None:
        """The button "Stop"."""
        found = await self._pressed(update)
        if found is None:
            return
        press, exchange = found
        await self._house.sender.acknowledge(press.query, self._house.texts.alert_stopping)
        details = {**exchange.details, EXPORT: {**exchange.details[EXPORT], "stop": True}}
        exchange = await self._changed(exchange, details=details)
        if exchange.id in self._running:
            self._running[exchange.id].set()
        elif not exchange.told:
            # The bot has been started anew, or something went wrong.
            notice = Notice(self._house, exchange)
            await self._end(exchange, [self._house.texts.export_stopped], notice, complete=False)

    async def go_on(self, update: Update, context: object) -> None:
        """The button "Go on"."""
        found = await self._pressed(update)
        if found is None:
            return
        press, exchange = found
        if exchange.library != press.chat_id and not await may_decide(
            self._house, press, library=exchange.library
        ):
            return
        await self._house.sender.acknowledge(press.query)
        await self._go_on(exchange, exchange.details)

    async def _pressed(self, update: Update) -> tuple[Pressed, Exchange] | None:
        """A press of one of these buttons by somebody who may; they are told where they may not."""
        press, house = pressed(update), self._house
        exchange = await exchange_of(house, press) if press else None
        if press is None or exchange is None:
            return None
        if not isinstance(exchange.details.get(EXPORT), Mapping):
            await house.sender.acknowledge(press.query, house.texts.alert_too_old, alert=True)
            return None
        # In a group who began it may be no administrator any more.
        if not await may_decide(house, press):
            return None
        return press, exchange

    async def _go_on(self, exchange: Exchange, details: Mapping[str, Any]) -> None:
        if exchange.id in self._running:
            return
        export = {name: each for name, each in details[EXPORT].items() if name != "stop"}
        changed = {**details, EXPORT: export}
        exchange = await self._changed(exchange, told=False, details=changed)
        self._errands.begin(self._run(exchange))

    async def _run(self, exchange: Exchange) -> None:
        """Take in all that is not there yet, and tell how far it is."""
        if exchange.id in self._running:
            return
        stopped = self._running[exchange.id] = asyncio.Event()
        if exchange.details[EXPORT].get("stop"):
            stopped.set()
        try:
            await self._take_in(exchange, stopped)
        finally:
            del self._running[exchange.id]

    async def _take_in(self, exchange: Exchange, stopped: asyncio.Event) -> None:
        house, texts = self._house, self._house.texts
        stop = keyboard([(texts.button_stop, data("stopimport", exchange.id))])
        notice = Notice(house, exchange)
        if not house.libraries.loaded:
            await notice.show(texts.loading, stop)
            await house.libraries.wait_until_loaded()
        tally = Tally(exchange.begun)
        # A short one need not be told of; what was said before must be.
        told_at = 0.0 if exchange.reply_id else time.monotonic()
        async with self._downloaded(exchange.details[EXPORT]["file"]) as file:
            export = await house.workers.read(look_through, file)
            if export is None:
                raise ValueError("The file is another than it was.")
            parts = parts_of(file)
            waiting: Posts = ()
            full = ""
            while not stopped.is_set():
                if time.monotonic() - told_at >= BETWEEN_EDITS:
                    told_at = time.monotonic()
                    percent = tally.done * 100 // max(1, export.posts)
                    with suppress(TelegramError):
                        await notice.show(fill(texts.import_progress, percent=percent), stop)
                waiting = waiting or await house.workers.read(next, parts, ())
                if not waiting:
                    break
                room, full = await self._room(exchange, len(waiting))
                if not room:
                    break
                if not await self._added(exchange, waiting[:room], tally):
                    return
                waiting = waiting[room:]
        await self._finish(exchange, export, tally, notice, full)

    async def _added(self, exchange: Exchange, posts: Posts, tally: Tally) -> bool:
        """Add some posts; False where the chat has been forgotten meanwhile."""
        house, library = self._house, exchange.library

        def named(chat_id: int) -> str | None:
            known = house.chats.get(chat_id)
            return known.username if known else None

        def add(held: Library, progress: Progress) -> list[Receipt]:
            return take_in(held, posts, house.libraries.settings, named, progress)

        try:
            receipts = await house.libraries.take_in(library, add)
        except UnknownLibraryError:
            receipts = []
        new = [
            each.article.id
            for each in receipts
            if each.article and each.status is not ReceiptStatus.KNOWN
        ]
        there = await house.workers.records(
            house.store.exchanges.find, exchange.chat_id, exchange.id
        )
        if there is None:
            if new:
                await house.libraries.remove(library, new)
            return False
        if exchange.library == exchange.chat_id:
            house.fairness.added(person_of(exchange), len(new))
        tally.count(receipts)
        return True

    async def _room(self, exchange: Exchange, wanted: int) -> tuple[int, str]:
        """How many posts may be added now; if none, why."""
        house, texts = self._house, self._house.texts
        totals = await house.libraries.totals(exchange.library)
        here = house.fairness.room_in_library(totals.articles)
        today = None  # the past of a channel that they run is for all its readers
        if exchange.library == exchange.chat_id:
            today = house.fairness.room_today(person_of(exchange))
        if here is not None and here <= 0:
            return 0, fill(texts.limit_articles_here, articles=texts.articles(totals.articles))
        if today is not None and today <= 0:
            return 0, texts.limit_articles_today
        return min(each for each in (wanted, here, today) if each is not None), ""

    async def _finish(
        self, exchange: Exchange, export: ChatExport, tally: Tally, notice: Notice, full: str
    ) -> None:
        texts = self._house.texts
        complete = tally.done >= export.posts
        added = texts.articles(len(tally.added))
        if not complete:
            lines = [full] if full else [texts.export_stopped]
        elif tally.known and not tally.added:
            lines = [texts.import_nothing_new]
        elif tally.known:
            known = str(tally.known)
            lines = [fill(texts.import_result_known, articles=added, known=known)]
        else:
            lines = [fill(texts.import_result, articles=added)]
        title = self._title(exchange)
        if title:
            lines.append(fill(texts.export_into, title=title))
        if tally.failed:
            lines.append(fill(texts.export_unread, messages=texts.messages(tally.failed)))
        if complete and export.left_out:
            lines.append(fill(texts.export_left_out, messages=texts.messages(export.left_out)))
        await self._end(exchange, lines, notice, complete=complete)

    async def _end(
        self, exchange: Exchange, lines: Sequence[str], notice: Notice, *, complete: bool
    ) -> None:
        """Say the last word, or that it can be gone on with."""
        texts = self._house.texts
        go_on = None if complete else (texts.button_go_on, data("goon", exchange.id))
        details = dict(exchange.details)
        if complete:
            del details[EXPORT]
        reply = Reply(exchange.message_id)
        html = "\n".join(lines)
        await notice.finish(exchange, html, buttons=keyboard([go_on]), reply=reply, details=details)

    def _title(self, exchange: Exchange) -> str:
        """What the chat is called whose library it is, where that is another."""
        if exchange.library == exchange.chat_id:
            return ""
        known = self._house.chats.get(exchange.library)
        return (known and known.title) or str(exchange.library)

    def _run_by(self, export: ChatExport) -> KnownChat | None:
        """The group or channel that an export is of, where the bot keeps a library."""
        chat_id = export.only.place.chat_id if export.only else None
        known = self._house.chats.get(chat_id) if chat_id is not None else None
        if known is None or not known.is_shared:
            return None
        return known if known.active and known.admitted else None

    async def _changed(self, exchange: Exchange, **values: Any) -> Exchange:
        return await self._house.workers.records(
            self._house.store.exchanges.change, exchange.id, **values
        )

    @asynccontextmanager
    async def _downloaded(self, file_id: str) -> AsyncIterator[Path]:
        with TemporaryDirectory(prefix="cuttings-import-") as folder:
            path = Path(folder) / FILE_NAME
            file = await self._bot.get_file(file_id)
            await file.download_to_drive(path, read_timeout=DOWNLOAD_SECONDS)
            yield path
