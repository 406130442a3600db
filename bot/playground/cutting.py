"""How a client cuts a long paste into messages (pure)."""

from __future__ import annotations

import re

from bot.playground import utf16
from bot.playground.limits import PIECE_UNITS

_BREAKS = (
    re.compile(r"\n[^\S\n]*\n\s*"),
    re.compile(r"\n\s*"),
    re.compile(r"(?<=[.!?…。！？])[\"'”’»)\]]*\s+"),
    re.compile(r"\s+"),
)
"""From the best place for a cut to the worst."""
_SPACE = re.compile(r"\s+")


def pieces(text: str, limit: int = PIECE_UNITS) -> list[tuple[int, int]]:
    """Where each message begins and ends in `text`, in characters, without white space around.

    No piece has more than `limit` UTF-16 units. Each but the last is cut at the last of the
    best breaks in its second half, and in the middle of a word only if there is no break.
    """
    before = utf16.positions(text)
    found: list[tuple[int, int]] = []
    start, end = _after_space(text, 0), len(text.rstrip())
    while start < end:
        if before[end] - before[start] <= limit:
            found.append((start, end))
            break
        furthest = _reach(before, start, limit)
        half = _reach(before, start, limit // 2)
        stop, following = _break(text, half, furthest)
        found.append((start, start + len(text[start:stop].rstrip())))
        start = _after_space(text, following)
    return found


def _reach(before: list[int], start: int, units: int) -> int:
    """The furthest place within so many units from `start`."""
    low, high = start, min(len(before) - 1, start + units)
    while low < high:
        middle = (low + high + 1) // 2
        if before[middle] - before[start] <= units:
            low = middle
        else:
            high = middle - 1
    return low


def _break(text: str, half: int, furthest: int) -> tuple[int, int]:
    """Where a piece ends and where the next begins."""
    for pattern in _BREAKS:
        last = None
        for match in pattern.finditer(text, half, min(len(text), furthest + 1)):
            if match.start() <= furthest:
                last = match
        if last is not None:
            return last.start() + len(last.group().rstrip()), last.end()
    return furthest, furthest


def _after_space(text: str, start: int) -> int:
    """Where the white space that begins at `start` ends."""
    space = _SPACE.match(text, start)
    return space.end() if space else start
