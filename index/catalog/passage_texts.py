"""The texts of stored passages, as keyword search knows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from index.catalog.ids import batches, within
from index.catalog.tables import ArticleRow, PassageRow


@dataclass(frozen=True, slots=True)
class PassageText:
    """What of a passage is searched for words."""

    id: int
    title: str
    """Its article's."""
    body: str


def passage_texts(
    connection: Connection, library_id: int, articles: Iterable[int]
) -> Iterator[PassageText]:
    """The passages of those articles that the library holds, one article in memory at a time."""
    for batch in batches(articles):
        spans: dict[int, list[tuple[int, int, int]]] = {}
        for article, *span in connection.execute(
            select(PassageRow.article_id, PassageRow.id, PassageRow.start, PassageRow.end)
            .where(PassageRow.library_id == library_id, PassageRow.article_id.in_(batch))
            .order_by(PassageRow.id)
        ):
            spans.setdefault(article, []).append((span[0], span[1], span[2]))
        for article, title, text in connection.execute(
            select(ArticleRow.id, ArticleRow.title, ArticleRow.text)
            .where(within(ArticleRow.library_id, library_id), ArticleRow.id.in_(batch))
            .order_by(ArticleRow.id)
        ):
            for passage, start, end in spans.get(article, ()):
                yield PassageText(passage, title, text[start:end])
