"""Drop caps: a large first letter that stands over several lines of its paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.formats.pdf_hyphens import Vocabulary
from index.formats.pdf_lines import Line

_MIN_RATIO = 1.8
_MAX_GAP = 1.5  # in ems of the lines beside it
_MAX_CHARACTERS = 2  # a quotation mark and a letter
_MAX_CAPS = 20
_WORDS = frozenset("AIOEYaioey")
"""Letters that are words by themselves in some language."""


def with_drop_caps(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with drop caps put before the first line beside them."""
    found = list(lines)
    caps = [line for line in lines if len(line.text) <= _MAX_CHARACTERS and line.text[-1].isupper()]
    # A page of single letters has none.
    for cap in caps if len(caps) <= _MAX_CAPS else ():
        beside = [line for line in found if _stands_beside(cap, line)]
        if not beside:
            continue
        first = min(beside, key=lambda line: line.baseline)
        vocabulary = Vocabulary(line.text for line in lines if line is not first)
        replaced = {id(line): replace(line, left=cap.left) for line in beside}
        text = cap.text + _space(cap, first, vocabulary) + first.text
        replaced[id(first)] = replace(first, left=cap.left, text=text)
        found = [replaced.get(id(line), line) for line in found if line is not cap]
    return found


def _stands_beside(cap: Line, line: Line) -> bool:
    middle = line.baseline - 0.3 * line.size
    return (
        cap.size >= _MIN_RATIO * line.size
        and len(line.text) > _MAX_CHARACTERS
        and -line.size <= line.left - cap.right <= _MAX_GAP * line.size
        and cap.top - 0.3 * line.size < middle < cap.baseline + 0.2 * line.size
    )


def _space(cap: Line, first: Line, vocabulary: Vocabulary) -> str:
    """Return a space after a letter that is a word, as the words of the page tell."""
    letter, word = cap.text[-1], first.text.split(" ", 1)[0].strip(".,;:")
    if letter not in _WORDS or letter + word in vocabulary or word not in vocabulary:
        return ""
    return " "
