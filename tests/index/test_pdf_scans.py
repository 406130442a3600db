"""PDFs whose pages are pictures."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import pytest
from pdf_samples import content_pdf, page_picture, pictures_pdf, scanned_pdf

from index.errors import RecognitionError, SourceTooLargeError
from index.formats.pdf import read_pdf
from index.obstacles import Obstacle
from index.records import Format
from index.settings import IndexSettings

SETTINGS = IndexSettings()
TEXT = "The lock keeper counts the boats.\n\nIn a dry year there are nine hundred of them."

needs_recognition = pytest.mark.skipif(
    find_spec("rapidocr") is None, reason="the extra [ocr] is not installed"
)


@pytest.fixture
def _no_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the extra is not installed."""
    monkeypatch.setitem(sys.modules, "rapidocr", None)


@needs_recognition
def test_a_scan_is_recognised_page_by_page() -> None:
    told: list[tuple[int, int]] = []
    draft = read_pdf(scanned_pdf(TEXT, pages=2), SETTINGS, lambda *done: told.append(done))
    assert draft.format is Format.SCAN
    assert draft.text.startswith("The lock keeper counts the boats.")
    assert draft.text[draft.pages[1] :].startswith("The lock keeper")
    assert told == [(1, 2), (2, 2)]


@needs_recognition
def test_a_scan_without_words_says_so() -> None:
    with pytest.raises(RecognitionError) as refusal:
        read_pdf(pictures_pdf([page_picture("")]), SETTINGS)
    assert refusal.value.obstacle is Obstacle.NO_WORDS_SEEN


@pytest.mark.usefixtures("_no_recognition")
def test_a_scan_without_the_extra_names_it() -> None:
    with pytest.raises(RecognitionError) as refusal:
        read_pdf(scanned_pdf(TEXT), SETTINGS)
    assert refusal.value.obstacle is Obstacle.NEEDS_OCR
    assert "pip install 'cuttings[ocr]'" in refusal.value.hint


@pytest.mark.usefixtures("_no_recognition")
def test_the_mark_of_a_scanning_program_does_not_make_it_text() -> None:
    data = pictures_pdf([page_picture(TEXT)] * 2, below="Scanned with PocketScan")
    with pytest.raises(RecognitionError):
        read_pdf(data, SETTINGS)


@pytest.mark.usefixtures("_no_recognition")
def test_letters_without_meaning_are_no_text() -> None:
    with pytest.raises(RecognitionError):
        read_pdf(content_pdf(b"BT /F2 12 Tf 20 700 Td (Letters of a broken font.) Tj ET"), SETTINGS)


@pytest.mark.usefixtures("_no_recognition")
def test_a_text_with_a_picture_of_a_page_is_read_without_it() -> None:
    words = " ".join(["Plenty of words that stand beside the picture of the lock."] * 4)
    draft = read_pdf(pictures_pdf([page_picture(TEXT)], below=words), SETTINGS)
    assert draft.format is Format.PDF


@needs_recognition
def test_a_scan_of_more_pages_than_are_recognised_is_refused() -> None:
    settings = IndexSettings(max_recognised_pages=2)
    with pytest.raises(SourceTooLargeError, match="scan of 3 pages"):
        read_pdf(scanned_pdf(TEXT, pages=3), settings)
