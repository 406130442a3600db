"""What kind of document bytes are: by what is in them, and only then by what they are called."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from index.errors import BinarySourceError, NoArticleError
from index.formats.archives import kind_of_zip, refuse_old_office
from index.formats.binary import READABLE, refuse_known_formats
from index.formats.signatures import Kind, signature_of
from index.obstacles import Obstacle
from index.records import Document

_PLAIN = frozenset({"", ".txt", ".text"})
_MARKDOWN = frozenset({".md", ".markdown"})
_HTML = frozenset({".html", ".htm", ".xhtml"})
_SAVED_PAGES = frozenset({".mht", ".mhtml"})
_MAIL = frozenset({".eml"})
_OTHERS = frozenset({".pdf", ".docx", ".odt", ".rtf", ".epub", ".zip"})

READABLE_SUFFIXES = _PLAIN | _MARKDOWN | _HTML | _SAVED_PAGES | _MAIL | _OTHERS
"""The endings of a document's name, in lower case, that are recognised; "" is none at all."""

PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff"})
"""The endings of a picture's name, in lower case. In a folder they are hardly ever articles."""

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_MARKDOWN_TYPES = frozenset({"text/markdown", "text/x-markdown"})
_MAIL_TYPES = frozenset({"message/rfc822"})
_SAVED_PAGE_TYPES = frozenset({"multipart/related", "application/x-mimearchive"})

_DECLARATION = r"\s*(?:<\?xml[^<>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*"
_STARTS_LIKE_HTML = re.compile(
    _DECLARATION + r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_FEED = re.compile(_DECLARATION + r"<(?:rss|feed|rdf:RDF|opml)\b", re.DOTALL)
_OTHER_XML = (
    (
        re.compile(_DECLARATION + r"(?:<!DOCTYPE svg[^<>]*>\s*)?<svg\b", re.DOTALL),
        "a drawing (SVG)",
    ),
    (re.compile(_DECLARATION + r"<FictionBook\b", re.DOTALL), "a FictionBook"),
    (re.compile(_DECLARATION + r"<office:document\b", re.DOTALL), "a flat OpenDocument file"),
)
_START = 10_000
_TAG = re.compile(r"<[a-zA-Z!/?]")
_QUERY = re.compile(r"[?#].*", re.DOTALL)

_HEAD = 32_768
_FIELD = re.compile(rb"([!-9;-~]{1,70}):[ \t]*(.*)")
_MAIL_FIELDS = frozenset(
    {b"from", b"to", b"subject", b"date", b"received", b"mime-version", b"content-type"}
)
_ON_ITS_WAY = frozenset(
    {b"message-id", b"received", b"return-path", b"delivered-to", b"dkim-signature"}
)
_PDF_WITHIN = 1024


def kind_of(document: Document) -> Kind:
    """Return the kind of a document; `Kind.TEXT` for all text, which `kind_of_text` tells apart.

    Raises BinarySourceError for a kind that is not read, EncryptedSourceError, or
    DamagedSourceError for an archive that cannot be opened.
    """
    data = document.data
    found = signature_of(data)
    if found is not None and found.kind is not None:
        return kind_of_zip(data) if found.kind is Kind.ZIP else found.kind
    if found is not None and found.name.startswith("an old Microsoft Office"):
        refuse_old_office(data)
    refuse_known_formats(data)
    # Some programs write a few bytes of their own above it.
    if b"%PDF-" in data[:_PDF_WITHIN] and b"\x00" in data:
        return Kind.PDF
    return _kind_of_mail(document) or Kind.TEXT


def kind_of_text(text: str, document: Document) -> Kind:
    """Return the kind of a document that is text: TEXT, MARKDOWN or PAGE.

    Raises BinarySourceError for other kinds written as text, NoArticleError for a feed.
    """
    start = text[:_START]
    if starts_like_html(text):
        return Kind.PAGE
    if _FEED.match(start):
        raise NoArticleError(
            "This is a feed: a list of articles.",
            hint="Send the link of an article in it, or of the feed itself.",
            obstacle=Obstacle.LIST,
        )
    for pattern, name in _OTHER_XML:
        if pattern.match(start):
            raise BinarySourceError(f"This is {name}, which is not read.", hint=READABLE)
    suffix, media_type = suffix_of(document), document.media_type or ""
    if (suffix in _HTML or media_type in _HTML_TYPES) and _TAG.search(text):
        return Kind.PAGE
    if suffix in _MARKDOWN or media_type in _MARKDOWN_TYPES:
        return Kind.MARKDOWN
    return Kind.TEXT


def starts_like_html(text: str) -> bool:
    """Tell whether a text is the source of a page, whatever it is called."""
    return bool(_STARTS_LIKE_HTML.match(text[:_START]))


def suffix_of(document: Document) -> str:
    """Return the ending of a document's name, or of its address, in lower case."""
    path = document.name or _QUERY.sub("", document.address or "")
    return PurePosixPath(path).suffix.lower()


def _kind_of_mail(document: Document) -> Kind | None:
    """Return MAIL or SAVED_PAGE where the bytes begin with the fields of one, else None."""
    fields = _fields(document.data)
    if _MAIL_FIELDS.isdisjoint(fields):
        return None
    suffix, media_type = suffix_of(document), document.media_type or ""
    in_parts = fields.get(b"content-type", b"").lower().startswith(b"multipart/related")
    sent = not _ON_ITS_WAY.isdisjoint(fields)
    if b"snapshot-content-location" in fields or (in_parts and not sent):
        return Kind.SAVED_PAGE
    if b"mime-version" in fields and (suffix in _SAVED_PAGES or media_type in _SAVED_PAGE_TYPES):
        return Kind.SAVED_PAGE
    if suffix in _MAIL or media_type in _MAIL_TYPES:
        return Kind.MAIL
    if b"from" in fields and (sent or b"mime-version" in fields):
        return Kind.MAIL
    return None


def _fields(data: bytes) -> dict[bytes, bytes]:
    """Return the fields of a mail's head, names in lower case; none where the bytes are no mail."""
    fields: dict[bytes, bytes] = {}
    lines = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").splitlines()
    for number, line in enumerate(lines):
        if number == 0 and line.startswith(b"From "):  # as mailboxes have it
            continue
        if line[:1] in {b" ", b"\t"} and fields:
            continue
        match = _FIELD.match(line)
        if match is None:
            return {} if line else fields
        fields.setdefault(match[1].lower(), match[2])
    return fields
