"""The sample articles, and encoders that need no model."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from real_models import encoder, reader

from index.archive import Archive
from index.formats import read_article
from index.growing import Sizes
from index.library import Library
from index.records import Article, ReceiptStatus
from index.settings import IndexSettings

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
QUESTIONS: dict[str, Any] = json.loads((SAMPLES / "questions.json").read_text("utf-8"))
WITHOUT_READER = IndexSettings(reader="none")
IN_FILES = Sizes(file_from=1)
"""Small libraries have a file of their vector index, too."""


def samples() -> list[Article]:
    """The articles of `samples/`, by file name."""
    files = sorted(file for file in SAMPLES.iterdir() if file.suffix != ".json")
    return [read_article(file.read_bytes(), file.name, IndexSettings()) for file in files]


def article(words: str, source: str | None = None) -> Article:
    """A short article whose title is not in its text."""
    return Article(text=f"{words} is what this one is about.", title="Title", source=source)


def real_archive(data: Path, settings: IndexSettings | None = None) -> Archive:
    """With the packaged models, loaded already."""
    chosen = settings or IndexSettings()
    return Archive(data, chosen, encoder=encoder(), reader=reader())


def plain_archive(
    data: Path,
    identity: str = "words",
    settings: IndexSettings | None = None,
    sizes: Sizes | None = None,
) -> Archive:
    """Without any model: words are looked for as they are."""
    return Archive(data, settings or WITHOUT_READER, encoder=WordEncoder(identity), sizes=sizes)


class WordEncoder:
    """Counts words in as many drawers as there are numbers: the same words, the same vector."""

    dimension = 64

    def __init__(self, identity: str = "words") -> None:
        self.identity = identity

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> np.ndarray:
        if progress:
            progress(len(texts))
        return np.array([self.encode_question(text) for text in texts], dtype=np.float32)

    def encode_question(self, question: str) -> np.ndarray:
        vector = np.full(self.dimension, 0.01, dtype=np.float32)
        for word in question.lower().split():
            vector[hashlib.sha256(word.encode()).digest()[0] % self.dimension] += 1
        vector /= np.linalg.norm(vector)
        return vector


class RefusingEncoder(WordEncoder):
    """Fails when a passage is to be encoded."""

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> np.ndarray:
        raise AssertionError(f"{len(texts)} passages were encoded again.")


def fill(archive: Archive, *articles: Article, library: str = "default") -> list[int]:
    """Add articles that are new; their ids."""
    receipts = list(archive.library_for_adding(library).add(articles))
    assert [receipt.status for receipt in receipts] == [ReceiptStatus.ADDED] * len(articles)
    return [receipt.article.id for receipt in receipts if receipt.article]


def found(archive: Archive, question: str, library: str = "default") -> list[int]:
    """The articles whose passages are shown for a question, best first."""
    return [hit.article for hit in archive.library(library).ask(question).passages]


def pages_of(library: Library, article: int) -> tuple[int, ...]:
    """Where the pages of an article begin."""
    catalog = library._catalog
    return catalog.page_starts(catalog.library(library.name).id, [article]).get(article, ())


def write(path: Path, *lines: object) -> None:
    """Write a file of JSON Lines; text is taken as it is."""
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n", "utf-8")
