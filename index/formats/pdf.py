"""A PDF: the words that a careful reader would copy out of it, and on which page they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.errors import DamagedSourceError, EmptySourceError, SourceTooLargeError
from index.formats.draft import Draft, Progress
from index.formats.pdf_columns import gutter_of, reading_order
from index.formats.pdf_document import PdfFile
from index.formats.pdf_drop_caps import with_drop_caps
from index.formats.pdf_furniture import PageLines, without_furniture
from index.formats.pdf_lines import pieces
from index.formats.pdf_paragraphs import Paragraph, paragraphs, setting_of
from index.formats.pdf_scans import is_scan, needs_recognition, recognised_pages
from index.formats.pdf_statements import author_of, published_of, title_of
from index.formats.pdf_text import compose
from index.records import Format
from index.settings import IndexSettings

_WORD = re.compile(r"\w")
_TAIL = 2048  # bytes in which the mark of the end stands
_ENOUGH = 2
"""Times max_article_characters: more need not be read to be refused."""


def read_pdf(data: bytes, settings: IndexSettings, progress: Progress | None = None) -> Draft:
    """Return the text of a PDF with its pages, recognised where it is a scan.

    Raises EmptySourceError without a word, EncryptedSourceError where a password is needed,
    DamagedSourceError where nothing can be read, SourceTooLargeError over a limit on pages,
    RecognitionError for a scan in which no words are recognised.
    """
    if not data.strip():
        raise EmptySourceError("The file is empty.", hint="Send a file with something in it.")
    with PdfFile(data) as pdf:
        count = len(pdf)
        if count > settings.max_pages:
            raise SourceTooLargeError(
                f"This PDF has {count:,} pages, more than the {settings.max_pages:,} "
                "that max_pages allows.",
                hint="Split it into smaller files, or raise max_pages in the settings.",
            )
        read, pictures = _read_pages(pdf, count, settings)
        if not any(read):
            raise _nothing_read(data)
        texts = sum(1 for page in read if page and page.lines)
        scan = is_scan(len(pictures), texts)
        seen = recognised_pages(pdf, pictures, scan, settings, progress)
        draft = _draft(pdf, [page or PageLines([], 0.0) for page in read], seen, scan)
    if not _WORD.search(draft.text):
        raise _nothing_read(data)
    return draft


def _read_pages(
    pdf: PdfFile, count: int, settings: IndexSettings
) -> tuple[list[PageLines | None], list[int]]:
    """Return each page, None for a broken one, and the numbers of those that are pictures."""
    read: list[PageLines | None] = []
    pictures: list[int] = []
    letters = 0
    for number in range(count):
        page = pdf.page(number)
        if page is None:
            read.append(None)
        elif needs_recognition(page):
            read.append(PageLines([], page.height))
            pictures.append(number)
        else:
            read.append(PageLines(pieces(page.words), page.height))
            letters += page.letters
        if letters > _ENOUGH * settings.max_article_characters:
            break
    return read, pictures


def _draft(
    pdf: PdfFile, read: Sequence[PageLines], seen: Mapping[int, list[Paragraph]], scan: bool
) -> Draft:
    pieces_of = [with_drop_caps(lines) for lines in without_furniture(read)]
    gutters = {round(found) for lines in pieces_of if (found := gutter_of(lines)) is not None}
    blocks = [reading_order(lines, sorted(gutters)) for lines in pieces_of]
    setting = setting_of(block for page in blocks for block in page)
    pages = [
        [seen[number]]
        if number in seen
        else [paragraphs(block, number, setting, read[number].height) for block in page]
        for number, page in enumerate(blocks)
    ]
    text, starts = compose(pages)
    first = [paragraph for block in pages[0] for paragraph in block]
    # A date within a paragraph is about something else.
    lone = [p.text for p in first if len(p.lines) == 1]
    lines = [line for text in lone for line in text.split("\n")]
    return Draft(
        text=text,
        title=title_of(pdf.stated("Title"), first, setting),
        author=author_of(pdf.stated("Author"), lines),
        published=published_of(lines),
        format=Format.SCAN if scan else Format.PDF,
        language=pdf.language(),
        pages=starts,
    )


def _nothing_read(data: bytes) -> DamagedSourceError | EmptySourceError:
    if b"%%EOF" in data[-_TAIL:]:
        return EmptySourceError(
            "There are no words in this PDF.",
            hint="Send one with text in it, or paste the text.",
        )
    return DamagedSourceError(
        "This PDF is damaged: none of its pages can be read.",
        hint="Get the file again, or open it in a PDF viewer and copy the text.",
    )
