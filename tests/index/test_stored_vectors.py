"""Ids and embeddings come out of SQL whole, in order, and of one library and generation only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from storage_samples import DIMENSION, embed, library_id, new_article

from index.catalog.catalog import Catalog
from index.catalog.vectors import within
from index.errors import EncodedAnewError, StorageError, UnknownLibraryError

MINE = [f"mine {number}" for number in range(60)]


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    """Two libraries, whose articles of three passages take turns."""
    with Catalog(tmp_path / "cuttings.db") as opened:
        mine, other = library_id(opened, "mine"), library_id(opened, "other")
        for start in range(0, len(MINE), 3):
            opened.add(mine, [new_article(*MINE[start : start + 3])])
            opened.add(other, [new_article(*(f"other {start + n}" for n in range(3)))])
        yield opened


def run_sql(catalog: Catalog, *statements: str) -> None:
    with catalog._database.write() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_the_ids_of_one_library_ascend(catalog: Catalog) -> None:
    mine, other = (catalog.vectors.ids(library) for library in (1, 2))
    assert len(mine) == len(other) == 60
    assert sorted([*mine, *other]) == list(range(1, 121))
    assert (np.diff(mine) > 0).all()
    assert catalog.vectors.ids(3).tolist() == []


@pytest.mark.parametrize("step", [1, 2, 7, 59], ids=["all", "half", "few", "two"])
def test_the_embeddings_are_those_of_the_ids_whichever_are_asked_for(
    catalog: Catalog, step: int
) -> None:
    ids = catalog.vectors.ids(1)
    wanted = ids[::step]
    found, vectors = catalog.vectors.embeddings(1, wanted[::-1])
    assert found.tolist() == wanted.tolist()
    np.testing.assert_array_equal(vectors, embed(MINE)[::step])
    assert vectors.dtype == np.float32
    assert vectors.flags.c_contiguous

    streamed = list(catalog.vectors.stream(1, wanted, chunk=7))
    assert [len(each) for each, _ in streamed][:-1] == [7] * (len(streamed) - 1)
    np.testing.assert_array_equal(np.concatenate([rows for _, rows in streamed]), vectors)


@pytest.mark.parametrize("asked", [range(1, 121), [5, 4, 1, 5, 10**6, -3]], ids=["all", "some"])
def test_ids_of_other_libraries_and_of_none_are_left_out(
    catalog: Catalog, asked: list[int]
) -> None:
    mine = set(catalog.vectors.ids(1).tolist())
    found, vectors = catalog.vectors.embeddings(1, np.array(asked))
    assert found.tolist() == sorted(mine & set(asked))
    assert vectors.shape == (len(found), DIMENSION)


def test_of_nearly_all_ids_nothing_more_is_given(catalog: Catalog) -> None:
    wanted = np.delete(catalog.vectors.ids(1), 30)
    found, vectors = catalog.vectors.embeddings(1, wanted)
    assert found.tolist() == wanted.tolist()
    np.testing.assert_array_equal(vectors, np.delete(embed(MINE), 30, axis=0))


def test_of_no_ids_there_are_no_embeddings(catalog: Catalog) -> None:
    ids, vectors = catalog.vectors.embeddings(1, np.array([], dtype=np.int64))
    assert (ids.shape, vectors.shape) == ((0,), (0, DIMENSION))
    assert list(catalog.vectors.stream(1, ids)) == []


def test_each_generation_is_read_from_its_own_table(catalog: Catalog) -> None:
    run_sql(
        catalog,
        "UPDATE libraries SET next_encoder = 'next', next_dimension = 2 WHERE id = 1",
        "INSERT INTO next_embeddings SELECT id, x'0000803f00000040' FROM passages"
        " WHERE library_id = 1 AND id < 4",
    )
    ids = catalog.vectors.ids(1)
    assert catalog.vectors.embeddings(1, ids, 0)[1].shape == (60, DIMENSION)
    assert catalog.vectors.embeddings(1, ids, 1)[1].tolist() == [[1, 2]] * 3
    run_sql(
        catalog,
        "UPDATE libraries SET generation = 1, dimension = 2, next_encoder = NULL,"
        " next_dimension = NULL WHERE id = 1",
    )
    assert catalog.vectors.embeddings(1, ids)[1].tolist() == [[1, 2]] * 3
    assert catalog.vectors.state(1).generation == 1
    for generation in (0, 2):
        with pytest.raises(EncodedAnewError):
            catalog.vectors.embeddings(1, ids, generation)
    assert len(catalog.vectors.embeddings(2, catalog.vectors.ids(2), 0)[0]) == 60


def test_what_cannot_be_read_is_said(catalog: Catalog) -> None:
    with pytest.raises(UnknownLibraryError):
        catalog.vectors.state(3)
    with pytest.raises(UnknownLibraryError):
        catalog.vectors.embeddings(3, np.array([1]))
    run_sql(catalog, "UPDATE embeddings SET vector = x'00' WHERE passage_id = 2")
    with pytest.raises(StorageError, match="length"):
        catalog.vectors.embeddings(1, catalog.vectors.ids(1))


def test_within_says_of_each_id_whether_it_is_among_the_others() -> None:
    ids = np.array([9, 1, 5, 4, 10])
    assert within(ids, np.array([1, 4, 9])).tolist() == [True, True, False, True, False]
    assert within(ids, np.array([], dtype=np.int64)).tolist() == [False] * 5
    assert within(ids[:0], ids).tolist() == []
