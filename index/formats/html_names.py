"""Names as a page states them, without what is stuck to them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

_SPACE = re.compile(r"\s+")
_BY = re.compile(
    r"^(?:(?:written |reported |posted |published |analysis |text |story |words )?by|von|par|por"
    r"|di|door|av|autore?|autora|auteur|author|autor(?:in)?|автор|текст|from)\b[\s:]+",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?:https?://|www\.)\S*|\S+@\S+\.\w+|\(?@\w+\)?|\S+\.(?:com|org|net)/\S*", re.I
)
_AFTER = re.compile(
    r"\s+(?:\||•|·|/|–|—|-)\s+.*$|\s*\(.*\)\s*$|\s(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:;|,|&|\band\b|\bund\b|\bet\b)\s*", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:writer|reporter|correspondent|editor|editorial|contributor|columnist|journalist|staff"
    r"|redakteurin?|redaktion|newsroom|published|updated|admin|administrator|guest|unknown|share"
    r"|follow|comments?|author|min|read)\b",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"[a-z_-]+")
_LETTER = re.compile(r"[^\W\d_]")
_DIGITS = re.compile(r"\d")
_MAX_NAME = 60
_MAX_NAMES = 8
_MAX_WORDS = 6


def authors(stated: Iterable[str], site: str | None = None) -> str | None:
    """Return the names of people in what a page states, parted by commas, each once."""
    found: dict[str, str] = {}
    for statement in stated:
        plain = _AFTER.sub("", _HANDLE.sub(" ", _SPACE.sub(" ", statement[:400]).strip()))
        for part in _BETWEEN.split(_BY.sub("", plain.strip())):
            name = _BY.sub("", part).strip(" .,:|/-–—")
            if _is_name(name) and name.casefold() != (site or "").casefold():
                found.setdefault(name.casefold(), name)
    return ", ".join(list(found.values())[:_MAX_NAMES]) or None


def _is_name(text: str) -> bool:
    return (
        1 < len(text) <= _MAX_NAME
        and len(text.split()) <= _MAX_WORDS
        and bool(_LETTER.search(text))
        and not _DIGITS.search(text)
        and not _ROLE.search(text)
        and not _ACCOUNT.fullmatch(text)
    )


def without_site(title: str, site: str | None, host: str | None) -> str:
    """Return a title without the name of its site, which many pages put behind it."""
    title = _SPACE.sub(" ", title).strip()
    for name in filter(None, (site, host, (host or "").split(".")[0])):
        around = re.compile(
            rf"\s+[|–—·•»«:~-]+\s+(?:www\.)?{re.escape(name)}$"
            rf"|^(?:www\.)?{re.escape(name)}\s+[|–—·•»«:~-]+\s+",
            re.IGNORECASE,
        )
        shorter = around.sub("", title)
        if shorter != title and _LETTER.search(shorter):
            return shorter
    return title


def host_of(address: str) -> str | None:
    """Return the host of an address without `www.`, or None where it has none."""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
