"""Vectors and texts like real ones, as many as wanted.

Each vector is a real embedding plus `STRENGTH` times the difference of another real embedding to
one of its own nearest neighbours, brought back to length 1. What is added has the directions and
lengths by which real neighbours differ, so the cloud stays as dense and as uneven as the real one;
`resemblance` shows that.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks import squad
from benchmarks.articles import read_jsonl
from index import IndexSettings
from index.encoder import SentenceEncoder
from index.sentences import paragraphs, sentences
from index.split import lead, split

Vectors = npt.NDArray[np.float32]

STRENGTH = 0.6
NEIGHBOURS = 8
BLOCK = 10_000
SHORTEST = 6
"""Words; a shorter sentence is a heading or a fragment."""
WORDS = 120
"""Of a made-up passage; a real one has 120 to 200."""
RARE_WORDS = 2
"""Made-up ones in each passage: real sentences used again and again have no new words."""
VOCABULARY = 2_000_000
COMMON_QUESTIONS = 60


@dataclass(frozen=True, slots=True)
class Questions:
    """Real questions with their vectors [n, dimension]."""

    texts: list[str]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Real:
    """Real embeddings, of which any number can be made."""

    base: Vectors
    """[n, dimension]: passages first, then sentences."""
    neighbours: npt.NDArray[np.int64]
    """[n, NEIGHBOURS]: of each its nearest others."""
    sentences: list[str]
    chosen_with: Questions
    """For choosing constants; never reported."""
    reported_with: Questions

    def rows(self, start: int, stop: int) -> Vectors:
        """The made vectors from `start` to `stop`, always the same: float32 [n, dimension]."""
        found = []
        for block in range(start // BLOCK, (stop - 1) // BLOCK + 1):
            first = block * BLOCK
            rows = self._block(block)
            found.append(rows[max(start - first, 0) : stop - first])
        return np.concatenate(found)

    def _block(self, block: int) -> Vectors:
        generator = np.random.default_rng([7, block])
        around, other = generator.integers(0, len(self.base), (2, BLOCK))
        near = self.neighbours[other, generator.integers(0, NEIGHBOURS, BLOCK)]
        moved = self.base[around] + STRENGTH * (self.base[other] - self.base[near])
        unit: Vectors = moved / np.linalg.norm(moved, axis=1, keepdims=True)
        return unit


def load(data: Path, cache: Path) -> Real:
    """Encode the passages, sentences and questions of `data`, or take them from `cache`."""
    articles = [(each.title, each.text) for each in read_jsonl(data / "wikinews.jsonl")]
    file = data / "squad-dev-a.json"
    articles += [(each.title, each.text) for each in squad.load(file, slice(None))[0]]
    found = [
        text[sentence.start : sentence.end]
        for _, text in articles
        for part in paragraphs(text)
        for sentence in sentences(text, part)
    ]
    kept = [each for each in dict.fromkeys(found) if len(each.split()) >= SHORTEST]
    foreign = (data / "foreign-questions.txt").read_text().split("\n")
    shuffled = random.Random(1)
    asked = [
        shuffled.sample([each.text for each in squad.load(file, part)[1]], number) + lines
        for part, number, lines in (
            (slice(0, 8), 400, foreign[:100]),
            (slice(8, None), 700, foreign[100:400]),
        )
    ]
    stored = cache / "embeddings.npz"
    if not stored.exists():
        encoder = SentenceEncoder(IndexSettings())
        passages = [
            lead(title, text[span.start : span.end]) + text[span.start : span.end]
            for title, text in articles
            for span in split(text)
        ]
        titled = [
            lead(title, sentence) + sentence
            for title, text in articles
            for sentence in _sentences(text)
        ]
        base = encoder.encode_passages(list(dict.fromkeys(passages + titled)))
        vectors = [np.stack([encoder.encode_question(each) for each in part]) for part in asked]
        cache.mkdir(parents=True, exist_ok=True)
        np.savez(stored, base=base, chosen=vectors[0], reported=vectors[1])
    with np.load(stored) as arrays:
        base, chosen, reported = arrays["base"], arrays["chosen"], arrays["reported"]
    return Real(
        base,
        nearest(base, base, NEIGHBOURS + 1)[1][:, 1:],
        kept,
        Questions(asked[0], chosen),
        Questions(asked[1], reported),
    )


def _sentences(text: str) -> Iterator[str]:
    for part in paragraphs(text):
        for sentence in sentences(text, part):
            found = text[sentence.start : sentence.end]
            if len(found.split()) >= SHORTEST:
                yield found


def nearest(vectors: Vectors, questions: Vectors, k: int) -> tuple[Vectors, npt.NDArray[np.int64]]:
    """Exact search: similarities and positions, [questions, k] each, best first."""
    import faiss

    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    similarities, found = index.search(questions, k)
    return similarities, found


def resemblance(real: Real) -> list[tuple[str, str, list[float]]]:
    """Of real and of as many made vectors: similarities at rank 1, 5, 10 and 50.

    For questions, and for vectors of the cloud itself (their own left out); at each rank the 10th,
    50th and 90th percentile.
    """
    made = real.rows(0, len(real.base))
    chosen = np.random.default_rng(5).choice(len(real.base), 2000, replace=False)
    rows = []
    for name, vectors in (("real", real.base), ("made", made)):
        asked = nearest(vectors, real.reported_with.vectors, 50)[0]
        own = nearest(vectors, vectors[chosen], 51)[0][:, 1:]
        for what, found in (("questions", asked), ("one another", own)):
            ranks = [found[:, rank - 1] for rank in (1, 5, 10, 50)]
            values = [float(v) for r in ranks for v in np.percentile(r, (10, 50, 90))]
            rows.append((name, what, values))
    return rows


class Texts:
    """Passages of real sentences in any order, with rare words of their own, always the same."""

    def __init__(self, found: Sequence[str]) -> None:
        self._sentences = found
        self._lengths = [len(each.split()) for each in found]

    def passage(self, number: int) -> str:
        """The passage of this number."""
        generator = random.Random(number)
        parts: list[str] = []
        words = 0
        while words < WORDS:
            place = generator.randrange(len(self._sentences))
            parts.append(self._sentences[place])
            words += self._lengths[place]
        # As in a real language, the n-th most frequent one comes 1/n as often as the first.
        rare = (int(VOCABULARY ** generator.random()) for _ in range(RARE_WORDS))
        parts.append(" ".join(f"Zq{each:x}" for each in rare) + ".")
        return " ".join(parts)
