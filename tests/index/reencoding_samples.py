"""Encoders of spaces of their own, and a library that is encoded anew from one to the other."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from library_samples import article, fill, found

from index.archive import Archive
from index.errors import ModelError
from index.growing import Sizes
from index.records import Article
from index.reencoding import AT_ONCE
from index.settings import IndexSettings

DENSE_ONLY = IndexSettings(
    reader="none", keyword_candidates=0, minimum_similarity=-1, shown_passages=1
)
"""What the embeddings find is all that is found: those of another encoder would show."""

MANY = AT_ONCE + 20
"""Articles of one passage each: two batches."""

Told = Callable[[Sequence[str]], None]


class OwnSpace:
    """Words in places that depend on the name: vectors of two names have nothing in common.

    A name that ends in a number, such as `second-48`, has vectors of so many numbers.
    """

    def __init__(self, name: str, told: Told = lambda texts: None) -> None:
        """`told` is told of the passages that are to be encoded."""
        self.identity = name
        number = re.search(r"\d+$", name)
        self.dimension = int(number[0]) if number else 64
        self._words: dict[str, np.ndarray] = {}
        self.passages = 0
        """How many were encoded."""
        self._told = told

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> np.ndarray:
        self._told(texts)
        self.passages += len(texts)
        if progress:
            progress(len(texts))
        return np.array([self.encode_question(text) for text in texts], dtype=np.float32)

    def encode_question(self, question: str) -> np.ndarray:
        vector = np.full(self.dimension, 0.01, dtype=np.float32)
        for word in re.findall(r"\w+", question.lower()):
            vector += self._word(word)
        vector /= np.linalg.norm(vector)
        return vector

    def _word(self, word: str) -> np.ndarray:
        if word not in self._words:
            digest = hashlib.sha256(f"{self.identity} {word}".encode()).digest()
            random = np.random.default_rng(int.from_bytes(digest[:8], "big"))
            self._words[word] = random.normal(size=self.dimension).astype(np.float32)
        return self._words[word]


def known(settings: IndexSettings) -> OwnSpace:
    """The encoder that settings name; one called `lost` cannot be loaded."""
    if settings.encoder.startswith("lost"):
        raise ModelError("It is not on this disk.", "Look for it.")
    return OwnSpace(settings.encoder)


def archive_of(
    data: Path,
    encoder: str | OwnSpace,
    settings: IndexSettings = DENSE_ONLY,
    sizes: Sizes | None = None,
) -> Archive:
    """A data folder with this encoder in its configuration."""
    chosen = OwnSpace(encoder) if isinstance(encoder, str) else encoder
    return Archive(data, settings, encoder=chosen, make_encoder=known, sizes=sizes)


class StoppedError(Exception):
    """What a test stops an encoding with."""


def before_batch(number: int, do: Callable[[], object], name: str = "second-48") -> OwnSpace:
    """An encoder that does something before it encodes one of its batches: 0, 1 ..."""
    batches = iter(range(1000))

    def told(_: Sequence[str]) -> None:
        if next(batches) == number:
            do()

    return OwnSpace(name, told)


def stop() -> None:
    """Stop what is being done."""
    raise StoppedError


def numbered(count: int, first: int = 0) -> list[Article]:
    """Articles that are each about a word of their own, `w` and a number."""
    return [article(f"w{number} x{number} y{number}") for number in range(first, first + count)]


def filled(data: Path, encoder: str, count: int = 8) -> list[int]:
    """A closed data folder with so many articles; their ids."""
    with archive_of(data, encoder) as opened:
        return fill(opened, *numbered(count))


def finds(archive: Archive, numbers: Sequence[int], library: str = "default") -> bool:
    """Whether each of these is found by its word."""
    asked = archive.library(library)
    best = [found(archive, f"w{n} x{n} y{n}", library)[0] for n in numbers]
    return [asked.text(each).split()[0] for each in best] == [f"w{n}" for n in numbers]


def reencode(archive: Archive, *names: str) -> int:
    """Encode libraries anew; how many passages that were."""
    return sum(done.passages for done in archive.reencode(names or ["default"]))


def rows(data: Path) -> tuple[int, int]:
    """How many embeddings there are in the two tables."""
    with closing(sqlite3.connect(data / "cuttings.db")) as database:
        first, second = (
            database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("embeddings", "next_embeddings")
        )
        return first, second


def whole(archive: Archive) -> bool:
    """Whether every library is as it should be."""
    return not any(archive.library(name).check().problems for name in archive.names())


def stopped(data: Path, name: str = "second-48") -> None:
    """Encode one batch anew, and no more."""
    with (
        archive_of(data, before_batch(1, stop, name)) as opened,
        pytest.raises(StoppedError),
    ):
        reencode(opened)
