"""An empty catalog for each test of the keyword tables."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.catalog.catalog import Catalog


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without anything in it."""
    path = tmp_path_factory.mktemp("empty") / "cuttings.db"
    Catalog(path).close()
    return path


@pytest.fixture
def catalog(empty: Path, tmp_path: Path) -> Catalog:
    """An empty catalog."""
    shutil.copy(empty, tmp_path)
    return Catalog(tmp_path / empty.name)
