"""A library is asked, and added to, with the encoder that it was made with."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library_samples import fill
from real_models import encoder
from reencoding_samples import (
    DENSE_ONLY,
    OwnSpace,
    archive_of,
    filled,
    finds,
    known,
    numbered,
    reencode,
    whole,
)

from index.archive import Archive
from index.encoder import SentenceEncoder, identity_of, named_by
from index.errors import EncoderMismatchError, ModelError
from index.records import ReceiptStatus
from index.settings import IndexSettings


def test_a_library_keeps_its_encoder_when_another_is_configured(tmp_path: Path) -> None:
    filled(tmp_path, "first")
    with archive_of(tmp_path, "second-48") as opened:
        assert finds(opened, range(8))
        fill(opened, *numbered(2, 8))
        opened.library().remove([1])
        assert finds(opened, range(1, 10))
        assert whole(opened)
        fill(opened, *numbered(3), library="new")
        assert finds(opened, range(3), "new")
        encoders = [opened.library(name).check().encoder for name in ("default", "new")]
        assert encoders == ["first", "second-48"]
    with archive_of(tmp_path, "first") as opened:
        assert finds(opened, range(1, 10))
        assert finds(opened, range(3), "new")


def test_an_encoder_that_cannot_be_loaded_is_told_with_what_to_do(tmp_path: Path) -> None:
    filled(tmp_path, "lost", 2)
    with archive_of(tmp_path, "second") as opened:
        library = opened.library()
        for call in (lambda: library.ask("w1"), lambda: list(library.add(numbered(1, 9)))):
            with pytest.raises(EncoderMismatchError, match=r"lost.*second.*disk") as caught:
                call()
            assert "`cuttings reencode --library default`" in caught.value.hint
        assert len(library.articles()) == 2
        (note,) = library.check().notes
        assert "cuttings reencode" in note
        assert whole(opened)
        assert reencode(opened) == 2
        assert finds(opened, range(2))
        assert library.check().notes == ()


@pytest.mark.parametrize("change", ["identity", "dimension"])
def test_another_model_of_the_same_name_is_not_taken_for_it(tmp_path: Path, change: str) -> None:
    filled(tmp_path, "first", 1)

    def other(settings: IndexSettings) -> OwnSpace:
        made = OwnSpace(settings.encoder)
        setattr(made, change, {"identity": "else", "dimension": 8}[change])
        return made

    with (
        Archive(tmp_path, DENSE_ONLY, encoder=OwnSpace("second"), make_encoder=other) as opened,
        pytest.raises(EncoderMismatchError),
    ):
        opened.library().ask("w0")


def test_a_model_that_is_not_there_is_not_looked_for_with_each_question(tmp_path: Path) -> None:
    filled(tmp_path, "first", 1)
    looked: list[str] = []

    def missing(settings: IndexSettings) -> OwnSpace:
        looked.append(settings.encoder)
        raise ModelError("It is not there.", "Look for it.")

    with Archive(tmp_path, DENSE_ONLY, encoder=OwnSpace("second"), make_encoder=missing) as opened:
        for _ in range(3):
            with pytest.raises(EncoderMismatchError, match="not there"):
                opened.library().ask("w0")
    assert looked == ["first"]


def test_what_an_encoder_reads_before_a_question_is_known_when_another_is_configured(
    tmp_path: Path,
) -> None:
    def prefixed(prefix: str) -> IndexSettings:
        return DENSE_ONLY.model_copy(update={"query_prefix": prefix})

    made: list[str] = []

    def noted(settings: IndexSettings) -> OwnSpace:
        made.append(settings.query_prefix)
        return known(settings)

    with archive_of(tmp_path, "first", prefixed("ask: ")) as opened:
        fill(opened, *numbered(1))
    with closing(sqlite3.connect(tmp_path / "cuttings.db")) as database:
        (noted_at_first,) = database.execute("SELECT query_prefix FROM libraries").fetchone()
        assert noted_at_first == "ask: "
        database.execute("UPDATE libraries SET query_prefix = NULL")  # as in an earlier version
        database.commit()
    with archive_of(tmp_path, "first", prefixed("query: ")):
        pass
    for _ in range(2):  # the other's prefix is not noted in its place
        with Archive(
            tmp_path, prefixed("other: "), encoder=OwnSpace("second"), make_encoder=noted
        ) as opened:
            opened.library().ask("w0")
    assert made == ["query: "] * 2
    with archive_of(tmp_path, "second", prefixed("other: ")) as opened:
        reencode(opened)
        assert opened.catalog.library("default").query_prefix == "other: "


def test_an_export_of_the_library_s_own_encoder_is_not_encoded_again(tmp_path: Path) -> None:
    filled(tmp_path / "a", "first", 3)
    with archive_of(tmp_path / "a", "first") as opened:
        opened.library().export(tmp_path / "file.jsonl")
    filled(tmp_path / "b", "first", 0)
    with archive_of(tmp_path / "b", "first") as opened:
        fill(opened, *numbered(1, 7))
    made: list[OwnSpace] = []

    def counted(settings: IndexSettings) -> OwnSpace:
        made.append(known(settings))
        return made[-1]

    with Archive(
        tmp_path / "b", DENSE_ONLY, encoder=OwnSpace("second"), make_encoder=counted
    ) as opened:
        receipts = list(opened.library().import_(tmp_path / "file.jsonl"))
        assert [receipt.status for receipt in receipts] == [ReceiptStatus.ADDED] * 3
        assert finds(opened, [0, 1, 2, 7])
    assert [each.passages for each in made] == [0]


def test_of_two_processes_that_make_one_library_the_second_takes_the_first_one_s_encoder(
    tmp_path: Path,
) -> None:
    with archive_of(tmp_path, "first") as one, archive_of(tmp_path, "second-48") as other:
        waiting = other.library().add(numbered(2))
        fill(one, *numbered(2, 2))
        assert [receipt.status for receipt in waiting] == [ReceiptStatus.ADDED] * 2
        assert finds(other, range(4))
        assert finds(one, range(4))
        assert other.library().check().encoder == "first"
        assert whole(other)


@pytest.mark.parametrize("configured", ["first", "second-48", "third"])
def test_a_library_takes_one_of_another_encoder_in(tmp_path: Path, configured: str) -> None:
    with archive_of(tmp_path, "first") as opened:
        fill(opened, *numbered(3), library="before")
    with archive_of(tmp_path, "second-48") as opened:
        fill(opened, *numbered(3, 2), library="after")
    with archive_of(tmp_path, configured) as opened:
        opened.rename("before", "after")
        assert opened.names() == ["after"]
        assert finds(opened, range(5), "after")
        assert whole(opened)
        report = opened.library("after").check()
        assert (report.articles, report.encoder) == (5, "second-48")


@given(st.text(min_size=1), st.text())
def test_an_identity_names_its_model_and_its_prefix(model: str, prefix: str) -> None:
    assert identity_of(*named_by(identity_of(model, prefix))) == identity_of(model, prefix)
    if " with passage prefix " not in model + prefix:
        assert named_by(identity_of(model, prefix)) == (model, prefix)


@pytest.mark.parametrize("prefix", ["passage: ", "it's: ", "a\nb\\", " with passage prefix 'a'"])
def test_odd_prefixes_are_read_back(prefix: str) -> None:
    assert named_by(identity_of("model", prefix)) == ("model", prefix)


def test_one_model_with_two_prefixes_is_in_memory_once() -> None:
    settings = IndexSettings(passage_prefix="passage: ")
    sharing = SentenceEncoder(settings, [OwnSpace("x"), encoder()])
    assert sharing._load() is encoder()._load()
    assert sharing.identity != encoder().identity
    assert SentenceEncoder(IndexSettings(encoder="else"), [encoder()])._model is not sharing._model
