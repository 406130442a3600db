"""No bytes, however they are mutilated, bring more than a refusal out of the readers."""

from __future__ import annotations

import pytest
from document_samples import (
    article_eml,
    article_epub,
    article_html,
    article_mht,
    article_zip,
    encrypted_zip,
    lying_zip,
    overlapping_zip,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.formats import read_document
from index.formats.normalise import normalise
from index.records import Article, Document
from index.settings import IndexSettings

SETTINGS = IndexSettings(max_unpacked_bytes=2_000_000)
VALID = {
    "text": "Some words. Ещё слова.".encode(),
    "markdown": b"---\ntitle: a\n---\n# Bridge\n\n- one\n- two\n\n| a | b |\n|--|--|\n| c | d |\n",
    "page": article_html().encode(),
    "mail": article_eml("Some words.", "<p>Some words.</p>", attachments=[("a.txt", b"More.")]),
    "saved page": article_mht(),
    "book": article_epub(),
    "archive": article_zip({"a.txt": "Some words.", "b.epub": article_epub(), "c.zip": b"PK"}),
    "locked": encrypted_zip(),
    "lying": lying_zip("a.txt", b"words " * 100, 90),
    "overlapping": overlapping_zip(3, b"words " * 100),
}
NAMES = st.sampled_from(
    ["", "a.txt", "a.md", "a.html", "a.eml", "a.mht", "a.epub", "a.zip", "a.xml", "../\x00a"]
)
STARTS = st.sampled_from(
    [
        *(b"", b"\xff\xfe", b"PK\x03\x04", b"PK\x05\x06", b"MZ", b"RIFF", b"<html>"),
        *(b"<?xml version='1.0'?>", b"From: a\nMIME-Version: 1.0\n"),
        b"Content-Type: multipart/related; boundary=a\n\n--a\n",
    ]
)
# The first of each format takes the time of loading its libraries.
FEW = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def check(data: bytes, name: str) -> None:
    found = read_document(Document(data, name), SETTINGS)
    assert found
    for one in found:
        if isinstance(one, Article):
            assert one.text == normalise(one.text)
            assert one.title
        else:
            assert one.error
            assert one.hint
            assert one.obstacle


@FEW
@given(STARTS, st.binary(max_size=300), NAMES)
def test_any_bytes_are_an_article_or_refused(start: bytes, data: bytes, name: str) -> None:
    check(start + data, name)


Change = tuple[float, bytes, bool]
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=6), st.booleans()), max_size=8
)


@pytest.mark.parametrize("kind", VALID)
@settings(FEW, max_examples=60)
@given(CHANGES, st.floats(0, 1), NAMES)
def test_a_mutilated_document_is_an_article_or_refused(
    kind: str, changes: list[Change], end: float, name: str
) -> None:
    data = bytearray(VALID[kind])
    for where, put, instead in changes:
        at = int(where * len(data))
        data[at : at + len(put) if instead else at] = put
    # Most are kept whole: the end of an archive is where reading it begins.
    check(bytes(data[: int(end * 2 * len(data))]) if end < 0.3 else bytes(data), name)


@pytest.mark.parametrize("kind", ["book", "archive"])
@settings(FEW, max_examples=60)
@given(st.data())
def test_a_book_of_mutilated_files_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    evil = st.binary(max_size=60) | st.sampled_from(
        [
            b"<package",
            b"<container><rootfile full-path='..'/>",
            b"<a>&x;</a>",
            b"\xff\xfe<",
            b"<ncx/>",
        ]
    )
    names = ["OEBPS/book.opf", "OEBPS/nav.xhtml", "OEBPS/c0.xhtml", "META-INF/container.xml"]
    chosen = data.draw(st.dictionaries(st.sampled_from([*names, "META-INF/encryption.xml"]), evil))
    book = article_epub(more=dict(chosen))
    check(book if kind == "book" else article_zip({"b.epub": book}), "b.epub")
