"""Front pages, sections, search results, forums: pages that lead to articles and hold none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from index.formats.html_blocks import Block
from index.formats.html_facts import Facts
from index.formats.html_linked_data import kinds
from index.formats.page_kinds_words import LISTS

_COLLECTIONS = frozenset(
    {
        "CollectionPage",
        "SearchResultsPage",
        "ItemList",
        "ProfilePage",
        "CategoryCodeSet",
        "OfferCatalog",
    }
)
_COLLECTION_TYPES = ("profile", "product.group", "blog")
_BODY_CLASSES = frozenset(
    {
        "archive",
        "category",
        "tag",
        "search",
        "search-results",
        "author",
        "blog",
        "date",
        "section-index",
        "section-page",
        "page-category",
        "ns-14",
        "listing",
        "forum-index",
    }
)
_NEXT = "boolean(//link[@rel='next'] | //a[@rel='next'])"
_PAGED = re.compile(r"pagina(?:tion|cion)|pager|page-numbers|posts-navigation", re.IGNORECASE)
_RELATED = re.compile(
    r"(?:related|read (?:also|more|next)|see also|also|more|don't miss|lesen sie auch|mehr"
    r"|lire aussi|à lire|lee también|leggi anche|читайте также|по теме)\b.{0,12}:",
    re.IGNORECASE,
)

_SENTENCE_END = re.compile(r"[.!?…。！？]\W*$")
_MIN_LINKED = 0.6
"""Of the characters of a block, for a headline that leads elsewhere."""
_MAX_TEASER = 80
"""Words in a block below a headline."""
_MAX_TEASERS = 3
"""Blocks below one headline."""
_MIN_TEASER = 5
_MIN_OPENING = 12
_START = 40
"""Characters by which a block is known again in the main text."""
_LOOKED_AT = 50_000
"""Characters of the main text; a list shows itself in fewer."""


def is_list(
    tree: Any, facts: Facts, seen: Sequence[Block], found: str, prose: int, typed: bool
) -> bool:
    """Tell whether a page is a list of links to what there is to read.

    `found` is its main text with `prose` words of sentences, `typed` whether it calls itself
    an article.
    """
    main = [block for block in seen if not block.side and not block.unscripted]
    heads = [block for block in main if _is_headline(block)]
    count = _counted(main, found)
    leading = count.leading
    hints = _hints(tree, facts, main)
    total = max(count.total, prose)
    share = count.teasers / total if total else 0.0
    # One or two may be the last entries of a menu above the article.
    own = total - count.teasers if leading >= 3 else total
    if typed:
        # Many an article has headlines of others between its paragraphs.
        return hints >= 3 and leading >= 4 and share >= 0.6
    if leading >= 3 and share >= 0.6 and not (count.opened and not hints):
        return True
    if hints and leading >= 2 and share >= 0.5:
        return True
    if own < 60 and len(heads) >= 4 and hints:
        return True
    if own < 25 and prose < 60 and len(heads) >= 5:
        return True
    if hints and prose < 60 and sum(block.links for block in main) >= 5 and own < 60:
        return True
    return hints >= 2 and (prose < 60 or share >= 0.3)


def _is_headline(block: Block) -> bool:
    if block.control or block.linked < _MIN_LINKED or _RELATED.match(block.text):
        return False
    if block.heading:
        return block.words >= 2
    # A teaser may be in the link of its headline.
    return block.words >= 3 and not _SENTENCE_END.search(block.text)


@dataclass(frozen=True, slots=True)
class _Count:
    """The words of the main text, those below headlines, and the headlines above them."""

    total: int
    teasers: int
    leading: int
    opened: bool
    """It begins with words of its own, and the headlines are not set as headings."""


def _counted(main: Sequence[Block], found: str) -> _Count:
    within = " ".join(found[:_LOOKED_AT].split())
    total = teasers = below = 0
    leading: dict[int, bool] = {}
    head: int | None = None
    opened: bool | None = None
    for number, block in enumerate(main):
        if _is_headline(block):
            head, below = number, 0
        elif block.heading and block.linked < _MIN_LINKED:
            head = None
        elif block.words >= _MIN_TEASER and block.text[:_START] in within:
            total += block.words
            below += 1
            led = head is not None and block.words <= _MAX_TEASER and below <= _MAX_TEASERS
            if opened is None and block.words >= _MIN_OPENING:
                opened = not led
            if led and head is not None:
                leading[head] = main[head].heading > 0
            if led or block.linked >= _MIN_LINKED:
                teasers += block.words
    set_as_headings = sum(leading.values()) * 2 >= len(leading)
    return _Count(total, teasers, len(leading), bool(opened) and not set_as_headings)


def _hints(tree: Any, facts: Facts, main: Sequence[Block]) -> int:
    """Count what else says that this is a list."""
    body = tree.find("body")
    classes = set((body.get("class") or "").lower().split()) if body is not None else set()
    titles = [facts.full_title, facts.title or "", *(b.text for b in main if b.heading == 1)]
    address = facts.address or facts.canonical or ""
    return (
        any(not _COLLECTIONS.isdisjoint(kinds(node)) for node in facts.nodes)
        + (facts.type in _COLLECTION_TYPES)
        + (not _BODY_CLASSES.isdisjoint(classes))
        + any(LISTS.search(title) is not None for title in titles)
        + bool(tree.xpath(_NEXT))
        + any(_PAGED.search(c) is not None for c in tree.xpath("//nav/@class | //div/@class"))
        + bool(re.fullmatch(r"https?://[^/?]+/?", address))
    )
