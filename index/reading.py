"""What a reader says of a question and a passage, and how token scores become spans of text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.records import Candidate

SPANS_KEPT = 10
"""Best spans kept of each passage, so that passages can agree on one that is not the first."""
MAXIMUM_SPAN_TOKENS = 30

_OPENING = "“\"'‘«([{"
_CLOSING = {"”": "“", '"': '"', "'": "'", "’": "‘", "»": "«", ")": "(", "]": "[", "}": "{"}
_TRAILING = ".,;:!?–—-… \n\t"
_LEADING = ",;:!?–—… \n\t"
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """A possible answer: characters of the passage, and by how much it beats "no answer"."""

    start: int
    end: int
    margin: float
    """Logit difference; above 0 the passage holds an answer."""
    tokens: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader says of one passage."""

    relevance: float
    """Logit; its sigmoid is the relevance between 0 and 1."""
    spans: tuple[ScoredSpan, ...]
    """Best first, whole words, no two alike."""


class Reader(Protocol):
    """Says how relevant passages are to a question, and where in them the answer's words are."""

    @property
    def identity(self) -> str:
        """Which model it is."""

    def question_tokens(self, question: str) -> int:
        """Length of a question as the model reads it."""

    def read(self, question: str, candidates: Sequence[Candidate]) -> list[Reading]:
        """One reading a candidate, in order; offsets are into the candidate's text."""


def best_spans(
    start_logits: npt.NDArray[np.float32],
    end_logits: npt.NDArray[np.float32],
    offsets: Sequence[tuple[int, int]],
    readable: npt.NDArray[np.bool_],
    text: str,
    null_score: float,
) -> list[ScoredSpan]:
    """The best spans of one encoded passage, aligned to whole words, best first.

    `start_logits`, `end_logits` and `readable` are [length]; `offsets` are characters of
    `text` for each readable token; `null_score` is what "no answer here" scores.
    """
    positions = np.flatnonzero(readable)
    if not len(positions):
        return []
    starts, ends = start_logits[positions], end_logits[positions]
    # [position, tokens - 1]: a band of the whole square, for spans are short.
    padded = np.concatenate([ends, np.full(MAXIMUM_SPAN_TOKENS - 1, -np.inf, dtype=ends.dtype)])
    bands = np.lib.stride_tricks.sliding_window_view(padded, MAXIMUM_SPAN_TOKENS)
    scores = (starts[:, None] + bands - null_score).ravel()
    # Several token spans can become one once they are aligned: look at more than are kept.
    wanted = min(SPANS_KEPT * 3, len(scores))
    ranked = np.argpartition(-scores, wanted - 1)[:wanted]
    ranked = ranked[np.argsort(-scores[ranked], kind="stable")]
    found: dict[tuple[int, int], ScoredSpan] = {}
    for flat in ranked:
        if not np.isfinite(scores[flat]):
            break
        first, further = divmod(int(flat), MAXIMUM_SPAN_TOKENS)
        last = positions[first + further]
        start, end = align(text, offsets[positions[first]][0], offsets[last][1])
        if start < end and (start, end) not in found:
            found[start, end] = ScoredSpan(start, end, float(scores[flat]), further + 1)
        if len(found) == SPANS_KEPT:
            break
    return list(found.values())


def merged(readings: Sequence[Reading]) -> Reading:
    """The readings of one passage's windows as one: the greatest relevance, the best spans."""
    if len(readings) == 1:
        return readings[0]
    best: dict[tuple[int, int], ScoredSpan] = {}
    for span in sorted((s for r in readings for s in r.spans), key=lambda s: -s.margin):
        best.setdefault((span.start, span.end), span)
    relevance = max(reading.relevance for reading in readings)
    return Reading(relevance, tuple(best.values())[:SPANS_KEPT])


def align(text: str, start: int, end: int) -> tuple[int, int]:
    """Grow a span to whole words and numbers, and drop punctuation that only surrounds it."""
    while 0 < start < len(text) and _joined(text, start):
        start -= 1
    while 0 < end < len(text) and _joined(text, end):
        end += 1
    while start < end and text[start] in _LEADING:
        start += 1
    while start < end:
        last = text[end - 1]
        if (last in _TRAILING and not _ends_abbreviation(text, start, end)) or (
            last in _CLOSING and _CLOSING[last] not in text[start : end - 1]
        ):
            end -= 1
        elif text[start] in _OPENING and not _closed(text[start], text[start + 1 : end]):
            start += 1
        else:
            break
    return start, end


def _joined(text: str, position: int) -> bool:
    """Whether the characters on both sides of `position` belong to one word or number."""
    before, after = text[position - 1], text[position]
    if _wordlike(before) and _wordlike(after):
        return True
    # Accents, vowel signs, skin tones and joined emoji stay with what they modify.
    if _modifies(after) or before in _JOINERS:
        return not before.isspace() and not after.isspace()
    # 100,000 and 3.5
    if before in ".," and after.isdigit():
        return position > 1 and text[position - 2].isdigit()
    return (
        before.isdigit()
        and after in ".,"
        and position + 1 < len(text)
        and text[position + 1].isdigit()
    )


def _modifies(char: str) -> bool:
    return unicodedata.category(char).startswith("M") or char in _JOINERS or "🏻" <= char <= "🏿"


def _wordlike(char: str) -> bool:
    # Scripts written without spaces have no word ends to grow to.
    return (
        (char.isalnum() or _modifies(char))
        and not "\u0e00" <= char <= "\u0eff"
        and not "\u2e80" <= char <= "\uffef"
    )


def _ends_abbreviation(text: str, start: int, end: int) -> bool:
    """Whether the span ends in the full stop of "U.S." or "Washington D.C."."""
    return (
        text[end - 1] == "."
        and end - start >= 4
        and text[end - 2].isupper()
        and text[end - 3] == "."
        and text[end - 4].isupper()
    )


def _closed(opening: str, rest: str) -> bool:
    return any(close in rest for close, opener in _CLOSING.items() if opener == opening)
