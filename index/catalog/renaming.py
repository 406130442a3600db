"""A library under another name, where there may be one already; one write transaction."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, update

from index.catalog.encodings import hand_over
from index.catalog.entries import LibraryInfo
from index.catalog.lookups import library_by_name
from index.catalog.replacing import Held, held_at, is_better
from index.catalog.storing import next_revision, remove_articles
from index.catalog.tables import (
    ArticleDetailsRow,
    ArticleRow,
    KeywordSegmentRow,
    LibraryRow,
    PassageRow,
)
from index.errors import EncoderMismatchError


def rename_library(connection: Connection, old: str, new: str) -> LibraryInfo | None:
    """Give a library another name; one that has that name already takes its articles in.

    Returns:
        The library that is no more because another took its articles in; None without one.

    Raises:
        EncoderMismatchError: both are there, with embeddings of different encoders.
    """
    source, target = library_by_name(connection, old), library_by_name(connection, new)
    if source is None or old == new:
        return None
    if target is None:
        connection.execute(update(LibraryRow).where(LibraryRow.id == source.id).values(name=new))
        return None
    if (source.encoder, source.dimension) != (target.encoder, target.dimension):
        raise EncoderMismatchError(
            f"The library {old!r} was made with the encoder {source.encoder}, and {new!r} with "
            f"{target.encoder}.",
            "Encode both with one encoder first: `cuttings reencode --all`.",
        )
    _drop_what_both_hold(connection, source.id, target.id)
    hand_over(connection, source, target)
    _hand_over(connection, source.id, target.id)
    connection.execute(delete(LibraryRow).where(LibraryRow.id == source.id))
    next_revision(connection, target.id)
    return source


def _drop_what_both_hold(connection: Connection, source: int, target: int) -> None:
    """Of one text, and of one address, leave one article."""
    hashes = select(ArticleRow.content_hash).where(ArticleRow.library_id == target)
    known = connection.scalars(
        select(ArticleRow.id).where(
            ArticleRow.library_id == source, ArticleRow.content_hash.in_(hashes)
        )
    ).all()
    remove_articles(connection, source, known)
    ours, theirs = (_by_address(connection, library) for library in (source, target))
    for address in ours.keys() & theirs.keys():
        kept = ours[address][-1].article
        stays = any(is_better(one.article, kept.words, kept.added) for one in theirs[address])
        library, dropped = (source, ours[address]) if stays else (target, theirs[address])
        remove_articles(connection, library, [one.article.id for one in dropped])


def _by_address(connection: Connection, library_id: int) -> dict[str, list[Held]]:
    addresses = connection.scalars(
        select(ArticleRow.address)
        .join(ArticleDetailsRow, ArticleDetailsRow.article_id == ArticleRow.id)
        .where(
            ArticleDetailsRow.library_id == library_id, ArticleDetailsRow.address_key.is_not(None)
        )
    ).all()
    return held_at(connection, library_id, dict.fromkeys(each for each in addresses if each))


def _hand_over(connection: Connection, source: int, target: int) -> None:
    for table in (ArticleRow, ArticleDetailsRow, PassageRow, KeywordSegmentRow):
        connection.execute(
            update(table).where(table.library_id == source).values(library_id=target)
        )
