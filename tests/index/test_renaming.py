"""A library that gets another name, which may be that of another library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from library_samples import IN_FILES, RefusingEncoder, article, fill, found, plain_archive

from index.archive import Archive
from index.errors import EncoderMismatchError, StorageError, UnknownLibraryError
from index.records import Article

SECRET = "xylophonequartz"
NOW = datetime(2026, 3, 1, tzinfo=timezone.utc)
PAGE = "https://harbour.example/ferry"


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Archive]:
    """Empty, without any model, and with a file of its vectors even for few of them."""
    with plain_archive(tmp_path / "data", sizes=IN_FILES) as opened:
        yield opened


def page(words: str, added: datetime = NOW) -> Article:
    """An article of one and the same address."""
    return replace(article(words), address=PAGE, added=added)


def whole(archive: Archive) -> bool:
    """Whether every library is as it should be."""
    return not any(archive.library(name).check().problems for name in archive.names())


def on_disk(data: Path) -> bytes:
    return b"\n".join(file.read_bytes() for file in data.rglob("*") if file.is_file())


def vector_files(data: Path) -> list[str]:
    return sorted(file.name for file in data.glob("*.vectors"))


def test_a_library_is_found_by_its_new_name_with_all_its_articles(plain: Archive) -> None:
    ids = fill(plain, article("lantern"), article("orchard"), library="before")
    (other,) = fill(plain, article("lantern"), library="another")
    assert found(plain, "lantern", "before")[0] == ids[0]
    assert found(plain, "lantern", "another") == [other]
    plain._shelves.save_all()
    files = vector_files(plain.data)

    plain.rename("before", "after")

    assert plain.names() == ["after", "another"]
    with pytest.raises(UnknownLibraryError):
        plain.library("before")
    assert found(plain, "lantern", "after")[0] == ids[0]
    assert found(plain, "lantern", "another") == [other]
    assert vector_files(plain.data) == files
    assert whole(plain)


def test_renaming_twice_is_renaming_once_and_what_is_not_there_is_nothing(plain: Archive) -> None:
    ids = fill(plain, article("lantern"), library="before")
    for _ in range(2):
        plain.rename("before", "after")
        plain.rename("nobody", "after")
        plain.rename("after", "after")
    assert plain.names() == ["after"]
    assert found(plain, "lantern", "after") == ids


def test_two_libraries_end_up_together_and_nothing_is_encoded_again(tmp_path: Path) -> None:
    with plain_archive(tmp_path, sizes=IN_FILES) as opened:
        old = fill(opened, article("lantern"), article("orchard"), library="before")
        new = fill(opened, article("quarry"), library="after")
        for name in opened.names():
            found(opened, "lantern", name)
    assert len(vector_files(tmp_path)) == 2
    with Archive(tmp_path, opened.settings, encoder=RefusingEncoder(), sizes=IN_FILES) as opened:
        assert found(opened, "quarry", "after") == new
        opened.rename("before", "after")
        assert opened.names() == ["after"]
        for words, number in (("lantern", old[0]), ("orchard", old[1]), ("quarry", new[0])):
            assert found(opened, words, "after")[0] == number
        assert whole(opened)
        assert len(vector_files(tmp_path)) == 1
        assert opened.library("after").remove(old)
        assert whole(opened)
    with Archive(tmp_path, opened.settings, encoder=RefusingEncoder()) as opened:
        assert found(opened, "lantern", "after") == new
        assert whole(opened)


def test_a_text_that_both_hold_is_there_once(plain: Archive) -> None:
    fill(plain, article("lantern"), article("orchard"), library="before")
    (kept,) = fill(plain, article("lantern"), library="after")
    plain.rename("before", "after")
    assert plain.library("after").totals().articles == 2
    assert found(plain, "lantern", "after")[0] == kept
    assert whole(plain)


@pytest.mark.parametrize(
    ("older", "newer"), [("before", "after"), ("after", "before")], ids=["new", "old"]
)
def test_of_an_address_that_both_hold_what_was_read_last_stays(
    plain: Archive, older: str, newer: str
) -> None:
    fill(plain, page(f"lantern {SECRET}", NOW - timedelta(days=1)), library=older)
    (last,) = fill(plain, page("lantern harbour"), library=newer)
    (alone,) = fill(plain, article("quarry"), library="before")
    for name in ("before", "after"):
        found(plain, "lantern", name)
    plain._shelves.save_all()
    plain.rename("before", "after")
    assert sorted(each.id for each in plain.library("after").articles()) == sorted([last, alone])
    assert found(plain, "lantern", "after")[0] == last
    assert SECRET.encode() not in on_disk(plain.data)
    assert whole(plain)


def test_what_a_page_that_lost_its_article_left_over_takes_the_place_of_nothing(
    plain: Archive,
) -> None:
    long = " ".join(f"harbour{number}" for number in range(60))
    (kept,) = fill(plain, page(long, NOW - timedelta(days=1)), library="after")
    fill(plain, page("Please log in"), library="before")
    plain.rename("before", "after")
    assert [each.id for each in plain.library("after").articles()] == [kept]
    assert whole(plain)


def test_no_embedding_of_what_was_replaced_stays_on_disk(tmp_path: Path) -> None:
    with plain_archive(tmp_path, sizes=IN_FILES) as opened:
        gone = page(f"lantern {SECRET}", NOW - timedelta(days=1))
        fill(opened, gone, library="after")
        fill(opened, page("harbour"), library="before")
        found(opened, "lantern", "after")
        text = f"Title. {gone.text}"
        vector = opened.encoder.encode_passages([text])[0].tobytes()
    assert vector in on_disk(tmp_path)
    with plain_archive(tmp_path, sizes=IN_FILES) as opened:
        opened.rename("before", "after")
        assert vector not in on_disk(tmp_path)


def test_libraries_stay_apart_where_the_encoder_of_one_is_not_there(tmp_path: Path) -> None:
    with plain_archive(tmp_path, "one") as opened:
        fill(opened, article("lantern"), library="before")
    with plain_archive(tmp_path, "two") as opened:
        fill(opened, article("quarry"), library="after")
    with plain_archive(tmp_path, "one") as opened, pytest.raises(EncoderMismatchError):
        opened.rename("before", "after")
    with plain_archive(tmp_path, "two") as opened:
        assert opened.names() == ["after", "before"]
        assert opened.library("before").totals().articles == 1
        assert opened.library("after").check().problems == ()


def test_when_it_cannot_be_written_both_stay_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with plain_archive(tmp_path, sizes=IN_FILES) as opened:
        fill(opened, article("lantern"), library="before")
        fill(opened, article("quarry"), library="after")
        with opened.catalog._database.write() as connection:
            connection.exec_driver_sql(
                "CREATE TRIGGER full BEFORE DELETE ON libraries "
                "BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            )
        with pytest.raises(StorageError):
            opened.rename("before", "after")
        assert opened.names() == ["after", "before"]
        assert found(opened, "lantern", "before")
        assert whole(opened)


def test_another_process_that_holds_both_follows(plain: Archive) -> None:
    (old,) = fill(plain, article("lantern"), library="before")
    (new,) = fill(plain, article("quarry"), library="after")
    with plain_archive(plain.data, sizes=IN_FILES) as other:
        assert found(other, "lantern", "before") == [old]
        assert found(other, "quarry", "after") == [new]
        plain.rename("before", "after")
        assert found(other, "lantern", "after")[0] == old
        assert other.library_for_adding("before").ask("lantern").passages == ()
    assert len(vector_files(plain.data)) == 1
