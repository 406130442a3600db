"""What is attached to messages: downloaded, and read outside of this process.

Nothing of it is written to disk, and no name that a sender gave is ever a path.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import Audio, Document, Message, PhotoSize, Voice
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest

from bot import albums
from bot.contents import file_name, is_picture
from bot.libraries import Progress
from bot.markup import fill
from bot.occasion import occasion
from bot.readers import Readers
from index import Article, FailedSource, Obstacle
from index import Document as Source

LONGEST_NAME = 60
LONGEST_VOICE = 60
"""Seconds of a spoken question."""
DOWNLOAD_SECONDS = 60
_UNREADABLE = ("video/", "audio/", "font/", "model/")
_PROGRAMS = frozenset(
    {
        "application/java-archive",
        "application/vnd.android.package-archive",
        "application/vnd.microsoft.portable-executable",
        "application/vnd.rar",
        "application/x-7z-compressed",
        "application/x-apple-diskimage",
        "application/x-dosexec",
        "application/x-executable",
        "application/x-iso9660-image",
        "application/x-msdownload",
        "application/x-rar-compressed",
        "application/x-sharedlib",
    }
)
"""Types of which no part is worth downloading."""


MEGABYTE = 1_000_000


class TooLargeToDownload(Exception):  # noqa: N818
    """Telegram gives bots no files of this size, or the owner wants none."""


class Attachments:
    """Reads the files, pictures and voices of messages."""

    def __init__(self, readers: Readers, megabytes: int) -> None:
        """Take files of so many megabytes."""
        self._readers = readers
        self._megabytes = megabytes

    async def documents(
        self, messages: Sequence[Message], progress: Progress | None = None
    ) -> list[Article | FailedSource]:
        """What is in a file, or in the pictures of an album that were sent as files."""
        if len(messages) > 1 and all(is_picture(message.document) for message in messages):
            files = [message.document for message in messages if message.document]
            return await self._pictures(files, progress)
        found: list[Article | FailedSource] = []
        for message in messages:
            if message.document is not None:
                found += await self._document(message.document, progress)
        return found

    async def photos(
        self, messages: Sequence[Message], progress: Progress | None = None
    ) -> list[Article | FailedSource]:
        """The article in photos, a page each; and those that could not be read."""
        largest = [max(message.photo, key=_area) for message in messages if message.photo]
        return await self._pictures(largest, progress)

    async def voice(self, voice: Voice | Audio) -> str:
        """The words of a spoken question. Raises SourceError or TooLargeToDownload."""
        return await self._readers.hear(await _downloaded(voice, self._megabytes))

    def _too_large(self) -> str:
        return fill(occasion().texts.file_too_large, megabytes=self._megabytes)

    async def _document(
        self, document: Document, progress: Progress | None
    ) -> list[Article | FailedSource]:
        name = file_name(document)
        kind = (document.mime_type or "").partition(";")[0].strip().lower()
        if kind.startswith(_UNREADABLE) or kind in _PROGRAMS:
            return [FailedSource(_short(name), *_not_text())]
        try:
            data = await _downloaded(document, self._megabytes)
        except TooLargeToDownload:
            return [FailedSource(_short(name), self._too_large(), "")]
        found = await self._readers.document(Source(data, name, media_type=kind or None), progress)
        shown = [
            replace(each, source=_short(each.source)) if isinstance(each, FailedSource) else each
            for each in found
        ]
        return shown or [FailedSource(_short(name), "", "", Obstacle.EMPTY)]

    async def _pictures(
        self, files: Sequence[PhotoSize | Document], progress: Progress | None
    ) -> list[Article | FailedSource]:
        """The pages in pictures as one article."""
        pages: list[Article | FailedSource] = []
        for number, file in enumerate(files, 1):
            pages.append(await self._picture(file))
            if progress:
                progress(number, len(files))
        if len(pages) == 1:
            return pages
        named = [
            replace(page, source=occasion().texts.picture_number.format(number=number))
            if isinstance(page, FailedSource)
            else page
            for number, page in enumerate(pages, 1)
        ]
        whole = albums.joined(pages)
        if not whole and len({each.obstacle for each in failed_of(pages)}) == 1:
            return pages[:1]  # the same for all of them; it need not be said of each
        return [*whole, *failed_of(named)]

    async def _picture(self, file: PhotoSize | Document) -> Article | FailedSource:
        try:
            data = await _downloaded(file, self._megabytes)
        except TooLargeToDownload:
            return FailedSource("", self._too_large(), "")
        kind = file.mime_type if isinstance(file, Document) else "image/jpeg"
        found = await self._readers.document(Source(data, media_type=kind))
        return found[0] if found else FailedSource("", "", "", Obstacle.NO_WORDS_SEEN)


def failed_of(sources: Sequence[Article | FailedSource]) -> list[FailedSource]:
    """Those in which there was no article."""
    return [source for source in sources if isinstance(source, FailedSource)]


async def _downloaded(file: Document | PhotoSize | Voice | Audio, megabytes: int) -> bytes:
    """The bytes of a file. Raises TooLargeToDownload."""
    if (file.file_size or 0) > min(megabytes * MEGABYTE, FileSizeLimit.FILESIZE_DOWNLOAD):
        raise TooLargeToDownload
    try:
        found = await file.get_file()
    except BadRequest as error:
        if "too big" not in str(error):
            raise
        raise TooLargeToDownload from error
    return bytes(await found.download_as_bytearray(read_timeout=DOWNLOAD_SECONDS))


def _not_text() -> tuple[str, str, Obstacle]:
    return (*occasion().texts.refused(Obstacle.NOT_TEXT), Obstacle.NOT_TEXT)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _area(photo: PhotoSize) -> int:
    return photo.width * photo.height
