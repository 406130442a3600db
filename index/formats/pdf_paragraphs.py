"""From lines in reading order to paragraphs: which lines go together."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low, quantiles

from index.formats.pdf_hyphens import ends_in_hyphen
from index.formats.pdf_lines import Line

_SAME_SIZE = 0.08
_GAP = 1.25  # of the usual distance between lines
_SLIGHT_GAP = 1.1
_TIGHT = 1.5  # in ems: the usual distance between the lines of a paragraph is less
_INDENT = 0.8  # in ems
_EDGE = 1.5  # in ems: so ragged may a right edge be
_MIN_AT_EDGE = 3
_SHARE_AT_EDGE = 0.4
_MANY = 6
_MIN_SPACED = 8  # lines that show double spacing
_SPACE_NEEDED = 0.35  # in ems: a space, and some letters stand out of the edge

_BULLET = re.compile(r"[•●○◦▪▫■□‣⁃∙·►▶➤➢✓✔❖]\s*\S")
_MARK = re.compile(r"(?:[-–—*]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)])\s+\S")
_LEADER = re.compile(r"(?:\.\s?){5}\s*\d+\Z")  # of a table of contents
_SENTENCE_END = re.compile(r"[.!?…:。！？；：][\"'”’»)\]]*(?:\[\d+\]|\d{1,3})?\Z")


@dataclass(slots=True)
class Paragraph:
    """Lines that make up a paragraph, each with its page, counted from 0."""

    lines: list[tuple[str, int]]
    size: float = 0.0
    heading: bool = False
    room: float = math.inf
    """In points: after the last line, up to the right edge where there is one."""
    first: float = 0.0
    """In points: what the first word needs."""
    indented: bool = False
    listed: bool = False
    """An item of a list."""
    close: bool = False
    """Whether it follows as the next line would, without a gap."""
    note: bool = False
    """A footnote."""

    @property
    def text(self) -> str:
        """Its lines one after the other, as they stand."""
        return "\n".join(text for text, _ in self.lines)


@dataclass(frozen=True, slots=True)
class Setting:
    """How the lines of a document are set."""

    size: float
    """Of the body, in points."""
    leading: float
    """The distance between lines, in ems."""


class _Column:
    """A block of lines, and where its lines of each size begin and end."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._edges: dict[float, tuple[float, float, bool]] = {}

    def edges(self, size: float) -> tuple[float, float, bool]:
        """Return the left and the right edge, and whether enough lines show the right one."""
        if size not in self._edges:
            alike = [line for line in self._lines if _alike(line.size, size)]
            lefts = Counter(round(line.left) for line in alike)
            left = max(lefts, key=lambda place: (lefts[place], -place))
            ends = sorted((line.right for line in alike), reverse=True)
            right = ends[0]
            if len(ends) >= _MANY:
                # One line that stands out shows no edge.
                right = next((a for a, b in pairwise(ends) if a - b < _EDGE * size), right)
            at_edge = sum(line.right > right - _EDGE * size for line in alike)
            needed = max(min(_MIN_AT_EDGE, len(alike)), _SHARE_AT_EDGE * len(alike))
            shown = len(alike) > 1 and at_edge >= needed
            self._edges[size] = left, right, shown
        return self._edges[size]

    def is_full(self, line: Line, following: Line) -> bool:
        """Whether the first word of `following` had no room in `line`."""
        _, right, _ = self.edges(line.size)
        return right - line.right < following.first + _SPACE_NEEDED * line.size


def setting_of(blocks: Iterable[Sequence[Line]]) -> Setting:
    """Return the size of most of the text, and the usual distance between its lines."""
    blocks = list(blocks)
    letters: Counter[float] = Counter()
    for block in blocks:
        for line in block:
            letters[max(0.5, round(line.size * 2) / 2)] += len(line.text)
    size = letters.most_common(1)[0][0] if letters else 10.0
    distances: list[float] = []
    full: list[bool] = []
    for block in blocks:
        column = _Column(block)
        for line, following in pairwise(block):
            distance = (following.baseline - line.baseline) / size
            if _alike(line.size, size) and _alike(following.size, size) and 0 < distance < 4:
                distances.append(distance)
                full.append(column.edges(line.size)[2] and column.is_full(line, following))
    if len(distances) < 2:
        return Setting(size, _TIGHT / _GAP)
    leading = quantiles(distances, n=10)[2]
    if leading > _TIGHT:
        # Double spacing, unless these are the gaps between paragraphs of one line.
        spaced = [
            run for run, distance in zip(full, distances, strict=True) if distance < 1.1 * leading
        ]
        if len(spaced) < _MIN_SPACED or 2 * sum(spaced) < len(spaced):
            leading = _TIGHT / _GAP
    return Setting(size, leading)


def paragraphs(
    block: Sequence[Line], page: int, setting: Setting, height: float
) -> list[Paragraph]:
    """Return the paragraphs of a block of lines on a page (counted from 0) of this height."""
    if not block:
        return []
    column = _Column(block)
    found: list[Paragraph] = []
    group: list[Line] = []
    close = False
    for line, following in zip(block, [*block[1:], None], strict=True):
        group.append(line)
        gap = following and _gap_after(group, following, column, setting)
        if following is None or gap:
            found.append(_paragraph(group, page, column, setting, height))
            found[-1].close = close
            group, close = [], gap == "line"
    return found


def _gap_after(group: list[Line], line: Line, column: _Column, setting: Setting) -> str:
    """Return "" where `line` goes on with the paragraph, or what parts them: a "gap" or "line"."""
    last = group[-1]
    if not _alike(last.size, line.size):
        return "gap"
    em = last.size
    distance = (line.baseline - last.baseline) / em
    if distance > _GAP * setting.leading or distance <= 0:
        return "gap"
    ended = not column.is_full(last, line) and not ends_in_hyphen(last.text)
    if last.bold != line.bold and (ended or _SENTENCE_END.search(last.text)):
        return "gap"
    if ended and distance > _SLIGHT_GAP * setting.leading:
        return "gap"
    if _BULLET.match(line.text) or (last.cells and line.cells) or _LEADER.search(last.text):
        return "line"
    listed = bool(_BULLET.match(group[0].text) or _MARK.match(group[0].text))
    shift = (line.left - last.left) / em
    if _MARK.match(line.text) and (ended or (listed and abs(line.left - group[0].left) < 0.5 * em)):
        return "line"
    if ended and (_SENTENCE_END.search(last.text) or not _goes_on(line.text)):
        return "line"
    if _is_centred(last, column) and _is_centred(line, column):
        return ""
    if shift > _INDENT:
        # The second line of a list's item, or of a reference, hangs.
        hanging = len(group) == 1 and (listed or not _SENTENCE_END.search(last.text))
        return "" if hanging else "gap"
    sentence = _SENTENCE_END.search(last.text) and not _goes_on(line.text)
    if sentence and len(group) == 1 and last.left - column.edges(em)[0] > _INDENT * em:
        # Two indented lines are two paragraphs of a line, or a quotation that goes on.
        return "gap" if abs(shift) < _INDENT else ""
    if shift < -_INDENT and len(group) > 1:
        return "gap" if _SENTENCE_END.search(last.text) or not _goes_on(line.text) else ""
    return ""


def _paragraph(
    group: list[Line],
    page: int,
    column: _Column,
    setting: Setting,
    height: float,
) -> Paragraph:
    first, last = group[0], group[-1]
    size = median_low([line.size for line in group])
    # The next line shows whether the first is indented, and else the column's edge.
    left, right, has_edge = column.edges(last.size)
    edge = group[1].left if len(group) > 1 else left
    text = " ".join(line.text for line in group)
    return Paragraph(
        lines=[(line.text, page) for line in group],
        size=size,
        heading=size > (1 + _SAME_SIZE) * setting.size
        or (first.bold and len(group) <= 3 and all(line.bold for line in group)),
        room=right - last.right if has_edge else math.inf,
        first=first.first + _SPACE_NEEDED * size,
        indented=first.left - edge > _INDENT * size,
        listed=bool(_BULLET.match(text) or _MARK.match(text)),
        note=size < (1 - _SAME_SIZE) * setting.size and first.baseline > height / 2,
    )


def runs_on(before: Paragraph, after: Paragraph) -> bool:
    """Tell whether a paragraph goes on in the next column or on the next page."""
    last, first = before.lines[-1][0], after.lines[0][0]
    if after.listed or before.heading != after.heading or not _alike(before.size, after.size):
        return False
    if before.heading:
        return before.size == after.size and not _SENTENCE_END.search(last)
    if _goes_on(first) and (ends_in_hyphen(last) or not _SENTENCE_END.search(last)):
        return True
    return before.room < after.first and not after.indented


def _goes_on(text: str) -> bool:
    """Tell whether a line begins as none does that begins a sentence."""
    return text[:1].islower() or text[:1] in ",;.)]”’"


def _alike(size: float, other: float) -> bool:
    return abs(size - other) <= _SAME_SIZE * max(size, other)


def _is_centred(line: Line, column: _Column) -> bool:
    left, right, _ = column.edges(line.size)
    before, after = line.left - left, right - line.right
    return before > line.size and abs(before - after) < line.size
