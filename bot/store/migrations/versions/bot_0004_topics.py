"""In which topic of a forum a message is that holds an article."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """So far no message was in one."""
    op.add_column("pieces", sa.Column("thread_id", sa.Integer()))
