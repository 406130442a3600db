"""Which addresses in a message are links to open (pure)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

_WEB = re.compile(r"https?://", re.IGNORECASE)
_OTHER = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_IN_FULL = re.compile(r"https?://|www\.|[^/]+/.", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?)\]}'\"»”’。，]", re.IGNORECASE)
_MEANT = re.compile(r"\w")


def links_to_open(text: str, known: Sequence[str]) -> list[str]:
    """The addresses to open, each once, as they can be opened.

    `known` are those that Telegram has marked, as they stand in the text or behind its words.
    Without any, those that stand in the text in full are looked for. `example.com` within a
    sentence or beside a link is a name; alone it is a link.
    """
    given = list(dict.fromkeys(known or _LINK.findall(text)))
    web = [each for each in given if _WEB.match(each) or not _OTHER.match(each)]
    in_full = [each for each in web if _IN_FULL.match(each)]
    alone = not _MEANT.search(beside(text, web))
    chosen = web if alone and not in_full else in_full
    return list(dict.fromkeys(each if _WEB.match(each) else f"https://{each}" for each in chosen))


def beside(text: str, links: Sequence[str]) -> str:
    """The text without the links in it."""
    for link in sorted(links, key=len, reverse=True):
        text = text.replace(link, "")
    return text.strip()


def fingerprint(address: str) -> str:
    """Tells one address from another without keeping it."""
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:32]
