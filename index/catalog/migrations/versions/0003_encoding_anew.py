"""What a library needs to be encoded anew while it is asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns of the encoder to come, and the table of its embeddings."""
    op.add_column("libraries", sa.Column("query_prefix", sa.Text(), nullable=True))
    op.add_column(
        "libraries", sa.Column("generation", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("libraries", sa.Column("next_encoder", sa.Text(), nullable=True))
    op.add_column("libraries", sa.Column("next_dimension", sa.Integer(), nullable=True))
    op.create_table(
        "next_embeddings",
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passage_id"],
            ["passages.id"],
            name="fk_next_embeddings_passage_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("passage_id", name="pk_next_embeddings"),
    )


def downgrade() -> None:
    """Drop them; of what is being encoded anew, what is there so far is lost, and nothing else."""
    # The embeddings of odd generations are in the table that goes.
    op.execute("""
        DELETE FROM embeddings WHERE passage_id IN (
            SELECT passages.id FROM passages JOIN libraries ON libraries.id = library_id
            WHERE generation % 2)
    """)
    op.execute("""
        INSERT INTO embeddings (passage_id, vector)
        SELECT passage_id, vector FROM next_embeddings WHERE passage_id IN (
            SELECT passages.id FROM passages JOIN libraries ON libraries.id = library_id
            WHERE generation % 2)
    """)
    op.drop_table("next_embeddings")
    for column in ("next_dimension", "next_encoder", "generation", "query_prefix"):
        op.drop_column("libraries", column)
