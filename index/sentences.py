"""Where the sentences and paragraphs of a text begin and end (pure)."""

from __future__ import annotations

import re
from bisect import bisect_right

import sentencex

from index.records import Span

_LINE = re.compile(r"[^\n]+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
# Hard-wrapped text: full lines of about this many characters that do not end a sentence.
_WRAPPED_LINE = range(40, 100)
_SENTENCE_ENDS = frozenset(".!?…:;\"'”’»)]。！？")


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of `text`, in order, without the white space around them.

    A paragraph is a line; where lines are wrapped at a fixed width, it is a block between
    blank lines.
    """
    lines = [_stripped(text, match.start(), match.end()) for match in _LINE.finditer(text)]
    lines = [line for line in lines if line.start < line.end]
    if not _is_hard_wrapped(text, lines):
        return lines
    blocks: list[Span] = []
    for line in lines:
        if blocks and not _BLANK_LINE.search(text, blocks[-1].end, line.start + 1):
            blocks[-1] = Span(blocks[-1].start, line.end)
        else:
            blocks.append(line)
    return blocks


_paragraphs_of = paragraphs
"""The same, where an argument has its name."""


def sentences(text: str, paragraph: Span) -> list[Span]:
    """The sentences of one paragraph of `text`, in order, without the white space around them."""
    found: list[Span] = []
    start = paragraph.start
    for piece in _segment(text[paragraph.start : paragraph.end]):
        sentence = _stripped(text, start, start + len(piece))
        start += len(piece)
        if sentence.start < sentence.end:
            found.append(sentence)
    return found


def sentence_around(text: str, span: Span) -> Span:
    """The sentence of `text` that holds `span`; from the first to the last if it crosses some."""
    # Of these paragraphs only: to segment a whole book takes seconds.
    found = [
        sentence for part in _holding(paragraphs(text), span) for sentence in sentences(text, part)
    ]
    return _joined(_holding(found, span), span)


def surroundings(text: str, span: Span, paragraphs: int = 1) -> Span:
    """The paragraphs of `text` that hold `span`, with so many more on each side."""
    return _joined(_holding(_paragraphs_of(text), span, paragraphs), span)


def _holding(parts: list[Span], span: Span, more: int = 0) -> list[Span]:
    """The parts from that which `span` begins in to that which it ends in, and `more` around."""
    starts = [part.start for part in parts]
    first = max(0, bisect_right(starts, span.start) - 1)
    last = max(0, bisect_right(starts, max(span.start, span.end - 1)) - 1)
    return parts[max(0, first - more) : last + 1 + more]


def _joined(parts: list[Span], span: Span) -> Span:
    if not parts:
        return span
    return Span(min(parts[0].start, span.start), max(parts[-1].end, span.end))


def _segment(text: str) -> list[str]:
    # sentencex slices inside multi-byte white space (U+2028 after an initial) and panics:
    # give it plain spaces, one for one, so that the lengths stay those of the text.
    plain = "".join(" " if char.isspace() else char for char in text)
    try:
        pieces: list[str] = sentencex.segment("en", plain)
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what pyo3 makes of a Rust panic
            raise
        return [text]
    return pieces if "".join(pieces) == plain else [text]


def _is_hard_wrapped(text: str, lines: list[Span]) -> bool:
    if len(lines) < 4:
        return False
    wrapped = sum(
        line.end - line.start in _WRAPPED_LINE and text[line.end - 1] not in _SENTENCE_ENDS
        for line in lines
    )
    return wrapped > len(lines) / 2


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
