"""What an article was read from, its language, its pages and its address: stored and told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from library_samples import article, plain_archive
from storage_samples import library_id, new_article, numbered

from index.catalog.catalog import Catalog
from index.catalog.entries import NewArticle
from index.errors import BinarySourceError
from index.obstacles import Obstacle
from index.records import Article, FailedSource, Format, ReceiptStatus, StoredArticle

ADDRESS = "https://quartzwicket.example/herons"


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog(tmp_path / "data" / "cuttings.db") as opened:
        yield opened


def detailed(entry: NewArticle, **details: object) -> NewArticle:
    return replace(entry, article=replace(entry.article, **details))  # type: ignore[arg-type]


def told(stored: StoredArticle) -> tuple[object, ...]:
    return stored.language, stored.format, stored.pages, stored.address


def test_every_lookup_tells_the_details(catalog: Catalog) -> None:
    library = library_id(catalog)
    one, two = numbered(2)
    one = detailed(one, language="en", format=Format.PDF, pages=(0, 5, 5, 20), address=ADDRESS)
    (first, second), _ = catalog.add(library, [one, two])

    assert told(first.article) == ("en", Format.PDF, 4, ADDRESS)
    assert told(second.article) == (None, None, 0, None)
    assert catalog.articles(library) == [second.article, first.article]
    assert catalog.articles(library, matching="title", limit=1, offset=1) == [first.article]
    for entry, added in ((one, first), (two, second)):
        assert catalog.article(library, added.article.id) == added.article
        assert catalog.find(library, entry.content_hash) == added.article
    (again,), _ = catalog.add(library, [one])
    assert again.article == first.article
    ids = [first.article.id, second.article.id]
    assert catalog.page_starts(library, ids) == {first.article.id: (0, 5, 5, 20)}
    assert catalog.page_starts(library_id(catalog, "another"), ids) == {}
    assert catalog.check(library) == []


@pytest.mark.parametrize("format_", list(Format))
def test_every_format_comes_back_as_it_is(catalog: Catalog, format_: Format) -> None:
    library = library_id(catalog)
    (added,), _ = catalog.add(library, [detailed(new_article("words"), format=format_)])
    assert catalog.article(library, added.article.id).format is format_


def test_pages_may_begin_at_either_end_of_the_text(catalog: Catalog) -> None:
    text = "Two passages."
    entry = detailed(new_article(text), pages=(0, len(text)))
    (added,), _ = catalog.add(library_id(catalog), [entry])
    assert added.article.pages == 2


@pytest.mark.parametrize("pages", [(5, 0), (-1, 3), (0, 1000), (0, 3, 2)])
def test_pages_that_do_not_fit_the_text_are_refused(
    catalog: Catalog, pages: tuple[int, ...]
) -> None:
    library = library_id(catalog)
    with pytest.raises(ValueError, match="pages"):
        catalog.add(library, [detailed(new_article("A few words."), pages=pages)])
    assert catalog.articles(library) == []


def test_an_address_that_is_no_text_is_refused(catalog: Catalog) -> None:
    with pytest.raises(BinarySourceError):
        catalog.add(library_id(catalog), [detailed(new_article("words"), address="http://a\0b")])


def test_a_format_of_a_later_version_is_told_as_none(catalog: Catalog, tmp_path: Path) -> None:
    library = library_id(catalog)
    catalog.add(library, [detailed(new_article("words"), format=Format.PDF)])
    execute(tmp_path / "data", "UPDATE article_details SET format = 'papyrus'")
    assert [stored.format for stored in catalog.articles(library)] == [None]


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("UPDATE article_details SET page_starts = '[9,1]'", "pages of article 1 do not fit"),
        ("UPDATE article_details SET page_starts = '[0,9999]'", "pages of article 1 do not fit"),
        ("UPDATE article_details SET page_starts = '[0,'", "pages of article 1 do not fit"),
        ("UPDATE article_details SET page_starts = '[0,\"2\"]'", "pages of article 1 do not fit"),
        ("UPDATE article_details SET page_starts = NULL", "pages of article 1 do not fit"),
        ("UPDATE article_details SET pages = 3", "pages of article 1 do not fit"),
        ("UPDATE article_details SET library_id = 2", "article 1 are in another library"),
        ("UPDATE article_details SET article_id = 7", "refers to a row of articles that is not"),
    ],
)
def test_the_check_names_what_is_wrong_with_the_details(
    catalog: Catalog, tmp_path: Path, damage: str, sentence: str
) -> None:
    library = library_id(catalog)
    library_id(catalog, "another")
    catalog.add(library, [detailed(new_article("Some words."), pages=(0, 4))])
    assert catalog.check(library) == []
    execute(tmp_path / "data", damage)
    assert [line for line in catalog.check(library) if sentence in line]
    assert len(catalog.articles(library)) == 1


def execute(folder: Path, statement: str) -> None:
    database = sqlite3.connect(folder / "cuttings.db")
    database.execute(statement)
    database.commit()
    database.close()


def rows(folder: Path) -> int:
    database = sqlite3.connect(folder / "cuttings.db")
    (count,) = database.execute("SELECT count(*) FROM article_details").fetchone()
    database.close()
    return int(count)


@pytest.mark.parametrize("way", ["remove", "forget"])
def test_nothing_of_the_details_outlives_their_article(
    catalog: Catalog, tmp_path: Path, way: str
) -> None:
    library = library_id(catalog)
    (added,), _ = catalog.add(library, [detailed(new_article("words"), address=ADDRESS)])
    assert rows(tmp_path / "data") == 1
    if way == "remove":
        catalog.remove(library, [added.article.id])
    else:
        catalog.forget("main")
    assert rows(tmp_path / "data") == 0
    on_disk = b"".join(file.read_bytes() for file in (tmp_path / "data").iterdir())
    assert b"quartzwicket" not in on_disk
    assert b"wicket.example" not in on_disk


def test_a_receipt_tells_the_details_and_why_a_source_failed(tmp_path: Path) -> None:
    failed = FailedSource("a.pdf", "It needs a password.", "Remove it.", Obstacle.ENCRYPTED)
    page = replace(article("herons"), format=Format.PAGE, language="en", address=ADDRESS)
    with plain_archive(tmp_path) as archive:
        library = archive.library()
        receipts = list(library.add([failed, page, Article("a\0b", "NUL"), Article(" ", "Blank")]))
        assert receipts[1].article == library.articles()[0]
    assert [receipt.obstacle for receipt in receipts] == [
        Obstacle.ENCRYPTED,
        None,
        Obstacle.NOT_TEXT,
        Obstacle.EMPTY,
    ]
    assert receipts[1].status is ReceiptStatus.ADDED
    assert receipts[1].article
    assert told(receipts[1].article) == ("en", Format.PAGE, 0, ADDRESS)
