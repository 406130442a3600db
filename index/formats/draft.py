"""What a format reads out of a document, and how it becomes an Article."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from index.errors import EmptySourceError, SourceTooLargeError
from index.formats.language import language_of
from index.formats.normalise import normalise
from index.formats.titles import stated_title, title_from_text
from index.records import Article, Format
from index.settings import IndexSettings

Progress = Callable[[int, int], None]
"""Told how many pages are recognised, of how many; only where that takes time."""

_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Draft:
    """A document's text and what it states about itself, as found."""

    text: str
    title: str | None = None
    author: str | None = None
    site: str | None = None
    published: date | None = None
    format: Format | None = None
    language: str | None = None
    """As the document states it, in any of the usual forms; without it the text tells."""
    pages: tuple[int, ...] = ()
    """As of an Article. The text must be normalised already where there are any."""
    canonical: str | None = None
    """The address that a page gives as its own."""


def finish(
    draft: Draft, source: str | None, settings: IndexSettings, read_as: Format | None = None
) -> Article:
    """Return the article of a draft; `read_as` where the draft does not say its format.

    Raises EmptySourceError without a single word, SourceTooLargeError over the limit.
    """
    text = normalise(draft.text)
    if not _WORD.search(text):
        raise EmptySourceError(
            "There are no words in it.",
            hint="Send the text of an article, or a file that holds it.",
        )
    limit = settings.max_article_characters
    if len(text) > limit:
        raise SourceTooLargeError(
            f"The article is {len(text):,} characters long, more than the {limit:,} "
            "that max_article_characters allows.",
            hint="Split it into smaller articles, or raise max_article_characters in the settings.",
        )
    if draft.pages and text != draft.text:
        raise ValueError("The text of a draft with pages must be normalised.")
    return Article(
        text=text,
        title=stated_title(normalise(draft.title or "")) or title_from_text(text),
        author=_line(draft.author),
        site=_line(draft.site),
        published=draft.published,
        source=normalise(source or "") or None,  # a file's name may hold bytes that are no text
        language=language_of(text, draft.language),
        format=draft.format or read_as,
        pages=draft.pages,
    )


def _line(value: str | None) -> str | None:
    return " ".join(normalise(value or "").split()) or None
