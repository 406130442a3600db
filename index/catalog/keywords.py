"""Keyword search over the passages: SQLite's FTS5, ranked by BM25.

The table `passage_words` has one row a passage (rowid = passage id), written and deleted in the
transaction of its article. Its `library` column holds a token such as "lib42", so that a search
is limited to one library inside the match itself.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable

from sqlalchemy import Connection, text

from index.words import STOP_WORDS

MAX_WORDS = 32

# BM25 by column: the library decides what matches and must not decide how well.
LIBRARY_WEIGHT, TITLE_WEIGHT, BODY_WEIGHT = 0.0, 1.0, 1.0


def match_expression(question: str) -> str | None:
    """The FTS5 expression for any of the question's words, or None when it has none.

    Each word is quoted, so that nothing a person types is an operator. English stop words are
    dropped when other words remain; of more than `MAX_WORDS` distinct words the first are used.
    """
    found: dict[str, str] = {}
    # Composed first: a bare combining accent would cut its word in two.
    for word in re.findall(r"\w+", unicodedata.normalize("NFC", question)):
        if word.strip("_"):
            found.setdefault(word.lower(), word)
    telling = [word for lowered, word in found.items() if lowered not in STOP_WORDS]
    words = (telling or list(found.values()))[:MAX_WORDS]
    return " OR ".join(f'"{word}"' for word in words) or None


def index_passages(
    connection: Connection, library_id: int, passages: Iterable[tuple[int, str, str]]
) -> None:
    """Make passages findable; each is its id, its article's title and its text."""
    rows = [
        {"id": passage_id, "library": library_token(library_id), "title": title, "body": body}
        for passage_id, title, body in passages
    ]
    if rows:
        connection.execute(
            text(
                "INSERT INTO passage_words (rowid, library, title, body)"
                " VALUES (:id, :library, :title, :body)"
            ),
            rows,
        )


def forget_passages(connection: Connection, passage_ids: Iterable[int]) -> None:
    """Remove passages, and every trace of their words."""
    rows = [{"id": passage_id} for passage_id in passage_ids]
    if rows:
        connection.execute(text("DELETE FROM passage_words WHERE rowid = :id"), rows)
        # FTS5 only marks words as deleted; merging its segments removes them.
        connection.execute(text("INSERT INTO passage_words (passage_words) VALUES ('optimize')"))


def search_passages(
    connection: Connection,
    library_id: int,
    question: str,
    limit: int,
    articles: Iterable[int] | None = None,
) -> list[tuple[int, float]]:
    """Ids and BM25 scores (higher is better) of the library's passages with the question's words.

    Best first, at most `limit`, of these articles only where some are given.
    """
    expression = match_expression(question)
    if expression is None or limit <= 0:
        return []
    found = connection.execute(
        text(
            "SELECT passages.id, -bm25(passage_words, :in_library, :in_title, :in_body) AS score"
            " FROM passage_words JOIN passages ON passages.id = passage_words.rowid"
            " WHERE passage_words MATCH :expression AND passages.library_id = :library_id"
            " AND (:articles IS NULL"
            " OR passages.article_id IN (SELECT value FROM json_each(:articles)))"
            " ORDER BY score DESC, passages.id LIMIT :limit"
        ),
        {
            "in_library": LIBRARY_WEIGHT,
            "in_title": TITLE_WEIGHT,
            "in_body": BODY_WEIGHT,
            "expression": f"library : {library_token(library_id)}"
            f" AND {{title body}} : ({expression})",
            "library_id": library_id,
            # As one value: SQLite takes only so many parameters.
            "articles": None if articles is None else json.dumps(list(articles)),
            "limit": limit,
        },
    )
    return [(row.id, row.score) for row in found]


def library_token(library_id: int) -> str:
    """The word that stands for a library in the keyword table."""
    return f"lib{library_id}"
