"""Questions and settings that a library refuses, and the odd ones it does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from library_samples import article, fill, plain_archive

from index.archive import Archive
from index.errors import EncoderMismatchError, QuestionError
from index.records import Outcome
from index.settings import IndexSettings

pytest_plugins = ["library_fixtures"]


@pytest.mark.parametrize("question", ["", " \n\t", "?!", "\u2028", "\ud800"])
def test_an_empty_question_is_refused(archive: Archive, plain: Archive, question: str) -> None:
    for opened in (archive, plain):
        with pytest.raises(QuestionError, match="empty") as caught:
            opened.library().ask(question)
        assert caught.value.hint


@pytest.mark.parametrize("length", [130, 1_000, 100_000])
def test_a_question_longer_than_the_model_reads_is_refused(
    archive: Archive, plain: Archive, length: int
) -> None:
    fill(plain, article("one"))
    for opened in (archive, plain):
        with pytest.raises(QuestionError, match="too long"):
            opened.library().ask("who " * length)


def test_a_question_of_odd_characters_is_answered(archive: Archive) -> None:
    for question in ('"*" OR (x) NEAR:', "clock \ud800 \0 ?", "👩‍👩‍👧 a", "国务卿"):
        assert archive.library().ask(question).question


def test_without_a_reader_passages_are_shown(archive: Archive) -> None:
    settings = IndexSettings(reader="none", shown_passages=2)
    with Archive(archive.data, settings, encoder=archive.encoder) as opened:
        answer = opened.library().ask("Where was the stolen observatory clock found?")
        assert (answer.outcome, answer.answer) == (Outcome.PASSAGES, None)
        assert len(answer.passages) == 2
        assert "Carrowmere" in answer.passages[0].text
        other = opened.library().ask("Which football club won the cup in Brazil?")
        assert other.outcome is Outcome.NOTHING
        assert opened.library().check().reader == "none"


def test_a_library_whose_encoder_is_not_there_any_more_is_refused(tmp_path: Path) -> None:
    with plain_archive(tmp_path, "first") as opened:
        (known,) = fill(opened, article("one"))
    with plain_archive(tmp_path, "second") as opened:
        library = opened.library()
        for call in (lambda: library.ask("one"), lambda: list(library.add([article("two")]))):
            with pytest.raises(EncoderMismatchError, match="first") as caught:
                call()
            assert "cuttings reencode" in caught.value.hint
        assert [one.id for one in library.articles()] == [known]
        assert any("second" in note for note in library.check().notes)
        fill(opened, article("two"), library="new")
