"""The words of a page block by block: what is a heading, a link, a control or beside the point."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

_BREAKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "label",
        "legend",
        "li",
        "main",
        "nav",
        "noscript",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_UNSEEN = frozenset(
    [
        "script",
        "style",
        "template",
        "head",
        "svg",
        "math",
        "object",
        "select",
        "textarea",
        "iframe",
        "canvas",
    ]
)
_CONTROLS = frozenset(["button", "label", "legend", "option"])
_SIDES = frozenset(["nav", "footer", "aside"])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_MAX_BLOCKS = 20_000


@dataclass(frozen=True, slots=True)
class Block:
    """A run of words between two breaks."""

    text: str
    linked: float
    """The share of its characters that are links."""
    links: int
    heading: int
    """1 to 6, or 0 for none."""
    control: bool
    """A button or the label of a field."""
    side: bool
    """In the navigation, a footer, the head of the page or beside the main text."""
    unscripted: bool
    """Seen only where no programs are run."""

    @property
    def words(self) -> int:
        """How many words it has; a character of a script without spaces counts for half."""
        return count_words(self.text)


def count_words(text: str) -> int:
    """Count words; a Chinese, Japanese or Korean character counts for half a word."""
    wide = len(_WIDE.findall(text))
    return len((_WIDE.sub(" ", text) if wide else text).split()) + (wide + 1) // 2


class _Reader:
    """Gathers the words of the block that is open."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.characters = self.linked = self.links = 0
        # How many elements of each kind are open around the words.
        self.depth = dict.fromkeys(("link", "control", "side", "unscripted"), 0)
        self.levels: list[int] = []

    def add(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)
            length = len(text.strip())
            self.characters += length
            if self.depth["link"]:
                self.linked += length

    def close(self) -> Iterator[Block]:
        text = _SPACE.sub(" ", "".join(self.pieces)).strip()
        if text:
            yield Block(
                text=text,
                linked=self.linked / max(1, self.characters),
                links=self.links,
                heading=self.levels[-1] if self.levels else 0,
                control=self.depth["control"] > 0,
                side=self.depth["side"] > 0,
                unscripted=self.depth["unscripted"] > 0,
            )
        self.pieces = []
        self.characters = self.linked = self.links = 0


def blocks(tree: Any) -> Iterator[Block]:
    """Yield the blocks of an lxml tree in the order of the page."""
    reader, count = _Reader(), 0
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if event == "start":
            if tag in _UNSEEN or _is_hidden(element):
                walk.skip_subtree()
                continue
            if tag in _BREAKS:
                for block in reader.close():
                    yield block
                    count += 1
                if count > _MAX_BLOCKS:
                    return
            _enter(reader, tag, element, 1)
            reader.add(element.text)
        else:
            if tag not in _UNSEEN and not _is_hidden(element):
                if tag in _BREAKS:
                    yield from reader.close()
                _enter(reader, tag, element, -1)
            reader.add(element.tail)
    yield from reader.close()


def _enter(reader: _Reader, tag: str, element: Any, step: int) -> None:
    depth = reader.depth
    if tag == "a" and element.get("href") is not None:
        depth["link"] += step
        reader.links += step > 0
    elif tag in _CONTROLS or element.get("role") == "button":
        depth["control"] += step
    elif tag in _HEADINGS:
        if step > 0:
            reader.levels.append(_HEADINGS[tag])
        else:
            reader.levels.pop()
    elif tag == "noscript":
        depth["unscripted"] += step
    elif tag in _SIDES or element.get("role") == "navigation" or _is_top(tag, element):
        depth["side"] += step


def _is_top(tag: str, element: Any) -> bool:
    """Tell the head of a page from that of an article."""
    return tag == "header" and next(element.iterancestors("article", "main"), None) is None


def _is_hidden(element: Any) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN.search(style))
