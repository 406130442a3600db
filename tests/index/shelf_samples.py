"""A shelf, the library of its vectors, and what fills them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from storage_samples import DIMENSION, embed, library_id, numbered

from index.catalog.catalog import Catalog
from index.catalog.entries import LibraryInfo
from index.growing import Sizes
from index.shelf import Shelf
from index.vectors import load

IN_FILES = Sizes(file_from=1)


def library(catalog: Catalog, name: str = "main") -> LibraryInfo:
    library_id(catalog, name)
    return catalog.library(name)


def shelf_of(catalog: Catalog, folder: Path, sizes: Sizes = IN_FILES) -> Shelf:
    return Shelf(catalog.vectors, library(catalog), folder / "main.vectors", sizes)


def add(catalog: Catalog, shelf: Shelf, count: int, prefix: str = "story") -> list[int]:
    """Articles of two passages each, as a library adds them; the ids of the articles."""
    entries = numbered(count, prefix)
    results, revision = catalog.add(shelf.info.id, entries)
    ids = [passage for result in results for passage in result.passage_ids]
    shelf.added(ids, np.concatenate([entry.embeddings for entry in entries]), revision)
    return [result.article.id for result in results]


def remove(catalog: Catalog, shelf: Shelf, articles: list[int]) -> None:
    shelf.removed(*catalog.remove(shelf.info.id, articles))


def nearest(shelf: Shelf, text: str) -> tuple[int, float]:
    with shelf.in_use() as index:
        return index.search(embed([text])[0], 1)[0]


def whole(catalog: Catalog, shelf: Shelf) -> bool:
    """Whether the index holds what SQL holds, under the same ids."""
    with shelf.in_use() as index:
        wanted = catalog.passage_ids(shelf.info.id)
        return np.array_equal(index.ids, wanted) and all(
            index.matches(ids, vectors).all()
            for ids, vectors in catalog.embeddings(shelf.info.id, wanted)
        )


def in_file(shelf: Shelf) -> list[int]:
    """Whose vectors are in the file."""
    loaded = load(
        shelf._file.path, DIMENSION, lambda ids: (ids, np.empty((0, DIMENSION), np.float32))
    )
    assert loaded
    return [int(one) for one in loaded[0].ids]
