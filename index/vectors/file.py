"""Index files: written whole or not at all, read as far as they are whole."""

from __future__ import annotations

import glob
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import numpy as np

from index.storage.errors import storage_errors
from index.storage.holding import held_alone
from index.vectors import blocks
from index.vectors.approximate import ApproximateIndex
from index.vectors.blocks import Layout, UnusableError
from index.vectors.blotting import blot, flush, read_frame
from index.vectors.exact import ExactIndex
from index.vectors.index import Rows, VectorIndex
from index.vectors.values import Ids, Stored

log = logging.getLogger(__name__)

BLOCKS_AT_ONCE = 64
DAMAGED = -1
"""Instead of the revision of a file that has lost vectors: no library is at it."""


def save(index: VectorIndex, path: Path, revision: int) -> None:
    """Write the index to `path`, whole or not at all, as that of the library's `revision`.

    The index may be used and changed meanwhile. What is added then may not be in the file, what is
    removed is not.

    Raises:
        StorageError: the file cannot be written.
    """
    with storage_errors(path, writing=True):
        remove_abandoned(path)
        descriptor, name = _unfinished_file(path)
        try:
            removals = index.removals
            with os.fdopen(descriptor, "wb") as file:
                _write(file, index, revision)
                if sys.platform != "win32":  # where an open file cannot be renamed
                    _take_place(Path(name), path, index, removals)
            if sys.platform == "win32":
                _take_place(Path(name), path, index, removals)
        except BaseException:
            with suppress(FileNotFoundError):
                Path(name).unlink()
            raise
        _flush_folder(path.parent)


def _write(file: BinaryIO, index: VectorIndex, revision: int) -> None:
    lists, layout = b"", Layout(blocks.EXACT, index.dimension, 0, 0, revision, 0)
    if isinstance(index, ApproximateIndex):
        lists = blocks.lists_content(index.lists)
        count = len(index.lists.centroids)
        layout = Layout(blocks.APPROXIMATE, index.dimension, count, index.made_for, revision, 0)
    file.write(bytes(blocks.HEADER_BYTES) + lists)
    first_ids, count = [], 0
    for ids, rows in _pieces(index, layout.rows_per_block):
        file.write(blocks.block(ids, rows))
        first_ids.append(int(ids[0]))
        count += len(ids)
    directory = np.array(first_ids, np.int64).tobytes()
    file.write(directory)
    file.seek(0)
    file.write(blocks.header(replace(layout, count=count), lists, directory))
    flush(file)


def _pieces(index: VectorIndex, size: int) -> Iterator[tuple[Ids, Rows]]:
    """All that the index holds, ascending by id; `size` at once, but for the last."""
    last = -(2**63)
    while True:
        ids, rows = index.rows_after(last, BLOCKS_AT_ONCE * size)
        for start in range(0, len(ids), size):
            part = slice(start, start + size)
            yield ids[part], Rows(rows.lists[part], rows.data[part])
        if len(ids) < BLOCKS_AT_ONCE * size:
            return
        last = int(ids[-1])


def _take_place(written: Path, path: Path, index: VectorIndex, removals: int) -> None:
    """Rename a file to `path` at a moment when it has nothing that the index has not."""
    while True:
        with index.still():
            if removals == index.removals:
                written.replace(path)
                return
            removals = index.removals
        with written.open("r+b") as file:
            layout, _ = read_frame(file)
            for number in range(layout.blocks):
                file.seek(layout.start(number))
                ids = np.frombuffer(file.read(8 * layout.rows_in(number)), np.int64)
                gone = index.unknown(ids[ids != blocks.GONE])
                if len(gone):
                    blot(file, layout, number, gone)
            flush(file)


def load(path: Path, dimension: int, stored: Stored) -> tuple[VectorIndex, int] | None:
    """The index in the file and the revision it was saved with; None when it cannot be used.

    A file that is damaged, or of another format or dimension, is logged; a missing one is not. Of
    one that is damaged in part the rest is used, as of the revision DAMAGED.
    """
    try:
        with path.open("rb") as file:
            return _read(file, path.name, dimension, stored)
    except FileNotFoundError:
        return None
    except (OSError, UnusableError) as error:
        reason = error if isinstance(error, UnusableError) else "it cannot be read."
        log.warning("The vector index %s is made anew: %s", path.name, reason)
        return None


def _read(file: BinaryIO, name: str, dimension: int, stored: Stored) -> tuple[VectorIndex, int]:
    layout, directory = read_frame(file)
    if layout.dimension != dimension:
        raise UnusableError(f"its vectors have {layout.dimension} dimensions, not {dimension}.")
    index: VectorIndex = ExactIndex(dimension)
    if layout.kind == blocks.APPROXIMATE:
        file.seek(blocks.HEADER_BYTES)
        lists = blocks.read_lists(file.read(layout.lists_bytes), layout)
        index = ApproximateIndex(lists, stored)
    damaged = 0
    for first in range(0, layout.blocks, BLOCKS_AT_ONCE):
        last = min(first + BLOCKS_AT_ONCE, layout.blocks)
        whole = list(_whole_blocks(file, layout, directory, first, last))
        damaged += last - first - len(whole)
        if whole:
            ids = np.concatenate([ids for ids, _ in whole])
            lists_of = np.concatenate([rows.lists for _, rows in whole])
            data = np.concatenate([rows.data for _, rows in whole])
            if len(ids):
                index.take(ids, Rows(lists_of, data))
    if damaged:
        log.warning("The vector index %s is damaged: %d blocks are left out.", name, damaged)
    return index, DAMAGED if damaged else layout.revision


def _whole_blocks(
    file: BinaryIO, layout: Layout, directory: Ids, first: int, last: int
) -> Iterator[tuple[Ids, Rows]]:
    """The ids and vectors of those of the blocks from `first` to before `last` that are whole."""
    begin = layout.start(first)
    file.seek(begin)
    content = memoryview(file.read(layout.start(last) - begin))
    for number in range(first, last):
        part = content[layout.start(number) - begin : layout.start(number + 1) - begin]
        if blocks.is_whole(part):
            ids, rows = blocks.read_block(part, layout.rows_in(number))
            if blocks.fits(ids, rows, layout, directory, number):
                kept = ids != blocks.GONE
                yield ids[kept], Rows(rows.lists[kept], rows.data[kept])


def erase(path: Path) -> None:
    """Remove the file at `path`, and what saving to it has left beside it, if anything.

    Raises:
        StorageError: a file cannot be removed.
    """
    with storage_errors(path):
        for file in (path, *_unfinished(path)):
            file.unlink(missing_ok=True)


def remove_abandoned(path: Path) -> None:
    """Remove what processes that were killed while saving to `path` have left beside it."""
    for file in _unfinished(path):
        # Another process may be removing it, too.
        with suppress(OSError), file.open("r+b") as left:
            if held_alone(left.fileno()):  # not by one that is saving just now
                file.unlink()


def _unfinished(path: Path) -> list[Path]:
    """What is being written, or was when its process was killed, to become the file at `path`."""
    return list(path.parent.glob(f"{glob.escape(path.name)}.*.tmp"))


def _unfinished_file(path: Path) -> tuple[int, str]:
    """A new file beside `path`, held as long as it is open; its descriptor and name."""
    while True:
        descriptor, name = tempfile.mkstemp(".tmp", f"{path.name}.", path.parent)
        if held_alone(descriptor) and Path(name).exists():
            return descriptor, name
        os.close(descriptor)  # another process took it for abandoned before it was held


def _flush_folder(folder: Path) -> None:
    """Make the new name in the folder last, where folders can be flushed."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
