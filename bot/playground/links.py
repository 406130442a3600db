"""What a link in a message becomes."""

from __future__ import annotations

import re

from bot.playground.entities import Entity

_WEB = re.compile(r"(?:(https?)://)?((?:[^/?#@\s]*@)?[^/?#@\s]+)([/?#]\S*)?", re.IGNORECASE)
_HOST = re.compile(r"[^\s.:\[\]]+(?:\.[^\s.:\[\]]+)+(?::\d{1,5})?|\[[0-9a-f:]+\](?::\d{1,5})?")
_USER = re.compile(r"tg:(?://)?user\?(?:.*&)?id=(\d+)", re.IGNORECASE)
_INTERNAL = re.compile(r"(?:tg|ton|tonsite):\S+", re.IGNORECASE)


def checked_link(link: str) -> str | None:
    """The link as Telegram keeps it; None if it is none that Telegram opens."""
    link = link.strip()
    if _INTERNAL.fullmatch(link):
        return link
    match = _WEB.fullmatch(link)
    if match is None:
        return None
    scheme, place, rest = match.groups()
    login, _, host = place.rpartition("@")
    if not _HOST.fullmatch(host.lower()):
        return None
    rest = rest or "/"
    if not rest.startswith("/"):
        rest = f"/{rest}"
    return f"{(scheme or 'http').lower()}://{login + '@' if login else ''}{host.lower()}{rest}"


def link_fault(link: str) -> str:
    """Why Telegram does not open a link."""
    if not link.strip():
        return "URL host is empty"
    scheme, separator, _ = link.partition("://")
    if separator and scheme.lower() not in ("http", "https"):
        return "Unsupported URL protocol"
    return "Wrong HTTP URL"


def link_entity(link: str, offset: int, length: int) -> Entity | None:
    """A link to a page or to a person; None if it leads nowhere, then it is plain text."""
    user = _USER.fullmatch(link.strip())
    if user:
        return Entity("text_mention", offset, length, (("user", {"id": int(user.group(1))}),))
    checked = checked_link(link)
    return Entity("text_link", offset, length, (("url", checked),)) if checked else None
