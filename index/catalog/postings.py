"""Which term is in which passage: postings, in segments of some thousands of passages each.

A row of `postings` holds those passages of one segment that have one term; of each a record of four
bytes: the passage's id less the segment's (16 bits), how often the term is in it (8 bits) and how
many terms it has in all (8 bits). A new passage joins its library's last segment, so that what is
written lies close together however large the library is; a removed one's records are cut out or
overwritten with zeros, so that nothing of it is left. A library that takes in another takes in its
segments.

A passage without any term is in no segment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from index.catalog.ids import batches
from index.catalog.passage_texts import PassageText
from index.errors import StorageError
from index.terms import terms_of

SEGMENT_PASSAGES = 8192
"""Smaller segments are quicker to write to, larger ones to search."""
SEGMENT_SPAN = 2**16
"""Ids from a segment's first on: between its passages lie those of other libraries."""
MOST = 255
"""The highest number of a term's or of all terms that a record holds."""
RECORD_BYTES = 4
GONE = 0
"""A record of a passage that was removed: nothing is told of it."""
AT_ONCE = 1024
"""Passages whose terms are in memory at a time."""

Numbers = npt.NDArray[np.int64]
Halves = npt.NDArray[np.uint16]
Records = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class PassageTerms:
    """A passage's terms, as its postings tell of them."""

    id: int
    counts: dict[int, int]
    """How often each is there, at most `MOST`."""
    length: int
    """How many there are, at most `MOST`."""


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Records of several rows, one after another; all arrays have the same length."""

    rows: Numbers
    """Which of the rows each is from: 0, 1, 2 ..."""
    passages: Numbers
    counts: Numbers
    lengths: Numbers


def terms_of_passages(passages: Iterable[PassageText]) -> Iterator[PassageTerms]:
    """The terms of each passage: its article's title and its text count as one."""
    title, in_title = "", terms_of("")
    for passage in passages:
        if passage.title != title:  # those of one article come together
            title, in_title = passage.title, terms_of(passage.title)
        terms = in_title + terms_of(passage.body)
        counts = dict(Counter(terms))
        if len(terms) > MOST:
            counts = {term: min(count, MOST) for term, count in counts.items()}
        yield PassageTerms(passage.id, counts, min(len(terms), MOST))


def index_passages(
    connection: Connection, library_id: int, passages: Iterable[PassageText]
) -> None:
    """Make new passages of a library findable."""
    for batch in batches(terms_of_passages(passages), AT_ONCE):
        waiting = sorted((each for each in batch if each.counts), key=lambda each: each.id)
        while waiting:
            segment, held = _segment_for(connection, library_id, waiting[0].id)
            room = waiting[: SEGMENT_PASSAGES - held]
            joining = [each for each in room if each.id < segment + SEGMENT_SPAN]
            _append(connection, segment, joining)
            waiting = waiting[len(joining) :]


def _segment_for(connection: Connection, library_id: int, passage_id: int) -> tuple[int, int]:
    """The segment that a passage joins, made if need be, and how many passages it holds."""
    row = connection.exec_driver_sql(
        "SELECT id, passages FROM keyword_segments WHERE library_id = ? AND id <= ?"
        " ORDER BY id DESC LIMIT 1",
        (library_id, passage_id),
    ).one_or_none()
    if row and row.passages < SEGMENT_PASSAGES and passage_id < row.id + SEGMENT_SPAN:
        return row.id, row.passages
    connection.exec_driver_sql(
        "INSERT INTO keyword_segments (id, library_id, last, passages, terms)"
        " VALUES (?, ?, ?, 0, 0)",
        (passage_id, library_id, passage_id),
    )
    return passage_id, 0


def _append(connection: Connection, segment: int, passages: Sequence[PassageTerms]) -> None:
    sizes = [len(each.counts) for each in passages]
    terms = np.array(list(chain.from_iterable(each.counts for each in passages)), dtype=np.int64)
    counts = np.array(list(chain.from_iterable(each.counts.values() for each in passages)))
    ids, lengths = np.array([(each.id, each.length) for each in passages], dtype=np.int64).T
    records = (np.repeat(ids - segment | lengths << 24, sizes) | counts << 16).astype("<u4")
    order = np.argsort(terms, kind="stable")  # neighbours here are neighbours in the file
    terms, data = terms[order], records[order].tobytes()
    starts = np.flatnonzero(np.diff(terms, prepend=~terms[0]))
    ends = np.append(starts[1:], len(terms))
    connection.exec_driver_sql(
        "INSERT INTO postings (segment, term, data) VALUES (?, ?, ?)"
        " ON CONFLICT (segment, term) DO UPDATE SET data = CAST(data || excluded.data AS BLOB)",
        [
            (segment, term, data[RECORD_BYTES * start : RECORD_BYTES * end])
            for term, start, end in zip(
                terms[starts].tolist(), starts.tolist(), ends.tolist(), strict=True
            )
        ],
    )
    connection.exec_driver_sql(
        "UPDATE keyword_segments SET last = max(last, ?), passages = passages + ?,"
        " terms = terms + ? WHERE id = ?",
        (passages[-1].id, len(passages), sum(each.length for each in passages), segment),
    )


def split_records(data: Sequence[bytes]) -> tuple[Halves, Halves, Numbers]:
    """The records of rows in two halves, and how many each row has.

    The first half is the passage's id less the segment's; the second how often the term is there
    and, times 256, how many the passage has. Both are 0 where a passage is gone.

    Raises:
        StorageError: the data of a row is not whole.
    """
    if any(type(each) is not bytes or not each or len(each) % RECORD_BYTES for each in data):
        raise StorageError(
            "Part of the keyword table is damaged.", "Make it anew: `cuttings rebuild`."
        )
    halves = np.frombuffer(b"".join(data), dtype="<u2").reshape(-1, 2)
    sizes = np.fromiter(map(len, data), dtype=np.int64, count=len(data)) // RECORD_BYTES
    return halves[:, 0], halves[:, 1], sizes


def read_postings(segment: int, data: Sequence[bytes]) -> Postings:
    """The records of rows of one segment, but for those that are gone.

    Raises:
        StorageError: the data of a row is not whole.
    """
    offsets, told, sizes = split_records(data)
    there = np.flatnonzero(told)
    told = told[there].astype(np.int64)
    return Postings(
        rows=np.repeat(np.arange(len(data)), sizes)[there],
        passages=segment + offsets[there].astype(np.int64),
        counts=told & MOST,
        lengths=told >> 8,
    )
