"""Pages that are pictures of pages, and the words recognised in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from index.errors import RecognitionError, SourceTooLargeError
from index.formats import recognition
from index.formats.draft import Progress
from index.formats.pdf_document import PdfFile
from index.formats.pdf_furniture import is_page_number, pattern_of
from index.formats.pdf_page import Page
from index.formats.pdf_paragraphs import Paragraph
from index.formats.pdf_text import plain_paragraphs
from index.obstacles import Obstacle
from index.settings import IndexSettings

DOTS = 200
"""Per inch: what recognition reads well, without being slow."""
LONGEST = 2500
"""Pixels of the longer side at most."""

_FEW_LETTERS, _PICTURED = 20, 0.5
_STAMP_LETTERS, _FULL = 150, 0.85  # the mark of a scanner's program on each page
_UNREADABLE = 0.5
_NEARLY_ALL = 0.8
_MIN_PAGES = 3


def needs_recognition(page: Page) -> bool:
    """Tell whether a page's words are only to be seen in it."""
    return (
        page.unreadable > _UNREADABLE
        or (page.letters <= _FEW_LETTERS and page.pictured >= _PICTURED)
        or (page.letters <= _STAMP_LETTERS and page.pictured >= _FULL)
    )


def is_scan(pictures: int, texts: int) -> bool:
    """Tell a scan from a document with some pictures by the number of pages of either kind."""
    return pictures > 0 and pictures >= _NEARLY_ALL * (pictures + texts)


def recognised_pages(
    pdf: PdfFile,
    numbers: Sequence[int],
    scan: bool,
    settings: IndexSettings,
    progress: Progress | None,
) -> dict[int, list[Paragraph]]:
    """Return the paragraphs recognised on the pages of these numbers, counted from 0.

    Of a document that is no scan, no more pages than the settings allow, and none without the
    extra. Raises RecognitionError, SourceTooLargeError for a scan.
    """
    limit = settings.max_recognised_pages
    if scan and not recognition.available():
        raise RecognitionError(
            "This PDF is a scan: pictures of pages, without text.",
            hint="To have its words recognised, install the extra: pip install 'cuttings[ocr]'.",
            obstacle=Obstacle.NEEDS_OCR,
        )
    if scan and len(numbers) > limit:
        raise SourceTooLargeError(
            f"This PDF is a scan of {len(numbers):,} pages, more than the {limit:,} "
            "that max_recognised_pages allows.",
            hint="Split it into smaller files, or raise max_recognised_pages in the settings.",
        )
    if not recognition.available():
        return {}
    found: dict[int, list[Paragraph]] = {}
    numbers = numbers[:limit]
    for done, number in enumerate(numbers, 1):
        picture = pdf.picture(number, DOTS, LONGEST)
        text = "" if picture is None else recognition.recognised_text(picture)
        found[number] = plain_paragraphs(text, number)
        if progress:
            progress(done, len(numbers))
    if scan and not any(found.values()):
        raise RecognitionError(
            "This PDF is a scan, and no words were recognised in it.",
            hint="Scan it again, sharper and larger, or paste the text.",
        )
    return _without_furniture(found)


def _without_furniture(found: Mapping[int, list[Paragraph]]) -> dict[int, list[Paragraph]]:
    """Take page numbers, and what most pages begin or end with, from the recognised pages."""
    edges = Counter(
        pattern for read in found.values() for pattern in {pattern_of(p.text) for p in _edges(read)}
    )
    return {
        number: [
            paragraph
            for paragraph in read
            if not (
                any(paragraph is edge for edge in _edges(read))
                and (
                    is_page_number(paragraph.text)
                    or edges[pattern_of(paragraph.text)] >= max(_MIN_PAGES, len(found) / 2)
                )
            )
        ]
        for number, read in found.items()
    }


def _edges(read: Sequence[Paragraph]) -> list[Paragraph]:
    return [read[0], read[-1]] if len(read) > 1 else []
