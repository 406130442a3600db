"""The words of a rich message, as plain text (pure).

Rich messages come as blocks within blocks. What a block is called matters little here: it is
read by the fields it has, so that a kind that comes later still gives its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

MAX_CHARACTERS = 32_768
MAX_BLOCKS = 500
MAX_DEPTH = 16
"""Telegram's limits; what lies beyond is left out."""

_LINE_FIELDS = ("title", "summary", "text", "expression", "alternative_text")
"""Fields of a block that are lines of text, in the order in which they are shown."""
_BLOCK_FIELDS = ("blocks", "children")
_ROW_FIELDS = ("cells", "rows")
_KNOWN = {*_LINE_FIELDS, *_BLOCK_FIELDS, *_ROW_FIELDS, "items", "caption", "credit"}
_SPAN_FIELDS = ("text", "alternative_text", "expression", "children", "spans")
"""Fields of a part of a line that hold its words: the first that there is."""
_CHECKED, _UNCHECKED = "[x] ", "[ ] "
_BULLETS = frozenset("•‣◦▪-*–—·")


def flatten(rich_message: Mapping[str, Any]) -> str:
    """The text of a rich message: a blank line between paragraphs, a line for a list's item.

    Items begin with `- ` or their number, a table's row is a line with ` | ` between its cells,
    code keeps its lines. Never raises, whatever the shape.
    """
    blocks = rich_message.get("blocks")
    return _Flattening().blocks(blocks if _is_list(blocks) else [rich_message], 1)


class _Flattening:
    """One message on its way to text, with what is left of Telegram's limits."""

    def __init__(self) -> None:
        self._characters = MAX_CHARACTERS
        self._blocks = MAX_BLOCKS

    def blocks(self, blocks: Any, depth: int) -> str:
        """Blocks one below another."""
        if depth > MAX_DEPTH or not _is_list(blocks):
            return ""
        return _paragraphs(self._block(block, depth) for block in blocks)

    def _block(self, block: Any, depth: int) -> str:
        if self._blocks <= 0:
            return ""
        self._blocks -= 1
        return self._content(block, depth)

    def _content(self, part: Any, depth: int) -> str:
        """What a block holds, or a part of one: an item, a cell, a caption."""
        if not isinstance(part, Mapping):
            return self._line(part)
        if depth > MAX_DEPTH:
            return ""
        found = [self._line(part.get(name)) for name in _LINE_FIELDS]
        found += [self.blocks(part.get(name), depth + 1) for name in _BLOCK_FIELDS]
        if _is_list(part.get("items")):
            found.append(self._list(part["items"], depth))
        found += [
            self._table(part[name], depth) for name in _ROW_FIELDS if _is_list(part.get(name))
        ]
        if not _KNOWN & part.keys():
            found += [self._unknown(value, depth + 1) for value in part.values()]
        found += [self._content(part.get("caption"), depth + 1), self._credit(part.get("credit"))]
        return _paragraphs(found)

    def _list(self, items: Sequence[Any], depth: int) -> str:
        lines = []
        for item in items:
            content = self._content(item, depth)
            if content:
                label = _label(item)
                indent = "\n" + " " * len(label)
                lines.append(label + content.replace("\n\n", "\n").replace("\n", indent))
        return "\n".join(lines)

    def _table(self, rows: Sequence[Any], depth: int) -> str:
        lines = []
        for row in rows:
            cells: Any = row.get("cells") if isinstance(row, Mapping) else row
            if _is_list(cells):
                found = [" ".join(self._content(cell, depth + 1).split()) for cell in cells]
                lines.append(" | ".join(found) if any(found) else "")
        return "\n".join(filter(None, lines))

    def _credit(self, credit: Any) -> str:
        line = self._line(credit)
        return f"— {line}" if line else ""

    def _unknown(self, value: Any, depth: int) -> str:
        """What a field of a block of a kind never seen holds: other blocks, but no bare words."""
        parts = value if _is_list(value) else [value]
        return _paragraphs(self._content(p, depth) for p in parts if isinstance(p, Mapping))

    def _line(self, text: Any) -> str:
        """A line of text, which may keep line breaks of its own."""
        return "".join(self._words(text, 1))

    def _words(self, text: Any, depth: int) -> Iterator[str]:
        if isinstance(text, str):
            taken = text[: self._characters]
            self._characters -= len(taken)
            yield taken
        elif depth > MAX_DEPTH:
            return
        elif isinstance(text, Mapping):
            inner = next((text[name] for name in _SPAN_FIELDS if text.get(name)), "")
            yield from self._words(inner, depth + 1)
        elif _is_list(text):
            # A list of parts is no level of its own: only what is around a part is.
            for part in text:
                yield from self._words(part, depth + _is_list(part))


def _paragraphs(parts: Iterator[str] | list[str]) -> str:
    """The parts that say something, with a blank line between two."""
    return "\n\n".join(stripped for part in parts if (stripped := _stripped(part)))


def _stripped(text: str) -> str:
    """Without empty lines around; the indent of the first line, as of code, is kept."""
    lines = text.rstrip().split("\n")
    while lines and not lines[0].strip():
        del lines[0]
    return "\n".join(lines)


def _label(item: Any) -> str:
    """What stands before a list's item."""
    if not isinstance(item, Mapping):
        return "- "
    if item.get("has_checkbox"):
        return f"- {_CHECKED if item.get('is_checked') else _UNCHECKED}"
    label, value = item.get("label"), item.get("value")
    if isinstance(label, str) and label.strip():
        label = label.strip()
        return "- " if label in _BULLETS else f"{label}. " if label.isalnum() else f"{label} "
    return f"{value}. " if isinstance(value, int) else "- "


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray))
