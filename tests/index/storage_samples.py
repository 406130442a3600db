"""Articles for the storage tests, split and "encoded" without any model."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from index.catalog.catalog import Catalog
from index.catalog.entries import NewArticle, content_hash
from index.records import Article, Span
from index.split import count_words

DIMENSION = 8


def new_article(
    *passages: str, title: str = "A title", dimension: int = DIMENSION, **fields: str
) -> NewArticle:
    """An article of these passages, each a line; its embeddings depend on their text alone."""
    text = "\n".join(passages)
    spans, offset = [], 0
    for passage in passages:
        spans.append(Span(offset, offset + len(passage)))
        offset += len(passage) + 1
    return NewArticle(
        article=Article(text=text, title=title, **fields),  # type: ignore[arg-type]
        content_hash=content_hash(text),
        words=count_words(text),
        spans=spans,
        embeddings=embed(passages, dimension),
    )


def embed(passages: Sequence[str], dimension: int = DIMENSION) -> np.ndarray:
    """Vectors [n, dimension], not of length 1."""
    seeds = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") for text in passages]
    rows = [np.random.default_rng(seed).normal(size=dimension) * 3 for seed in seeds]
    return np.array(rows, dtype=np.float32).reshape(len(passages), dimension)


def numbered(count: int, prefix: str = "story") -> list[NewArticle]:
    """Articles of two passages each, all different."""
    return [
        new_article(f"{prefix} {n} begins here.", f"{prefix} {n} ends there.") for n in range(count)
    ]


def library_id(catalog: Catalog, name: str = "main") -> int:
    """The id of the library of this name, made when missing."""
    return catalog.create_library(name, "test-encoder", DIMENSION).id


def damage_table(path: Path, table: str) -> None:
    """Overwrite the first page of a table."""
    with closing(sqlite3.connect(path)) as database:
        (page,) = database.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", [table]
        ).fetchone()
        (size,) = database.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : (page - 1) * size + 16] = b"\xff" * 16
    path.write_bytes(content)


@contextmanager
def python(script: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A script in another process, its input and output as pipes; killed at the end."""
    with subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()
