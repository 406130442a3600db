"""A library is encoded anew with another encoder; what was stopped goes on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from library_samples import article, fill
from reencoding_samples import (
    MANY,
    OwnSpace,
    archive_of,
    filled,
    finds,
    numbered,
    reencode,
    rows,
    stopped,
    whole,
)

from index.errors import EncodedAnewError, UnknownLibraryError
from index.reencoding import AT_ONCE


def test_a_library_is_of_the_new_encoder_and_holds_what_it_held(tmp_path: Path) -> None:
    ids = filled(tmp_path, "first", MANY)
    with archive_of(tmp_path, "first") as opened:
        library = opened.library()
        before = [(each, library.text(each.id)) for each in library.articles()]
    with archive_of(tmp_path, "second-48") as opened:
        library = opened.library()
        assert opened.outdated() == ["default"]
        assert reencode(opened) == MANY
        assert opened.outdated() == []
        assert [(each, library.text(each.id)) for each in library.articles()] == before
        assert finds(opened, range(0, MANY, 17))
        report = library.check()
        assert (report.encoder, report.dimension) == ("second-48", 48)
        assert (report.problems, report.notes) == ((), ())
        assert reencode(opened) == 0
        assert rows(tmp_path) == (0, MANY)
        library.remove(ids[:1])
        fill(opened, *numbered(1, MANY))
        assert finds(opened, [1, MANY])
        assert rows(tmp_path) == (0, MANY)


def test_passages_are_encoded_as_when_they_were_added(tmp_path: Path) -> None:
    told: list[list[str]] = []
    one = OwnSpace("first", lambda texts: told.append(sorted(texts)))
    with archive_of(tmp_path, one) as opened:
        long = replace(article("long"), text="Nobody came to the harbour that day. " * 200)
        fill(opened, long, *numbered(3))
        assert opened.library().totals().passages > 6
    other = OwnSpace("second", lambda texts: told.append(sorted(texts)))
    with archive_of(tmp_path, other) as opened:
        reencode(opened)
    assert told[1] == told[0]


def test_the_embeddings_stand_now_in_one_table_and_now_in_the_other(tmp_path: Path) -> None:
    filled(tmp_path, "first", 3)
    for number, name in enumerate(("second-48", "third-32", "first", "fourth")):
        with archive_of(tmp_path, name) as opened:
            assert reencode(opened) == 3
            assert finds(opened, range(3))
            assert whole(opened)
            assert opened.catalog.library("default").generation == number + 1
        assert sorted(rows(tmp_path)) == [0, 3]
        with archive_of(tmp_path, "else") as opened:
            assert finds(opened, range(3))


def test_what_was_stopped_goes_on(tmp_path: Path) -> None:
    filled(tmp_path, "first", MANY)
    stopped(tmp_path)
    assert rows(tmp_path) == (MANY, AT_ONCE)
    with archive_of(tmp_path, "second-48") as opened:
        assert finds(opened, [0, MANY - 1])
        assert whole(opened)
        assert any("not finished" in note for note in opened.library().check().notes)
        told: list[tuple[int, int]] = []
        (done,) = opened.reencode(["default"], lambda *now: told.append(now))
        assert done.passages == MANY - AT_ONCE
        assert told[0] == (AT_ONCE, MANY)
        assert told[-1] == (MANY, MANY)
        assert finds(opened, range(0, MANY, 13))
        assert whole(opened)


def test_a_part_of_a_long_article_is_not_encoded_again(tmp_path: Path) -> None:
    long = replace(article("long"), text="Nobody came to the harbour that day. " * 6000)
    with archive_of(tmp_path, "first") as opened:
        fill(opened, long)
        passages = opened.library().totals().passages
    assert passages > AT_ONCE
    stopped(tmp_path)
    with archive_of(tmp_path, "second-48") as opened:
        assert reencode(opened) == passages - AT_ONCE
        assert whole(opened)


def test_with_another_encoder_it_begins_anew(tmp_path: Path) -> None:
    filled(tmp_path, "first", MANY)
    stopped(tmp_path, "second-48")
    stopped(tmp_path, "third-48")
    assert rows(tmp_path) == (MANY, AT_ONCE)
    with archive_of(tmp_path, "second-48") as opened:
        assert reencode(opened) == MANY
        assert finds(opened, range(0, MANY, 13))
        assert whole(opened)


def test_a_library_whose_encoder_is_configured_again_stays_as_it_is(tmp_path: Path) -> None:
    filled(tmp_path, "first", MANY)
    stopped(tmp_path)
    with archive_of(tmp_path, "first") as opened:
        assert opened.outdated() == ["default"]
        assert reencode(opened) == 0
        assert opened.outdated() == []
        assert finds(opened, [0, MANY - 1])
    assert rows(tmp_path) == (MANY, 0)


def test_all_that_need_it_are_encoded_one_after_another(tmp_path: Path) -> None:
    for name in ("b", "a"):
        with archive_of(tmp_path, "first") as opened:
            fill(opened, *numbered(3), library=name)
    with archive_of(tmp_path, "second") as opened:
        fill(opened, *numbered(3), library="new")
        told: list[tuple[int, int]] = []
        done = list(opened.reencode(opened.outdated(), lambda *now: told.append(now)))
        assert [(each.library, each.encoder, each.passages) for each in done] == [
            ("a", "second", 3),
            ("b", "second", 3),
        ]
        assert told[-1] == (6, 6)
        assert sorted(told) == told
        assert all(finds(opened, range(3), name) for name in ("a", "b", "new"))
        assert opened.outdated() == []
        with pytest.raises(UnknownLibraryError):
            opened.reencode(["nobodys"])


def test_nothing_of_another_generation_is_read_or_stored(tmp_path: Path) -> None:
    filled(tmp_path, "first", 3)
    with archive_of(tmp_path, "second") as opened:
        catalog = opened.catalog
        before = catalog.library("default")
        reencode(opened)
        for generation in (before.generation, before.generation + 2):
            with pytest.raises(EncodedAnewError):
                list(catalog.embeddings(before.id, [1, 2], generation=generation))
            with pytest.raises(EncodedAnewError):
                catalog.add(before.id, [], generation)
        with pytest.raises(EncodedAnewError):
            opened.catalog.encodings.waiting(before)


def test_embeddings_of_the_wrong_form_are_not_stored(tmp_path: Path) -> None:
    filled(tmp_path, "first", 3)
    with archive_of(tmp_path, "second") as opened:
        encodings = opened.catalog.encodings
        task = encodings.begin(opened.catalog.library("default").id, "second", 64)
        good = opened.encoder.encode_passages(["a", "b"])
        for vectors in (good[:, :9], good[:1], good * float("nan")):
            with pytest.raises(ValueError, match="embeddings"):
                encodings.store(task, [1, 2], vectors)
        encodings.store(task, [1, 99], good)
    assert rows(tmp_path) == (3, 1)
