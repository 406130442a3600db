"""Paragraphs to the text of the article, and where in it the pages begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.formats.normalise import normalise
from index.formats.pdf_hyphens import Vocabulary, ends_in_hyphen, keeps_hyphen
from index.formats.pdf_paragraphs import Paragraph, runs_on

# Written without spaces between the words. Korean has them.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_BOUND_DASH = re.compile(r"\d[–—]\Z")


def compose(pages: Sequence[Sequence[Sequence[Paragraph]]]) -> tuple[str, tuple[int, ...]]:
    """Return the normalised text of pages of blocks of paragraphs, and where each page begins."""
    written = [
        paragraph for paragraph in _joined(pages) if any(text for text, _ in paragraph.lines)
    ]
    vocabulary = Vocabulary(text for paragraph in written for text, _ in paragraph.lines)
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    before: Paragraph | None = None
    for paragraph in written:
        if before:
            parts.append(_between(before, paragraph))
            length += len(parts[-1])
        line_before = ""
        for line, page in paragraph.lines:
            if line_before:
                cut, space = _joint(line_before, line, vocabulary)
                parts[-1] = parts[-1][: len(parts[-1]) - cut] + space
                length += len(space) - cut
            while len(starts) <= page:
                starts.append(length)
            parts.append(line)
            length += len(line)
            line_before = line
        before = paragraph
    starts += [length] * (len(pages) - len(starts))
    return "".join(parts), tuple(starts)


def clean(line: str) -> str:
    """Return a line without what normalising would take away."""
    return " ".join(normalise(line).split())


def _joined(pages: Sequence[Sequence[Sequence[Paragraph]]]) -> Iterator[Paragraph]:
    """Yield whole paragraphs: those that run on over columns and pages are joined.

    Footnotes stand at the end of their page, or before a paragraph that runs on over it.
    """
    last: Paragraph | None = None
    notes: list[Paragraph] = []
    for blocks in pages:
        body, new_notes = _without_notes(blocks)
        for starts_block, paragraph in body:
            # Footnotes of an earlier page cannot stand before what began before it.
            orderly = not notes or (last and last.lines[0][1] == notes[0].lines[0][1])
            if last and starts_block and orderly and runs_on(last, paragraph):
                yield from notes
                notes = []
                last = _extended(last, paragraph)
                continue
            if last:
                yield last
            yield from notes
            last, notes = paragraph, []
        if body or new_notes:
            if not body and last:
                yield last
                last = None
            notes += new_notes
    if last:
        yield last
    yield from notes


def _without_notes(
    blocks: Sequence[Sequence[Paragraph]],
) -> tuple[list[tuple[bool, Paragraph]], list[Paragraph]]:
    """Return the paragraphs, with whether each begins a block, and the footnotes below them."""
    body: list[tuple[bool, Paragraph]] = []
    notes: list[Paragraph] = []
    for number, block in enumerate(blocks):
        end = len(block)
        while end and block[end - 1].note:
            end -= 1
        following = blocks[number + 1] if number + 1 < len(blocks) else ()
        # Small type that goes on in the next column is no footnote.
        if end == 0 or (following and following[0].size <= block[-1].size * 1.05):
            end = len(block)
        body += [(place == 0, paragraph) for place, paragraph in enumerate(block[:end])]
        notes += block[end:]
    return body, notes


def _extended(before: Paragraph, after: Paragraph) -> Paragraph:
    return replace(before, lines=[*before.lines, *after.lines], room=after.room)


def _between(before: Paragraph, after: Paragraph) -> str:
    lone = len(before.lines) == len(after.lines) == 1 and not before.heading and not after.heading
    items = before.listed and after.listed
    return "\n" if items or (after.close and lone) else "\n\n"


def _joint(before: str, after: str, vocabulary: Vocabulary) -> tuple[int, str]:
    """Return how many characters of the line before go, and what stands between the two."""
    if ends_in_hyphen(before):
        return (0 if keeps_hyphen(before, after, vocabulary) else 1), ""
    if _BOUND_DASH.search(before) and after[:1].isdigit():
        return 0, ""
    if _UNSPACED.match(before[-1:]) and _UNSPACED.match(after[:1]):
        return 0, ""
    return 0, " "


def plain_paragraphs(text: str, page: int) -> list[Paragraph]:
    """Return the paragraphs of text between blank lines, for a page counted from 0."""
    found = ("\n".join(filter(None, map(clean, part.split("\n")))) for part in text.split("\n\n"))
    return [Paragraph([(part, page)]) for part in found if part]
