"""Bytes to articles: plain text, Markdown and saved web pages."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from index.errors import SourceTooLargeError
from index.formats.decode import decode
from index.formats.draft import Draft, finish
from index.records import Article
from index.settings import IndexSettings

__all__ = ["READABLE_SUFFIXES", "read_article", "read_text"]

_PLAIN = frozenset({"", ".txt", ".text"})
_MARKDOWN = frozenset({".md", ".markdown"})
_HTML = frozenset({".html", ".htm", ".xhtml"})

READABLE_SUFFIXES = _PLAIN | _MARKDOWN | _HTML
"""The endings of a file's name, in lower case, that are recognised; "" is none at all."""

_STARTS_LIKE_HTML = re.compile(
    r"\s*(?:<\?xml[^<>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[a-zA-Z!/?]")
_QUERY = re.compile(r"[?#].*", re.DOTALL)


def read_article(data: bytes, name: str, settings: IndexSettings) -> Article:
    """Return the article in the bytes of a document.

    `name` is a file's name, an address, or "" for standard input. Its suffix chooses the format,
    unless the content is evidently another. Raises one of the SourceErrors.
    """
    limit = settings.max_source_bytes
    if len(data) > limit:
        raise too_many_bytes(len(data), limit)
    text = decode(data)
    suffix = _suffix(name)
    if _STARTS_LIKE_HTML.match(text[:10_000]) or (suffix in _HTML and _TAG.search(text)):
        return finish(_read_html(text, name), name, settings)
    if suffix in _MARKDOWN:
        return finish(_read_markdown(text), name, settings)
    return finish(Draft(text), name, settings)


def read_text(text: str, settings: IndexSettings, source: str | None = None) -> Article:
    """Return the article in pasted text, which may also be the source of a page.

    Raises EmptySourceError, SourceTooLargeError, or NoArticleError for a page without an article.
    """
    if _STARTS_LIKE_HTML.match(text[:10_000]):
        return finish(_read_html(text, source or ""), source, settings)
    return finish(Draft(text), source, settings)


def too_many_bytes(size: int, limit: int) -> SourceTooLargeError:
    """Return the error for a document of `size` bytes over a `limit` in bytes."""
    return SourceTooLargeError(
        f"The file is {size:,} bytes, more than the {limit:,} that max_source_bytes allows.",
        hint="Split it into smaller files, or raise max_source_bytes in the settings.",
    )


def _suffix(name: str) -> str:
    path = _QUERY.sub("", name) if "://" in name else name
    return PurePosixPath(path).suffix.lower()


# Each reader brings its parser along, so that only the one that is needed is loaded.
def _read_html(text: str, name: str) -> Draft:
    from index.formats.html import read_html

    return read_html(text, name)


def _read_markdown(text: str) -> Draft:
    from index.formats.markdown import read_markdown

    return read_markdown(text)
