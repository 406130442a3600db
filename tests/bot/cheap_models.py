"""Models that take no time to load, for tests of what is built around them."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index import Archive, Article, IndexSettings, ModelError

Vectors = npt.NDArray[np.float32]


class CheapEncoder:
    """Texts that share words are close: each word adds to one of a few numbers."""

    identity = "cheap"
    dimension = 48

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Encode one text after another, telling of each."""
        rows = np.empty((len(texts), self.dimension), dtype=np.float32)
        for number, text in enumerate(texts):
            rows[number] = self.encode_question(text)
            if progress:
                progress(1)
        return rows

    def encode_question(self, question: str) -> Vectors:
        """A unit vector."""
        sums = np.ones(self.dimension, dtype=np.float32) / 100
        for word in question.lower().split():
            sums[zlib.crc32(word.strip(".,?!").encode("utf-8", "replace")) % self.dimension] += 1
        unit: Vectors = sums / np.linalg.norm(sums)
        return unit


class HeldEncoder(CheapEncoder):
    """Encodes passages only when it is let go: `held` is set once it waits."""

    def __init__(self) -> None:
        self.held = threading.Event()
        self.go = threading.Event()

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Wait, then encode."""
        self.held.set()
        assert self.go.wait(20), "It was never let go."
        return super().encode_passages(texts, progress)


class MissingEncoder(CheapEncoder):
    """Its model is not there."""

    def encode_question(self, question: str) -> Vectors:
        """Fail."""
        raise ModelError("There is no such model.", "Choose another.")


def cheap_archive(data: Path, encoder: CheapEncoder | None = None, **settings: Any) -> Archive:
    """A data folder whose passages are found, and not read."""
    chosen = IndexSettings(reader="none", **settings)
    return Archive(data, chosen, encoder=encoder or CheapEncoder())


def article(words: str, title: str = "The lamp") -> Article:
    """A short article."""
    return Article(text=f"{words} is what this one is about.", title=title)
