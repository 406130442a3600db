"""PDFs that cannot be read, and what is said about them."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from pdf_samples import article_pdf, declared_pdf, encrypted_pdf, set_pdf, written_pdf

from index.errors import (
    DamagedSourceError,
    EmptySourceError,
    EncryptedSourceError,
    SourceTooLargeError,
)
from index.formats.draft import finish
from index.formats.normalise import normalise
from index.formats.pdf import read_pdf
from index.settings import IndexSettings

SETTINGS = IndexSettings()
LINE = "The keeper of the lock counts the boats that pass in a year, and writes them down. "


def test_a_pdf_that_asks_for_a_password_is_refused() -> None:
    with pytest.raises(EncryptedSourceError) as refusal:
        read_pdf(encrypted_pdf(), SETTINGS)
    assert "print it to a new PDF" in refusal.value.hint


def test_a_pdf_that_only_its_owner_may_change_is_read() -> None:
    assert read_pdf(encrypted_pdf(LINE, user=""), SETTINGS).text == LINE.strip()


def test_a_hundred_thousand_declared_pages_are_refused_at_once() -> None:
    start = time.monotonic()
    with pytest.raises(SourceTooLargeError, match="100,000 pages"):
        read_pdf(declared_pdf(100_000), SETTINGS)
    assert time.monotonic() - start < 1


def test_pages_that_are_declared_and_not_there_are_empty() -> None:
    draft = read_pdf(declared_pdf(40), SETTINGS)
    assert draft.text == "The only page."
    assert draft.pages == (0,) + (len(draft.text),) * 39


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n",
        set_pdf([]),
        written_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"),
    ],
)
def test_a_pdf_without_a_word_is_empty(data: bytes) -> None:
    with pytest.raises(EmptySourceError):
        read_pdf(data, SETTINGS)


def test_what_is_no_pdf_is_damaged() -> None:
    with pytest.raises(DamagedSourceError):
        read_pdf(b"%PDF-1.7\nand nothing that a reader would know", SETTINGS)


def test_of_a_truncated_pdf_what_can_be_read_is_read() -> None:
    whole = article_pdf("\n\n".join(f"{number}. {LINE * 6}".strip() for number in range(24)))
    complete, pages = read_pdf(whole, SETTINGS).text, len(read_pdf(whole, SETTINGS).pages)
    lengths = []
    for cut in range(0, len(whole), len(whole) // 24):
        with suppress(DamagedSourceError, EmptySourceError):
            draft = read_pdf(whole[:cut], SETTINGS)
            assert normalise(draft.text) == draft.text
            assert draft.text[:200] in complete
            lengths.append(len(draft.text))
    # All but the first cuts leave whole pages.
    assert len(lengths) > 14
    assert len(set(lengths)) > pages, "of a page that is cut, nothing is read"
    assert lengths[-1] == max(lengths) == len(complete)


def test_a_text_far_over_the_limit_is_not_read_to_its_end() -> None:
    settings = IndexSettings(max_article_characters=1500)
    data = article_pdf("\n\n".join(f"{number}. {LINE * 6}".strip() for number in range(60)))
    draft = read_pdf(data, settings)
    assert len(draft.text) < len(read_pdf(data, SETTINGS).text) / 2
    with pytest.raises(SourceTooLargeError):
        finish(draft, None, settings)
