"""An archive of documents is read document by document, and nothing in it reaches further."""

from __future__ import annotations

from pathlib import Path

import pytest
from document_samples import (
    CHAPTERS,
    TITLE,
    article_eml,
    article_epub,
    article_mht,
    article_zip,
    encrypted_zip,
    lying_zip,
    overlapping_zip,
)

from index.formats import read_document
from index.obstacles import Obstacle
from index.records import Article, Document, FailedSource, Format
from index.settings import IndexSettings

SETTINGS = IndexSettings()
WORDS = "Some words about the bridge."


def read(
    data: bytes, name: str = "kept.zip", settings: IndexSettings = SETTINGS
) -> list[Article | FailedSource]:
    return read_document(Document(data, name), settings)


def sources(found: list[Article | FailedSource]) -> list[str | None]:
    return [one.source for one in found]


def failure(found: list[Article | FailedSource]) -> FailedSource:
    (one,) = found
    assert isinstance(one, FailedSource)
    assert one.error
    assert one.hint
    return one


def test_each_document_is_an_article_named_by_the_archive_and_its_own_name() -> None:
    found = read(article_zip({"a.txt": WORDS, "news/b.md": f"# Bridge\n\n{WORDS}"}))
    first, second = found
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert sources(found) == ["kept.zip › a.txt", "kept.zip › news/b.md"]
    assert (first.text, first.format) == (WORDS, Format.TEXT)
    assert (second.title, second.format) == ("Bridge", Format.MARKDOWN)


def test_books_and_mails_are_read_in_an_archive() -> None:
    found = read(article_zip({"book.epub": article_epub(), "mail.eml": article_eml()}))
    assert sources(found) == ["kept.zip › book.epub"] * 3 + ["kept.zip › mail.eml"]
    assert [one.title for one in found if isinstance(one, Article)] == [
        *(title for title, _ in CHAPTERS),
        TITLE,
    ]


def test_an_archive_in_an_archive_is_refused_by_its_name() -> None:
    found = read(article_zip({"a.txt": WORDS, "more/inner.zip": article_zip()}))
    assert isinstance(found[0], Article)
    inner = failure(found[1:])
    assert inner.source == "kept.zip › more/inner.zip"
    assert inner.obstacle is Obstacle.NOT_TEXT
    assert "Unpack" in inner.hint


def test_one_bad_document_does_not_end_the_others() -> None:
    found = read(
        article_zip(
            {
                "a.txt": WORDS,
                "b.txt": "",
                "c.exe": b"MZ\x00\x00",
                "d.zip": b"PK\x03\x04",
                "e": WORDS,
            }
        )
    )
    assert [isinstance(one, Article) for one in found] == [True, False, False, False, True]
    assert [one.obstacle for one in found if isinstance(one, FailedSource)] == [
        Obstacle.EMPTY,
        Obstacle.NOT_TEXT,
        Obstacle.DAMAGED,
    ]


def test_what_systems_and_pages_leave_beside_documents_is_passed_over() -> None:
    page = f"<html><body><p>{WORDS} It was opened by the mayor of Varn.</p></body></html>"
    files: dict[str, bytes | str] = {
        "a.html": page,
        "a_files/style.css": "p {}",
        "a_files/code.js": "var x",
        "a_files/frame.html": page,
        "a_files/photo.jpg": b"\xff\xd8\xff",
        "photo.png": b"\x89PNG",
        "fonts/x.woff2": b"wOF2",
        "__MACOSX/._a.html": b"\x00\x05\x16\x07",
        ".DS_Store": b"\x00\x00",
        ".git/notes.txt": WORDS,
        "folder/": b"",
        "Thumbs.db": b"\xd0\xcf",
    }
    assert sources(read(article_zip(files))) == ["kept.zip › a.html"]


def test_the_folder_of_no_page_is_read() -> None:
    found = read(article_zip({"old_files/a.txt": WORDS}))
    assert sources(found) == ["kept.zip › old_files/a.txt"]


def test_pictures_alone_are_tried() -> None:
    found = read(article_zip({"page1.png": b"\x89PNG broken"}))
    assert sources(found) == ["kept.zip › page1.png"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../outside.txt", "kept.zip › outside.txt"),
        ("/tmp/outside.txt", "kept.zip › tmp/outside.txt"),
        ("a\u202etxt.md", "kept.zip › atxt.md"),
    ],
)
def test_a_name_that_leads_out_leads_nowhere(
    name: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    assert sources(read(article_zip({name: WORDS}))) == [shown]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "b"]


@pytest.mark.parametrize(
    ("data", "obstacle"),
    [
        (encrypted_zip(), Obstacle.ENCRYPTED),
        (overlapping_zip(3, b"words " * 100), Obstacle.DAMAGED),
        (lying_zip("a.txt", b"words " * 1000, 10), Obstacle.DAMAGED),
        (article_zip()[:-10], Obstacle.DAMAGED),
        (article_zip({}), Obstacle.EMPTY),
        (article_zip({"__MACOSX/a": b"", "b.css": b""}), Obstacle.EMPTY),
        (article_zip({f"{number}.txt": WORDS for number in range(501)}), Obstacle.TOO_LARGE),
    ],
)
def test_a_hostile_archive_is_refused_with_its_reason(data: bytes, obstacle: Obstacle) -> None:
    assert failure(read(data)).obstacle is obstacle


def test_an_archive_that_unpacks_to_too_much_keeps_what_was_read_before() -> None:
    data = article_zip({"a.txt": WORDS, "bomb.txt": bytes(3_000_000), "c.txt": WORDS})
    found = read(data, settings=IndexSettings(max_unpacked_bytes=1_000_000))
    assert isinstance(found[0], Article)
    spent = failure(found[1:])
    assert spent.obstacle is Obstacle.TOO_LARGE
    assert spent.source == "kept.zip"


def test_a_document_over_the_limit_of_documents_is_refused_alone() -> None:
    data = article_zip({"long.txt": "words " * 100_000, "b.txt": WORDS})
    found = read(data, settings=IndexSettings(max_source_bytes=10_000))
    assert failure(found[:1]).obstacle is Obstacle.TOO_LARGE
    assert isinstance(found[1], Article)


def test_progress_is_told_for_each_document() -> None:
    told: list[tuple[int, int]] = []
    data = article_zip({"a.txt": WORDS, "b.txt": WORDS})
    read_document(Document(data), SETTINGS, lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (1, 2)]


def test_an_archive_without_a_name_gives_its_documents_their_own() -> None:
    assert sources(read(article_zip({"a.txt": WORDS}), "")) == ["a.txt"]


def test_a_saved_page_in_an_archive_keeps_the_address_it_was_saved_from() -> None:
    data = article_zip({"a.mht": article_mht(address="https://lantern.example/ferry")})
    assert sources(read(data)) == ["https://lantern.example/ferry"]
