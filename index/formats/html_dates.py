"""When a web page says it was published: stated in its metadata, byline or address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from index.formats.dates import date_in_address, stated_date

_NAMES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "citation_date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "date",
)
_ARTICLE_TYPES = ("Article", "Posting", "Report", "Review")

# Dates beside the article belong to other articles, or to the day the page was saved.
_ELSEWHERE = (
    "ancestor-or-self::nav or ancestor-or-self::aside or ancestor-or-self::footer"
    " or ancestor::header[not(ancestor::article or ancestor::main)]"
)
_LOWER = (
    "translate(concat(@class, ' ', @id),"
    " 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
)
_VISIBLE = (
    "//*[@itemprop='datePublished']",
    f"//time[not({_ELSEWHERE})]",
    f"//*[self::p or self::span or self::div or self::li][not({_ELSEWHERE})]"
    f"[contains({_LOWER}, 'date') or contains({_LOWER}, 'publish') or contains({_LOWER}, 'posted')"
    f" or contains({_LOWER}, 'byline')]"
    f"[not(contains({_LOWER}, 'updat') or contains({_LOWER}, 'modif'))]",
)
# A paragraph longer than a byline is prose.
_MAX_BYLINE = 120


def published_date(tree: Any, address: str = "") -> date | None:
    """Return the date of publication stated by an lxml tree, or by the page's address."""
    for statement in _statements(tree):
        if found := stated_date(statement):
            return found
    for known in (address, *tree.xpath("//link[@rel='canonical']/@href"), *_meta(tree, "og:url")):
        if found := date_in_address(known):
            return found
    return None


def _statements(tree: Any) -> Iterator[str]:
    """Yield what may state the date, the most reliable first."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        yield from _in_linked_data(script)
    for name in _NAMES:
        yield from _meta(tree, name)
    for path in _VISIBLE:
        for element in tree.xpath(path):
            paragraph = next(element.iterancestors("p"), None)
            if paragraph is None or len(paragraph.text_content()) <= _MAX_BYLINE:
                yield element.get("datetime") or element.get("content") or element.text_content()


def _meta(tree: Any, name: str) -> list[str]:
    return [
        element.get("content", "")
        for element in tree.iter("meta")
        if name in {(element.get(key) or "").lower() for key in ("property", "name", "itemprop")}
    ]


def _in_linked_data(script: str) -> Iterator[str]:
    try:
        waiting = [json.loads(script)]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            kinds = value.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            stated = value.get("datePublished")
            if isinstance(stated, str) and any(
                str(kind).endswith(_ARTICLE_TYPES) for kind in kinds
            ):
                yield stated
            waiting.extend(value[key] for key in ("@graph", "mainEntity") if key in value)
