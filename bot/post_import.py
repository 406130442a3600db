"""The posts of an export into a library, some at a time: what is there already costs no time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from bot.chat_exports import ExportedChat, exported_posts
from bot.posts import Place, Post, address_of, article_of
from index import (
    Article,
    FailedSource,
    IndexSettings,
    Library,
    Receipt,
    ReceiptStatus,
    SourceError,
    StoredArticle,
)

AT_ONCE = 96
"""Posts; those who save an article meanwhile wait for no more than these."""

Posts = Sequence[tuple[ExportedChat, Post]]
Progress = Callable[[int, int], None]
Named = Callable[[int], str | None]
"""The public name of a chat, where it is known."""


@dataclass(slots=True)
class Tally:
    """What became of the posts so far."""

    begun: float
    """Unix seconds: what was added since then was added by this import, by an earlier attempt."""
    done: int = 0
    known: int = 0
    failed: int = 0
    added: set[int] = field(default_factory=set)
    """The articles."""

    def count(self, receipts: Sequence[Receipt]) -> None:
        """Take in what became of some more."""
        for receipt in receipts:
            self.done += 1
            article = receipt.article
            if article is None:
                self.failed += 1
            elif article.id in self.added or not self._is_new(receipt, article):
                self.known += 1
            else:
                self.added.add(article.id)

    def _is_new(self, receipt: Receipt, article: StoredArticle) -> bool:
        return receipt.status is not ReceiptStatus.KNOWN or article.added.timestamp() >= self.begun


def parts_of(file: Path) -> Iterator[Posts]:
    """The posts of an export, some at a time."""
    posts = exported_posts(file)
    while part := list(islice(posts, AT_ONCE)):
        yield part


def take_in(
    library: Library,
    posts: Posts,
    settings: IndexSettings,
    named: Named,
    progress: Progress | None = None,
) -> list[Receipt]:
    """Add posts to a library; a receipt for each, those that are there already first.

    A post that is there is read again only where it was edited since. `progress` is told as by
    `Library.add`.
    """
    addresses = [address_of(chat.place, post.number) for chat, post in posts]
    held = library.held(address for address in addresses if address)
    receipts: list[Receipt] = []
    new: list[Article | FailedSource] = []
    for (chat, post), address in zip(posts, addresses, strict=True):
        there = held.get(address or "")
        if there is not None and not _was_edited_since(post, there):
            receipts.append(Receipt(there.source or there.title, ReceiptStatus.KNOWN, there))
        else:
            new.append(_read(post, _named(chat.place, named), settings))
    return [*receipts, *library.add(new, progress)]


def _was_edited_since(post: Post, there: StoredArticle) -> bool:
    # What is in a file is not exported: what was read of it once stays.
    return post.edited is not None and post.edited > there.added and not post.has_file


def _named(place: Place, named: Named) -> Place:
    return replace(place, username=named(place.chat_id)) if place.chat_id else place


def _read(post: Post, place: Place, settings: IndexSettings) -> Article | FailedSource:
    try:
        return article_of(post, place, settings)
    except SourceError as error:
        name = f"{place.title} {post.number}".strip()
        return FailedSource(name, str(error), error.hint, error.obstacle)
