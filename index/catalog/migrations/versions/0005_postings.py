"""Postings of numbered terms in the place of FTS5's keyword table."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from index.catalog.passage_texts import PassageText
from index.catalog.postings import index_passages

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the postings from the texts, a library after another, and drop FTS5's table."""
    op.create_table(
        "keyword_segments",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("library_id", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("terms", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["library_id"],
            ["libraries.id"],
            name="fk_keyword_segments_library_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_keyword_segments"),
    )
    op.create_index("ix_keyword_segments_library_id", "keyword_segments", ["library_id"])
    op.create_table(
        "postings",
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.Column("term", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segment"], ["keyword_segments.id"], name="fk_postings_segment", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("segment", "term", name="pk_postings"),
        sqlite_with_rowid=False,
    )
    for library in _libraries():
        # By the code that reads them: nothing but this is lost where that changes.
        index_passages(op.get_bind(), library, _passages(library))
    op.execute("DROP TABLE passage_words")


def downgrade() -> None:
    """Make FTS5's table from the texts, and drop the postings."""
    op.execute(
        "CREATE VIRTUAL TABLE passage_words USING fts5("
        "library, title, body, tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    for library in _libraries():
        for passage in _passages(library):
            op.get_bind().exec_driver_sql(
                "INSERT INTO passage_words (rowid, library, title, body) VALUES (?, ?, ?, ?)",
                (passage.id, f"lib{library}", passage.title, passage.body),
            )
    op.drop_table("postings")
    op.drop_table("keyword_segments")


def _libraries() -> list[int]:
    return list(op.get_bind().scalars(sa.text("SELECT id FROM libraries ORDER BY id")))


def _passages(library: int) -> Iterator[PassageText]:
    """A library's passages, one article's text in memory at a time."""
    connection = op.get_bind()
    articles = connection.exec_driver_sql(
        "SELECT id FROM articles WHERE library_id = ? ORDER BY id", (library,)
    ).fetchall()
    for (article,) in articles:
        title, text = connection.exec_driver_sql(
            "SELECT title, text FROM articles WHERE id = ?", (article,)
        ).one()
        for passage, start, end in connection.exec_driver_sql(
            'SELECT id, start, "end" FROM passages WHERE article_id = ? ORDER BY position',
            (article,),
        ).fetchall():
            yield PassageText(passage, title, text[start:end])
