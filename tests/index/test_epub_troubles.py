"""An e-book that is locked, broken or made to do harm is refused, or costs what is broken in it."""

from __future__ import annotations

import pytest
from document_samples import CHAPTERS, article_epub, article_zip, chapter_page, with_package

from index.errors import DamagedSourceError, EmptySourceError, EncryptedSourceError, SourceError
from index.formats import read_document
from index.formats.draft import Draft
from index.formats.epub import read_epub
from index.obstacles import Obstacle
from index.records import Article, Document
from index.settings import IndexSettings

SETTINGS = IndexSettings()
TITLES = [title for title, _ in CHAPTERS]


def read(data: bytes) -> list[Draft]:
    return read_epub(data, SETTINGS)


def titles(data: bytes) -> list[str | None]:
    return [draft.title for draft in read(data)]


@pytest.mark.parametrize(
    "more",
    [
        {"META-INF/rights.xml": "<rights/>"},
        {"META-INF/license.lcpl": "{}"},
        {
            "META-INF/encryption.xml": "<encryption><EncryptedData><EncryptionMethod "
            'Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></EncryptedData></encryption>'
        },
    ],
)
def test_a_book_with_copy_protection_is_locked(more: dict[str, bytes | str]) -> None:
    with pytest.raises(EncryptedSourceError) as caught:
        read(article_epub(more=more))
    assert "copy protection" in caught.value.hint


def test_hidden_fonts_lock_no_book() -> None:
    fonts = (
        "<encryption><EncryptedData><EncryptionMethod "
        'Algorithm="http://www.idpf.org/2008/embedding"/></EncryptedData></encryption>'
    )
    assert titles(article_epub(more={"META-INF/encryption.xml": fonts})) == TITLES


def test_a_book_of_pictures_has_no_words() -> None:
    page = chapter_page("", (), "<img src='p1.jpg' alt='Page 1'/>")
    with pytest.raises(EmptySourceError) as caught:
        read(article_epub(spine={"p1.xhtml": page, "p2.xhtml": page}))
    assert "PDF" in caught.value.hint


def test_a_book_without_its_pages_is_damaged() -> None:
    missing = {"mimetype": "application/epub+zip", "a.txt": "x"}
    no_pages = {"mimetype": "application/epub+zip", "a.opf": "<package><spine/></package>"}
    not_xml = {"mimetype": "application/epub+zip", "a.opf": "no package"}
    for files in (missing, no_pages, not_xml):
        with pytest.raises(DamagedSourceError):
            read(article_zip(files))


def test_a_package_is_found_where_the_container_is_wrong() -> None:
    assert titles(article_epub(more={"META-INF/container.xml": "<container/>"})) == TITLES


def test_a_missing_and_a_binary_page_do_not_end_the_book() -> None:
    more: dict[str, bytes | str] = {"OEBPS/c1.xhtml": b"\x89PNG\x00"}
    assert titles(article_epub(more=more)) == [TITLES[0], TITLES[2]]


def test_a_chapter_that_is_too_long_costs_itself_only() -> None:
    chapters = [
        ("One", ["The ferry sails to Varn. " * 100]),
        ("Two", ["It sails on Monday. " * 10]),
    ]
    found = read_document(
        Document(article_epub(chapters), "b.epub"), IndexSettings(max_article_characters=2000)
    )
    assert [isinstance(one, Article) for one in found] == [False, True]
    assert [getattr(one, "obstacle", None) for one in found] == [Obstacle.TOO_LARGE, None]


def test_an_external_entity_in_a_book_brings_nothing_in() -> None:
    evil = '<!DOCTYPE package [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    book = with_package(article_epub(), "<package", f"{evil}<package")
    book = with_package(book, "Ferries of the north", "Ferries &x; of the north")
    for draft in read(book):
        assert "root:" not in draft.text
        assert "root:" not in (draft.site or "")


def test_a_book_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(SourceError) as caught:
        read_epub(article_epub(), IndexSettings(max_unpacked_bytes=500))
    assert caught.value.obstacle is Obstacle.TOO_LARGE
