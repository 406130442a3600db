"""The bot's records as earlier versions left them, in plain SQL: no migration of today makes them.

Ann's chat has the number 1001, the group -200.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

SCHEMAS = {
    "0001": """
        CREATE TABLE alembic_version (
            version_num VARCHAR(32) NOT NULL,
            CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
        );
        CREATE TABLE updates (
            update_id INTEGER NOT NULL,
            chat_id INTEGER,
            received FLOAT NOT NULL,
            attempts INTEGER NOT NULL,
            payload TEXT,
            CONSTRAINT pk_updates PRIMARY KEY (update_id)
        );
        CREATE TABLE people (
            user_id INTEGER NOT NULL,
            name TEXT NOT NULL,
            role TEXT NOT NULL,
            since FLOAT NOT NULL,
            CONSTRAINT pk_people PRIMARY KEY (user_id)
        );
        CREATE TABLE chats (
            chat_id INTEGER NOT NULL,
            active BOOLEAN NOT NULL,
            since FLOAT NOT NULL,
            CONSTRAINT pk_chats PRIMARY KEY (chat_id)
        );
        CREATE TABLE exchanges (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            chat_id INTEGER NOT NULL,
            message_id INTEGER NOT NULL,
            kind TEXT NOT NULL,
            begun FLOAT NOT NULL,
            told BOOLEAN NOT NULL,
            reply_id INTEGER,
            question TEXT,
            articles JSON NOT NULL,
            details JSON NOT NULL
        );
        CREATE UNIQUE INDEX uq_exchanges_chat_id_message_id_kind
            ON exchanges (chat_id, message_id, kind);
        CREATE INDEX ix_exchanges_chat_id_reply_id ON exchanges (chat_id, reply_id);
        CREATE TABLE pieces (
            id INTEGER NOT NULL,
            chat_id INTEGER NOT NULL,
            message_id INTEGER NOT NULL,
            article_id INTEGER NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            entities JSON NOT NULL,
            CONSTRAINT pk_pieces PRIMARY KEY (id)
        );
        CREATE INDEX ix_pieces_chat_id_message_id ON pieces (chat_id, message_id);
        CREATE INDEX ix_pieces_chat_id_article_id ON pieces (chat_id, article_id);
    """,
    "0002": """
        ALTER TABLE exchanges ADD COLUMN part INTEGER DEFAULT 0 NOT NULL;
        DROP INDEX uq_exchanges_chat_id_message_id_kind;
        CREATE UNIQUE INDEX uq_exchanges_chat_id_message_id_kind_part
            ON exchanges (chat_id, message_id, kind, part);
    """,
    "0003": """
        ALTER TABLE chats ADD COLUMN kind TEXT DEFAULT 'private' NOT NULL;
        ALTER TABLE chats ADD COLUMN title TEXT DEFAULT '' NOT NULL;
        ALTER TABLE chats ADD COLUMN username TEXT;
        ALTER TABLE chats ADD COLUMN admitted BOOLEAN DEFAULT 0 NOT NULL;
        ALTER TABLE chats ADD COLUMN settings JSON DEFAULT '{}' NOT NULL;
        CREATE TABLE watches (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            chat_id INTEGER NOT NULL,
            thread_id INTEGER,
            user_id INTEGER NOT NULL,
            library INTEGER NOT NULL,
            question TEXT NOT NULL,
            since FLOAT NOT NULL,
            checked INTEGER NOT NULL,
            told JSON NOT NULL
        );
        CREATE INDEX ix_watches_chat_id ON watches (chat_id);
        CREATE INDEX ix_watches_library ON watches (library);
    """,
    "0004": """
        ALTER TABLE pieces ADD COLUMN thread_id INTEGER;
    """,
}
"""What each version has done to the schema before; later ones are made by the migrations."""

PARTS, GROUPS, TOPICS = "0002", "0003", "0004"
"""The versions that brought them."""

LONG = "Вчера в Тарне открыли мельницу 🌾. " * 400

RECORDS = {
    "0001": (
        "INSERT INTO updates VALUES (70, 1001, 1.5, 0, NULL)",
        'INSERT INTO updates VALUES (71, 1001, 2.5, 2, \'{"text": "Waiting, {}"}\')',
        f"INSERT INTO updates VALUES (72, NULL, 3.5, 0, '{LONG}')",
        "INSERT INTO people VALUES (1001, 'Ann', 'owner', 1.0)",
        "INSERT INTO people VALUES (1002, 'Bén 🦢', 'allowed', 2.0)",
        "INSERT INTO chats (chat_id, active, since) VALUES (1001, 1, 1.25)",
        "INSERT INTO chats (chat_id, active, since) VALUES (1002, 0, 2.25)",
        "INSERT INTO exchanges (id, chat_id, message_id, kind, begun, told, reply_id, question,"
        " articles, details) VALUES (4, 1001, 11, 'save', 1.0, 1, 12, NULL, '[3]',"
        " '{\"added\": [3]}')",
        "INSERT INTO exchanges (id, chat_id, message_id, kind, begun, told, reply_id, question,"
        " articles, details) VALUES (6, 1001, 13, 'ask', 2.0, 0, NULL, 'Who saw it?', '[]', '{}')",
        'INSERT INTO pieces (id, chat_id, message_id, article_id, start, "end", entities)'
        " VALUES (1, 1001, 11, 3, 0, 38, '[[\"bold\", 4, 9]]')",
        "UPDATE sqlite_sequence SET seq = 9 WHERE name = 'exchanges'",
    ),
    PARTS: (
        "INSERT INTO exchanges (id, chat_id, message_id, kind, part, begun, told, reply_id,"
        " question, articles, details) VALUES (7, 1001, 11, 'save', 1, 3.0, 1, 14, NULL, '[5]',"
        " '{}')",
    ),
    GROUPS: (
        "INSERT INTO chats VALUES (-200, 1, 5.5, 'supergroup', 'The reed cutters', 'reeds', 1,"
        ' \'{"language": "de", "quiet": true}\')',
        "INSERT INTO watches VALUES (3, 1001, NULL, 1001, -200, 'Who cuts the reeds?', 4.5, 17,"
        " '[\"a1b2\"]')",
    ),
    TOPICS: ("INSERT INTO pieces VALUES (2, -200, 21, 8, 5, 50, '[]', 77)",),
}
"""What is stored with each version's columns, beside what the versions before could store."""


def make_store(path: Path, version: str) -> None:
    """Make the bot's database of a version in `SCHEMAS`, with everything in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        for known in (known for known in SCHEMAS if known <= version):
            database.executescript(SCHEMAS[known])
        for known in (known for known in SCHEMAS if known <= version):
            for statement in RECORDS[known]:
                database.execute(statement)
        database.execute("INSERT INTO alembic_version VALUES (?)", [version])
        database.commit()
