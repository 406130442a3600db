"""The whole text of a page, block by block, as a person reads it: no word of it is judged.

For books and mails. A page of the web has more beside its article, and `html` finds that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from index.formats.blocks import Block, join_blocks, row_of
from index.formats.markup import Element, attribute, local_name

_UNSEEN = frozenset(
    {"head", "title", "script", "style", "noscript", "template", "svg", "iframe", "object"}
    | {"audio", "video", "img", "map", "rp", "rt", "rtc", "annotation", "annotation-xml"}
    | {"button", "input", "select", "textarea", "datalist"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"}
    | {"div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3"}
    | {"h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"}
    | {"summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_IN_LAYOUT = _HEADINGS | {"table", "ul", "ol", "blockquote", "pre", "img", "hr"}
_ASIDES = frozenset({"pagebreak", "doc-pagebreak", "noteref", "doc-noteref"})
_PAGE_NUMBERS = frozenset({"pagenum", "pageno", "x-ebookmaker-pageno"})
_NO_DISPLAY = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§])[\])]?")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SPACES = re.compile(" {2,}")
# Marks of where a word may break, and what newsletters fill their previews with.
_INVISIBLE = re.compile("[\u00ad\u034f\u200b\u2060\ufeff]")
_SEEN = re.compile(r"[^\s\u200c\u200d\u200e\u200f]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of text; `anchors` are the ids that begin with it, or stand above it."""

    kind: Block
    text: str
    heading: bool = False
    anchors: tuple[str, ...] = ()


def pieces_of(root: Element, dropped: frozenset[Element] = frozenset()) -> list[Piece]:
    """Return the blocks of a page in their order, without pictures, marks of notes, `dropped`."""
    walk = _Walk()
    steps = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in steps:
        if event == "start":
            if element in dropped or _is_unseen(element):
                walk.skipped.add(element)
                steps.skip_subtree()
            else:
                walk.open(element)
        elif event == "end" and element not in walk.skipped:
            walk.close(element)
        if event != "start" and element is not root:
            walk.add(element.tail)
    walk.flush()
    return walk.pieces


def joined(pieces: Iterable[Piece]) -> str:
    """Return the text of blocks, with blank lines between them as between those of Markdown."""
    return join_blocks((piece.kind, piece.text) for piece in pieces)


@dataclass(slots=True)
class _Walk:
    pieces: list[Piece] = field(default_factory=list)
    skipped: set[Element] = field(default_factory=set)
    _parts: list[str] = field(default_factory=list)
    _anchors: list[str] = field(default_factory=list)
    _lists: list[int | None] = field(default_factory=list)
    """The next number in each open list; None in one of bullets."""
    _marker: str = ""
    _tables: list[bool] = field(default_factory=list)
    """Whether each open table holds rows to be read, or only lays out a page."""
    _cells: list[str] = field(default_factory=list)
    _heading: bool = False
    _terms: int = 0
    _verbatim: int = 0

    def open(self, element: Element) -> None:
        name = local_name(element)
        in_rows = bool(self._tables and self._tables[-1])
        if name in _BLOCKS and not in_rows:
            self.flush()
        elif name in _BLOCKS:
            self._parts.append(" ")
        if anchor := attribute(element, "id") or (element.get("name", "") if name == "a" else ""):
            self._anchors.append(anchor)
        if name == "br":
            self._parts.append(" " if in_rows else "\n")
        elif name == "table":
            self._tables.append(not _is_layout(element))
        elif name in {"ul", "ol"}:
            self._lists.append(_number(element.get("start"), 1) if name == "ol" else None)
        elif name == "li":
            self._marker = self._next_marker(element)
        elif name in {"dt", "dd"}:
            self._terms += 1
        elif name in _HEADINGS:
            self._heading = True
        elif name == "pre":
            self._verbatim += 1
        self.add(element.text)

    def close(self, element: Element) -> None:
        name = local_name(element)
        in_rows = bool(self._tables and self._tables[-1])
        if in_rows and name in {"td", "th"}:
            self._cells.append(_clean("".join(self._parts)))
            self._parts.clear()
        elif in_rows and name in {"tr", "caption", "table"}:
            self._end_row()
        elif name in _BLOCKS and not in_rows:
            self.flush()
        elif name in _BLOCKS:
            self._parts.append(" ")
        if name == "table" and self._tables:
            self._tables.pop()
        elif name in {"ul", "ol"} and self._lists:
            self._lists.pop()
        elif name == "li":
            self._marker = ""
        elif name in {"dt", "dd"}:
            self._terms -= 1
        elif name in _HEADINGS:
            self._heading = False
        elif name == "pre":
            self._verbatim -= 1

    def add(self, text: str | None) -> None:
        if text:
            self._parts.append(text if self._verbatim else _SPACE.sub(" ", text))

    def flush(self) -> None:
        """End the block that is open, if there are words in it."""
        text = "".join(self._parts)
        self._parts.clear()
        text = _INVISIBLE.sub("", text).strip("\n") if self._verbatim else _clean(text)
        if not _SEEN.search(text):
            return
        if self._lists:
            # A second paragraph of an item stands under the first.
            text = "  " * (len(self._lists) - 1) + (self._marker or "  ") + text
            self._marker = ""
            self._emit(Block.ITEM, text)
        else:
            self._emit(Block.ITEM if self._terms else Block.PARAGRAPH, text)

    def _end_row(self) -> None:
        rest = _clean("".join(self._parts))
        self._parts.clear()
        if any(_SEEN.search(cell) for cell in self._cells):
            self._emit(Block.ROW, row_of(self._cells))
        if _SEEN.search(rest):
            self._emit(Block.PARAGRAPH, rest)
        self._cells.clear()

    def _emit(self, kind: Block, text: str) -> None:
        self.pieces.append(Piece(kind, text, self._heading, tuple(self._anchors)))
        self._anchors.clear()

    def _next_marker(self, element: Element) -> str:
        if not self._lists or self._lists[-1] is None:
            return "- "
        number = _number(element.get("value"), self._lists[-1])
        self._lists[-1] = number + 1
        return f"{number}. "


def _is_unseen(element: Element) -> bool:
    name = local_name(element)
    if name in _UNSEEN or element.get("hidden") is not None:
        return True
    if _NO_DISPLAY.search(element.get("style", "")):
        return True
    types = attribute(element, "type").split() if name in {"a", "span", "div", "sup"} else []
    if not _ASIDES.isdisjoint([*types, element.get("role", "")]):
        return True
    if name == "span" and not _PAGE_NUMBERS.isdisjoint(element.get("class", "").split()):
        return True
    # The number of a note would be read as a part of the word before it.
    if name in {"a", "sup"} and len(element) == 1:
        pair = {name, local_name(element[0])}
        return pair == {"a", "sup"} and bool(_NOTE_MARK.fullmatch("".join(element.itertext())))
    return False


def _is_layout(table: Element) -> bool:
    """Tell whether a table only arranges what else could stand below each other."""
    if table.get("role") in {"presentation", "none"}:
        return True
    widest = 0
    for element in table.iterdescendants():
        name = local_name(element)
        if name in _IN_LAYOUT:
            return True
        if name == "tr":
            widest = max(widest, sum(local_name(cell) in {"td", "th"} for cell in element))
    return widest < 2


def _clean(text: str) -> str:
    lines = _INVISIBLE.sub("", _SPACES.sub(" ", text)).split("\n")
    return "\n".join(line.strip(" ") for line in lines).strip()


def _number(stated: str | None, usual: int) -> int:
    stated = (stated or "").strip()
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 7 else usual
