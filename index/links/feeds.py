"""RSS and Atom, by feedparser; the only importer of it."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import urljoin

import feedparser

from index.records import Document, Feed, FeedEntry

MAX_ENTRIES = 100
_STARTS_LIKE_FEED = re.compile(
    rb"\s*(?:<\?xml[^<>]*>\s*)?(?:<\?[^<>]*>\s*)*(?:<!--.*?-->\s*)*"
    rb"<(?:rss|feed|(?:\w+:)?RDF)\b",
    re.DOTALL,
)
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
_TAG = re.compile(r"<[^<>]{0,500}>")
_LONGEST_TITLE = 300


def is_feed(document: Document) -> bool:
    """Whether the bytes are a feed, by how they begin or by what the server says of them."""
    start = document.data[:4096].lstrip(b"\xef\xbb\xbf")
    return bool(_STARTS_LIKE_FEED.match(start)) or document.media_type in _FEED_TYPES


def read_feed(document: Document) -> Feed:
    """The articles that a feed tells of, each address once; none if it is broken."""
    parsed = feedparser.parse(document.data, response_headers={"content-type": "application/xml"})
    address = document.address or document.name
    entries: dict[str, FeedEntry] = {}
    for entry in parsed.entries[:MAX_ENTRIES]:
        found = urljoin(address, str(entry.get("link") or ""))
        if found.lower().startswith(("http://", "https://")) and found not in entries:
            entries[found] = FeedEntry(found, _line(entry.get("title")), _day(entry))
    ordered = list(entries.values())
    if all(entry.published for entry in ordered):
        ordered.sort(key=lambda entry: entry.published or date.min, reverse=True)
    return Feed(address, _line(parsed.feed.get("title")), tuple(ordered))


def _line(title: Any) -> str:
    return " ".join(unescape(_TAG.sub("", str(title or ""))).split())[:_LONGEST_TITLE]


def _day(entry: Any) -> date | None:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday) if moment else None
