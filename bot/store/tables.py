"""The SQL tables of the bot; `migrations/` creates them.

No article's text is among them: what is told of an article are its id and offsets.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Updates that came in. One that is done keeps its row, without its payload, so that it is known
# when Telegram delivers it again. The payload stands last, behind blanks (`Database.apart`).
updates = Table(
    "updates",
    METADATA,
    Column("update_id", Integer, primary_key=True),
    Column("chat_id", Integer),
    Column("received", Float, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("payload", Text),
)

people = Table(
    "people",
    METADATA,
    Column("user_id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("since", Float, nullable=False),
)

# `since` is when `active` changed last: when the bot came to a chat, or had to leave it.
chats = Table(
    "chats",
    METADATA,
    Column("chat_id", Integer, primary_key=True),
    Column("active", Boolean, nullable=False),
    Column("since", Float, nullable=False),
    Column("kind", Text, nullable=False, server_default=text("'private'")),
    Column("title", Text, nullable=False, server_default=text("''")),
    Column("username", Text),
    Column("admitted", Boolean, nullable=False, server_default=text("0")),
    Column("settings", JSON, nullable=False, server_default=text("'{}'")),
)

# A standing question: asked again of each new article of a library, for a chat. `checked` is the
# highest number of an article that it was asked of, `told` what the chat has been told.
watches = Table(
    "watches",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("chat_id", Integer, nullable=False),
    Column("thread_id", Integer),
    Column("user_id", Integer, nullable=False),
    Column("library", Integer, nullable=False),
    Column("question", Text, nullable=False),
    Column("since", Float, nullable=False),
    Column("checked", Integer, nullable=False),
    Column("told", JSON, nullable=False),
    Index("ix_watches_chat_id", "chat_id"),
    Index("ix_watches_library", "library"),
    sqlite_autoincrement=True,
)

# A message of a person's and what the bot made of it: an article saved, a question answered.
# Each link of a message is a part of it with a receipt of its own.
exchanges = Table(
    "exchanges",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("chat_id", Integer, nullable=False),
    Column("message_id", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("part", Integer, nullable=False, server_default=text("0")),
    Column("begun", Float, nullable=False),
    Column("told", Boolean, nullable=False),
    Column("reply_id", Integer),
    Column("question", Text),
    Column("articles", JSON, nullable=False),
    Column("details", JSON, nullable=False),
    Index(
        "uq_exchanges_chat_id_message_id_kind_part",
        "chat_id",
        "message_id",
        "kind",
        "part",
        unique=True,
    ),
    Index("ix_exchanges_chat_id_reply_id", "chat_id", "reply_id"),
    sqlite_autoincrement=True,
)

# Which message holds which part of an article, so that an answer can quote the message.
pieces = Table(
    "pieces",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("chat_id", Integer, nullable=False),
    Column("message_id", Integer, nullable=False),
    Column("article_id", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("entities", JSON, nullable=False),
    Column("thread_id", Integer),
    Index("ix_pieces_chat_id_message_id", "chat_id", "message_id"),
    Index("ix_pieces_chat_id_article_id", "chat_id", "article_id"),
)
