"""A page turned until its text stands upright, whatever way it was set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from index.formats.pdf_lines import Word, is_right_to_left

Box = tuple[float, float, float, float]
"""Left, bottom, right, top; upwards, in points."""

_MIN_SHARE = 0.2  # of a page's characters: fewer in another direction are a stamp or a label


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a page in the order in which they were set, upright."""

    words: list[Word]
    height: float
    letters: int
    unreadable: float
    """The share of the characters that stand for no letter."""
    pictured: float = 0.0
    """The share of the page that pictures cover."""


def upright(found: Iterable[tuple[int, Word, int]], box: Box) -> Page:
    """Return the page of words with their directions (0 to 3, in right angles), as measured.

    The third of each are its characters that stand for no letter. `box` is what is seen of the
    page: words outside it are left out. Text from right to left is mirrored, so that everything
    after reads from left to right.
    """
    directions: dict[int, list[Word]] = {}
    shares: Counter[int] = Counter()
    characters = unreadable = 0
    for direction, word, bad in found:
        characters += max(len(word.text), bad)
        unreadable += bad
        if word.text:
            directions.setdefault(direction, []).append(word)
            shares[direction] += len(word.text)
    words: list[Word] = []
    height = 0.0
    for direction, share in shares.most_common():
        if words and share < _MIN_SHARE * characters:
            break
        seen = turned(box, direction)
        # What runs another way is read after the rest.
        words += [
            replace(
                word,
                left=word.left - seen[0],
                right=word.right - seen[0],
                baseline=height + seen[3] - word.baseline,
            )
            for word in directions[direction]
            if _is_within(word, seen)
        ]
        height += seen[3] - seen[1]
    text = "".join(word.text for word in words)
    if is_right_to_left(text):
        words = [replace(word, left=-word.right, right=-word.left) for word in words]
    return Page(
        words=words,
        height=height or box[3] - box[1],
        letters=sum(map(str.isalnum, text)),
        unreadable=unreadable / characters if characters else 0.0,
    )


def turned(box: Box, direction: int) -> Box:
    """Turn a box until text in this direction (0 to 3, in right angles) runs to the right."""
    left, bottom, right, top = box
    return (
        (left, bottom, right, top),
        (bottom, -right, top, -left),
        (-right, -top, -left, -bottom),
        (-top, left, -bottom, right),
    )[direction]


def _is_within(word: Word, box: Box) -> bool:
    across, up = (word.left + word.right) / 2, word.baseline + 0.3 * word.size
    return box[0] <= across <= box[2] and box[1] <= up <= box[3]
