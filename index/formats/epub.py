"""E-books: each chapter is an article, as the table of contents divides them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from index.errors import EmptySourceError
from index.formats.draft import Draft
from index.formats.epub_chapters import Chapter, without_the_rest
from index.formats.epub_contents import Heading, Place, is_without_prose
from index.formats.epub_package import Book, damaged, open_book, read_page
from index.formats.unpacking import Package
from index.formats.walk import Piece, joined, pieces_of
from index.records import Format
from index.settings import IndexSettings

_VAST = 100_000
"""Characters: what is longer is no chapter but a part, and its chapters are the ones below it."""
_LONG = 30_000
_NEARLY_ALL = 0.8
"""A shorter one is a part too if it is nearly all of the book: the book's own title."""
_ABOVE = 3
"""Blocks that may stand above a chapter's first line in its file: a picture's words, a number."""


def read_epub(data: bytes, settings: IndexSettings) -> list[Draft]:
    """Return the chapters of a book; covers, imprints and tables of contents are none.

    Raises EncryptedSourceError for a book with copy protection, DamagedSourceError,
    SourceTooLargeError, or EmptySourceError for one of pictures.
    """
    package = Package(data, settings, parts=True)
    book = open_book(package)
    text = _read_text(package, book, book.without_prose) or _read_text(package, book, frozenset())
    if text is None:
        raise damaged() if not any(map(package.has, book.files)) else _no_words()
    chapters = without_the_rest(
        list(_chapters(text, book.contents)), {heading.title for heading in book.contents}
    )
    if not chapters:
        raise _no_words()
    return [
        Draft(
            text=joined(chapter.pieces),
            title=chapter.title or chapter.first_heading or _part(book, number, len(chapters)),
            author=book.author,
            site=book.title,
            published=book.published,
            language=book.language,
            format=Format.EPUB,
        )
        for number, chapter in enumerate(chapters, 1)
    ]


@dataclass(slots=True)
class _Text:
    """All of a book, and where in it each file and each id begins."""

    pieces: list[Piece] = field(default_factory=list)
    files: dict[str, int] = field(default_factory=dict)
    anchors: dict[Place, int] = field(default_factory=dict)

    def begin_of(self, place: Place) -> int | None:
        """Return the piece at which a place begins, or None where it is not in the text."""
        start = self.files.get(place.path)
        if start is None or not place.fragment:
            return start
        found = self.anchors.get(place, start)
        return start if found - start <= _ABOVE else found


@dataclass(frozen=True, slots=True)
class _Opening:
    begin: int
    end: int
    """Where what it is the heading of ends, all below it included."""
    heading: Heading


def _read_text(package: Package, book: Book, left_out: frozenset[str]) -> _Text | None:
    text = _Text()
    for path in book.files:
        page = None if path in left_out else read_page(package, path)
        if page is None or (left_out and is_without_prose(page)):
            continue
        text.files[path] = len(text.pieces)
        for piece in pieces_of(page):
            for anchor in piece.anchors:
                text.anchors.setdefault(Place(path, anchor), len(text.pieces))
            text.pieces.append(piece)
    return text if text.pieces else None


def _chapters(text: _Text, contents: tuple[Heading, ...]) -> Iterator[Chapter]:
    starts: dict[int, str | None] = {0: None}
    starts.update(_starts(text, contents) or dict.fromkeys(text.files.values()))
    ordered = sorted(starts)
    for begin, end in zip(ordered, [*ordered[1:], len(text.pieces)], strict=True):
        if begin < end:
            yield Chapter(starts[begin], text.pieces[begin:end])


def _starts(text: _Text, contents: tuple[Heading, ...]) -> dict[int, str | None]:
    """Return where chapters begin, and their titles, by the table of contents.

    What has a file of its own is a chapter. Headings within a file are, unless they only divide
    a chapter: then what they belong to is of a chapter's length.
    """
    starts: dict[int, str | None] = {}
    files: set[str] = set()
    above: list[tuple[_Opening, bool]] = []
    total = sum(len(piece.text) for piece in text.pieces)
    vast = min(_VAST, max(_LONG, int(total * _NEARLY_ALL)))
    for opening in _openings(text, contents):
        while above and above[-1][0].heading.depth >= opening.heading.depth:
            above.pop()
        path = opening.heading.place.path
        own_file = path not in files and not (above and above[-1][0].begin == opening.begin)
        files.add(path)
        chapter = own_file or not above or above[-1][1]
        if chapter:
            starts[opening.begin] = opening.heading.title
        length = sum(len(piece.text) for piece in text.pieces[opening.begin : opening.end])
        above.append((opening, chapter and length > vast))
    return starts


def _openings(text: _Text, contents: tuple[Heading, ...]) -> list[_Opening]:
    found = [(text.begin_of(heading.place), heading) for heading in contents]
    begun = [(begin, heading) for begin, heading in found if begin is not None]
    begun.sort(key=lambda pair: pair[0])
    openings = []
    ends: dict[int, int] = {}
    # From the last to the first, `ends` is where the next heading of each depth begins.
    for begin, heading in reversed(begun):
        later = (end for depth, end in ends.items() if depth <= heading.depth)
        openings.append(_Opening(begin, min(later, default=len(text.pieces)), heading))
        ends[heading.depth] = begin
    return openings[::-1]


def _part(book: Book, number: int, parts: int) -> str | None:
    return f"{book.title} (part {number})" if book.title and parts > 1 else book.title


def _no_words() -> EmptySourceError:
    return EmptySourceError(
        "There are no words in this e-book, only pictures.",
        hint="Send it as a PDF, whose pages can be recognised.",
    )
