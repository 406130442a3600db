"""A data folder is held by many who use it, or by one alone who exchanges its files."""

from __future__ import annotations

from pathlib import Path

import pytest
from library_samples import plain_archive

from index import CATALOG_FILE, Archive, StorageBusyError, StorageError
from index.storage.holding import hold


def test_many_may_hold_a_folder_or_one_alone(tmp_path: Path) -> None:
    one, another = hold(tmp_path), hold(tmp_path)
    with pytest.raises(StorageBusyError) as caught:
        hold(tmp_path, alone=True, patience=0.05)
    assert caught.value.hint
    one.release()
    one.release()
    another.release()
    held = hold(tmp_path, alone=True, patience=0.05)
    with pytest.raises(StorageBusyError):
        hold(tmp_path, patience=0.05)
    held.release()
    hold(tmp_path).release()


def test_an_archive_holds_its_folder_until_it_is_closed(tmp_path: Path) -> None:
    with plain_archive(tmp_path), pytest.raises(StorageBusyError):
        hold(tmp_path, alone=True, patience=0.05)
    hold(tmp_path, alone=True, patience=0.05).release()


def test_an_archive_that_cannot_be_opened_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / CATALOG_FILE.name).write_text("A diary, not a database. " * 100)
    with pytest.raises(StorageError):
        Archive(tmp_path)
    hold(tmp_path, alone=True, patience=0.05).release()
