"""The SQL tables, as SQLAlchemy models; `migrations/` creates them.

The keyword table `passage_words` is FTS5's own and lives in `keywords.py`.
"""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import ClassVar

from sqlalchemy import (
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# Constraints have names, so that a later migration can alter them.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, timezone-aware on both sides; SQLite itself keeps no zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment to be stored needs a time zone.")
        return value.astimezone(timezone.utc).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=timezone.utc)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {datetime: UtcDateTime, date: Date, str: Text}


class LibraryRow(Base):
    __tablename__ = "libraries"
    __table_args__ = (UniqueConstraint("name"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    encoder: Mapped[str]
    dimension: Mapped[int]
    created: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=0)
    """Counts the changes of its passages, each in the transaction that makes it."""


class ArticleRow(Base):
    __tablename__ = "articles"
    __table_args__ = (
        UniqueConstraint("library_id", "content_hash"),
        Index(None, "library_id"),
        # Ids are never used again: an answer may name an article that is gone.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    library_id: Mapped[int] = mapped_column(ForeignKey("libraries.id", ondelete="CASCADE"))
    content_hash: Mapped[str] = mapped_column(String(64))
    title: Mapped[str]
    author: Mapped[str | None]
    site: Mapped[str | None]
    source: Mapped[str | None]
    published: Mapped[date | None]
    words: Mapped[int]
    added: Mapped[datetime]
    # Last: SQLite then reads the columns before it without walking through the text.
    text: Mapped[str]


class PassageRow(Base):
    __tablename__ = "passages"
    __table_args__ = (
        UniqueConstraint("article_id", "position"),
        # One index: with two SQLite may take that of the library for the passages of an article.
        Index(None, "library_id", "article_id"),
        # Ids are never used again: the vector index may be a revision behind.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    library_id: Mapped[int] = mapped_column(ForeignKey("libraries.id", ondelete="CASCADE"))
    position: Mapped[int]
    """0, 1, 2 ... within the article."""
    start: Mapped[int]
    end: Mapped[int]


class EmbeddingRow(Base):
    __tablename__ = "embeddings"

    passage_id: Mapped[int] = mapped_column(
        ForeignKey("passages.id", ondelete="CASCADE"), primary_key=True
    )
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    """Little-endian float32, `dimension` of them."""
