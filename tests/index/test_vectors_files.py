"""Index files: whole or not used, damaged in part and used in part, blotted out in place."""

from __future__ import annotations

import logging
import struct
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from vector_samples import Held, assert_same, flocks, of_kind

from index.errors import StorageError
from index.vectors import ExactIndex, VectorIndex, blot_out, erase, load, save
from index.vectors.file import DAMAGED

DIMENSION = 64
SIZE = 2500
"""Blocks enough for a few to be damaged and others not."""

Make = Callable[[int], Held]


@pytest.fixture(params=["exact", "approximate"])
def make(request: pytest.FixtureRequest) -> Make:
    """Makes an index of each kind with so many vectors, ids 10, 20, 30, ..."""

    def made(size: int) -> Held:
        vectors = flocks(np.random.default_rng(9), size, DIMENSION)
        held = of_kind(request.param, vectors)
        held.add(range(10, 10 * size + 10, 10), vectors)
        return held

    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.vectors"


def again(path: Path, held: Held) -> tuple[VectorIndex, int]:
    loaded = load(path, DIMENSION, held.stored)
    assert loaded is not None
    assert loaded[0].kind == held.index.kind
    return loaded


def true_vectors(held: Held, ids: Any) -> Any:
    return held.stored(np.asarray(ids, np.int64))[1]


def bytes_of(held: Held, ids: list[int]) -> list[bytes]:
    """How the file has these vectors."""
    data = held.index._data(held.index._places.find(np.array(ids)))
    return [one.tobytes() for one in data]


def test_a_saved_index_is_the_same_when_loaded(make: Make, path: Path) -> None:
    held = make(SIZE)
    held.remove([30])
    save(held.index, path, 41)
    save(held.index, path, 42)
    index, revision = again(path, held)
    assert revision == 42
    assert index.ids.tolist() == held.ids
    assert index.matches(held.ids, true_vectors(held, held.ids)).all()
    for query in flocks(np.random.default_rng(1), 5, DIMENSION):
        assert index.search(query, 50) == held.index.search(query, 50)
        assert_same(index.search(query, 5), held.expected(query, 5))
    index.remove([40])
    index.add([30, 40], np.ones((2, DIMENSION)))
    assert len(index) == SIZE
    assert [file.name for file in path.parent.iterdir()] == ["library.vectors"]
    assert getattr(index, "made_for", SIZE) == SIZE


def test_an_empty_index_can_be_saved(make: Make, path: Path) -> None:
    held = make(1)
    held.remove(held.ids)
    save(held.index, path, 0)
    index, revision = again(path, held)
    assert (len(index), revision) == (0, 0)
    assert blot_out(path, [10])


def test_a_torn_file_is_not_used(make: Make, path: Path, caplog: pytest.LogCaptureFixture) -> None:
    held = make(300)
    save(held.index, path, 5)
    whole = path.read_bytes()
    with caplog.at_level(logging.WARNING):
        for length in {*range(100), *range(100, len(whole), 997), len(whole) - 1}:
            path.write_bytes(whole[:length])
            assert load(path, DIMENSION, held.stored) is None
            assert not blot_out(path, [10])
        for other in (whole + b"\0", bytes(len(whole)), whole[:48] + b"\xff" * 8 + whole[56:]):
            path.write_bytes(other)
            assert load(path, DIMENSION, held.stored) is None
            assert not blot_out(path, [10])
    assert "library.vectors" in caplog.text
    assert str(path.parent) not in caplog.text


def test_a_flipped_bit_costs_one_block_at_most_and_never_goes_unseen(
    make: Make, path: Path
) -> None:
    held = make(SIZE)
    save(held.index, path, 5)
    whole = bytearray(path.read_bytes())
    random = np.random.default_rng(2)
    unusable, in_part = 0, 0
    for at in [*range(62), *random.integers(0, len(whole), 40).tolist(), len(whole) - 1]:
        whole[at] ^= 0x10
        path.write_bytes(whole)
        whole[at] ^= 0x10
        loaded = load(path, DIMENSION, held.stored)
        if loaded is None:
            unusable += 1
            continue
        index, revision = loaded
        in_part += 1
        assert revision == DAMAGED
        assert SIZE / 2 < len(index) < SIZE
        assert index.matches(index.ids, true_vectors(held, index.ids)).all()
        index.add(held.ids, true_vectors(held, held.ids))
        assert len(index) == SIZE
    assert unusable >= 60  # the header, at least
    assert in_part > 10


def test_several_damaged_blocks_cost_no_others(make: Make, path: Path) -> None:
    held = make(SIZE)
    save(held.index, path, 5)
    content = bytearray(path.read_bytes())
    lost = 0
    for one in bytes_of(held, [10, 10 * SIZE]):
        content[content.index(one)] ^= 1
    path.write_bytes(content)
    index, revision = again(path, held)
    assert revision == DAMAGED
    lost = SIZE - len(index)
    assert 0 < lost < SIZE
    assert not np.isin([10, 10 * SIZE], index.ids).any()


def test_a_file_of_whole_blocks_in_the_wrong_places_is_not_believed(path: Path) -> None:
    held = Held(ExactIndex(DIMENSION), of_kind("exact", np.eye(DIMENSION)).stored)
    held.add(range(SIZE), flocks(np.random.default_rng(4), SIZE, DIMENSION))
    save(held.index, path, 5)
    content = path.read_bytes()
    size = (65536 // (DIMENSION * 4 + 12)) * (DIMENSION * 4 + 12) + 4
    start = content.index(np.arange(3).tobytes())
    first, second = content[start : start + size], content[start + size : start + 2 * size]
    path.write_bytes(content[:start] + second + first + content[start + 2 * size :])
    index, revision = again(path, held)
    assert revision == DAMAGED
    assert 0 < len(index) < SIZE
    assert index.matches(index.ids, true_vectors(held, index.ids)).all()


def test_a_missing_or_foreign_file_is_not_used(
    path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stored = of_kind("exact", np.eye(4)).stored
    assert load(path, 4, stored) is None
    assert not blot_out(path, [1])
    assert caplog.text == ""
    save(ExactIndex(4), path, 1)
    assert load(path, 5, stored) is None
    assert load(tmp_path, 4, stored) is None
    path.write_bytes(struct.pack("<8sIIQQ", b"CUTTVEC\0", 1, 4, 1, 0) + bytes(100))
    assert load(path, 4, stored) is None
    assert "another format" in caplog.text
    assert not blot_out(path, [1])


def test_nothing_is_blotted_out_by_a_damaged_directory(make: Make, path: Path) -> None:
    held = make(SIZE)
    save(held.index, path, 5)
    content = bytearray(path.read_bytes())
    content[-8] ^= 1  # still between the ids around it
    path.write_bytes(content)
    assert not blot_out(path, [10])
    assert load(path, DIMENSION, held.stored) is None


def test_what_is_blotted_out_is_not_in_the_file_and_all_else_is(make: Make, path: Path) -> None:
    held = make(SIZE)
    save(held.index, path, 5)
    before = path.read_bytes()
    going = [10, 50, 12_340, 10 * SIZE]
    contents = bytes_of(held, going)
    assert all(one in before for one in contents)
    assert blot_out(path, [*going, 7, 15, -3, 10**12, 10])
    after = path.read_bytes()
    assert len(after) == len(before)
    assert not any(one in after for one in contents)
    index, revision = again(path, held)
    assert revision == 5
    held.remove(going)
    assert index.ids.tolist() == held.ids
    assert index.matches(held.ids, true_vectors(held, held.ids)).all()
    assert blot_out(path, going)
    assert path.read_bytes() == after


def test_all_can_be_blotted_out(make: Make, path: Path) -> None:
    held = make(SIZE)
    save(held.index, path, 5)
    contents = bytes_of(held, held.ids)
    assert blot_out(path, held.ids)
    after = path.read_bytes()
    assert not any(one in after for one in contents)
    assert len(again(path, held)[0]) == 0


def test_of_a_damaged_block_all_is_blotted_out(make: Make, path: Path) -> None:
    held = make(SIZE)
    save(held.index, path, 5)
    content = bytearray(path.read_bytes())
    near, far = bytes_of(held, [20, 10 * SIZE])
    # The id of another one: it cannot be found by it any more.
    content[content.index(np.array([10, 20, 30]).tobytes()) + 8] ^= 0x40
    path.write_bytes(content)
    assert blot_out(path, [20])
    after = path.read_bytes()
    assert near not in after
    assert far in after
    index, revision = again(path, held)
    assert revision == DAMAGED
    assert SIZE / 2 < len(index) < SIZE


def test_a_blotting_out_that_is_broken_off_leaves_vectors_that_are_right(
    make: Make, path: Path
) -> None:
    held = make(SIZE)
    save(held.index, path, 5)
    before = path.read_bytes()
    going = [10, 12_340]
    blot_out(path, going)
    after = path.read_bytes()
    changed = [n for n in range(0, len(before), 64) if before[n : n + 64] != after[n : n + 64]]
    for cut in changed:
        for torn in (after[:cut] + before[cut:], before[:cut] + after[cut:]):
            path.write_bytes(torn)
            index, revision = again(path, held)
            left = set(held.ids) - set(index.ids.tolist())
            assert revision == DAMAGED or left <= set(going)
            assert index.matches(index.ids, true_vectors(held, index.ids)).all()


def test_what_is_removed_while_it_is_saved_is_not_in_the_file(make: Make, path: Path) -> None:
    held = make(20_000)
    index, removed = held.index, []
    done = threading.Event()

    def remove() -> None:
        for first in range(10, 200_000, 10 * 37):
            if done.is_set():
                return
            index.remove([first])
            removed.append(first)
            blot_out(path, [first])
            index.add([first + 1], np.ones((1, DIMENSION)))
            time.sleep(0.0005)

    worker = threading.Thread(target=remove)
    worker.start()
    for revision in range(6):
        save(index, path, revision)
    done.set()
    worker.join()
    ids, _ = again(path, held)
    assert len(removed) > 10
    assert not np.isin(removed, ids.ids).any()
    assert len(ids) >= 20_000 - len(removed)
    assert [file.name for file in path.parent.iterdir()] == ["library.vectors"]


def test_erasing_takes_away_what_saving_left_too(tmp_path: Path, path: Path) -> None:
    save(ExactIndex(4), path, 1)
    (tmp_path / "library.vectors.a.tmp").touch()
    (tmp_path / "library.vectors2").touch()
    erase(path)
    erase(path)
    assert [file.name for file in tmp_path.iterdir()] == ["library.vectors2"]


def test_a_folder_that_is_gone_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        save(ExactIndex(4), tmp_path / "gone" / "library.vectors", 1)
    assert caught.value.hint
