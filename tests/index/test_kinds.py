"""What a document is shows in its bytes; its name counts only where they leave it open."""

from __future__ import annotations

import pytest
from document_samples import (
    TITLE,
    article_eml,
    article_epub,
    article_html,
    article_mht,
    article_zip,
    encrypted_zip,
)

from index.errors import (
    BinarySourceError,
    DamagedSourceError,
    EncryptedSourceError,
    NoArticleError,
    SourceError,
)
from index.formats.decode import decode
from index.formats.kinds import kind_of, kind_of_text
from index.formats.signatures import Kind
from index.obstacles import Obstacle
from index.records import Document

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = {"[Content_Types].xml": "<Types/>", "word/document2.xml": "<w/>"}
ODF = "application/vnd.oasis.opendocument."


def kind(data: bytes, name: str = "", **said: str) -> Kind:
    document = Document(data, name, **said)
    found = kind_of(document)
    return kind_of_text(decode(data), document) if found is Kind.TEXT else found


def refusal(data: bytes, name: str = "") -> SourceError:
    with pytest.raises(SourceError) as caught:
        kind(data, name)
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7\n", Kind.PDF),
        (b"\x00\x01some program's own\n%PDF-1.4\n", Kind.PDF),
        (b"{\\rtf1 words}", Kind.RTF),
        (b"\x89PNG\r\n\x1a\n", Kind.PICTURE),
        (b"\xff\xd8\xff\xe0", Kind.PICTURE),
        (b"RIFF\xff\xff\xff\x01WEBPVP8 ", Kind.PICTURE),
        (b"II*\x00", Kind.PICTURE),
        (article_zip(WORD), Kind.WORD),
        (article_zip({"mimetype": ODF + "text"}), Kind.OPENDOCUMENT),
        (article_zip({"mimetype": ODF + "text-template"}), Kind.OPENDOCUMENT),
        (article_epub(), Kind.EPUB),
        (article_zip({"META-INF/container.xml": "<c/>"}), Kind.EPUB),
        (article_zip(), Kind.ZIP),
        (article_eml(), Kind.MAIL),
        (b"From ann Tue Apr  6 2021\n" + article_eml(), Kind.MAIL),
        (article_mht(), Kind.SAVED_PAGE),
        (article_html().encode(), Kind.PAGE),
        (article_html().encode("utf-16"), Kind.PAGE),
        (b"Some words.", Kind.TEXT),
    ],
)
@pytest.mark.parametrize("name", ["", "a.txt", "a.pdf", "a.docx", "a.zip", "a.jpg", "a.exe"])
def test_evident_content_is_what_it_is_whatever_its_name(
    data: bytes, name: str, expected: Kind
) -> None:
    assert kind(data, name) is expected


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"# Bridge", "a.md", Kind.MARKDOWN),
        (b"# Bridge", "a.MARKDOWN", Kind.MARKDOWN),
        (b"# Bridge", "a.txt", Kind.TEXT),
        (b"<p>Bridge</p>", "a.htm", Kind.PAGE),
        (b"<p>Bridge</p>", "a.txt", Kind.TEXT),
        (b"No tag at all", "a.html", Kind.TEXT),
        (b"Subject: Bridge\n\nWords.", "a.eml", Kind.MAIL),
        (b"Subject: Bridge\n\nWords.", "a.txt", Kind.TEXT),
        (b"Content-Type: text/plain\n\nWords.", "a.eml", Kind.MAIL),
        (b"Content-Type: text/plain\n\nWords.", "a.txt", Kind.TEXT),
        (b"Words, and no field.", "a.eml", Kind.TEXT),
        (b"From: Ann\nTo: Bo\n\nThe minutes of a meeting.", "a.txt", Kind.TEXT),
        (b"MIME-Version: 1.0\nSubject: x\n\n<p>Words</p>", "a.mht", Kind.SAVED_PAGE),
    ],
)
def test_the_name_tells_where_the_content_does_not(data: bytes, name: str, expected: Kind) -> None:
    assert kind(data, name) is expected


def test_the_address_and_the_media_type_tell_too() -> None:
    assert kind(b"# Bridge", address="https://x.example/a.md?raw=1.txt#b") is Kind.MARKDOWN
    assert kind(b"# Bridge", media_type="text/markdown") is Kind.MARKDOWN
    assert kind(b"<p>Bridge</p>", "a.php", media_type="text/html") is Kind.PAGE
    assert kind(b"<p>Bridge</p>", "readme.md", media_type="text/html") is Kind.PAGE
    assert kind(b"Subject: a\n\nWords.", media_type="message/rfc822") is Kind.MAIL


def test_a_text_about_a_format_is_a_text() -> None:
    for text in (
        b"RIFF raff met.",
        b"PK stands for Phil.",
        b"Begin with %PDF-1.4 to be one.",
        b"BM",
    ):
        assert kind(text, "a.pdf") is Kind.TEXT


@pytest.mark.parametrize(
    ("data", "said", "advice"),
    [
        (OLD_OFFICE + "WordDocument".encode("utf-16-le"), "old Word", ".docx"),
        (OLD_OFFICE + "Workbook".encode("utf-16-le"), "spreadsheet", ".docx"),
        (OLD_OFFICE + "PowerPoint Document".encode("utf-16-le"), "slides", "PDF"),
        (OLD_OFFICE + "__substg1.0_0037".encode("utf-16-le"), "Outlook", ".eml"),
        (OLD_OFFICE, "old Microsoft Office", ".docx"),
        (article_zip({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "spreadsheet", "PDF"),
        (article_zip({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "slides", "PDF"),
        (article_zip({"[Content_Types].xml": "", "a/1.fpage": ""}), "XPS", "PDF"),
        (article_zip({"mimetype": ODF + "spreadsheet"}), "spreadsheet", "PDF"),
        (article_zip({"mimetype": ODF + "presentation"}), "slides", "PDF"),
        (article_zip({"mimetype": ODF + "graphics"}), "drawing", "PDF"),
        (article_zip({"Index/Document.iwa": ""}), "Apple", "PDF"),
        (article_zip({"META-INF/MANIFEST.MF": "", "A.class": ""}), "program", "articles"),
        (b"MZ\x90\x00\x03", "program", "can be read"),
        (b"\x7fELF\x02", "program", "can be read"),
        (b"ID3\x03", "sound", "text"),
        (b"\x00\x00\x00\x18ftypmp42", "film", "text"),
        (b"\x00\x00\x00\x18ftypM4A ", "sound", "text"),
        (b"\x00\x00\x00\x18ftypheic", "HEIC", "JPEG"),
        (b"\x1f\x8b\x08\x00", "compressed", "Unpack"),
        (b"7z\xbc\xaf'\x1c", "compressed", "Unpack"),
        (bytes(60) + b"BOOKMOBI", "Kindle", "EPUB"),
        (b"%!PS-Adobe", "PostScript", "PDF"),
        (b"<svg xmlns='a'><text>Words</text></svg>", "SVG", "can be read"),
        (b"<?xml version='1.0'?>\n<FictionBook>words</FictionBook>", "FictionBook", "can be read"),
    ],
)
def test_other_kinds_are_named_and_refused_with_what_to_do(
    data: bytes, said: str, advice: str
) -> None:
    error = refusal(data, "a.txt")
    assert isinstance(error, BinarySourceError)
    assert said in str(error)
    assert advice in error.hint
    assert error.obstacle is Obstacle.NOT_TEXT


def test_a_locked_office_document_needs_its_password() -> None:
    error = refusal(OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "a.docx")
    assert isinstance(error, EncryptedSourceError)


def test_a_broken_archive_is_damaged_and_not_another_kind() -> None:
    for data in (article_zip()[:-30], b"PK\x03\x04rest", b"PK\x05\x06"):
        assert isinstance(refusal(data, "a.docx"), DamagedSourceError)


def test_a_locked_archive_is_still_an_archive() -> None:
    assert kind(encrypted_zip()) is Kind.ZIP


def test_a_feed_is_a_list_and_no_article() -> None:
    error = refusal(f"<?xml version='1.0'?><rss><channel>{TITLE}</channel></rss>".encode(), "a.xml")
    assert isinstance(error, NoArticleError)
    assert error.obstacle is Obstacle.LIST
