"""What PDFium finds in a PDF: the words of a page where they stand, pictures, statements.

The only importer of pypdfium2. Whoever opens a document closes it; one thread only.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from index.errors import DamagedSourceError, EncryptedSourceError
from index.formats.pdf_letters import HYPHEN, SPACES, written_word
from index.formats.pdf_lines import Word
from index.formats.pdf_page import Box, Page, turned, upright
from index.formats.pdf_repair import with_new_end

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_FORCED_BOLD = 1 << 18
_HEAVY = 650
_FEW_LETTERS = 200  # pages with more are none that pictures fill
_ASKEW = 10  # degrees: more is a stamp across the page
_NAME_BYTES = 128


class PdfFile:
    """An open PDF; a context manager.

    Raises EncryptedSourceError where a password is needed, DamagedSourceError where PDFium
    finds no document.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data  # which PDFium reads as long as the document is open
        self._pdf: Any = _opened(data)
        if self._pdf is None or len(self._pdf) < 1:
            # Its end is lost, or it never had a page.
            self._mend()
        if self._pdf is None:
            raise DamagedSourceError(
                "This PDF is damaged and cannot be opened.",
                hint="Get the file again, or open it in a PDF viewer and copy the text.",
            )

    def _mend(self) -> None:
        mended = with_new_end(self._data)
        found = _opened(mended) if mended else None
        if mended and found is not None:
            if self._pdf is not None:
                self._pdf.close()
            self._data, self._pdf = mended, found

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pdf.close()

    def __len__(self) -> int:
        """How many pages it says it has."""
        return max(0, len(self._pdf))

    def stated(self, key: str) -> str:
        """Return what the document says of itself, such as its `Title`, or ""."""
        try:
            return str(self._pdf.get_metadata_value(key))
        except (UnicodeDecodeError, pdfium.PdfiumError):
            return ""

    def language(self) -> str | None:
        """Return the language that the document states, such as `en-GB`."""
        ask = getattr(raw, "FPDFCatalog_GetLanguage", None)
        if ask is None:
            return None  # an older PDFium
        size = ask(self._pdf.raw, None, 0)
        if not 2 < size < _NAME_BYTES:
            return None
        buffer = (ctypes.c_ushort * (size // 2 + 1))()
        ask(self._pdf.raw, buffer, size)
        return bytes(buffer)[: size - 2].decode("utf-16-le", "replace") or None

    def page(self, number: int) -> Page | None:
        """Return a page, counted from 0, or None where it is broken."""
        try:
            page = self._pdf[number]
        except pdfium.PdfiumError:
            return None
        try:
            text = page.get_textpage()
            try:
                return _read_page(page, text.raw, text.count_chars())
            finally:
                text.close()
        except pdfium.PdfiumError:
            return None
        finally:
            page.close()

    def picture(self, number: int, dots: int, longest: int) -> NDArray[np.uint8] | None:
        """Return a page, counted from 0, as it looks: height x width x 3 (RGB).

        At `dots` per inch, and smaller where its longer side would have over `longest` pixels.
        """
        try:
            page = self._pdf[number]
        except pdfium.PdfiumError:
            return None
        try:
            size = max(page.get_size())
            if not size > 0:
                return None
            scale = min(dots / 72, longest / size)
            bitmap = page.render(scale=scale, rev_byteorder=True, maybe_alpha=False)
            try:
                picture: NDArray[np.uint8] = bitmap.to_numpy()[:, :, :3].copy()
                return picture
            finally:
                bitmap.close()
        except pdfium.PdfiumError:
            return None
        finally:
            page.close()


def _opened(data: bytes) -> Any:
    """Return the open document; `data` must stay as long as it is open."""
    # The code is asked for here, as pypdfium2 takes an earlier document's for an empty one.
    found = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if found:
        return pdfium.PdfDocument(found)
    if raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        raise EncryptedSourceError(
            "This PDF is protected with a password.",
            hint="Open it with its password, print it to a new PDF, and send that; "
            "or paste the text.",
        )
    return None


def _read_page(page: Any, text: Any, count: int) -> Page:
    box = page.get_bbox()
    found = upright(_Reader(text, count).words(), box)
    few = found.letters < _FEW_LETTERS or found.unreadable
    return replace(found, pictured=_pictured(page, box)) if few else found


def _pictured(page: Any, box: Box) -> float:
    left, bottom, right, top = box
    area = 0.0
    for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        x0, y0, x1, y1 = found.get_bounds()
        width = max(0.0, min(x1, right) - max(x0, left))
        area += width * max(0.0, min(y1, top) - max(y0, bottom))
    return min(1.0, area / max(1.0, (right - left) * (top - bottom)))


class _Reader:
    """Asks PDFium for the ends of every word only, as a call for each letter is slow."""

    def __init__(self, text: Any, count: int) -> None:
        self._text = text
        self._codes = [raw.FPDFText_GetUnicode(text, index) for index in range(count)]
        self._box = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._name = ctypes.create_string_buffer(_NAME_BYTES)
        self._flags = ctypes.c_int()

    def words(self) -> Iterator[tuple[int, Word, int]]:
        """Yield words with their directions, and how many of their characters say nothing."""
        start: int | None = None
        spaced = True
        for index, code in enumerate([*self._codes, 0x20]):
            if code in SPACES:
                if start is not None:
                    yield from self._between(start, index, spaced)
                start, spaced = None, True
            elif start is None:
                start = index
            if code == HYPHEN and start is not None:
                yield from self._between(start, index + 1, spaced)
                start, spaced = None, False

    def _between(self, start: int, end: int, spaced: bool) -> Iterator[tuple[int, Word, int]]:
        """Yield the word, or its parts where PDFium has missed that a new line begins."""
        found = self._word(start, end, spaced)
        if found is None:
            return
        direction, word, bad = found
        last = self._word(end - 1, end, False) if end - start > 1 else None
        if last and (
            last[0] != direction
            or abs(last[1].baseline - word.baseline) > 0.5 * max(word.size, last[1].size)
        ):
            middle = (start + end) // 2
            yield from self._between(start, middle, spaced)
            yield from self._between(middle, end, False)
        else:
            yield direction, word, bad

    def _word(self, start: int, end: int, spaced: bool) -> tuple[int, Word, int] | None:
        text, index = self._text, start
        raw.FPDFText_GetMatrix(text, index, self._matrix)
        a, b = self._matrix.a, self._matrix.b
        angle = math.degrees(math.atan2(b, a)) % 360
        direction = round(angle / 90) % 4
        if abs((angle + 45) % 90 - 45) > _ASKEW:
            return None
        first = self._extent(start, direction)
        last = self._extent(end - 1, direction)
        size = raw.FPDFText_GetFontSize(text, index) * math.hypot(self._matrix.c, self._matrix.d)
        # A font that draws its letters by itself may have any size.
        height = max(first[3] - first[1], 0.1)
        if not 0.4 * height <= size <= 2.5 * height:
            size = height / 1.2
        raw.FPDFText_GetCharOrigin(text, index, self._x, self._y)
        x, y = self._x.value, self._y.value
        baseline = (y, -x, -y, x)[direction]
        name_size = raw.FPDFText_GetFontInfo(text, index, self._name, _NAME_BYTES, self._flags)
        name = self._name.value.decode("latin-1") if 0 < name_size <= _NAME_BYTES else ""
        bold = bool(
            _BOLD.search(name)
            or self._flags.value & _FORCED_BOLD
            or raw.FPDFText_GetFontWeight(text, index) >= _HEAVY
        )
        written, bad = written_word(self._codes[start:end])
        if raw.FPDFText_HasUnicodeMapError(text, index) == 1:
            bad = end - start
        word = Word(
            text=written,
            left=min(first[0], last[0]),
            right=max(first[2], last[2]),
            baseline=baseline,
            size=size,
            bold=bold,
            spaced=spaced,
        )
        return direction, word, bad

    def _extent(self, index: int, direction: int) -> Box:
        raw.FPDFText_GetLooseCharBox(self._text, index, self._box)
        box = self._box
        return turned((box.left, box.bottom, box.right, box.top), direction)
