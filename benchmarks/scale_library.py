"""A library of any size, made of realistic vectors and texts."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.progress import track

from benchmarks.realistic import Real, Texts, Vectors
from index import DEFAULT_LIBRARY, Archive, Article, IndexSettings, Span
from index.catalog.entries import NewArticle, content_hash
from index.settings import PACKAGED_ENCODER
from index.split import count_words
from index.words import STOP_WORDS

PASSAGES = 20
"""Of an article."""
AT_ONCE = 50
"""Articles stored in one transaction."""
SAMPLED = 2000
MOST_COMMON = 12


class PreparedEncoder:
    """Knows the vectors already: those of the passages come from the made ones, in order.

    They are made of the packaged encoder's, so it says that it is this one.
    """

    identity = PACKAGED_ENCODER

    def __init__(self, real: Real, first: int) -> None:
        self._real = real
        self._next = first
        self.seconds = 0.0
        """What the vectors took, which is not the library's to answer for."""
        self.dimension = real.base.shape[1]
        asked = real.reported_with
        # As the library gives them on: with their white space tidied.
        self._questions = {
            " ".join(text.split()): vector
            for text, vector in zip(asked.texts, asked.vectors, strict=True)
        }

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        begun = perf_counter()
        start = self._next
        self._next += len(texts)
        vectors = self._real.rows(start, self._next)
        self.seconds += perf_counter() - begun
        return vectors

    def encode_question(self, question: str) -> npt.NDArray[np.float32]:
        found: npt.NDArray[np.float32] = self._questions[" ".join(question.split())]
        return found


def open_archive(folder: Path, real: Real, first: int) -> Archive:
    """The archive in a folder, without a reader; what is added gets the vectors from `first` on."""
    return Archive(folder, IndexSettings(reader="none"), encoder=PreparedEncoder(real, first))


def build(
    folder: Path, real: Real, passages: int, console: Console, name: str = DEFAULT_LIBRARY
) -> None:
    """Store so many passages in a new library of a folder."""
    texts = Texts(real.sentences)
    with open_archive(folder, real, 0) as archive:
        info = archive.catalog.create_library(name, PACKAGED_ENCODER, real.base.shape[1])
        step = PASSAGES * AT_ONCE
        for first in track(
            range(0, passages, step), f"{passages:,} passages", console=console, transient=True
        ):
            vectors = real.rows(first, min(first + step, passages))
            archive.catalog.add(
                info.id,
                [
                    _entry(texts, first + start, vectors[start : start + PASSAGES])
                    for start in range(0, len(vectors), PASSAGES)
                ],
            )


def build_many(folder: Path, real: Real, libraries: int, passages: int, console: Console) -> None:
    """Make so many libraries of so many passages each, in a new folder."""
    texts = Texts(real.sentences)
    with open_archive(folder, real, 0) as archive:
        for number in track(
            range(libraries), f"{libraries:,} libraries", console=console, transient=True
        ):
            info = archive.catalog.create_library(
                f"library {number}", PACKAGED_ENCODER, real.base.shape[1]
            )
            first = number * passages
            vectors = real.rows(first, first + passages)
            archive.catalog.add(
                info.id,
                [
                    _entry(texts, first + start, vectors[start : start + PASSAGES])
                    for start in range(0, passages, PASSAGES)
                ],
            )


def _entry(texts: Texts, first: int, vectors: Vectors) -> NewArticle:
    parts = [texts.passage(number) for number in range(first, first + len(vectors))]
    spans, start = [], 0
    for part in parts:
        spans.append(Span(start, start + len(part)))
        start += len(part) + 2
    text = "\n\n".join(parts)
    article = Article(text, f"Report {first // PASSAGES}", source=f"{first // PASSAGES}.txt")
    return NewArticle(article, content_hash(text), count_words(text), spans, vectors)


def further_article(real: Real, number: int) -> Article:
    """An article that no library of `build` has, of about PASSAGES passages."""
    texts = Texts(real.sentences)
    parts = [texts.passage(10**9 + number * PASSAGES + each) for each in range(PASSAGES)]
    return Article("\n\n".join(parts), f"Further report {number}", source=f"further-{number}.txt")


def ordinary_words(real: Real, number: int) -> list[str]:
    """Three-word questions: three words, no stop words, of real questions."""
    found: list[str] = []
    for text in real.reported_with.texts:
        words = [word for word in _words(text) if word not in STOP_WORDS]
        if len(words) >= 3:
            found.append(" ".join(random.Random(len(found)).sample(words, 3)))
    return found[:number]


def common_words(real: Real, number: int) -> tuple[list[str], list[float]]:
    """Three-word questions of the most common words but stop words, and their shares of passages.

    The shares are those of the words asked with, ascending.
    """
    texts = Texts(real.sentences)
    counts: Counter[str] = Counter()
    for each in range(SAMPLED):
        counts.update(set(_words(texts.passage(each))) - STOP_WORDS)
    common = counts.most_common(MOST_COMMON)
    generator = random.Random(2)
    questions = [" ".join(word for word, _ in generator.sample(common, 3)) for _ in range(number)]
    return questions, sorted(count / SAMPLED for _, count in common)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())
