"""The file of the vector index is there when a library is of another encoder, and is its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from library_samples import IN_FILES, fill
from reencoding_samples import (
    StoppedError,
    archive_of,
    finds,
    numbered,
    stop,
    whole,
)

from index.catalog.entries import LibraryInfo
from index.preparing import Preparation
from index.reencoding import Reencoding
from index.shelves import Shelves
from index.vectors import load

SOME = 12


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A closed data folder with a file of the vector index."""
    with archive_of(tmp_path, "first", sizes=IN_FILES) as opened:
        fill(opened, *numbered(SOME))
        assert finds(opened, range(SOME))
    assert generations(tmp_path) == ["0"]
    return tmp_path


def generations(folder: Path) -> list[str]:
    """The generations that there are files of."""
    return sorted(file.stem.split("-")[-1] for file in folder.glob("library-*"))


def after_saving(do: Callable[[], object]) -> type[Shelves]:
    """Shelves that do something once each time the file to come is as it should be."""

    class Followed(Preparation):
        def _follow(self, revision: int) -> None:
            super()._follow(revision)
            do()

    class Busy(Shelves):
        def preparation(self, info: LibraryInfo) -> Preparation:
            return Followed(self._stored, info, self._file(info), self._sizes)

    return Busy


def test_the_file_is_there_before_the_first_question(data: Path) -> None:
    with archive_of(data, "second-48", sizes=IN_FILES) as opened:
        list(opened.reencode(["default"]))
        assert generations(data) == ["1"]
    with archive_of(data, "second-48", sizes=IN_FILES) as opened:
        shelf = opened._shelves.of(opened.catalog.library("default"))
        assert finds(opened, range(SOME))
        assert whole(opened)
        assert shelf.notes == []
    with archive_of(data, "first", sizes=IN_FILES) as opened:
        list(opened.reencode(["default"]))
        assert finds(opened, range(SOME))
        assert whole(opened)
    assert generations(data) == ["2"]


def test_whoever_has_the_earlier_one_in_memory_drops_it_with_its_file(data: Path) -> None:
    with archive_of(data, "first", sizes=IN_FILES) as other:
        assert finds(other, range(SOME))
        with archive_of(data, "second-48", sizes=IN_FILES) as opened:
            list(opened.reencode(["default"]))
        fill(other, *numbered(2, SOME))
        assert finds(other, range(SOME + 2))
    assert generations(data) == ["1"]


def test_what_is_removed_after_the_file_was_made_is_not_in_it(data: Path) -> None:
    with archive_of(data, "first", sizes=IN_FILES) as other:
        removals = iter([1, 5])
        saved: list[bytes] = []

        def remove() -> None:
            file = next(data.glob("library-*-1.vectors"))
            found = load(file, 48, lambda ids: (ids, np.zeros((0, 48), dtype=np.float32)))
            assert found
            if not saved:
                saved.extend(row.tobytes() for row in found[0].vectors(np.arange(1, SOME + 1)))
            for article in removals:
                other.library().remove([article])
                return

        with archive_of(data, "second-48", sizes=IN_FILES) as opened:
            shelves = after_saving(remove)(opened.catalog, data, sizes=IN_FILES)
            task = Reencoding(opened.catalog, shelves, opened.encoder, "")
            list(task.run([opened.catalog.library("default")]))
        (file,) = data.glob("library-*-1.vectors")
        held = [row in file.read_bytes() for row in saved]
        assert held == [article not in (1, 5) for article in range(1, SOME + 1)]
    with archive_of(data, "second-48", sizes=IN_FILES) as opened:
        assert finds(opened, [1, 2, 3, 5, 6])
        assert whole(opened)


def test_what_is_given_up_leaves_no_file(data: Path) -> None:
    with archive_of(data, "second-48", sizes=IN_FILES) as opened:
        shelves = after_saving(stop)(opened.catalog, data, sizes=IN_FILES)
        task = Reencoding(opened.catalog, shelves, opened.encoder, "")
        with pytest.raises(StoppedError):
            list(task.run([opened.catalog.library("default")]))
        assert generations(data) == ["0"]
        assert finds(opened, range(SOME))


def test_a_file_that_another_encoding_left_there_is_not_taken_for_its_own(data: Path) -> None:
    (before,) = data.glob("library-*")
    with archive_of(data, "second-48") as opened:  # with so few passages it needs none
        before.with_name(before.name.replace("-0.", "-1.")).write_bytes(before.read_bytes())
        list(opened.reencode(["default"]))
        assert generations(data) == []
        assert finds(opened, range(SOME))
