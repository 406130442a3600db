"""A message can lead to several receipts: an exchange is of one part of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Number the exchanges of a message; so far each kind had one."""
    op.add_column(
        "exchanges", sa.Column("part", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    op.drop_index("uq_exchanges_chat_id_message_id_kind", "exchanges")
    op.create_index(
        "uq_exchanges_chat_id_message_id_kind_part",
        "exchanges",
        ["chat_id", "message_id", "kind", "part"],
        unique=True,
    )
