"""The SQL tables, as SQLAlchemy models; `migrations/` creates them."""

from __future__ import annotations

import json
from datetime import date, datetime, timezone
from typing import ClassVar

from sqlalchemy import (
    BigInteger,
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

from index.records import Format

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


class FormatName(TypeDecorator[Format]):
    """A format by its name; one that this version does not know is none."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Format | None, dialect: Dialect) -> str | None:
        return None if value is None else Format(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Format | None:
        return next((known for known in Format if known.value == value), None)


class PageStarts(TypeDecorator[tuple[int, ...]]):
    """Where pages begin, as a list in JSON; NULL where there are none.

    What is damaged comes back as none: an article is answered from without its pages too, and the
    check tells of it.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Dialect) -> str | None:
        return json.dumps(value, separators=(",", ":")) if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[int, ...]:
        try:
            starts = json.loads(value or "[]")
        except ValueError:
            return ()
        whole = isinstance(starts, list) and all(type(start) is int for start in starts)
        return tuple(starts) if whole else ()


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
    query_prefix: Mapped[str | None]
    """What its encoder reads before a question; NULL where it was made before this was noted."""
    generation: Mapped[int] = mapped_column(default=0)
    """Counts how often all of its passages were encoded anew."""
    next_encoder: Mapped[str | None]
    """Identity of the encoder that its passages are just being encoded with anew."""
    next_dimension: Mapped[int | None]


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
    published: Mapped[date | None]
    words: Mapped[int]
    added: Mapped[datetime]
    padding: Mapped[bytes] = mapped_column(LargeBinary)
    """Zeros: what stands behind them is where SQLite never copies it (index/storage/overflow.py).
    So no column may be added behind these without being counted in them."""
    title: Mapped[str]
    author: Mapped[str | None]
    site: Mapped[str | None]
    source: Mapped[str | None]
    address: Mapped[str | None]
    # Last: SQLite then reads the columns before it without walking through the text.
    text: Mapped[str]


class ArticleDetailsRow(Base):
    """More of an article: columns added to `articles` would stand behind its text.

    Articles that were stored before this table have no row. No words of theirs may be here.
    """

    __tablename__ = "article_details"
    __table_args__ = (Index(None, "library_id", "address_key"),)

    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True
    )
    library_id: Mapped[int] = mapped_column(ForeignKey("libraries.id", ondelete="CASCADE"))
    language: Mapped[str | None]
    format: Mapped[Format | None] = mapped_column(FormatName)
    address_key: Mapped[int | None] = mapped_column(BigInteger)
    """As `address_key(article.address)`."""
    pages: Mapped[int]
    """How many: lists of articles need not read where each begins."""
    page_starts: Mapped[tuple[int, ...]] = mapped_column(PageStarts, nullable=True)


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


class NextEmbeddingRow(Base):
    """As `EmbeddingRow`; the two tables take turns, see `embedding_row`."""

    __tablename__ = "next_embeddings"

    passage_id: Mapped[int] = mapped_column(
        ForeignKey("passages.id", ondelete="CASCADE"), primary_key=True
    )
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    """Little-endian float32, `dimension` of them."""


class KeywordSegmentRow(Base):
    """Passages of a library whose postings lie together, see `postings.py`."""

    __tablename__ = "keyword_segments"
    __table_args__ = (Index(None, "library_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The first passage's id, also when that is gone: no other segment ever has it."""
    library_id: Mapped[int] = mapped_column(ForeignKey("libraries.id", ondelete="CASCADE"))
    last: Mapped[int]
    """No passage in it has a higher id."""
    passages: Mapped[int]
    """How many are in it; those without any term are not."""
    terms: Mapped[int]
    """How many terms these have."""


class PostingsRow(Base):
    __tablename__ = "postings"
    __table_args__ = ({"sqlite_with_rowid": False},)

    segment: Mapped[int] = mapped_column(
        ForeignKey("keyword_segments.id", ondelete="CASCADE"), primary_key=True
    )
    term: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    """As `terms_of` has it."""
    data: Mapped[bytes] = mapped_column(LargeBinary)
    """A record of four bytes for each passage with the term, see `postings.py`."""


EmbeddingTable = type[EmbeddingRow] | type[NextEmbeddingRow]


def embedding_row(generation: int) -> EmbeddingTable:
    """Where the embeddings of a library's generation are.

    The next generation's come into the other table one after another, and when all are there the
    two change their parts: that is one number in `libraries`, however many they are.
    """
    return NextEmbeddingRow if generation % 2 else EmbeddingRow
