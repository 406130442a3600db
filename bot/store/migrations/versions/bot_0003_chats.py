"""Groups and channels: what a chat is called, how it is set, what it has asked to be told of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tell chats apart, which have all been private so far; keep standing questions."""
    for column in (
        sa.Column("kind", sa.Text(), nullable=False, server_default=sa.text("'private'")),
        sa.Column("title", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("username", sa.Text()),
        sa.Column("admitted", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("settings", sa.JSON(), nullable=False, server_default=sa.text("'{}'")),
    ):
        op.add_column("chats", column)
    op.create_table(
        "watches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer()),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("library", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("since", sa.Float(), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_watches"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_watches_chat_id", "watches", ["chat_id"])
    op.create_index("ix_watches_library", "watches", ["library"])
