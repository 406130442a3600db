"""Texts where SQLite never copies them, and addresses where they are looked up by a number."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from index.catalog.entries import address_key
from index.storage.overflow import padding, page_bytes

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COPY = """
    INSERT INTO new_articles
    SELECT id, library_id, content_hash, published, words, added,
        zeroblob(padding(behind, :page)),
        title, author, site, source, address, text
    FROM (
        SELECT articles.*, address, length(CAST(title AS BLOB))
            + coalesce(length(CAST(author AS BLOB)), 0) + coalesce(length(CAST(site AS BLOB)), 0)
            + coalesce(length(CAST(source AS BLOB)), 0)
            + coalesce(length(CAST(address AS BLOB)), 0) + length(CAST(text AS BLOB)) AS behind
        FROM articles LEFT JOIN article_details ON article_details.article_id = articles.id
    )
    ORDER BY id
"""


def upgrade() -> None:
    """Make both tables anew, the texts behind zeros that fill the cells of their rows."""
    driver: Any = op.get_bind().connection.driver_connection
    driver.create_function("address_key", 1, address_key)
    driver.create_function("padding", 2, padding)
    _create_articles(
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("added", sa.DateTime(), nullable=False),
        sa.Column("padding", sa.LargeBinary(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("site", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.execute(sa.text(COPY).bindparams(page=page_bytes(op.get_bind())))
    _create_details(sa.Column("address_key", sa.BigInteger(), nullable=True))
    op.execute(
        "INSERT INTO new_article_details SELECT article_id, library_id, language, format,"
        " CASE WHEN address <> '' THEN address_key(address) END, pages, page_starts"
        " FROM article_details ORDER BY article_id"
    )
    _take_the_place_of_the_old("address_key")


def downgrade() -> None:
    """Put all of it back as it was."""
    _create_articles(
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("site", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("added", sa.DateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.execute(
        "INSERT INTO new_articles SELECT id, library_id, content_hash, title, author, site, source,"
        " published, words, added, text FROM articles ORDER BY id"
    )
    _create_details(sa.Column("address", sa.Text(), nullable=True))
    op.execute(
        "INSERT INTO new_article_details SELECT article_id, article_details.library_id, language,"
        " format, address, pages, page_starts"
        " FROM article_details JOIN articles ON articles.id = article_id ORDER BY article_id"
    )
    _take_the_place_of_the_old("address")


def _create_articles(*columns: sa.Column[object]) -> None:
    op.create_table(
        "new_articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("library_id", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["library_id"], ["libraries.id"], name="fk_articles_library_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint(
            "library_id", "content_hash", name="uq_articles_library_id_content_hash"
        ),
        sqlite_autoincrement=True,
    )


def _create_details(address: sa.Column[object]) -> None:
    op.create_table(
        "new_article_details",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("library_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("format", sa.Text(), nullable=True),
        address,
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("page_starts", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name="fk_article_details_article_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["library_id"],
            ["libraries.id"],
            name="fk_article_details_library_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_details"),
    )


def _take_the_place_of_the_old(address: str) -> None:
    connection = op.get_bind()
    # With them, dropping the old articles would delete their passages.
    if connection.scalar(sa.text("PRAGMA foreign_keys")):
        raise RuntimeError("Foreign keys must be off while the tables are made anew.")
    last = connection.scalar(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'articles'"))
    for table in ("article_details", "articles"):
        op.drop_table(table)
        op.rename_table(f"new_{table}", table)
    op.create_index("ix_articles_library_id", "articles", ["library_id"])
    op.create_index(
        f"ix_article_details_library_id_{address}", "article_details", ["library_id", address]
    )
    # No id is given a second time, the highest that was deleted least of all.
    op.execute("DELETE FROM sqlite_sequence WHERE name IN ('articles', 'new_articles')")
    if last is not None:
        op.execute(
            sa.text("INSERT INTO sqlite_sequence VALUES ('articles', :last)").bindparams(last=last)
        )
