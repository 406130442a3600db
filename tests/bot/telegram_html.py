"""A parser of Telegram's HTML that forgives nothing, for tests of what is rendered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

_TOKEN = re.compile(r"<(/?)([a-z]+)((?: [^<>]*)?)>|([^<>]+)|([<>])")
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|#x27);)")
_ATTRIBUTES = {"b": r"", "i": r"", "a": r' href="([^"]+)"', "blockquote": r"(?: expandable)?"}

LIMIT = 4096
MOST_ENTITIES = 100


@dataclass(frozen=True)
class Shown:
    """What a person sees: the text, and its parts by tag."""

    text: str
    parts: tuple[tuple[str, str], ...]
    """Tag and text, in the order in which they end."""
    links: tuple[str, ...]

    def of(self, tag: str) -> list[str]:
        """The parts in this tag."""
        return [text for name, text in self.parts if name == tag]


def shown(html: str) -> Shown:
    """Parse `html`, or fail; it must keep to every limit of a message."""
    text, links = "", []
    parts: list[tuple[str, str]] = []
    opened: list[tuple[str, int]] = []
    for match in _TOKEN.finditer(html):
        closing, tag, attributes, words, stray = match.groups()
        assert not stray, f"a stray {stray} at {match.start()}"
        if words:
            assert not _REFERENCE.search(words), f"a stray & in {words!r}"
            text += unescape(words)
        elif closing:
            assert opened, f"{tag} is not open"
            name, start = opened.pop()
            assert name == tag, f"{tag} closes {name}"
            assert not attributes
            parts.append((tag, text[start:]))
        else:
            assert tag in _ATTRIBUTES, f"Telegram knows no {tag}"
            assert tag not in [name for name, _ in opened], f"{tag} within {tag}"
            found = re.fullmatch(_ATTRIBUTES[tag], attributes)
            assert found, f"{attributes} in {tag}"
            if found.groups():
                assert not _REFERENCE.search(found[1])
                links.append(unescape(found[1]))
            opened.append((tag, len(text)))
    assert not opened, f"{opened} stay open"
    assert len(parts) <= MOST_ENTITIES
    assert len(html.encode("utf-16-le")) // 2 <= LIMIT
    html.encode("utf-8")
    assert text.strip(), "nothing to send"
    return Shown(text, tuple(parts), tuple(links))
