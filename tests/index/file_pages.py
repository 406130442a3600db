"""The rows of a table as they lie in a database file, read page by page."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.storage.overflow import bytes_in_cell

INTERIOR, LEAF = 5, 13
SIZES = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}
"""Bytes of a value by its serial type; from 12 on (type - 12) // 2."""


@dataclass(frozen=True)
class Cell:
    """A row as a table's leaf has it."""

    id: int
    length: int
    """Of the whole row."""
    local: int
    """Of what is in the cell."""
    starts: tuple[int, ...]
    """Where each value begins in the row."""


def number(data: bytes, at: int) -> tuple[int, int]:
    """A number of variable length, and where it ends."""
    value = 0
    for place in range(8):
        value = value << 7 | data[at + place] & 0x7F
        if data[at + place] < 0x80:
            return value, at + place + 1
    return value << 8 | data[at + 8], at + 9


@dataclass(frozen=True)
class Leaf:
    """A page of a table with rows in it."""

    start: int
    """In the file."""
    data: bytes
    size: int

    @property
    def places(self) -> list[int]:
        """Where its cells begin."""
        count = int.from_bytes(self.data[3:5], "big")
        return [int.from_bytes(self.data[n : n + 2], "big") for n in range(8, 8 + 2 * count, 2)]


def leaves(path: Path, table: str) -> Iterator[Leaf]:
    """The leaves of a table, from the bytes of a file without a log; after SQLite's format."""
    with closing(sqlite3.connect(path)) as database:
        (root,) = database.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", [table]
        ).fetchone()
        (busy, *_) = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert not busy
    content = path.read_bytes()
    size = int.from_bytes(content[16:18], "big")
    size = 65_536 if size == 1 else size
    waiting = [root]
    while waiting:
        page = waiting.pop()
        assert page > 1
        start = (page - 1) * size
        data = content[start : start + size]
        if data[0] == LEAF:
            assert content[20] == 0
            yield Leaf(start, data, size)
            continue
        assert data[0] == INTERIOR
        for at in range(12, 12 + 2 * int.from_bytes(data[3:5], "big"), 2):
            place = int.from_bytes(data[at : at + 2], "big")
            waiting.append(int.from_bytes(data[place : place + 4], "big"))
        waiting.append(int.from_bytes(data[8:12], "big"))


def cells(path: Path, table: str) -> Iterator[Cell]:
    """The rows of a table."""
    for leaf in leaves(path, table):
        for place in leaf.places:
            yield _cell(leaf.data, place, leaf.size)


def write_into_gap(path: Path, table: str, words: bytes) -> None:
    """Write where no row is, but one may have been, on a page of a table."""
    for leaf in leaves(path, table):
        begin = 8 + 2 * len(leaf.places)
        end = int.from_bytes(leaf.data[5:7], "big")
        if end - begin >= len(words):
            with path.open("r+b") as file:
                file.seek(leaf.start + end - len(words))
                file.write(words)
            return
    raise AssertionError("There is no gap.")


def _cell(data: bytes, place: int, page: int) -> Cell:
    length, after = number(data, place)
    row, after = number(data, after)
    header, at = number(data, after)
    start, starts = header, []
    while at < after + header:
        kind, at = number(data, at)
        starts.append(start)
        start += SIZES[kind] if kind < 12 else (kind - 12) // 2
    assert start == length
    return Cell(row, length, bytes_in_cell(length, page), tuple(starts))


def check_texts(path: Path, rows: int) -> None:
    """See that the texts of so many articles begin behind what is in their cells."""
    with closing(sqlite3.connect(path)) as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(articles)")]
    first = columns.index("padding") + 1
    assert columns[first:] == ["title", "author", "site", "source", "address", "text"]
    found = list(cells(path, "articles"))
    assert len(found) == rows
    assert [cell for cell in found if cell.starts[first] < cell.local] == []
    assert all(cell.local < cell.length for cell in found)
    assert rows < 50 or max(cell.local for cell in found) < 600  # many fit onto a page
