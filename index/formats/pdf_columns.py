"""In which order the pieces of lines on a page are read: columns, and what stands across them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from index.formats.pdf_lines import Line, rows, whole_lines

_MIN_GUTTER = 0.7  # in ems
_MAX_GUTTER = 4.0  # in ems
_MIN_CROSSING = 1.0  # in ems on either side: less is a line that runs over its column
_MIN_LINES = 3
_MANY_LINES = 6
_FEW = 0.34
_MIN_WORDS = 2.5
_MAX_DEPTH = 8
_NEAR = 12.0  # points
_MAX_GUTTERS = 16
_MAX_PIECES = 3000  # a page of more is a map or a drawing
_LETTER = re.compile(r"[^\W\d_]")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


@dataclass(frozen=True, slots=True)
class _Band:
    """What stands left and right of a gutter, between two lines that cross it."""

    left: list[Line]
    right: list[Line]
    crossing: Line | None
    """The line that ends the band."""

    @property
    def lines(self) -> list[Line]:
        return [*self.left, *self.right]

    @property
    def is_strong(self) -> bool:
        """Tell prose in two columns from tables and from lists with their numbers."""
        if not _is_prose(self.left) or not _is_prose(self.right):
            return False
        if min(len(rows(self.left)), len(rows(self.right))) >= _MIN_LINES:
            return True
        # The last column may have a single line, where those of the first come up to it.
        start = min(line.left for line in self.right)
        full = sum(line.right > start - _MAX_GUTTER * line.size for line in self.left)
        return full >= max(_MIN_LINES, len(rows(self.left)) / 2)

    @property
    def may_be_chance(self) -> bool:
        """Whether wide gaps between words may make it up, as no clear strip goes through it."""
        end = max(line.right + _MIN_GUTTER * line.size for line in self.left)
        return self.height < _MANY_LINES or end > min(line.left for line in self.right)

    @property
    def height(self) -> int:
        """In lines, of the longer side."""
        return max(len(rows(self.left)), len(rows(self.right)))

    @property
    def is_long(self) -> bool:
        """Whether a column ends in it, as on the last page of an article."""
        return self.is_weak and len(self.left) >= _MIN_LINES and _is_prose(self.left)

    @property
    def is_weak(self) -> bool:
        """Whether it can be two columns where the gutter is known from elsewhere."""
        if not self.left or not self.right:
            return False
        return len(self.lines) < 2 * _MIN_LINES or _is_prose(self.left) or _is_prose(self.right)


def gutter_of(lines: Sequence[Line]) -> float | None:
    """Return where a page is parted into columns, in points from the left."""
    found = _best_bands(lines, ()) if len(lines) <= _MAX_PIECES else None
    return found[0] if found else None


def reading_order(
    lines: Sequence[Line], known: Sequence[float] = (), depth: int = _MAX_DEPTH
) -> list[list[Line]]:
    """Return whole lines in blocks, one for each stretch of a column, in reading order.

    `known` are the gutters of other pages, for one that has few lines in its last column.
    """
    found = _best_bands(lines, known) if depth and len(lines) <= _MAX_PIECES else None
    if found is None:
        return [whole_lines(lines)] if lines else []
    blocks: list[list[Line]] = []
    across: list[Line] = []
    for band in found[1]:
        if band.is_weak:
            for part in (across, band.left, band.right):
                blocks += reading_order(part, known, depth - 1)
            across = []
        else:
            across += band.lines
        if band.crossing:
            across.append(band.crossing)
    return blocks + reading_order(across, known, depth - 1)


def _best_bands(lines: Sequence[Line], known: Sequence[float]) -> tuple[float, list[_Band]] | None:
    best: tuple[float, list[_Band]] | None = None
    best_score = -len(lines) - 1
    for gutter in _gutters(lines):
        bands = _bands(lines, gutter)
        touched = sum(line.left < gutter < line.right for line in lines)
        # Wide gaps stand one above the other by chance in some lines among many.
        by_chance = touched > sum(band.height for band in bands if band.is_weak) * _FEW
        is_known = any(abs(gutter - other) < _NEAR for other in known)
        if not any(
            (band.is_strong and not (by_chance and band.may_be_chance))
            or (is_known and band.is_long)
            for band in bands
        ):
            continue
        score = sum(len(band.lines) for band in bands if band.is_weak) - touched
        if score > best_score:
            best, best_score = (gutter, bands), score
    return best


def _gutters(lines: Sequence[Line]) -> list[float]:
    """Return the gaps that the fewest lines cross, from the left."""
    gaps = [
        (before.right, after.left)
        for row in rows(lines)
        for before, after in pairwise(row)
        if after.left - before.right >= _MIN_GUTTER * min(before.size, after.size)
    ]
    middles = {round((left + right) / 2) for left, right in gaps}
    # The gaps beside short lines are wide: their right ends tell more than their middles.
    places = sorted(middles | {round(right) - 4 for _, right in gaps})
    steps = [0] * (len(places) + 1)
    for line in lines:
        steps[bisect_right(places, line.left)] += 1
        steps[bisect_left(places, line.right)] -= 1
    crossed = list(accumulate(steps))
    # Of neighbours that are crossed as often, the one in the middle.
    alike: list[list[tuple[int, int]]] = []
    for found in zip(crossed, places, strict=False):
        if not alike or found[0] != alike[-1][-1][0] or found[1] > alike[-1][-1][1] + _NEAR:
            alike.append([])
        alike[-1].append(found)
    middle = sorted(group[len(group) // 2] for group in alike)
    return sorted(place for _, place in middle[:_MAX_GUTTERS])


def _bands(lines: Sequence[Line], gutter: float) -> list[_Band]:
    bands: list[_Band] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in sorted(lines, key=lambda line: line.baseline):
        reach = _MIN_CROSSING * line.size
        if line.left < gutter - reach and line.right > gutter + reach:
            bands.append(_Band(left, right, line))
            left, right = [], []
        elif line.left + line.right < 2 * gutter:
            left.append(line)
        else:
            right.append(line)
    return [*bands, _Band(left, right, None)]


def _is_prose(lines: Sequence[Line]) -> bool:
    """Tell lines of some words each from the cells of a table and from numbers."""
    if not lines:
        return False
    if _words(lines) >= _MIN_WORDS * len(lines):
        return True
    # The wide gaps of lines set to a narrow measure stand anywhere, those of a table in line.
    count = len(rows(lines))
    parts = _parted(lines)
    if count >= _MIN_LINES and len(parts) > 1:
        return all(map(_is_prose, parts))
    return _words(lines) >= _MIN_WORDS * count


def _words(lines: Sequence[Line]) -> float:
    return sum(
        max(
            sum(1 for word in line.text.split() if _LETTER.search(word)),
            sum(1 for _ in _WIDE.finditer(line.text)) / 2,
        )
        for line in lines
    )


def _parted(lines: Sequence[Line]) -> list[list[Line]]:
    """Part lines wherever a gap runs through from top to bottom."""
    parts: list[list[Line]] = []
    right = 0.0
    for line in sorted(lines, key=lambda line: line.left):
        if not parts or line.left - right >= _MIN_GUTTER * line.size:
            parts.append([])
            right = line.right
        parts[-1].append(line)
        right = max(right, line.right)
    return parts
