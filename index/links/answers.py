"""What a site answers, judged before the body is read: its status and what it says it sends."""

from __future__ import annotations

import re

import httpx

from index.errors import LinkError
from index.obstacles import Obstacle

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
# 999 is what LinkedIn answers to programs.
_REFUSALS = frozenset({401, 402, 403, 407, 451, 999})
_TOO_MANY_REQUESTS = 429
_PASTE = "Open it in a browser and paste its text here, or send the page as a file."
_LATER = "Try again later, or paste its text."

_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")
_UNSAID = "application/octet-stream"
_READ = frozenset(
    {
        "application/atom+xml",
        "application/epub+zip",
        "application/msword",
        "application/pdf",
        "application/rdf+xml",
        "application/rss+xml",
        "application/rtf",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/x-mimearchive",
        "application/x-pdf",
        "application/x-rtf",
        "application/x-zip-compressed",
        "application/xhtml+xml",
        "application/xml",
        "application/zip",
        "message/rfc822",
        "multipart/related",
        "text/html",
        "text/markdown",
        "text/plain",
        "text/rtf",
        "text/x-markdown",
        "text/xml",
        # Said of anything that is to be saved; what it is, its bytes tell.
        "application/download",
        "application/force-download",
        "application/octet-stream",
        "application/x-download",
        "binary/octet-stream",
    }
)
_NAMED = {"video": "a film", "audio": "a sound", "image": "a drawing", "font": "a font"}


def onward(response: httpx.Response) -> str | None:
    """Return where the answer leads on to, as the site writes it; None for any other answer."""
    return response.headers.get("location") if response.status_code in _REDIRECTS else None


def require_page(response: httpx.Response) -> str:
    """Return the media type of an answer that brings a page or document.

    It is in lower case and without parameters, "application/octet-stream" if the site names none.
    Raises LinkError: NOT_FOUND, REFUSED, SITE_ERROR or UNREACHABLE by the status, NO_PAGE by the
    media type.
    """
    _require_success(response.status_code)
    stated = response.headers.get("content-type", "").split(";")[0].split(",")[0].strip().lower()
    media_type: str = stated if _MEDIA_TYPE.fullmatch(stated) else _UNSAID
    kind = media_type.split("/")[0]
    if media_type not in _READ and (kind != "image" or media_type.startswith("image/svg")):
        named = _NAMED.get(kind, "a program or data")
        raise LinkError(
            f"This link leads to {named}, not to a page or a document.",
            "Send the link of the page that it belongs to.",
            Obstacle.NO_PAGE,
        )
    return media_type


def _require_success(status: int) -> None:
    if 200 <= status < 300:
        return
    if status in _GONE:
        raise LinkError(
            "The site says that there is no such page, or that it is gone.",
            "Check the address for typing mistakes.",
            Obstacle.NOT_FOUND,
        )
    if status in _REFUSALS:
        raise LinkError("The site does not let me read this page.", _PASTE, Obstacle.REFUSED)
    if status == _TOO_MANY_REQUESTS:
        raise LinkError(
            "The site asks to come back later, since too much was asked of it.",
            _LATER,
            Obstacle.SITE_ERROR,
        )
    if status >= 500:
        raise LinkError(
            f"The site is out of order now (it answered {status}).", _LATER, Obstacle.SITE_ERROR
        )
    raise LinkError(f"The site did not send the page (it answered {status}).", _PASTE)
