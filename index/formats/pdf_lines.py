"""From words on a page to the pieces of its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median_low

MAX_WORD_GAP = 0.7
"""In ems: words further apart may stand in two columns."""

_SAME_LINE_OVERLAP = 0.5
_MAX_SIZE_RATIO = 1.8  # a larger letter beside a line is a drop cap, which stands on several lines
_MIN_TABLE_GAP = 1.5
_GLUED_GAP = 0.15
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands: x to the right, y downwards, in points."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False
    spaced: bool = True
    """Whether there is white space before it."""

    @property
    def top(self) -> float:
        """Where a capital letter ends."""
        return self.baseline - 0.8 * self.size

    @property
    def bottom(self) -> float:
        """Where the tail of a letter ends."""
        return self.baseline + 0.2 * self.size


@dataclass(frozen=True, slots=True)
class Line(Word):
    """A line or a part of one, up to the next wide gap."""

    first: float = 0.0
    """The width of its first word."""
    cells: bool = False
    """Whether it is a row of a table."""


def is_right_to_left(text: str) -> bool:
    """Tell whether at least half of the letters are Hebrew, Arabic or of their kin."""
    letters = sum(map(str.isalpha, text))
    return bool(letters) and 2 * sum(1 for _ in _RIGHT_TO_LEFT.finditer(text)) >= letters


def pieces(words: Iterable[Word]) -> list[Line]:
    """Return the pieces of lines that `words`, in the order in which they were set, make up."""
    found: list[Line] = []
    run: list[Word] = []
    for word in words:
        if run and not _adjoin(run[-1], word):
            found.append(_piece(run))
            run = []
        run.append(word)
    if run:
        found.append(_piece(run))
    # Some programs set every word by itself, in any order.
    return [piece for row in rows(found) for piece in _merge_adjoining(row)]


def rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Return what stands at one height together, from the top, each row from the left."""
    found: list[list[Line]] = []
    tallest: list[Line] = []
    for line in sorted(lines, key=lambda line: line.baseline):
        for place in range(len(found) - 1, max(-1, len(found) - 5), -1):
            if _same_height(tallest[place], line):
                found[place].append(line)
                tallest[place] = max(tallest[place], line, key=lambda piece: piece.size)
                break
        else:
            found.append([line])
            tallest.append(line)
    return [sorted(row, key=lambda line: line.left) for row in found]


def merged(row: Sequence[Line]) -> Line:
    """Return one line of the pieces of a row."""
    return row[0] if len(row) == 1 else _piece(row)


def whole_lines(lines: Sequence[Line]) -> list[Line]:
    """Return what stands at one height as one line, from the top, and which are rows of tables."""
    found = rows(lines)
    in_table = [False, *(_in_line(row, below) for row, below in pairwise(found)), False]
    return [
        replace(merged(row), cells=True) if above or below else merged(row)
        for row, (above, below) in zip(found, pairwise(in_table), strict=True)
    ]


def _in_line(row: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether a wide gap goes through both of two rows."""
    if min(len(row), len(below)) < 2:
        return False
    gaps = [[(one.right, other.left) for one, other in pairwise(line)] for line in (row, below)]
    return any(
        min(end, other_end) - max(start, other_start) >= _MIN_TABLE_GAP * row[0].size
        for start, end in gaps[0]
        for other_start, other_end in gaps[1]
    )


def _same_height(one: Word, other: Word) -> bool:
    smaller, larger = sorted((one.size, other.size))
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return overlap >= _SAME_LINE_OVERLAP * smaller and larger <= _MAX_SIZE_RATIO * smaller


def _adjoin(one: Word, other: Word) -> bool:
    size = max(one.size, other.size)
    gap = max(other.left - one.right, one.left - other.right)
    return -size <= gap <= MAX_WORD_GAP * size and _same_height(one, other)


def _merge_adjoining(row: list[Line]) -> list[Line]:
    found: list[Line] = []
    run = row[:1]
    for line in row[1:]:
        if _adjoin(run[-1], line):
            run.append(line)
        else:
            found.append(merged(run))
            run = [line]
    return [*found, merged(run)]


def _piece(words: Sequence[Word]) -> Line:
    if not any(_RIGHT_TO_LEFT.search(word.text) for word in words):
        words = sorted(words, key=lambda word: word.left)
    text = [words[0].text]
    for before, word in pairwise(words):
        glued = not word.spaced and word.left - before.right < _GLUED_GAP * word.size
        text.append(word.text if glued else " " + word.text)
    first = words[0]
    # The main size and height, whatever small figures stand above or below the line.
    sizes = [word.size for word in words for _ in word.text]
    size = median_low(sizes)
    main = next(word for word in words if word.size == size)
    return Line(
        text="".join(text),
        left=min(word.left for word in words),
        right=max(word.right for word in words),
        baseline=main.baseline,
        size=size,
        bold=all(word.bold for word in words),
        spaced=first.spaced,
        first=getattr(first, "first", 0.0) or first.right - first.left,
    )
