"""Which schema of the catalog this version knows."""

from __future__ import annotations

from pathlib import Path

from index.storage.migrations import Migrations

SCHEMA = Migrations(Path(__file__).parent / "migrations", head="0005")
