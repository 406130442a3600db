"""Pending updates where SQLite never copies them; the file is written anew after it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from index import Database

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Put blanks before each payload."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text("SELECT update_id, payload FROM updates WHERE payload IS NOT NULL")
    ).all()
    for number, payload in rows:
        connection.execute(
            sa.text("UPDATE updates SET payload = :payload WHERE update_id = :number"),
            {"payload": Database.apart(connection, payload), "number": number},
        )


def downgrade() -> None:
    """Take them away."""
    op.execute("UPDATE updates SET payload = trim(payload)")
