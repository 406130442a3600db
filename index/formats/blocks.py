"""Paragraphs, list items and table rows, put together as plain text (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Block(str, Enum):
    """What a piece of text is: items and rows stand close together, all else apart."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


def join_blocks(blocks: Iterable[tuple[Block, str]]) -> str:
    """Join blocks by blank lines, items and rows among themselves by line ends."""
    parts: list[str] = []
    previous = Block.PARAGRAPH
    for kind, text in blocks:
        if not text.strip():
            continue
        if parts:
            parts.append("\n" if kind is previous is not Block.PARAGRAPH else "\n\n")
        parts.append(text)
        previous = kind
    return "".join(parts)


def row_of(cells: Iterable[str]) -> str:
    """A table's row on one line."""
    return " | ".join(" ".join(cell.split()) for cell in cells)
