"""One article of an address: what was read last takes the place of what was read before."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from library_samples import IN_FILES, WordEncoder, article, fill, found, plain_archive
from storage_samples import library_id, new_article

from index.archive import Archive
from index.catalog.catalog import Catalog
from index.errors import UnknownArticleError
from index.records import Article, Receipt, ReceiptStatus
from index.vectors import load

ADDED, KNOWN, UPDATED = ReceiptStatus.ADDED, ReceiptStatus.KNOWN, ReceiptStatus.UPDATED

HERONS = "https://fenland.example/herons"
OTTERS = "https://fenland.example/otters"
LONG = "The herons of the north fen nested late, wrote Ottilie Marsh, and few of them stayed "

pytest_plugins = ["library_fixtures"]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with plain_archive(tmp_path / "data", sizes=IN_FILES) as opened:
        yield opened


def at(address: str | None, words: str) -> Article:
    return replace(article(words, source=address or "paste"), address=address)


def add(archive: Archive, *articles: Article) -> list[Receipt]:
    return list(archive.library_for_adding().add(articles))


def texts(archive: Archive) -> list[str]:
    """The first words of every article, oldest first; the check is content with them."""
    library = archive.library()
    assert library.check().problems == ()
    assert library.check().vectors == library.totals().passages
    return [library.text(one.id).split(" is what")[0] for one in library.articles()][::-1]


def seen(receipts: list[Receipt]) -> list[tuple[ReceiptStatus, int, int | None]]:
    return [(one.status, one.article.id if one.article else 0, one.replaced) for one in receipts]


def test_a_page_that_has_changed_takes_the_place_of_what_it_was(archive: Archive) -> None:
    (first,) = add(archive, at(HERONS, "Twelve herons"))
    fill(archive, at(OTTERS, "Three otters"), article("pasted"))
    assert found(archive, "twelve")[0] == 1
    (receipt,) = add(archive, at(HERONS, "Thirteen herons"))
    assert seen([first, receipt]) == [(ADDED, 1, None), (UPDATED, 4, 1)]
    assert texts(archive) == ["Three otters", "pasted", "Thirteen herons"]
    assert found(archive, "thirteen")[0] == 4
    assert 1 not in found(archive, "twelve herons")
    with pytest.raises(UnknownArticleError):
        archive.library().text(1)
    assert seen(add(archive, at(HERONS, "Thirteen herons"))) == [(KNOWN, 4, None)]


def test_a_page_may_change_back(archive: Archive) -> None:
    add(archive, at(HERONS, "Twelve herons"))
    add(archive, at(HERONS, "Thirteen herons"))
    assert seen(add(archive, at(HERONS, "Twelve herons"))) == [(UPDATED, 3, 2)]
    assert texts(archive) == ["Twelve herons"]


def test_nothing_of_what_was_replaced_stays_on_the_disk(archive: Archive) -> None:
    secret = "xylophonequartz"
    fill(archive, article("staying"))
    (gone,) = fill(archive, at(HERONS, secret))
    found(archive, secret)
    archive._shelves.save_all()
    vector = archive.encoder.encode_passages([f"Title. {secret} is what this one is about."])[0]
    assert secret.encode() in everything(archive.data)
    assert vector.tobytes() in everything(archive.data)
    assert saved_passages(archive.data) == [1, 2]
    assert seen(add(archive, at(HERONS, "Nothing of it"))) == [(UPDATED, 3, gone)]
    on_disk = everything(archive.data)
    assert b"staying" in on_disk
    assert secret.encode() not in on_disk
    assert secret[4:].encode() not in on_disk
    assert vector.tobytes() not in on_disk
    assert archive._shelves.settled(30)
    assert saved_passages(archive.data) == [1, 3]


def saved_passages(data: Path) -> list[int]:
    """Whose embeddings are in the file of the vector index."""
    (file,) = data.glob("*.vectors")
    none = np.empty((0, WordEncoder.dimension), np.float32)
    loaded = load(file, WordEncoder.dimension, lambda ids: (ids[:0], none))
    assert loaded
    return [int(one) for one in loaded[0].ids]


def everything(data: Path) -> bytes:
    return b"".join(file.read_bytes() for file in data.rglob("*") if file.is_file())


@pytest.mark.parametrize("address", [OTTERS, None])
def test_the_same_text_is_known_wherever_it_was_read(archive: Archive, address: str | None) -> None:
    add(archive, at(HERONS, "Twelve herons"))
    assert seen(add(archive, at(address, "Twelve herons"))) == [(KNOWN, 1, None)]
    assert [one.address for one in archive.library().articles()] == [HERONS]


def test_articles_without_an_address_replace_nothing(archive: Archive) -> None:
    add(archive, at(None, "One"), at(None, "Two"), at(HERONS, "Three"))
    assert seen(add(archive, at(None, "Four"))) == [(ADDED, 4, None)]
    assert texts(archive) == ["One", "Two", "Three", "Four"]


def test_an_address_is_of_its_own_library(archive: Archive) -> None:
    fill(archive, at(HERONS, "Twelve herons"), library="mine")
    fill(archive, at(HERONS, "Thirteen herons"), library="yours")
    assert archive.library("mine").text(1).startswith("Twelve")


def test_what_is_left_of_a_page_does_not_replace_the_whole(archive: Archive) -> None:
    add(archive, at(HERONS, LONG * 3))
    whole = archive.library().article(1)
    stub = at(HERONS, "Please accept our cookies")
    assert seen(add(archive, stub)) == [(KNOWN, 1, None)]
    assert archive.library().articles() == [whole]
    fill(archive, replace(stub, address=OTTERS))  # elsewhere it is as good as any
    assert seen(add(archive, at(OTTERS, LONG * 3 + "indeed"))) == [(UPDATED, 3, 2)]


def test_half_of_the_words_are_enough_to_be_a_new_version(archive: Archive) -> None:
    add(archive, Article(text="one two three four five six", title="T", address=HERONS))
    half = Article(text="a b c", title="T", address=HERONS)
    assert seen(add(archive, replace(half, text="a b"))) == [(KNOWN, 1, None)]
    assert seen(add(archive, half)) == [(UPDATED, 2, 1)]


def test_of_two_versions_in_one_call_the_later_one_stays(archive: Archive) -> None:
    receipts = add(
        archive,
        at(HERONS, "Twelve herons"),
        article("pasted"),
        at(HERONS, "Thirteen herons"),
        at(HERONS, "Thirteen herons"),
        at(HERONS, "Twelve herons"),
    )
    assert seen(receipts) == [
        (ADDED, 1, None),
        (ADDED, 2, None),
        (UPDATED, 3, 1),
        (KNOWN, 3, None),
        (UPDATED, 4, 3),
    ]
    assert texts(archive) == ["pasted", "Twelve herons"]


def test_what_is_about_to_be_replaced_is_not_told_as_known(archive: Archive) -> None:
    add(archive, at(HERONS, "Twelve herons"))
    receipts = add(archive, at(HERONS, "Thirteen herons"), at(None, "Twelve herons"))
    assert seen(receipts) == [(UPDATED, 2, 1), (ADDED, 3, None)]
    assert texts(archive) == ["Thirteen herons", "Twelve herons"]


def test_a_stub_that_was_pasted_too_is_an_article_of_its_own(archive: Archive) -> None:
    add(archive, at(HERONS, LONG * 3))
    stub = "Please accept our cookies"
    assert seen(add(archive, at(HERONS, stub), at(None, stub))) == [
        (KNOWN, 1, None),
        (ADDED, 2, None),
    ]


def test_many_pages_are_read_again_in_one_call(archive: Archive) -> None:
    def version(number: int) -> list[Article]:
        return [at(f"{HERONS}/{n}", f"Version {number} of {n}") for n in range(300)]

    assert {receipt.status for receipt in add(archive, *version(1))} == {ADDED}
    receipts = add(archive, *version(2))
    assert [receipt.replaced for receipt in receipts] == list(range(1, 301))
    assert texts(archive) == [f"Version 2 of {n}" for n in range(300)]
    with plain_archive(archive.data) as again:
        assert again.library().check().problems == ()


def test_an_older_version_out_of_an_export_replaces_nothing(
    archive: Archive, tmp_path: Path
) -> None:
    file = tmp_path / "export.jsonl"
    add(archive, at(HERONS, "Twelve herons"))
    archive.library().export(file)
    add(archive, at(HERONS, "Thirteen herons"))
    assert seen(list(archive.library().import_(file))) == [(KNOWN, 2, None)]
    assert texts(archive) == ["Thirteen herons"]
    later = datetime.now(timezone.utc) + timedelta(hours=1)
    fresh = replace(at(HERONS, "Fourteen herons"), added=later)
    assert seen(add(archive, fresh)) == [(UPDATED, 3, 2)]


def test_an_update_is_whole_or_not_at_all(tmp_path: Path) -> None:
    old, new = new_article("Old.", address=HERONS), new_article("New.", address=HERONS)
    with Catalog(tmp_path / "cuttings.db") as catalog:
        library = library_id(catalog)
        catalog.add(library, [old])
        # SQLite has no number so large: the insertion fails, after the deletion.
        with pytest.raises(OverflowError):
            catalog.add(library, [replace(new, words=2**70)])
        assert [one.id for one in catalog.articles(library)] == [1]
        assert catalog.check(library) == []


def test_a_text_that_is_replaced_and_pasted_in_one_call_is_stored_anew(tmp_path: Path) -> None:
    with Catalog(tmp_path / "cuttings.db") as catalog:
        library = library_id(catalog)
        old, new = (new_article(text, address=HERONS) for text in ("Old.", "New."))
        catalog.add(library, [old])
        results, _ = catalog.add(library, [new, new_article("Old.")])
        assert [(one.new, one.replaced) for one in results] == [(True, 1), (True, None)]
        assert [catalog.text(library, one.article.id) for one in results] == ["New.", "Old."]
        assert catalog.check(library) == []


def test_two_texts_of_one_address_are_not_stored_at_once(tmp_path: Path) -> None:
    with Catalog(tmp_path / "cuttings.db") as catalog:
        library = library_id(catalog)
        entries = [new_article(text, address=HERONS) for text in ("One.", "Two.")]
        with pytest.raises(ValueError, match="one address"):
            catalog.add(library, entries)
        assert catalog.articles(library) == []


def test_archives_that_read_one_page_at_the_same_time_keep_one_version(archive: Archive) -> None:
    def read(thread: int) -> list[ReceiptStatus]:
        with Archive(archive.data, archive.settings, encoder=WordEncoder()) as mine:
            return [
                receipt.status
                for turn in range(4)
                for receipt in add(mine, at(HERONS, f"{thread} herons and {turn}"))
            ]

    with ThreadPoolExecutor(4) as pool:
        statuses = [status for each in pool.map(read, range(4)) for status in each]
    assert sorted(statuses) == [ADDED] + [UPDATED] * 15
    assert len(texts(archive)) == 1
