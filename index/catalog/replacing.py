"""One article of an address: which of those that a library holds gives way to what was read now.

Each function is one part of a write transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from index.catalog.entries import NewArticle, address_key
from index.catalog.ids import batches
from index.catalog.listing import STORED_ARTICLES
from index.catalog.tables import ArticleDetailsRow, ArticleRow
from index.records import StoredArticle

STUB = 0.5
"""What has fewer of the held article's words is no new version of it but what a wall, a notice or
a broken page left over."""


@dataclass(frozen=True, slots=True)
class Held:
    """An article that a library holds of an address."""

    article: StoredArticle
    content_hash: str


def held_at(
    connection: Connection, library_id: int, addresses: Iterable[str]
) -> dict[str, list[Held]]:
    """The library's articles of these addresses, by address."""
    found: dict[str, list[Held]] = {}
    for batch in batches(addresses):
        rows = connection.execute(
            STORED_ARTICLES.add_columns(ArticleRow.content_hash)
            .where(
                ArticleDetailsRow.library_id == library_id,
                ArticleDetailsRow.address_key.in_([address_key(address) for address in batch]),
                ArticleRow.address.in_(batch),
            )
            .order_by(ArticleRow.id)
        )
        for row in rows:
            fields = dict(row._mapping)
            content_hash = fields.pop("content_hash")
            found.setdefault(row.address, []).append(Held(StoredArticle(**fields), content_hash))
    return found


def better_than(entry: NewArticle, held: Sequence[Held]) -> StoredArticle | None:
    """The held article of the same address that the new one may not replace, if there is one."""
    new = entry.article
    for one in held:
        words = one.article.words if new.certain else entry.words
        if is_better(one.article, words, new.added):
            return one.article
    return None


def is_better(held: StoredArticle, words: int, added: datetime | None) -> bool:
    """Whether an article stays, where another of its address has so many words.

    It does where it has more than twice as many, or where it was read later than what now comes
    out of an export, which was `added` then.
    """
    return words < STUB * held.words or (added is not None and added < held.added)
