"""The chapters of a book, less what is printed around them (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.formats.walk import Piece

_TINY = 120
"""Characters: a part's title, a dedication."""
_WORD = re.compile(r"\w")
_LONGEST_IMPRINT = 4000
_LISTED_SHARE = 0.7
# An imprint has two of these; an article may well end with one.
_IMPRINT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bISBN\b",
        r"©|\bcopyright\b|\ball rights reserved\b",
        r"\blibrary of congress\b|\bcatalogu?ing\b",
        r"\bfirst published\b|\bpublished by\b|\bprinted in\b|\bedition\b",
    )
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of a book, with its title in the table of contents."""

    title: str | None
    pieces: list[Piece]

    @property
    def first_heading(self) -> str | None:
        """The first heading in the chapter's own text."""
        headings = (piece.text for piece in self.pieces if piece.heading)
        return next(filter(_WORD.search, headings), None)

    @property
    def length(self) -> int:
        """In characters."""
        return sum(len(piece.text) for piece in self.pieces)


def without_the_rest(chapters: list[Chapter], listed: set[str]) -> list[Chapter]:
    """Return the chapters alone, without imprint and lists; all of them where none is left.

    What is too short for a chapter is put above the one that follows: the name of a part. In front
    of the first chapter, where covers and dedications are, it is left out.
    """
    titles = set(map(_plain, listed))
    kept: list[Chapter] = []
    short: list[Piece] = []
    for chapter in chapters:
        if _is_imprint(chapter) or _is_list(chapter, titles):
            continue
        if chapter.length < _TINY:
            short += chapter.pieces if kept else []
            continue
        kept.append(Chapter(chapter.title, [*short, *chapter.pieces]))
        short = []
    if kept and short:
        kept[-1].pieces.extend(short)
    return kept or _as_one(chapters)


def _as_one(chapters: list[Chapter]) -> list[Chapter]:
    pieces = [piece for chapter in chapters for piece in chapter.pieces]
    title = chapters[0].title if len(chapters) == 1 else None
    return [Chapter(title, pieces)] if pieces else []


def _is_imprint(chapter: Chapter) -> bool:
    if chapter.length > _LONGEST_IMPRINT:
        return False
    text = "\n".join(piece.text for piece in chapter.pieces)
    return sum(bool(pattern.search(text)) for pattern in _IMPRINT) > 1


def _is_list(chapter: Chapter, titles: set[str]) -> bool:
    """Tell whether it is the table of contents once more, as a page to read."""
    found = sum(_plain(piece.text) in titles for piece in chapter.pieces)
    return len(chapter.pieces) > 2 and found >= len(chapter.pieces) * _LISTED_SHARE


def _plain(text: str) -> str:
    return " ".join(text.split()).lstrip("- ").casefold()
