"""What a page says about itself in JSON-LD: a flat list of its nodes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, TypeGuard

Node = dict[str, Any]

_SCRIPTS = "//script[contains(@type, 'ld+json')]/text()"
_WRAPPING = re.compile(
    r"\A\s*(?:<!--|/\*.*?\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)+|(?:-->|//\s*\]\]>|;)\s*\Z"
)
_INSIDE = ("@graph", "mainEntity")
_MAX_CHARACTERS = 1_000_000
_MAX_NODES = 500
_MAX_NAMES = 20

_ARTICLES = ("Article", "Posting", "Report", "Review")
_OTHER_ARTICLES = frozenset({"Recipe", "QAPage", "HowTo", "FAQPage", "Question"})


def linked_data(tree: Any) -> list[Node]:
    """Return the nodes of all JSON-LD in an lxml tree; what is no JSON is passed over."""
    found: list[Node] = []
    for script in tree.xpath(_SCRIPTS):
        if len(script) > _MAX_CHARACTERS:
            continue
        try:
            waiting = [json.loads(_WRAPPING.sub("", script), strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and len(found) < _MAX_NODES:
            value, *waiting = waiting
            if isinstance(value, list):
                waiting.extend(value[:_MAX_NODES])
            elif isinstance(value, dict):
                found.append(value)
                waiting.extend(value[key] for key in _INSIDE if key in value)
    return found


def kinds(node: Node) -> tuple[str, ...]:
    """Return the types of a node, such as `NewsArticle`."""
    stated = node.get("@type")
    return tuple(map(str, stated if isinstance(stated, list) else [stated]))


def is_article(node: Node) -> bool:
    """Tell whether a node describes an article of the kind that newspapers and blogs publish."""
    return any(kind.endswith(_ARTICLES) for kind in kinds(node))


def is_reading(node: Node) -> bool:
    """Tell whether a node describes anything to read: an article, a recipe, an answer."""
    return is_article(node) or not _OTHER_ARTICLES.isdisjoint(kinds(node))


def names(value: Any, nodes: Iterable[Node] = ()) -> list[str]:
    """Return the names in a statement such as an author: a text, a node, or a list of those.

    A statement may also be a reference to one of the `nodes`.
    """
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [name for item in value[:_MAX_NAMES] for name in names(item, nodes)]
    if not isinstance(value, dict):
        return []
    if "name" not in value and (key := value.get("@id")):
        value = next((node for node in nodes if node.get("@id") == key and "name" in node), value)
    stated = value.get("name")
    return [name for name in (stated if isinstance(stated, list) else [stated]) if _is_text(name)]


def _is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str)
