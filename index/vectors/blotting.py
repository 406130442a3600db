"""Vectors overwritten where they are in an index file, without writing the rest anew."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import numpy as np

from index.storage.errors import storage_errors
from index.vectors import blocks
from index.vectors.blocks import Layout, UnusableError
from index.vectors.index import Rows
from index.vectors.values import Ids, as_ids


def blot_out(path: Path, ids: Iterable[int]) -> bool:
    """Overwrite the vectors of these ids in the file, known or not, and wait for the disk.

    Returns:
        False: there is no usable file. What there is may still have them and is to be erased.

    Raises:
        StorageError: the file cannot be written.
    """
    going = np.unique(as_ids(ids))
    with storage_errors(path, writing=True):
        while True:
            try:
                with path.open("r+b") as file:
                    layout, directory = read_frame(file)
                    at = np.searchsorted(directory, going, side="right") - 1
                    for number in np.unique(at[at >= 0]).tolist():
                        blot(file, layout, number, going[at == number])
                    flush(file)
                    written = os.fstat(file.fileno())
                # Another may have been saved in its place meanwhile.
                if os.path.samestat(written, path.stat()):
                    return True
            except (FileNotFoundError, UnusableError):
                return False


def blot(file: BinaryIO, layout: Layout, number: int, going: Ids) -> None:
    """Overwrite the vectors of these ids in a block; all of it, if it is damaged."""
    start = layout.start(number)
    file.seek(start)
    content = file.read(layout.start(number + 1) - start)
    if blocks.is_whole(content):
        ids, rows = blocks.read_block(content, layout.rows_in(number))
        gone = np.isin(ids, going)
        if not gone.any():
            return
        data = np.where(gone[:, None], np.uint8(0), rows.data)
        content = blocks.block(np.where(gone, blocks.GONE, ids), Rows(rows.lists, data))
    else:
        content = blocks.ruined(len(content))
    file.seek(start)
    file.write(content)


def read_frame(file: BinaryIO) -> tuple[Layout, Ids]:
    """The layout, and the first id of each block.

    Raises:
        UnusableError: the file is not one of ours, or damaged.
    """
    layout = blocks.read_header(file.read(blocks.HEADER_BYTES))
    if os.fstat(file.fileno()).st_size != layout.size:
        raise UnusableError("it is cut off.")
    file.seek(layout.start(layout.blocks))
    return layout, blocks.read_directory(file.read(8 * layout.blocks), layout)


def flush(file: BinaryIO) -> None:
    """Wait until what was written is on the disk."""
    file.flush()
    os.fsync(file.fileno())
