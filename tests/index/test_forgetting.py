"""A library that is forgotten: gone from the answers, the database and the disk."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from library_samples import IN_FILES, article, fill, found, plain_archive

from index.archive import Archive
from index.errors import UnknownArticleError, UnknownLibraryError
from index.records import Article, Outcome, Totals

SECRET = "xylophonequartz"


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Archive]:
    """Empty, without any model, and with a file of its vectors even for few of them."""
    with plain_archive(tmp_path / "data", sizes=IN_FILES) as opened:
        yield opened


def everything(data: Path) -> bytes:
    """What is on the disk, names of files included."""
    files = [file for file in data.rglob("*") if file.is_file()]
    return b"\n".join(file.name.encode() + b"\n" + file.read_bytes() for file in files)


def vector_files(data: Path) -> list[str]:
    return sorted(file.name for file in data.iterdir() if file.name.startswith("library-"))


def test_a_forgotten_library_leaves_nothing_and_the_others_stay(plain: Archive) -> None:
    vector = plain.encoder.encode_passages([f"Title. {SECRET} is what this one is about."])[0]
    fill(plain, article(SECRET), article("further"), library="going")
    (kept,) = fill(plain, article("staying words"), library="staying")
    for name in ("going", "staying"):
        found(plain, "words", name)
    with plain_archive(plain.data, sizes=IN_FILES):
        pass
    plain._shelves.save_all()
    assert len(vector_files(plain.data)) == 2
    before = everything(plain.data)
    assert SECRET.encode() in before
    assert vector.tobytes() in before

    plain.forget("going")

    after = everything(plain.data)
    assert SECRET.encode() not in after
    assert SECRET[4:].encode() not in after
    assert vector.tobytes() not in after
    assert b"staying words" in after
    assert len(vector_files(plain.data)) == 1
    assert plain.names() == ["staying"]
    with pytest.raises(UnknownLibraryError):
        plain.library("going")
    assert found(plain, "words", "staying") == [kept]
    assert plain.library("staying").check().problems == ()
    plain.close()
    assert len(vector_files(plain.data)) == 1


def test_forgetting_what_is_not_there_changes_nothing(plain: Archive) -> None:
    fill(plain, article("one"))
    before = plain.library().totals()
    for name in ("", "nobody", "defaul", "\0", "x" * 10_000):
        plain.forget(name)
    assert plain.library().totals() == before
    plain.forget("default")
    plain.forget("default")
    assert plain.names() == []
    assert plain.library().ask("one").outcome is Outcome.NOTHING


def test_a_library_that_was_held_while_it_was_forgotten_is_empty(plain: Archive) -> None:
    held = plain.library()
    (one,) = fill(plain, article("one"))
    assert held.ask("one").passages
    plain.forget("default")
    assert (held.articles(), held.count(), held.totals()) == ([], 0, Totals(0, 0, 0))
    assert held.ask("one").passages == ()

    def removal(number: int) -> object:
        return held.remove([number])

    def question(number: int) -> object:
        return held.ask("one", [number])

    for call in (held.text, held.article, removal, question):
        with pytest.raises(UnknownArticleError):
            call(one)
    (two,) = fill(plain, article("one"))
    assert two > one
    assert [hit.article for hit in held.ask("one").passages] == [two]
    assert held.check().problems == ()


def test_what_is_being_added_when_its_library_is_forgotten_is_not_kept(plain: Archive) -> None:
    def sources() -> Iterator[Article]:
        for number in range(200):
            yield article(f"{SECRET} {number}")

    receipts = plain.library().add(sources())
    next(receipts)
    plain.forget("default")
    with pytest.raises(UnknownLibraryError):
        list(receipts)
    assert plain.names() == []
    plain.close()
    assert SECRET.encode() not in everything(plain.data)
    assert vector_files(plain.data) == []


def test_another_process_that_holds_the_library_brings_nothing_of_it_back(plain: Archive) -> None:
    (one,) = fill(plain, article("one"))
    with plain_archive(plain.data, sizes=IN_FILES) as other:
        assert found(other, "one") == [one]
        fill(other, article("two"))
        plain.forget("default")
        assert found(other, "one") == []
    assert vector_files(plain.data) == []


def test_what_a_kill_in_the_midst_of_forgetting_left_is_swept_away(tmp_path: Path) -> None:
    with plain_archive(tmp_path, sizes=IN_FILES) as opened:
        fill(opened, article("one"), library="going")
        fill(opened, article("one"), library="staying")
        for name in opened.names():
            found(opened, "one", name)
    (going,) = tmp_path.glob("library-1-*.vectors")
    (staying,) = tmp_path.glob("library-2-*.vectors")
    content = going.read_bytes()
    with plain_archive(tmp_path, sizes=IN_FILES) as opened:
        opened.forget("going")
    going.write_bytes(content)
    mine = "library-of-mine.vectors"
    for name in (f"{going.name}.x1.tmp", "library-9-abc-0.vectors.x1.tmp", mine):
        (tmp_path / name).write_bytes(content[:99])
    with plain_archive(tmp_path, sizes=IN_FILES) as opened:
        assert found(opened, "one", "staying")
        assert vector_files(tmp_path) == [staying.name, mine]


def test_what_cannot_be_swept_away_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "library-9-abc-0.vectors").mkdir()  # a folder is not removed as a file is
    with caplog.at_level(logging.WARNING), plain_archive(tmp_path) as opened:
        fill(opened, article("one"))
    assert "library-9-abc-0.vectors" in caplog.text


def test_threads_may_ask_and_add_while_the_library_is_forgotten(plain: Archive) -> None:
    failures: list[BaseException] = []
    stop = threading.Event()

    def run(work: object) -> None:
        while not stop.is_set():
            try:
                work()  # type: ignore[operator]
            except UnknownLibraryError:
                continue
            except BaseException as error:
                failures.append(error)
                return

    def add() -> None:
        list(plain.library().add([article(f"word {number}") for number in range(5)]))

    def ask() -> None:
        answer = plain.library().ask("word 3")
        assert len(answer.passages) <= 5
        plain.library().articles(matching="word")

    threads = [threading.Thread(target=run, args=(work,)) for work in (add, add, ask, ask)]
    for thread in threads:
        thread.start()
    for _ in range(10):
        plain.forget("default")
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    plain.forget("default")
    plain.close()
    assert plain.names() == []
    assert vector_files(plain.data) == []
