"""Why a source gave no article: what callers tell apart, whatever the sentence says."""

from __future__ import annotations

from enum import Enum


class Obstacle(str, Enum):
    """One word for each reason, for programs; people are told a sentence."""

    # The file or text
    NOT_FOUND = "not_found"
    """No such file, or no such page any more."""
    EMPTY = "empty"
    NOT_TEXT = "not_text"
    """A kind of file that is not read."""
    ENCODING = "encoding"
    TOO_LARGE = "too_large"
    """Over one of the limits: bytes, characters, pages, files of an archive."""
    ENCRYPTED = "encrypted"
    """It needs a password."""
    DAMAGED = "damaged"
    TOO_HARD = "too_hard"
    """Its parser crashed, or took too long or too much memory."""
    NEEDS_OCR = "needs_ocr"
    """A picture of text, and the extra that reads pictures is not installed."""
    NO_WORDS_SEEN = "no_words_seen"
    """A picture in which no text was recognised."""
    NEEDS_VOICE = "needs_voice"
    """Speech, and the extra that recognises it is not installed."""
    NOTHING_HEARD = "nothing_heard"

    # The link
    ADDRESS = "address"
    """Not an address that can be opened."""
    FORBIDDEN = "forbidden"
    """It leads into a private network."""
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    REDIRECTS = "redirects"
    """It leads on too often, or in a circle."""
    REFUSED = "refused"
    """The site does not let us in."""
    SITE_ERROR = "site_error"
    """The site is out of order, or asks to come back later."""
    FEED = "feed"
    """It leads to a feed; which of its articles are wanted has to be said."""
    NO_PAGE = "no_page"
    """A film, a program: not a page nor a document."""

    # The page
    LIST = "list"
    VIDEO = "video"
    LOGIN = "login"
    CONSENT = "consent"
    BOT_CHECK = "bot_check"
    PAYWALL = "paywall"
    SCRIPT = "script"
    """The page has no words until a browser has run its programs."""
    NO_ARTICLE = "no_article"
    """No prose in it, for no reason that could be told."""
