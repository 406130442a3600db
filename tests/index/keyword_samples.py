"""What the keyword tables hold, read without the code that writes them."""

from __future__ import annotations

import struct

from index.catalog.catalog import Catalog
from index.catalog.entries import NewArticle

Record = tuple[int, int, int, int]
"""A passage, a term, how often it is there, how many terms the passage has."""


def records(catalog: Catalog) -> list[Record]:
    """Every posting of every library."""
    found = []
    with catalog._database.read() as connection:
        rows = connection.exec_driver_sql("SELECT segment, term, data FROM postings").fetchall()
    for segment, term, data in rows:
        for offset, count, length in struct.iter_unpack("<HBB", data):
            if (offset, count, length) != (0, 0, 0):  # what is gone
                found.append((segment + offset, term, count, length))
    return sorted(found)


def segments(catalog: Catalog) -> list[tuple[int, ...]]:
    """Id, library, last id, passages and terms of every segment."""
    with catalog._database.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT id, library_id, last, passages, terms FROM keyword_segments ORDER BY id"
        )
        return [tuple(row) for row in rows]


def change(catalog: Catalog, statement: str, *values: object) -> None:
    """Change the tables behind the catalog's back."""
    with catalog._database.write() as connection:
        connection.exec_driver_sql(statement, tuple(values))


def add(catalog: Catalog, library: int, *entries: NewArticle) -> list[tuple[int, tuple[int, ...]]]:
    """Add articles; the id and the passages of each."""
    results, _ = catalog.add(library, entries)
    return [(result.article.id, result.passage_ids) for result in results]


def found(catalog: Catalog, library: int, question: str, limit: int = 50) -> list[int]:
    """The passages that a search finds."""
    return [passage for passage, _ in catalog.keyword_search(library, question, limit)]
