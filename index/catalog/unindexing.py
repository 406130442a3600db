"""Passages leave the keyword table; each function is one part of a write transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import numpy as np
from sqlalchemy import Connection

from index.catalog.ids import batches
from index.catalog.passage_texts import PassageText
from index.catalog.postings import (
    AT_ONCE,
    GONE,
    MOST,
    SEGMENT_SPAN,
    PassageTerms,
    Records,
    read_postings,
    split_records,
    terms_of_passages,
)

LONG_ROW = 250
"""Records; shorter rows lie within one page."""
MOST_GONE = 0.2
"""The share of records of a long row that may be gone."""

Found = dict[int, dict[int, tuple[int, int]]]
"""By passage and term: how often that is there, and how many terms the passage has."""


def forget_passages(
    connection: Connection, library_id: int, passages: Iterable[PassageText]
) -> None:
    """Remove every posting of passages, whose texts are still there.

    They are looked for in the rows of their terms. Where these do not hold all of them, because
    the terms were made by another version or cannot be counted, all rows are looked through.
    """
    for batch in batches(terms_of_passages(passages), AT_ONCE):
        left = {each.id: each for each in batch}
        segments = connection.exec_driver_sql(
            "SELECT id, last FROM keyword_segments"
            " WHERE library_id = ? AND id <= ? AND last >= ? ORDER BY id",
            (library_id, max(left), min(left)),
        ).fetchall()
        for segment, last in segments:
            if here := _between(left, segment, last):
                terms = {term for each in here for term in each.counts}
                found = _cut_out(connection, segment, here, terms)
                _count(connection, segment, found)
                for each in here:
                    if _is_all(each, found.get(each.id, {})):
                        del left[each.id]
        for segment, last in segments:
            if here := _between(left, segment, last):
                _cut_out(connection, segment, here, None)
                _count_anew(connection, segment)


def _between(passages: dict[int, PassageTerms], first: int, last: int) -> list[PassageTerms]:
    return [each for each in passages.values() if first <= each.id <= last]


def _is_all(expected: PassageTerms, found: dict[int, tuple[int, int]]) -> bool:
    """Whether a passage has no other postings than those that were found.

    The counts of all of them add up to its length, unless that is too high to be told.
    """
    if not 0 < expected.length < MOST:
        return False
    return found == {term: (count, expected.length) for term, count in expected.counts.items()}


def _cut_out(
    connection: Connection,
    segment: int,
    passages: Sequence[PassageTerms],
    among: Iterable[int] | None,
) -> Found:
    """Delete the postings of passages from the rows of these terms, or from all; what they were."""
    rows = _rows(connection, segment, among)
    data = [each for _, each in rows]
    offsets, told, sizes = split_records(data)
    leaving = np.zeros(SEGMENT_SPAN, dtype=bool)
    leaving[[each.id - segment for each in passages]] = True
    gone = np.flatnonzero(leaving[offsets] & (told > 0))
    ends = np.cumsum(sizes)
    of_row = np.searchsorted(ends, gone, side="right")
    records = np.frombuffer(b"".join(data), dtype="<u4").copy()
    records[gone] = GONE
    changed: list[tuple[bytes, int, int]] = []
    empty: list[tuple[int, int]] = []
    for row in np.unique(of_row).tolist():
        rest = _tidied(records[ends[row] - sizes[row] : ends[row]])
        if len(rest):
            changed.append((rest.tobytes(), segment, rows[row][0]))
        else:
            empty.append((segment, rows[row][0]))
    found: Found = {}
    for row, offset, counts in zip(
        of_row.tolist(), offsets[gone].tolist(), told[gone].tolist(), strict=True
    ):
        found.setdefault(segment + offset, {})[rows[row][0]] = (counts & MOST, counts >> 8)
    if changed:
        connection.exec_driver_sql(
            "UPDATE postings SET data = ? WHERE segment = ? AND term = ?", changed
        )
    if empty:
        connection.exec_driver_sql("DELETE FROM postings WHERE segment = ? AND term = ?", empty)
    return found


def _tidied(records: Records) -> Records:
    """A row without the records that are gone; a long one keeps a few.

    Of a row that stays as long as it was SQLite writes only the pages that are others.
    """
    there = records[records != GONE]
    keeps = len(there) > LONG_ROW and len(there) > len(records) * (1 - MOST_GONE)
    return records if keeps else there


def _rows(
    connection: Connection, segment: int, among: Iterable[int] | None
) -> list[tuple[int, bytes]]:
    """Terms and their data."""
    if among is None:
        found = connection.exec_driver_sql(
            "SELECT term, data FROM postings WHERE segment = ?", (segment,)
        )
    else:
        found = connection.exec_driver_sql(
            "SELECT term, data FROM postings"
            " WHERE segment = ? AND term IN (SELECT value FROM json_each(?))",
            (segment, json.dumps(list(among))),
        )
    return [(term, data) for term, data in found]


def _count(connection: Connection, segment: int, found: Found) -> None:
    """Take what was cut out off the numbers of a segment; delete it where nothing is left."""
    terms = sum(length for each in found.values() for _, length in [next(iter(each.values()))])
    connection.exec_driver_sql(
        "UPDATE keyword_segments SET passages = passages - ?, terms = terms - ? WHERE id = ?",
        (len(found), terms, segment),
    )
    _delete_if_empty(connection, segment)


def _count_anew(connection: Connection, segment: int) -> None:
    data = [each for _, each in _rows(connection, segment, None)]
    postings = read_postings(segment, data)
    passages, first = np.unique(postings.passages, return_index=True)
    connection.exec_driver_sql(
        "UPDATE keyword_segments SET passages = ?, terms = ? WHERE id = ?",
        (len(passages), int(postings.lengths[first].sum()), segment),
    )
    _delete_if_empty(connection, segment)


def _delete_if_empty(connection: Connection, segment: int) -> None:
    connection.exec_driver_sql(
        "DELETE FROM keyword_segments WHERE id = ?"
        " AND NOT EXISTS (SELECT 1 FROM postings WHERE segment = keyword_segments.id)",
        (segment,),
    )
