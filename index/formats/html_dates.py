"""When a web page says it was published: stated in its metadata, byline or address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from index.formats.dates import date_in_address, stated_date
from index.formats.html_facts import Facts
from index.formats.html_linked_data import is_article

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


def published_date(tree: Any, facts: Facts) -> date | None:
    """Return the date of publication stated by an lxml tree, or by the page's address."""
    for statement in _statements(tree, facts):
        if found := stated_date(statement):
            return found
    for known in (facts.address, facts.canonical or "", *facts.meta.get("og:url", ())):
        if found := date_in_address(known):
            return found
    return None


def _statements(tree: Any, facts: Facts) -> Iterator[str]:
    """Yield what may state the date, the most reliable first."""
    for node in facts.nodes:
        if is_article(node) and isinstance(node.get("datePublished"), str):
            yield node["datePublished"]
    for name in _NAMES:
        yield from facts.meta.get(name, ())
    for path in _VISIBLE:
        for element in tree.xpath(path):
            paragraph = next(element.iterancestors("p"), None)
            if paragraph is None or len(paragraph.text_content()) <= _MAX_BYLINE:
                yield element.get("datetime") or element.get("content") or element.text_content()
