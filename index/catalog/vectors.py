"""What the vector index reads: ids and embeddings of a library's passages, many in little time.

Straight from the driver, for a million rows need not be made objects of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, select

from index.catalog.ids import batches
from index.catalog.tables import LibraryRow, embedding_row
from index.errors import EncodedAnewError, StorageError, UnknownLibraryError
from index.storage.database import Database

Ids = npt.NDArray[np.int64]
Vectors = npt.NDArray[np.float32]

_EMBEDDINGS = (
    "SELECT passages.id, stored.vector FROM passages"
    " JOIN {table} AS stored ON stored.passage_id = passages.id WHERE passages.id {which}"
    # The plus: the way in is by the ids, not by the index of the library.
    " AND +passages.library_id = ? ORDER BY passages.id"
)

CHUNK = 4096
"""Embeddings read in one transaction: some megabytes, some milliseconds."""


@dataclass(frozen=True, slots=True)
class LibraryState:
    """What a vector index must agree with."""

    revision: int
    generation: int
    dimension: int
    next_dimension: int | None


class StoredVectors:
    """Ids and embeddings of the passages of one database; safe for many threads.

    Every method raises StorageError, or a kind of it, when the file cannot be used.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self, library_id: int) -> LibraryState:
        """The library's revision, generation and dimension, as of now.

        Raises:
            UnknownLibraryError: there is no such library.
        """
        with self._database.read() as connection:
            return _state_of(connection, library_id)

    def ids(self, library_id: int) -> Ids:
        """The ids of the library's passages, ascending."""
        with self._database.read() as connection:
            return passage_ids_of(connection, library_id)

    def embeddings(
        self, library_id: int, passage_ids: Ids, generation: int | None = None
    ) -> tuple[Ids, Vectors]:
        """Ids [n], ascending, and vectors [n, dimension] of those passages that the library holds.

        Of one generation, if given: the library's own, or the next one as far as it is encoded.

        Raises:
            UnknownLibraryError: there is no such library.
            EncodedAnewError: it is of another generation by now.
            StorageError: a stored vector has the wrong length.
        """
        with self._database.read() as connection:
            return embeddings_of(connection, library_id, passage_ids, generation)

    def stream(
        self,
        library_id: int,
        passage_ids: Ids,
        generation: int | None = None,
        chunk: int = CHUNK,
    ) -> Iterator[tuple[Ids, Vectors]]:
        """As `embeddings`, at most `chunk` at a time; no transaction stays open meanwhile."""
        for start in range(0, len(passage_ids), chunk):
            part = passage_ids[start : start + chunk]
            ids, vectors = self.embeddings(library_id, part, generation)
            if len(ids):
                yield ids, vectors

    def left(self, library_ids: Iterable[int]) -> dict[int, tuple[datetime, int]]:
        """When those of these libraries that are there were made, and their generation, by id."""
        chosen = select(LibraryRow.id, LibraryRow.created, LibraryRow.generation)
        found: dict[int, tuple[datetime, int]] = {}
        with self._database.read() as connection:
            for batch in batches(library_ids):
                for row in connection.execute(chosen.where(LibraryRow.id.in_(batch))):
                    found[row.id] = row.created, row.generation
        return found


def passage_ids_of(connection: Connection, library_id: int) -> Ids:
    """The ids of the library's passages, ascending."""
    # As one text: four times as quick as a row for each, and other threads run meanwhile.
    question = "SELECT group_concat(id) FROM passages WHERE library_id = ?"
    ((listed,),) = _rows(connection, question, library_id)
    return np.sort(np.fromstring(listed or "", dtype=np.int64, sep=","))


def embeddings_of(
    connection: Connection,
    library_id: int,
    passage_ids: npt.ArrayLike,
    generation: int | None = None,
) -> tuple[Ids, Vectors]:
    """As `StoredVectors.embeddings`, a part of a transaction."""
    state = _state_of(connection, library_id)
    dimension = state.dimension
    if state.next_dimension and generation == state.generation + 1:
        dimension = state.next_dimension
    elif generation not in (None, state.generation):
        raise EncodedAnewError("The library was encoded anew meanwhile.", "Try again.")
    else:
        generation = state.generation
    table = embedding_row(generation).__tablename__
    wanted: Ids = np.unique(np.asarray(passage_ids, dtype=np.int64))
    rows = _embedding_rows(connection, library_id, wanted, table)
    if any(len(vector) != 4 * dimension for _, vector in rows):
        raise StorageError(
            "A stored embedding has the wrong length.", "Run the check of the library."
        )
    ids = np.fromiter((passage_id for passage_id, _ in rows), dtype=np.int64, count=len(rows))
    stored = np.frombuffer(b"".join([vector for _, vector in rows]), dtype="<f4")
    vectors = stored.astype(np.float32).reshape(len(rows), dimension)
    chosen = within(ids, wanted)
    return (ids, vectors) if chosen.all() else (ids[chosen], vectors[chosen])


def _state_of(connection: Connection, library_id: int) -> LibraryState:
    question = "SELECT revision, generation, dimension, next_dimension FROM libraries WHERE id = ?"
    rows = _rows(connection, question, library_id)
    if not rows:
        raise UnknownLibraryError(
            f"There is no library {library_id}.",
            "It may have been deleted meanwhile: open it anew.",
        )
    return LibraryState(*rows[0])


def _embedding_rows(
    connection: Connection, library_id: int, wanted: Ids, table: str
) -> Sequence[tuple[int, bytes]]:
    """Those of `wanted`, which is ascending, and perhaps some between them."""
    if not len(wanted):
        return []
    first, last = int(wanted[0]), int(wanted[-1])
    # Of a range most of which is wanted, reading all is quicker than looking each up.
    if last - first < 2 * len(wanted):
        question = _EMBEDDINGS.format(table=table, which="BETWEEN ? AND ?")
        return _rows(connection, question, first, last, library_id)
    # As one value: SQLite takes only so many parameters.
    question = _EMBEDDINGS.format(table=table, which="IN (SELECT value FROM json_each(?))")
    return _rows(connection, question, json.dumps(wanted.tolist()), library_id)


def within(ids: Ids, sorted_ids: Ids) -> npt.NDArray[np.bool_]:
    """Of each id whether it is among others, which are ascending."""
    if not len(sorted_ids):
        return np.zeros(len(ids), dtype=bool)
    places = np.searchsorted(sorted_ids, ids)
    places[places == len(sorted_ids)] = 0
    found: npt.NDArray[np.bool_] = sorted_ids[places] == ids
    return found


def _rows(connection: Connection, statement: str, *values: object) -> Sequence[Any]:
    with closing(connection.connection.cursor()) as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
