"""What stood where a client cut a long text into messages (pure).

A client cuts before 4096 UTF-16 units, at the last of the best breaks in the second half: a
blank line, else a line's end, else a sentence's end, else a space, else anywhere; and the white
space there is lost. But had the text gone on within a sentence, the client would not have cut
there if a paragraph ended close by: so what is around a cut tells what was in it.
"""

from __future__ import annotations

import re
from enum import IntEnum

LIMIT = 4096
"""UTF-16 units of the longest message."""

_NEARLY_HALF = LIMIT // 2 - 8
_NEAR = 300
"""Phones look for a break only so far before the limit."""
_CLOSERS = r"[\"'”’»)\]]*"
_ENDS_SENTENCE = re.compile(rf"[.!?…。！？]{_CLOSERS}$")
_ENDS_CLAUSE = re.compile(r"[^\w\s]$")


class _Break(IntEnum):
    """From the worst place for a cut to the best."""

    NONE = 0
    SPACE = 1
    SENTENCE = 2
    LINE = 3
    BLANK_LINE = 4


_PATTERNS = {
    _Break.SPACE: re.compile(r"\s"),
    _Break.SENTENCE: re.compile(rf"(?<=[.!?…。！？]){_CLOSERS}\s"),
    _Break.LINE: re.compile(r"\n"),
    _Break.BLANK_LINE: re.compile(r"\n[^\S\n]*\n"),
}
_WHITE_SPACE = {
    _Break.NONE: "",
    _Break.SPACE: " ",
    _Break.SENTENCE: " ",
    _Break.LINE: "\n",
    _Break.BLANK_LINE: "\n\n",
}


def separator(piece: str, following: str) -> str:
    """The white space that was lost between two pieces of a text: none, a space, or line ends.

    Texts that no client has cut, since the first is too short for it, are kept apart as
    paragraphs.
    """
    if not piece or not following or piece[-1].isspace() or following[0].isspace():
        return ""
    if _units(piece) < _NEARLY_HALF:
        return "\n\n"
    second_half = _index(piece, LIMIT // 2)
    space = _Break.SENTENCE if _ENDS_SENTENCE.search(piece) else _Break.SPACE
    possible = [
        kind
        for kind in (_Break.NONE, space, _Break.LINE, _Break.BLANK_LINE)
        if _is_possible(kind, piece, following, second_half)
    ]
    if space in possible and not _has_spaces(piece[second_half:] + following[:LIMIT]):
        possible.remove(space)
    return _WHITE_SPACE[_likeliest(possible, piece, following)]


def _is_possible(kind: _Break, piece: str, following: str, second_half: int) -> bool:
    """Whether a client would have cut here, had there been this kind of break."""
    better = [pattern for other, pattern in _PATTERNS.items() if other > kind]
    if any(pattern.search(piece, second_half) for pattern in better):
        return False
    room = LIMIT - _units(piece) - len(_WHITE_SPACE[kind])
    if kind is _Break.NONE:
        # Any further character must have been too much.
        return room < _units(following[0])
    reachable = following[: _index(following, room) + 1] if room >= 0 else ""
    as_good = [pattern for other, pattern in _PATTERNS.items() if other >= kind]
    return not any(pattern.search(reachable) for pattern in as_good)


def _likeliest(possible: list[_Break], piece: str, following: str) -> _Break:
    """The kind of break, of those that can have been there."""
    ends_sentence = _ENDS_SENTENCE.search(piece) is not None
    if not possible:  # a client that cuts in another way
        if ends_sentence:
            return _Break.BLANK_LINE
        return _Break.SPACE if _has_spaces(piece[-LIMIT:] + following[:LIMIT]) else _Break.NONE
    if possible[0] < _Break.LINE:
        # Nothing speaks for more than that.
        return possible[0]
    runs_on = following[0].islower() and not _ENDS_CLAUSE.search(piece)
    if runs_on and _units(piece) >= LIMIT - _NEAR and "\n" not in piece[-_NEAR:]:
        return _Break.SPACE
    if len(possible) == 1:
        return possible[0]
    blank_lines = sum(len(_PATTERNS[_Break.BLANK_LINE].findall(t)) for t in (piece, following))
    lines = sum(t.count("\n") for t in (piece, following)) - 2 * blank_lines
    return _Break.LINE if lines > blank_lines else _Break.BLANK_LINE


def _has_spaces(text: str) -> bool:
    return " " in text


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def _index(text: str, units: int) -> int:
    """How many characters of `text` fit into so many UTF-16 units."""
    if len(text) <= units and _units(text) <= units:
        return len(text)
    used = 0
    for index, char in enumerate(text):
        used += 2 if char > "\uffff" else 1
        if used > units:
            return index
    return len(text)
