"""Which addresses a library holds, and an article that is surely all there is at its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from library_samples import article, plain_archive

from index.archive import Archive
from index.records import Article, ReceiptStatus

HERONS, OTTERS, VOLES = "fen.example/herons", "fen.example/otters", "fen.example/voles"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with plain_archive(tmp_path / "data") as opened:
        yield opened


def at(address: str | None, words: str) -> Article:
    return replace(article(words), address=address)


def test_the_articles_of_addresses_are_told_by_these(archive: Archive) -> None:
    library = archive.library_for_adding()
    assert library.held([HERONS]) == {}
    list(library.add([at(HERONS, "Twelve herons"), at(OTTERS, "Three otters"), at(None, "Voles")]))
    held = library.held([OTTERS, VOLES, HERONS, HERONS])
    assert {address: one.id for address, one in held.items()} == {HERONS: 1, OTTERS: 2}
    assert library.held([]) == {}


def test_another_librarys_addresses_are_not_told(archive: Archive) -> None:
    list(archive.library_for_adding("one").add([at(HERONS, "Twelve herons")]))
    list(archive.library_for_adding("two").add([at(OTTERS, "Three otters")]))
    assert archive.library("two").held([HERONS]) == {}


def test_what_is_certain_replaces_what_has_many_more_words(archive: Archive) -> None:
    library = archive.library_for_adding()
    list(library.add([at(HERONS, "Twelve herons " * 30)]))
    (known,) = library.add([at(HERONS, "No herons")])
    assert known.status is ReceiptStatus.KNOWN
    (updated,) = library.add([replace(at(HERONS, "No herons"), certain=True)])
    assert (updated.status, updated.replaced) == (ReceiptStatus.UPDATED, 1)
    assert [library.text(one.id) for one in library.articles()] == [at(HERONS, "No herons").text]
