"""Run by Alembic with the connection that the database passes; there is no offline mode."""

from __future__ import annotations

from alembic import context

from index.catalog.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
