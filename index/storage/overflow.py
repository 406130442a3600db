"""Texts where SQLite never copies them.

SQLite moves the cells of a table from page to page to keep the pages balanced, and what it leaves
behind in the gaps is not overwritten by any later deletion. A row too long for its cell continues
on overflow pages, which are never copied and are overwritten with zeros once the row is deleted.
So texts stand at a row's end, behind zeros that fill the cell: all of a text is on overflow pages.

The arithmetic is that of SQLite's file format (fileformat2, "B-tree Pages"), for table leaves.
"""

from __future__ import annotations

from sqlalchemy import Connection

RESERVED = 32
"""Bytes of each page that SQLite may keep for itself: none, or 12 in the one that Apple builds.
No pragma tells, and who opens the file to see takes away the process's locks when closing it."""


def page_bytes(connection: Connection) -> int:
    """The size of the database's pages."""
    return int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())


def least_in_cell(page: int) -> int:
    """How many bytes of a row that is too long for its cell are in the cell, at least."""
    return (page - 12) * 32 // 255 - 23


def most_in_cell(page: int) -> int:
    """How many bytes a cell holds of a row, at most."""
    return page - 35


def bytes_in_cell(row: int, page: int) -> int:
    """How many bytes of a row of so many are in its cell."""
    most, least = most_in_cell(page), least_in_cell(page)
    if row <= most:
        return row
    wanted = least + (row - least) % (page - 4)
    return wanted if wanted <= most else least


def padding(behind: int, page: int) -> int:
    """How many zeros keep the `behind` last bytes of a row out of its cell.

    With them these bytes fill whole overflow pages, so that what stands before the zeros, and the
    few of them that make up the least, is in the cell and nothing else. Where each page has less
    room than it seems, as much more as that is in all is in the cell; so many zeros there are.
    """
    pages = behind // (page - 4) + 3
    least = min(least_in_cell(page) + RESERVED * pages, most_in_cell(page))
    return least + -(least + behind) % (page - 4)
