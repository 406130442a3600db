"""Messages to articles: pasted text and its pieces, forwards, files, pictures."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from telegram import Message

from bot.attachments import Attachments
from bot.contents import Provenance, provenance, quotable_entities, text_of
from bot.libraries import Progress
from bot.locating import located
from bot.occasion import occasion
from bot.parts import join_text
from bot.routing import ARTICLE_CHARACTERS, Incoming, Intent, route
from bot.store.records import Piece
from bot.workers import Workers
from index import Article, FailedSource, IndexSettings, SourceError, read_text


@dataclass(frozen=True, slots=True)
class Clipping:
    """What messages hold: articles, or why there are none; and where their parts are."""

    sources: tuple[Article | FailedSource, ...]
    """At least one."""
    pieces: tuple[Piece, ...] = ()
    """Of each article; its id is 0 until it is added."""


Reading = Callable[[Progress], Awaitable[Clipping]]
"""Reads a clipping when it is called, and tells how far it is where that takes long."""


class Clippings:
    """Reads messages; parsing is done on a worker thread or in another process."""

    def __init__(self, settings: IndexSettings, workers: Workers, attachments: Attachments) -> None:
        self._settings = settings
        self._workers = workers
        self._attachments = attachments

    async def read(self, messages: Sequence[Message], progress: Progress | None = None) -> Clipping:
        """The articles that the messages hold; pieces and pictures are one, in order."""
        parts = [text_of(message) for message in messages]
        if messages[0].document is not None:
            found = await self._attachments.documents(messages, progress)
            return _whole(messages, found)
        if any(message.photo for message in messages) and not caption_is_article(parts):
            found = await self._attachments.photos(messages, progress)
            if not _caption_instead(messages[0], parts, found):
                return _whole(messages, found)
        if not any(part.strip() for part in parts):
            return Clipping((FailedSource("", occasion().texts.nothing_to_read, ""),))
        return await self._workers.change(self._text, messages, parts)

    async def words(
        self, chat_id: int, message_id: int, text: str, progress: Progress | None = None
    ) -> Clipping:
        """The article in a part of a message, or in all of it."""

        def read() -> Clipping:
            try:
                article = read_text(text, self._settings)
            except SourceError as error:
                return _refused(error)
            whole = [(0, len(text))]
            ids = [(chat_id, message_id)]
            return Clipping((article,), located(ids, text, whole, article.text, [()]))

        return await self._workers.change(read)

    def _text(self, messages: Sequence[Message], parts: Sequence[str]) -> Clipping:
        text, ranges = join_text(parts)
        try:
            article = read_text(text, self._settings)
        except SourceError as error:
            return _refused(error)
        article = known_from(article, provenance(messages[0]))
        formats = [quotable_entities(message) for message in messages]
        ids = [(message.chat.id, message.message_id) for message in messages]
        return Clipping((article,), located(ids, text, ranges, article.text, formats))


def caption_is_article(parts: Sequence[str]) -> bool:
    """Whether the words beside pictures are the article, and these illustrate it."""
    return len("\n".join(parts).strip()) > ARTICLE_CHARACTERS // 2 and _is_saved(parts)


def known_from(article: Article, origin: Provenance) -> Article:
    """The article with what a forward tells of it, where it does not tell itself."""
    return replace(
        article,
        site=article.site or origin.site,
        author=article.author or origin.author,
        published=article.published or origin.published,
        source=origin.source or article.source,
    )


def _caption_instead(
    first: Message, parts: Sequence[str], found: Sequence[Article | FailedSource]
) -> bool:
    """Whether the words beside pictures say more than what was recognised in these."""
    if not _is_saved(parts):
        return False
    recognised = sum(len(each.text) for each in found if isinstance(each, Article))
    forwarded = first.forward_origin is not None
    return not recognised or (forwarded and recognised < sum(map(len, parts)))


def _is_saved(parts: Sequence[str]) -> bool:
    text = "\n".join(part for part in parts if part.strip())
    return route(Incoming(text)).intent in (Intent.SAVE, Intent.BOTH) if text else False


def _whole(messages: Sequence[Message], found: Sequence[Article | FailedSource]) -> Clipping:
    """What was attached to messages: no part of it is at any place of theirs."""
    origin = provenance(messages[0])
    sources = tuple(
        known_from(each, origin) if isinstance(each, Article) else each for each in found
    )
    pieces = (Piece(message.chat.id, message.message_id, 0, 0, 0) for message in messages)
    return Clipping(sources, tuple(pieces))


def _refused(error: SourceError) -> Clipping:
    return Clipping((FailedSource("", str(error), error.hint, error.obstacle),))
