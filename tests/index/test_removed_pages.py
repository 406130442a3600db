"""Where an article's texts lie in the file: on overflow pages alone, read page by page."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from file_pages import check_texts
from leftovers import Speaker
from sqlalchemy import create_engine
from storage_samples import library_id, new_article

from index.catalog.catalog import Catalog
from index.storage.overflow import (
    RESERVED,
    bytes_in_cell,
    least_in_cell,
    most_in_cell,
    padding,
    page_bytes,
)


def test_texts_of_any_length_begin_behind_the_cell(tmp_path: Path) -> None:
    path = tmp_path / "cuttings.db"
    speaker = Speaker(1)
    with Catalog(path) as catalog:
        library = library_id(catalog)
        lengths = [*range(1, 200, 9), *range(3_300, 4_300, 7), *range(7_500, 8_600, 23), 100_000]
        entries = []
        for length in lengths:
            say = speaker.foreign if length % 2 else speaker.words
            text = say(length // 7 + 1)[:length].strip()
            title, source = say(length % 11 + 1), say(length % 3 + 1)
            entries.append(new_article(text, title=title, source=source))
        catalog.add(library, entries)
    check_texts(path, len(lengths))


def test_texts_stay_there_when_their_library_is_another(tmp_path: Path) -> None:
    """Its number may take more bytes than that of the library before."""
    path = tmp_path / "cuttings.db"
    speaker = Speaker(2)
    with Catalog(path) as catalog:
        moving = library_id(catalog, "one")
        catalog.add(moving, [new_article(speaker.words(n), title="One") for n in range(1, 999, 17)])
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("UPDATE sqlite_sequence SET seq = 1000000000 WHERE name = 'libraries'")
        there = library_id(catalog, "two")
        assert there > 2**24
        catalog.add(there, [new_article("Already there.", title="Two")])
        catalog.rename("one", "two")
        assert len(catalog.articles(there)) == 60
    check_texts(path, 60)


@pytest.mark.parametrize("size", [512, 1024, 2048, 4096, 8192, 65_536])
def test_texts_begin_behind_the_cell_in_pages_of_any_size(tmp_path: Path, size: int) -> None:
    path = tmp_path / "cuttings.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA page_size = {size}")
        database.execute("PRAGMA journal_mode = WAL")
    speaker = Speaker(size)
    with Catalog(path) as catalog:
        library = library_id(catalog)
        entries = [new_article(speaker.words(n), title=speaker.words(3)) for n in range(1, 90, 2)]
        catalog.add(library, entries)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert page_bytes(connection) == size
    engine.dispose()
    assert path.read_bytes()[16:18] == (size if size < 65_536 else 1).to_bytes(2, "big")
    check_texts(path, len(entries))


@pytest.mark.parametrize("page", [512, 1024, 4096, 8192, 65_536])
@pytest.mark.parametrize("reserved", [0, 12, RESERVED])
def test_the_padding_holds_whatever_stands_before_it(page: int, reserved: int) -> None:
    chance = Speaker(3).chance
    for _ in range(2_000):
        behind = chance.choice([chance.randint(1, 60), chance.randint(1, 300 * page)])
        before = chance.choice([chance.randint(0, 300), chance.randint(0, 3 * page)])
        zeros = padding(behind, page)
        in_cell = bytes_in_cell(before + zeros + behind, page - reserved)
        assert in_cell <= before + zeros
        if before <= least_in_cell(page) and not reserved:
            assert in_cell == least_in_cell(page)
        assert zeros <= most_in_cell(page) + page
