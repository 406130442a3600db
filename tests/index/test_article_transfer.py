"""Exports of other versions, and pages that no longer fit: what can be kept is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from library_samples import pages_of, plain_archive, write

from index.archive import Archive


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Archive]:
    with plain_archive(tmp_path / "there") as opened:
        yield opened


def test_an_export_of_a_later_version_is_read_as_far_as_it_is_understood(
    other: Archive, tmp_path: Path
) -> None:
    path = tmp_path / "later.jsonl"
    header = {"cuttings": 1, "encoder": "", "dimension": 1, "scent": "lavender"}
    line = {
        "title": "T",
        "text": "Words.",
        "format": "papyrus",
        "language": "Elvish",
        "address": "",
        "mood": ["calm"],
    }
    write(path, header, line)
    (receipt,) = other.library().import_(path)
    assert receipt.article
    assert (receipt.article.format, receipt.article.language) == (None, None)
    assert receipt.article.address is None


@pytest.mark.parametrize(
    ("fields", "pages"),
    [
        ({}, (0, 6)),
        ({"text": "Page one.\r\nPage two."}, ()),
        ({"hash": "of other words"}, ()),
        ({"pages": [6, 0]}, ()),
        ({"pages": [0, 99]}, ()),
        ({"pages": [-1, 3]}, ()),
        ({"pages": [0, 2**80]}, ()),
        ({"pages": []}, ()),
    ],
)
def test_pages_that_do_not_fit_the_text_of_a_line_are_left_out(
    other: Archive, tmp_path: Path, fields: dict[str, Any], pages: tuple[int, ...]
) -> None:
    path = tmp_path / "pages.jsonl"
    header = {"cuttings": 1, "encoder": "", "dimension": 1}
    write(path, header, {"title": "T", "text": "Page one. Page two.", "pages": [0, 6], **fields})
    (receipt,) = other.library().import_(path)
    assert receipt.article
    assert receipt.article.pages == len(pages)
    assert pages_of(other.library(), receipt.article.id) == pages
