"""Columns of seen lines put together to paragraphs, and these to the text of a page (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from index.formats.recognised_columns import in_columns
from index.formats.recognised_lines import SeenLine, joined_rows

LONGEST_WORD = 40
"""Letters; of languages written without spaces a whole paragraph is one run of them."""

_SENTENCE_END = re.compile(r"[.!?…:。！？][\"'”’»)\]]*$")
_HYPHENATED = re.compile(r"([^\W\d_]+)[-‐\u00ad]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_BULLET = re.compile(r"(?:[•‣◦▪●·*–—-]|\d{1,2}[.)]|[a-z]\))\s")
_UNBROKEN = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]|\\S+")
_WITHOUT_SPACES = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


def text_of(lines: Sequence[SeenLine]) -> str:
    """Return the text of a page: its paragraphs in reading order, parted by empty lines."""
    rows = joined_rows(lines)
    found: list[list[SeenLine]] = []
    for column in in_columns(rows):
        paragraphs = _paragraphs(column)
        # A paragraph goes on at the head of the next column.
        if found and _goes_on(found[-1], paragraphs[0]):
            found[-1] += paragraphs.pop(0)
        found += paragraphs
    whole = "\n".join(row.text for row in rows)
    return "\n\n".join(_joined(paragraph, whole) for paragraph in found)


def _paragraphs(column: Sequence[SeenLine]) -> list[list[SeenLine]]:
    pitch = _pitch(column)
    left = min(row.left for row in column)
    right = max(row.right for row in column)
    paragraphs = [[column[0]]]
    for previous, row in pairwise(column):
        first = len(paragraphs[-1]) == 1
        if (
            not _alike(previous, row)
            or _BULLET.match(row.text)
            # Where letters are larger, their lines are farther apart.
            or row.middle - previous.middle > 1.35 * max(pitch, 1.1 * row.height)
            or _begins(previous, row, left, right, first)
        ):
            paragraphs.append([])
        paragraphs[-1].append(row)
    return paragraphs


def _begins(previous: SeenLine, row: SeenLine, left: float, right: float, first: bool) -> bool:
    """Whether a paragraph begins with `row`, by the words alone and where the lines end.

    `first` says that the previous line is the first of its paragraph.
    """
    if _HYPHENATED.search(previous.text) or row.middle < previous.bottom - 0.3 * row.height:
        return False
    ended = bool(_SENTENCE_END.search(previous.text))
    indent = row.left - max(left, previous.left)
    if ended and 0.5 * row.height < indent < 6 * row.height:
        return True
    # A line with room for the next word breaks off: it ends its paragraph, or is a heading.
    word = _UNBROKEN.match(row.text)
    letters = len(word[0]) + 1 if word else 1
    room = right - previous.right
    broken_off = room > 1.2 * letters * row.width / max(1, len(row.text)) + 0.5 * row.height
    return broken_off and (ended or (first and row.text[:1].isupper()))


def _alike(one: SeenLine, other: SeenLine) -> bool:
    """Whether two lines have letters of one size."""
    if max(one.height, other.height) < 1.35 * min(one.height, other.height):
        return True
    # A line that is seen a little too high has letters as wide as the others.
    widths = sorted(line.width / max(1, len(line.text)) for line in (one, other))
    return widths[1] < 1.2 * widths[0] and abs(one.height - other.height) < 0.5 * one.height


def _goes_on(paragraph: Sequence[SeenLine], following: Sequence[SeenLine]) -> bool:
    last, row = paragraph[-1], following[0]
    if _SENTENCE_END.search(last.text) or not _alike(last, row):
        return False
    return row.text[:1].islower() or len(paragraph) > 1


def _pitch(column: Sequence[SeenLine]) -> float:
    """Return how far one line lies below the other, in the column's running text."""
    steps = [below.middle - above.middle for above, below in pairwise(column)]
    steps = [step for step in steps if step > 0]
    # The lower middle: in a column of headings and short paragraphs every other step is a gap.
    usual = 1.3 * median(row.height for row in column)
    return min([usual, *sorted(steps)[(len(steps) - 1) // 3 :][:1]])


def _joined(rows: Sequence[SeenLine], whole: str) -> str:
    text = rows[0].text
    for row in rows[1:]:
        text = _appended(text, row.text, whole)
    return text


def _appended(text: str, line: str, whole: str) -> str:
    """Return the text with one more line, a word that was divided at the line's end whole again."""
    hyphenated = _HYPHENATED.search(text, max(0, len(text) - LONGEST_WORD))
    following = _FIRST_WORD.match(line)
    if hyphenated and following:
        if not following[0][0].islower():
            return text + line
        # "well-known" stays as it is where the page has it so elsewhere.
        compound = f"{hyphenated[1]}-{following[0]}"
        if re.search(rf"\b{re.escape(compound)}\b", whole):
            return text + line
        return text[: hyphenated.end(1)] + line
    if _WITHOUT_SPACES.match(text[-1:]) and _WITHOUT_SPACES.match(line[:1]):
        return text + line
    return f"{text} {line}"
