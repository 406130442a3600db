"""Whatever document is sent, its articles come back, or a sentence about why there are none."""

from __future__ import annotations

import pytest
from document_samples import (
    PARAGRAPHS,
    TITLE,
    article_eml,
    article_epub,
    article_html,
    article_mht,
    article_zip,
)

from index.errors import EncryptedSourceError, SourceError, SourceTooLargeError
from index.formats import read_article, read_document, read_text
from index.obstacles import Obstacle
from index.records import Article, Document, FailedSource, Format
from index.settings import IndexSettings

SETTINGS = IndexSettings()
WORDS = "The ferry sails on Monday."


def article(data: bytes, name: str = "", **said: str) -> Article:
    (found,) = read_document(Document(data, name, **said), SETTINGS)
    assert isinstance(found, Article)
    return found


def failure(data: bytes, name: str = "a.txt", settings: IndexSettings = SETTINGS) -> FailedSource:
    (found,) = read_document(Document(data, name), settings)
    assert isinstance(found, FailedSource)
    assert found.source == name
    assert found.error
    assert found.hint
    return found


@pytest.mark.parametrize(
    ("data", "name", "read_as"),
    [
        (WORDS.encode(), "a.txt", Format.TEXT),
        (f"# {TITLE}\n\n{WORDS}".encode(), "a.md", Format.MARKDOWN),
        (article_html().encode(), "a.html", Format.PAGE),
        (article_mht(), "a.mht", Format.PAGE),
        (article_eml(), "a.eml", Format.MAIL),
        (article_epub([("One", PARAGRAPHS)]), "a.epub", Format.EPUB),
        (b"{\\rtf1\\ansi " + WORDS.encode() + b"}", "a.rtf", Format.RTF),
    ],
)
def test_an_article_tells_what_it_was_read_from(data: bytes, name: str, read_as: Format) -> None:
    assert article(data, name).format is read_as
    assert article(data, "wrong.docx").format in {read_as, Format.TEXT}
    assert read_article(data, name, SETTINGS).format is read_as


def test_pasted_text_has_a_format_too() -> None:
    assert read_text(WORDS, SETTINGS).format is Format.TEXT
    assert read_text(article_html(), SETTINGS).format is Format.PAGE


def test_the_source_is_the_address_or_else_the_name() -> None:
    assert article(WORDS.encode(), "a.txt").source == "a.txt"
    fetched = article(WORDS.encode(), "a.txt", address="https://x.example/b/a.txt")
    assert fetched.source == "https://x.example/b/a.txt"
    assert article(WORDS.encode()).source is None


def test_a_fetched_page_is_known_by_the_address_that_stands_for_it() -> None:
    own = "<link rel='canonical' href='https://x.example/news/ferry'></head>"
    page = article_html().replace("</head>", own).encode()
    fetched = article(page, address="https://www.x.example/news/ferry?utm_source=b")
    assert fetched.source == "https://x.example/news/ferry"
    other = article(article_html().encode(), address="https://x.example/news/ferry?utm_source=c")
    assert fetched.address == other.address is not None
    # A page of another site speaks for itself only, and a file for no site.
    strange = article(page, address="https://y.example/news/ferry")
    assert strange.source == "https://y.example/news/ferry"
    assert strange.address != fetched.address
    assert article(page, "ferry.html").address is None


def test_the_charset_of_the_transport_is_heard() -> None:
    assert article("Noël".encode("cp850"), charset="cp850").text == "Noël"


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.docx", "a.epub", "a.zip", "a.eml", "a.png"])
def test_an_empty_file_is_empty_whatever_it_is_called(name: str) -> None:
    found = failure(b"", name)
    assert found.obstacle is Obstacle.EMPTY
    assert found.error == "The file is empty."


@pytest.mark.parametrize(
    ("data", "obstacle"),
    [
        (b" \r\n\t", Obstacle.EMPTY),
        (b"words\x00words", Obstacle.NOT_TEXT),
        (bytes(5000), Obstacle.NOT_TEXT),
        (bytes([0xA4, 0xFD, 0xA8, 0xE4]) * 3, Obstacle.ENCODING),
        (b"\x7fELF\x02", Obstacle.NOT_TEXT),
        (b"PK\x03\x04broken", Obstacle.DAMAGED),
        (b"<rss><channel/></rss>", Obstacle.LIST),
    ],
)
def test_what_cannot_be_read_has_its_reason(data: bytes, obstacle: Obstacle) -> None:
    for name in ("a.txt", "a.pdf"):
        assert failure(data, name).obstacle is obstacle


def test_thirty_megabytes_of_one_line_are_too_much() -> None:
    line = b"word " * 6_000_000
    assert failure(line).obstacle is Obstacle.TOO_LARGE
    settings = IndexSettings(max_source_bytes=40_000_000)
    for name in ("a.txt", "a.md"):
        found = failure(line, name, settings)
        assert found.obstacle is Obstacle.TOO_LARGE
        assert "max_article_characters" in found.error
    # Its markup was not even looked for.
    assert "30,000,000" in found.error


def test_a_document_of_several_articles_is_none_for_who_wants_one() -> None:
    with pytest.raises(SourceError, match="3 articles"):
        read_article(article_epub(), "a.epub", SETTINGS)
    assert read_article(article_zip({"a.txt": WORDS}), "a.zip", SETTINGS).text == WORDS


def test_who_wants_one_article_gets_the_error_of_its_document() -> None:
    with pytest.raises(EncryptedSourceError):
        read_article(article_epub(more={"META-INF/rights.xml": "x"}), "a.epub", SETTINGS)
    with pytest.raises(SourceTooLargeError):
        read_article(b"words" * 10, "a.txt", IndexSettings(max_source_bytes=10))
    with pytest.raises(SourceError) as caught:
        read_article(article_zip({"a.exe": b"MZ\x00\x00"}), "a.zip", SETTINGS)
    assert caught.value.obstacle is Obstacle.NOT_TEXT
    assert caught.value.hint
