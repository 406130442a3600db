"""An article's text -> passages: whole sentences, whole paragraphs where they fit (pure).

Lengths are counted in words. A passage closes once it has `TARGET_WORDS`; none exceeds
`MAXIMUM_WORDS` by more than a short remainder. Time is linear in the text's length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from index.records import Span
from index.sentences import paragraphs, sentences

TARGET_WORDS = 120
MAXIMUM_WORDS = 200
SHORT_WORDS = 40
"""A heading or a remainder shorter than this joins its neighbour."""
OVERLAP_WORDS = 40
"""Where a paragraph is cut, its last sentence is repeated if it is not longer than this."""

# Scripts written without spaces count by the character, as the models' tokenizers do.
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+")
_CHARACTERS_PER_WORD = 10  # so that an endless "word" (a link, base64) is cut too


def lead(title: str, passage: str) -> str:
    """What the encoder and the reader read before a passage: its article's title.

    Empty where the passage begins with it. Never part of the stored text or its offsets.
    """
    title = title.rstrip("… .")
    return "" if not title or passage.startswith(title) else f"{title}. "


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    words: int


def count_words(text: str) -> int:
    """How many words `text` has; a character of a script without spaces counts as one."""
    return sum(1 for _ in _WORD.finditer(text))


def split(text: str) -> list[Span]:
    """The passages of `text` in order; every character that is not white space is in one."""
    passages: list[list[_Sentence]] = []
    current: list[_Sentence] = []
    for part in paragraphs(text):
        paragraph = [piece for found in sentences(text, part) for piece in _cut(text, found)]
        held, length = _words(current), _words(paragraph)
        fits = held + length <= MAXIMUM_WORDS
        if current and (held >= TARGET_WORDS or (not fits and held >= SHORT_WORDS)):
            passages.append(current)
            current, held = [], 0
        if held + length <= MAXIMUM_WORDS:
            current = current + paragraph
        else:
            *full, current = _divide(current + paragraph)
            passages.extend(full)
    if current:
        if passages and _words(current) < SHORT_WORDS and _follows(passages[-1], current):
            passages[-1] = passages[-1] + current
        else:
            passages.append(current)
    return [Span(passage[0].start, passage[-1].end) for passage in passages]


def _divide(paragraph: list[_Sentence]) -> list[list[_Sentence]]:
    """Cut a long paragraph into pieces of about equal length, a short sentence overlapping."""
    total = _words(paragraph)
    goal = total / ceil(total / MAXIMUM_WORDS)
    pieces: list[list[_Sentence]] = []
    piece: list[_Sentence] = []
    length = 0
    for position, sentence in enumerate(paragraph):
        if piece and length + sentence.words > MAXIMUM_WORDS:
            pieces.append(piece)
            piece = _overlap(piece, sentence)
            length = _words(piece)
        piece.append(sentence)
        length += sentence.words
        if length >= goal and position + 1 < len(paragraph):
            pieces.append(piece)
            piece = _overlap(piece, paragraph[position + 1])
            length = _words(piece)
    pieces.append(piece)
    return pieces


def _overlap(piece: list[_Sentence], following: _Sentence) -> list[_Sentence]:
    last = piece[-1]
    repeats = len(piece) > 1 and last.words <= OVERLAP_WORDS
    return [last] if repeats and last.words + following.words <= MAXIMUM_WORDS else []


def _cut(text: str, sentence: Span) -> Iterator[_Sentence]:
    """A sentence as it is, or, when it is longer than a passage, in pieces cut between words."""
    words = _weight(text, sentence.start, sentence.end)
    if words <= MAXIMUM_WORDS:
        yield _Sentence(sentence.start, sentence.end, words)
        return
    limit = TARGET_WORDS * _CHARACTERS_PER_WORD
    start = sentence.start
    while start < sentence.end:
        end = min(sentence.end, start + limit)
        # Dense scripts and one-letter words: count, so that no piece is too long to be read.
        for count, match in enumerate(_WORD.finditer(text, start, end)):
            if count == MAXIMUM_WORDS:
                end = match.start()
                break
        if end < sentence.end:
            space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
            end = space if space > start else end
        stripped_end = end
        while stripped_end > start and text[stripped_end - 1].isspace():
            stripped_end -= 1
        if stripped_end > start:
            yield _Sentence(start, stripped_end, _weight(text, start, stripped_end))
        start = end
        while start < sentence.end and text[start].isspace():
            start += 1


def _weight(text: str, start: int, end: int) -> int:
    words = sum(1 for _ in _WORD.finditer(text, start, end))
    return max(1, words, (end - start) // _CHARACTERS_PER_WORD)


def _words(piece: list[_Sentence]) -> int:
    return sum(sentence.words for sentence in piece)


def _follows(passage: list[_Sentence], remainder: list[_Sentence]) -> bool:
    return remainder[0].start >= passage[-1].end
