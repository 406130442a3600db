"""The lines seen in a picture: set straight, cleaned of what is no text, joined to rows (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import atan2, cos, degrees, hypot, radians, sin
from statistics import median

Corners = Sequence[Sequence[float]]
"""Four points, x and y in pixels: top left, top right, bottom right, bottom left of a line."""

SURE = 0.8
"""Lines read with a lower confidence are guesses; of text that can be read it is 0.97 or more."""
SURE_ENOUGH_FOR_SCRAPS = 0.9
SCRAP = 4
"""So few characters are as often a stain or a picture's detail as they are text."""
DENSE = 1.2
"""Characters in so much of a line as it is high; of Latin letters there are 1.5 to 4. With fewer
the rest was not read."""
STRAIGHT = 0.1
"""Degrees that make no difference."""

# Greek is in the recogniser's alphabet for formulas only: of words it loses the accented letters.
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
# Of Vietnamese the letters with two marks are not known, which are in every other word.
_VIETNAMESE = re.compile("[ơưƠƯ]")
_WIDE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_WORD = re.compile(r"\w")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[:.][0-5]\d\b")
_HOST = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,}/?\S*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line of text, or a piece of one, in a straight rectangle; pixels from the top left."""

    text: str
    score: float
    """0 to 1: how sure the recogniser is."""
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def straightened(
    corners: Sequence[Corners], texts: Sequence[str], scores: Sequence[float]
) -> list[SeenLine]:
    """Return the lines as they stand once the page is turned upright by their common slope."""
    slope = _slope(corners)
    across, down = cos(radians(slope)), sin(radians(slope))
    lines = []
    for points, text, score in zip(corners, texts, scores, strict=True):
        turned = [(x * across + y * down, y * across - x * down) for x, y in points]
        (left_1, top_1), (right_1, top_2), (right_2, bottom_1), (left_2, bottom_2) = turned
        lines.append(
            SeenLine(
                " ".join(text.split()),
                score,
                (left_1 + left_2) / 2,
                (top_1 + top_2) / 2,
                (right_1 + right_2) / 2,
                (bottom_1 + bottom_2) / 2,
            )
        )
    return lines


def upright_share(corners: Sequence[Corners]) -> float:
    """Return how much of the text, 0 to 1 by length, lies in lines that are wider than tall."""
    lying = standing = 0.0
    for top_left, top_right, _, bottom_left in corners:
        width = hypot(top_right[0] - top_left[0], top_right[1] - top_left[1])
        height = hypot(bottom_left[0] - top_left[0], bottom_left[1] - top_left[1])
        if width >= height:
            lying += width
        else:
            standing += height
    return lying / (lying + standing) if lying + standing else 1.0


def legible(line: SeenLine) -> bool:
    """Whether a line is text that was read, and not a guess or an alphabet that is not known."""
    letters = len(_WORD.findall(line.text))
    # Of an unknown alphabet only the spaces, figures and punctuation are read, surely enough.
    if letters * 2 < len(line.text) or len(_GREEK.findall(line.text)) * 3 > letters:
        return False
    if (len(line.text) + len(_WIDE.findall(line.text))) * line.height < DENSE * line.width:
        return False
    return line.score >= (SURE_ENOUGH_FOR_SCRAPS if letters < SCRAP else SURE)


def legible_lines(lines: Sequence[SeenLine]) -> list[SeenLine]:
    """Return the lines that are text, or none of a page in an alphabet known in part only."""
    if any(_VIETNAMESE.search(line.text) for line in lines):
        return []
    return [line for line in lines if legible(line)]


def without_phone_bars(lines: Sequence[SeenLine], width: float, height: float) -> list[SeenLine]:
    """Leave out a phone's status bar and the browser's address line, on a screenshot of one."""
    if height < 1.5 * width:
        return list(lines)
    bar = [line for line in lines if line.bottom < 0.06 * height and len(line.text) <= 12]
    if not any(_CLOCK.match(line.text) for line in bar):
        return list(lines)
    return [
        line
        for line in lines
        if line not in bar and not (line.top < 0.15 * height and _HOST.fullmatch(line.text))
    ]


def joined_rows(lines: Sequence[SeenLine]) -> list[SeenLine]:
    """Join the pieces of one line that were seen apart, from left to right; sorted by height."""
    rows: list[SeenLine] = []
    for line in sorted(lines, key=lambda line: (line.left, line.top)):
        for number in range(len(rows) - 1, -1, -1):
            if _continues(rows[number], line):
                rows[number] = _joined(rows[number], line)
                break
        else:
            rows.append(line)
    return sorted(rows, key=lambda line: (line.middle, line.left))


def _slope(corners: Sequence[Corners]) -> float:
    # Long lines tell the slope exactly; the short ones are drawn by their letters' shapes.
    lengths = [points[1][0] - points[0][0] for points in corners]
    longest = max(lengths, default=0.0)
    slopes = [
        degrees(atan2(points[1][1] - points[0][1], points[1][0] - points[0][0]))
        for points, length in zip(corners, lengths, strict=True)
        if length > longest / 2
    ]
    slope = median(slopes) if slopes else 0.0
    return slope if abs(slope) > STRAIGHT else 0.0


def _continues(first: SeenLine, second: SeenLine) -> bool:
    lower, higher = sorted((first.height, second.height))
    shared = min(first.bottom, second.bottom) - max(first.top, second.top)
    gap = second.left - first.right
    return shared > 0.6 * lower and higher < 1.6 * lower and -0.5 * lower < gap < 0.7 * lower


def _joined(first: SeenLine, second: SeenLine) -> SeenLine:
    return replace(
        first,
        text=f"{first.text} {second.text}",
        score=min(first.score, second.score),
        top=min(first.top, second.top),
        right=second.right,
        bottom=max(first.bottom, second.bottom),
    )
