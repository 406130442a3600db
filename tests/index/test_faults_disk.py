"""A disk that is full, or cannot be written: said clearly, and nothing acknowledged is lost."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from fault_stage import (
    DATABASE,
    disk,
    numbered_article,
    on_disk,
    question_of,
    revision_of,
    titles_by_words,
    to_older,
    unchangeable,
)
from library_samples import IN_FILES, fill, found, plain_archive

from index import CATALOG_FILE, back_up, restore
from index.archive import Archive
from index.errors import StorageError, StorageFullError


def filled(archive: Archive, size: int) -> dict[int, int]:
    """Numbered articles, the id of each by its number."""
    ids = fill(archive, *(numbered_article(number) for number in range(size)))
    return dict(enumerate(ids))


def whole(archive: Archive, ids: dict[int, int]) -> bool:
    """Whether the library holds these articles, no other, and is sound."""
    library = archive.library()
    assert library.check().problems == ()
    assert sorted(article.id for article in library.articles()) == sorted(ids.values())
    return titles_by_words(archive, dict(list(ids.items())[::17]))


def add_without_end(archive: Archive, acknowledged: dict[int, int]) -> None:
    for number in count():
        acknowledged |= {number: fill(archive, numbered_article(number))[0]}


def add_until_full(archive: Archive) -> dict[int, int]:
    """What was acknowledged before the disk was full."""
    acknowledged: dict[int, int] = {}
    with pytest.raises(StorageFullError, match="full") as caught:
        add_without_end(archive, acknowledged)
    assert caught.value.hint
    return acknowledged


def test_adding_to_a_full_disk_keeps_what_was_acknowledged_and_answers_go_on(
    tmp_path: Path,
) -> None:
    with disk(tmp_path / "disk", megabytes=3) as small:
        data = small.folder / "data"
        with plain_archive(data) as archive:
            ids = add_until_full(archive)
            assert len(ids) > 10
            assert ids[3] in found(archive, question_of(3))
        small.grow(16)
        with plain_archive(data) as archive:
            assert whole(archive, ids)
            ids |= {20_000: fill(archive, numbered_article(20_000))[0]}
            assert whole(archive, ids)


def test_removing_from_a_full_disk_is_done_or_refused_and_leaves_no_half(tmp_path: Path) -> None:
    with disk(tmp_path / "disk") as small:
        data = small.folder / "data"
        with plain_archive(data) as archive:
            ids = filled(archive, 20)
        with plain_archive(data) as archive:
            small.fill()
            with pytest.raises(StorageFullError):
                archive.library().remove([ids[3], ids[4]])
            assert titles_by_words(archive, ids)
            small.empty()
            assert whole(archive, ids)
            archive.library().remove([ids.pop(3), ids.pop(4)])
            assert whole(archive, ids)
        assert b"lantern3x" not in on_disk(data)
        assert b"lantern5x" in on_disk(data)


def test_a_disk_too_full_to_open_the_library_is_called_full_and_not_damaged(
    tmp_path: Path,
) -> None:
    with disk(tmp_path / "disk") as small:
        data = small.folder / "data"
        with plain_archive(data) as archive:
            ids = filled(archive, 5)
        small.fill()
        with pytest.raises(StorageFullError):
            plain_archive(data)
        small.empty()
        with plain_archive(data) as archive:
            assert whole(archive, ids)


def test_an_index_that_a_full_disk_does_not_take_is_made_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with disk(tmp_path / "disk") as small:
        data = small.folder / "data"
        with plain_archive(data) as archive:
            ids = filled(archive, 30)
            small.fill()
        small.empty()
        with plain_archive(data) as archive:
            assert whole(archive, ids)
        assert [file.name for file in data.iterdir() if "tmp" in file.name] == []


def test_a_migration_on_a_full_disk_leaves_the_earlier_state(tmp_path: Path) -> None:
    with disk(tmp_path / "disk") as small:
        data = small.folder / "data"
        with plain_archive(data) as archive:
            ids = filled(archive, 30)
        to_older(data, "0002")
        before = revision_of(data)
        small.fill(leave=64 * 1024)
        with pytest.raises(StorageFullError) as caught:
            plain_archive(data)
        assert caught.value.hint
        assert revision_of(data) == before == "0002"
        small.empty()
        with plain_archive(data) as archive:
            assert whole(archive, ids)


def test_a_backup_that_a_full_disk_does_not_take_leaves_no_file(tmp_path: Path) -> None:
    data, databases = tmp_path / "data", [CATALOG_FILE]
    with plain_archive(data) as archive:
        filled(archive, 30)
    with disk(tmp_path / "disk") as small:
        small.fill(leave=200_000)
        with pytest.raises(StorageFullError) as caught:
            back_up(data, small.folder / "backup", databases, version="1")
        assert caught.value.hint
        assert [file.name for file in small.folder.iterdir()] == ["ballast"]
        small.empty()
        back_up(data, small.folder / "backup", databases, version="1")


def test_a_backup_restored_onto_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    backup, databases = tmp_path / "backup", [CATALOG_FILE]
    with disk(tmp_path / "disk") as small:
        data = small.folder / "data"
        with plain_archive(data) as archive:
            ids = filled(archive, 30)
        back_up(data, backup, databases, version="1")
        with plain_archive(data) as archive:
            archive.library().remove([ids.pop(3)])
        small.fill(leave=200_000)
        with pytest.raises(StorageFullError) as caught:
            restore(backup, data, databases, replace=True)
        assert caught.value.hint
        small.empty()
        with plain_archive(data) as archive:
            assert whole(archive, ids)
        restore(backup, data, databases, replace=True)
        with plain_archive(data) as archive:
            assert len(archive.library().articles()) == 30


def test_encoding_anew_stops_at_a_full_disk_and_goes_on_from_there(tmp_path: Path) -> None:
    with disk(tmp_path / "disk") as small:
        data = small.folder / "data"
        with plain_archive(data) as archive:
            ids = filled(archive, 300)
        small.fill(leave=120_000)
        with plain_archive(data, "other") as archive:
            with pytest.raises(StorageFullError):
                list(archive.reencode(["default"]))
            small.empty()
            (done,) = archive.reencode(["default"])
            assert 0 < done.passages < 300
        with plain_archive(data, "other") as archive:
            assert whole(archive, ids)


def test_a_disk_that_cannot_be_written_is_said_and_left_as_it_is(tmp_path: Path) -> None:
    with disk(tmp_path / "disk") as small:
        data = small.folder / "data"
        with plain_archive(data) as archive:
            ids = filled(archive, 5)
        before = on_disk(data)
        small.read_only()
        with pytest.raises(StorageError) as caught:
            plain_archive(data)
        assert caught.value.hint
        assert not isinstance(caught.value, StorageFullError)
        assert on_disk(data) == before
        small.read_only(False)
        with plain_archive(data) as archive:
            assert whole(archive, ids)


def test_a_database_that_cannot_be_written_is_still_asked(tmp_path: Path) -> None:
    with plain_archive(tmp_path) as archive:
        ids = filled(archive, 5)
    before = (tmp_path / DATABASE).read_bytes()
    with unchangeable(tmp_path / DATABASE), plain_archive(tmp_path) as archive:
        assert titles_by_words(archive, ids)
        with pytest.raises(StorageError, match="writing") as caught:
            fill(archive, numbered_article(7))
        assert caught.value.hint
        assert titles_by_words(archive, ids)
    assert (tmp_path / DATABASE).read_bytes() == before
    with plain_archive(tmp_path) as archive:
        assert whole(archive, ids)


def test_a_folder_in_which_no_file_can_be_made_costs_the_index_only(tmp_path: Path) -> None:
    with plain_archive(tmp_path, sizes=IN_FILES) as archive:
        ids = filled(archive, 5)
        with unchangeable(tmp_path):
            ids |= {7: fill(archive, numbered_article(7))[0]}
            archive.library().remove([ids.pop(0)])
            assert whole(archive, ids)
            with pytest.raises(StorageError):
                archive.library().rebuild()
    with plain_archive(tmp_path) as archive:
        assert whole(archive, ids)
    assert b"lantern0x" not in on_disk(tmp_path)
