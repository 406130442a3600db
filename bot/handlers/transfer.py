"""A library as a file: sent to the chat, and taken in again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from telegram import Document, Message, Update
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest

from bot.chat_exports import look_through
from bot.contents import file_name
from bot.handlers.importing import DOWNLOAD_SECONDS, FILE_NAME, Importing
from bot.handlers.notice import Notice
from bot.house import House
from bot.markup import fill
from bot.sending import Reply
from bot.store.records import Exchange, Kind
from index import ImportFileError, Receipt, ReceiptStatus

EXPORT_NAME = "cuttings.jsonl"
SUFFIXES = (".jsonl", ".ndjson")
MEGABYTE = 1_000_000
LONGEST_NAME = 60


class TooLarge(Exception):  # noqa: N818
    """Telegram gives bots no files of this size, or the owner wants none."""


class Unfit(Exception):  # noqa: N818
    """A file that is damaged or no export; says what is wrong with it."""


class Transfer:
    """Exports and imports a chat's library."""

    def __init__(self, house: House, importing: Importing) -> None:
        self._house = house
        self._importing = importing

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
        async with self._house.sender.typing(message.chat.id):
            exchange = await self._begun(message)
            if exchange.told:
                return
            notice, said = Notice(self._house, exchange), ""
            if not self._house.libraries.loaded:
                await notice.show(self._house.texts.loading)
            try:
                async with self._downloaded(document) as file:
                    export = await self._house.workers.read(look_through, file)
                    if export is None:
                        said = await self._imported(exchange.library, file, notice)
            except TooLarge:
                megabytes = self._house.settings.max_file_megabytes
                said = fill(self._house.texts.file_too_large, megabytes=megabytes)
            except Unfit as error:
                said = fill(self._house.texts.import_failed, error=str(error))
            if said:
                reply = Reply(exchange.message_id)
                await notice.finish(exchange, said, buttons=None, reply=reply)
            elif export is not None:
                await self._importing.begin(exchange, message, document, export)

    async def take_in_export(self, message: Message, document: Document) -> bool:
        """Import a file if it is one that Telegram Desktop has exported; False if it is not."""
        house, said, export = self._house, "", None
        try:
            async with house.sender.typing(message.chat.id), self._downloaded(document) as file:
                export = await house.workers.read(look_through, file)
        except TooLarge:
            if file_name(document).lower() != FILE_NAME:
                return False
            said = fill(
                house.texts.export_file_too_large, megabytes=house.settings.max_file_megabytes
            )
        except Unfit as error:
            said = fill(house.texts.import_failed, error=str(error))
        if not said and export is None:
            return False
        exchange = await self._begun(message)
        if exchange.told:
            return True
        if export is not None:
            await self._importing.begin(exchange, message, document, export)
        else:
            reply = Reply(exchange.message_id)
            await Notice(house, exchange).finish(exchange, said, buttons=None, reply=reply)
        return True

    async def _begun(self, message: Message) -> Exchange:
        return await self._house.workers.records(
            self._house.store.exchanges.begin, message.chat.id, message.message_id, Kind.IMPORT
        )

    async def _imported(self, library: int, file: Path, notice: Notice) -> str:
        """What became of the articles of an exported library."""
        house, texts = self._house, self._house.texts
        counts = {ReceiptStatus.ADDED: 0, ReceiptStatus.KNOWN: 0, ReceiptStatus.FAILED: 0}

        def count(receipt: Receipt) -> None:
            counts[receipt.status] += 1

        progress = notice.progress(asyncio.get_running_loop(), texts.import_progress)
        await house.libraries.import_(library, file, progress, count)
        added, known = counts[ReceiptStatus.ADDED], counts[ReceiptStatus.KNOWN]
        if known and not added:
            return texts.import_nothing_new
        if known:
            return fill(
                texts.import_result_known, articles=texts.articles(added), known=texts.number(known)
            )
        return fill(texts.import_result, articles=texts.articles(added))

    @asynccontextmanager
    async def _downloaded(self, document: Document) -> AsyncIterator[Path]:
        """A file that was sent, on disk for as long as the context lasts.

        Raises TooLarge, and Unfit instead of an ImportFileError.
        """
        most = self._house.settings.max_file_megabytes * MEGABYTE
        if (document.file_size or 0) > min(most, FileSizeLimit.FILESIZE_DOWNLOAD):
            raise TooLarge
        with TemporaryDirectory(prefix="cuttings-import-") as folder:
            path = Path(folder) / EXPORT_NAME
            try:
                file = await document.get_file()
                await file.download_to_drive(path, read_timeout=DOWNLOAD_SECONDS)
            except BadRequest as error:
                if "too big" not in str(error):
                    raise
                raise TooLarge from error
            try:
                yield path
            except ImportFileError as error:
                # It is called as its sender has called it.
                name = file_name(document)[:LONGEST_NAME]
                raise Unfit(str(error).replace(str(path), name)) from error
