"""Mails as they are saved (.eml), and web pages saved in one file like a mail (.mht)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from email.utils import parseaddr, parsedate_to_datetime

from index.errors import DamagedSourceError, EncryptedSourceError, SourceError
from index.formats.draft import Draft
from index.formats.mail_parts import Message, Part, open_message
from index.formats.mail_quotes import quoted_elements, unflowed, written
from index.formats.markup import parse_page
from index.formats.unpacking import clean_name
from index.formats.walk import joined, pieces_of
from index.records import Document, Format

_PREFIX = re.compile(
    r"(?:(re|aw|sv|vs|antw|odp|ynt|res|rif)|fwd?|wg|tr|rv|vb|enc|doorst)(?:\[\d+\])?\s*[:：]\s*",
    re.IGNORECASE,
)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_WORD = re.compile(r"\w")
_NEWSLETTER = ("list-unsubscribe", "list-id", "x-campaign-id", "feedback-id")
_ENCRYPTED = frozenset(
    {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
)
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_MUCH_MORE = 2
"""Times the words: a plain text so much shorter than the page beside it only points to it."""
_MOST = 0.5
"""Of a newsletter's words: with fewer, what was taken for its article is a piece of it."""
_OLDEST = 1970
"""Clocks that were never set tell the first day of that year, or earlier."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail's own text, which may be empty, and the documents that came with it."""

    draft: Draft
    attachments: tuple[Document, ...]


def read_mail(data: bytes) -> Draft:
    """Return what the writer of a mail wrote, without signature and quoted mails.

    Raises EncryptedSourceError, or DamagedSourceError where its parts cannot be told.
    """
    return open_mail(data).draft


def open_mail(data: bytes) -> Mail:
    """Return a mail with its attachments; raises what `read_mail` does."""
    message = open_message(data)
    if message.media_type in _ENCRYPTED:
        raise EncryptedSourceError(
            "The mail is encrypted.", hint="Open it in your mail program, and paste its text."
        )
    subject, forwarded = _subject(message)
    draft = Draft(
        text=_body(message, forwarded=forwarded),
        title=subject,
        author=_author(message),
        published=_published(message),
        format=Format.MAIL,
        language=message.fields.get("content-language"),
    )
    attachments = tuple(
        Document(part.data, clean_name(part.name), media_type=part.media_type, charset=part.charset)
        for part in message.parts
        if part.attached
    )
    return Mail(draft, attachments)


def read_saved_page(data: bytes, name: str) -> Draft:
    """Return the article of a page that was saved in one file.

    Its `canonical` is the address it was saved from. Raises NoArticleError, or DamagedSourceError
    where there is no page in the file.
    """
    message = open_message(data)
    pages = [part for part in message.parts if part.media_type in _PAGES]
    started = (part for part in pages if message.start and part.id == message.start)
    page = next(started, None) or next(iter(pages), None)
    if page is None:
        raise DamagedSourceError(
            "There is no page in this file.",
            hint="Save the page once more, as HTML or PDF, and send that.",
        )
    said = message.fields.get("snapshot-content-location"), page.location
    stated = (*said, message.fields.get("content-location"))
    address = next((place for place in stated if place and _WEB.match(place)), None)
    return replace(_read_html(page.text(), address or name), canonical=address)


def _body(message: Message, *, forwarded: bool) -> str:
    plain = "\n\n".join(filter(None, map(_plain_text, _texts(message, {"text/plain"}))))
    sources = list(filter(None, map(_text, _texts(message, _PAGES))))
    whole = "\n\n".join(_page_text(source, forwarded=forwarded) for source in sources)
    if whole and any(field in message.fields for field in _NEWSLETTER):
        article = _newsletter(sources)
        return article if _words(article) >= _words(whole) * _MOST else whole
    plain = written(plain, forwarded=forwarded)
    return whole if _words(whole) > _words(plain) * _MUCH_MORE else plain


def _texts(message: Message, media_types: frozenset[str] | set[str]) -> list[Part]:
    return [part for part in message.parts if part.media_type in media_types and not part.attached]


def _text(part: Part) -> str:
    # A part that is no text is not what the mail says.
    try:
        return part.text()
    except SourceError:
        return ""


def _plain_text(part: Part) -> str:
    return unflowed(_text(part)) if part.flowed else _text(part)


def _page_text(source: str, *, forwarded: bool) -> str:
    page = parse_page(source)
    if page is None:
        return ""
    own = joined(pieces_of(page, quoted_elements(page, forwarded=forwarded)))
    return own if _WORD.search(own) else joined(pieces_of(page))


def _newsletter(sources: list[str]) -> str:
    """Return the articles in the pages of a newsletter, which surrounds them as a site does."""
    found = []
    for source in sources:
        try:
            found.append(_read_html(source, "").text)
        except SourceError:
            continue
    return "\n\n".join(found)


def _subject(message: Message) -> tuple[str | None, bool]:
    """Return the subject without "Re:" and "Fwd:", and whether the mail was forwarded."""
    subject = message.fields.get("subject", "")
    forwarded = False
    while match := _PREFIX.match(subject):
        forwarded = forwarded or match[1] is None
        subject = subject[match.end() :]
    return subject or None, forwarded


def _author(message: Message) -> str | None:
    try:
        name, address = parseaddr(message.fields.get("from", ""))
    except (IndexError, TypeError, ValueError):
        return None
    return name.strip("\"' ") or address or None


def _published(message: Message) -> date | None:
    try:
        sent = parsedate_to_datetime(message.fields.get("date", "")).date()
    except (IndexError, OverflowError, TypeError, ValueError):
        return None
    return sent if sent.year > _OLDEST else None


def _words(text: str) -> int:
    return len(text.split())


# Its parser is loaded for pages only.
def _read_html(source: str, name: str) -> Draft:
    from index.formats.html import read_html

    return read_html(source, name)
