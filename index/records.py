"""The values that pass between the rooms: frozen, without behaviour of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from index.obstacles import Obstacle


class Format(str, Enum):
    """What an article was read from."""

    TEXT = "text"
    MARKDOWN = "markdown"
    PAGE = "page"
    """A web page, opened or saved."""
    PDF = "pdf"
    WORD = "docx"
    OPENDOCUMENT = "odt"
    RTF = "rtf"
    EPUB = "epub"
    MAIL = "mail"
    PICTURE = "picture"
    """Recognised in a picture (OCR)."""
    SCAN = "scan"
    """Recognised in the pictures of a PDF (OCR)."""


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes that may hold an article, and what is said of them, which need not be true."""

    data: bytes
    name: str = ""
    """A file's name, or "" where there is none."""
    address: str | None = None
    """Where it was fetched from."""
    media_type: str | None = None
    """Such as `text/html`, in lower case and without parameters."""
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read from its source; `text` is what answers are slices of."""

    text: str
    title: str
    author: str | None = None
    site: str | None = None
    published: date | None = None
    source: str | None = None
    """Where it came from: an address or a file's name."""
    added: datetime | None = None
    """When it was first added (UTC), for one that comes out of an export."""
    language: str | None = None
    """ISO 639-1, such as `en`, where it could be told."""
    format: Format | None = None
    pages: tuple[int, ...] = ()
    """Where in `text` the pages 1, 2, 3 ... begin, ascending; an empty page begins with the next.
    Empty where there are no pages."""
    address: str | None = None
    """For an article behind a link: the one form of all addresses that lead to it. A library
    holds one article of an address, the one that was read last."""
    certain: bool = False
    """Whether it is all that is at its address now, so that it replaces a much longer one too."""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article of a library, without its text."""

    id: int
    title: str
    author: str | None
    site: str | None
    published: date | None
    source: str | None
    added: datetime
    """When it was added, in UTC."""
    words: int
    passages: int
    language: str | None = None
    """ISO 639-1."""
    format: Format | None = None
    pages: int = 0
    """How many, in a document that has pages."""
    address: str | None = None
    """As of an Article."""


@dataclass(frozen=True, slots=True)
class Totals:
    """How much a library holds."""

    articles: int
    passages: int
    words: int


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive, code points) of an article's text."""

    start: int
    end: int


class ReceiptStatus(str, Enum):
    ADDED = "added"
    KNOWN = "known"
    """The same text is in the library already; nothing changed."""
    UPDATED = "updated"
    """What was behind the same address has changed; the article replaces the earlier one."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one source: an article added or known, or what is wrong with it."""

    source: str
    status: ReceiptStatus
    article: StoredArticle | None = None
    error: str | None = None
    hint: str | None = None
    obstacle: Obstacle | None = None
    replaced: int | None = None
    """The id of the article that an updated one replaces."""


@dataclass(frozen=True, slots=True)
class FailedSource:
    """A source that holds no article that can be read, and why; it becomes a failed receipt."""

    source: str
    error: str
    hint: str
    obstacle: Obstacle | None = None


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One of the articles that a feed tells of."""

    address: str
    title: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What an RSS or Atom address gives: the latest articles of a site, newest first."""

    address: str
    title: str
    entries: tuple[FeedEntry, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may hold the answer, as the catalog gives it to the reader."""

    passage: int
    article: int
    title: str
    text: str
    start: int
    """Offset of `text` in the article."""


class Outcome(str, Enum):
    ANSWER = "answer"
    PASSAGES = "passages"
    """Relevant passages, but no exact span."""
    NOTHING = "nothing"
    """The articles do not answer the question."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its relevance to the question; offsets are into the article's text."""

    article: int
    title: str
    text: str
    start: int
    end: int
    relevance: float
    """0 to 1."""
    answer_start: int | None = None
    answer_end: int | None = None
    page: int | None = None
    """The page, from 1, on which the answer begins, or else the passage; in a document with
    pages."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an older article says instead of the answer."""

    answer: str
    passage: Hit
    """Its proof."""
    day: date
    """When the article was published, or else added (UTC)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, or the nearest passages, best first."""

    question: str
    outcome: Outcome
    answer: str | None
    confidence: float
    """0 to 1: how likely the words found are right, as measured; of words that were not
    convincing enough where there is no answer."""
    passages: tuple[Hit, ...]
    seconds: dict[str, float] = field(default_factory=dict)
    """By step: encode, search, read, total."""
    earlier: tuple[Earlier, ...] = ()
    """Where articles of different days answer differently, `answer` is the newest's, and these
    are the others', newest first."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Whether a library is whole, and what it was made with."""

    library: str
    articles: int
    passages: int
    vectors: int
    encoder: str
    dimension: int
    reader: str
    bytes: int
    """On disk, of the whole data folder."""
    problems: tuple[str, ...]
    """What is wrong, a sentence each; empty when the library is whole."""
    notes: tuple[str, ...] = ()
    """What had to be put right on opening, a sentence each."""
    versions: dict[str, str] = field(default_factory=dict)
    """Of this package, the schema and the libraries that matter."""
