"""Databases as earlier versions left them, in plain SQL: no migration of today makes them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from library_samples import WordEncoder

from index.split import count_words

ENCODER = WordEncoder()
THEN = "2025-01-02 03:04:05.000006"

SCHEMAS = {
    "0001": """
        CREATE TABLE alembic_version (
            version_num VARCHAR(32) NOT NULL,
            CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
        );
        CREATE TABLE libraries (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            encoder TEXT NOT NULL,
            dimension INTEGER NOT NULL,
            created DATETIME NOT NULL,
            revision INTEGER NOT NULL,
            CONSTRAINT uq_libraries_name UNIQUE (name)
        );
        CREATE TABLE articles (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            library_id INTEGER NOT NULL,
            content_hash VARCHAR(64) NOT NULL,
            title TEXT NOT NULL,
            author TEXT,
            site TEXT,
            source TEXT,
            published DATE,
            words INTEGER NOT NULL,
            added DATETIME NOT NULL,
            text TEXT NOT NULL,
            CONSTRAINT fk_articles_library_id FOREIGN KEY(library_id)
                REFERENCES libraries (id) ON DELETE CASCADE,
            CONSTRAINT uq_articles_library_id_content_hash UNIQUE (library_id, content_hash)
        );
        CREATE INDEX ix_articles_library_id ON articles (library_id);
        CREATE TABLE passages (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            article_id INTEGER NOT NULL,
            library_id INTEGER NOT NULL,
            position INTEGER NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            CONSTRAINT fk_passages_article_id FOREIGN KEY(article_id)
                REFERENCES articles (id) ON DELETE CASCADE,
            CONSTRAINT fk_passages_library_id FOREIGN KEY(library_id)
                REFERENCES libraries (id) ON DELETE CASCADE,
            CONSTRAINT uq_passages_article_id_position UNIQUE (article_id, position)
        );
        CREATE INDEX ix_passages_library_id_article_id ON passages (library_id, article_id);
        CREATE TABLE embeddings (
            passage_id INTEGER NOT NULL,
            vector BLOB NOT NULL,
            CONSTRAINT pk_embeddings PRIMARY KEY (passage_id),
            CONSTRAINT fk_embeddings_passage_id FOREIGN KEY(passage_id)
                REFERENCES passages (id) ON DELETE CASCADE
        );
        CREATE VIRTUAL TABLE passage_words USING fts5(
            library, title, body, tokenize = 'porter unicode61 remove_diacritics 2'
        );
    """,
    "0002": """
        CREATE TABLE article_details (
            article_id INTEGER NOT NULL,
            library_id INTEGER NOT NULL,
            language TEXT,
            format TEXT,
            address TEXT,
            pages INTEGER NOT NULL,
            page_starts TEXT,
            CONSTRAINT pk_article_details PRIMARY KEY (article_id),
            CONSTRAINT fk_article_details_article_id FOREIGN KEY(article_id)
                REFERENCES articles (id) ON DELETE CASCADE,
            CONSTRAINT fk_article_details_library_id FOREIGN KEY(library_id)
                REFERENCES libraries (id) ON DELETE CASCADE
        );
        CREATE INDEX ix_article_details_library_id_address
            ON article_details (library_id, address);
    """,
}
"""What each version has added to the schema before; later ones are made by the migrations."""

DETAILS = "0002"
"""The version from which on the details of an article are stored."""


@dataclass(frozen=True)
class Kept:
    """An article as it was stored, and a question that it answers."""

    id: int
    library: int
    title: str
    text: str
    """Each line is a passage."""
    question: str
    author: str | None = None
    site: str | None = None
    source: str | None = None
    published: str | None = None
    language: str | None = None
    format: str | None = None
    address: str | None = None
    pages: tuple[int, ...] = ()

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where its passages are."""
        spans, offset = [], 0
        for line in self.text.split("\n"):
            spans.append((offset, offset + len(line)))
            offset += len(line) + 1
        return spans


LIBRARIES = {2: "default", 5: "chat -1001234"}
LONG = "\n".join(
    f"In year {year} of the chronicle, the miller of Tarn ground {year * 7} sacks of barley."
    for year in range(1, 141)
)
ARTICLES = (
    Kept(
        3,
        2,
        "An old one",
        "The heron stood in the fen all winter.\nNobody but Ilka Brandt saw it leave.",
        "Who saw the heron leave?",
        author="A. Uthor",
        source="old.txt",
        published="2024-05-06",
    ),
    Kept(
        4,
        2,
        "Ünïcode und “Zeichen” 🦢",
        "Zoë Ångström öffnete die Tür.\nDer Kranich — grau, müde — flog nach Südwest. 🦢 雪",
        "Kranich grau müde?",
        site="fenland.example",
        source="https://fenland.example/kranich?a=1",
        language="de",
        format="page",
        address="https://fenland.example/kranich",
    ),
    Kept(
        9,
        2,
        "The chronicle of Tarn",
        LONG,
        "chronicle year 139 miller?",
        author="Bo Lind",
        published="1999-12-31",
        language="en",
        format="pdf",
        pages=(0, 2000, 3000, 9000),
    ),
    Kept(
        10,
        5,
        "A note",
        "The heron stood in the fen all winter.",
        "heron winter?",
        address="https://fenland.example/kranich",
    ),
)
"""Of two libraries; some ids are missing, as articles were removed."""
LAST_IDS = {"libraries": 6, "articles": 12, "passages": 1000}
"""The highest that were ever given."""


def make_catalog(path: Path, revision: str) -> None:
    """Make the database of a version in `SCHEMAS`, with everything in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        for version, statements in SCHEMAS.items():
            if version <= revision:
                database.executescript(statements)
        database.execute("INSERT INTO alembic_version VALUES (?)", [revision])
        for number, name in LIBRARIES.items():
            database.execute(
                "INSERT INTO libraries VALUES (?, ?, ?, ?, ?, 7)",
                [number, name, ENCODER.identity, ENCODER.dimension, THEN],
            )
        passage = 20
        for kept in ARTICLES:
            _insert(database, kept)
            vectors = ENCODER.encode_passages([kept.text[a:b] for a, b in kept.spans])
            for position, (start, end) in enumerate(kept.spans):
                passage += 1
                database.execute(
                    "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)",
                    [passage, kept.id, kept.library, position, start, end],
                )
                vector = vectors[position].astype("<f4").tobytes()
                database.execute("INSERT INTO embeddings VALUES (?, ?)", [passage, vector])
                database.execute(
                    "INSERT INTO passage_words (rowid, library, title, body) VALUES (?, ?, ?, ?)",
                    [passage, f"lib{kept.library}", kept.title, kept.text[start:end]],
                )
            if revision >= DETAILS:
                _insert_details(database, kept)
        for table, last in LAST_IDS.items():
            database.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", [last, table])
        database.commit()


def _insert(database: sqlite3.Connection, kept: Kept) -> None:
    database.execute(
        "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            kept.id,
            kept.library,
            hashlib.sha256(" ".join(kept.text.split()).encode()).hexdigest(),
            kept.title,
            kept.author,
            kept.site,
            kept.source,
            kept.published,
            count_words(kept.text),
            THEN,
            kept.text,
        ],
    )


def _insert_details(database: sqlite3.Connection, kept: Kept) -> None:
    starts = json.dumps(kept.pages, separators=(",", ":")) if kept.pages else None
    database.execute(
        "INSERT INTO article_details VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            kept.id,
            kept.library,
            kept.language,
            kept.format,
            kept.address,
            len(kept.pages),
            starts,
        ],
    )
