"""The bytes of an index file: a header, the lists, blocks of vectors, and their directory.

Ids ascend through the file, so that a block is found by its first id. A checksum guards each part:
of a damaged block its vectors are lost, without the others the file is worth nothing.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from index.vectors.index import Rows
from index.vectors.lists import Lists
from index.vectors.values import Ids

MAGIC = b"CUTTVEC\0"
FORMAT = 2
EXACT, APPROXIMATE = 0, 1
# magic, format version, kind, dimension, lists, made for, revision, vectors; then the checksums of
# the lists, of the directory, and of what is before it
FACTS = struct.Struct("<8sIIIIQQQ")
CHECKSUM = struct.Struct("<I")
SUMS = struct.Struct("<III")
HEADER_BYTES = FACTS.size + SUMS.size
BLOCK_BYTES = 64 * 1024
GONE = -1
"""Instead of the id of a vector that was blotted out."""


class UnusableError(ValueError):
    """The file cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What the header says, and where everything is, in bytes."""

    kind: int
    dimension: int
    lists: int
    made_for: int
    revision: int
    count: int
    lists_sum: int = 0
    """The checksum of the lists; known when it is read from a file."""
    directory_sum: int = 0

    @property
    def vector_bytes(self) -> int:
        """Of one vector."""
        return self.dimension * (1 if self.kind == APPROXIMATE else 4)

    @property
    def row_bytes(self) -> int:
        """Of one vector with its id and its list."""
        return self.vector_bytes + 12

    @property
    def rows_per_block(self) -> int:
        """The last block has fewer."""
        return max(1, BLOCK_BYTES // self.row_bytes)

    @property
    def blocks(self) -> int:
        """How many there are."""
        return -(-self.count // self.rows_per_block)

    @property
    def lists_bytes(self) -> int:
        """Of the centroids and the ranges of the codes, which stand behind the header."""
        return 4 * self.dimension * (self.lists + 2) if self.kind == APPROXIMATE else 0

    def rows_in(self, block: int) -> int:
        """How many vectors a block has."""
        return min(self.rows_per_block, self.count - block * self.rows_per_block)

    def start(self, block: int) -> int:
        """Where a block begins; the one after the last: where the directory does."""
        rows = min(block * self.rows_per_block, self.count)
        return HEADER_BYTES + self.lists_bytes + rows * self.row_bytes + block * CHECKSUM.size

    @property
    def size(self) -> int:
        """Of the file."""
        return self.start(self.blocks) + 8 * self.blocks


def header(layout: Layout, lists: bytes, directory: bytes) -> bytes:
    """The header of a file with these lists and this directory."""
    facts = FACTS.pack(
        MAGIC,
        FORMAT,
        layout.kind,
        layout.dimension,
        layout.lists,
        layout.made_for,
        layout.revision,
        layout.count,
    )
    content = facts + CHECKSUM.pack(zlib.crc32(lists)) + CHECKSUM.pack(zlib.crc32(directory))
    return content + CHECKSUM.pack(zlib.crc32(content))


def read_header(content: bytes) -> Layout:
    """The layout of the file that begins like this.

    Raises:
        UnusableError: it is not one of ours, or damaged.
    """
    if len(content) != HEADER_BYTES:
        raise UnusableError("it is cut off.")
    magic, version, *facts = FACTS.unpack_from(content)
    if magic != MAGIC or version != FORMAT:
        raise UnusableError("it has another format.")
    lists_sum, directory_sum, own = SUMS.unpack_from(content, FACTS.size)
    if zlib.crc32(content[: -CHECKSUM.size]) != own:
        raise UnusableError("its header is damaged.")
    layout = replace(Layout(*facts), lists_sum=lists_sum, directory_sum=directory_sum)
    if layout.kind not in (EXACT, APPROXIMATE) or (layout.kind == APPROXIMATE) != (
        layout.lists > 0
    ):
        raise UnusableError("it has another format.")
    return layout


def read_directory(content: bytes, layout: Layout) -> Ids:
    """The first id of each block.

    Raises:
        UnusableError: it is damaged.
    """
    if zlib.crc32(content) != layout.directory_sum:
        raise UnusableError("its directory is damaged.")
    return np.frombuffer(content, np.int64)


def lists_content(lists: Lists) -> bytes:
    """The lists as they are written."""
    return np.concatenate([lists.low[None], lists.span[None], lists.centroids]).tobytes()


def read_lists(content: bytes, layout: Layout) -> Lists:
    """The lists of such bytes.

    Raises:
        UnusableError: they are damaged.
    """
    if zlib.crc32(content) != layout.lists_sum:
        raise UnusableError("its lists are damaged.")
    rows = np.frombuffer(content, np.float32).reshape(-1, layout.dimension)
    return Lists(rows[2:].copy(), rows[0].copy(), rows[1].copy(), layout.made_for)


def block(ids: Ids, rows: Rows) -> bytes:
    """A block of vectors as it is written."""
    content = ids.tobytes() + rows.lists.astype(np.uint32).tobytes() + rows.data.tobytes()
    return content + CHECKSUM.pack(zlib.crc32(content))


def is_whole(content: bytes | memoryview) -> bool:
    """Whether a block is as it was written."""
    (expected,) = CHECKSUM.unpack(content[-CHECKSUM.size :])
    return bool(zlib.crc32(content[: -CHECKSUM.size]) == expected)


def ruined(size: int) -> bytes:
    """A block of `size` bytes without any vector, and one that is not whole."""
    content = bytes(size - CHECKSUM.size)
    return content + CHECKSUM.pack(zlib.crc32(content) ^ 1)


def read_block(content: bytes | memoryview, count: int) -> tuple[Ids, Rows]:
    """The ids and vectors of a block of `count`, those that were blotted out among them."""
    ids = np.frombuffer(content, np.int64, count)
    lists: npt.NDArray[np.uint32] = np.frombuffer(content, np.uint32, count, 8 * count)
    data = np.frombuffer(content, np.uint8, len(content) - 12 * count - 4, 12 * count)
    return ids, Rows(lists, data.reshape(count, -1))


def fits(ids: Ids, rows: Rows, layout: Layout, directory: Ids, number: int) -> bool:
    """Whether a block is where it belongs, and its lists are there."""
    kept = ids[ids != GONE]
    if not len(kept):
        return True
    end = directory[number + 1] if number + 1 < layout.blocks else 2**63 - 1
    ascending = bool((kept[:-1] < kept[1:]).all())
    inside = bool(directory[number] <= kept[0] and kept[-1] < end)
    return ascending and inside and bool((rows.lists < max(layout.lists, 1)).all())
