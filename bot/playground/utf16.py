"""Positions in text as Telegram counts them: in UTF-16 units."""

from __future__ import annotations

from collections.abc import Callable


def length(text: str) -> int:
    """The UTF-16 units of `text`."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, offset: int, units: int) -> str:
    """`units` UTF-16 units of `text` from `offset` on."""
    return cutter(text)(offset, units)


def cutter(text: str) -> Callable[[int, int], str]:
    """`cut` for many parts of one text."""
    if text.isascii():
        return lambda offset, units: text[offset : offset + units]
    encoded = text.encode("utf-16-le", "surrogatepass")
    return lambda offset, units: encoded[2 * offset : 2 * (offset + units)].decode(
        "utf-16-le", "surrogatepass"
    )


def occurrences(text: str, part: str) -> list[int]:
    """Where `part` begins in `text`, overlapping ones too, in UTF-16 units."""
    found: list[int] = []
    at = text.find(part)
    while at >= 0:
        found.append(length(text[:at]))
        at = text.find(part, at + 1)
    return found


def positions(text: str) -> list[int]:
    """For every character of `text`, and for its end, how many UTF-16 units are before it."""
    counted = 0
    before = []
    for char in text:
        before.append(counted)
        counted += 2 if char > "\uffff" else 1
    return [*before, counted]
