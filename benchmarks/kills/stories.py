"""Made-up stories whose words are in no other, so that every trace of one can be told."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from index import Article
from index.split import lead, split

LETTERS = "bcdfghjklmnpqrtvwxz"
"""No vowels: no stemmer makes one of these words into another."""
MARK = re.compile(rb"q[bcdfghjklmnpqrtvwxz]{9}")
ORDINARY = ["boat", "came", "home", "with", "salt", "from", "harbour", "where", "nobody", "slept"]
SENTENCES = 3, 34
DIMENSION = 128
ENCODERS = "first-words", "second-words"

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, order=True)
class Story:
    """A version of a story: the address is the number's, the words are the version's."""

    number: int
    version: int = 0

    @property
    def title(self) -> str:
        """From which the story can be told."""
        return f"Report {self.number} in version {self.version}"

    @property
    def article(self) -> Article:
        """The same words every time."""
        return Article(
            text=_text(self.number, self.version),
            title=self.title,
            address=f"https://news.example/{self.number}",
        )

    @property
    def words(self) -> frozenset[bytes]:
        """Those that are in no other story."""
        return frozenset(MARK.findall(self.article.text.encode()))

    def questions(self) -> list[str]:
        """Words of each of its passages."""
        text = self.article.text
        parts = (text[span.start : span.end] for span in split(text))
        return [" ".join(w.decode() for w in MARK.findall(part.encode())[:24]) for part in parts]

    def passages(self) -> list[str]:
        """What the encoder is given of it."""
        article = self.article
        parts = (article.text[span.start : span.end] for span in split(article.text))
        return [lead(article.title, part) + part for part in parts]


def story_of(title: str) -> Story | None:
    """The story that has this title."""
    match = re.fullmatch(r"Report (\d+) in version (\d+)", title)
    return Story(int(match[1]), int(match[2])) if match else None


@lru_cache(maxsize=1000)
def _text(number: int, version: int) -> str:
    # A version has about as many words as the others: a much shorter one replaces nothing.
    sentences = random.Random(number).randint(*SENTENCES)
    generator = random.Random(f"{number}.{version}")
    lines = [_sentence(generator) for _ in range(sentences)]
    return "\n\n".join(" ".join(lines[first : first + 3]) for first in range(0, len(lines), 3))


def _sentence(generator: random.Random) -> str:
    words = []
    for _ in range(7):
        words.append("q" + "".join(generator.choices(LETTERS, k=9)))
        words.append(generator.choice(ORDINARY))
    return f"The {' '.join(words)} again."


class WordsEncoder:
    """Adds up the words' signs, drawn by their letters: the same words, the same vector."""

    dimension = DIMENSION

    def __init__(self, identity: str) -> None:
        self.identity = identity

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """A unit vector a text."""
        rows = np.empty((len(texts), self.dimension), dtype=np.float32)
        for place, text in enumerate(texts):
            rows[place] = self.encode_question(text)
            if progress:
                progress(1)
        return rows

    def encode_question(self, question: str) -> Vectors:
        """A unit vector."""
        salt = zlib.crc32(self.identity.encode())
        total = np.full(self.dimension, 0.01, dtype=np.float64)
        for word in MARK.findall(question.encode()):
            seed = zlib.crc32(word, salt) << 96 | zlib.crc32(word[::-1], salt) << 64
            seed |= zlib.crc32(word + b"1", salt) << 32 | zlib.crc32(word + b"2", salt)
            bits = np.unpackbits(np.frombuffer(seed.to_bytes(16, "big"), dtype=np.uint8))
            total += bits * 2.0 - 1
        unit: Vectors = (total / np.linalg.norm(total)).astype(np.float32)
        return unit
