"""What a careful reader would leave out when copying an article, or put together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

_BODY = re.compile(r"article[-_]*body|articlebody|story-?body", re.IGNORECASE)
_BODIES = "//*[self::div or self::section][contains(@class, 'ody')][not(.//h1)]"
_SPACE = re.compile(r"\s+")

# Lines that ask for something, at the end of an article or alone between its paragraphs.
_ASKS = re.compile(
    r"(?:(?:click here to |please |you can )?(?:subscribe|sign up|join|register)\b.{0,60}"
    r"\b(?:newsletters?|channel|inbox|updates?|mailing list|podcast)\b.{0,40}"
    r"|(?:follow|like|find|join) (?:us|me)\b.{0,100}|share (?:this|it|on)\b.{0,60}"
    r"|(?:like|enjoyed?) this (?:story|article|post)\?.{0,60}|explore further|newsletter|tags"
    r"|(?:leave|post|add) a (?:comment|reply)|comments?|tell us what you think|advertisement"
    r"|thanks for signing up|all rights reserved|read (?:more|next)|most (?:read|popular)\b.{0,40}"
    r"|recommended(?: for you| stories)?|related(?: stories| articles| content)?|don'?t miss"
    r"|kommentare|mehr zum thema|das könnte sie auch interessieren"
    r"|commentaires|à lire aussi|partager|comentarios|compartir|lee también)\W*",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"(?:related|read (?:more|also|next)|see (?:more|also)|also (?:read|on|see)\b.{0,20}"
    r"|don'?t miss|more on this|lesen sie auch|mehr zum thema|(?:à )?lire aussi|lee también"
    r"|leggi anche|читайте также)\s*:?",
    re.IGNORECASE,
)
_MAX_RELATED = 250


def join_bodies(tree: Any) -> None:
    """Put the parts of an article together that advertisements have torn apart.

    They are elements of one class named for the body, beside each other or in rows of a grid.
    """
    parts: dict[tuple[str, Any], list[Any]] = defaultdict(list)
    for element in tree.xpath(_BODIES):
        if _BODY.search(element.get("class")):
            around = next(element.iterancestors("article", "main", "body"), None)
            parts[element.get("class"), around].append(element)
    for elements in parts.values():
        first, *others = elements
        for other in others:
            if first not in other.iterancestors():
                first.extend(list(other))


def drop_related(tree: Any) -> None:
    """Drop the paragraphs that only lead to other articles, such as `Read more: ...`."""
    for element in tree.xpath("//p[.//a] | //li[.//a]"):
        text = _SPACE.sub(" ", element.text_content()).strip()
        match = _RELATED.match(text) if len(text) <= _MAX_RELATED else None
        if match is None:
            continue
        linked = sum(len(link.text_content().strip()) for link in element.iter("a"))
        if linked >= 0.8 * (len(text) - match.end()) and linked:
            element.drop_tree()


def trimmed(lines: Iterable[str], title: str | None, author: str | None) -> list[str]:
    """Return the lines of a text without its title, its byline, and what asks for something."""
    kept = [line for line in lines if line.strip() and not _ASKS.fullmatch(line.strip("- "))]
    heads = {_key(title or ""), _key(author or ""), _key(f"by {author}")} - {""}
    # Only at the beginning, and never all of it.
    while len(kept) > 1 and _key(kept[0]) in heads:
        kept.pop(0)
    return kept


def _key(line: str) -> str:
    return "".join(filter(str.isalnum, line)).casefold()
