"""What the tables hold of passages and libraries; each function is one part of a transaction."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, func, select

from index.catalog.entries import LibraryInfo, StoredPassage
from index.catalog.ids import batches, possible_id, unknown_article, within
from index.catalog.tables import (
    ArticleDetailsRow,
    ArticleRow,
    LibraryRow,
    PassageRow,
)
from index.errors import EncodedAnewError, UnknownLibraryError
from index.records import Candidate

Ids = npt.NDArray[np.int64]

NAMES_TOLD = 20

LIBRARY_COLUMNS = (
    LibraryRow.id,
    LibraryRow.name,
    LibraryRow.encoder,
    LibraryRow.dimension,
    LibraryRow.created,
    LibraryRow.revision,
    LibraryRow.query_prefix,
    LibraryRow.generation,
    LibraryRow.next_encoder,
    LibraryRow.next_dimension,
)


def all_libraries(connection: Connection) -> list[LibraryInfo]:
    """Every library, by name."""
    rows = connection.execute(select(*LIBRARY_COLUMNS).order_by(LibraryRow.name))
    return [LibraryInfo(**row._mapping) for row in rows]


def library_by_id(connection: Connection, library_id: int) -> LibraryInfo:
    """The library of this id.

    Raises:
        UnknownLibraryError: there is none.
    """
    row = connection.execute(
        select(*LIBRARY_COLUMNS).where(LibraryRow.id == library_id)
    ).one_or_none()
    if row is None:
        raise UnknownLibraryError(
            f"There is no library {library_id}.",
            "It may have been deleted meanwhile: open it anew.",
        )
    return LibraryInfo(**row._mapping)


def library_of(connection: Connection, library_id: int, generation: int | None) -> LibraryInfo:
    """The library of this id, where it is still of this generation; None is any.

    Raises:
        UnknownLibraryError: there is none.
        EncodedAnewError: it is of another generation by now.
    """
    library = library_by_id(connection, library_id)
    if generation is not None and library.generation != generation:
        raise encoded_anew(library)
    return library


def encoded_anew(library: LibraryInfo) -> EncodedAnewError:
    """The error for a library that is of another generation than was expected."""
    return EncodedAnewError(
        f"The library {library.name!r} was encoded anew meanwhile.", "Try again."
    )


def library_by_name(connection: Connection, name: str) -> LibraryInfo | None:
    """The library of this name, if there is one."""
    row = connection.execute(select(*LIBRARY_COLUMNS).where(LibraryRow.name == name)).one_or_none()
    return None if row is None else LibraryInfo(**row._mapping)


def library_called(connection: Connection, name: str) -> LibraryInfo:
    """The library of this name.

    Raises:
        UnknownLibraryError: there is none; the hint names the nearest.
    """
    if library := library_by_name(connection, name):
        return library
    raise unknown_library(name, [library.name for library in all_libraries(connection)])


def unknown_library(name: str, names: Sequence[str]) -> UnknownLibraryError:
    """The error for a name that is not among `names`; its hint names the nearest."""
    if near := difflib.get_close_matches(name, names, n=1):
        hint = f"Did you mean {near[0]!r}?"
    elif names:
        hint = f"There are: {', '.join(names[:NAMES_TOLD])}."
    else:
        hint = "There is none yet: one comes into being with its first article."
    return UnknownLibraryError(f"There is no library {name!r}.", hint)


def passage_ids_within(connection: Connection, library_id: int, articles: Iterable[int]) -> Ids:
    """The ids of these articles' passages, ascending.

    Raises:
        UnknownArticleError: the library has none of one of these ids.
    """
    passage_ids: list[int] = []
    for batch in batches(dict.fromkeys(possible_id(int(article)) for article in articles)):
        rows = connection.execute(
            select(PassageRow.article_id, PassageRow.id).where(
                PassageRow.library_id == library_id, PassageRow.article_id.in_(batch)
            )
        ).all()
        known = {row.article_id for row in rows}
        for article in batch:
            if article not in known:
                raise unknown_article(article)
        passage_ids += [row.id for row in rows]
    return np.array(sorted(passage_ids), dtype=np.int64)


def passages_of(connection: Connection, library_id: int, article_id: int) -> list[StoredPassage]:
    """An article's passages, in order.

    Raises:
        UnknownArticleError: the library has none of this id.
    """
    rows = connection.execute(
        select(PassageRow.id, PassageRow.start, PassageRow.end)
        .where(
            PassageRow.library_id == library_id,
            PassageRow.article_id == possible_id(article_id),
        )
        .order_by(PassageRow.position)
    ).all()
    if not rows:
        raise unknown_article(article_id)
    return [StoredPassage(**row._mapping) for row in rows]


def candidates_of(
    connection: Connection, library_id: int, passage_ids: Iterable[int]
) -> dict[int, Candidate]:
    """Those passages that the library holds, cut out of their articles, by id."""
    found: dict[int, Candidate] = {}
    # substr() counts code points, as Python does; only the passage leaves SQLite.
    body = func.substr(ArticleRow.text, PassageRow.start + 1, PassageRow.end - PassageRow.start)
    for batch in batches(int(passage_id) for passage_id in passage_ids):
        rows = connection.execute(
            select(
                PassageRow.id.label("passage"),
                PassageRow.article_id.label("article"),
                ArticleRow.title,
                body.label("text"),
                PassageRow.start,
            )
            .join(ArticleRow, ArticleRow.id == PassageRow.article_id)
            .where(within(PassageRow.library_id, library_id), PassageRow.id.in_(batch))
        )
        found |= {row.passage: Candidate(**row._mapping) for row in rows}
    return found


def page_starts_of(
    connection: Connection, library_id: int, article_ids: Iterable[int]
) -> dict[int, tuple[int, ...]]:
    """Where the pages begin of those articles that the library holds and that have pages, by id."""
    rows = connection.execute(
        select(ArticleDetailsRow.article_id, ArticleDetailsRow.page_starts).where(
            within(ArticleDetailsRow.library_id, library_id),
            ArticleDetailsRow.article_id.in_(article_ids),
        )
    )
    return {row.article_id: row.page_starts for row in rows if row.page_starts}


def days_of(connection: Connection, library_id: int, article_ids: Iterable[int]) -> dict[int, date]:
    """When those articles that the library holds were published, or else added (UTC), by id."""
    rows = connection.execute(
        select(ArticleRow.id, ArticleRow.published, ArticleRow.added).where(
            within(ArticleRow.library_id, library_id), ArticleRow.id.in_(article_ids)
        )
    )
    return {row.id: row.published or row.added.date() for row in rows}
