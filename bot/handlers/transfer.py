"""A library as a file: sent to the chat, and taken in again."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from telegram import Document, Message, Update
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest

from bot.contents import file_name
from bot.handlers.notice import Notice
from bot.house import House
from bot.markup import fill
from bot.sending import Reply
from bot.store.records import Kind
from index import ImportFileError, Receipt, ReceiptStatus

EXPORT_NAME = "cuttings.jsonl"
SUFFIXES = (".jsonl", ".ndjson")
MEGABYTE = 1_000_000
LONGEST_NAME = 60


class Transfer:
    """Exports and imports a chat's library."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def export(self, update: Update, context: object) -> None:
        """/export"""
        message = update.effective_message
        if message is None:
            return
        house, texts, chat = self._house, self._house.texts, message.chat.id
        exchange = await house.workers.records(
            house.store.exchanges.begin, chat, message.message_id, Kind.EXPORT
        )
        if exchange.told:
            return
        async with house.sender.typing(chat), house.libraries.exported(chat) as (file, count):
            sent: int | None
            if not count:
                sent = await house.sender.send(chat, texts.export_empty)
            elif file.stat().st_size > FileSizeLimit.FILESIZE_UPLOAD:
                limit = FileSizeLimit.FILESIZE_UPLOAD // MEGABYTE
                sent = await house.sender.send(chat, fill(texts.export_too_large, megabytes=limit))
            else:
                caption = fill(texts.export_caption, articles=texts.articles(count))
                sent = await house.sender.document(chat, file, EXPORT_NAME, caption)
        await house.workers.records(
            house.store.exchanges.change, exchange.id, reply_id=sent, told=True
        )

    async def import_(self, update: Update, context: object) -> None:
        """/import, in reply to a file or by itself"""
        message = update.effective_message
        if message is None:
            return
        replied = message.reply_to_message
        if replied and replied.document:
            await self.take_in(message, replied.document)
        else:
            await self._house.sender.send(message.chat.id, self._house.texts.import_how)

    async def take_in(self, message: Message, document: Document) -> None:
        """Import a file that was sent; what it holds is added to what is there."""
        house, texts, chat = self._house, self._house.texts, message.chat.id
        exchange = await house.workers.records(
            house.store.exchanges.begin, chat, message.message_id, Kind.IMPORT
        )
        if exchange.told:
            return
        async with house.sender.typing(chat):
            notice = Notice(house, exchange)
            if not house.libraries.loaded:
                await notice.show(texts.loading)
            html = await self._imported(chat, document, notice)
            reply = Reply(exchange.message_id)
            await notice.finish(exchange, html, buttons=None, reply=reply)

    async def _imported(self, chat_id: int, document: Document, notice: Notice) -> str:
        house, texts = self._house, self._house.texts
        if (document.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
            return texts.file_too_large
        counts = {ReceiptStatus.ADDED: 0, ReceiptStatus.KNOWN: 0, ReceiptStatus.FAILED: 0}

        def count(receipt: Receipt) -> None:
            counts[receipt.status] += 1

        progress = notice.progress(asyncio.get_running_loop(), texts.import_progress)
        with TemporaryDirectory(prefix="cuttings-import-") as folder:
            path = Path(folder) / EXPORT_NAME
            try:
                file = await document.get_file()
                await file.download_to_drive(path, read_timeout=60)
            except BadRequest as error:
                if "too big" in str(error):
                    return texts.file_too_large
                raise
            try:
                await house.libraries.import_(chat_id, path, progress, count)
            except ImportFileError as error:
                name = file_name(document)[:LONGEST_NAME]
                said = str(error).replace(str(path), name)
                return fill(texts.import_failed, error=said)
        added, known = counts[ReceiptStatus.ADDED], counts[ReceiptStatus.KNOWN]
        if known and not added:
            return texts.import_nothing_new
        if known:
            return fill(texts.import_result_known, articles=texts.articles(added), known=str(known))
        return fill(texts.import_result, articles=texts.articles(added))
