"""Libraries that several test files look into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from library_samples import fill, plain_archive, real_archive, samples

from index.archive import Archive
from index.settings import IndexSettings


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Holds the samples; no test changes it. Few candidates, for speed."""
    settings = IndexSettings(read_candidates=3)
    with real_archive(tmp_path_factory.mktemp("samples"), settings) as opened:
        fill(opened, *samples())
        yield opened


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Archive]:
    """Empty, and without any model."""
    with plain_archive(tmp_path / "data") as opened:
        yield opened
