"""Does the keyword table have the words of the library's texts, and no others?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, select

from index.catalog.ids import batches
from index.catalog.passage_texts import passage_texts
from index.catalog.postings import Numbers, PassageTerms, read_postings, terms_of_passages
from index.catalog.tables import ArticleRow, KeywordSegmentRow, PassageRow, PostingsRow
from index.errors import StorageError

Sums = npt.NDArray[np.uint64]

SOME_ARTICLES = 500
SEGMENT = (
    KeywordSegmentRow.id,
    KeywordSegmentRow.last,
    KeywordSegmentRow.passages,
    KeywordSegmentRow.terms,
)


def keyword_problems(connection: Connection, library_id: int) -> Iterator[str]:
    """What is wrong with a library's part of the keyword table, one sentence each."""
    # Of a passage only a sum over its postings is kept: a million take 16 megabytes.
    ids, sums = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.uint64)]
    for segment in connection.execute(
        select(*SEGMENT)
        .where(KeywordSegmentRow.library_id == library_id)
        .order_by(KeywordSegmentRow.id)
    ).all():
        try:
            passages, lengths, summed = _segment(connection, segment.id)
        except StorageError as error:
            yield f"{error}"
            continue
        if (segment.passages, segment.terms) != (len(passages), int(lengths.sum())):
            yield (
                f"The keyword table counts {segment.passages} passages with {segment.terms} terms"
                f" from passage {segment.id} on, and has {len(passages)} with {lengths.sum()}."
            )
        if (passages > segment.last).any():
            yield f"The keyword table has passages beyond {segment.last}, where a part of it ends."
        ids.append(passages)
        sums.append(summed)
    yield from _compared(connection, library_id, np.concatenate(ids), np.concatenate(sums))


def _segment(connection: Connection, segment: int) -> tuple[Numbers, Numbers, Sums]:
    """The passages of a segment, how many terms each has, and the sum over its postings."""
    rows = connection.execute(
        select(PostingsRow.term, PostingsRow.data).where(PostingsRow.segment == segment)
    ).all()
    postings = read_postings(segment, [row.data for row in rows])
    terms = np.array([row.term for row in rows], dtype=np.int64)[postings.rows]
    passages, first, places = np.unique(postings.passages, return_index=True, return_inverse=True)
    sums = np.zeros(len(passages), dtype=np.uint64)
    np.add.at(sums, places, _mixed(terms, postings.counts, postings.lengths))
    return passages, postings.lengths[first], sums


def _compared(connection: Connection, library_id: int, ids: Numbers, sums: Sums) -> Iterator[str]:
    order = np.argsort(ids, kind="stable")
    ids, sums = ids[order], sums[order]
    for passage in np.unique(ids[1:][np.diff(ids) == 0]).tolist():
        yield f"The keyword table has words of passage {passage} in two places."
    there = np.zeros(len(ids), dtype=bool)
    articles = connection.scalars(
        select(ArticleRow.id).where(ArticleRow.library_id == library_id).order_by(ArticleRow.id)
    ).all()
    for batch in batches(articles, SOME_ARTICLES):
        for each in terms_of_passages(passage_texts(connection, library_id, batch)):
            place = int(np.searchsorted(ids, each.id))
            if place < len(ids) and ids[place] == each.id:
                there[place] = True
                if int(sums[place]) != _sum_of(each):
                    name = _name(connection, each.id)
                    yield f"{name} has other words in the keyword table than in the article."
            elif each.counts:
                yield f"{_name(connection, each.id)} is not in the keyword table."
    for passage in np.setdiff1d(ids[~there], ids[there]).tolist():
        yield f"The keyword table has words of passage {passage}, which is not there."


def _name(connection: Connection, passage: int) -> str:
    article = connection.scalar(select(PassageRow.article_id).where(PassageRow.id == passage))
    return f"Passage {passage} of article {article}"


def _sum_of(passage: PassageTerms) -> int:
    terms = np.array(list(passage.counts), dtype=np.int64)
    counts = np.array(list(passage.counts.values()), dtype=np.int64)
    return int(_mixed(terms, counts, np.full(len(terms), passage.length)).sum(dtype=np.uint64))


def _mixed(terms: Numbers, counts: Numbers, lengths: Numbers) -> Sums:
    """A number for each posting, so that sums of other postings are others."""
    values = terms.view(np.uint64) ^ (counts << 8 | lengths).view(np.uint64)
    for factor in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F):  # an odd factor loses nothing
        values = values * np.uint64(factor)
        values ^= values >> np.uint64(29)
    return values
