"""Removed means removed: no byte of a removed article's text is in the data folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from leftovers import Speaker, pieces_left
from library_samples import fill, plain_archive
from storage_samples import DIMENSION, library_id, new_article

from index.archive import Archive
from index.catalog.catalog import Catalog
from index.catalog.entries import NewArticle
from index.records import Article, ReceiptStatus

LENGTHS = ((1, 2), (3, 12), (10, 90), (300, 500), (900, 1100), (3_000, 4_000))
"""Words: of a cell, of a row that fills one, of a page, of several."""


def told(article: Article) -> list[str]:
    """All of an article's words."""
    fields = (article.title, article.author, article.site, article.source, article.address)
    return [article.text, *(each.removeprefix("https://fen.example/") for each in fields if each)]


class Desk:
    """Puts articles into a catalog and takes them out again, at random."""

    def __init__(self, catalog: Catalog, seed: int) -> None:
        self.catalog = catalog
        self.speaker = Speaker(seed)
        self.chance = self.speaker.chance
        self.held: dict[int, tuple[int, Article]] = {}
        self.gone: list[str] = []

    def entry(self, address: str | None = None) -> NewArticle:
        say = self.speaker.foreign if self.chance.random() < 0.2 else self.speaker.words
        weights = (6, 6, 6, 2, 2, 1)
        (bounds,) = self.chance.choices(LENGTHS, weights)
        count = self.chance.randint(*bounds)
        cut = self.chance.randint(0, count)
        passages = [part for part in (say(cut), say(count - cut)) if part]
        fields = {
            name: say(self.chance.randint(1, 6))
            for name in ("author", "site", "source")
            if self.chance.random() < 0.5
        }
        if address:
            fields["address"] = address
        title = say(self.chance.randint(1, 9))
        return new_article(*passages, title=title, dimension=DIMENSION, **fields)

    def address(self) -> str:
        return f"https://fen.example/{self.speaker.words(3)}"

    def add(self, library: int, *entries: NewArticle) -> None:
        results, _ = self.catalog.add(library, entries)
        for entry, result in zip(entries, results, strict=True):
            assert result.new
            if result.replaced:
                self.gone += told(self.held.pop(result.replaced)[1])
            self.held[result.article.id] = library, entry.article

    def remove(self, library: int, ids: list[int]) -> None:
        self.catalog.remove(library, ids)
        for each in ids:
            self.gone += told(self.held.pop(each)[1])

    def of(self, library: int) -> list[int]:
        return [number for number, (where, _) in self.held.items() if where == library]


@pytest.mark.parametrize("seed", range(1))
def test_no_piece_of_a_removed_text_is_left_whatever_came_and_went(
    tmp_path: Path, seed: int
) -> None:
    with Catalog(tmp_path / "cuttings.db") as catalog:
        desk = Desk(catalog, seed)
        libraries = [library_id(catalog, name) for name in ("one", "two", "three")]
        for turn in range(60):
            library = desk.chance.choice(libraries)
            desk.add(library, *(desk.entry() for _ in range(desk.chance.randint(1, 10))))
            own = desk.of(library)
            desk.remove(library, desk.chance.sample(own, desk.chance.randint(0, len(own) // 2 + 1)))
            if turn % 10 == 0:
                address = desk.address()
                first = desk.entry(address)
                desk.add(library, first)
                longer = desk.speaker.words(first.words + 5)
                desk.add(library, new_article(longer, address=address))
        going, into, staying = libraries
        for number in desk.of(going):
            desk.gone += told(desk.held.pop(number)[1])
        catalog.forget("one")
        for library in (into, staying):  # of one address each, so that one of them goes
            desk.add(library, desk.entry("https://fen.example/a"))
        catalog.rename("two", "three")
        held = {article.id for article in catalog.articles(staying)}
        for number in set(desk.held) - held:
            desk.gone += told(desk.held.pop(number)[1])

        assert len(desk.gone) > 400
        assert pieces_left(tmp_path, desk.gone) == {}
        kept = [article.text for _, article in desk.held.values()]
        assert pieces_left(tmp_path, kept)
        assert catalog.check(staying) == []
        assert [catalog.text(staying, number) for number in sorted(held)] == [
            desk.held[number][1].text for number in sorted(held)
        ]


@pytest.mark.parametrize("seed", [4, 5])
def test_articles_that_moved_from_page_to_page_leave_nothing_where_they_were(
    tmp_path: Path, seed: int
) -> None:
    """Their lengths are such that SQLite, left to itself, forgets a few hundred bytes of them."""
    speaker = Speaker(seed)
    held, gone = {}, []
    with Catalog(tmp_path / "cuttings.db") as catalog:
        library = library_id(catalog)
        for _ in range(20):
            entries = [
                new_article(speaker.words(speaker.chance.choice((40, 60))), title=speaker.words(1))
                for _ in range(40)
            ]
            for entry, added in zip(entries, catalog.add(library, entries)[0], strict=True):
                held[added.article.id] = entry.article
            going = speaker.chance.sample(list(held), len(held) // 3)
            for first in range(0, len(going), 12):
                catalog.remove(library, going[first : first + 12])
            gone += [each for number in going for each in told(held.pop(number))]
        assert pieces_left(tmp_path, gone) == {}
        assert pieces_left(tmp_path, [article.text for article in held.values()])


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[tuple[Archive, Path]]:
    """A library on the disk, and a folder to copy it to while it is open."""
    with plain_archive(tmp_path / "data") as archive:
        yield archive, tmp_path / "copy"


def spoken(speaker: Speaker, count: int, **fields: str) -> Article:
    """An article nobody has ever read; its words are as many as `count`."""
    return Article(text=speaker.words(count), title=speaker.words(4), **fields)  # type: ignore[arg-type]


def left(archive: Archive, copy: Path, texts: list[str]) -> dict[str, int]:
    """What is left while the library is open, as who copies the folder would have it."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(archive.data, copy)
    return pieces_left(copy, texts)


def test_a_removed_article_is_gone_from_every_file(copies: tuple[Archive, Path]) -> None:
    archive, copy = copies
    speaker = Speaker(7)
    source = f"https://fen.example/{speaker.words(2)}"
    articles = [spoken(speaker, count, source=source) for count in (2, 30, 400, 2_000)]
    ids = fill(archive, *articles)
    archive._shelves.save_all()
    texts = [each for article in articles for each in told(article)]
    assert left(archive, copy, texts)
    library = archive.library()
    for number, article in zip(ids[:3], articles, strict=False):
        library.remove([number])
        assert left(archive, copy, [article.text, article.title]) == {}
    library.remove(ids[3:])
    assert left(archive, copy, texts) == {}
    archive.close()
    assert pieces_left(archive.data, texts) == {}


def test_what_was_replaced_is_gone_from_every_file(copies: tuple[Archive, Path]) -> None:
    archive, copy = copies
    speaker = Speaker(8)
    address = "https://fen.example/a"
    (first,) = articles = [spoken(speaker, 300, address=address)]
    fill(archive, *articles)
    second = spoken(speaker, 310, address=address)
    (receipt,) = archive.library().add([second])
    assert receipt.status is ReceiptStatus.UPDATED
    assert left(archive, copy, [first.text, first.title]) == {}
    assert left(archive, copy, [second.text])


def test_a_forgotten_library_is_gone_from_every_file(copies: tuple[Archive, Path]) -> None:
    archive, copy = copies
    speaker = Speaker(9)
    going = [spoken(speaker, count) for count in (1, 5, 40, 900) for _ in range(5)]
    staying = [spoken(speaker, count) for count in (1, 5, 40, 900) for _ in range(5)]
    for one, other in zip(going, staying, strict=True):
        fill(archive, one, library="going")
        fill(archive, other, library="staying")
    archive.forget("going")
    assert left(archive, copy, [each for article in going for each in told(article)]) == {}
    assert left(archive, copy, [article.text for article in staying])
    assert archive.library("staying").check().problems == ()


def test_a_piece_is_found_wherever_it_lies(tmp_path: Path) -> None:
    text = Speaker(10).words(30)
    (tmp_path / "some.db-wal").write_bytes(b"\0" * 4_001 + text[5:40].encode() + b"\0" * 99)
    (tmp_path / "other.db").write_bytes(b"x" * 4_001 + text[5:12].encode() + b"\0" * 99)
    assert pieces_left(tmp_path, [text]) == {"some.db-wal": 28}
