"""Bytes to articles: documents of every kind, told apart by what is in them."""

from __future__ import annotations

from dataclasses import replace

from index.errors import BinarySourceError, EmptySourceError, SourceError, SourceTooLargeError
from index.formats.draft import Draft, Progress, finish
from index.formats.kinds import PICTURE_SUFFIXES, READABLE_SUFFIXES, kind_of, starts_like_html
from index.formats.readers import FORMATS, read_page, read_single
from index.formats.signatures import Kind
from index.formats.unpacking import within
from index.records import Article, Document, FailedSource, Format
from index.settings import IndexSettings

__all__ = [
    "PICTURE_SUFFIXES",
    "READABLE_SUFFIXES",
    "read_article",
    "read_document",
    "read_text",
    "too_many_bytes",
]

_DEEPEST = 2
"""A document in a mail in an archive; what lies deeper is not looked for."""


def read_document(
    document: Document, settings: IndexSettings, progress: Progress | None = None
) -> list[Article | FailedSource]:
    """Return the articles in a document, and what in it could not be read and why; never nothing.

    The bytes tell its kind; its name and media type only where they leave it open. A book holds
    an article in each chapter, an archive in each of its documents.
    """
    return _read_any(document, settings, progress, 0)


def read_article(data: bytes, name: str, settings: IndexSettings) -> Article:
    """Return the article in the bytes of a document that holds only one.

    `name` is a file's name, an address, or "" for standard input. Raises one of the SourceErrors.
    """
    is_address = "://" in name
    document = Document(data, "" if is_address else name, name if is_address else None)
    found = _read(document, settings, None, 0)
    articles = [one for one in found if isinstance(one, Article)]
    if len(articles) == 1:
        return articles[0]
    failed = next((one for one in found if isinstance(one, FailedSource)), None)
    if failed is not None and not articles:
        raise SourceError(failed.error, failed.hint, failed.obstacle)
    raise SourceError(
        f"There are {len(articles)} articles in it, not one.",
        hint="Add it as a document, and each of them will be added.",
    )


def read_text(text: str, settings: IndexSettings, source: str | None = None) -> Article:
    """Return the article in pasted text, which may also be the source of a page.

    Raises EmptySourceError, SourceTooLargeError, or NoArticleError for a page without an article.
    """
    if starts_like_html(text):
        return finish(read_page(text, source or ""), source, settings, Format.PAGE)
    return finish(Draft(text), source, settings, Format.TEXT)


def too_many_bytes(size: int, limit: int) -> SourceTooLargeError:
    """Return the error for a document of `size` bytes over a `limit` in bytes."""
    return SourceTooLargeError(
        f"The file is {size:,} bytes, more than the {limit:,} that max_source_bytes allows.",
        hint="Split it into smaller files, or raise max_source_bytes in the settings.",
    )


def _read_any(
    document: Document, settings: IndexSettings, progress: Progress | None, depth: int
) -> list[Article | FailedSource]:
    try:
        return _read(document, settings, progress, depth)
    except SourceError as error:
        return [FailedSource(_source(document), str(error), error.hint, error.obstacle)]


def _read(
    document: Document, settings: IndexSettings, progress: Progress | None, depth: int
) -> list[Article | FailedSource]:
    limit = settings.max_source_bytes
    if len(document.data) > limit:
        raise too_many_bytes(len(document.data), limit)
    if not document.data:
        raise EmptySourceError(
            "The file is empty.", hint="Send the text of an article, or a file that holds it."
        )
    kind = kind_of(document)
    if kind is Kind.ZIP:
        return _read_archive(document, settings, progress, depth)
    if kind is Kind.EPUB:
        return _read_book(document, settings)
    if kind is Kind.MAIL:
        return _read_mail(document, settings, progress, depth)
    draft, read_as = read_single(document, kind, settings, progress)
    source = _source(document)
    if kind is Kind.SAVED_PAGE:
        source = document.address or draft.canonical or source
    return [_placed(finish(draft, source, settings, read_as), draft, document)]


def _placed(article: Article, draft: Draft, document: Document) -> Article:
    """Return the article of a fetched document with the one address that stands for it."""
    # Only of what was fetched: any file may claim to be a page of some site.
    if document.address is None:
        return article
    from index.addresses import address_key, believable_canonical, clean_address

    own = believable_canonical(draft.canonical, document.address)
    source = own or clean_address(document.address)
    return replace(article, source=source, address=address_key(source))


def _read_archive(
    document: Document, settings: IndexSettings, progress: Progress | None, depth: int
) -> list[Article | FailedSource]:
    from index.formats.zipped import read_zip

    if depth:
        raise BinarySourceError(
            "This is an archive within another document, and is not opened.",
            hint="Unpack it, and send the documents in it, or a .zip of them.",
        )

    def read_inside(inside: Document, told: Progress) -> list[Article | FailedSource]:
        return _read_any(inside, settings, told, depth + 1)

    return read_zip(document.data, _source(document), settings, read_inside, progress)


def _read_book(document: Document, settings: IndexSettings) -> list[Article | FailedSource]:
    from index.formats.epub import read_epub

    source = _source(document)
    found: list[Article | FailedSource] = []
    for draft in read_epub(document.data, settings):
        try:
            found.append(finish(draft, source, settings, FORMATS[Kind.EPUB]))
        except SourceError as error:
            said = f"{draft.title}: {error}" if draft.title else str(error)
            found.append(FailedSource(source, said, error.hint, error.obstacle))
    return found


def _read_mail(
    document: Document, settings: IndexSettings, progress: Progress | None, depth: int
) -> list[Article | FailedSource]:
    """Return the article in a mail's text, or in the one document of a mail without words."""
    from index.formats.mail import open_mail

    mail = open_mail(document.data)
    try:
        article = finish(mail.draft, _source(document), settings, FORMATS[Kind.MAIL])
        return [_placed(article, mail.draft, document)]
    except EmptySourceError:
        attachment = _only_document(mail.attachments)
        if attachment is None or depth == _DEEPEST:
            raise
    named = replace(attachment, name=within(document.name, attachment.name))
    return _read_any(named, settings, progress, depth + 1)


def _only_document(attachments: tuple[Document, ...]) -> Document | None:
    """Return the one document among attachments, or else the one picture."""
    documents: list[Document] = []
    pictures: list[Document] = []
    for attachment in attachments:
        try:
            kind = kind_of(attachment)
        except SourceError:
            continue
        (pictures if kind is Kind.PICTURE else documents).append(attachment)
    return next((found[0] for found in (documents, pictures) if len(found) == 1), None)


def _source(document: Document) -> str:
    return document.address or document.name
