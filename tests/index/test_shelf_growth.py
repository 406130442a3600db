"""A library's vector index becomes approximate and exact again, and answers all the while."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from shelf_samples import add, in_file, library, nearest, remove, shelf_of, whole
from storage_samples import embed, new_article

from index.catalog.catalog import Catalog
from index.growing import Sizes, StoppedError
from index.shelf import Shelf
from index.shelves import Shelves

SMALL = Sizes(file_from=10, grow_at=40, shrink_below=20)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog(tmp_path / "cuttings.db") as opened:
        yield opened


def test_a_library_grows_and_shrinks_while_it_answers(catalog: Catalog, tmp_path: Path) -> None:
    shelf = shelf_of(catalog, tmp_path, SMALL)
    articles = add(catalog, shelf, 20)
    assert shelf.current().kind == "exact"
    assert not shelf.wants_tending or shelf.size >= SMALL.file_from
    articles += add(catalog, shelf, 10, "more")
    assert shelf.wants_tending
    assert nearest(shelf, "more 4 begins here.")[1] == pytest.approx(1, abs=1e-3)
    shelf.tend(lambda: False)
    assert shelf.current().kind == "approximate"
    assert not shelf.wants_tending
    assert whole(catalog, shelf)
    assert nearest(shelf, "story 4 begins here.")[1] == pytest.approx(1, abs=1e-3)
    assert len(in_file(shelf)) == 60

    reopened = shelf_of(catalog, tmp_path, SMALL)
    assert reopened.current().kind == "approximate"
    assert whole(catalog, reopened)
    assert reopened.notes == []

    remove(catalog, shelf, articles[5:])
    assert shelf.current().kind == "approximate"
    shelf.tend(lambda: False)
    assert shelf.current().kind == "exact"
    assert whole(catalog, shelf)
    assert nearest(shelf, "story 4 begins here.")[1] == pytest.approx(1, abs=1e-3)


def test_lists_that_were_made_for_far_fewer_are_made_anew(catalog: Catalog, tmp_path: Path) -> None:
    shelf = shelf_of(catalog, tmp_path, SMALL)
    add(catalog, shelf, 25)
    first = shelf.current()  # opened when it was large already
    assert (first.kind, getattr(first, "made_for", None)) == ("approximate", 50)
    add(catalog, shelf, 70, "more")
    assert SMALL.fit(first)
    add(catalog, shelf, 10, "yet more")
    assert not SMALL.fit(first)
    shelf.tend(lambda: False)
    assert getattr(shelf.current(), "made_for", None) == 210
    assert whole(catalog, shelf)


def test_what_comes_and_goes_while_it_grows_is_there_and_gone(
    catalog: Catalog, tmp_path: Path
) -> None:
    shelf = shelf_of(catalog, tmp_path, SMALL)
    articles = add(catalog, shelf, 40)
    other = shelf_of(catalog, tmp_path, SMALL)
    shelf._index = None
    with_exact = Sizes(file_from=10, grow_at=10_000)
    shelf._sizes = with_exact
    assert shelf.current().kind == "exact"
    shelf._sizes = SMALL
    looks = 0

    def meanwhile() -> bool:
        nonlocal looks
        looks += 1
        remove(catalog, shelf, [articles[looks]])
        add(catalog, shelf, 1, f"late {looks}")
        remove(catalog, other, [articles[-looks]])
        assert shelf.current().kind == "exact"
        assert nearest(shelf, f"late {looks} 0 begins here.")[1] == pytest.approx(1, abs=1e-3)
        return False

    shelf.tend(meanwhile)
    assert looks >= 2
    assert shelf.current().kind == "approximate"
    assert whole(catalog, shelf)


def test_growing_can_be_stopped_and_leaves_everything_as_it_was(
    catalog: Catalog, tmp_path: Path
) -> None:
    shelf = shelf_of(catalog, tmp_path, Sizes(grow_at=10_000))
    add(catalog, shelf, 40)
    index = shelf.current()
    shelf._sizes = SMALL
    with pytest.raises(StoppedError):
        shelf.tend(lambda: True)
    assert shelf.current() is index
    assert whole(catalog, shelf)


def test_a_large_library_that_is_filled_unasked_is_opened_before_it_is_asked(
    catalog: Catalog, tmp_path: Path
) -> None:
    shelf = shelf_of(catalog, tmp_path, SMALL)
    add(catalog, shelf, 15)
    assert not shelf.wants_tending
    add(catalog, shelf, 15, "more")
    assert shelf.wants_tending
    with pytest.raises(StoppedError):
        shelf.tend(lambda: True)
    assert shelf.wants_tending
    shelf.tend(lambda: False)
    assert shelf.size == 60
    assert len(in_file(shelf)) == 60
    assert not shelf.wants_tending


def test_threads_ask_add_and_remove_while_the_index_grows_shrinks_and_is_saved(
    catalog: Catalog, tmp_path: Path
) -> None:
    shelves = Shelves(catalog, tmp_path, sizes=SMALL)
    info = library(catalog)
    failures: list[BaseException] = []
    over = threading.Event()

    def come_and_go(thread: int) -> None:
        shelf = shelves.of(info)
        for turn in range(4):
            mine = add(catalog, shelf, 20, f"thread {thread} turn {turn}")
            text = f"thread {thread} turn {turn} 3 begins here."
            assert nearest(shelf, text)[1] == pytest.approx(1, abs=1e-3)
            remove(catalog, shelf, mine)
            assert nearest_or_none(shelf, text) < 0.999

    def nearest_or_none(shelf: Shelf, text: str) -> float:
        with shelf.in_use() as index:
            found = index.search(embed([text])[0], 1)
        return found[0][1] if found else 0.0

    def ask() -> None:
        while not over.is_set():
            assert nearest(shelves.of(info), "constant here")[1] == pytest.approx(1, abs=1e-3)

    def run(work: object, *arguments: object) -> None:
        try:
            work(*arguments)  # type: ignore[operator]
        except BaseException as error:
            failures.append(error)

    entry = new_article("constant here")
    (result,), revision = catalog.add(info.id, [entry])
    shelves.of(info).added(result.passage_ids, entry.embeddings, revision)
    workers = [threading.Thread(target=run, args=(come_and_go, n)) for n in range(3)]
    asking = [threading.Thread(target=run, args=(ask,)) for _ in range(2)]
    for thread in (*workers, *asking):
        thread.start()
    for thread in workers:
        thread.join()
    over.set()
    for thread in asking:
        thread.join()
    assert failures == []
    assert shelves.settled(30)
    assert shelves.of(info).current().kind == "exact"
    assert whole(catalog, shelves.of(info))
    shelves.close()
