"""Seen lines in the order in which a person reads them, column by column (pure)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from index.formats.recognised_lines import SeenLine

FEWEST = 3
"""So many lines on either side, side by side, make two columns."""
NARROWEST = 0.12
"""Of the width of both columns: what is narrower are labels, numbers or bullets."""
MOST_CROSSING = 0.4
"""Of the lines: headings and full-width paragraphs that may cross two columns."""
TRIED = 12
"""Places at which two columns may part, the best first."""


def in_columns(rows: Sequence[SeenLine]) -> list[list[SeenLine]]:
    """Return the columns, and what stands across them, in reading order; each from the top.

    Lines that cross two columns part them: what is above is read first, in its columns.
    """
    rows = sorted(rows, key=lambda row: (row.middle, row.left))
    gutter = _gutter(rows)
    if gutter is None:
        return [rows] if rows else []
    parts: list[list[SeenLine]] = []
    side: list[SeenLine] = []
    across: list[SeenLine] = []
    for row in rows:
        if row.left < gutter < row.right:
            parts += _sides(side, gutter)
            side = []
            across.append(row)
        else:
            if across:
                parts.append(across)
                across = []
            side.append(row)
    if across:
        parts.append(across)
    return parts + _sides(side, gutter)


def _sides(rows: list[SeenLine], gutter: float) -> list[list[SeenLine]]:
    left = [row for row in rows if row.right <= gutter]
    right = [row for row in rows if row.left >= gutter]
    return in_columns(left) + in_columns(right)


def _gutter(rows: Sequence[SeenLine]) -> float | None:
    """Return where the page is parted best: crossed by the fewest lines, then the widest."""
    if len(rows) < 2 * FEWEST:
        return None
    starts = sorted({row.left for row in rows})
    places: list[tuple[int, float, float]] = []
    for end in {row.right for row in rows}:
        following = bisect_right(starts, end)
        if following < len(starts):
            start = starts[following]
            crossing = sum(row.left < end and row.right > start for row in rows)
            if crossing <= MOST_CROSSING * len(rows):
                places.append((crossing, end - start, (end + start) / 2))
    places.sort(key=lambda place: (place[0], -place[1]))
    return next((place for _, _, place in places[:TRIED] if _parts(rows, place)), None)


def _parts(rows: Sequence[SeenLine], place: float) -> bool:
    """Whether there are columns on both sides of `place`, of some width and side by side."""
    left = [row for row in rows if row.right <= place]
    right = [row for row in rows if row.left >= place]
    if min(len(left), len(right)) < FEWEST:
        return False
    span = max(row.right for row in rows) - min(row.left for row in rows)
    for side in (left, right):
        if max(row.right for row in side) - min(row.left for row in side) < NARROWEST * span:
            return False
    beside = sum(any(_overlap(row, other) for other in right) for row in left)
    low = max(min(row.top for row in side) for side in (left, right))
    high = min(max(row.bottom for row in side) for side in (left, right))
    # The messages of a chat stand left and right too, but in turn and not side by side.
    level = sum(low <= row.middle <= high for row in left)
    return beside >= FEWEST and beside * 2 > level


def _overlap(row: SeenLine, other: SeenLine) -> bool:
    shared = min(row.bottom, other.bottom) - max(row.top, other.top)
    return shared > 0.3 * min(row.height, other.height)
