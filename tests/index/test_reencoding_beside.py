"""While a library is encoded anew it is asked, added to, removed from, renamed and encoded anew."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from library_samples import article, fill, found
from reencoding_samples import (
    MANY,
    StoppedError,
    archive_of,
    before_batch,
    filled,
    finds,
    numbered,
    reencode,
    rows,
    stop,
    stopped,
    whole,
)

from index.archive import Archive
from index.catalog.entries import LibraryInfo
from index.errors import StorageBusyError, UnknownLibraryError
from index.preparing import Preparation
from index.reencoding import AT_ONCE, Reencoding
from index.shelves import Shelves


@pytest.mark.parametrize("new", ["second", "second-48"])
def test_it_is_asked_all_the_while(tmp_path: Path, new: str) -> None:
    filled(tmp_path, "first", 120)
    done = threading.Event()

    def ask(opened: Archive) -> int:
        """Ask on and on; how many questions that were, each answered right."""
        for asked in itertools.count():
            if done.is_set():
                return asked
            number = asked * 7 % 120
            assert found(opened, f"w{number} x{number} y{number}") == [number + 1]
        return 0

    # One of the new encoder, and one that has been open since before the change.
    with (
        archive_of(tmp_path, new) as opened,
        archive_of(tmp_path, "first") as earlier,
        ThreadPoolExecutor(2) as threads,
    ):
        asking = [threads.submit(ask, each) for each in (opened, earlier)]
        try:
            for name in (new, "third", "first", new):
                with archive_of(tmp_path, name) as other:
                    assert reencode(other) == 120
        finally:
            done.set()
        assert min(each.result() for each in asking) > 10
        assert finds(earlier, range(0, 120, 29))
        assert whole(opened)


@pytest.mark.parametrize("batch", [0, 1])
def test_what_is_added_replaced_and_removed_meanwhile_is_dealt_with(
    tmp_path: Path, batch: int
) -> None:
    ids = filled(tmp_path, "first", MANY)

    def page(words: str) -> None:
        one = replace(article(words), address="https://harbour.example/ferry")
        list(other.library().add([one]))

    def change() -> None:
        other.library().remove([ids[0], ids[1], ids[-1]])
        page("ferry one two three")
        fill(other, *numbered(3, MANY))
        page("ferry three four five")
        assert finds(other, [2, 3, MANY + 1])

    with archive_of(tmp_path, "first") as other:
        with archive_of(tmp_path, before_batch(batch, change)) as opened:
            reencode(opened)
            assert finds(opened, [*range(2, MANY - 1, 13), MANY, MANY + 1, MANY + 2])
            assert found(opened, "ferry three four five") == [MANY + 5]
            assert found(opened, "ferry one two three") != [MANY + 1]
            assert whole(opened)
            assert rows(tmp_path) == (0, MANY + 1)
        assert finds(other, [2, MANY + 1])


def test_what_comes_at_the_last_moment_is_encoded_before_the_switch(tmp_path: Path) -> None:
    filled(tmp_path, "first", 5)
    with archive_of(tmp_path, "first") as other, archive_of(tmp_path, "second-48") as opened:
        changes: list[Callable[[], object]] = [
            lambda: fill(other, *numbered(2, 5)),
            lambda: other.library().remove([1]),
        ]
        assert reencode_beside(opened, changes) == 7
        assert finds(opened, range(1, 7))
        assert found(opened, "w0 x0 y0") != [1]
        assert whole(opened)
        assert rows(tmp_path) == (0, 6)


def test_what_is_taken_in_at_the_last_moment_is_encoded_too(tmp_path: Path) -> None:
    with archive_of(tmp_path, "first") as other, archive_of(tmp_path, "second-48") as opened:
        fill(other, *numbered(3), library="before")  # ids below those that are encoded
        fill(other, *numbered(3, 3))
        reencode_beside(opened, [lambda: other.rename("before", "default")])
        assert finds(opened, range(6))
        assert whole(opened)
    assert rows(tmp_path) == (0, 6)


def reencode_beside(archive: Archive, changes: list[Callable[[], object]]) -> int:
    """Encode the library anew; each time it is about to be switched, one thing is done before.

    How many passages were encoded.
    """

    class Busy(Preparation):
        def _follow(self, revision: int) -> None:
            if changes:
                changes.pop(0)()
            super()._follow(revision)

    class BusyShelves(Shelves):
        def preparation(self, info: LibraryInfo) -> Preparation:
            return Busy(self._stored, info, self._file(info), self._sizes)

    shelves = BusyShelves(archive.catalog, archive.data)
    task = Reencoding(archive.catalog, shelves, archive.encoder, "")
    (done,) = task.run([archive.catalog.library("default")])
    assert not changes
    return done.passages


def test_an_article_that_was_being_added_is_encoded_again_after_the_switch(tmp_path: Path) -> None:
    filled(tmp_path, "first", 2)
    with archive_of(tmp_path, "second-48") as other:
        told: list[tuple[int, int]] = []
        slow = before_batch(0, lambda: reencode(other), "first")
        with archive_of(tmp_path, slow) as opened:
            receipts = opened.library().add(
                numbered(3, 2), progress=lambda done, total: told.append((done, total))
            )
            assert [each.article.id for each in receipts if each.article] == [3, 4, 5]
            assert finds(opened, range(5))
            assert whole(opened)
            assert all(done <= total == 3 for done, total in told)
        assert finds(other, range(5))
        assert rows(tmp_path) == (0, 5)


def test_an_export_that_was_being_imported_is_encoded_again_after_the_switch(
    tmp_path: Path,
) -> None:
    filled(tmp_path / "a", "first", 3)
    with archive_of(tmp_path / "a", "first") as opened:
        opened.library().export(tmp_path / "file.jsonl")
    filled(tmp_path / "b", "first", 1)
    with archive_of(tmp_path / "b", "first") as opened:
        receipts = opened.library().import_(tmp_path / "file.jsonl")
        with archive_of(tmp_path / "b", "second") as other:
            reencode(other)
            assert len(list(receipts)) == 3
            assert finds(other, range(3))
            assert whole(other)


def test_of_two_processes_with_different_encoders_the_later_has_its_way(tmp_path: Path) -> None:
    filled(tmp_path, "first", MANY)
    encoder = before_batch(1, lambda: stopped(tmp_path, "third"))
    with archive_of(tmp_path, encoder) as opened:
        with pytest.raises(StorageBusyError, match="third") as caught:
            reencode(opened)
        assert caught.value.hint
        assert finds(opened, [0, MANY - 1])
    with archive_of(tmp_path, "third") as opened:
        assert reencode(opened) == MANY - AT_ONCE
        assert finds(opened, range(0, MANY, 13))


def test_two_processes_with_one_encoder_finish_it_together(tmp_path: Path) -> None:
    filled(tmp_path, "first", MANY)

    def other() -> None:
        with archive_of(tmp_path, "second-48") as opened:
            assert reencode(opened) == MANY - AT_ONCE

    with archive_of(tmp_path, before_batch(1, other)) as opened:
        assert reencode(opened) == AT_ONCE
        assert finds(opened, range(0, MANY, 13))
        assert whole(opened)
    assert rows(tmp_path) == (0, MANY)


def test_two_processes_may_encode_the_same_passages(tmp_path: Path) -> None:
    filled(tmp_path, "first", MANY)
    with archive_of(tmp_path, before_batch(0, lambda: stopped(tmp_path))) as opened:
        assert reencode(opened) == MANY
        assert finds(opened, range(0, MANY, 13))
        assert whole(opened)
    assert rows(tmp_path) == (0, MANY)


def test_a_library_may_be_forgotten_meanwhile(tmp_path: Path) -> None:
    filled(tmp_path, "first", MANY)
    with archive_of(tmp_path, "first") as other:
        encoder = before_batch(1, lambda: other.forget("default"))
        with archive_of(tmp_path, encoder) as opened, pytest.raises(UnknownLibraryError):
            reencode(opened)
        assert rows(tmp_path) == (0, 0)


def test_a_library_may_get_another_name_meanwhile(tmp_path: Path) -> None:
    filled(tmp_path, "first", MANY)
    with archive_of(tmp_path, "first") as other:
        encoder = before_batch(1, lambda: other.rename("default", "new"))
        with archive_of(tmp_path, encoder) as opened:
            reencode(opened)
            assert finds(opened, [0, MANY - 1], "new")


@pytest.mark.parametrize("unfinished", ["before", "both"])
@pytest.mark.parametrize("turned", ["before", "after"])
def test_a_library_takes_another_in_wherever_their_embeddings_stand(
    tmp_path: Path, turned: str, unfinished: str
) -> None:
    with archive_of(tmp_path, "first") as opened:
        other = {"before": "after", "after": "before"}[turned]
        fill(opened, *numbered(MANY), library=turned)
    with archive_of(tmp_path, "second") as opened:
        reencode(opened, turned)
        fill(opened, *numbered(MANY, MANY), library=other)
    names = ["before", "after"] if unfinished == "both" else [unfinished]
    for name in names:
        with (
            archive_of(tmp_path, before_batch(1, stop, "third-32")) as opened,
            pytest.raises(StoppedError),
        ):
            reencode(opened, name)
    with archive_of(tmp_path, "second") as opened:
        opened.rename("before", "after")
        assert opened.names() == ["after"]
        assert finds(opened, range(0, 2 * MANY, 31), "after")
        assert whole(opened)
    with archive_of(tmp_path, "third-32") as opened:
        reencode(opened, "after")
        assert finds(opened, range(0, 2 * MANY, 31), "after")
        assert whole(opened)
        assert sorted(rows(tmp_path)) == [0, 2 * MANY]


def test_a_library_that_takes_another_in_meanwhile_leaves_nothing_out(tmp_path: Path) -> None:
    with archive_of(tmp_path, "first") as other:
        fill(other, *numbered(5), library="before")  # ids below those that are encoded first
        fill(other, *numbered(MANY, 5))
        encoder = before_batch(1, lambda: other.rename("before", "default"))
        with archive_of(tmp_path, encoder) as opened:
            reencode(opened)
            assert finds(opened, range(0, MANY + 5, 4))
            assert whole(opened)
    assert rows(tmp_path) == (0, MANY + 5)
