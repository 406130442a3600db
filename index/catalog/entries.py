"""What goes into the catalog and what it tells of it, beyond the records of the package."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from index.records import Article, Span, StoredArticle


@dataclass(frozen=True, slots=True)
class LibraryInfo:
    """A library of the catalog."""

    id: int
    name: str
    encoder: str
    """Identity of the encoder that made its embeddings."""
    dimension: int
    created: datetime
    """In UTC."""
    revision: int
    """Rises with each change of its passages."""
    query_prefix: str | None = None
    """What its encoder reads before a question; None where that is not known."""
    generation: int = 0
    """Rises when all of its passages are encoded anew: their vectors are others then."""
    next_encoder: str | None = None
    """Identity of the encoder that its passages are just being encoded with anew; empty while
    embeddings that are of no use any more are being deleted."""
    next_dimension: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class NewArticle:
    """An article ready to be stored: read, split and encoded."""

    article: Article
    content_hash: str
    """As `content_hash(article.text)`."""
    words: int
    """As `count_words(article.text)`."""
    spans: Sequence[Span]
    """Its passages, in order, as offsets into `article.text`."""
    embeddings: npt.NDArray[np.float32]
    """[passages, dimension], row by row those of `spans`."""


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage's id, and its offsets in the article's text."""

    id: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one new article."""

    article: StoredArticle
    new: bool
    """False when the library held the same text already, or a better one of the same address;
    nothing was written then."""
    passage_ids: tuple[int, ...]
    """Ids of its passages, in order; empty unless `new`."""
    replaced: int | None = None
    """Id of the article of the same address that it was stored in the place of."""
    removed_passages: tuple[int, ...] = ()
    """Ids of the passages that went with that one."""


def pages_fit(starts: Sequence[int], length: int) -> bool:
    """Whether pages can begin there, in a text of so many characters."""
    bounds = [0, *starts, length]
    return all(one <= next_one for one, next_one in pairwise(bounds))


def address_key(address: str) -> int:
    """What an address is looked up by: 64 bits that say nothing of its words."""
    digest = hashlib.blake2b(address.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def content_hash(text: str) -> str:
    """SHA-256 of the text, white space aside: 64 hexadecimal digits.

    The same article pasted twice is one, however its lines were broken.
    """
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
