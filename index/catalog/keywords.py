"""Keyword search over a library's passages: BM25 over its postings.

What a search costs grows with the postings of the question's terms: of a large library the
commonest terms of a question, which tell least, are left out where all would be too many.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from index.catalog.postings import RECORD_BYTES, Halves, Numbers, split_records
from index.terms import terms_of

MAX_TERMS = 32
"""Of more distinct terms in a question the first are used."""
MOST_READ = 1_000_000
"""Postings read for a question."""
SAMPLE = 16
"""Segments that are looked at to see how common terms are."""

SATURATION = 1.2
"""k1 of BM25: how soon another occurrence of a term tells nothing more."""
LENGTH_WEIGHT = 0.75
"""b of BM25: how much a long passage's occurrences are worth less."""

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """The rows of one segment that hold the question's terms."""

    segment: int
    places: list[int]
    """Which of the question's terms each is of."""
    offsets: Halves
    told: Halves
    sizes: Numbers
    """As `split_records` has these."""


def question_terms(question: str) -> list[int]:
    """The distinct terms of a question, at most `MAX_TERMS`; none where it has stop words only."""
    return list(dict.fromkeys(terms_of(question)))[:MAX_TERMS]


def search_passages(
    connection: Connection,
    library_id: int,
    question: str,
    limit: int,
    articles: Iterable[int] | None = None,
    most_read: int = MOST_READ,
) -> list[tuple[int, float]]:
    """Ids and BM25 scores (higher is better) of the library's passages with the question's words.

    Best first, at most `limit`, of these articles only where some are given. Terms that would
    take it beyond about `most_read` postings are left out.
    """
    terms = question_terms(question)
    if not terms or limit <= 0:
        return []
    segments = connection.exec_driver_sql(
        "SELECT id, passages, terms FROM keyword_segments WHERE library_id = ? ORDER BY id",
        (library_id,),
    ).fetchall()
    passages, total = sum(row[1] for row in segments), sum(row[2] for row in segments)
    if not passages:
        return []
    if len(terms) * passages > most_read:
        terms = _affordable(connection, [row[0] for row in segments], terms, most_read)
    rows = list(_rows(connection, [row[0] for row in segments], terms))
    within = None if articles is None else _passages_within(connection, library_id, articles)
    rarity = _rarity(rows, len(terms), passages)
    worth = _worth(max(total, 1) / passages)
    best = _Best(limit)
    for each in rows:
        found, scores = _scored(each, rarity, worth, best.enough)
        if within is not None:
            allowed = np.isin(found, within)
            found, scores = found[allowed], scores[allowed]
        best.add(found, scores)
    return best.first()


def _affordable(
    connection: Connection, segments: Sequence[int], terms: Sequence[int], most_read: int
) -> list[int]:
    """The rarest of the terms, in their order, that have about so many postings in all."""
    step = -(-len(segments) // SAMPLE)
    # The length of a value is told without reading it.
    found = connection.exec_driver_sql(
        "SELECT wanted.value, sum(length(postings.data)) FROM json_each(?) AS some"
        " CROSS JOIN json_each(?) AS wanted"
        " CROSS JOIN postings ON postings.segment = some.value AND postings.term = wanted.value"
        " GROUP BY wanted.value",
        (json.dumps(segments[::step]), json.dumps(terms)),
    )
    sizes = dict.fromkeys(terms, 0) | {row[0]: int(row[1]) for row in found}
    left = most_read * RECORD_BYTES * len(segments[::step]) / len(segments)
    chosen: set[int] = set()
    for term in sorted(terms, key=lambda term: sizes[term]):
        left -= sizes[term]
        if left < 0 and chosen:
            break
        chosen.add(term)
    return [term for term in terms if term in chosen]


def _rows(connection: Connection, segments: Sequence[int], terms: Sequence[int]) -> Iterator[_Rows]:
    found = connection.exec_driver_sql(
        # CROSS: in this order, so that every row is found by its key.
        "SELECT some.value, wanted.key, postings.data FROM json_each(?) AS some"
        " CROSS JOIN json_each(?) AS wanted"
        " CROSS JOIN postings ON postings.segment = some.value AND postings.term = wanted.value",
        (json.dumps(segments), json.dumps(terms)),
    ).fetchall()
    for segment, rows in groupby(found, key=lambda row: row[0]):
        _, places, data = zip(*rows, strict=True)
        yield _Rows(segment, list(places), *split_records(data))


def _rarity(rows: Sequence[_Rows], terms: int, passages: int) -> Scores:
    """What an occurrence of each term is worth."""
    having = np.zeros(terms)
    for each in rows:
        starts = np.cumsum(each.sizes) - each.sizes
        having[each.places] += np.add.reduceat(each.told > 0, starts, dtype=np.int64)
    return np.log1p((passages - having + 0.5).clip(min=0.0) / (having + 0.5))


def _worth(average: float) -> Scores:
    """What the occurrences of a term are worth, by what a record tells of them; [65536]."""
    length = 1 - LENGTH_WEIGHT + LENGTH_WEIGHT * np.arange(256.0)[:, None] / average
    count = np.arange(256.0)
    return (count * (SATURATION + 1) / (count + SATURATION * length)).ravel()


def _scored(rows: _Rows, rarity: Scores, worth: Scores, enough: float) -> tuple[Numbers, Scores]:
    """The passages of a segment that have one of the terms and `enough` of a score."""
    offsets = rows.offsets
    weights = worth[rows.told] * np.repeat(rarity[rows.places], rows.sizes)
    if int(offsets.max()) < 8 * len(offsets):  # close together: a table is quicker than sorting
        found = np.arange(int(offsets.max()) + 1)
        scores = np.bincount(offsets, weights)
    else:
        found, places = np.unique(offsets.astype(np.int64), return_inverse=True)
        scores = np.bincount(places, weights)
    kept = np.flatnonzero(scores >= enough)
    return rows.segment + found[kept], scores[kept].astype(np.float64, copy=False)


def _passages_within(connection: Connection, library_id: int, articles: Iterable[int]) -> list[int]:
    rows = connection.exec_driver_sql(
        "SELECT id FROM passages"
        " WHERE library_id = ? AND article_id IN (SELECT value FROM json_each(?))",
        # As one value: SQLite takes only so many parameters.
        (library_id, json.dumps(list(articles))),
    )
    return [row[0] for row in rows]


class _Best:
    """The passages with the highest scores; of equal ones those that were stored first."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._passages = np.empty(0, dtype=np.int64)
        self._scores = np.empty(0)
        self.enough = np.finfo(np.float64).tiny
        """A passage with less is not among them."""

    def add(self, passages: Numbers, scores: Scores) -> None:
        if not len(passages):
            return
        self._passages = np.concatenate((self._passages, passages))
        self._scores = np.concatenate((self._scores, scores))
        if len(self._scores) > self._limit:
            self.enough = np.partition(self._scores, -self._limit)[-self._limit]
            kept = self._scores >= self.enough
            self._passages, self._scores = self._passages[kept], self._scores[kept]

    def first(self) -> list[tuple[int, float]]:
        order = np.lexsort((self._passages, -self._scores))[: self._limit]
        return list(zip(self._passages[order].tolist(), self._scores[order].tolist(), strict=True))
