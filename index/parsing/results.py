"""Articles and failures as messages, and back: checked as what a stranger says (pure)."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from index.formats.normalise import normalise
from index.obstacles import Obstacle
from index.parsing.wire import (
    FoundEntry,
    FoundFeed,
    ReadArticle,
    Refusal,
    WireError,
    sendable,
)
from index.records import Article, FailedSource, Feed, FeedEntry, Format
from index.settings import IndexSettings


def told(record: Article | FailedSource) -> tuple[ReadArticle | Refusal, bytes]:
    """Return the message for an article or a failure, and its bytes."""
    if isinstance(record, FailedSource):
        return refusal(record), b""
    message = ReadArticle(
        title=sendable(record.title),
        author=_sendable(record.author),
        site=_sendable(record.site),
        published=record.published.isoformat() if record.published else None,
        source=_sendable(record.source),
        language=record.language,
        format=record.format.value if record.format else None,
        pages=record.pages,
        address=_sendable(record.address),
    )
    return message, sendable(record.text).encode()


def refusal(failed: FailedSource) -> Refusal:
    """Return the message for a failure."""
    return Refusal(
        source=sendable(failed.source),
        error=sendable(failed.error),
        hint=sendable(failed.hint),
        obstacle=failed.obstacle.value if failed.obstacle else None,
    )


def told_feed(feed: Feed) -> FoundFeed:
    """Return the message for a feed."""
    return FoundFeed(
        title=sendable(feed.title),
        entries=tuple(
            FoundEntry(
                address=sendable(entry.address),
                title=sendable(entry.title),
                published=entry.published.isoformat() if entry.published else None,
            )
            for entry in feed.entries
        ),
    )


def understood_feed(message: FoundFeed, address: str) -> Feed:
    """Return the feed that a message tells of. Raises WireError for a false one."""
    try:
        entries = tuple(
            FeedEntry(
                entry.address,
                entry.title,
                date.fromisoformat(entry.published) if entry.published else None,
            )
            for entry in message.entries
        )
    except ValueError as error:
        raise WireError("a day that there is not") from error
    return Feed(address, message.title, entries)


def understood(
    message: ReadArticle | Refusal, body: bytes, settings: IndexSettings
) -> Article | FailedSource:
    """Return the article or failure that a message tells of. Raises WireError for a false one."""
    try:
        if isinstance(message, Refusal):
            return FailedSource(
                message.source,
                message.error,
                message.hint,
                Obstacle(message.obstacle) if message.obstacle else None,
            )
        text = body.decode()
        published = date.fromisoformat(message.published) if message.published else None
        read_from = Format(message.format) if message.format else None
    except ValueError as error:
        raise WireError("values that no record has") from error
    if not text or len(text) > settings.max_article_characters or normalise(text) != text:
        raise WireError("a text that no reader gives")
    pages = message.pages
    if pages and (
        pages[0] < 0 or pages[-1] > len(text) or any(one > two for one, two in pairwise(pages))
    ):
        raise WireError("pages that are not in the text")
    return Article(
        text=text,
        title=message.title,
        author=message.author,
        site=message.site,
        published=published,
        source=message.source,
        language=message.language,
        format=read_from,
        pages=pages,
        address=message.address,
    )


def _sendable(text: str | None) -> str | None:
    return None if text is None else sendable(text)
