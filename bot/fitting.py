"""Text made to fit one line, one terminal, one encoding (pure)."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from index import Span

TITLE_LIMIT = 90


class Signs(NamedTuple):
    """The signs of the output, which not every terminal can show."""

    added: str
    known: str
    failed: str
    open_quote: str
    close_quote: str
    dot: str
    ellipsis: str

    def quoted(self, text: str) -> str:
        """`text` between quotation marks."""
        return f"{self.open_quote}{text}{self.close_quote}"


UNICODE = Signs("✓", "=", "✗", "“", "”", "·", "…")
ASCII = Signs("+", "=", "x", '"', '"', "-", "...")


def shown(text: str) -> str:
    """`text` with each control character that could steer a terminal replaced, one for one."""
    return "".join(
        "\ufffd" if unicodedata.category(char) == "Cc" and char not in "\n\t" else char
        for char in text
    )


def one_line(text: str) -> str:
    """`text` on one line, one character for one, so that offsets stay right."""
    return shown("".join(" " if char.isspace() else char for char in text))


def shortened(text: str, limit: int, keep: Span, ellipsis: str) -> tuple[str, Span]:
    """`text` cut between words to about `limit` characters around `keep`, and where `keep` is."""
    if len(text) <= limit:
        return text, keep
    room = max(0, limit - (keep.end - keep.start))
    start = max(0, min(keep.start - room // 2, len(text) - limit))
    end = min(len(text), max(start + limit, keep.end))
    if start > 0:
        space = text.find(" ", start, keep.start)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", max(keep.end, start + 1), end)
        end = space if space >= 0 else end
    while end > keep.end and text[end - 1].isspace():
        end -= 1
    before = ellipsis if start > 0 else ""
    moved = len(before) - start
    cut = before + text[start:end] + (ellipsis if end < len(text) else "")
    return cut, Span(keep.start + moved, keep.end + moved)


def titled(title: str, signs: Signs) -> str:
    """An article's title in quotation marks, on one line of bearable length."""
    plain = " ".join(shown(title).split())
    return signs.quoted(shortened(plain, TITLE_LIMIT, Span(0, 0), signs.ellipsis)[0])


def counted(number: int, thing: str) -> str:
    """`1 word`, `2 words`, `1,000 words`."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
