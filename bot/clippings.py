"""Messages to articles: pasted text and its pieces, forwards, files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from telegram import Message
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest

from bot.contents import Provenance, file_name, provenance, quotable_entities, text_of
from bot.markup import fill
from bot.parts import join_text
from bot.store.records import Piece
from bot.texts import Texts
from bot.workers import Workers
from index import (
    READABLE_SUFFIXES,
    Article,
    BinarySourceError,
    EncodingError,
    FailedSource,
    IndexSettings,
    SourceError,
    SourceTooLargeError,
    read_article,
    read_text,
)

LONGEST_NAME = 60
LONGEST_SUFFIX = 8
_NO_TEXT = (BinarySourceError, EncodingError)


@dataclass(frozen=True, slots=True)
class Clipping:
    """What messages hold: an article, or why there is none; and where its parts are."""

    source: Article | FailedSource
    pieces: tuple[Piece, ...]
    """Their article's id is 0 until it is added."""


Reading = Callable[[], Awaitable[Clipping]]
"""Reads a clipping when it is called."""


class Clippings:
    """Reads messages; parsing is done on a worker thread."""

    def __init__(self, settings: IndexSettings, texts: Texts, workers: Workers) -> None:
        self._settings = settings
        self._texts = texts
        self._workers = workers

    async def read(self, messages: Sequence[Message]) -> Clipping:
        """The article that the messages hold, in order; a document is one by itself."""
        first = messages[0]
        if first.document is not None:
            return await self._document(first)
        parts = [text_of(message) for message in messages]
        if not any(part.strip() for part in parts):
            return _failed(self._texts.nothing_to_read)
        return await self._workers.change(self._text, messages, parts)

    async def words(self, chat_id: int, message_id: int, text: str) -> Clipping:
        """The article in a part of a message, or in all of it."""

        def read() -> Clipping:
            try:
                article = read_text(text, self._settings)
            except SourceError as error:
                return self._refused(error)
            whole = [(0, len(text))]
            ids = [(chat_id, message_id)]
            return Clipping(article, located(ids, text, whole, article.text, [()]))

        return await self._workers.change(read)

    async def link(self, address: str, *, asked: bool = False) -> Clipping:
        """What is told of a link; `asked` is whether a question came with it."""
        texts = self._texts
        return _failed(texts.link_with_question if asked else texts.links_not_yet, address)

    def _text(self, messages: Sequence[Message], parts: Sequence[str]) -> Clipping:
        text, ranges = join_text(parts)
        try:
            article = read_text(text, self._settings)
        except SourceError as error:
            return self._refused(error)
        article = known_from(article, provenance(messages[0]))
        formats = [quotable_entities(message) for message in messages]
        ids = [(message.chat.id, message.message_id) for message in messages]
        return Clipping(article, located(ids, text, ranges, article.text, formats))

    async def _document(self, message: Message) -> Clipping:
        document = message.document
        assert document is not None
        name = file_name(document)
        shown = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
        suffix = PurePosixPath(name.lower()).suffix
        kind = document.mime_type or ""
        if suffix not in READABLE_SUFFIXES and not kind.startswith("text/"):
            return self._unreadable(shown, suffix)
        if (document.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
            return self._too_large(shown)
        try:
            file = await document.get_file()
        except BadRequest as error:
            if "too big" not in str(error):
                raise
            return self._too_large(shown)
        data = bytes(await file.download_as_bytearray(read_timeout=60))
        try:
            article = await self._workers.change(read_article, data, name, self._settings)
        except SourceError as error:
            if suffix not in READABLE_SUFFIXES and isinstance(error, _NO_TEXT):
                return self._unreadable(shown, suffix)
            return self._refused(error, shown)
        article = known_from(article, provenance(message))
        return Clipping(article, (Piece(message.chat.id, message.message_id, 0, 0, 0),))

    def _unreadable(self, name: str, suffix: str) -> Clipping:
        kind = suffix.lstrip(".").upper()
        kind = kind if kind.isalnum() and len(kind) <= LONGEST_SUFFIX else ""
        said = fill(self._texts.cannot_read_kind, kind=kind or self._texts.unknown_kind)
        return _failed(said, name)

    def _too_large(self, name: str) -> Clipping:
        return _failed(self._texts.file_too_large, name)

    def _refused(self, error: SourceError, name: str = "") -> Clipping:
        """What a reader of articles refused, told without its settings and commands."""
        if isinstance(error, SourceTooLargeError):
            return _failed(f"{self._texts.too_long} {self._texts.too_long_hint}", name)
        return _failed(str(error), name, self._texts.failed_hint)


def known_from(article: Article, origin: Provenance) -> Article:
    """The article with what a forward tells of it, where it does not tell itself."""
    return replace(
        article,
        site=article.site or origin.site,
        author=article.author or origin.author,
        published=article.published or origin.published,
        source=origin.source or article.source,
    )


def located(
    ids: Sequence[tuple[int, int]],
    joined: str,
    ranges: Sequence[tuple[int, int]],
    text: str,
    formats: Sequence[Sequence[tuple[str, int, int]]],
) -> tuple[Piece, ...]:
    """Where in the article's `text` each message is that was joined to `joined`.

    `ids` are chat and message. Reading takes away white space and what nobody can see, so the
    visible characters of both are followed side by side. Where they differ, as when a page's
    source was pasted, each message stands for no part in particular.
    """
    wanted = sorted(
        {
            offset
            for (start, end), entities in zip(ranges, formats, strict=True)
            for offset in (start, end, *(start + at for _, *both in entities for at in both))
        }
    )
    places = _followed(joined, text, wanted)
    if places is None:
        return tuple(Piece(chat, message, 0, 0, 0) for chat, message in ids)
    return tuple(
        Piece(
            chat,
            message,
            0,
            places[start],
            places[end],
            tuple(
                (kind, places[start + first], places[start + last])
                for kind, first, last in entities
            ),
        )
        for (chat, message), (start, end), entities in zip(ids, ranges, formats, strict=True)
    )


def _followed(joined: str, text: str, wanted: Sequence[int]) -> dict[int, int] | None:
    """Where each of the `wanted` offsets into `joined`, ascending, is in `text`."""
    places: dict[int, int] = {}
    at = 0
    remaining = iter([*wanted, None])
    next_wanted = next(remaining)
    for offset, character in enumerate(joined):
        visible = _visible(character)
        while visible and at < len(text) and not _visible(text[at]):
            at += 1
        while next_wanted == offset:
            places[offset] = at
            next_wanted = next(remaining)
        if not visible:
            continue
        if at >= len(text) or text[at] != character:
            return None
        at += 1
    while next_wanted is not None:
        places[next_wanted] = at
        next_wanted = next(remaining)
    return places


def _visible(character: str) -> bool:
    return not character.isspace() and character >= " " and character != "\ufeff"


def _failed(error: str, source: str = "", hint: str = "") -> Clipping:
    return Clipping(FailedSource(source, error, hint), ())
