"""A pytest plugin: a large library is open, and asked again and again, beside the tests.

    CUTTINGS_BESIDE=FOLDER python -m pytest -p benchmarks.beside tests/bot tests/conversations

FOLDER is one that `python -m benchmarks.scale --keep` has left. At the end it tells how often the
library was asked, and the most memory that the process has held.
"""

from __future__ import annotations

import os
import resource
import threading
from pathlib import Path

import numpy as np
import pytest

from index import Archive, IndexSettings

PAUSE = 2.0
"""Seconds between two questions."""
KIBIBYTE = 1024


class Beside:
    """Holds the library open and asks it."""

    def __init__(self, folder: Path) -> None:
        self._archive = Archive(folder, IndexSettings(reader="none"))
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._ask, name="beside")
        self.asked = 0
        self.passages = 0

    def pytest_sessionstart(self) -> None:
        """Open it before the first test."""
        info = self._archive.catalog.library("default")
        index = self._archive._shelves.of(info).current()
        self.passages = len(index)
        self._thread.start()

    def pytest_sessionfinish(self) -> None:
        """Close it after the last test."""
        self._stop.set()
        self._thread.join()
        self._archive.close()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Tell of it."""
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIBIBYTE / 1e6
        terminalreporter.write_line(
            f"beside: a library of {self.passages:,} passages, asked {self.asked} times; "
            f"the process held {most:.0f} MB at most"
        )

    def _ask(self) -> None:
        generator = np.random.default_rng(0)
        while not self._stop.wait(PAUSE):
            info = self._archive.catalog.library("default")
            vector = generator.standard_normal(info.dimension).astype(np.float32)
            found = self._archive._shelves.of(info).current().search(vector, 50)
            assert len(found) == min(50, self.passages)
            self._archive.catalog.keyword_search(info.id, "people said government", 50)
            self.asked += 1


def pytest_configure(config: pytest.Config) -> None:
    """Join in where a folder is named."""
    if folder := os.environ.get("CUTTINGS_BESIDE"):
        config.pluginmanager.register(Beside(Path(folder)), "beside")
