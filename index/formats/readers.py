"""The reader of each kind of document that holds one article, loaded when it is needed."""

from __future__ import annotations

import json

from index.errors import BinarySourceError, SourceTooLargeError
from index.formats.binary import READABLE
from index.formats.decode import decode
from index.formats.draft import Draft, Progress
from index.formats.kinds import kind_of_text
from index.formats.signatures import Kind
from index.records import Document, Format
from index.settings import IndexSettings

FORMATS = {
    Kind.TEXT: Format.TEXT,
    Kind.MARKDOWN: Format.MARKDOWN,
    Kind.PAGE: Format.PAGE,
    Kind.SAVED_PAGE: Format.PAGE,
    Kind.PDF: Format.PDF,
    Kind.WORD: Format.WORD,
    Kind.OPENDOCUMENT: Format.OPENDOCUMENT,
    Kind.RTF: Format.RTF,
    Kind.EPUB: Format.EPUB,
    Kind.MAIL: Format.MAIL,
    Kind.PICTURE: Format.PICTURE,
}
"""What an article is said to be read from, by the kind of its document."""

_MARKUP = 3
"""Times as long as an article may be, with its markup, a Markdown file is still parsed."""


def read_single(
    document: Document, kind: Kind, settings: IndexSettings, progress: Progress | None
) -> tuple[Draft, Format]:
    """Return what is read from a document of one article, which is neither mail, book nor archive.

    Raises one of the SourceErrors.
    """
    data = document.data
    if kind is Kind.TEXT:
        return _read_text(decode(data, document.charset), document, settings)
    if kind is Kind.PDF:
        from index.formats.pdf import read_pdf

        return read_pdf(data, settings, progress), FORMATS[kind]
    if kind is Kind.WORD:
        from index.formats.docx import read_docx

        return read_docx(data, settings), FORMATS[kind]
    if kind is Kind.OPENDOCUMENT:
        from index.formats.odt import read_odt

        return read_odt(data, settings), FORMATS[kind]
    if kind is Kind.RTF:
        from index.formats.rtf import read_rtf

        return read_rtf(data, settings), FORMATS[kind]
    if kind is Kind.PICTURE:
        from index.formats.pictures import read_picture

        return read_picture(data, settings, progress), FORMATS[kind]
    if kind is Kind.SAVED_PAGE:
        from index.formats.mail import read_saved_page

        return read_saved_page(data, document.address or document.name), FORMATS[kind]
    raise ValueError(f"A document of the kind {kind.value} may hold several articles.")


def read_page(text: str, name: str) -> Draft:
    """Return the article in the source of a page; raises NoArticleError."""
    from index.formats.html import read_html

    return read_html(text, name)


def _read_text(text: str, document: Document, settings: IndexSettings) -> tuple[Draft, Format]:
    kind = kind_of_text(text, document)
    if kind is Kind.PAGE:
        return read_page(text, document.address or document.name), FORMATS[kind]
    if kind is Kind.TEXT:
        if _is_json(text):
            raise BinarySourceError("This is data for programs, not an article.", hint=READABLE)
        return Draft(text), FORMATS[kind]
    if len(text) > settings.max_article_characters * _MARKUP:
        raise SourceTooLargeError(
            f"The article is {len(text):,} characters long, more than the "
            f"{settings.max_article_characters:,} that max_article_characters allows.",
            hint="Split it into smaller articles, or raise max_article_characters in the settings.",
        )
    from index.formats.markdown import read_markdown

    return read_markdown(text), FORMATS[kind]


def _is_json(text: str) -> bool:
    """Whether a text is JSON, or a line of it for each record."""
    if not text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return False
    first_line = text.strip("\ufeff \t\r\n").partition("\n")[0]
    for part in (first_line, text):
        try:
            return isinstance(json.loads(part), dict | list)
        except (ValueError, RecursionError):
            continue
    return False
